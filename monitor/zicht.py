"""Who sees which value: the one place that decides it, for every page, export and API call.

The rules: nobody without the right to read figures sees any; an indicator that is ``gevoelig`` is never
shown below the unit; one about staff is shown below the unit only to those with that right, a district
chief only for the own district. Of the districts that somebody may see, those with a small number of people stay
away from who may not read small numbers, for a whole year, with as many others as it takes not to compute them.
A figure about people that rests on some of its parts is told only to who may read each of these parts; until all are
in, the others read that it is not of all of them yet. Looking back to an earlier day never shows more than today, and
of staff less. Anything else is refused.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.vaststellen.model import Staat
from formatie.bezetting.zicht import get_verborgen
from formatie.models import Onderdeel
from monitor.models import Doelbereik, Indicator, Meting, Oordeel, Stand
from monitor.rekenen.lezen import lees_delen
from monitor.rekenen.regels.kleine_aantallen import Periode, Verloop

BOVENIN = (Onderdeel.Soort.KORPS, Onderdeel.Soort.EENHEID)
TE_KLEIN = "te klein om te tonen, of te herleiden"
NIET_BIJ_ROL = "hoort niet bij uw rol"
ALLEEN_EENHEID = "alleen voor de eenheid"
GEMAAKT_VAN = {"bezetting-wijkagenten": "wijkagenten_samen", "formatie-bezetting": "fte"}
"""Derived indicators, by the column of the bezetting they would give away."""
LEEST_TEAMS = (Recht.CIJFERS_ONDER_DREMPEL, Recht.PERSONEEL_TEAM)
ZONDER_GETAL = (
    "teller", "noemer", "cum_teller", "cum_noemer", "marge", "verwachting", "op_tempo", "vergeleken",
    "vorige", "vorige_noemer", "vorige_marge", "vorige_jaar", "vorige_kwartaal",
)  # fmt: skip
"""What a row holds of the values of its parts."""
BLIJFT = (
    Oordeel.ONVOLLEDIG, Oordeel.NOG_NIET_VERSCHULDIGD, Oordeel.GEEN_DOEL, Oordeel.ALLEEN_MONITORING,
    Oordeel.DOEL_ONBEKEND,
)  # fmt: skip
"""Verdicts that say nothing of a value."""

_Rijen = TypeVar("_Rijen", bound=Model)
Jaargang = tuple[int, int]
"""An indicator and a year."""
Half = Mapping[Jaargang, Mapping[int, int]]
"""The quarters in which a unit's figure rests on some of its parts, and of how many it should be."""
_Kwartaal = tuple[int, int, int]
"""An indicator, a year and a quarter."""


def alleen_zichtbaar(rijen: QuerySet[_Rijen], user: User, *, van: Indicator | None = None) -> QuerySet[_Rijen]:
    """Keep the rows (with ``indicator``, ``onderdeel`` and ``jaar``) that this user may see, ``van`` one indicator."""
    if not _leest(user):
        return rijen.none()
    zichtbaar = rijen.filter(_naar_rechten(user))
    if van is not None:
        zichtbaar = zichtbaar.filter(indicator=van)
    indicatoren = _met_weggelaten(user, van)
    for (indicator, jaar), districten in _te_klein(user, indicatoren).items():
        zichtbaar = zichtbaar.exclude(indicator_id=indicator, jaar=jaar, onderdeel_id__in=districten)
    return zichtbaar.exclude(_half_gevulde_districten(user, indicatoren)) if indicatoren else zichtbaar


def _half_gevulde_districten(user: User, indicatoren: Collection[Indicator]) -> Q:
    """Where a district stays away until the whole unit is in: which others must then stay away is known only then."""
    eigen = user.districten_met(Recht.CIJFERS_ONDER_DREMPEL)
    keuze = Q(pk__in=[])
    per_pk = {indicator.pk: indicator for indicator in indicatoren}
    for (indicator, jaar), kwartalen in get_half_gevuld(per_pk, Meting.objects.geldend()).items():
        vanaf = Q(kwartaal__in=kwartalen) if per_pk[indicator].is_stand else Q(kwartaal__gte=min(kwartalen))
        keuze |= Q(indicator_id=indicator, jaar=jaar) & (vanaf | Q(kwartaal=None))
    for indicator, jaar, kwartaal in _zonder_geheel([i for i in indicatoren if _heeft_eigen_geheel(i)]):
        keuze |= Q(indicator_id=indicator, jaar=jaar, kwartaal=kwartaal)
    return keuze & Q(onderdeel__soort=Onderdeel.Soort.DISTRICT) & ~Q(onderdeel__code__in=eigen)


