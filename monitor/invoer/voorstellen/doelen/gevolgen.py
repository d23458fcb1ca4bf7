"""What a proposed target would do to the verdicts of its year that are there already, before it is approved."""

from collections.abc import Sequence

from monitor.invoer.kwartaal.gesloten import lees_rekenfeiten
from monitor.invoer.meting.gevolgen import Oordeelplek, anders, oordelen_vanaf, zin_over
from monitor.models import Doelstelling
from monitor.rekenen.regels.feiten import Doelfeit, Rekenfeiten


def gevolgen_van_doelen(doelen: Sequence[Doelstelling]) -> dict[int, list[str]]:
    """Per proposal a sentence for each quarter that would be judged otherwise; by the rules, nothing is written."""
    if not doelen:
        return {}
    feiten = {een.indicatoren[0].id: een for een in lees_rekenfeiten({doel.indicator_id for doel in doelen})}
    return {doel.pk: _zinnen(feiten[doel.indicator_id], doel) for doel in doelen}


def _zinnen(feiten: Rekenfeiten, doel: Doelstelling) -> list[str]:
    """For example: Q1 2026: nu Aandacht, dan Op koers."""
    nu, dan = (_van_jaar(een, doel.jaar) for een in (feiten, feiten.met_doel(_als_feit(doel))))
    plekken = anders(nu, dan)
    hier = [plek for plek in plekken if plek[0] == doel.onderdeel_id]
    zinnen = [f"{plek[1].leesbaar}: {zin_over(nu, dan, plek)}." for plek in hier]
    elders = len({onderdeel for onderdeel, _ in plekken} - {doel.onderdeel_id})
    if elders:
        meer = "1 ander onderdeel krijgt" if elders == 1 else f"{elders} andere onderdelen krijgen"
        zinnen.append(f"Ook {meer} een ander oordeel over {doel.jaar}.")
    return zinnen or [f"Geen oordeel over {doel.jaar} verandert."]


def _als_feit(doel: Doelstelling) -> Doelfeit:
    plek = (doel.indicator_id, doel.onderdeel_id, doel.jaar)
    return Doelfeit(doel.pk, *plek, doel.soort, doel.streefwaarde, doel.marge)


def _van_jaar(feiten: Rekenfeiten, jaar: int) -> dict[Oordeelplek, str]:
    return {plek: oordeel for plek, oordeel in oordelen_vanaf(feiten, jaar).items() if plek[1].jaar == jaar}
