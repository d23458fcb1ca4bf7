"""Hold observations against what is approved and what is still open, and name what cannot go together."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db.models import Q
from django.utils import timezone

from common.tekst.tekens import en
from common.vaststellen.model import OPENSTAAND, Staat
from monitor.invoer.bezetting.kader import lees_bezet
from monitor.invoer.regels.toetsgegevens import lees_indicatorfeiten, lees_verleden
from monitor.invoer.regels.twijfel import Twijfel, over_de_dag, twijfels, verloren_marge
from monitor.invoer.regels.vergelijking import Vergelijking, huidige
from monitor.invoer.regels.waarneming import Fout, Meetsleutel, Waarneming
from monitor.models import Indicator, Meting

AFGELEID = ("bezetting-wijkagenten", "formatie-bezetting")  # by ``afleiden``


Metingvergelijking = Vergelijking[Waarneming, Meting]


def cijfers_van(bron: Waarneming | Meting) -> dict[str, object]:
    """The figures of an observation or a value, comparable with each other."""
    return {naam: getattr(bron, naam) for naam in Meting.INHOUD}


def als_waarneming(meting: Meting, rij: int) -> Waarneming:
    """A value as it was said to be measured, to be held against the same rules once more."""
    return Waarneming(rij, *_sleutel_van(meting), **cijfers_van(meting))  # type: ignore[arg-type]  # the same fields


def twijfels_bij(waarnemingen: Sequence[Waarneming], vandaag: date | None = None) -> dict[int, list[Twijfel]]:
    """By row what is doubtful today, held against what was approved before; in three queries."""
    if not waarnemingen:
        return {}
    feiten, verleden, dag = lees_indicatorfeiten(), lees_verleden(waarnemingen), vandaag or timezone.localdate()
    paren = ((w, feiten[w.indicator].in_jaar(w.jaar)) for w in waarnemingen)
    alle = {w.rij: [*over_de_dag(w, feit, dag), *twijfels(w, feit, verleden)] for w, feit in paren}
    return {rij: gevonden for rij, gevonden in alle.items() if gevonden}


def twijfels_bij_voorstel(metingen: Sequence[Meting]) -> dict[int, list[Twijfel]]:
    """By key the doubts that the authors of these values got."""
    gevonden = twijfels_bij([als_waarneming(meting, meting.pk) for meting in metingen])
    paren = [(als_waarneming(m, m.pk), cast(Meting, m.vervangt)) for m in metingen if m.vervangt]
    _meld_verloren_marges(paren, gevonden)
    return gevonden


def vergelijk_metingen(waarnemingen: Iterable[Waarneming], vandaag: date | None = None) -> Metingvergelijking:
    """Hold observations against what is approved and what is still open. Reads, writes nothing."""
    uitkomst, waarnemingen = Metingvergelijking(), list(waarnemingen)
    familie = _familie({w.indicator for w in waarnemingen})
    bestaand = lees_metingen([w.sleutel for w in waarnemingen], familie)
    uitkomst.meld_dubbele(waarnemingen, "waarde")
    _meld_jaar_naast_kwartaal(waarnemingen, bestaand, uitkomst.fouten)
    _meld_deel_groter_dan_geheel(waarnemingen, bestaand, familie, uitkomst.fouten)
    for w in waarnemingen:
        uitkomst.deel_in(w, huidige(bestaand.get(w.sleutel, [])), Fout(w.rij, "waarde", WACHT_AL))
    uitkomst.meld_gesloten()
    _meld_afgeleid(uitkomst)
    uitkomst.twijfels = twijfels_bij(uitkomst.te_schrijven(), vandaag)
    _meld_verloren_marges(uitkomst.gewijzigd, uitkomst.twijfels)
    return uitkomst


def _meld_verloren_marges(paren: Iterable[tuple[Waarneming, Meting]], twijfels: dict[int, list[Twijfel]]) -> None:
    for waarneming, meting in paren:
        if gevonden := verloren_marge(waarneming, meting.marge):
            twijfels.setdefault(waarneming.rij, []).append(gevonden)


def _familie(codes: set[str]) -> list[tuple[str, str]]:
    """Pairs (part, whole) in which one of these indicators is the part or the whole."""
    paren = Indicator.objects.filter(waarvan_van__isnull=False).filter(
        Q(code__in=codes) | Q(waarvan_van__code__in=codes)
    )
    return list(paren.values_list("code", "waarvan_van__code"))


def lees_metingen(
    sleutels: Collection[Meetsleutel], familie: Iterable[tuple[str, str]] = ()
) -> dict[Meetsleutel, list[Meting]]:
    """Open and approved values of the indicators (and their parts and wholes) and years concerned, in three queries."""
    metingen = (
        Meting.objects.filter(
            indicator__code__in={indicator for indicator, *_ in sleutels}.union(*familie),
            jaar__in={jaar for *_, jaar, _ in sleutels},
            staat__in=(*OPENSTAAND, Staat.VASTGESTELD),
        )
        # Thousands of values share a few of these, which a join would make anew for each.
        .prefetch_related("indicator", "onderdeel")
        .order_by("id")
    )
    per_sleutel: dict[Meetsleutel, list[Meting]] = {}
    for meting in metingen:
        per_sleutel.setdefault(_sleutel_van(meting), []).append(meting)
    return per_sleutel


def _sleutel_van(meting: Meting) -> Meetsleutel:
    return (meting.indicator.code, meting.onderdeel.code, meting.jaar, meting.kwartaal)


WACHT_AL = (  # a file can only leave such a row out
    "Voor deze periode ligt al een andere waarde ter vaststelling. Laat die eerst vaststellen of terugsturen."
)


def _meld_jaar_naast_kwartaal(
    waarnemingen: list[Waarneming], bestaand: dict[Meetsleutel, list[Meting]], fouten: list[Fout]
) -> None:
    """A whole year and a quarter of that year would count the same thing twice."""
    rijen = {w.sleutel: w.rij for w in waarnemingen}
    for waarneming in waarnemingen:
        *plek, kwartaal = waarneming.sleutel
        ernaast = [(*plek, ander) for ander in ((None,) if kwartaal else (1, 2, 3, 4))]
        in_bestand = [rijen[sleutel] for sleutel in ernaast if sleutel in rijen]
        er_al = [sleutel[-1] for sleutel in ernaast if sleutel in bestaand]
        if in_bestand or er_al:
            fouten.append(Fout(waarneming.rij, "kwartaal", _naast_elkaar(waarneming, in_bestand, er_al)))


def _naast_elkaar(waarneming: Waarneming, rijen: list[int], er_al: list[int | None]) -> str:
    """Which of the two to leave out: what is there already stays."""
    zin = "Voor dit jaar staan een heel jaar en kwartalen naast elkaar."
    ander = "een heel jaar" if waarneming.kwartaal else "een kwartaal"
    if er_al:
        wat = en([f"Q{kwartaal} {waarneming.jaar}" for kwartaal in er_al]) if er_al[0] else f"heel {waarneming.jaar}"
        return f"{zin} Voor {wat} is er al een waarde: laat deze rij weg."
    return f"{zin} Op rij {en([str(rij) for rij in rijen])} staat {ander}: laat die of deze rij weg."


def _meld_deel_groter_dan_geheel(
    waarnemingen: list[Waarneming],
    bestaand: dict[Meetsleutel, list[Meting]],
    familie: list[tuple[str, str]],
    fouten: list[Fout],
) -> None:
    """A "waarvan" value may not exceed what it is part of. Parts of one whole may overlap, so each stands alone."""
    waarden: dict[tuple[Any, ...], Decimal | None] = {
        sleutel: metingen[-1].waarde for sleutel, metingen in bestaand.items()
    }
    waarden |= {w.sleutel: w.waarde for w in waarnemingen}
    for waarneming in waarnemingen:
        code, *plek = waarneming.sleutel
        for deel, geheel in familie:
            meer, minder = (waarden.get((ander, *plek)) for ander in (deel, geheel))
            if code in (deel, geheel) and meer is not None and minder is not None and meer > minder:
                fouten.append(Fout(waarneming.rij, "waarde", f"{deel} is een deel van {geheel} en kan niet meer zijn."))


def _meld_afgeleid(uitkomst: Metingvergelijking) -> None:
    """What follows from approved bezetting is not typed or imported beside it. Without bezetting it may be."""
    afgeleid = [w for w in uitkomst.te_schrijven() if w.indicator in AFGELEID and w.kwartaal]
    bezet = lees_bezet((w.onderdeel, w.jaar, w.kwartaal or 0) for w in afgeleid)
    uitkomst.fouten += [
        Fout(w.rij, "indicator", "Deze waarde volgt uit de vastgestelde bezetting. Wijzig de bezetting.")
        for w in afgeleid
        if (w.onderdeel, w.jaar, w.kwartaal) in bezet
    ]
