"""Finding what a comment can be about, and the comments that are there: one query for all that a page shows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from accounts.models import User
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from formatie.bezetting.zicht import get_besloten
from formatie.models import Bezetting, Onderdeel
from monitor.invoer.bezetting.kader import lees_plaatsen, staat_op_een_blad
from monitor.invoer.bezetting.selectors import get_bezettingversies
from monitor.invoer.bezetting.validatie import PLAATSSOORTEN, Bezettingsplek
from monitor.invoer.regels.toetsgegevens import lees_kader
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.rooster.celtekst import wordt_getypt
from monitor.models import Import, Indicator, Meting, Opmerking, Vermelding
from monitor.zicht import alleen_zichtbaar

Rij = Meting | Bezetting
_EERDER = 4
"""Periods that are shown beside the one a comment is about."""
_Plek = tuple[int | None, int | None, str, int | None, int | None]


def zoek_waarde(kwartaal: Kwartaal, indicator: str, onderdeel: str) -> Opmerking | None:
    """The place of a value that is asked for, or that is there; None where neither is."""
    gevonden = Indicator.objects.prefetch_related("monitorregels__thema").filter(code=indicator).first()
    waar = Onderdeel.objects.select_related("ouder").filter(code=onderdeel).first()
    if gevonden is None or waar is None:
        return None
    plek = Opmerking(indicator=gevonden, onderdeel=waar, jaar=kwartaal.jaar, kwartaal=kwartaal.nummer)
    kader = lees_kader()
    gevraagd = wordt_getypt(kader.indicatoren[indicator], kader.onderdelen[onderdeel], kwartaal)
    return plek if gevraagd or get_versies_bij(plek).exists() else None


def zoek_bezetting(kwartaal: Kwartaal, onderdeel: str, soort: str) -> Opmerking | None:
    """The place of a row on a sheet of bezetting, or of one that is there."""
    waar = Onderdeel.objects.select_related("ouder").filter(code=onderdeel).first()
    if waar is None or PLAATSSOORTEN.get(soort) != waar.soort:
        return None
    plek = Opmerking(onderdeel=waar, soort=soort, jaar=kwartaal.jaar, kwartaal=kwartaal.nummer)
    return plek if _op_een_blad(plek, kwartaal) or get_versies_bij(plek).exists() else None


def _op_een_blad(plek: Opmerking, kwartaal: Kwartaal) -> bool:
    """A team is on its sheet without a plan too."""
    if not plek.onderdeel or not staat_op_een_blad(plek.onderdeel, kwartaal):
        return False
    is_team = plek.soort == Bezetting.Soort.BASISTEAM
    return is_team or (plek.onderdeel.code, plek.soort) in lees_plaatsen([kwartaal])[kwartaal].per_plek


def zoek_import(pk: int) -> Opmerking | None:
    bestand = Import.objects.select_related("door").defer("inhoud", "fouten").filter(pk=pk).first()
    return Opmerking(bestand=bestand) if bestand else None


def plek_bij(rij: Rij) -> Opmerking:
    """The place that this version is of."""
    wat = {"indicator": rij.indicator} if isinstance(rij, Meting) else {"soort": rij.soort}
    return Opmerking(onderdeel=rij.onderdeel, jaar=rij.jaar, kwartaal=rij.kwartaal or 4, **wat)


def get_versies_bij(plek: Opmerking) -> QuerySet[Any]:
    """What was handed in at this place, the newest first; of an import nothing."""
    if plek.onderdeel is None or plek.jaar is None or plek.kwartaal is None:
        return Meting.objects.none()
    if plek.indicator:
        heel = Q(kwartaal=None) if plek.kwartaal == 4 else Q(pk=None)
        waar = {"indicator": plek.indicator, "onderdeel": plek.onderdeel, "jaar": plek.jaar}
        van = Meting.objects.filter(heel | Q(kwartaal=plek.kwartaal), **waar)
        return van.select_related("indicator").order_by("-pk")
    return get_bezettingversies(plek.onderdeel, plek.soort, Kwartaal(plek.jaar, plek.kwartaal))


def lees_eerder(plek: Opmerking, user: User) -> list[Any]:
    """What counts in the last periods before this one, as far as this person may see it; the latest first."""
    if plek.bestand:
        return []
    voor = Q(jaar__lt=plek.jaar) | Q(jaar=plek.jaar, kwartaal__lt=plek.kwartaal)
    waar = {"onderdeel": plek.onderdeel, "staat": Staat.VASTGESTELD}
    gevonden: QuerySet[Any] = get_besloten(user).filter(voor, soort=plek.soort, **waar)
    if plek.indicator:
        van_indicator = Meting.objects.filter(voor, indicator=plek.indicator, **waar)
        gevonden = alleen_zichtbaar(van_indicator, user).select_related("indicator")
    return list(gevonden.order_by("-jaar", F("kwartaal").desc(nulls_first=True))[:_EERDER])


def get_opmerkingen(plek: Opmerking) -> QuerySet[Opmerking]:
    """Everything that was said about one thing, in the order of time."""
    return Opmerking.objects.filter(**plek.plek).select_related("door").order_by("op", "pk")


def lees_gesprek(plek: Opmerking) -> list[Opmerking]:
    """The same with who was called to it; two queries."""
    met_namen = Prefetch("vermeldingen", Vermelding.objects.select_related("user"))
    return list(get_opmerkingen(plek).prefetch_related(met_namen))


def lees_bij(rijen: Sequence[Rij]) -> Mapping[int, list[Opmerking]]:
    """What was said about each of these rows of one kind, by the key of the row; one query, whoever may read them."""
    per_plek: dict[_Plek, list[Opmerking]] = defaultdict(list)
    if rijen:
        erbij = Opmerking.objects.filter(
            onderdeel__in={rij.onderdeel_id for rij in rijen}, jaar__in={rij.jaar for rij in rijen}
        )
        for een in erbij.select_related("door").order_by("op", "pk"):
            per_plek[_sleutel(een)].append(een)
    return {rij.pk: per_plek.get(_sleutel(plek_bij(rij)), []) for rij in rijen}


def _sleutel(plek: Opmerking) -> _Plek:
    return plek.indicator_id, plek.onderdeel_id, plek.soort, plek.jaar, plek.kwartaal


def tel_bij_waarden(kwartaal: Kwartaal) -> Counter[Meetplek]:
    """How much was said about each value of a quarter; one query."""
    return Counter(_van_kwartaal(kwartaal).filter(soort="").values_list("indicator__code", "onderdeel__code"))


def tel_bij_bezetting(kwartaal: Kwartaal) -> Counter[Bezettingsplek]:
    """How much was said about each row of bezetting of a quarter; one query."""
    return Counter(_van_kwartaal(kwartaal).exclude(soort="").values_list("onderdeel__code", "soort"))


def _van_kwartaal(kwartaal: Kwartaal) -> QuerySet[Opmerking]:
    return Opmerking.objects.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer).order_by()


def lees_wachtend() -> Mapping[int, list[Vermelding]]:
    """Who was called to what and did not answer yet, by person; one query while nobody is."""
    verwant = ("indicator", "onderdeel__ouder", "bestand", "door")
    wachtend = Vermelding.objects.filter(gezien_op=None).order_by("opmerking__op", "pk")
    gelezen = wachtend.select_related(*(f"opmerking__{naam}" for naam in verwant)).defer(
        "opmerking__bestand__inhoud", "opmerking__bestand__fouten"
    )
    return _per_persoon(gelezen.prefetch_related("opmerking__indicator__monitorregels__thema"))


def _per_persoon(vermeldingen: Iterable[Vermelding]) -> Mapping[int, list[Vermelding]]:
    gevonden: dict[int, list[Vermelding]] = defaultdict(list)
    for een in vermeldingen:
        gevonden[een.user_id].append(een)
    return gevonden
