"""What the values on the grid come to for the unit, and the verdict that gives: by the rules, nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from common.tekst.tekens import hoofdletter
from formatie.models import Onderdeel
from monitor.invoer.kwartaal.gesloten import als_metingfeit, lees_samen
from monitor.invoer.meting.vergelijken import cijfers_van
from monitor.invoer.rooster.selectors import EENHEID, Rooster, Roosterregel
from monitor.models import Indicator, Meting, Oordeel
from monitor.rekenen.cijfers import leid_cijfers_af
from monitor.rekenen.regels.beoordelen import bereken
from monitor.rekenen.regels.feiten import Doelfeit, Rekenfeiten
from monitor.rekenen.regels.oordeelrij import Oordeelrij, als_records


@dataclass(frozen=True, slots=True)
class Totaal:
    """Of one indicator: for whom it is added up, the verdict it would give and the sentence that goes with it."""

    onderdeel: str
    oordeel: str
    zin: str

    @property
    def vervolg(self) -> str:
        """The sentence after the verdict, that it would begin with."""
        return hoofdletter(self.zin.removeprefix(f"{Oordeel(self.oordeel).label}: "))


def reken_totalen(rooster: Rooster) -> dict[str, Totaal]:
    """By code of the indicators of which something is to be added up or is on its way; four queries, none without.

    Added up to the smallest onderdeel that holds all rows of the indicator, where that is within reach: of what others
    deliver nothing shows.
    """
    regels = _per_indicator(rooster)
    if not regels:
        return {}
    feiten = lees_samen([samen[0].indicator.pk for samen in regels.values()])
    erbij = [meting for samen in regels.values() for regel in samen if (meting := _getoond(regel, rooster))]
    rijen = _rijen(feiten.met_metingen([als_metingfeit(meting) for meting in erbij]), rooster)
    doelen = {doel.id: doel for doel in feiten.doelen}
    gevonden = ((code, samen, _top(samen)) for code, samen in regels.items())
    return {
        code: _totaal(rij, samen[0].indicator, top, doelen)
        for code, samen, top in gevonden
        if top and rooster.bereik.bevat(code, top.code) and (rij := rijen.get((samen[0].indicator.pk, top.pk)))
    }


def _per_indicator(rooster: Rooster) -> dict[str, list[Roosterregel]]:
    """Of the unit as a whole only what changes: its own value is its total."""
    regels: dict[str, list[Roosterregel]] = {}
    for regel in rooster.regels:
        regels.setdefault(regel.indicator.code, []).append(regel)
    return {code: samen for code, samen in regels.items() if any(_telt(regel) for regel in samen)}


def _telt(regel: Roosterregel) -> bool:
    op_weg = regel.open or regel.oordeel.waarneming
    return bool(op_weg or (regel.geldend and regel.indicator.niveau != EENHEID))


def _getoond(regel: Roosterregel, rooster: Rooster) -> Meting | None:
    """What stands in the cells, where that is something else than the value that counts and can be read."""
    if waarneming := regel.oordeel.waarneming:
        plek = {"indicator": regel.indicator, "onderdeel": regel.onderdeel, "jaar": rooster.kwartaal.jaar}
        return Meting(**plek, kwartaal=waarneming.kwartaal, **cijfers_van(waarneming))
    return regel.open if regel.open and regel.teksten else None


def _rijen(feiten: Rekenfeiten, rooster: Rooster) -> Mapping[tuple[int, int], Oordeelrij]:
    rijen = bereken(feiten, rooster.kwartaal.jaar)
    hier = rijen.kies((rijen.jaar == rooster.kwartaal.jaar) & (rijen.kwartaal == rooster.kwartaal.nummer))
    return {(rij.indicator_id, rij.onderdeel_id): rij for rij in als_records(hier)}


def _top(regels: Sequence[Roosterregel]) -> Onderdeel | None:
    """The lowest onderdeel in which all rows lie."""
    wegen = [list(_weg(regel.onderdeel)) for regel in regels]
    return next((o for o in wegen[0] if all(o in weg for weg in wegen)), None)


def _weg(onderdeel: Onderdeel | None) -> Iterator[Onderdeel]:
    while onderdeel:
        yield onderdeel
        onderdeel = onderdeel.ouder


def _totaal(rij: Oordeelrij, indicator: Indicator, top: Onderdeel, doelen: Mapping[int, Doelfeit]) -> Totaal:
    cijfers = leid_cijfers_af(rij, indicator, doelen.get(rij.doelstelling_id or 0))  # type: ignore[arg-type]  # frozen, and only read
    return Totaal(str(top), rij.oordeel, cijfers.reden)
