"""Reading definitions, values and what is said about them: what pages, exports and the API share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.zoeken import zoek
from common.vaststellen.model import Staat
from monitor.models import Definitie, Doelstelling, Indicator, Meting, Monitorregel, Opmerking
from monitor.zicht import alleen_zichtbaar, get_te_klein, waarom_niet
from strategie.models import Agenda

_Rij = TypeVar("_Rij", bound=Any)
_NA_ALLES = 9999  # a year
BESLOTEN = (Staat.VASTGESTELD, Staat.VERVANGEN)


class Definities:
    """How every indicator is defined in every year: the one door to a definition.

    The Indicator's own sheet holds from its first agenda on, and before it, until a later agenda has its own.
    """

    def __init__(self, rijen: Iterable[Definitie] = ()) -> None:
        self._laatste_eerst: dict[int, list[Definitie]] = defaultdict(list)
        for rij in sorted(rijen, key=lambda rij: -rij.agenda.begin_jaar):
            self._laatste_eerst[rij.indicator_id].append(rij)

    @classmethod
    def lees(cls) -> Definities:
        """One query, and one more where a later agenda has definitions of its own."""
        return cls(Definitie.objects.select_related("agenda").prefetch_related("niet_voor"))

    def blad(self, indicator: Indicator, jaar: int) -> Definitie | None:
        """What a later agenda says in that year; None where the Indicator's own sheet holds."""
        van_later = self._laatste_eerst.get(indicator.pk, ())
        return next((rij for rij in van_later if rij.agenda.begin_jaar <= jaar), None)

    def in_jaar(self, indicator: Indicator, jaar: int) -> Indicator:
        """The indicator as it is defined in that year: itself, or a copy that is never to be saved."""
        blad = self.blad(indicator, jaar)
        return indicator.volgens(blad) if blad else indicator

    def overal(self, rijen: Iterable[_Rij]) -> list[_Rij]:
        """Rows with ``indicator`` and ``jaar``, each with the indicator as it is defined in its year."""
        gelezen = list(rijen)
        for rij in gelezen:
            rij.indicator = self.in_jaar(rij.indicator, rij.jaar)
        return gelezen


def get_indicatoren(dag: date) -> QuerySet[Indicator]:
    """All indicators of the agendas that have begun, with their lines, the last first, and their targets in force."""
    begonnen = get_begonnen(dag)
    regels = Monitorregel.objects.filter(agenda__in=begonnen).order_by("-agenda__begin_jaar")
    nog_niet = Monitorregel.objects.exclude(indicator__in=regels.order_by().values("indicator")).values("indicator")
    later = Agenda.objects.exclude(pk__in=begonnen).order_by("begin_jaar").values("begin_jaar")[:1]
    doelen = Doelstelling.objects.geldend().filter(jaar__lt=Coalesce(Subquery(later), _NA_ALLES))
    return (
        Indicator.objects.exclude(pk__in=nog_niet)
        .select_related("waarvan_van")
        .prefetch_related(
            Prefetch("monitorregels", regels.select_related("thema", "agenda")),
            Prefetch(
                "doelstellingen",
                doelen.select_related("onderdeel").order_by("jaar"),
            ),
        )
    )


def zoek_monitorregels(dag: date, woorden: Sequence[str]) -> QuerySet[Monitorregel]:
    """The indicators in whose name, code, rubriek or definition all words stand, as the last agenda has them.

    Of every agenda that has begun on that day, or of the first where none has.
    """
    begonnen = Monitorregel.objects.filter(agenda__in=get_begonnen(dag))
    laatste = begonnen.filter(indicator=OuterRef("indicator")).order_by("-agenda__begin_jaar").values("pk")[:1]
    regels = begonnen.filter(pk=Subquery(laatste)).select_related("indicator", "thema", "agenda")
    blad = Definitie.objects.filter(
        indicator=OuterRef("indicator"), agenda__begin_jaar__lte=OuterRef("agenda__begin_jaar")
    )
    zelf = {f"zoals_{naam}": _zoals(blad.order_by("-agenda__begin_jaar"), naam) for naam in IN_TEKST}
    teksten = ("rubriek", "zoals_definitie", "zoals_telregel", "zoals_opmerking")
    return zoek(regels.annotate(**zelf), woorden, namen=("zoals_naam", "indicator__code"), teksten=teksten)


