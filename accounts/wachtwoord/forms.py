"""The form for a new password of one's own."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.inloggen.drempel import geef_terug, tel
from accounts.models import User
from accounts.wachtwoord.regels import UITLEG


def _veld(label: str, autocomplete: str, **kwargs: Any) -> forms.CharField:
    veld = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, widget=veld, **kwargs)


class Wachtwoordformulier(forms.Form):
    """Each field is called a password, so that none of it is kept when the session has ended (inloggen/getypt.py)."""

    oud_wachtwoord = _veld("Huidig wachtwoord", "current-password", max_length=1024)
    nieuw_wachtwoord = _veld("Nieuw wachtwoord", "new-password", help_text=UITLEG)
    nogmaals_wachtwoord = _veld("Nieuw wachtwoord, nog een keer", "new-password")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_oud_wachtwoord(self) -> str:
        """Who found a computer that was left open may not guess on."""
        poging = tel([f"eigen:{self.user.pk}"])
        if poging.dicht_tot:
            raise forms.ValidationError(poging.zin)
        if not self.user.check_password(self.cleaned_data["oud_wachtwoord"]):
            raise forms.ValidationError("Dit is niet uw huidige wachtwoord.")
        geef_terug(poging)
        return self.cleaned_data["oud_wachtwoord"]

    def clean_nieuw_wachtwoord(self) -> str:
        nieuw = self.cleaned_data["nieuw_wachtwoord"]
        if nieuw == self.cleaned_data.get("oud_wachtwoord"):
            raise forms.ValidationError("Kies een ander wachtwoord dan u nu hebt.")
        validate_password(nieuw, self.user)
        return nieuw

    def clean_nogmaals_wachtwoord(self) -> str:
        nogmaals = self.cleaned_data["nogmaals_wachtwoord"]
        if nogmaals != self.cleaned_data.get("nieuw_wachtwoord", nogmaals):
            raise forms.ValidationError("De twee nieuwe wachtwoorden zijn niet gelijk. Typ ze opnieuw.")
        return nogmaals
