"""The form of the log-in page. Whatever is wrong with a name or password, it is told in one sentence."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest

from accounts.inloggen.adres import adres_van
from accounts.inloggen.apparaat import apparaat_voor
from accounts.inloggen.drempel import Poging, begin, geef_terug, ruim_missers_op
from accounts.inloggen.logboek import beveiliging
from accounts.models import User
from common.tekst.tekens import zichtbaar

LANGSTE_NAAM = 150
LANGSTE_WACHTWOORD = 1024  # characters; more than any person types
FOUT = "De naam of het wachtwoord klopt niet. Let op hoofdletters en kleine letters."


class Inlogformulier(AuthenticationForm):
    error_messages = {"invalid_login": FOUT, "inactive": FOUT}
    poging: Poging | None = None

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "Naam"
        self.fields["username"].widget.attrs.pop("maxlength", None)
        self.fields["password"].label = "Wachtwoord"
        for veld in self.fields.values():
            veld.validators = []  # a name that cannot exist is a wrong name

    def clean(self) -> dict[str, Any]:
        naam, wachtwoord = self.cleaned_data.get("username", ""), self.cleaned_data.get("password", "")
        if naam and wachtwoord:
            self.user_cache = self._controleer(naam, wachtwoord)
        return self.cleaned_data

    def _controleer(self, naam: str, wachtwoord: str) -> User:
        """The one place where a password is checked to log in."""
        adres = adres_van(self.request)  # type: ignore[arg-type]  # the view always gives it
        self.poging = begin(naam, adres, apparaat_voor(self.request, naam))  # type: ignore[arg-type]  # as above
        if self.poging.dicht_tot:
            self._meld_dicht(naam, adres)
            raise forms.ValidationError(self.poging.zin)
        user = self._zoek(naam, wachtwoord)
        if user is None:
            ruim_missers_op()
            beveiliging.warning("inloggen mislukt, naam=%s adres=%s", _bekende_naam(naam), adres)
            raise self.get_invalid_login_error()
        geef_terug(self.poging)
        return user

    def _zoek(self, naam: str, wachtwoord: str) -> Any:
        """The check takes equally long for a name that cannot exist: the empty name is nobody's."""
        naam = naam if _kan_bestaan(naam) else ""
        try:
            return authenticate(self.request, username=naam, password=wachtwoord[:LANGSTE_WACHTWOORD])
        except BaseException:
            geef_terug(self.poging)  # type: ignore[arg-type]  # begun before this is called
            raise

    def _meld_dicht(self, naam: str, adres: str) -> None:
        """Once per window: a line for each of a thousand attempts would only hide the others."""
        if self.poging and self.poging.net_dicht:
            soort = self.poging.sleutels[-1].partition(":")[0]
            beveiliging.warning("inloggen dicht per %s, naam=%s adres=%s", soort, _bekende_naam(naam), adres)


def _kan_bestaan(naam: str) -> bool:
    return len(naam) <= LANGSTE_NAAM and "\x00" not in naam


def _bekende_naam(naam: str) -> str:
    """For the log: only a name that exists. What else is typed there may be a password."""
    bestaat = _kan_bestaan(naam) and User.objects.filter(username=naam).exists()
    return zichtbaar(naam) if bestaat else "onbekend"
