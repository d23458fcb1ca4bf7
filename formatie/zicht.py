"""Who reads which bezetting: the only place that queries it, besides the service that writes it.

Per team: whoever has the right, a district chief only for the own district. Per district: whoever has that right,
a chief only for the own one. The unit: everybody who may read figures. Small numbers only for who may read these
there; everybody else gets the sums with these, and whatever would give them away, left out. Anything else: nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.periode import Kwartaal
from formatie.models import Bezetting
from formatie.opgeteld import BASISTEAMS, Blik, Opgeteld, Optelling, tel_op, toon
from formatie.optellen import Patronen
from formatie.verwacht import lees_organisatie, lees_verwacht


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


def get_opgeteld(user: User, kwartalen: Iterable[Kwartaal], plaatsen: Collection[str] | None = None) -> list[Opgeteld]:
    """The unit and the districts this user may see, per quarter; hidden cells are hidden here.

    ``plaatsen``: only those of these codes. What is hidden is decided over the whole unit and the whole year, whichever
    of its places and quarters are asked for. A constant number of queries, of any number of quarters and districts.
    """
    gevraagd = sorted(set(kwartalen))
    if not _leest(user) or not gevraagd:
        return []
    gevonden: list[Opgeteld] = []
    patronen = Patronen({kwartaal.jaar for kwartaal in gevraagd})
    for eenheid, districten in lees_organisatie().items():
        blik = _blik(user, eenheid, districten)
        zichtbaar = [eenheid, *(d for d in districten if d in blik.districten)]
        getoond = [plaats for plaats in zichtbaar if plaatsen is None or plaats in plaatsen]
        if getoond:
            gevonden += _toon(blik, districten, getoond, gevraagd, patronen)
    return gevonden


def get_verborgen_teams(user: User, jaren: set[int]) -> dict[tuple[int, str], set[str]]:
    """(Year, column) → codes of the districts whose sum over the teams is hidden from this user.

    For figures that are made from bezetting, so that these hide exactly the same.
    """
    patronen = Patronen(jaren)
    gevonden: dict[tuple[int, str], set[str]] = defaultdict(set)
    for eenheid, districten in lees_organisatie().items():
        for jaar, plekken in patronen.van(_blik(user, eenheid, districten), districten).items():
            for plaats, deel, kolom in plekken:
                if deel == BASISTEAMS:
                    gevonden[jaar, kolom].add(plaats)
    return gevonden


def _toon(
    blik: Blik,
    districten: Collection[str],
    plaatsen: Collection[str],
    kwartalen: Collection[Kwartaal],
    patronen: Patronen,
) -> Iterator[Opgeteld]:
    """The places of one unit, per quarter."""
    van = districten if blik.eenheid in plaatsen else plaatsen
    verborgen = patronen.van(blik, districten)
    optellingen = tel_op(patronen.rijen(van), blik, plaatsen)
    verwacht = lees_verwacht(kwartalen, van)
    for kwartaal in kwartalen:
        optelling, dicht = optellingen.get(kwartaal, Optelling()), verborgen.get(kwartaal.jaar, frozenset())
        for plaats in plaatsen:
            aantal = sum(verwacht[kwartaal, deel] for deel in (districten if plaats == blik.eenheid else [plaats]))
            yield toon(plaats, kwartaal, optelling, dicht, verwacht=aantal, drempel=settings.KLEINSTE_AANTAL)


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
