"""What approving values would do to the verdicts, before it is done: by the rules themselves, nothing is written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from common.tekst.cijfers import waarde_in_woorden
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.invoer.kwartaal.gesloten import als_metingfeit, lees_rekenfeiten
from monitor.models import Indicator, Meting
from monitor.models.doelbereik import Oordeel
from monitor.rekenen.cijfers import waarde_van
from monitor.rekenen.regels.beoordelen import Oordeelrijen, bereken
from monitor.rekenen.regels.feiten import Rekenfeiten
from monitor.rekenen.regels.getalreeks import LEEG, SCHAAL
from monitor.rekenen.regels.oordeelregels import Oordeelcode, naam

Oordeelplek = tuple[int, Kwartaal]  # an onderdeel and a quarter
GEEN = "nog geen oordeel"
ONBEOORDEELD = {
    GEEN,
    Oordeel.GEEN_METING.label,
    Oordeel.GEEN_DOEL.label,
    Oordeel.DOEL_ONBEKEND.label,
    Oordeel.ALLEEN_MONITORING.label,
    Oordeel.NOG_NIET_VERSCHULDIGD.label,
}
_JAAR_TOT_NU = ("cum_teller", "cum_noemer")
GENOEMD = 3  # that many other verdicts by name, the rest as a number


@dataclass(slots=True)
class Gevolg:
    """``hier``: of the value itself, empty where nothing is judged. ``elders``: other verdicts it moves along."""

    hier: str = ""
    verandert: bool = False
    elders: list[str] = field(default_factory=list)


def gevolgen_van_metingen(metingen: Sequence[Meting]) -> list[Gevolg]:
    """For each value, when all of these are approved; they need not be saved. A fixed number of queries.

    A verdict elsewhere stands once: with the first value of the latest quarter that is not after it.
    """
    if not metingen:
        return []
    gevolgen, namen = [Gevolg() for _ in metingen], Onderdeel.objects.in_bulk()
    per_indicator: dict[int, list[int]] = defaultdict(list)
    for nummer, meting in enumerate(metingen):
        per_indicator[meting.indicator_id].append(nummer)
    for feiten in lees_rekenfeiten(per_indicator):
        nummers = per_indicator[feiten.indicatoren[0].id]
        _vul(feiten, [(metingen[nummer], gevolgen[nummer]) for nummer in nummers], namen)
    return gevolgen


def _vul(feiten: Rekenfeiten, paren: Sequence[tuple[Meting, Gevolg]], namen: Mapping[int, Onderdeel]) -> None:
    vanaf = min(meting.jaar for meting, _ in paren)
    erbij = feiten.met_metingen([als_metingfeit(meting) for meting, _ in paren])
    nu, rijen = oordelen_vanaf(feiten, vanaf), bereken(erbij, vanaf)
    dan, over = oordelen_in(rijen), _jaar_tot_nu(rijen, paren[0][0].indicator)
    plekken = {plek_van(meting): gevolg for meting, gevolg in paren}
    for plek, gevolg in plekken.items():
        gevolg.hier, gevolg.verandert = _zin(nu.get(plek), dan.get(plek)), nu.get(plek) != dan.get(plek)
        if plek in over and dan.get(plek, GEEN) not in ONBEOORDEELD:
            gevolg.hier = f"{gevolg.hier.removesuffix('.')}, {over[plek]}."
    for plek in anders(nu, dan):
        # From nothing judged to nothing judged is no news of another place.
        if plek not in plekken and not {nu.get(plek, GEEN), dan.get(plek, GEEN)} <= ONBEOORDEELD:
            zin = f"{namen[plek[0]]}, {plek[1].leesbaar}: {zin_over(nu, dan, plek)}."
            _hoort_bij(plek, paren).elders.append(zin)
    for _, gevolg in paren:
        gevolg.elders = _kort(gevolg.elders)


def _hoort_bij(plek: Oordeelplek, paren: Sequence[tuple[Meting, Gevolg]]) -> Gevolg:
    eerder = [paar for paar in paren if plek_van(paar[0])[1] <= plek[1]] or list(paren[:1])
    laatste = max(plek_van(meting)[1] for meting, _ in eerder)
    return next(gevolg for meting, gevolg in eerder if plek_van(meting)[1] == laatste)


def _kort(zinnen: list[str]) -> list[str]:
    rest = len(zinnen) - GENOEMD
    if rest <= 0:
        return zinnen
    return [*zinnen[:GENOEMD], "En nog 1 ander oordeel." if rest == 1 else f"En nog {rest} andere oordelen."]


def plek_van(meting: Meting) -> Oordeelplek:
    """A value of a whole year is judged with its last quarter."""
    return (meting.onderdeel_id, Kwartaal(meting.jaar, meting.kwartaal or 4))


def _zin(nu: str | None, dan: str | None) -> str:
    if nu == dan:
        return f"Blijft {nu}." if nu else ""
    return f"Nu {nu or GEEN}, dan {dan or GEEN}."


def zin_over(nu: Mapping[Oordeelplek, str], dan: Mapping[Oordeelplek, str], plek: Oordeelplek) -> str:
    return f"nu {nu.get(plek, GEEN)}, dan {dan.get(plek, GEEN)}"


def anders(nu: Mapping[Oordeelplek, str], dan: Mapping[Oordeelplek, str]) -> list[Oordeelplek]:
    """Where the verdict differs, in order of time."""
    plekken = [plek for plek in nu.keys() | dan.keys() if nu.get(plek) != dan.get(plek)]
    return sorted(plekken, key=lambda plek: (plek[1], plek[0]))


def oordelen_vanaf(feiten: Rekenfeiten, jaar: int) -> dict[Oordeelplek, str]:
    """The verdicts of this year and later in words, as the rules give them for these facts."""
    return oordelen_in(bereken(feiten, jaar))


def oordelen_in(rijen: Oordeelrijen) -> dict[Oordeelplek, str]:
    kolommen = (getattr(rijen, kolom).tolist() for kolom in ("onderdeel_id", "jaar", "kwartaal", "oordeel"))
    return {
        (onderdeel, Kwartaal(van, kwartaal)): Oordeel(naam(Oordeelcode(code))).label
        for onderdeel, van, kwartaal, code in zip(*kolommen, strict=True)
        if kwartaal
    }


def _jaar_tot_nu(rijen: Oordeelrijen, indicator: Indicator) -> dict[Oordeelplek, str]:
    """What is judged of a quarter after the first, in words: the year so far; nothing where that is the last level."""
    if indicator.is_stand:
        return {}
    kolommen = (getattr(rijen, kolom).tolist() for kolom in ("onderdeel_id", "jaar", "kwartaal", *_JAAR_TOT_NU))
    gevonden = {
        (onderdeel, Kwartaal(jaar, kwartaal)): waarde_van(_bedrag(teller), _bedrag(noemer), indicator)
        for onderdeel, jaar, kwartaal, teller, noemer in zip(*kolommen, strict=True)
        if kwartaal > 1
    }
    return {
        plek: f"over {plek[1].jaar} tot en met Q{plek[1].nummer}: {waarde_in_woorden(waarde, indicator)}"
        for plek, waarde in gevonden.items()
        if waarde is not None
    }


def _bedrag(geschaald: int) -> Decimal | None:
    return None if geschaald == LEEG else Decimal(geschaald) / SCHAAL