def alleen_bovenin(rijen: QuerySet[_Rijen], user: User) -> QuerySet[_Rijen]:
    """Keep the rows of the unit itself and above; nothing below it, so no small numbers to leave out."""
    return rijen.filter(onderdeel__soort__in=BOVENIN) if _leest(user) else rijen.none()


def leesbaar_bovenin(
    rijen: QuerySet[Doelbereik], user: User, indicatoren: Collection[Indicator]
) -> Sequence[Doelbereik]:
    """What ``alleen_bovenin`` keeps of the rows of these indicators, as this user may read them now."""
    per_pk = {indicator.pk: indicator for indicator in indicatoren}
    beperkt = {pk: indicator for pk, indicator in per_pk.items() if not leest_delen(user, indicator)}
    half = get_half_gevuld(beperkt, Meting.objects.geldend())
    return zoals_leesbaar(user, list(alleen_bovenin(rijen, user)), per_pk, half)


def leest_bovenin(user: User, onderdeel: Onderdeel) -> bool:
    """Whether ``alleen_bovenin`` would keep the rows of this onderdeel: for rows that are not in the database."""
    return _leest(user) and onderdeel.soort in BOVENIN


def alleen_destijds_zichtbaar(rijen: QuerySet[_Rijen], user: User) -> QuerySet[_Rijen]:
    """Keep the rows of places of which this user may read what was known on an earlier day, or what was corrected.

    Never more than ``alleen_zichtbaar``. Which districts that one leaves out was decided over the figures of now; on
    an earlier day other ones were small, and a district with one team reported was that team. So whoever does not read
    small numbers in a place reads nothing about staff there of an earlier day, and there is nothing to lay beside what
    is shown now. Whoever does has none of its districts left out, on any day.
    """
    if not _leest(user):
        return rijen.none()
    zichtbaar = rijen.filter(_naar_rechten(user))
    if user.mag_overal(Recht.CIJFERS_ONDER_DREMPEL):
        return zichtbaar
    eigen = user.districten_met(Recht.CIJFERS_ONDER_DREMPEL)
    hier = Q(onderdeel__code__in=eigen) | Q(onderdeel__ouder__code__in=eigen)
    return zichtbaar.filter(Q(onderdeel__soort__in=BOVENIN) | Q(indicator__personeel=False) | hier)


def is_van_mensen(indicator: Indicator) -> bool:
    """Whether a figure of the unit is the sum of parts that not every reader may know."""
    return indicator.niveau != Indicator.Niveau.EENHEID and (indicator.personeel or indicator.gevoelig)


def leest_delen(user: User, indicator: Indicator) -> bool:
    """Whether this user may read every part that a figure of the unit rests on, however small."""
    if not is_van_mensen(indicator):
        return True
    return not indicator.gevoelig and user.is_authenticated and all(user.mag_overal(recht) for recht in LEEST_TEAMS)


def zoals_leesbaar(
    user: User, rijen: Sequence[Doelbereik], indicatoren: Mapping[int, Indicator], half: Half
) -> Sequence[Doelbereik]:
    """Rows of the unit as this user may read them: where one rests on some of its parts, that it is not of all yet.

    Of two moments between which one part delivered the difference is that part; of two quarters that add up too. So
    whoever may not read all parts reads a figure only once every part delivered that should, or that has by now.
    ``half`` is where that is not so. Changes the rows, which are never saved.
    """
    for rij in rijen:
        indicator = indicatoren[rij.indicator_id]
        if not leest_delen(user, indicator) and (aantal := _rust_half(rij, indicator, half)):
            _maak_onbekend(rij, aantal)
    return rijen


