"""The grid of a quarter for one person: every value that is due and within reach, with what stands beside it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from common.vaststellen.model import OPENSTAAND, Staat
from formatie.models import Onderdeel
from monitor.invoer.regels.toetsgegevens import JAREN_TERUG, lees_gesloten, lees_kader
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.regels.validatie import CELKOLOMMEN, Kader
from monitor.invoer.regels.weergave import periode
from monitor.invoer.rooster.beoordeling import Celoordeel, beoordeel_teksten
from monitor.invoer.rooster.celtekst import kolommen_van, maak_token, teksten_van, wordt_getypt
from monitor.models import Concept, Indicator, Meting
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte
from monitor.selectors import Definities
from monitor.zicht import alleen_zichtbaar

W = TypeVar("W", Concept, Meting)
EENHEID = "eenheid"
# Each state with its own shape, so that it does not hang on a colour.
NIET_BEWAARD = "niet_bewaard"  # typed and refused: only on the answer that says so
STANDEN = {
    NIET_BEWAARD: ("Niet bewaard, niet ingediend", "!"),
    "te_leveren": ("Te leveren", "○"),
    "concept": ("Concept", "◐"),
    "ingediend": ("Ter vaststelling", "▲"),
    "afgekeurd": ("Teruggestuurd", "↩"),
    "teruggenomen": ("Teruggenomen", "◑"),
    "niet_bekend": ("Nog niet bekend", "◇"),
    "vastgesteld": ("Vastgesteld", "●"),
}


_BESLOTEN = ("niet_bekend", "vastgesteld")  # approved, and nothing else is on its way
KLAAR = ("ingediend", "vastgesteld")  # here its typist has nothing left to do


def is_leeggemaakt(concept: Concept | None, meting: Meting) -> bool:
    """Whether someone emptied the cell after this value was submitted."""
    if concept is None or concept.cellen or meting.staat == Staat.VASTGESTELD:
        return False
    return meting.ingediend_op is None or concept.op > meting.ingediend_op


@dataclass(slots=True)
class Eerdere:
    """What a value of another period is shown with; a thousand of them stand on one page."""

    indicator: Indicator
    jaar: int
    kwartaal: int | None
    waarde: Decimal | None
    teller: Decimal | None
    noemer: Decimal | None
    marge: Decimal | None
    onbekend: bool
    status: str


_EERDER = tuple(veld.name for veld in fields(Eerdere))[1:]


@dataclass
class Roosterregel:
    """One value: what is shown in its cells, what counts now, what was there before, and how it stands."""

    indicator: Indicator
    onderdeel: Onderdeel
    kolommen: tuple[str, ...]
    concept: Concept | None = None
    open: Meting | None = None
    geldend: Meting | None = None
    vorige: Eerdere | None = None
    jaar_eerder: Eerdere | None = None
    oordeel: Celoordeel = field(default_factory=Celoordeel)

    @property
    def plek(self) -> Meetplek:
        return (self.indicator.code, self.onderdeel.code)

    @property
    def is_getypt(self) -> bool:
        return bool(self.concept and self.concept.cellen)

    @property
    def is_vergrendeld(self) -> bool:
        return bool(self.open and self.open.staat == Staat.INGEDIEND)

    @cached_property
    def teksten(self) -> dict[str, str]:
        """What stands in the cells: what was typed last, else the value that is open, else the one that counts."""
        if self.concept and self.concept.cellen and not self.is_vergrendeld:
            return dict(self.concept.cellen)
        meting = self.open or self.geldend
        if meting is None or (is_leeggemaakt(self.concept, meting) and not self.is_vergrendeld):
            return {}
        return teksten_van(meting.inhoud, verhouding=self.indicator.aggregatie == "verhouding")

    @property
    def token(self) -> str:
        return maak_token(self.concept.versie if self.concept else 0, self.teksten)

    @property
    def is_open(self) -> bool:
        """Whether its typist still has something to do: "nb" is an answer, not a delivery."""
        return self.stand not in KLAAR

    def gaat_mee(self, lezer: int) -> bool:
        """Whether this person hands it in with the rest: typed by them, or taken back and left as it was."""
        if self.stand == "teruggenomen" and self.open:
            return self.open.ingevoerd_door_id == lezer and not is_leeggemaakt(self.concept, self.open)
        return bool(self.is_getypt and self.concept and self.concept.door_id == lezer and not self.is_vergrendeld)

    @property
    def id(self) -> str:
        """Of its place on the page: what an address ends in to come out there."""
        return f"cel-{self.indicator.code}-{self.onderdeel.code}"

    @cached_property
    def stand(self) -> str:
        if self.is_vergrendeld:
            return "ingediend"
        if self.open and self.open.staat == Staat.AFGEKEURD:
            return "afgekeurd"
        if self.is_getypt:
            return "concept"
        if self.open:
            return "teruggenomen"
        if self.geldend is None:
            return "te_leveren"
        return "niet_bekend" if self.geldend.onbekend else "vastgesteld"

    @property
    def is_wijziging(self) -> bool:
        """Whether something else than the approved value is on its way."""
        return bool(self.geldend) and self.stand not in _BESLOTEN

    @property
    def wie(self) -> tuple[User | None, datetime | None]:
        """Who did what the state says, and when."""
        if self.stand == "concept" and self.concept:
            return self.concept.door, self.concept.op
        if self.stand in _BESLOTEN and self.geldend:
            return self.geldend.vastgesteld_door, self.geldend.vastgesteld_op
        if self.open and self.stand == "afgekeurd":
            if self.is_getypt:
                return None, None  # the row below tells who sent back what stood here before
            return self.open.afgekeurd_door, self.open.afgekeurd_op
        return (self.open.ingevoerd_door, self.open.ingediend_op) if self.open else (None, None)


@dataclass(frozen=True, slots=True)
class Roostergroep:
    """One table: the unit with indicators as rows, or one indicator with onderdelen as rows."""

    sleutel: str
    regels: list[Roosterregel]

    @property
    def titel(self) -> str:
        return self.regels[0].onderdeel.naam if self.is_eenheid else self.regels[0].indicator.naam

    @property
    def eenheid(self) -> str:
        return "" if self.is_eenheid else self.regels[0].indicator.eenheid

    @property
    def kolommen(self) -> tuple[str, ...]:
        """Where some rows have a value and others a numerator, these share the first column."""
        gebruikt = {kolom for regel in self.regels for kolom in regel.kolommen}
        gedeeld = {"teller"} if self.is_gemengd else set()
        return tuple(kolom for kolom in CELKOLOMMEN if kolom in gebruikt - gedeeld)

    @property
    def is_gemengd(self) -> bool:
        return {"waarde", "teller"} <= {kolom for regel in self.regels for kolom in regel.kolommen}

    @property
    def is_eenheid(self) -> bool:
        return self.sleutel == EENHEID


@dataclass(frozen=True, slots=True)
class Rooster:
    """``lezer`` is whose grid it is, ``bereik`` what they may type: of what waits only the own can be taken back."""

    lezer: int
    bereik: Reikwijdte
    kwartaal: Kwartaal
    is_gesloten: bool
    groepen: list[Roostergroep]

    @property
    def regels(self) -> list[Roosterregel]:
        return [regel for groep in self.groepen for regel in groep.regels]

    @property
    def aantal_open(self) -> int:
        return sum(regel.is_open for regel in self.regels)

    def telling(self) -> list[tuple[str, int]]:
        """How many values stand how, in the order of their course; without those that none has."""
        standen = [regel.stand for regel in self.regels]
        return [(naam, aantal) for stand, (naam, _) in STANDEN.items() if (aantal := standen.count(stand))]


def get_rooster(
    user: User,
    kwartaal: Kwartaal,
    codes: Collection[str] | None = None,
    oordelen: Mapping[Meetplek, Celoordeel] | None = None,
) -> Rooster:
    """The whole grid, or only these indicators of it; the number of queries does not depend on its size.

    ``oordelen`` are the verdicts that were given already, of which none is made again.
    """
    kader = lees_kader()
    reikwijdte = lees_reikwijdte(user, Recht.METING_INVOEREN)
    definities = Definities.lees()
    indicatoren = {i.code: definities.in_jaar(i, kwartaal.jaar) for i in Indicator.objects.all()}
    regels = _lege_regels(kwartaal, kader, indicatoren, reikwijdte, codes)
    _vul_concepten(regels, kwartaal)
    _vul_metingen(regels, kwartaal)
    _vul_eerder(regels, kwartaal, user)
    _beoordeel(regels, kwartaal, kader, indicatoren, oordelen or {})
    gesloten = (kwartaal.jaar, kwartaal.nummer) in lees_gesloten()
    return Rooster(user.pk, reikwijdte, kwartaal, gesloten, groepeer(list(regels.values())))


def _lege_regels(
    kwartaal: Kwartaal,
    kader: Kader,
    indicatoren: Mapping[str, Indicator],
    reikwijdte: Reikwijdte,
    codes: Collection[str] | None,
) -> dict[Meetplek, Roosterregel]:
    """In the order of the agenda, and of the organisation."""
    onderdelen = list(Onderdeel.objects.order_by("volgorde", "code"))
    per_pk = {onderdeel.pk: onderdeel for onderdeel in onderdelen}
    for onderdeel in onderdelen:
        onderdeel.ouder = per_pk.get(onderdeel.ouder_id or 0)
    return {
        (i.code, o.code): Roosterregel(i, o, kolommen)
        for i in sorted(indicatoren.values(), key=lambda i: i.volgorde)
        if codes is None or i.code in codes
        for kolommen in (kolommen_van(kader.indicatoren[i.code]),)
        for o in onderdelen
        if reikwijdte.bevat(i.code, o.code)
        and wordt_getypt(kader.indicatoren[i.code], kader.onderdelen[o.code], kwartaal)
    }


def _vul_concepten(regels: Mapping[Meetplek, Roosterregel], kwartaal: Kwartaal) -> None:
    concepten = Concept.objects.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer)
    for regel, concept in _bij_regel(regels, concepten.select_related("door")):
        regel.concept = concept


def _vul_metingen(regels: Mapping[Meetplek, Roosterregel], kwartaal: Kwartaal) -> None:
    """The open and the approved value of this quarter, or for a survey of this year."""
    metingen = Meting.objects.filter(_periode(kwartaal), staat__in=(*OPENSTAAND, Staat.VASTGESTELD))
    personen = ("ingevoerd_door", "vastgesteld_door", "afgekeurd_door")
    for regel, meting in _bij_regel(regels, metingen.select_related(*personen)):
        if meting.staat == Staat.VASTGESTELD:
            regel.geldend = meting
        else:
            regel.open = meting


def _periode(kwartaal: Kwartaal) -> Q:
    heel = Q(kwartaal=None, indicator__aggregatie="enquete") if kwartaal.nummer == 4 else Q(pk=None)
    return Q(jaar=kwartaal.jaar) & (Q(kwartaal=kwartaal.nummer) | heel)


def _bij_regel(regels: Mapping[Meetplek, Roosterregel], waarden: Iterable[W]) -> Iterator[tuple[Roosterregel, W]]:
    """Each value with its row; the indicator is the one we have already."""
    op_pk = {(regel.indicator.pk, regel.onderdeel.pk): regel for regel in regels.values()}
    for waarde in waarden:
        if regel := op_pk.get((waarde.indicator_id, waarde.onderdeel_id)):
            waarde.indicator = regel.indicator
            yield regel, waarde


def _vul_eerder(regels: Mapping[Meetplek, Roosterregel], kwartaal: Kwartaal, user: User) -> None:
    """The latest approved value before this period, and that of the same period a year before."""
    jaar, nummer = kwartaal.jaar, kwartaal.nummer
    geldend = alleen_zichtbaar(Meting.objects.filter(staat=Staat.VASTGESTELD), user)
    voor = geldend.filter(Q(jaar__range=(jaar - JAREN_TERUG, jaar - 1)) | Q(jaar=jaar, kwartaal__lt=nummer))
    vorige = voor.order_by("indicator_id", "onderdeel_id", "-jaar", "-kwartaal").distinct(
        "indicator_id", "onderdeel_id"
    )
    jaar_eerder = geldend.filter(_periode(Kwartaal(jaar - 1, nummer)))
    op_pk = {(regel.indicator.pk, regel.onderdeel.pk): regel for regel in regels.values()}
    for naam, metingen in (("vorige", vorige), ("jaar_eerder", jaar_eerder)):
        for indicator, onderdeel, *rest in metingen.values_list("indicator_id", "onderdeel_id", *_EERDER):
            if regel := op_pk.get((indicator, onderdeel)):
                setattr(regel, naam, Eerdere(regel.indicator, *rest))


def _beoordeel(
    regels: Mapping[Meetplek, Roosterregel],
    kwartaal: Kwartaal,
    kader: Kader,
    indicatoren: Mapping[str, Indicator],
    gegeven: Mapping[Meetplek, Celoordeel],
) -> None:
    getypt = {p: regel.teksten for p, regel in regels.items() if regel.is_getypt and not regel.is_vergrendeld}
    nieuw = {plek: tekst for plek, tekst in getypt.items() if plek not in gegeven}
    oordelen = {**beoordeel_teksten(nieuw, kwartaal, kader, indicatoren), **gegeven}
    for plek in getypt:
        regels[plek].oordeel = oordelen[plek]


def groepeer(regels: Sequence[Roosterregel]) -> list[Roostergroep]:
    """First what is measured for the unit as a whole, then one table per indicator that is measured below it."""
    samen: dict[str, list[Roosterregel]] = {}
    for regel in regels:
        naam = EENHEID if regel.indicator.niveau == EENHEID else regel.indicator.code
        samen.setdefault(naam, []).append(regel)
    volgorde = sorted(samen, key=lambda naam: naam != EENHEID)
    return [Roostergroep(naam, samen[naam]) for naam in volgorde]


def andere_periode(meting: Eerdere, verwacht: Kwartaal) -> str:
    """Of when a value is, where that is not the quarter its column names."""
    return "" if (meting.jaar, meting.kwartaal) == (verwacht.jaar, verwacht.nummer) else periode(meting)


def dag_en_tijd(op: datetime | None) -> str:
    return f"{timezone.localtime(op):%d-%m-%Y %H:%M}" if op else ""
