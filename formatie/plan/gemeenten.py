"""What pages ask about municipalities: which there are on a day, and which basisteam works where."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations
from pathlib import Path

from django.db.models import Q

from common.bestanden.modelvelden import velden_van
from common.bestanden.toml import (
    SLEUTEL,
    Fouten,
    Schema,
    Tabelrij,
    Tekst,
    lees_bestand,
)
from formatie.models import Districtsformatie, Formatieplan, Gemeente, Onderdeel, Werkgebied
from formatie.plan.selectors import als_gedrukt

Soort = Districtsformatie.Soort
_HEEL = {Onderdeel.Soort.BASISTEAM.value: Soort.BASISTEAM}
"""What the plan prints as all places of an onderdeel: of a team its own cell, of anything else the total."""


@dataclass(frozen=True)
class Werkkring:
    """A municipality on a day, with what is known of the teams that work in it.

    ``gebieden`` are those of the municipality itself or, where it has none, of the municipalities it was made from.
    ``opvolger`` is the one it has become part of by that day.
    """

    gemeente: Gemeente
    voorgangers: Sequence[Gemeente]
    gebieden: Sequence[Werkgebied]
    opvolger: Gemeente | None = None
    straks: Sequence[Werkgebied] = ()
    """What is decided already of the municipality itself, and begins after that day."""

    @cached_property
    def teams(self) -> list[Onderdeel]:
        return _op_volgorde(gebied.basisteam for gebied in self.gebieden)

    @cached_property
    def districten(self) -> list[Onderdeel]:
        return _op_volgorde(team.ouder for team in self.teams if team.ouder)

    @property
    def is_geerfd(self) -> bool:
        """Whether what is known was said of municipalities this one was made from."""
        return any(gebied.gemeente_id != self.gemeente.pk for gebied in self.gebieden)

    @property
    def is_deel(self) -> bool:
        """Whether only parts are known, so that other teams may work in the rest."""
        return bool(self.gebieden) and all(gebied.gebied for gebied in self.gebieden)

    @property
    def op_naam(self) -> list[Onderdeel]:
        """The teams that rest on nothing but a name."""
        zeker = {gebied.basisteam_id for gebied in self.gebieden if gebied.grond == Werkgebied.Grond.BRON}
        return [team for team in self.teams if team.pk not in zeker]


def get_werkkringen(dag: date, slugs: Iterable[str] | None = None) -> list[Werkkring]:
    """The municipalities of that day by name, or those asked for whether they still exist or not; two queries."""
    alle = {gemeente.pk: gemeente for gemeente in Gemeente.objects.all()}
    gevraagd = None if slugs is None else set(slugs)
    gekozen = [g for g in alle.values() if (_bestaat(g, dag) if gevraagd is None else g.slug in gevraagd)]
    voorgangers = {gemeente.pk: _voorgangers(gemeente, alle, dag) for gemeente in gekozen}
    pks = {g.pk for g in gekozen} | {v.pk for lijst in voorgangers.values() for v in lijst}
    gebieden, straks = _gebieden(pks, dag)
    return [
        Werkkring(g, voorgangers[g.pk], _van(g, voorgangers[g.pk], gebieden), _opvolger(g, alle, dag), straks[g.pk])
        for g in gekozen
    ]


def _bestaat(gemeente: Gemeente, dag: date) -> bool:
    begonnen = gemeente.geldig_vanaf is None or gemeente.geldig_vanaf <= dag
    return begonnen and (gemeente.geldig_tot is None or gemeente.geldig_tot > dag)


def _voorgangers(gemeente: Gemeente, alle: dict[int, Gemeente], dag: date) -> list[Gemeente]:
    """Those that had become part of it by that day, and what had become part of these."""
    gevonden, laag = [], [gemeente]
    while laag:
        pks = {g.pk for g in laag}
        laag = [g for g in alle.values() if g.opgegaan_in_id in pks and g.geldig_tot and g.geldig_tot <= dag]
        gevonden += laag
    return sorted(gevonden, key=lambda g: g.naam)


def _opvolger(gemeente: Gemeente, alle: dict[int, Gemeente], dag: date) -> Gemeente | None:
    """The municipality that it is part of by that day, over as many mergers as there were."""
    nu = gemeente
    while nu.opgegaan_in_id and nu.geldig_tot and nu.geldig_tot <= dag:
        nu = alle[nu.opgegaan_in_id]
    return None if nu is gemeente else nu


_PerGemeente = dict[int, list[Werkgebied]]


def _gebieden(gemeenten: set[int], dag: date) -> tuple[_PerGemeente, _PerGemeente]:
    """What holds on the day, and what begins after it."""
    rijen = Werkgebied.objects.filter(Q(geldig_tot=None) | Q(geldig_tot__gt=dag), gemeente__in=gemeenten)
    rijen = rijen.exclude(basisteam__geldig_tot__lte=dag)
    nu: _PerGemeente = defaultdict(list)
    straks: _PerGemeente = defaultdict(list)
    volgorde = ("basisteam__volgorde", "basisteam__code", "gemeente__naam", "gebied")
    for rij in rijen.select_related("basisteam__ouder", "gemeente").order_by(*volgorde):
        (nu if begint_op(rij) <= dag else straks)[rij.gemeente_id].append(rij)
    return nu, straks


def begint_op(rij: Werkgebied) -> date:
    """The first day on which the team works there."""
    return max(rij.geldig_vanaf or date.min, rij.basisteam.geldig_vanaf or date.min)


def _van(
    gemeente: Gemeente, voorgangers: Sequence[Gemeente], gebieden: dict[int, list[Werkgebied]]
) -> list[Werkgebied]:
    """What is known of the municipality itself goes before what was known of those it was made from."""
    return gebieden[gemeente.pk] or [gebied for v in voorgangers for gebied in gebieden[v.pk]]


def _op_volgorde(onderdelen: Iterable[Onderdeel]) -> list[Onderdeel]:
    uniek = {onderdeel.pk: onderdeel for onderdeel in onderdelen}
    return sorted(uniek.values(), key=lambda onderdeel: (onderdeel.volgorde, onderdeel.code))


@dataclass(frozen=True)
class Plaatsen:
    """The printed places of one onderdeel in fte; None where the plan prints none for it."""

    onderdeel: Onderdeel
    fte: Decimal | None
    aspiranten: Decimal | None
    wijkagenten: Decimal | None
    niet_gedrukt: str = "niet gedrukt"

    @property
    def rijklasse(self) -> str:
        return "" if self.onderdeel.soort == Onderdeel.Soort.BASISTEAM else "tussen"


def get_plaatsrijen(plan: Formatieplan, onderdelen: Sequence[Onderdeel]) -> list[Plaatsen]:
    """The places of teams, districts and unit as the plan prints them, in the order asked; one query."""
    cellen = plan.districtscellen.filter(onderdeel__in=onderdelen)
    gedrukt = {
        (onderdeel, soort): als_gedrukt(tekst)
        for onderdeel, soort, tekst in cellen.values_list("onderdeel_id", "soort", "fte_gedrukt")
    }
    return [
        Plaatsen(
            onderdeel,
            gedrukt.get((onderdeel.pk, _HEEL.get(onderdeel.soort, Soort.TOTAAL))),
            gedrukt.get((onderdeel.pk, Soort.ASPIRANTEN)),
            gedrukt.get((onderdeel.pk, Soort.WIJKAGENTEN)),
        )
        for onderdeel in onderdelen
    ]


BESTAND = "organisatie/werkgebieden.toml"
GEBIEDSRIJ = Schema(
    velden_van(Werkgebied, "gebied", "grond", "bron", "bronregel", "geldig_vanaf", "geldig_tot")
    | {"basisteam": Tekst(lengte=12), "gemeente": Tekst(lengte=50, patroon=SLEUTEL)}
)


def lees_werkgebieden(
    wortel: Path, onderdelen: list[Tabelrij], gemeenten: list[Tabelrij], fouten: Fouten
) -> list[Tabelrij]:
    """The rows of the file, checked against the organisation; none where there is no file."""
    if not (wortel / BESTAND).exists():
        return []
    bestand = lees_bestand(wortel / BESTAND, wortel, fouten, "werkgebied")
    rijen = bestand.tabellen("werkgebied", GEBIEDSRIJ, ("basisteam", "gemeente", "gebied"))
    controleer_werkgebieden(rijen, onderdelen, gemeenten)
    return rijen


def controleer_werkgebieden(rijen: list[Tabelrij], onderdelen: list[Tabelrij], gemeenten: list[Tabelrij]) -> None:
    """Note with each row what cannot be, given the organisation; of two that contradict with the later one."""
    _controleer_namen(rijen, onderdelen, gemeenten)
    _controleer_geheel(rijen)


def _controleer_namen(rijen: list[Tabelrij], onderdelen: list[Tabelrij], gemeenten: list[Tabelrij]) -> None:
    teams = {rij["code"]: rij for rij in onderdelen if rij["soort"] == Onderdeel.Soort.BASISTEAM}
    slugs = {rij["slug"] for rij in gemeenten}
    for rij in rijen:
        if rij["basisteam"] not in teams:
            rij.meld(f"'basisteam' noemt geen basisteam: {rij['basisteam']!r}")
        else:
            _controleer_looptijd(rij, teams[rij["basisteam"]])
        if rij["gemeente"] not in slugs:
            rij.meld(f"'gemeente' noemt een onbekende gemeente {rij['gemeente']!r}")


def _controleer_looptijd(rij: Tabelrij, team: Tabelrij) -> None:
    """A team works nowhere before it begins or after it has ended."""
    eind, tot = team["geldig_tot"], rij["geldig_tot"]
    if eind and (tot is None or tot > eind):
        rij.meld(f"het basisteam {rij['basisteam']!r} bestaat tot {eind}; zet hier 'geldig_tot' op die dag of eerder")
    begin, vanaf = team["geldig_vanaf"], rij["geldig_vanaf"]
    if begin and vanaf and vanaf < begin:
        rij.meld(
            f"het basisteam {rij['basisteam']!r} bestaat vanaf {begin}; zet hier 'geldig_vanaf' op die dag of later"
        )


def _controleer_geheel(rijen: list[Tabelrij]) -> None:
    """What belongs to one team as a whole has no part with another team on the same day."""
    for eerste, tweede in combinations(rijen, 2):
        zelfde = eerste["gemeente"] == tweede["gemeente"] and eerste["basisteam"] != tweede["basisteam"]
        if zelfde and not (eerste["gebied"] and tweede["gebied"]) and tegelijk(eerste, tweede):
            tweede.meld(f"'gemeente' {tweede['gemeente']} hoort al geheel of voor een deel bij {eerste['basisteam']}")


def tegelijk(eerste: Tabelrij, tweede: Tabelrij) -> bool:
    """Whether two rows both hold on some day."""
    begin = max(rij["geldig_vanaf"] or date.min for rij in (eerste, tweede))
    return begin < min(rij["geldig_tot"] or date.max for rij in (eerste, tweede))
