"""Who reads which bezetting: the only place that queries it, besides the service that writes it.

Per team: whoever has the right, a district chief only for the own district. Per district: whoever has that right,
a chief only for the own one. The unit: everybody who may read figures. Small numbers only for who may read these
there; everybody else gets the sums with these, and whatever would give them away, left out. Anything else: nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.periode import Kwartaal
from formatie.models import Bezetting, Districtsformatie, Formatieplan, Onderdeel
from formatie.opgeteld import BASISTEAMS, VELDEN, Blik, Opgeteld, Optelling, Rij, bepaal_verborgen, tel_op, toon


def get_bezetting(
    user: User, *, kwartalen: Iterable[Kwartaal] | None = None, onderdelen: Iterable[str] | None = None
) -> QuerySet[Bezetting]:
    """The approved rows this user may read in full; ``onderdelen`` are codes. Deny by default."""
    if not _leest(user) or not user.mag(Recht.PERSONEEL_TEAM):
        return Bezetting.objects.none()
    rijen = Bezetting.objects.geldend().filter(_binnen(user, Recht.PERSONEEL_TEAM))
    if kwartalen is not None:
        rijen = rijen.filter(_in(kwartalen))
    if onderdelen is not None:
        rijen = rijen.filter(onderdeel__code__in=list(onderdelen))
    return rijen.select_related("onderdeel", "onderdeel__ouder")


def mag_teams_zien(user: User, district: str) -> bool:
    """Whether this user reads the teams of the district with this code."""
    return _leest(user) and (
        user.mag_overal(Recht.PERSONEEL_TEAM) or district in user.districten_met(Recht.PERSONEEL_TEAM)
    )


def get_opgeteld(user: User, kwartalen: Iterable[Kwartaal]) -> list[Opgeteld]:
    """The unit and the districts this user may see, per quarter; hidden cells are hidden here.

    What is hidden is decided over the whole year, whichever of its quarters are asked for. A constant number of
    queries, of any number of quarters and districts.
    """
    gevraagd = sorted(set(kwartalen))
    if not _leest(user) or not gevraagd:
        return []
    drempel = settings.KLEINSTE_AANTAL
    organisatie = _lees_organisatie()
    rijen = _lees_rijen(organisatie, {kwartaal.jaar for kwartaal in gevraagd})
    verwacht = _lees_verwacht(organisatie, gevraagd)
    gevonden = []
    for eenheid, districten in organisatie.eenheden.items():
        blik = _blik(user, eenheid, districten)
        eigen = [rij for rij in rijen if rij.district in districten]
        optellingen, verborgen = tel_op(eigen, blik), bepaal_verborgen(eigen, blik, drempel)
        for kwartaal in gevraagd:
            optelling, dicht = optellingen.get(kwartaal, Optelling()), verborgen.get(kwartaal.jaar, frozenset())
            for plaats in (eenheid, *(d for d in districten if d in blik.districten)):
                delen = districten if plaats == eenheid else [plaats]
                aantal = sum(verwacht[kwartaal, deel] for deel in delen)
                gevonden.append(toon(plaats, kwartaal, optelling, dicht, verwacht=aantal, drempel=drempel))
    return gevonden


def get_verborgen_teams(user: User, jaren: set[int]) -> dict[tuple[int, str], set[str]]:
    """(Year, column) → codes of the districts whose sum over the teams is hidden from this user.

    For figures that are made from bezetting, so that these hide exactly the same.
    """
    organisatie = _lees_organisatie()
    rijen = _lees_rijen(organisatie, jaren)
    gevonden: dict[tuple[int, str], set[str]] = defaultdict(set)
    for eenheid, districten in organisatie.eenheden.items():
        blik = _blik(user, eenheid, districten)
        eigen = [rij for rij in rijen if rij.district in districten]
        for jaar, plekken in bepaal_verborgen(eigen, blik, settings.KLEINSTE_AANTAL).items():
            for plaats, deel, kolom in plekken:
                if deel == BASISTEAMS:
                    gevonden[jaar, kolom].add(plaats)
    return gevonden


def _leest(user: User) -> bool:
    return user.is_authenticated and user.mag(Recht.CIJFERS_LEZEN)


def _binnen(user: User, recht: Recht) -> Q:
    """The rows of the districts, and of their teams, in which the user has this right."""
    if user.mag_overal(recht):
        return Q()
    eigen = user.districten_met(recht)
    return Q(onderdeel__code__in=eigen) | Q(onderdeel__ouder__code__in=eigen)


def _in(kwartalen: Iterable[Kwartaal]) -> Q:
    """The rows of these quarters, in one condition per year."""
    per_jaar: dict[int, list[int]] = defaultdict(list)
    for kwartaal in kwartalen:
        per_jaar[kwartaal.jaar].append(kwartaal.nummer)
    keuze = Q(pk__in=[])
    for jaar, nummers in per_jaar.items():
        keuze |= Q(jaar=jaar, kwartaal__in=nummers)
    return keuze


def _blik(user: User, eenheid: str, districten: list[str]) -> Blik:
    """What this user sees of a unit. A right to small numbers of a theme is not one to small numbers of people."""
    alle = frozenset(districten)

    def waar(recht: Recht) -> frozenset[str]:
        return alle if user.mag_overal(recht) else alle & user.districten_met(recht)

    zichtbaar = waar(Recht.PERSONEEL_DISTRICT)
    overal = user.mag_overal(Recht.CIJFERS_ONDER_DREMPEL) and user.mag_overal(Recht.PERSONEEL_DISTRICT)
    return Blik(eenheid, zichtbaar, zichtbaar & waar(Recht.CIJFERS_ONDER_DREMPEL), overal)


@dataclass
class _Organisatie:
    """Codes of units with their districts, in the order of the organisation; the district of every onderdeel."""

    eenheden: dict[str, list[str]] = field(default_factory=dict)
    district_van: dict[int, str] = field(default_factory=dict)


def _lees_organisatie() -> _Organisatie:
    alle = {onderdeel.pk: onderdeel for onderdeel in Onderdeel.objects.all()}
    gevonden = _Organisatie()
    for onderdeel in alle.values():
        ouder = alle.get(onderdeel.ouder_id) if onderdeel.ouder_id else None
        if onderdeel.soort == Onderdeel.Soort.EENHEID:
            gevonden.eenheden.setdefault(onderdeel.code, [])
        elif onderdeel.soort == Onderdeel.Soort.DISTRICT and ouder:
            gevonden.eenheden.setdefault(ouder.code, []).append(onderdeel.code)
            gevonden.district_van[onderdeel.pk] = onderdeel.code
        elif ouder and ouder.soort == Onderdeel.Soort.DISTRICT:
            gevonden.district_van[onderdeel.pk] = ouder.code
    return gevonden


def _lees_rijen(organisatie: _Organisatie, jaren: set[int]) -> list[Rij]:
    """Every approved row of these years: what a sum may not give away depends on all of them."""
    rijen = Bezetting.objects.geldend().filter(jaar__in=jaren).order_by("pk")
    return [
        Rij(
            organisatie.district_van[rij["onderdeel_id"]],
            Kwartaal(rij["jaar"], rij["kwartaal"]),
            rij["soort"] == Bezetting.Soort.BASISTEAM,
            {veld: rij[veld] for veld in VELDEN},
        )
        for rij in rijen.values("onderdeel_id", "jaar", "kwartaal", "soort", *VELDEN)
        if rij["onderdeel_id"] in organisatie.district_van
    ]


def _lees_verwacht(organisatie: _Organisatie, kwartalen: list[Kwartaal]) -> Mapping[tuple[Kwartaal, str], int]:
    """How many parts of each district have places in the plan in force at the end of each quarter."""
    plannen = list(Formatieplan.objects.order_by("geldig_vanaf"))
    cellen = Districtsformatie.objects.filter(soort__in=Bezetting.Soort.values, fte__gt=Decimal(0))
    per_plan: dict[tuple[int, str], int] = defaultdict(int)
    for plan_id, onderdeel in cellen.values_list("plan_id", "onderdeel_id"):
        per_plan[plan_id, organisatie.district_van.get(onderdeel, "")] += 1
    gevonden: dict[tuple[Kwartaal, str], int] = defaultdict(int)
    for kwartaal in kwartalen:
        plan = _in_werking(plannen, kwartaal.einde())
        for (van, district), aantal in per_plan.items():
            if plan and van == plan.pk:
                gevonden[kwartaal, district] = aantal
    return gevonden


def _in_werking(plannen: list[Formatieplan], dag: date) -> Formatieplan | None:
    """The same plan as ``selectors.get_formatieplan`` gives, without a query per day."""
    geldig = [p for p in plannen if p.geldig_vanaf <= dag and (p.geldig_tot is None or p.geldig_tot > dag)]
    return geldig[-1] if geldig else None
