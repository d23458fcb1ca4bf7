"""The forms of the pages of a beheerder. The services decide; a form reads what was typed."""

from __future__ import annotations

from functools import partial

from django import forms

from accounts.beheer.gebieden import gebieden
from accounts.models import User
from accounts.rollen import ROLLEN
from common.pagina.velden import Datumveld, Formulier


def _keuzes(veld: str) -> list[tuple[str, str]]:
    return [("", "Geen"), *gebieden(veld).items()]


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
    onderdeel_code = forms.ChoiceField(
        label="District", required=False, choices=partial(_keuzes, "onderdeel_code"),
        help_text="Bij een districtschef of analist.",
    )  # fmt: skip
    thema_slug = forms.ChoiceField(
        label="Thema", required=False, choices=partial(_keuzes, "thema_slug"),
        help_text="Bij een portefeuillehouder of analist.",
    )  # fmt: skip
    gemeente_slug = forms.ChoiceField(
        label="Gemeente", required=False, choices=partial(_keuzes, "gemeente_slug"), help_text="Bij een RVO-lid."
    )
    geldig_vanaf = Datumveld(label="Geldig vanaf", help_text="Leeg: vanaf de bevestiging.")
    geldig_tot = Datumveld(label="Geldig tot", help_text="De eerste dag zonder de rol. Leeg: zonder einde.")


class Eindeformulier(Formulier):
    """Another last day of a role; empty is without end."""

    vervulling = forms.IntegerField(min_value=1)
    geldig_tot = Datumveld(label="Geldig tot")
