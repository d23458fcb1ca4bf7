"""What the pages read: set-based, a fixed number of queries whatever the number of indicators.

Who sees which value is decided by ``monitor.zicht`` alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.rollen import Recht
from common.grafiek.svg import veilig
from common.tekst.periode import Kwartaal
from monitor.dashboards.grafiek import voorraad
from monitor.dashboards.indicator.regel import JAREN_GETOOND, Regel
from monitor.dashboards.indicator.signaal import selectors as signalen
from monitor.dashboards.keuze import Blik
from monitor.dashboards.oordeel.uiterlijk import SLECHTSTE_EERST
from monitor.models import (
    Doelstelling,
    Herberekenverzoek,
    Indicator,
    Landelijkdoel,
    Meting,
    Monitorregel,
)
from monitor.selectors import BESLOTEN
from monitor.zicht import alleen_bovenin
from strategie.models import Thema


@dataclass(frozen=True)
class Themakaart:
    """A theme with how its indicators stand: the count per verdict, worst first, and the worst in a sentence."""

    thema: Thema
    adres: str
    regels: Sequence[Regel]
    met_cijfers: bool

    @property
    def tellingen(self) -> list[tuple[str, int]]:
        aantal = Counter(regel.oordeel for regel in self.regels if regel.oordeel)
        return [(oordeel, aantal[oordeel]) for oordeel in SLECHTSTE_EERST if oordeel in aantal]

    @property
    def slechtste(self) -> Regel | None:
        van_koers = [regel for regel in self.regels if regel.van_koers]
        return min(van_koers, key=lambda regel: regel.rang, default=None)

    @property
    def toon(self) -> str:
        if self.slechtste:
            return self.slechtste.toon
        return "goed" if any(regel.op_koers for regel in self.regels) else ""

    @property
    def signalen(self) -> list[Regel]:
        """The indicators with a signal, the unfavourable first; a part of another is not named beside it."""
        heel = [regel for regel in self.regels if not regel.is_waarvan]
        met_signaal = [regel for regel in heel if regel.beeld and regel.beeld.is_signaal]
        return sorted(met_signaal, key=lambda regel: regel.signaalrang)

    @property
    def zin(self) -> str:
        if not self.met_cijfers:
            return self.thema.samenvatting
        if not self.regels:
            gezegd = self.thema.geen_doel
            return (
                f"De agenda zegt hier: “{gezegd}”." if gezegd else "Voor dit thema zijn geen indicatoren afgesproken."
            )
        if self.slechtste:
            return f"{self.slechtste.naam}: {self.slechtste.reden}"
        return "Geen indicator ligt van koers." if self.toon else "Bij dit thema hoort op dit moment geen oordeel."


def monitorregels(blik: Blik) -> QuerySet[Monitorregel]:
    return blik.agenda.monitorregels.select_related("indicator__berekening", "thema").order_by("volgorde", "pk")


def zoals_bepaald(blik: Blik, lijst: Iterable[Monitorregel]) -> list[Monitorregel]:
    """These lines, with each indicator as the agenda of this view defines it."""
    gelezen = list(lijst)
    for regel in gelezen:
        regel.indicator = blik.definities.in_jaar(regel.indicator, blik.kwartaal.jaar)
    return gelezen


def regels(blik: Blik, van: Iterable[Monitorregel] | None = None, *, met_vonk: bool = False) -> list[Regel]:
    """One Regel per indicator of the agenda, for the unit and the quarter of this view, in the agenda's order."""
    lijst = zoals_bepaald(blik, monitorregels(blik) if van is None else van)
    indicatoren = [regel.indicator for regel in lijst]
    # Of what is measured less often than every quarter, the latest row before the one shown.
    rijen = blik.bekend.laatste(blik.uitsnede(indicatoren, Kwartaal(blik.kwartaal.jaar - JAREN_GETOOND, 1)))
    eerder = blik.bekend.geschiedenis(blik.uitsnede(indicatoren)) if blik.toont_cijfers else {}
    beelden = signalen.beelden(blik, indicatoren, rijen, eerder)
    vonken = voorraad.haal(blik, indicatoren, voorraad.Figuursoort.VONK) if met_vonk and blik.toont_cijfers else {}
    return [
        Regel(
            regel,
            blik.kwartaal,
            rijen.get(regel.indicator_id),
            blik.vraag,
            veilig(vonken[regel.indicator_id].svg if regel.indicator_id in vonken else ""),
            beelden.get(regel.indicator_id),
            eerder.get(regel.indicator_id, ()),
        )
        for regel in lijst
    ]


def themakaarten(
    blik: Blik, themas: Sequence[Thema], lijst: Sequence[Regel], adres: dict[str, str]
) -> list[Themakaart]:
    per_thema = {thema: [regel for regel in lijst if regel.monitorregel.thema_id == thema.pk] for thema in themas}
    return [Themakaart(thema, adres[thema.slug], van, blik.toont_cijfers) for thema, van in per_thema.items()]


