"""Who reads which bezetting: the only place that queries it, besides the service that writes it.

Per team: whoever has the right, a district chief only for the own district. Per district: whoever has that right,
a chief only for the own one. The unit: everybody who may read figures. Small numbers only for who may read these
there; everybody else gets the sums with these, and whatever would give them away, left out. Anything else: nothing.

What is ``bekend`` of an earlier day never shows more than today: ``formatie.bezetting.terugkijken``.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.conf import settings
from django.contrib.postgres.aggregates import BoolOr, StringAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    Field,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import MD5, Coalesce

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from formatie.bezetting.onderdrukking import Plek
from formatie.bezetting.plekken import tel_plekken
from formatie.bezetting.sommen import (
    KOLOMMEN,
    TOTAAL,
    VELDEN,
    Lezerszicht,
    Opgave,
    Opgeteld,
    Optelling,
    Rij,
    alleen_compleet,
    alleen_heel,
    bepaal_verborgen,
    somrij_van,
    standen,
    tel_op,
    toon,
)
from formatie.bezetting.terugkijken import NU, Bekend, FormatieToen
from formatie.models import Bezetting, Districtsformatie, Onderdeel
from formatie.plan.versies import geldend

IS_DISTRICT = Q(onderdeel__soort=Onderdeel.Soort.DISTRICT)
BESLOTEN, TEAM = (Staat.VASTGESTELD, Staat.VERVANGEN), Bezetting.Soort.BASISTEAM
VAN_DISTRICT = Q(onderdeel__ouder__soort=Onderdeel.Soort.DISTRICT)
DISTRICT = Case(When(IS_DISTRICT, then="onderdeel__code"), When(VAN_DISTRICT, then="onderdeel__ouder__code"))
WAARDEN: dict[str, Combinable] = {kolom: F(kolom) for kolom in VELDEN} | {
    "fte": F("os") + F("nos"),
    "wijkagenten_samen": Coalesce(F("wijkagenten") + F("wijkagenten_expert"), "wijkagenten", "wijkagenten_expert"),
}
"""What is added up for each column of one part; nothing where that was not reported."""


def lees_rijen(jaren: Collection[int], districten: Collection[str] | None = None, bekend: Bekend = NU) -> list[Rij]:
    """Every approved row of these years, of every district or of these, added up per district and quarter."""
    team = ExpressionWrapper(Q(soort=Bezetting.Soort.BASISTEAM), BooleanField())
    groepen = _geldend(jaren, bekend).annotate(district=DISTRICT, is_team=team)
    if districten is not None:
        groepen = groepen.filter(district__in=list(districten))
    rijen = (
        groepen.order_by()
        .values_list("district", "jaar", "kwartaal", "is_team")
        .annotate(
            Count("pk"),
            sommen=_reeks([Sum(WAARDEN[kolom]) for kolom in KOLOMMEN], DecimalField()),
            gemeld=_reeks([Count(WAARDEN[kolom]) for kolom in KOLOMMEN], IntegerField()),
            voorlopig=BoolOr(Q(status=Bezetting.Zekerheid.VOORLOPIG)),
        )
    )
    return [
        Rij(code, jaar, nummer, is_team, aantal, tuple(sommen), tuple(gemeld), voorlopig)
        for code, jaar, nummer, is_team, aantal, sommen, gemeld, voorlopig in rijen
    ]


class Jaarbeeld(NamedTuple):
    """Of one year: the cells hidden in all of its quarters, and the quarters in which every part of the unit is in."""

    verborgen: frozenset[Plek] = frozenset()
    compleet: frozenset[Kwartaal] = frozenset()


class Patronen:
    """What is hidden in some years, from whoever asks; of the figures as ``bekend``.

    It depends on every version of every figure of every district and is kept for as long as there are no others, so
    that most pages read the figures of their own district only.
    """

    def __init__(self, jaren: Collection[int], organisatie: Mapping[str, list[str]], bekend: Bekend = NU) -> None:
        self._jaren, self._organisatie, self._bekend = jaren, organisatie, bekend

    def van(self, blik: Lezerszicht, districten: Collection[str]) -> dict[int, Jaarbeeld]:
        """Year → what is hidden from whoever sees this of a unit with these districts."""
        if blik.alles_precies:
            return {}
        drempel, binnen, verwacht = settings.KLEINSTE_AANTAL, frozenset(districten), self.verwacht(districten)
        van_eenheid = tuple(sorted(tel_per_kwartaal(verwacht).items()))
        vakken = {jaar: bewaard(merk, binnen, blik, drempel, van_eenheid) for jaar, merk in self._merken.items()}
        if not all(vakken.values()):
            nieuw = _beelden([v for v in self._versies if v.rij.district in binnen], dict(van_eenheid), blik, drempel)
            for jaar, vak in vakken.items():
                vak[:] = [nieuw.get(jaar, Jaarbeeld())]
        return {jaar: vak[0] for jaar, vak in vakken.items()}

    def verwacht(self, districten: Collection[str]) -> Mapping[tuple[Kwartaal, str], int]:
        """How many parts of each of these districts should report, in every quarter of these years."""
        return {plek: aantal for plek, aantal in self._verwacht.items() if plek[1] in districten}

    @cached_property
    def _verwacht(self) -> Mapping[tuple[Kwartaal, str], int]:
        kwartalen = [Kwartaal(jaar, nummer) for jaar in sorted(self._jaren) for nummer in range(1, 5)]
        return lees_verwacht(kwartalen, [code for codes in self._organisatie.values() for code in codes], self._bekend)

    @cached_property
    def _versies(self) -> list[Opgave]:
        velden = ("onderdeel_id", "soort", "vastgesteld_op", "jaar", "kwartaal", *VELDEN)
        rijen = _besloten(self._jaren, self._bekend).annotate(district=DISTRICT).order_by("vastgesteld_op", "pk")
        return [
            Opgave(
                (onderdeel, soort),
                op,
                somrij_van(district, Kwartaal(jaar, k), soort == TEAM, dict(zip(VELDEN, w, strict=True))),
            )
            for district, onderdeel, soort, op, jaar, k, *w in rijen.values_list("district", *velden)
        ]

    @cached_property
    def _merken(self) -> dict[int, str]:
        """Year → a digest of all that the pattern of that year is made from."""
        rij = Func(
            "kwartaal", DISTRICT, "onderdeel_id", "soort", *VELDEN, "vastgesteld_op",
            template="ROW(%(expressions)s)::text", output_field=TextField(),
        )  # fmt: skip
        merk = MD5(StringAgg(rij, delimiter=Value(";"), order_by="pk"))
        return dict(_besloten(self._jaren, self._bekend).order_by().values_list("jaar").annotate(merk=merk))


def _beelden(
    versies: Sequence[Opgave], verwacht: Mapping[Kwartaal, int], blik: Lezerszicht, drempel: Decimal
) -> dict[int, Jaarbeeld]:
    verborgen = bepaal_verborgen(standen(versies, verwacht), blik, drempel)
    gemeld = Counter(kwartaal for _, kwartaal in {(versie.plek, versie.rij.kwartaal) for versie in versies})
    compleet = {kwartaal for kwartaal, aantal in gemeld.items() if 0 < verwacht.get(kwartaal, 0) <= aantal}
    return {
        jaar: Jaarbeeld(verborgen.get(jaar, frozenset()), frozenset(k for k in compleet if k.jaar == jaar))
        for jaar in {kwartaal.jaar for kwartaal in gemeld}
    }


def tel_per_kwartaal(verwacht: Mapping[tuple[Kwartaal, str], int]) -> dict[Kwartaal, int]:
    """How many parts of the whole unit should report in each quarter."""
    gevonden: dict[Kwartaal, int] = defaultdict(int)
    for (kwartaal, _), aantal in verwacht.items():
        gevonden[kwartaal] += aantal
    return gevonden


@lru_cache(maxsize=512)
def bewaard(
    merk: str,
    districten: frozenset[str],
    blik: Lezerszicht,
    drempel: Decimal,
    verwacht: tuple[tuple[Kwartaal, int], ...],
) -> list[Jaarbeeld]:
    """Where the pattern of one year is kept: empty, or with that one pattern in it."""
    return []


def _besloten(jaren: Collection[int], bekend: Bekend) -> QuerySet[Bezetting]:
    """Every version that holds or held, as far as approved by an earlier day."""
    versies = Bezetting.objects.filter(IS_DISTRICT | VAN_DISTRICT, jaar__in=jaren, staat__in=BESLOTEN)
    return bekend.besloten(versies)


def _geldend(jaren: Collection[int], bekend: Bekend) -> QuerySet[Bezetting]:
    """The approved rows that hold, or that held on an earlier day."""
    return bekend.geldend(Bezetting.objects).filter(IS_DISTRICT | VAN_DISTRICT, jaar__in=jaren)


def _reeks(waarden: Iterable[Aggregate], soort: Field) -> Func:
    """Several sums in one column, because there are thousands of them and Django handles each column on its own."""
    return Func(*waarden, template="ARRAY[%(expressions)s]", output_field=ArrayField(soort))


def get_districtcodes() -> dict[str, list[str]]:
    """Code of a unit → codes of its districts, in the order of the organisation."""
    gevonden: dict[str, list[str]] = {}
    soorten = (Onderdeel.Soort.EENHEID, Onderdeel.Soort.DISTRICT)
    for code, soort, ouder in Onderdeel.objects.filter(soort__in=soorten).values_list("code", "soort", "ouder__code"):
        if soort == Onderdeel.Soort.EENHEID:
            gevonden.setdefault(code, [])
        elif ouder:
            gevonden.setdefault(ouder, []).append(code)
    return gevonden


def lees_verwacht(
    kwartalen: Collection[Kwartaal], districten: Collection[str], bekend: Bekend
) -> Mapping[tuple[Kwartaal, str], int]:
    """How many parts of each of these districts have places in the plan in force at the end of each quarter.

    Of a team that is no longer there, who went on for it.
    """
    plannen = bekend.plannen()
    van_kwartaal = {kwartaal: plan.pk for kwartaal in kwartalen if (plan := geldend(plannen, kwartaal.einde()))}
    cellen = Districtsformatie.objects.alias(district=DISTRICT).filter(
        plan__in=set(van_kwartaal.values()), soort__in=Bezetting.Soort.values, fte__gt=0, district__in=list(districten)
    )
    kwartaal_van = {kwartaal.einde(): kwartaal for kwartaal in van_kwartaal}
    geteld = tel_plekken(cellen, {kwartaal.einde(): plan for kwartaal, plan in van_kwartaal.items()})
    return {(kwartaal_van[dag], district): aantal for (dag, district), aantal in geteld.items()}


def get_bezetting(
    user: User,
    *,
    kwartalen: Iterable[Kwartaal] | None = None,
    onderdelen: Iterable[str] | None = None,
    bekend: Bekend = NU,
) -> QuerySet[Bezetting]:
    """The approved rows this user may read in full; ``onderdelen`` are codes. Deny by default."""
    rijen = _leesbaar(bekend.geldend(Bezetting.objects), user, bekend.rechten)
    if kwartalen is not None:
        rijen = rijen.filter(_in(kwartalen))
    if onderdelen is not None:
        rijen = rijen.filter(onderdeel__code__in=list(onderdelen))
    return rijen.select_related("onderdeel", "onderdeel__ouder")


def get_besloten(user: User, district: str = "") -> QuerySet[Bezetting]:
    """Every version that was ever approved and that this user may read; of one district and its teams, or of all."""
    besloten = Bezetting.objects.filter(staat__in=BESLOTEN)
    rijen = _leesbaar(besloten, user, FormatieToen.rechten)
    if district:
        rijen = rijen.filter(_van_districten({district}))
    return rijen.select_related("onderdeel", "onderdeel__ouder")


def mag_teams_zien(user: User, district: str) -> bool:
    """Whether this user reads the teams of the district with this code."""
    return _leest(user) and (
        user.mag_overal(Recht.PERSONEEL_TEAM) or district in user.districten_met(Recht.PERSONEEL_TEAM)
    )


def get_opgeteld(
    user: User, kwartalen: Iterable[Kwartaal], plaatsen: Collection[str] | None = None, bekend: Bekend = NU
) -> list[Opgeteld]:
    """The unit and the districts this user may see, per quarter; hidden cells are hidden here.

    ``plaatsen``: only those of these codes. What is hidden is decided over the whole unit and the whole year, whichever
    of its places and quarters are asked for. A constant number of queries, of any number of quarters and districts.
    """
    gevraagd = sorted(set(kwartalen))
    if not _leest(user) or not gevraagd:
        return []
    organisatie = get_districtcodes()
    gevonden = _opgeteld(user, gevraagd, organisatie, plaatsen, bekend)
    bovenin = organisatie.keys() if plaatsen is None else organisatie.keys() & set(plaatsen)
    if not bovenin or bekend.ziet_eenheid_half(user):
        return gevonden
    nu = {(som.onderdeel, som.kwartaal): som for som in _opgeteld(user, gevraagd, organisatie, bovenin, NU)}
    plekken = [(som, nu.get((som.onderdeel, som.kwartaal))) for som in gevonden]
    return [alleen_compleet(som, van_nu) if van_nu else som for som, van_nu in plekken]


def get_verborgen(user: User, jaren: set[int]) -> dict[tuple[int, str], set[str]]:
    """(Year, column) → codes of the districts, and of the unit, whose sum is hidden from this user.

    For figures that are made from bezetting, so that these hide exactly the same.
    """
    organisatie = get_districtcodes()
    patronen = Patronen(jaren, organisatie)
    gevonden: dict[tuple[int, str], set[str]] = defaultdict(set)
    for eenheid, districten in organisatie.items():
        for jaar, beeld in patronen.van(_blik(user, eenheid, districten), districten).items():
            for plaats, deel, kolom in beeld.verborgen:
                if deel == TOTAAL:
                    gevonden[jaar, kolom].add(plaats)
    return gevonden


def _opgeteld(
    user: User,
    kwartalen: Collection[Kwartaal],
    organisatie: Mapping[str, list[str]],
    plaatsen: Collection[str] | None,
    bekend: Bekend,
) -> list[Opgeteld]:
    gevonden: list[Opgeteld] = []
    patronen = Patronen({kwartaal.jaar for kwartaal in kwartalen}, organisatie, bekend)
    for eenheid, districten in organisatie.items():
        blik = bekend.blik(_blik(user, eenheid, districten))
        zichtbaar = [eenheid, *(d for d in districten if d in blik.districten)]
        getoond = [plaats for plaats in zichtbaar if plaatsen is None or plaats in plaatsen]
        if getoond:
            gevonden += _toon(blik, districten, getoond, kwartalen, patronen, bekend)
    return gevonden


def _toon(
    blik: Lezerszicht,
    districten: Collection[str],
    plaatsen: Collection[str],
    kwartalen: Collection[Kwartaal],
    patronen: Patronen,
    bekend: Bekend,
) -> Iterator[Opgeteld]:
    """The places of one unit, per quarter."""
    van = districten if blik.eenheid in plaatsen else plaatsen
    beelden, verwacht = patronen.van(blik, districten), patronen.verwacht(districten)
    optellingen = tel_op(lees_rijen({kwartaal.jaar for kwartaal in kwartalen}, van, bekend), blik, plaatsen)
    for kwartaal in kwartalen:
        optelling, beeld = optellingen.get(kwartaal, Optelling()), beelden.get(kwartaal.jaar, Jaarbeeld())
        for plaats in plaatsen:
            delen = districten if plaats == blik.eenheid else [plaats]
            aantal = sum(verwacht.get((kwartaal, deel), 0) for deel in delen)
            som = toon(plaats, kwartaal, optelling, beeld.verborgen, verwacht=aantal, drempel=settings.KLEINSTE_AANTAL)
            precies = blik.alles_precies or plaats in blik.precies
            yield som if precies else alleen_heel(som, compleet=kwartaal in beeld.compleet)


def _leest(user: User) -> bool:
    return user.is_authenticated and user.mag(Recht.CIJFERS_LEZEN)


def _leesbaar(rijen: QuerySet[Bezetting], user: User, rechten: Iterable[Recht]) -> QuerySet[Bezetting]:
    """The rows of the districts, and of their teams, in which the user has all of these rights."""
    if not _leest(user) or not user.mag(Recht.PERSONEEL_TEAM):
        return rijen.none()
    for recht in rechten:
        rijen = rijen if user.mag_overal(recht) else rijen.filter(_van_districten(user.districten_met(recht)))
    return rijen


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


def _blik(user: User, eenheid: str, districten: list[str]) -> Lezerszicht:
    """What this user sees of a unit. A right to small numbers of a theme is not one to small numbers of people."""
    alle = frozenset(districten)

    def waar(recht: Recht) -> frozenset[str]:
        return alle if user.mag_overal(recht) else alle & user.districten_met(recht)

    zichtbaar = waar(Recht.PERSONEEL_DISTRICT)
    overal = user.mag_overal(Recht.CIJFERS_ONDER_DREMPEL) and user.mag_overal(Recht.PERSONEEL_DISTRICT)
    return Lezerszicht(eenheid, zichtbaar, zichtbaar & waar(Recht.CIJFERS_ONDER_DREMPEL), overal)
