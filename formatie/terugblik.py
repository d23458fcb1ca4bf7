"""What is said above a page that looks back: what the reader sees less of, and what was corrected since."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.pagina.gewijzigd import Correctie, Gewijzigd, paren, tel_nieuw
from formatie.bezetting.bezet import netjes
from formatie.bezetting.zicht import get_besloten, leest_destijds
from formatie.district.zinnen import fte
from formatie.keuze import Blik
from formatie.models import Bezetting, Onderdeel

OPGAVE = ("opgave van bezetting", "opgaven van bezetting")
CIJFERS = ("os", "nos", "aspiranten", "wijkagenten", "wijkagenten_expert", "ziek")
NAMEN = {"os": "OS", "nos": "NOS", "wijkagenten_expert": "wijkagenten expert", "status": ""}
NIETS = "niet opgegeven"
EENHEID = (
    "en die van de eenheid alleen als toen elk onderdeel haar had opgegeven: anders zou het verschil tussen twee dagen "
    "verraden hoeveel mensen één team heeft."
)
GEEN_DISTRICT = f"Van een eerdere dag ziet u geen bezetting van districten, {EENHEID}"
EIGEN_DISTRICT = f"Van een eerdere dag ziet u alleen de bezetting van uw eigen district, {EENHEID}"


def maak(user: User, blik: Blik, district: Onderdeel | None) -> dict[str, Any] | None:
    """What ``_components/terugblik.html`` needs; None on the page of today. Without a district: of all there is."""
    if blik.toen is None:
        return None
    code = district.code if district else ""
    eigen = user.districten_met(Recht.CIJFERS_ONDER_DREMPEL)
    leest = leest_destijds(user, code) or (not code and bool(eigen))
    beperking = [] if leest_destijds(user) else [EIGEN_DISTRICT if eigen else GEEN_DISTRICT]
    return {"op": blik.toen, "noten": beperking, "gewijzigd": _gewijzigd(user, blik, code) if leest else None}


def _gewijzigd(user: User, blik: Blik, code: str) -> Gewijzigd:
    versies, sinds = get_besloten(user, code), blik.bekend_op
    correcties = [_correctie(oud, nu, blik) for oud, nu in _paren(versies, blik)]
    return Gewijzigd(sinds, [(OPGAVE, correcties)], tel_nieuw(versies, sinds))


def _paren(versies: QuerySet[Bezetting], blik: Blik) -> list[tuple[Bezetting, Bezetting]]:
    return paren(versies, blik.bekend_op, (*CIJFERS, "status"), lambda v: (v.onderdeel_id, v.soort, v.jaar, v.kwartaal))


def _correctie(oud: Bezetting, nu: Bezetting, blik: Blik) -> Correctie:
    anders = [veld for veld in (*CIJFERS, "status") if getattr(oud, veld) != getattr(nu, veld)]
    van, naar = (", ".join(_in_woorden(versie, veld) for veld in anders) for versie in (oud, nu))
    is_team = nu.soort == Bezetting.Soort.BASISTEAM
    district = nu.onderdeel.ouder if is_team and nu.onderdeel.ouder else nu.onderdeel
    naam = nu.onderdeel.naam if is_team else f"{nu.get_soort_display()} van district {district.code}"
    adres = reverse("formatie_district", args=[district.code]) + blik.dagvraag
    op = timezone.localtime(nu.vastgesteld_op).date()
    return Correctie(naam, adres, f"Q{nu.kwartaal} {nu.jaar}", van, naar, op)


def _in_woorden(versie: Bezetting, veld: str) -> str:
    """One figure with its name: OS 40,5 fte."""
    if veld == "status":
        return versie.get_status_display().lower()
    waarde = netjes(getattr(versie, veld))
    return f"{NAMEN.get(veld, veld)} {NIETS if waarde is None else f'{fte(waarde)} fte'}"
