"""What bezetting is held against: the places of the plan, and the versions that are there. In fixed numbers of queries.

For the entry and for what is derived only, where the right to write was asked for already; what a person may read is
decided in ``formatie.bezetting.zicht``.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q

from common.tekst.periode import Kwartaal
from common.vaststellen.model import OPENSTAAND, Staat
from formatie.bezetting.plekken import OPGEVOLGD, Erfgenamen
from formatie.models import Bezetting, Districtsformatie, Formatieplan, Onderdeel
from monitor.invoer.bezetting.validatie import PLAATSSOORTEN, Bezettingsleutel, Bezettingsplek
from monitor.rekenen.regels.verschuldigd import bestaat_in

_TERUG = 4  # quarters in which an earlier bezetting still says something about the next


@dataclass(frozen=True, slots=True)
class Planplaatsen:
    """The places of the plan in force at the end of a quarter, in fte; without a name where no plan is."""

    plan: str = ""
    per_plek: Mapping[Bezettingsplek, Decimal] = field(default_factory=dict)
    totalen: Mapping[str, Decimal] = field(default_factory=dict)
    """Code of a district or the unit → all its places, as the plan prints them."""
    gevraagd: Collection[Bezettingsplek] = ()
    """The places of which the bezetting is asked: of a team that is no longer there, of who went on for it."""


def lees_plaatsen(kwartalen: Iterable[Kwartaal]) -> dict[Kwartaal, Planplaatsen]:
    """Per quarter the places by onderdeel and kind (also of wijkagenten), in two queries."""
    plannen = list(Formatieplan.objects.order_by("-geldig_vanaf"))
    geldend = {kwartaal: _geldend(plannen, kwartaal) for kwartaal in kwartalen}
    gebruikt = {plan.pk for plan in geldend.values() if plan}
    per_plan: dict[int, dict[Bezettingsplek, Decimal]] = {pk: {} for pk in gebruikt}
    totalen: dict[int, dict[str, Decimal]] = {pk: {} for pk in gebruikt}
    soorten = (*PLAATSSOORTEN, Districtsformatie.Soort.WIJKAGENTEN, Districtsformatie.Soort.TOTAAL)
    # What the plan prints per kind for the unit is the sum of its districts: nobody works there beside these.
    hier = Q(onderdeel__soort__in=PLAATSSOORTEN.values()) | Q(soort=Districtsformatie.Soort.TOTAAL)
    cellen = Districtsformatie.objects.filter(hier, plan__in=gebruikt, soort__in=soorten, fte__isnull=False)
    wisselt = False
    rijen = cellen.annotate(opgevolgd=OPGEVOLGD).values_list("plan_id", "onderdeel__code", "soort", "fte", "opgevolgd")
    for plan, onderdeel, soort, fte, opgevolgd in rijen:
        wisselt |= opgevolgd
        if soort == Districtsformatie.Soort.TOTAAL:
            totalen[plan][onderdeel] = fte
        else:
            per_plan[plan][onderdeel, soort] = fte

    erfgenamen = Erfgenamen(wisselt=wisselt)

    def gevraagd(plan: int, kwartaal: Kwartaal) -> list[Bezettingsplek]:
        plekken = [plek for plek, fte in per_plan[plan].items() if fte and plek[1] in PLAATSSOORTEN]
        return erfgenamen.plekken(plekken, kwartaal.einde())

    return {
        k: Planplaatsen(plan.naam, per_plan[plan.pk], totalen[plan.pk], gevraagd(plan.pk, k))
        if plan
        else Planplaatsen()
        for k, plan in geldend.items()
    }


def _geldend(plannen: Iterable[Formatieplan], kwartaal: Kwartaal) -> Formatieplan | None:
    """As ``formatie.plan.selectors.get_formatieplan`` on the last day of the quarter, for many quarters at once."""
    dag = kwartaal.einde()
    return next((p for p in plannen if p.geldig_vanaf <= dag and (p.geldig_tot is None or p.geldig_tot > dag)), None)


def lees_ontbrekend(
    van: Iterable[Kwartaal], onderdelen: Iterable[Onderdeel]
) -> dict[Kwartaal, list[tuple[Onderdeel, str]]]:
    """Per quarter every place of the plan of which nobody handed in the bezetting; in three queries.

    A place that the plan gives nothing is not asked for. What was taken back is not handed in.
    """
    per_kwartaal, per_code = lees_plaatsen(van), {onderdeel.code: onderdeel for onderdeel in onderdelen}
    rijen = Bezetting.objects.filter(jaar__in={kwartaal.jaar for kwartaal in per_kwartaal}).exclude(staat=Staat.CONCEPT)
    geleverd = set(rijen.order_by().values_list("onderdeel__code", "soort", "jaar", "kwartaal"))
    return {
        kwartaal: [
            (per_code[code], soort)
            for code, soort in plaatsen.gevraagd
            if staat_op_een_blad(per_code.get(code), kwartaal)
            if (code, soort, kwartaal.jaar, kwartaal.nummer) not in geleverd
        ]
        for kwartaal, plaatsen in per_kwartaal.items()
    }


def staat_op_een_blad(onderdeel: Onderdeel | None, kwartaal: Kwartaal) -> bool:
    """A district or one of its teams, that was there on the last day of the quarter: then people are counted."""
    if onderdeel is None or onderdeel.soort not in (Onderdeel.Soort.DISTRICT, Onderdeel.Soort.BASISTEAM):
        return False
    return bestaat_in(onderdeel, kwartaal.einde(), kwartaal.einde())


def lees_versies(sleutels: Iterable[Bezettingsleutel]) -> dict[Bezettingsleutel, list[Bezetting]]:
    """The approved and the open version of each place and quarter, in one query; the approved first."""
    sleutels = set(sleutels)
    gevonden = Bezetting.objects.filter(
        onderdeel__code__in={onderdeel for onderdeel, *_ in sleutels},
        jaar__in={jaar for *_, jaar, _ in sleutels},
        staat__in=(*OPENSTAAND, Staat.VASTGESTELD),
    ).order_by("id")
    per_sleutel: dict[Bezettingsleutel, list[Bezetting]] = {}
    for rij in gevonden.select_related("onderdeel", "ingevoerd_door"):
        if _sleutel_van(rij) in sleutels:
            per_sleutel.setdefault(_sleutel_van(rij), []).append(rij)
    return per_sleutel


def _sleutel_van(rij: Bezetting) -> Bezettingsleutel:
    return (rij.onderdeel.code, rij.soort, rij.jaar, rij.kwartaal)


def lees_vorige(sleutels: Iterable[Bezettingsleutel]) -> dict[Bezettingsleutel, Bezetting]:
    """Of each place the latest approved bezetting before that quarter, at most ``TERUG`` quarters back; one query."""
    sleutels = set(sleutels)
    if not sleutels:
        return {}
    indexen = [Kwartaal(jaar, kwartaal).index for _, _, jaar, kwartaal in sleutels]
    eerder = Bezetting.objects.geldend().filter(
        onderdeel__code__in={onderdeel for onderdeel, *_ in sleutels},
        jaar__range=((min(indexen) - _TERUG) // 4, max(indexen) // 4),
    )
    gevonden: dict[Bezettingsleutel, Bezetting] = {}
    for rij in eerder.select_related("onderdeel").order_by("jaar", "kwartaal"):
        index = Kwartaal(rij.jaar, rij.kwartaal).index
        for later in map(Kwartaal.van_index, range(index + 1, index + _TERUG + 1)):
            gevonden[rij.onderdeel.code, rij.soort, later.jaar, later.nummer] = rij
    return {sleutel: gevonden[sleutel] for sleutel in sleutels & gevonden.keys()}


def lees_bezet(plekken: Iterable[tuple[str, int, int]]) -> set[tuple[str, int, int]]:
    """Of these onderdelen, years and quarters the ones with an approved bezetting, of themselves or of a part."""
    plekken = set(plekken)
    codes = {code for code, *_ in plekken}
    hierin = [f"onderdeel__{pad}code" for pad in ("", "ouder__", "ouder__ouder__")]
    gezocht = reduce(or_, (Q(**{f"{veld}__in": codes}) for veld in hierin))
    rijen = Bezetting.objects.geldend().filter(gezocht, jaar__in={jaar for _, jaar, _ in plekken})
    gevonden = rijen.order_by().values_list("jaar", "kwartaal", *hierin).distinct()
    return plekken & {(code, jaar, kwartaal) for jaar, kwartaal, *alle in gevonden for code in alle}