def get_half_gevuld(
    indicatoren: Mapping[int, Indicator], versies: QuerySet[Meting], van_toen: Sequence[Doelbereik] | None = None
) -> Half:
    """Where the unit has a figure that is not of every part that should deliver, that could, or that has by now."""
    velden = (
        "indicator_id",
        "onderdeel_id",
        "jaar",
        "kwartaal",
        "cum_teller",
        "doelstelling_id",
        "moet_leveren",
        "geleverd",
    )
    bewaard = Doelbereik.objects.filter(indicator__in=indicatoren, onderdeel__soort__in=BOVENIN)
    van_nu: list[Any] = list(bewaard.values_list(*velden, named=True))
    nu = {_plek(rij): rij.geleverd for rij in van_nu}
    rijen = [rij for rij in (van_nu if van_toen is None else van_toen) if rij.cum_teller is not None]
    delen = lees_delen({rij.indicator_id for rij in rijen if not rij.doelstelling_id}, {rij.jaar for rij in rijen})
    half: dict[Jaargang, dict[int, int]] = defaultdict(dict)
    verwacht = {_plek(rij): max(rij.moet_leveren, nu.get(_plek(rij), 0), delen.get(_plek(rij), 0)) for rij in rijen}
    open_ = [r for r in rijen if r.geleverd < verwacht[_plek(r)] or _heeft_eigen_geheel(indicatoren[r.indicator_id])]
    heel = _hele_waarden(open_, versies)
    for rij in open_:
        if _plek(rij) not in heel:
            kwartalen = half[rij.indicator_id, rij.jaar]
            kwartalen[rij.kwartaal] = max(verwacht[_plek(rij)], kwartalen.get(rij.kwartaal, 0))
    return half


SLEUTEL_VAN_RIJ = ("indicator_id", "onderdeel_id", "jaar", "kwartaal")


def _plek(rij: Any) -> tuple[int, int, int, int]:
    return rij.indicator_id, rij.onderdeel_id, rij.jaar, rij.kwartaal


def _heeft_eigen_geheel(indicator: Indicator) -> bool:
    """Of bezetting minus formatie the unit has a value of its own once all is in; what its teams add up to is less."""
    return indicator.herkomst == Indicator.Herkomst.AFGELEID and indicator.aggregatie == Indicator.Aggregatie.STAND


def _zonder_geheel(indicatoren: Collection[Indicator]) -> set[tuple[int, int, int | None]]:
    """Indicator, year and quarter in which parts have a value and the unit, that needs all of them, has none."""
    if not indicatoren:
        return set()
    rijen = Meting.objects.geldend().filter(indicator__in=indicatoren, onbekend=False).order_by()
    gevonden = set(rijen.values_list("indicator_id", "jaar", "kwartaal", "onderdeel__soort").distinct())
    bovenin = {plek[:3] for plek in gevonden if plek[3] in BOVENIN}
    return {plek[:3] for plek in gevonden} - bovenin


def _hele_waarden(rijen: Collection[Any], versies: QuerySet[Meting]) -> set[tuple[int, int, int, int]]:
    """Which of these places have a value of their own, that rests on nothing below it."""
    if not rijen:
        return set()
    plekken = {_plek(rij) for rij in rijen}
    indicatoren, onderdelen, jaren = ({plek[n] for plek in plekken} for n in range(3))
    eigen = versies.filter(indicator__in=indicatoren, onderdeel__in=onderdelen, jaar__in=jaren, onbekend=False)
    return {(*plek, kwartaal or 4) for *plek, kwartaal in eigen.order_by().values_list(*SLEUTEL_VAN_RIJ)} & plekken


def _rust_half(rij: Doelbereik, indicator: Indicator, half: Half) -> int:
    """Of how many parts a row should be that rests, itself or by what it adds or compares, on some; else 0."""
    if rij.cum_teller is None:
        return 0
    van_jaar = half.get((rij.indicator_id, rij.jaar), {})
    telt = [k for k in van_jaar if k == rij.kwartaal or (k < rij.kwartaal and not indicator.is_stand)]
    if telt:
        return max(van_jaar[k] for k in telt)
    vorige = half.get((rij.indicator_id, rij.vorige_jaar or 0), {}).get(rij.vorige_kwartaal or 0, 0)
    seizoen = rij.verwachting is not None and indicator.verwachting == Indicator.Verwachting.SEIZOEN
    eerder = [a for (pk, jaar), van in half.items() if pk == indicator.pk and jaar < rij.jaar for a in van.values()]
    return vorige or (max(eerder, default=0) if seizoen else 0)


