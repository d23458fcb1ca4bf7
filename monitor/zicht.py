"""Who sees which value: the one place that decides it, for every page, export and API call.

The rules: nobody without the right to read figures sees any; an indicator that is ``gevoelig`` is never
shown below the unit; one about staff is shown below the unit only to those with that right, a district
chief only for the own district. Of the districts that somebody may see, those with a small number of people stay
away from who may not read small numbers, for a whole year, with as many others as it takes not to compute them.
Looking back to an earlier day never shows more than today, and of staff less. Anything else is refused.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.vaststellen.model import Staat
from formatie.bezetting.onderdrukking import Plek, Som, Vorm, verberg
from formatie.bezetting.zicht import get_verborgen
from formatie.models import Onderdeel
from monitor.models import Doelbereik, Indicator, Meting, Oordeel, Stand

BOVENIN = (Onderdeel.Soort.KORPS, Onderdeel.Soort.EENHEID)
TE_KLEIN = "te klein om te tonen, of te herleiden"
NIET_BIJ_ROL = "hoort niet bij uw rol"
ALLEEN_EENHEID = "alleen voor de eenheid"
GEMAAKT_VAN = {"bezetting-wijkagenten": "wijkagenten_samen", "formatie-bezetting": "fte"}
"""Derived indicators, by the column of the bezetting they would give away."""
VERHOUDING = (Som("noemer", ("teller", "rest")),)
SAMEN = "~samen"
LEEST_TEAMS = (Recht.CIJFERS_ONDER_DREMPEL, Recht.PERSONEEL_TEAM)
HALF_GEVULD = (
    "teller", "noemer", "cum_teller", "cum_noemer", "marge", "verwachting", "op_tempo", "vergeleken",
    "vorige", "vorige_noemer", "vorige_marge", "vorige_jaar", "vorige_kwartaal",
)  # fmt: skip
"""What a row holds of the values of its parts."""

_Rijen = TypeVar("_Rijen", bound=Model)
Jaargang = tuple[int, int]
"""An indicator and a year."""


def alleen_zichtbaar(rijen: QuerySet[_Rijen], user: User, *, van: Indicator | None = None) -> QuerySet[_Rijen]:
    """Keep the rows (with ``indicator``, ``onderdeel`` and ``jaar``) that this user may see, ``van`` one indicator."""
    if not _leest(user):
        return rijen.none()
    zichtbaar = rijen.filter(_naar_rechten(user))
    if van is not None:
        zichtbaar = zichtbaar.filter(indicator=van)
    for (indicator, jaar), districten in get_te_klein(user, van=van).items():
        zichtbaar = zichtbaar.exclude(indicator_id=indicator, jaar=jaar, onderdeel_id__in=districten)
    return zichtbaar


def alleen_bovenin(rijen: QuerySet[_Rijen], user: User) -> QuerySet[_Rijen]:
    """Keep the rows of the unit itself and above; nothing below it, so no small numbers to leave out."""
    return rijen.filter(onderdeel__soort__in=BOVENIN) if _leest(user) else rijen.none()


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


def bovenin_zoals_leesbaar(
    user: User, rijen: Sequence[Doelbereik], indicatoren: Mapping[int, Indicator]
) -> Sequence[Doelbereik]:
    """Rows of the unit of an earlier day as this user may read them: without figures about staff, half filled that day.

    Two such days, between which one team delivered, give that team. Who may not read teams everywhere reads the figure
    of a day on which every part that should deliver, or has by now, had delivered; otherwise that it was not known yet.
    Changes the rows, which are not those of the database. One query.
    """
    in_delen = {pk for pk, i in indicatoren.items() if i.personeel and i.niveau != Indicator.Niveau.EENHEID}
    if not in_delen or all(user.mag_overal(recht) for recht in LEEST_TEAMS):
        return rijen
    van_personeel = [rij for rij in rijen if rij.indicator_id in in_delen]
    half = _half_gevuld(van_personeel)
    for rij in van_personeel:
        kwartalen = half[rij.indicator_id, rij.onderdeel_id, rij.jaar]
        if any(k == rij.kwartaal if indicatoren[rij.indicator_id].is_stand else k <= rij.kwartaal for k in kwartalen):
            _maak_onbekend(rij)
    return rijen


def _half_gevuld(rijen: Iterable[Doelbereik]) -> Mapping[tuple[int, int, int], set[int]]:
    """Per indicator, onderdeel and year the quarters with some parts, but fewer than were due or delivered by now."""
    indicatoren = {rij.indicator_id for rij in rijen}
    velden = ("indicator_id", "onderdeel_id", "jaar", "kwartaal", "geleverd")
    bewaard = Doelbereik.objects.filter(indicator__in=indicatoren, onderdeel__soort__in=BOVENIN).values_list(*velden)
    nu = {tuple(plek): geleverd for *plek, geleverd in bewaard}
    half: dict[tuple[int, int, int], set[int]] = defaultdict(set)
    for rij in rijen:
        plek = (rij.indicator_id, rij.onderdeel_id, rij.jaar)
        if 0 < rij.geleverd < max(rij.moet_leveren, nu.get((*plek, rij.kwartaal), 0)):
            half[plek].add(rij.kwartaal)
    return half


def _maak_onbekend(rij: Doelbereik) -> None:
    for veld in HALF_GEVULD:
        setattr(rij, veld, None)
    rij.voorlopig = False
    if rij.stand == Stand.GELEVERD:
        rij.stand, rij.oordeel = Stand.ONBEKEND, Oordeel.NOG_NIET_VERSCHULDIGD


def get_te_klein(user: User, *, van: Indicator | None = None) -> Mapping[Jaargang, set[int]]:
    """The districts that are left out for this user, per indicator about staff and year; ``van`` only one of these."""
    overal = user.mag_overal(Recht.CIJFERS_ONDER_DREMPEL)
    if overal or not user.mag_overal(Recht.PERSONEEL_DISTRICT):
        return {}  # whoever sees only the own district may read its small numbers
    gemaakt: list[Indicator] = []
    gemeten: list[Indicator] = []
    for indicator in Indicator.objects.filter(personeel=True, gevoelig=False) if van is None else [van]:
        if indicator.personeel and not indicator.gevoelig:
            (gemaakt if indicator.code in GEMAAKT_VAN else gemeten).append(indicator)
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
    """Of what people count themselves: a small teller, or few that it leaves over, in any quarter or version."""
    gevraagd = list(indicatoren)
    if not gevraagd:
        return {}
    waar = {"indicator__in": gevraagd, "onderdeel__soort": Onderdeel.Soort.DISTRICT}
    velden = ("indicator_id", "onderdeel_id", "jaar", "kwartaal", "teller", "noemer")
    besloten = Meting.objects.filter(**waar, noemer__isnull=False, staat__in=(Staat.VERVANGEN, Staat.VASTGESTELD))
    versies = [
        *Doelbereik.objects.filter(**waar, noemer__isnull=False).values_list(*velden),
        *besloten.order_by("-staat", "pk").values_list(*velden),  # the version that counts comes last
    ]
    per_jaargang: dict[Jaargang, dict[int, dict[int, tuple[Decimal, Decimal]]]] = defaultdict(lambda: defaultdict(dict))
    klein: dict[Jaargang, set[int]] = defaultdict(set)
    for indicator, onderdeel, jaar, kwartaal, teller, noemer in versies:
        per_jaargang[indicator, jaar][kwartaal or 0][onderdeel] = (teller, noemer)
        if any(0 < deel < settings.KLEINSTE_AANTAL for deel in (teller, noemer - teller)):
            klein[indicator, jaar].add(onderdeel)
    return {jaargang: _met_dekking(per_jaargang[jaargang].values(), te_klein) for jaargang, te_klein in klein.items()}


def _met_dekking(perioden: Iterable[Mapping[int, tuple[Decimal, Decimal]]], klein: set[int]) -> set[int]:
    """The small districts with those that must stay away too; all of them when the unit's figure gives too much."""
    tabellen = [_tabel(periode) for periode in perioden]
    plaatsen = sorted({plek[0] for tabel in tabellen for plek in tabel} - {SAMEN})
    vorm = Vorm(((Som(SAMEN, tuple(plaatsen)),), VERHOUDING))
    eigen = frozenset((n, plek) for n, tabel in enumerate(tabellen) for plek in tabel if plek[0] in map(str, klein))
    verborgen = {plek[0] for plek in verberg(tabellen, vorm, drempel=settings.KLEINSTE_AANTAL, eigen=eigen)}
    return {int(plaats) for plaats in (plaatsen if SAMEN in verborgen else verborgen)}


def _tabel(periode: Mapping[int, tuple[Decimal, Decimal]]) -> dict[Plek, Decimal]:
    """Districts and their sum by teller, what it leaves over, and noemer."""
    tabel: dict[Plek, Decimal] = defaultdict(Decimal)
    for onderdeel, (teller, noemer) in periode.items():
        for plaats in (str(onderdeel), SAMEN):
            for kolom, waarde in (("teller", teller), ("rest", noemer - teller), ("noemer", noemer)):
                tabel[plaats, kolom] += waarde
    return dict(tabel)


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
