"""The service table and the district table as rows to show: the same rows make the page and its files.

Nothing is added up here: what parts add up to comes from ``formatie.plan.controle``, by way of the selectors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from formatie.bezetting.sommen import Mensen, Stand
from formatie.models import Districtsformatie, Formatieregel, Onderdeel
from formatie.plan.controle import Bevinding, Uitkomst
from formatie.plan.selectors import Planinhoud, Sommen, als_gedrukt

Cel = Districtsformatie.Soort
DISTRICTSKOLOMMEN = (
    Cel.LEIDING,
    Cel.BASISTEAMS,
    Cel.FLEXTEAM,
    Cel.DISTRICTSRECHERCHE,
    Cel.GRENS,
    Cel.TOTAAL,
    Cel.ASPIRANTEN,
    Cel.WIJKAGENTEN,
)
KOLOMNAAM = {"fte": "FTE", "os": "OS", "nos": "NOS", "inwoners": "inwoners per wijkagent"}
_LEEG: Mapping[str, Mensen] = {}
NIET_VOOR_LEZER = Mensen(reden="niet zichtbaar voor u")
GEHEEL = (Onderdeel.Soort.EENHEID, Onderdeel.Soort.KORPS)
RIJKLASSE = {Formatieregel.Soort.SUBTOTAAL: "tussen", Formatieregel.Soort.TOTAAL: "totaal"}
NADRUK = {
    "rij": "OS plus NOS",
    "som": "de delen",
    "tabellen": "de districtstabel",
    "gewogen": "de districten",
}


@dataclass(frozen=True)
class Regelrij:
    """A row of the service table: fte, os and nos as printed, and ``sommen`` of its parts.

    ``diepte`` counts the rows it is a waarvan of; ``onder`` are the waarvan rows below it, in order.
    """

    regel: Formatieregel
    sommen: Sommen
    diepte: int
    verschillen: tuple[Uitkomst, ...]
    onder: tuple[Regelrij, ...] = ()

    @property
    def fte(self) -> Decimal | None:
        return als_gedrukt(self.regel.fte_gedrukt)

    @property
    def os(self) -> Decimal | None:
        return als_gedrukt(self.regel.fte_os_gedrukt)

    @property
    def nos(self) -> Decimal | None:
        return als_gedrukt(self.regel.fte_nos_gedrukt)

    @property
    def rijklasse(self) -> str:
        return RIJKLASSE.get(Formatieregel.Soort(self.regel.soort), "waarvan" if self.diepte else "")

    @property
    def is_totaal(self) -> bool:
        return self.regel.soort == Formatieregel.Soort.TOTAAL

    @property
    def wijken_af(self) -> int:
        """How many of the rows below differ from their parts."""
        return len([rij for rij in self.onder if rij.verschillen])

    def alles(self) -> Iterable[Regelrij]:
        return (self, *self.onder)


@dataclass(frozen=True)
class Dienst:
    """A block of the service table, with its rows; each row carries its own waarvan rows."""

    naam: str
    rijen: tuple[Regelrij, ...]


def diensten(inhoud: Planinhoud) -> list[Dienst]:
    """The service table as blocks in the order of the plan, waarvan rows under their parent."""
    kinderen: dict[int | None, list[Formatieregel]] = {}
    for regel in inhoud.regels:
        kinderen.setdefault(regel.ouder_id, []).append(regel)
    blokken: dict[str, list[Regelrij]] = {}
    for regel in kinderen.get(None, []):
        onder = tuple(_afstammelingen(regel, kinderen, inhoud, 1))
        blokken.setdefault(regel.dienst, []).append(replace(_regelrij(regel, inhoud, 0), onder=onder))
    return [Dienst(naam, tuple(rijen)) for naam, rijen in blokken.items()]


def _afstammelingen(
    regel: Formatieregel, kinderen: dict[int | None, list[Formatieregel]], inhoud: Planinhoud, diepte: int
) -> Iterable[Regelrij]:
    for kind in kinderen.get(regel.pk, []):
        yield _regelrij(kind, inhoud, diepte)
        yield from _afstammelingen(kind, kinderen, inhoud, diepte + 1)


def _regelrij(regel: Formatieregel, inhoud: Planinhoud, diepte: int) -> Regelrij:
    return Regelrij(regel, inhoud.sommen_van(regel), diepte, inhoud.verschillen_van(f"regel:{regel.sleutel}"))


def plat(blokken: Iterable[Dienst]) -> list[Regelrij]:
    """Every row of the service table, in the order in which the page shows them."""
    return [rij for dienst in blokken for hoofd in dienst.rijen for rij in hoofd.alles()]


def eindtotaal(blokken: Iterable[Dienst]) -> Regelrij | None:
    """The first printed total: that of the whole unit."""
    return next((rij for rij in plat(blokken) if rij.is_totaal), None)


@dataclass(frozen=True)
class Districtrij:
    """A district, or the unit as a whole, with its printed places in fte per kind; None where none is printed."""

    onderdeel: Onderdeel
    cijfers: dict[str, Decimal | None]
    verschillen: tuple[Uitkomst, ...]
    bronregels: str
    mensen: Mensen
    eigen: bool = False

    @property
    def rijklasse(self) -> str:
        if self.onderdeel.soort in GEHEEL:
            return "totaal"
        return "eigen" if self.eigen else ""

    @property
    def stand(self) -> Stand:
        """All places as printed, beside all people."""
        return Stand(self.cijfers[Cel.TOTAAL], self.mensen.fte)

    @property
    def wijkstand(self) -> Stand:
        return Stand(self.cijfers[Cel.WIJKAGENTEN], self.mensen.wijkagenten)

    @property
    def inwoners(self) -> Decimal | None:
        """Inhabitants per wijkagent, as printed."""
        return self.cijfers["inwoners"]


def districten(
    inhoud: Planinhoud, eigen: set[str], mensen: Mapping[str, Mensen] = _LEEG
) -> tuple[list[Districtrij], list[Districtrij]]:
    """The districts, the reader's own first, and apart from them the rows of the whole unit."""
    per_onderdeel: dict[int, dict[str, Districtsformatie]] = {}
    for cel in inhoud.cellen:
        per_onderdeel.setdefault(cel.onderdeel_id, {})[cel.soort] = cel
    rijen = [_districtrij(cellen, inhoud, eigen, mensen) for cellen in per_onderdeel.values()]
    los = [rij for rij in rijen if rij.onderdeel.soort == Onderdeel.Soort.DISTRICT]
    return sorted(los, key=lambda rij: not rij.eigen), [rij for rij in rijen if rij.onderdeel.soort in GEHEEL]