def _maak_onbekend(rij: Doelbereik, aantal: int) -> None:
    """Without its figures, and without a verdict that would say something of them."""
    for veld in ZONDER_GETAL:
        setattr(rij, veld, None)
    rij.stand, rij.voorlopig, rij.moet_leveren = Stand.NIET_VAN_ALLE, False, max(aantal, rij.moet_leveren)
    if rij.oordeel not in BLIJFT:
        rij.oordeel = Oordeel.ONVOLLEDIG


def get_te_klein(user: User, *, van: Indicator | None = None) -> Mapping[Jaargang, set[int]]:
    """The districts that are left out for this user, per indicator about staff and year; ``van`` only one of these."""
    return _te_klein(user, _met_weggelaten(user, van))


def _met_weggelaten(user: User, van: Indicator | None) -> list[Indicator]:
    """The indicators of which this user reads districts, but not their small numbers; ``van`` only one of these."""
    overal = user.mag_overal(Recht.CIJFERS_ONDER_DREMPEL)
    if overal or not user.mag_overal(Recht.PERSONEEL_DISTRICT):
        return []  # whoever sees only the own district may read its small numbers
    gevraagd = Indicator.objects.filter(personeel=True, gevoelig=False) if van is None else [van]
    return [indicator for indicator in gevraagd if indicator.personeel and not indicator.gevoelig]


def _te_klein(user: User, indicatoren: Collection[Indicator]) -> Mapping[Jaargang, set[int]]:
    gemaakt = [indicator for indicator in indicatoren if indicator.code in GEMAAKT_VAN]
    gemeten = [indicator for indicator in indicatoren if indicator.code not in GEMAAKT_VAN]
    if not gemaakt and not gemeten:
        return {}
    districten = dict(Onderdeel.objects.filter(soort=Onderdeel.Soort.DISTRICT).values_list("code", "pk"))
    eigen = {districten[code] for code in user.districten_met(Recht.CIJFERS_ONDER_DREMPEL) if code in districten}
    gevonden = _van_bezetting(user, gemaakt, districten) | _van_metingen(gemeten)
    return {jaargang: te_klein - eigen for jaargang, te_klein in gevonden.items() if te_klein - eigen}


def waarom_niet(user: User, indicator: Indicator, onderdeel: Onderdeel, te_klein: Collection[int]) -> str:
    """Why ``alleen_zichtbaar`` leaves out this onderdeel (with its ``ouder``); empty when it does not.

    ``te_klein`` are the districts that ``get_te_klein`` gives for this indicator and year.
    """
    if onderdeel.soort in BOVENIN:
        return ""
    if indicator.gevoelig:
        return ALLEEN_EENHEID
    if onderdeel.pk in te_klein:
        return TE_KLEIN
    return NIET_BIJ_ROL if indicator.personeel and not _mag_personeel_van(user, onderdeel) else ""


def _mag_personeel_van(user: User, onderdeel: Onderdeel) -> bool:
    """The same as ``_onder_de_eenheid`` asks of rows, of one onderdeel."""
    is_team = onderdeel.soort == Onderdeel.Soort.BASISTEAM
    recht = Recht.PERSONEEL_TEAM if is_team else Recht.PERSONEEL_DISTRICT
    district = onderdeel.ouder if is_team else onderdeel
    return user.mag_overal(recht) or (district is not None and district.code in user.districten_met(recht))


def _leest(user: User) -> bool:
    return user.is_authenticated and user.mag(Recht.CIJFERS_LEZEN)


def _van_bezetting(
    user: User, indicatoren: Iterable[Indicator], districten: Mapping[str, int]
) -> dict[Jaargang, set[int]]:
    codes = {indicator.code: indicator.pk for indicator in indicatoren}
    if not codes:
        return {}
    jaren = set(Meting.objects.filter(indicator__in=codes.values()).values_list("jaar", flat=True).distinct())
    if not jaren:
        return {}
    verborgen = get_verborgen(user, jaren)
    return {
        (codes[code], jaar): {districten[plaats] for plaats in plaatsen if plaats in districten}
        for code, van in GEMAAKT_VAN.items()
        for (jaar, kolom), plaatsen in verborgen.items()
        if code in codes and kolom == van
    }


