"""What a proposed target would do to the verdicts of its year that are there already, before it is approved."""

from collections.abc import Sequence

from monitor.invoer.doelen.selectors import kwartalen_van_jaar
from monitor.invoer.kwartaal.gesloten import lees_rekenfeiten
from monitor.models import Doelstelling
from monitor.models.doelbereik import Oordeel
from monitor.rekenen.regels.beoordelen import bereken
from monitor.rekenen.regels.feiten import Doelfeit, Rekenfeiten
from monitor.rekenen.regels.oordeelregels import Oordeelcode, naam

_Oordelen = dict[tuple[int, int], str]  # by onderdeel and quarter


def gevolgen_van_doelen(doelen: Sequence[Doelstelling]) -> dict[int, list[str]]:
    """Per proposal a sentence for each quarter that would be judged otherwise; by the rules, nothing is written."""
    if not doelen:
        return {}
    feiten = {een.indicatoren[0].id: een for een in lees_rekenfeiten({doel.indicator_id for doel in doelen})}
    return {doel.pk: _zinnen(feiten[doel.indicator_id], doel) for doel in doelen}


def _zinnen(feiten: Rekenfeiten, doel: Doelstelling) -> list[str]:
    nu, dan = (_oordelen(een, doel.jaar) for een in (feiten, feiten.met_doel(_als_feit(doel))))
    anders = [plek for plek in sorted(nu.keys() | dan.keys()) if nu.get(plek) != dan.get(plek)]
    hier = [kwartaal for onderdeel, kwartaal in anders if onderdeel == doel.onderdeel_id]
    zinnen = [_zin(doel, kwartaal, nu, dan) for kwartaal in hier]
    elders = len({onderdeel for onderdeel, _ in anders} - {doel.onderdeel_id})
    if elders:
        meer = "1 ander onderdeel krijgt" if elders == 1 else f"{elders} andere onderdelen krijgen"
        zinnen.append(f"Ook {meer} een ander oordeel over {doel.jaar}.")
    return zinnen or [f"Geen oordeel over {doel.jaar} verandert."]


def _zin(doel: Doelstelling, kwartaal: int, nu: _Oordelen, dan: _Oordelen) -> str:
    """For example: Q1 2026: nu Aandacht, dan Op koers."""
    was, wordt = (oordelen.get((doel.onderdeel_id, kwartaal), "nog geen oordeel") for oordelen in (nu, dan))
    return f"Q{kwartaal} {doel.jaar}: nu {was}, dan {wordt}."


def _als_feit(doel: Doelstelling) -> Doelfeit:
    plek = (doel.indicator_id, doel.onderdeel_id, doel.jaar)
    return Doelfeit(doel.pk, *plek, doel.soort, doel.streefwaarde, doel.marge)


def _oordelen(feiten: Rekenfeiten, jaar: int) -> _Oordelen:
    rijen = bereken(feiten, jaar)
    kolommen = (getattr(rijen, kolom).tolist() for kolom in ("onderdeel_id", "jaar", "kwartaal", "oordeel"))
    return {
        (onderdeel, kwartaal): Oordeel(naam(Oordeelcode(code))).label
        for onderdeel, van, kwartaal, code in zip(*kolommen, strict=True)
        if (van, kwartaal) in kwartalen_van_jaar(jaar)
    }
