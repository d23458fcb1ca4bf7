"""What a browser sends of the grid: the form, the script's JSON, and what is kept while someone logs in again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict

from accounts.toegang import van_wie
from common.tekst.periode import Kwartaal
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.regels.validatie import CELKOLOMMEN
from monitor.invoer.rooster.celtekst import lees_token
from monitor.invoer.rooster.services import Celtekst

MEESTE_BYTES = 300_000
MEESTE_RIJEN = 2000
SESSIENAAM = "getypt"


class OnleesbaarVerzoek(ValueError):
    """The script sent something that is no set of cells."""


@dataclass(frozen=True, slots=True)
class Getypt:
    """One row as it came back: its texts, the version its page showed, and whether someone touched it."""

    plek: Meetplek
    cellen: dict[str, str]
    token: str
    gezien: int
    is_geraakt: bool

    def als_celtekst(self, kwartaal: Kwartaal) -> Celtekst:
        return Celtekst(*self.plek, kwartaal, self.cellen, self.gezien)


def lees_formulier(formulier: QueryDict) -> list[Getypt]:
    """Every row of the form, with what the pressed button changes in one of them."""
    namen = [naam.removesuffix(":versie") for naam in formulier if naam.endswith(":versie")]
    rijen = [rij for naam in namen if (rij := _rij(naam, formulier))]
    return [_met_knop(rij, formulier) for rij in rijen]


def _rij(naam: str, formulier: QueryDict) -> Getypt | None:
    delen = naam.split(":")
    velden = {kolom: f"{naam}:{kolom}" for kolom in CELKOLOMMEN}
    cellen = {kolom: formulier.get(veld, "") for kolom, veld in velden.items() if veld in formulier}
    token = formulier.get(f"{naam}:versie", "")
    return _getypt((delen[0], delen[1]), cellen, token) if len(delen) == 2 else None


def _getypt(plek: Meetplek, cellen: dict[str, str], token: str) -> Getypt | None:
    gelezen = lees_token(token, cellen)
    return Getypt(plek, cellen, token, *gelezen) if gelezen else None


def _met_knop(rij: Getypt, formulier: QueryDict) -> Getypt:
    """A button fills in what was meant, or chooses between two texts that were both seen."""
    vul = formulier.get("vul", "").split(":")
    if len(vul) == 4 and (vul[0], vul[1]) == rij.plek and vul[2] in CELKOLOMMEN:
        return replace(rij, cellen={**rij.cellen, vul[2]: vul[3]}, is_geraakt=True)
    delen = formulier.get("kies", "").split(":")
    if len(delen) == 4 and (delen[0], delen[1]) == rij.plek and delen[3].isascii() and delen[3].isdigit():
        return replace(rij, gezien=int(delen[3][:9]), is_geraakt=delen[2] == "mijn")
    return rij


def lees_json(inhoud: bytes) -> list[Getypt]:
    """The rows the script sends. Raises OnleesbaarVerzoek."""
    try:
        rijen = json.loads(inhoud)["rijen"]
        gelezen = [_uit_json(rij) for rij in rijen[:MEESTE_RIJEN]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fout:
        raise OnleesbaarVerzoek from fout
    if not all(gelezen) or len(rijen) > MEESTE_RIJEN:
        raise OnleesbaarVerzoek
    return [rij for rij in gelezen if rij]


def _uit_json(rij: Mapping[str, Any]) -> Getypt | None:
    indicator, onderdeel = rij["plek"].split(":")
    cellen = {str(kolom): tekst for kolom, tekst in rij["cellen"].items() if isinstance(tekst, str)}
    return _getypt((indicator, onderdeel), cellen, rij["versie"])


def onthoud_voor_inloggen(request: HttpRequest) -> bool:
    """Keep what someone typed whose session ended, until they are logged in again; whether nothing was lost.

    Called for an anonymous POST.
    """
    rijen = [[*rij.plek, rij.cellen, rij.token] for rij in lees_formulier(request.POST) if rij.is_geraakt]
    try:
        wie = van_wie(request.POST.get("wie", ""))
    except signing.BadSignature:
        return False
    if len(json.dumps(rijen)) > MEESTE_BYTES:
        return False
    if rijen:
        request.session[SESSIENAAM] = {"pad": request.path, "wie": wie, "rijen": rijen}
    return True


def onthouden(request: HttpRequest) -> list[Getypt]:
    """What this person typed on this page before their session ended."""
    bewaard = request.session.get(SESSIENAAM, {})
    if bewaard.get("pad") != request.path or bewaard.get("wie") != str(request.user.pk):
        return []
    rijen = (_getypt((indicator, onderdeel), cellen, token) for indicator, onderdeel, cellen, token in bewaard["rijen"])
    return [rij for rij in rijen if rij]


def vergeet(request: HttpRequest) -> None:
    request.session.pop(SESSIENAAM, None)


def geraakt(rijen: Iterable[Getypt], kwartaal: Kwartaal) -> list[Celtekst]:
    return [rij.als_celtekst(kwartaal) for rij in rijen if rij.is_geraakt]
