"""Load and remove the fictitious measurements and bezetting, through the same door as any other value."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import PROTECT, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.services import maak_gebruiker
from common.locks import Slot, houd_slot
from common.tekst.periode import Kwartaal
from formatie.models import Bezetting, Districtsformatie, Onderdeel
from monitor.demo.cijfers import (
    DAGEN_NA_EINDE,
    Demoplek,
    Geleverd,
    Levering,
    bezettingsleveringen,
    demoplekken,
    kwartalen_van,
    leveringen,
)
from monitor.invoer.bezetting.kader import lees_plaatsen
from monitor.invoer.bezetting.services import dien_bezetting_in
from monitor.invoer.bezetting.validatie import Bezettingsplek, Opgave
from monitor.invoer.meting.services import dien_in
from monitor.invoer.meting.vergelijken import AFGELEID
from monitor.invoer.regels.toetsgegevens import lees_kader
from monitor.invoer.regels.validatie import Kader
from monitor.invoer.regels.waarneming import Meetsleutel, Waarneming
from monitor.invoer.vaststellen.eisen import houd_elk_kwartaal
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import BEZETTING, METING, Soort
from monitor.models import Concept, Import, Indicator, Meting
from monitor.rekenen.regels.verschuldigd import is_gevraagd
from monitor.rekenen.wachtrij import vraag_herberekeningen

_HERKOMST = "demo"
DAGEN_TE_LAAT = 70
DAGEN_TOT_BESLUIT = 3


WACHTWOORD = "strategie-demo"  # public on purpose; refused with production settings
EIGEN_WERK = (Import, Concept)  # goes with the account that made it
GEBRUIKERS: tuple[tuple[str, str, str, str], ...] = (
    ("rvo-lid", "rvo-lid", "", ""),
    ("analist", "analist", "", ""),
    ("vaststeller", "vaststeller", "", ""),
    ("vaststeller-2", "vaststeller", "", ""),  # who closes a quarter, who asks and who reopens it are three
    ("districtschef-a", "districtschef", "A", ""),
    ("portefeuillehouder", "portefeuillehouder", "", "opsporing-en-ondermijning"),
    ("beheerder", "beheerder", "", ""),
)
GEMEENTEN = {"rvo-lid": "nissewaard"}
"""Demo user → municipality, of which a source names the basisteam."""


@dataclass(frozen=True, slots=True)
class DemoTelling:
    gebruikers: int
    metingen: int
    bezetting: int


def laad_demo(*, map_: Path, tot: Kwartaal, zaad: int, nu: datetime | None = None) -> DemoTelling:
    """Make the demo users and the measurements that are not there yet. Repeatable: never touches a value twice."""
    nu = nu or timezone.now()
    with transaction.atomic():
        houd_slot(Slot.LADEN)
        houd_elk_kwartaal()
        nieuw = _maak_gebruikers()
        metingen = _nieuwe_metingen(_lees(map_ / "reeksen.toml"), tot, zaad)
        _lever(METING, metingen, dien_in, nu)
        bezetting = _nieuwe_bezetting(_lees(map_ / "bezetting.toml"), tot, zaad)
        _lever(BEZETTING, bezetting, dien_bezetting_in, nu)
    return DemoTelling(nieuw, len(metingen), len(bezetting))


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
            herkomst=_HERKOMST,
            demo=True,
        )[1]
        for naam, rol, onderdeel, thema in GEBRUIKERS
    )


def _nieuwe_metingen(beschrijving: dict[str, Any], tot: Kwartaal, zaad: int) -> list[Levering[Waarneming]]:
    kader = lees_kader()
    bezet = _bezette_sleutels(beschrijving["reeks"])
    plekken = {code: _rapporteurs(code, kader) for code in beschrijving["reeks"]}
    alle = leveringen(beschrijving, kader.indicatoren, plekken, tot, zaad)
    return [levering for levering in alle if levering.waarde.sleutel not in bezet]


def _bezette_sleutels(codes: Iterable[str]) -> set[Meetsleutel]:
    metingen = Meting.objects.filter(indicator__code__in=codes)
    return set(metingen.values_list("indicator__code", "onderdeel__code", "jaar", "kwartaal"))


def _rapporteurs(code: str, kader: Kader) -> list[str]:
    feiten = kader.indicatoren[code]
    gevraagd = [o for o in kader.onderdelen.values() if is_gevraagd(feiten.aggregatie, feiten.niveau, o.soort)]
    return sorted(onderdeel.code for onderdeel in gevraagd if onderdeel.code not in feiten.niet_voor)


def _nieuwe_bezetting(beschrijving: dict[str, Any], tot: Kwartaal, zaad: int) -> list[Levering[Opgave]]:
    bezet = _bezet()
    alle = bezettingsleveringen(beschrijving, _plekken(kwartalen_van(beschrijving, tot)), zaad)
    return [levering for levering in alle if levering.waarde.sleutel not in bezet]


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


def _lever(soort: Soort, lading: list[Levering[Geleverd]], indienen: Callable[..., Any], nu: datetime) -> None:
    """Submit and approve quarter by quarter, on the days it would really have happened; then what was corrected."""
    analist, vaststeller = (User.objects.get(username=naam) for naam in ("analist", "vaststeller"))

    def lever(waarden: list[Geleverd], kwartaal: Kwartaal, dagen: int, reden: str = "") -> None:
        op = _moment(kwartaal, dagen, nu)
        rijen, _ = indienen(waarden, door=analist, herkomst=_HERKOMST, reden=reden, op=op, demo=True)
        besluit = min(op + timedelta(days=DAGEN_TOT_BESLUIT), nu)
        stel_vast(soort, rijen, door=vaststeller, herkomst=_HERKOMST, op=besluit)

    for (kwartaal, dagen), waarden in sorted(_per_dag(lading).items()):
        lever(waarden, kwartaal, dagen)
    for levering in lading:
        if levering.eerst:
            dagen = levering.dagen_na_einde + levering.correctie_na_dagen
            lever([levering.waarde], levering.kwartaal, dagen, levering.reden)


def _per_dag(lading: list[Levering[Geleverd]]) -> dict[tuple[Kwartaal, int], list[Geleverd]]:
    """What is delivered first, by quarter and the days after its end."""
    per_dag: dict[tuple[Kwartaal, int], list[Geleverd]] = defaultdict(list)
    for levering in lading:
        dagen = DAGEN_TE_LAAT if levering.dagen_na_einde > 30 else DAGEN_NA_EINDE
        per_dag[levering.kwartaal, dagen].append(levering.eerst or levering.waarde)
    return per_dag


def _moment(kwartaal: Kwartaal, dagen: int, nu: datetime) -> datetime:
    """So many days after the quarter, and never later than now."""
    dag = datetime.combine(kwartaal.einde() + timedelta(days=dagen), time(10, 30))
    return min(timezone.make_aware(dag), nu - timedelta(minutes=2))


@dataclass(frozen=True, slots=True)
class WisTelling:
    metingen: int
    bezetting: int
    gebruikers: int
    uitgezet: int


class DemoInGebruik(Exception):
    """A real value replaces a fictitious one; removing that would break its history."""


@transaction.atomic
def wis_demo() -> WisTelling:
    """Remove exactly what ``laad_demo`` made. The audit trail stays: it only grows.

    A demo account that really entered or approved something cannot go; it is switched off.
    """
    houd_slot(Slot.LADEN)
    if any(soort.objects.filter(demo=False, vervangt__demo=True).exists() for soort in (Meting, Bezetting)):
        raise DemoInGebruik(
            "Een echte meting of bezetting vervangt een fictieve. Laat die eerst vervallen en probeer het opnieuw."
        )
    indicatoren = list(Indicator.objects.filter(metingen__demo=True).distinct().values_list("pk", flat=True))
    aantal = _wis(Meting)
    vraag_herberekeningen((pk, None, None) for pk in indicatoren)
    return WisTelling(aantal, _wis(Bezetting), *_wis_gebruikers())


def _wis(soort: type[Meting | Bezetting]) -> int:
    """From the newest version of each value back to the first; what follows from bezetting goes as any value."""
    aantal = 0
    while weg := soort.objects.filter(demo=True, vervanger=None).delete()[0]:
        aantal += weg
    return aantal


def _wis_gebruikers() -> tuple[int, int]:
    demo = User.objects.filter(demo=True)
    gebruikt = Q(pk__in=_in_gebruik())
    uitgezet = demo.filter(gebruikt).update(is_active=False)
    weg = demo.exclude(gebruikt)
    aantal = weg.count()
    for eigen in EIGEN_WERK:
        eigen.objects.filter(door__in=weg).delete()
    weg.delete()
    return aantal, uitgezet


def _in_gebruik() -> set[int]:
    """The demo accounts whose name something must keep; their own files and typed text go with them."""
    personen: set[int] = set()
    for relatie in User._meta.get_fields(include_hidden=True):
        if getattr(relatie, "on_delete", None) is PROTECT and relatie.related_model not in EIGEN_WERK:
            veld = relatie.field.name  # type: ignore[union-attr]
            rijen = relatie.related_model._base_manager.filter(**{f"{veld}__demo": True})  # type: ignore[union-attr]
            personen.update(rijen.order_by().values_list(veld, flat=True).distinct())
    return personen
