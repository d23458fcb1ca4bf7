"""How the years of an indicator built up: what its definition could say, and how its verdicts turned out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from accounts.models import User
from common.tekst.cijfers import procent
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.models import Doelbereik, Doelstelling, Indicator, Oordeel
from monitor.rekenen.cijfers import waarde_van_periode
from monitor.rekenen.regels.grenzen import toont_seizoen
from monitor.rekenen.regels.oordeelregels import gemiddelde_delen, jaardelen, toont_patroon
from monitor.rekenen.regels.toeval import als_getal
from monitor.rekenen.signaal import maak_proces
from monitor.zicht import leesbaar_bovenin

_VERLOOP = (Oordeel.OP_KOERS, Oordeel.AANDACHT, Oordeel.ACHTER)
_SLOT = (Oordeel.BEHAALD, Oordeel.NIET_BEHAALD)
_KWARTALEN = (1, 2, 3)
VERGELIJK_PER_KWARTAAL = (
    "De kwartalen van een jaar verschillen vanzelf van elkaar: vergeleken met hetzelfde kwartaal van andere jaren "
    "blijft er veel minder schommeling over. Stel die vergelijking voor als dat beter past."
)


@dataclass(frozen=True)
class Opbouw:
    """``voorstellen`` are sentences on what the definition could say, ``delen`` the parts of each year they rest on.

    ``uitkomsten`` gives per quarter how many of the years with each verdict ended in behaald; ``oordeelzin`` says so
    where the verdicts of years that ended well were mostly not good.
    """

    voorstellen: Sequence[str]
    delen: Sequence[Sequence[str]]
    uitkomsten: Sequence[Sequence[str]]
    oordeelzin: str


def get_opbouw(user: User, indicator: Indicator) -> Opbouw:
    """From the rows of the unit as this person may read them."""
    rijen = Doelbereik.objects.filter(indicator=indicator, onderdeel__soort=Onderdeel.Soort.EENHEID)
    per: dict[int, dict[Kwartaal, Any]] = defaultdict(dict)
    gelezen = rijen.select_related("doelstelling").order_by("onderdeel__volgorde")
    for rij in leesbaar_bovenin(gelezen, user, [indicator]):
        per[rij.onderdeel_id][Kwartaal(rij.jaar, rij.kwartaal)] = rij
    eerste = next(iter(per.values()), {})
    delen = jaardelen(_volle_jaren(indicator, eerste)) if indicator.aggregatie == Indicator.Aggregatie.SOM else {}
    voorstellen = [*_patroonvoorstel(indicator, eerste, delen), *_grensvoorstel(indicator, eerste)]
    tellingen = _tel_uitkomsten(eerste)
    return Opbouw(
        voorstellen, _regels(delen) if delen and _is_volume(eerste) else (), _tabel(tellingen), _oordeelzin(tellingen)
    )


def _volle_jaren(indicator: Indicator, per: Mapping[Kwartaal, Any]) -> dict[int, list[Fraction]]:
    """The years of which every quarter has a value of its own."""
    waarden = {kwartaal: waarde_van_periode(indicator, rij) for kwartaal, rij in sorted(per.items())}
    jaren: dict[int, list[Fraction]] = defaultdict(list)
    for kwartaal, waarde in waarden.items():
        if waarde is not None:
            jaren[kwartaal.jaar].append(waarde)
    return {jaar: kwartalen for jaar, kwartalen in jaren.items() if len(kwartalen) == 4}


def _is_volume(per: Mapping[Kwartaal, Any]) -> bool:
    return any(rij.doelstelling and rij.doelstelling.soort == Doelstelling.Soort.JAARVOLUME for rij in per.values())


def _patroonvoorstel(
    indicator: Indicator, per: Mapping[Kwartaal, Any], delen: Mapping[int, Sequence[Fraction]]
) -> list[str]:
    gelijk = indicator.verwachting == Indicator.Verwachting.LINEAIR
    if not (gelijk and _is_volume(per) and toont_patroon(delen)):
        return []
    gewoon = ", ".join(f"t/m Q{q} {_deel(deel)}" for q, deel in enumerate(gemiddelde_delen(delen), 1))
    jaren = f"De {len(delen)} volle jaren tot nu toe bouwden zich op dezelfde manier op: {gewoon}."
    doen = f"Stel “{Indicator.Verwachting.SEIZOEN.label}” voor als dat beter past."
    return [f"{jaren} De definitie verdeelt het doel gelijk over de kwartalen. {doen}"]


def _grensvoorstel(indicator: Indicator, per: Mapping[Kwartaal, Any]) -> list[str]:
    if indicator.grenzen_per_kwartaal or not per or indicator.frequentie != Indicator.Frequentie.KWARTAAL:
        return []
    per_kwartaal = Indicator(
        aggregatie=indicator.aggregatie, eenheid=indicator.eenheid, frequentie=indicator.frequentie,
        herkomst=indicator.herkomst, grenzen_per_kwartaal=True,
    )  # fmt: skip
    reeks = maak_proces(per_kwartaal, max(per), per).reeks
    if not toont_seizoen(reeks, len(_volle_jaren(indicator, per))):
        return []
    return [VERGELIJK_PER_KWARTAAL]


def _regels(delen: Mapping[int, Sequence[Fraction]]) -> list[list[str]]:
    regels = [[str(jaar), *map(_deel, van)] for jaar, van in sorted(delen.items())]
    return [*regels, ["Gemiddeld", *map(_deel, gemiddelde_delen(delen))]]


def _deel(deel: Fraction) -> str:
    return procent(als_getal(deel * 100), 0)


class _Telling(NamedTuple):
    behaald: int = 0
    jaren: int = 0


_Tellingen = dict[tuple[int, str], _Telling]
"""Per quarter and verdict."""


def _tel_uitkomsten(per: Mapping[Kwartaal, Any]) -> _Tellingen:
    slot = {k.jaar: rij.oordeel for k, rij in per.items() if k.nummer == 4 and rij.oordeel in _SLOT}
    tellingen: _Tellingen = {}
    for kwartaal, rij in per.items():
        if kwartaal.nummer in _KWARTALEN and kwartaal.jaar in slot and rij.oordeel in _VERLOOP:
            behaald, jaren = tellingen.get((kwartaal.nummer, rij.oordeel), _Telling())
            goed = slot[kwartaal.jaar] == Oordeel.BEHAALD
            tellingen[kwartaal.nummer, rij.oordeel] = _Telling(behaald + goed, jaren + 1)
    return tellingen


def _tabel(tellingen: _Tellingen) -> list[list[str]]:
    if not tellingen:
        return []
    return [
        [f"Q{q}", *(f"{t.behaald} van {t.jaren}" if (t := tellingen.get((q, o))) else "–" for o in _VERLOOP)]
        for q in _KWARTALEN
    ]


def _oordeelzin(tellingen: _Tellingen) -> str:
    """A rule that warns in most quarters of years that end well is a wrong rule."""
    goed = sum(telling.behaald for telling in tellingen.values())
    gewaarschuwd = sum(telling.behaald for (_, oordeel), telling in tellingen.items() if oordeel != Oordeel.OP_KOERS)
    if gewaarschuwd * 2 <= goed:
        return ""
    return (
        f"In jaren die behaald eindigden, stond het oordeel in {gewaarschuwd} van de {goed} kwartalen op aandacht of "
        "achter. Kijk of een andere opbouw van het jaar beter past."
    )