def _van_metingen(indicatoren: Iterable[Indicator]) -> dict[Jaargang, set[int]]:
    """Of what people count themselves: a small teller, or few that it leaves over, in any quarter or version.

    In the order in which it became known, so that no district is shown later that was left out with a small one
    before. What is there now comes last: it may be of some parts only, or added up from teams.
    """
    gevraagd = list(indicatoren)
    if not gevraagd:
        return {}
    nu, verwacht = _lees_nu(gevraagd)
    verlopen: dict[Jaargang, Verloop] = defaultdict(lambda: Verloop(settings.KLEINSTE_AANTAL))
    for _, groep in groupby(_lees_versies(gevraagd), key=itemgetter(0)):
        geraakt = set()
        for _, indicator, jaar, kwartaal, *inhoud in groep:
            verlopen[indicator, jaar].neem_op(kwartaal or 4, *inhoud)
            geraakt.add((indicator, jaar, kwartaal or 4))
        for indicator, jaar, kwartaal in sorted(geraakt):
            verlopen[indicator, jaar].sluit(kwartaal, verwacht[indicator, jaar, kwartaal])
    for (indicator, jaar, kwartaal), periode in sorted(nu.items()):
        verloop = verlopen[indicator, jaar]
        for onderdeel, verhouding in periode.items():
            verloop.neem_op(kwartaal, onderdeel, *verhouding)
        verloop.sluit(kwartaal)
    return {jaargang: verloop.verborgen() for jaargang, verloop in verlopen.items() if verloop.klein}


def _lees_versies(indicatoren: Collection[Indicator]) -> QuerySet[Meting, tuple[Any, ...]]:
    """Every version of districts that was ever approved, in order of time; unknown ones without figures."""
    besloten = Meting.objects.filter(
        Q(noemer__isnull=False) | Q(onbekend=True),
        indicator__in=indicatoren,
        onderdeel__soort=Onderdeel.Soort.DISTRICT,
        staat__in=(Staat.VERVANGEN, Staat.VASTGESTELD),
    )
    velden = ("vastgesteld_op", "indicator_id", "jaar", "kwartaal", "onderdeel_id", "teller", "noemer")
    return besloten.order_by("vastgesteld_op", "pk").values_list(*velden)


def _lees_nu(indicatoren: Collection[Indicator]) -> tuple[dict[_Kwartaal, Periode], dict[_Kwartaal, int]]:
    """Per quarter what its districts are now, and how many parts the unit's figure should be of; one query."""
    soorten = (Onderdeel.Soort.DISTRICT, Onderdeel.Soort.EENHEID)
    rijen = Doelbereik.objects.filter(indicator__in=indicatoren, onderdeel__soort__in=soorten)
    nu: dict[_Kwartaal, Periode] = defaultdict(dict)
    verwacht: dict[_Kwartaal, int] = defaultdict(int)
    velden = ("onderdeel__soort", "onderdeel_id", "teller", "noemer", "moet_leveren", "geleverd")
    for *wanneer, soort, onderdeel, teller, noemer, moet, geleverd in rijen.values_list(
        "indicator_id", "jaar", "kwartaal", *velden
    ):
        indicator, jaar, kwartaal = wanneer
        if soort == Onderdeel.Soort.EENHEID:
            verwacht[indicator, jaar, kwartaal] += max(moet, geleverd)
        elif noemer is not None:
            nu[indicator, jaar, kwartaal][onderdeel] = (teller, noemer)
    return nu, verwacht


def _naar_rechten(user: User) -> Q:
    """Where the rights of this user reach, whatever the numbers."""
    return Q(onderdeel__soort__in=BOVENIN) | Q(indicator__gevoelig=False) & _onder_de_eenheid(user)


def _onder_de_eenheid(user: User) -> Q:
    """Below the unit: everything that is not about staff, and of staff what the rights reach."""
    return (
        Q(indicator__personeel=False)
        | Q(onderdeel__soort=Onderdeel.Soort.DISTRICT)
        & _personeel(user, Recht.PERSONEEL_DISTRICT, "onderdeel__code__in")
        | Q(onderdeel__soort=Onderdeel.Soort.BASISTEAM)
        & _personeel(user, Recht.PERSONEEL_TEAM, "onderdeel__ouder__code__in")
    )


def _personeel(user: User, recht: Recht, eigen_district: str) -> Q:
    if user.mag_overal(recht):
        return Q()
    return Q(**{eigen_district: user.districten_met(recht)})