@dataclass(frozen=True)
class Groepen:
    """The indicators as the first page lists them, each group worst first."""

    van_koers: Sequence[Regel]
    op_koers: Sequence[Regel]
    zonder: Sequence[Regel]

    @property
    def samenvatting(self) -> str:
        if not self.van_koers:
            return f"Geen indicator vraagt aandacht; {_aantal(self.op_koers, 'ligt', 'liggen')} op koers."
        vragen = _aantal(self.van_koers, "indicator vraagt", "indicatoren vragen")
        op_koers, zonder = _aantal(self.op_koers, "ligt", "liggen"), _aantal(self.zonder, "heeft", "hebben")
        return f"{vragen} aandacht, {op_koers} op koers, {zonder} geen oordeel."


def _aantal(lijst: Sequence[Regel], enkel: str, meer: str) -> str:
    return f"{len(lijst)} {enkel if len(lijst) == 1 else meer}"


def groepen(lijst: Sequence[Regel]) -> Groepen:
    gesorteerd = sorted(lijst, key=lambda regel: (regel.rang, regel.monitorregel.volgorde))
    return Groepen(
        [regel for regel in gesorteerd if regel.van_koers],
        [regel for regel in gesorteerd if regel.op_koers],
        [regel for regel in gesorteerd if not regel.van_koers and not regel.op_koers],
    )


def get_themas(blik: Blik) -> QuerySet[Thema]:
    return blik.agenda.themas.order_by("soort", "nummer")


def get_thema(blik: Blik, slug: str) -> tuple[Blik, Thema]:
    """A theme with all its text, and the view of an agenda that has it; raises Http404."""
    heel = Thema.objects.select_related("opdracht").prefetch_related("ambities", "hoofdlijnen__activiteiten")
    op_agenda = {thema.agenda_id: thema for thema in heel.filter(slug=slug, agenda__in=blik.agendas)}
    blik = blik.binnen([agenda for agenda in blik.agendas if agenda.pk in op_agenda])
    return blik, op_agenda[blik.agenda.pk]


def met_waarvan(blik: Blik, code: str) -> tuple[Blik, list[Monitorregel]]:
    """The line of this indicator, then those of its parts, and the view of an agenda that prints it; raises Http404."""
    lijst = list(
        Monitorregel.objects.filter(agenda__in=blik.agendas)
        .select_related("indicator__berekening", "indicator__waarvan_van", "indicator__eigenaar", "thema")
        .filter(Q(indicator__code=code) | Q(indicator__waarvan_van__code=code))
        .order_by("volgorde", "pk")
    )
    met_indicator = {regel.agenda_id for regel in lijst if regel.indicator.code == code}
    blik = blik.binnen([agenda for agenda in blik.agendas if agenda.pk in met_indicator])
    van_agenda = zoals_bepaald(blik, [regel for regel in lijst if regel.agenda_id == blik.agenda.pk])
    return blik, sorted(van_agenda, key=lambda regel: regel.indicator.code != code)


def monitorregel(blik: Blik, code: str) -> tuple[Blik, Monitorregel]:
    """The line that prints this indicator, and the view of an agenda that prints it; raises Http404."""
    blik, lijst = met_waarvan(blik, code)
    return blik, lijst[0]


def get_versies_van_eenheid(blik: Blik, indicator: Indicator) -> list[Meting]:
    """Every approved version of the unit's own values, the latest period first; replaced ones after their successor."""
    versies, k = Meting.objects.all(), blik.kwartaal
    if blik.user.mag(Recht.SPOOR_LEZEN):
        versies = versies.select_related("ingevoerd_door", "vastgesteld_door")
    rijen = (
        alleen_bovenin(versies, blik.user)
        .filter(indicator=indicator, onderdeel=blik.eenheid, staat__in=BESLOTEN)
        .filter(Q(jaar__lt=k.jaar) | Q(jaar=k.jaar) & (Q(kwartaal=None) | Q(kwartaal__lte=k.nummer)))
        .order_by("-jaar", "-kwartaal", "-vastgesteld_op", "-pk")
    )
    return blik.bekend.zoals(rijen)


def doelstellingen(blik: Blik, indicator: Indicator) -> list[Doelstelling]:
    """Every approved version of every target of the agenda's years, replaced ones included."""
    rijen = (
        indicator.doelstellingen.filter(jaar__range=(blik.agenda.begin_jaar, blik.agenda.eind_jaar), staat__in=BESLOTEN)
        .select_related("onderdeel")
        .order_by("jaar", "onderdeel__volgorde", "-vastgesteld_op", "-pk")
    )
    return blik.bekend.zoals(rijen)


def landelijk_doel(regel: Regel) -> Landelijkdoel | None:
    """The national target of the year of the figure, where it is known."""
    jaar = regel.rij.jaar if regel.rij else regel.kwartaal.jaar
    return Landelijkdoel.objects.filter(indicator=regel.indicator, jaar=jaar).first()


def rekent() -> dict[str, int]:
    """How many requests are being worked on (``bezig``) and how many were given up on (``stilgezet``)."""
    return Herberekenverzoek.objects.aggregate(
        bezig=Count("pk", filter=Q(geparkeerd=False)), stilgezet=Count("pk", filter=Q(geparkeerd=True))
    )
