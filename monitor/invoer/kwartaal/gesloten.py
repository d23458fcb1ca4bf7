"""A closed quarter keeps its verdict, whatever is changed: what would make one differ is not done.

Not a list of what can reach a closed quarter: the verdicts are computed with and without the change, by the rules
themselves, and held against each other. That is exact for a value of an earlier quarter, a previous measurement, a
target, a definition, an onderdeel that ends, and whatever comes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from django.utils import timezone

from common.tekst.periode import Kwartaal
from common.tekst.tekens import en
from monitor.invoer.regels.toetsgegevens import lees_gesloten
from monitor.invoer.vaststellen.eisen import KwartaalGesloten, Kwartalen, houd_elk_kwartaal
from monitor.models import Indicator, Meting
from monitor.rekenen import lezen
from monitor.rekenen.regels.beoordelen import KOLOMSOORTEN, Oordeelrijen, bereken
from monitor.rekenen.regels.feiten import Metingfeit, Rekenfeiten

_Sleutel = tuple[int, int, int, int]  # indicator, onderdeel, year, quarter
Oordelen = Mapping[_Sleutel, tuple[object, ...]]
_PLEK = ("indicator_id", "onderdeel_id", "jaar", "kwartaal")
_INHOUD = tuple(kolom for kolom in KOLOMSOORTEN if kolom not in (*_PLEK, "doelstelling_id"))


@contextmanager
def bewaar_gesloten(indicatoren: Collection[int] | None = None) -> Iterator[None]:
    """Take back what is written inside when a verdict of a closed quarter would differ. Raises KwartaalGesloten.

    ``indicatoren`` are those it can reach, None for all that there are: one that is new has no verdict yet. The caller
    holds the transaction; nobody closes a quarter and nobody else decides until it ends, so that two changes cannot
    pass each other unseen.
    """
    houd_elk_kwartaal()
    gesloten = lees_gesloten()
    if indicatoren is None and gesloten:
        indicatoren = list(Indicator.objects.values_list("pk", flat=True))
    voor = _lees_oordelen(indicatoren, gesloten)
    yield
    _eis_gelijk(voor, _lees_oordelen(indicatoren, gesloten))


def eis_gesloten_blijft(metingen: Sequence[Meting]) -> None:
    """Say at once what approving these values would run into. Raises KwartaalGesloten."""
    jaren = [meting.jaar for meting in metingen]
    gesloten = {(jaar, kwartaal) for jaar, kwartaal in lees_gesloten() if jaren and jaar >= min(jaren)}
    if not gesloten:
        return
    for feiten in lees_rekenfeiten({meting.indicator_id for meting in metingen}):
        [indicator] = feiten.indicatoren
        erbij = [als_metingfeit(meting) for meting in metingen if meting.indicator_id == indicator.id]
        _eis_gelijk(oordelen_van(feiten, gesloten), oordelen_van(feiten.met_metingen(erbij), gesloten))


def als_metingfeit(meting: Meting) -> Metingfeit:
    """A version as the rules would read it once approved."""
    getal = meting.waarde if meting.teller is None else meting.teller
    plek = (meting.indicator_id, meting.onderdeel_id, meting.jaar, meting.kwartaal)
    voorlopig = meting.status == Meting.Zekerheid.VOORLOPIG
    return Metingfeit(*plek, getal, meting.noemer, meting.marge, meting.onbekend, voorlopig)


def lees_rekenfeiten(indicatoren: Collection[int] | None) -> Iterator[Rekenfeiten]:
    """What the verdicts follow from now, per indicator; None for all. A fixed number of queries."""
    alle = lees_samen(indicatoren)
    yield from (alle.alleen(feit) for feit in alle.indicatoren)


def lees_samen(indicatoren: Collection[int] | None) -> Rekenfeiten:
    """The same of all these indicators at once, for one calculation."""
    feiten, onderdelen = lezen.lees_indicatoren(indicatoren), lezen.lees_onderdelen()
    doelen, vandaag = lezen.lees_doelen([feit.id for feit in feiten]), timezone.localdate()
    return lezen.lees_feiten(feiten, onderdelen, doelen, vandaag)


def _lees_oordelen(indicatoren: Collection[int] | None, kwartalen: Kwartalen) -> Oordelen:
    if not kwartalen:
        return {}
    per_indicator = (oordelen_van(feiten, kwartalen) for feiten in lees_rekenfeiten(indicatoren))
    return {plek: rij for oordelen in per_indicator for plek, rij in oordelen.items()}


def oordelen_van(feiten: Rekenfeiten, kwartalen: Kwartalen) -> Oordelen:
    """The rows of these quarters, each with what its target asks: another decision on the same target is the same."""
    rijen = bereken(feiten, min(jaar for jaar, _ in kwartalen))
    van = np.isin(rijen.jaar * 4 + rijen.kwartaal, [jaar * 4 + kwartaal for jaar, kwartaal in kwartalen])
    rijen = rijen.kies(van)
    doelen = {doel.id: (doel.soort, doel.streefwaarde, doel.marge) for doel in feiten.doelen}
    gevraagd = [doelen.get(pk) for pk in rijen.doelstelling_id.tolist()]
    delen = zip(_als_rijen(rijen, _PLEK), _als_rijen(rijen, _INHOUD), gevraagd, strict=True)
    return {plek: (*inhoud, doel) for plek, inhoud, doel in delen}


def _als_rijen(rijen: Oordeelrijen, kolommen: Iterable[str]) -> Iterator[Any]:
    return zip(*(getattr(rijen, kolom).tolist() for kolom in kolommen), strict=True)


def _eis_gelijk(voor: Oordelen, na: Oordelen) -> None:
    anders = [plek for plek in voor.keys() | na.keys() if voor.get(plek) != na.get(plek)]
    if anders:
        raise KwartaalGesloten(_zin(anders))


def _zin(anders: Iterable[_Sleutel]) -> str:
    """For example: Dit verandert het oordeel over Q3 2025 van Ziekteverzuim. Dat kwartaal is gesloten."""
    anders = list(anders)
    kwartalen = [Kwartaal(*plek).leesbaar for plek in sorted({(jaar, kwartaal) for _, _, jaar, kwartaal in anders})]
    namen = Indicator.objects.filter(pk__in={plek[0] for plek in anders}).values_list("naam", flat=True)
    dicht = "Dat kwartaal is" if len(kwartalen) == 1 else "Die kwartalen zijn"
    return (
        f"Dit verandert het oordeel over {en(kwartalen)} van {en(list(namen))}. {dicht} gesloten. Vraag op de pagina "
        "Invoer om heropening; een vaststeller die het kwartaal niet sloot, beslist."
    )
