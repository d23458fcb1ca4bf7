"""Load and remove the fictitious bezetting, through the same door as any other, with what follows from it."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from accounts.models import User
from common.tekst.periode import Kwartaal
from formatie.models import Bezetting, Districtsformatie, Onderdeel
from monitor.demo.bezetting import (
    Bezettinglevering,
    Demoplek,
    bezettingsleveringen,
    demoplekken,
    kwartalen_van,
)
from monitor.demo.tijd import DAGEN_NA_EINDE, HERKOMST, moment, tekenmoment
from monitor.invoer.bezetting.kader import lees_plaatsen
from monitor.invoer.bezetting.services import dien_bezetting_in, stel_bezetting_vast
from monitor.invoer.bezetting.validatie import Opgave, Plek
from monitor.invoer.meting.vergelijken import AFGELEID
from monitor.models import Meting


def laad_bezetting(*, bestand: Path, tot: Kwartaal, zaad: int, nu: datetime) -> int:
    """Make the bezetting that is not there yet; the caller holds the transaction and made the users."""
    beschrijving = tomllib.loads(bestand.read_text(encoding="utf-8"))
    alle = bezettingsleveringen(beschrijving, _plekken(kwartalen_van(beschrijving, tot)), zaad)
    bezet = _bezet()
    lading = [levering for levering in alle if levering.opgave.sleutel not in bezet]
    per_kwartaal: dict[Kwartaal, list[Opgave]] = defaultdict(list)
    for levering in lading:
        per_kwartaal[levering.kwartaal].append(levering.eerst or levering.opgave)
    for kwartaal, opgaven in sorted(per_kwartaal.items()):
        _stel_op(opgaven, moment(kwartaal, DAGEN_NA_EINDE, nu), nu)
    for levering in lading:
        _corrigeer(levering, nu)
    return len(lading)


def _plekken(kwartalen: list[Kwartaal]) -> dict[Kwartaal, list[Demoplek]]:
    """Per quarter the places of the plan then in force; before the first plan those of the first."""
    plaatsen = {kwartaal: gevonden.per_plek for kwartaal, gevonden in lees_plaatsen(kwartalen).items() if gevonden}
    eerste = plaatsen[min(plaatsen)] if plaatsen else _eerste_plan()
    aspiranten, district_van = _aspiranten(), dict(_district_van())
    return {k: demoplekken(plaatsen.get(k, eerste), aspiranten, district_van) for k in kwartalen}


def _eerste_plan() -> dict[Plek, Decimal]:
    cellen = Districtsformatie.objects.filter(fte__isnull=False).order_by("-plan__geldig_vanaf")
    return {(code, soort): fte for code, soort, fte in cellen.values_list("onderdeel__code", "soort", "fte") if fte}


def _aspiranten() -> dict[Plek, Decimal]:
    soorten = (Districtsformatie.Soort.ASPIRANTEN, Districtsformatie.Soort.BASISTEAMS_ASPIRANTEN)
    cellen = Districtsformatie.objects.filter(soort__in=soorten, fte__isnull=False).order_by("plan__geldig_vanaf")
    return {(code, soort): fte for code, soort, fte in cellen.values_list("onderdeel__code", "soort", "fte") if fte}


def _district_van() -> list[tuple[str, str]]:
    teams = Onderdeel.objects.filter(soort=Onderdeel.Soort.BASISTEAM, ouder__isnull=False)
    return [(team, district) for team, district in teams.values_list("code", "ouder__code") if district]


def _bezet() -> set[tuple[str, str, int, int]]:
    """Where there is bezetting already, or a value that would follow from it."""
    bezetting = Bezetting.objects.values_list("onderdeel__code", "soort", "jaar", "kwartaal")
    metingen = Meting.objects.filter(indicator__code__in=AFGELEID, kwartaal__isnull=False)
    waarden = metingen.values_list("onderdeel__code", "jaar", "kwartaal")
    return {*bezetting, *((code, "basisteam", jaar, kwartaal or 0) for code, jaar, kwartaal in waarden)}


def _corrigeer(levering: Bezettinglevering, nu: datetime) -> None:
    if levering.eerst:
        op = moment(levering.kwartaal, DAGEN_NA_EINDE + levering.correctie_na_dagen, nu)
        _stel_op([levering.opgave], op, nu, levering.reden)


def _stel_op(opgaven: list[Opgave], op: datetime, nu: datetime, reden: str = "") -> None:
    analist, vaststeller = (User.objects.get(username=naam) for naam in ("analist", "vaststeller"))
    rijen, _ = dien_bezetting_in(opgaven, door=analist, herkomst=HERKOMST, reden=reden, op=op, demo=True)
    stel_bezetting_vast(rijen, door=vaststeller, herkomst=HERKOMST, op=tekenmoment(op, nu))


def wis_bezetting() -> int:
    """From the newest version of each bezetting back to the first; what follows from it is removed as any value."""
    aantal = 0
    while weg := Bezetting.objects.filter(demo=True, vervanger=None).delete()[0]:
        aantal += weg
    return aantal
