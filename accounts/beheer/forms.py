"""The forms of the pages of a beheerder. The services decide; a form reads what was typed."""

from __future__ import annotations

from django import forms

from accounts.models import User
from accounts.rollen import ROLLEN
from common.pagina.velden import Datumveld, Formulier


class Accountformulier(Formulier):
    username = forms.CharField(
        label="Gebruikersnaam",
        max_length=150,
        validators=[User.username_validator],
        help_text="Hiermee logt iemand in.",
    )
    first_name = forms.CharField(label="Voornaam", max_length=150, required=False)
    last_name = forms.CharField(label="Achternaam", max_length=150, required=False)
    email = forms.EmailField(
        label="E-mailadres", required=False, help_text="Nodig voor de link waarmee iemand een wachtwoord instelt."
    )

    @classmethod
    def van(cls, user: User) -> Accountformulier:
        return cls(initial={naam: getattr(user, naam) for naam in cls.base_fields})


class Rolformulier(Formulier):
    rol = forms.ChoiceField(label="Rol", choices=[("", "Kies een rol"), *((r.code, r.naam) for r in ROLLEN.values())])
    onderdeel_code = forms.CharField(
        label="District", max_length=12, required=False, help_text="Code, zoals A. Bij een districtschef of analist."
    )
    thema_slug = forms.SlugField(
        label="Thema", required=False, help_text="Kenmerk uit het adres. Bij een portefeuillehouder of analist."
    )
    gemeente_slug = forms.SlugField(
        label="Gemeente", required=False, help_text="Kenmerk uit het adres, zoals nissewaard. Bij een RVO-lid."
    )
    geldig_vanaf = Datumveld(label="Geldig vanaf", help_text="Leeg: vanaf de bevestiging.")
    geldig_tot = Datumveld(label="Geldig tot", help_text="De eerste dag zonder de rol. Leeg: zonder einde.")


class Eindeformulier(Formulier):
    """Another last day of a role; empty is without end."""

    vervulling = forms.IntegerField(min_value=1)
    geldig_tot = Datumveld(label="Geldig tot")
