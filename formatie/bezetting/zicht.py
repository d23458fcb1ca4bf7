"""Who reads which bezetting: the only place that queries it, besides the service that writes it.

Per team: whoever has the right, a district chief only for the own district. Per district: whoever has that right,
a chief only for the own one. The unit: everybody who may read figures. Small numbers only for who may read these
there; everybody else gets the sums with these, and whatever would give them away, left out. Anything else: nothing.

Looking back to an earlier day (``op``) never shows more than today: of districts only to who reads small numbers there,
and of the unit to others only where every part had reported by then. Two days side by side then give no team.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from formatie.bezetting.destijds import alleen_compleet, destijds
from formatie.bezetting.optellen import Patronen, versies_van
from formatie.bezetting.sommen import BASISTEAMS, Blik, Opgeteld, Optelling, tel_op, toon
from formatie.bezetting.verwacht import lees_organisatie, lees_verwacht
from formatie.models import Bezetting

DESTIJDS = (Recht.CIJFERS_ONDER_DREMPEL, Recht.PERSONEEL_DISTRICT, Recht.PERSONEEL_TEAM)


def get_bezetting(
    user: User,
    *,
    kwartalen: Iterable[Kwartaal] | None = None,
    onderdelen: Iterable[str] | None = None,
    op: date | None = None,
) -> QuerySet[Bezetting]:
    """The approved rows this user may read in full; ``onderdelen`` are codes. Deny by default.

    With ``op`` the rows that held at the end of that earlier day.
    """
    rijen = _leesbaar(versies_van(op), user) if op is None else _destijds_leesbaar(versies_van(op), user)
    if kwartalen is not None:
        rijen = rijen.filter(_in(kwartalen))
    if onderdelen is not None:
        rijen = rijen.filter(onderdeel__code__in=list(onderdelen))
    return rijen.select_related("onderdeel", "onderdeel__ouder")


def get_besloten(user: User, district: str = "") -> QuerySet[Bezetting]:
    """Every version that was ever approved and that this user may read; of one district and its teams, or of all."""
    rijen = _destijds_leesbaar(Bezetting.objects.filter(staat__in=(Staat.VASTGESTELD, Staat.VERVANGEN)), user)
    if district:
        rijen = rijen.filter(_van_districten({district}))
    return rijen.select_related("onderdeel", "onderdeel__ouder")


def leest_destijds(user: User, district: str = "") -> bool:
    """Whether this user reads the bezetting of an earlier day in full: of this district, or else of every one."""
    if not _leest(user):
        return False
    return all(user.mag_overal(recht) or district in user.districten_met(recht) for recht in DESTIJDS)


def mag_teams_zien(user: User, district: str) -> bool:
    """Whether this user reads the teams of the district with this code."""
    return _leest(user) and (
        user.mag_overal(Recht.PERSONEEL_TEAM) or district in user.districten_met(Recht.PERSONEEL_TEAM)
    )


def get_opgeteld(
    user: User, kwartalen: Iterable[Kwartaal], plaatsen: Collection[str] | None = None, op: date | None = None
) -> list[Opgeteld]:
    """The unit and the districts this user may see, per quarter; hidden cells are hidden here.

    ``plaatsen``: only those of these codes. What is hidden is decided over the whole unit and the whole year, whichever
    of its places and quarters are asked for. A constant number of queries, of any number of quarters and districts.
    With ``op`` as known at the end of that earlier day.
    """
    gevraagd = sorted(set(kwartalen))
    if not _leest(user) or not gevraagd:
        return []
    organisatie = lees_organisatie()
    gevonden = _opgeteld(user, gevraagd, organisatie, plaatsen, op)
    bovenin = organisatie.keys() if plaatsen is None else organisatie.keys() & set(plaatsen)
    if op is None or not bovenin or leest_destijds(user):
        return gevonden
    nu = {(som.onderdeel, som.kwartaal): som for som in _opgeteld(user, gevraagd, organisatie, bovenin, None)}
    plekken = [(som, nu.get((som.onderdeel, som.kwartaal))) for som in gevonden]
    return [alleen_compleet(som, van_nu) if van_nu else som for som, van_nu in plekken]


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


def _opgeteld(
    user: User,
    kwartalen: Collection[Kwartaal],
    organisatie: Mapping[str, list[str]],
    plaatsen: Collection[str] | None,
    op: date | None,
) -> list[Opgeteld]:
    gevonden: list[Opgeteld] = []
    patronen = Patronen({kwartaal.jaar for kwartaal in kwartalen}, op)
    for eenheid, districten in organisatie.items():
        blik = _blik(user, eenheid, districten) if op is None else destijds(_blik(user, eenheid, districten))
        zichtbaar = [eenheid, *(d for d in districten if d in blik.districten)]
        getoond = [plaats for plaats in zichtbaar if plaatsen is None or plaats in plaatsen]
        if getoond:
            gevonden += _toon(blik, districten, getoond, kwartalen, patronen, op)
    return gevonden


def _toon(
    blik: Blik,
    districten: Collection[str],
    plaatsen: Collection[str],
    kwartalen: Collection[Kwartaal],
    patronen: Patronen,
    op: date | None,
) -> Iterator[Opgeteld]:
    """The places of one unit, per quarter."""
    van = districten if blik.eenheid in plaatsen else plaatsen
    verborgen = patronen.van(blik, districten)
    optellingen = tel_op(patronen.rijen(van), blik, plaatsen)
    verwacht = lees_verwacht(kwartalen, van, op)
    for kwartaal in kwartalen:
        optelling, dicht = optellingen.get(kwartaal, Optelling()), verborgen.get(kwartaal.jaar, frozenset())
        for plaats in plaatsen:
            aantal = sum(verwacht[kwartaal, deel] for deel in (districten if plaats == blik.eenheid else [plaats]))
            yield toon(plaats, kwartaal, optelling, dicht, verwacht=aantal, drempel=settings.KLEINSTE_AANTAL)


def _leest(user: User) -> bool:
    return user.is_authenticated and user.mag(Recht.CIJFERS_LEZEN)


def _leesbaar(rijen: QuerySet[Bezetting], user: User) -> QuerySet[Bezetting]:
    if not _leest(user) or not user.mag(Recht.PERSONEEL_TEAM):
        return rijen.none()
    return rijen.filter(_binnen(user, Recht.PERSONEEL_TEAM))


def _destijds_leesbaar(rijen: QuerySet[Bezetting], user: User) -> QuerySet[Bezetting]:
    return _leesbaar(rijen, user).filter(_binnen(user, Recht.CIJFERS_ONDER_DREMPEL))


def _binnen(user: User, recht: Recht) -> Q:
    """The rows of the districts, and of their teams, in which the user has this right."""
    return Q() if user.mag_overal(recht) else _van_districten(user.districten_met(recht))


def _van_districten(codes: Collection[str]) -> Q:
    return Q(onderdeel__code__in=codes) | Q(onderdeel__ouder__code__in=codes)


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
