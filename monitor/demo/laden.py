"""Load the fictitious measurements and bezetting, through the same door as any other value."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.services import maak_gebruiker
from common.locks import Slot, houd_slot
from common.tekst.periode import Kwartaal
from formatie.models import Bezetting, Districtsformatie, Onderdeel
from monitor.demo.besluiten import neem_besluiten
from monitor.demo.cijfers import leveringen
from monitor.demo.levering import Afloop, Geleverd, Levering, Opdracht
from monitor.demo.mensen import Demoplek, Omvangen, bezettingsleveringen, demoplekken, omvang_van
from monitor.demo.sturing.vertellen import vertel_sturing
from monitor.demo.verhaal import HERKOMST, Verhaal
from monitor.invoer.bezetting.kader import lees_plaatsen
from monitor.invoer.bezetting.services import dien_bezetting_in
from monitor.invoer.bezetting.validatie import Bezettingsplek, Opgave
from monitor.invoer.meting.services import dien_in
from monitor.invoer.meting.vergelijken import AFGELEID
from monitor.invoer.regels.toetsgegevens import lees_gesloten, lees_kader
from monitor.invoer.regels.validatie import Kader
from monitor.invoer.regels.waarneming import Meetsleutel, Waarneming
from monitor.invoer.rooster.celtekst import teksten_van
from monitor.invoer.rooster.services import Celtekst, bewaar_concepten
from monitor.invoer.vaststellen.eisen import houd_elk_kwartaal
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soort import Soort
from monitor.invoer.vaststellen.soorten import BEZETTING, METING
from monitor.models import Concept, Meting
from monitor.rekenen.regels.verschuldigd import is_gevraagd

_DAGEN_TOT_BESLUIT = 3
_LAATSTE_DAG = 45  # after the last quarter: what happened to it later is no part of the story
WACHTWOORD = "strategie-demo"  # public on purpose; refused with production settings
GEBRUIKERS: tuple[tuple[str, str, str, str], ...] = (
    ("rvo-lid", "rvo-lid", "", ""),
    ("analist", "analist", "", ""),
    ("analist-2", "analist", "", ""),  # who owns an indicator and who stands in are two
    ("vaststeller", "vaststeller", "", ""),
    ("vaststeller-2", "vaststeller", "", ""),  # who closes a quarter, who asks and who reopens it are three
    ("districtschef-a", "districtschef", "A", ""),
    ("portefeuillehouder", "portefeuillehouder", "", "opsporing-en-ondermijning"),
    ("programmadirecteur", "programmadirecteur", "", ""),
    ("adviescommissie", "adviescommissie", "", ""),
    ("beheerder", "beheerder", "", ""),
    ("beheerder-2", "beheerder", "", ""),  # one gives a role, another confirms it
)
GEMEENTEN = {"rvo-lid": "nissewaard"}
"""Demo user → municipality, of which a source names the basisteam."""


@dataclass(frozen=True, slots=True)
class DemoTelling:
    gebruikers: int
    metingen: int
    bezetting: int


def laad_demo(*, map_: Path, tot: Kwartaal, zaad: int, nu: datetime | None = None) -> DemoTelling:
    """Make the demo users, the figures that are not there yet, and what people decided about them.

    Repeatable: never touches a value twice, nor a closed quarter. What is of a quarter happens before it closes.
    """
    nu = min(nu or timezone.now(), _moment(tot, _LAATSTE_DAG))
    bezetting = Opdracht(_lees(map_ / "bezetting.toml"), tot, zaad)
    with transaction.atomic():
        houd_slot(Slot.LADEN)
        houd_elk_kwartaal()
        nieuw = _maak_gebruikers()
        plekken = _plekken(list(bezetting.kwartalen))
        omvang = omvang_van(bezetting, plekken)
        metingen = _nieuwe_metingen(Opdracht(_lees(map_ / "reeksen.toml"), tot, zaad), omvang)
        _lever(METING, [een for een in metingen if een.afloop != "concept"], dien_in, nu)
        _typ((een for een in metingen if een.afloop == "concept"), nu)
        opgaven = _nieuwe_bezetting(bezetting, plekken)
        _lever(BEZETTING, opgaven, dien_bezetting_in, nu)
        verhaal = Verhaal(Opdracht(_lees(map_ / "besluiten.toml"), tot, zaad), nu, _personen(), map_)
        neem_besluiten(verhaal)
        vertel_sturing(verhaal)
    return DemoTelling(nieuw, len(metingen), len(opgaven))


def _lees(bestand: Path) -> dict[str, Any]:
    return tomllib.loads(bestand.read_text(encoding="utf-8"))


def _maak_gebruikers() -> int:
    return sum(
        maak_gebruiker(
            naam=naam,
            wachtwoord=WACHTWOORD,
            rol=rol,
            onderdeel_code=onderdeel,
            thema_slug=thema,
            gemeente_slug=GEMEENTEN.get(naam, ""),
            door=None,
            herkomst=HERKOMST,
            demo=True,
        )[1]
        for naam, rol, onderdeel, thema in GEBRUIKERS
    )


def _nieuwe_metingen(opdracht: Opdracht, omvang: Omvangen) -> list[Levering[Waarneming]]:
    kader, reeksen = lees_kader(), opdracht.beschrijving["reeks"]
    bezet, plekken = _bezette_sleutels(reeksen), {code: _rapporteurs(code, kader) for code in reeksen}
    alle = leveringen(opdracht, kader.indicatoren, plekken, omvang)
    return _in_open_kwartalen(levering for levering in alle if levering.waarde.sleutel not in bezet)


def _in_open_kwartalen(alle: Iterable[Levering[Geleverd]]) -> list[Levering[Geleverd]]:
    """What is of a year after the last one with a closed quarter: other values could change a closed verdict."""
    laatste, _ = max(lees_gesloten(), default=(0, 1))
    return [een for een in alle if een.kwartaal.jaar > laatste]


def _bezette_sleutels(codes: Iterable[str]) -> set[Meetsleutel]:
    """Where there is a value already, or where someone has begun to type one."""
    metingen = Meting.objects.filter(indicator__code__in=codes)
    velden = ("indicator__code", "onderdeel__code", "jaar", "kwartaal")
    return {*metingen.values_list(*velden), *Concept.objects.getypt().values_list(*velden)}


def _rapporteurs(code: str, kader: Kader) -> list[str]:
    feiten = kader.indicatoren[code]
    gevraagd = [o for o in kader.onderdelen.values() if is_gevraagd(feiten.aggregatie, feiten.niveau, o.soort)]
    return sorted(onderdeel.code for onderdeel in gevraagd if onderdeel.code not in feiten.niet_voor)


def _nieuwe_bezetting(opdracht: Opdracht, plekken: dict[Kwartaal, list[Demoplek]]) -> list[Levering[Opgave]]:
    bezet = _bezet()
    alle = bezettingsleveringen(opdracht, plekken)
    return _in_open_kwartalen(levering for levering in alle if levering.waarde.sleutel not in bezet)


def _bezet() -> set[tuple[str, str, int, int]]:
    """Where there is bezetting already, or a value that would follow from it."""
    bezetting = Bezetting.objects.values_list("onderdeel__code", "soort", "jaar", "kwartaal")
    metingen = Meting.objects.filter(indicator__code__in=AFGELEID, kwartaal__isnull=False)
    waarden = metingen.values_list("onderdeel__code", "jaar", "kwartaal")
    return {*bezetting, *((code, "basisteam", jaar, kwartaal or 0) for code, jaar, kwartaal in waarden)}


def _plekken(kwartalen: list[Kwartaal]) -> dict[Kwartaal, list[Demoplek]]:
    """Per quarter the places of the plan then in force; before the first plan those of the first."""
    plaatsen = {
        kwartaal: per_plek for kwartaal, gevonden in lees_plaatsen(kwartalen).items() if (per_plek := gevonden.per_plek)
    }
    cellen = Districtsformatie.objects.filter(fte__isnull=False)
    eerste = plaatsen[min(plaatsen)] if plaatsen else _per_plek(cellen.order_by("-plan__geldig_vanaf"))
    soorten = (Districtsformatie.Soort.ASPIRANTEN, Districtsformatie.Soort.BASISTEAMS_ASPIRANTEN)
    aspiranten = _per_plek(cellen.filter(soort__in=soorten).order_by("plan__geldig_vanaf"))
    teams = Onderdeel.objects.filter(soort=Onderdeel.Soort.BASISTEAM, ouder__isnull=False)
    district_van = dict(teams.values_list("code", "ouder__code"))
    return {k: demoplekken(plaatsen.get(k, eerste), aspiranten, district_van) for k in kwartalen}


def _per_plek(cellen: QuerySet[Districtsformatie]) -> dict[Bezettingsplek, Decimal]:
    """The places of each kind; of more plans the last in this order."""
    return {(code, soort): fte for code, soort, fte in cellen.values_list("onderdeel__code", "soort", "fte") if fte}


@dataclass(frozen=True, order=True, slots=True)
class _Partij:
    """What one person hands in on one day about one quarter, and what becomes of it."""

    kwartaal: Kwartaal
    dagen_na_einde: int
    door: str
    afloop: Afloop
    reden: str = ""
    antwoord: str = ""


def _lever(soort: Soort, lading: list[Levering[Geleverd]], indienen: Callable[..., Any], nu: datetime) -> None:
    """Submit and decide quarter by quarter, on the days it would really have happened; then what was corrected."""
    personen = _personen()
    for partij, waarden in (*sorted(_eerste(lading).items()), *sorted(_correcties(lading).items())):
        op, door = _ingediend_op(partij.kwartaal, partij.dagen_na_einde, nu), personen[partij.door]
        rijen, _ = indienen(waarden, door=door, herkomst=HERKOMST, reden=partij.reden, op=op, demo=True)
        besluit = min(op + timedelta(days=_DAGEN_TOT_BESLUIT), nu)
        wie: dict[str, Any] = {"door": personen["vaststeller"], "herkomst": HERKOMST, "op": besluit}
        if partij.afloop == "vastgesteld":
            stel_vast(soort, rijen, **wie)
        elif partij.afloop == "teruggestuurd":
            stuur_terug(soort, rijen, reden=partij.antwoord, **wie)


def _personen() -> dict[str, User]:
    return {user.username: user for user in User.objects.filter(username__in=[naam for naam, *_ in GEBRUIKERS])}


def _ingediend_op(kwartaal: Kwartaal, dagen: int, nu: datetime) -> datetime:
    """Never later than now, with time left to decide on it."""
    return min(_moment(kwartaal, dagen), nu - timedelta(minutes=2))


def _typ(lading: Iterable[Levering[Waarneming]], nu: datetime) -> None:
    """What someone typed and did not hand in yet."""
    personen = _personen()
    for een in lading:
        op = _ingediend_op(een.kwartaal, een.dagen_na_einde, nu)
        cellen = teksten_van(asdict(een.waarde), verhouding=een.waarde.noemer is not None)
        tekst = Celtekst(een.waarde.indicator, een.waarde.onderdeel, een.kwartaal, cellen, gezien=0)
        bewaar_concepten([tekst], door=personen[een.door], herkomst=HERKOMST, op=op)


def _eerste(lading: Iterable[Levering[Geleverd]]) -> dict[_Partij, list[Geleverd]]:
    partijen: dict[_Partij, list[Geleverd]] = defaultdict(list)
    for een in lading:
        antwoord = "" if een.eerst else een.antwoord
        partij = _Partij(een.kwartaal, een.dagen_na_einde, een.door, een.eerste_afloop, antwoord=antwoord)
        partijen[partij].append(een.eerst or een.waarde)
    return partijen


def _correcties(lading: Iterable[Levering[Geleverd]]) -> dict[_Partij, list[Geleverd]]:
    partijen: dict[_Partij, list[Geleverd]] = defaultdict(list)
    for een in lading:
        if een.eerst:
            dagen = een.dagen_na_einde + een.correctie_na_dagen
            partijen[_Partij(een.kwartaal, dagen, een.door, een.afloop, een.reden, een.antwoord)].append(een.waarde)
    return partijen


def _moment(kwartaal: Kwartaal, dagen: int) -> datetime:
    """So many days after the quarter, in the morning."""
    return timezone.make_aware(datetime.combine(kwartaal.einde() + timedelta(days=dagen), time(10, 30)))