IN_TEKST = ("naam", "definitie", "telregel", "opmerking")


def _zoals(blad: QuerySet[Definitie], naam: str) -> Coalesce:
    """What the sheet of a later agenda says, else the indicator itself."""
    return Coalesce(Subquery(blad.values(naam)[:1]), F(f"indicator__{naam}"))


def get_begonnen(dag: date) -> QuerySet[Agenda]:
    """The agendas that have begun on that day; all of them where none has."""
    begonnen = Agenda.objects.filter(begin_jaar__lte=dag.year)
    return begonnen if begonnen.exists() else Agenda.objects.all()


def get_metingen(user: User) -> QuerySet[Meting]:
    """The values this user may read: approved ones, and concepts as far as the right to read these reaches."""
    zichtbaar = alleen_zichtbaar(Meting.objects.all(), user)
    return zichtbaar.filter(Q(staat__in=BESLOTEN) | _concepten_voor(user)).select_related(
        "indicator", "onderdeel", "ingevoerd_door", "vastgesteld_door"
    )


def _concepten_voor(user: User) -> Q:
    if user.mag_overal(Recht.CONCEPT_LEZEN):
        return Q(staat__isnull=False)
    districten = user.districten_met(Recht.CONCEPT_LEZEN)
    return (
        Q(onderdeel__code__in=districten)
        | Q(onderdeel__ouder__code__in=districten)
        | Q(indicator__monitorregels__thema__slug__in=user.themas_met(Recht.CONCEPT_LEZEN))
    )


def lees_opmerkplekken(user: User, bij: Q) -> list[tuple[Opmerking, int]]:
    """The places ``bij`` which something was said, the latest period first, and how much; what this person reads."""
    if not user.mag(Recht.CONCEPT_LEZEN):
        return []
    gelezen = Opmerking.objects.filter(bij).select_related("indicator", "onderdeel__ouder")
    gezegd = list(gelezen.prefetch_related("indicator__monitorregels__thema"))
    plekken = {tuple(een.plek.values()): een for een in gezegd}
    hoeveel = Counter(tuple(een.plek.values()) for een in gezegd)
    op_tijd = sorted(plekken.values(), key=lambda een: (een.jaar, een.kwartaal, een.op), reverse=True)
    return [(een, hoeveel[tuple(een.plek.values())]) for een in op_tijd if leest_opmerkingen(user, een)]


def leest_opmerkingen(user: User, plek: Opmerking) -> bool:
    """As far as the concept of it may be read; of an import its owner and who reads every concept."""
    if not _reikt(user, Recht.CONCEPT_LEZEN, plek):
        return False
    return plek.bestand is not None or (_ziet_waarde if plek.indicator else _ziet_bezetting)(user, plek)


def schrijft_opmerkingen(user: User, plek: Opmerking) -> bool:
    return _reikt(user, Recht.OPMERKING_PLAATSEN, plek) and leest_opmerkingen(user, plek)


def _reikt(user: User, recht: Recht, plek: Opmerking) -> bool:
    """Everywhere, in the own district, of the own theme, or to the own file."""
    if user.mag_overal(recht):
        return True
    if plek.bestand:
        return plek.bestand.door_id == user.pk and user.mag(recht)
    return bool(districten_van(plek) & user.districten_met(recht) or _themas(plek) & user.themas_met(recht))


def districten_van(plek: Opmerking) -> set[str]:
    """Whose own it may be: codes of the onderdeel and of what it is part of."""
    onderdeel = plek.onderdeel
    return {een.code for een in (onderdeel, onderdeel and onderdeel.ouder) if een}


def _themas(plek: Opmerking) -> set[str]:
    return {regel.thema.slug for regel in plek.indicator.monitorregels.all()} if plek.indicator else set()


def _ziet_waarde(user: User, plek: Opmerking) -> bool:
    """What is sensitive, about staff or of few people stays as hidden as its value is."""
    indicator, onderdeel = plek.indicator, plek.onderdeel
    if indicator is None or onderdeel is None or plek.jaar is None:
        return False
    te_klein = get_te_klein(user, van=indicator).get((indicator.pk, plek.jaar), set())
    return not waarom_niet(user, indicator, onderdeel, te_klein)


def _ziet_bezetting(user: User, plek: Opmerking) -> bool:
    return _reikt(user, Recht.PERSONEEL_TEAM, plek)