def _districtrij(
    cellen: dict[str, Districtsformatie], inhoud: Planinhoud, eigen: set[str], mensen: Mapping[str, Mensen]
) -> Districtrij:
    onderdeel = next(iter(cellen.values())).onderdeel
    wijkagenten = cellen.get(Cel.WIJKAGENTEN)
    inwoners = wijkagenten.inwoners_per_wijkagent if wijkagenten else None
    return Districtrij(
        onderdeel,
        {soort: als_gedrukt(cellen[soort].fte_gedrukt) if soort in cellen else None for soort in DISTRICTSKOLOMMEN}
        | {"inwoners": None if inwoners is None else Decimal(inwoners)},
        tuple(v for soort in cellen for v in inhoud.verschillen_van(f"cel:{onderdeel.code}:{soort}")),
        _bronregels(cellen.values()),
        mensen.get(onderdeel.code, NIET_VOOR_LEZER),
        eigen=onderdeel.code in eigen,
    )


def _bronregels(cellen: Iterable[Districtsformatie]) -> str:
    return ", ".join(sorted({regel for cel in cellen for regel in cel.bronregel.split(", ") if regel}))


@dataclass(frozen=True)
class Bron:
    """Where the cells of one kind stand in the source, and how a lost column among them was decided."""

    soort: str
    bronregels: str
    herleidingen: tuple[str, ...]


def bronnen(inhoud: Planinhoud) -> list[Bron]:
    """The source of the district tables, kind by kind in the order of the plan."""
    per_soort: dict[str, list[Districtsformatie]] = {soort: [] for soort in Cel.values}
    for cel in inhoud.cellen:
        per_soort[cel.soort].append(cel)
    return [
        Bron(
            Cel(soort).label,
            _bronregels(cellen),
            tuple(dict.fromkeys(cel.herleiding for cel in cellen if cel.herleiding)),
        )
        for soort, cellen in per_soort.items()
        if cellen
    ]


@dataclass(frozen=True)
class Telling:
    """How many comparisons there are, how many differ, and how many of those rounding cannot explain."""

    vergelijkingen: int
    verschillen: int
    geen_afronding: int

    @property
    def afronding(self) -> int:
        return self.verschillen - self.geen_afronding


def tel(inhoud: Planinhoud) -> Telling:
    """Count the comparisons of a plan."""
    anders = [u for u in inhoud.verschillen if u.bevinding is Bevinding.GEEN_AFRONDING]
    return Telling(len(inhoud.uitkomsten), len(inhoud.verschillen), len(anders))


@dataclass(frozen=True)
class Verschilrij:
    """A printed figure that differs: in the unit of the figure (fte, or inhabitants per wijkagent)."""

    uitkomst: Uitkomst
    tabel: str
    kolom: str
    bronregel: str

    @property
    def sleutel(self) -> str:
        return self.uitkomst.som.sleutel

    @property
    def rijklasse(self) -> str:
        return "geen-afronding" if self.uitkomst.bevinding is Bevinding.GEEN_AFRONDING else ""

    @property
    def uitleg(self) -> str:
        """The proven cause; without one what else the printed figures show."""
        som = self.uitkomst.som
        return som.oorzaak or som.opmerking or "Onbekend: de gedrukte getallen bewijzen geen oorzaak."


def verschilrijen(inhoud: Planinhoud) -> list[Verschilrij]:
    """Every difference with the table it stands in and its line in the source.

    First what rounding cannot explain; within that the order of the plan.
    """
    rijen = []
    for uitkomst in inhoud.verschillen:
        naam, _, kolom = uitkomst.som.geheel.rpartition(":")
        tabel, bronregel = inhoud.plekken[naam]
        rijen.append(Verschilrij(uitkomst, tabel, KOLOMNAAM[kolom], bronregel))
    return sorted(rijen, key=lambda rij: rij.uitkomst.bevinding is not Bevinding.GEEN_AFRONDING)
