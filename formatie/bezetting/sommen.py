"""Bezetting added up to district and unit, with what may not be shown left out. Pure, exact."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from decimal import Decimal
from itertools import groupby, product
from typing import NamedTuple

from common.tekst.periode import Kwartaal
from formatie.bezetting.onderdrukking import Plek, Som, Vorm, reden, verberg

TOTAAL, BASISTEAMS, OVERIG = "totaal", "basisteams", "overig"
DELEN = (TOTAAL, BASISTEAMS, OVERIG)
VELDEN = ("os", "nos", "aspiranten", "wijkagenten", "wijkagenten_expert", "ziek")
KOLOMMEN = ("fte", *VELDEN, "wijkagenten_samen")
WIJKAGENTEN = ("wijkagenten", "wijkagenten_expert")
VAN_OS = ("aspiranten", "wijkagenten", "wijkagenten_expert", "wijkagenten_samen")
DEEL_VAN = dict.fromkeys(VAN_OS, "os") | {"ziek": "fte"}
KOLOMSOMMEN = (Som("fte", ("os", "nos")), Som("wijkagenten_samen", ("wijkagenten", "wijkagenten_expert")))
REST = "~rest"
"""What the reader may not see, added up: nobody is shown it, but unit minus own district is it."""


@dataclass(frozen=True)
class Somcel:
    """A sum in fte. Without ``waarde`` it is hidden (``verborgen`` says why) or nobody reported it.

    ``gemeld``: the parts it is the sum of.
    """

    waarde: Decimal | None = None
    verborgen: str = ""
    gemeld: int = 0


_LEEG = Somcel()


@dataclass(frozen=True)
class Opgeteld:
    """The people of one district, or of the unit, at the end of one quarter; ``verwacht`` parts should report."""

    onderdeel: str
    kwartaal: Kwartaal
    gemeld: int
    verwacht: int
    cellen: Mapping[tuple[str, str], Somcel] = field(default_factory=dict)
    voorlopig: frozenset[str] = frozenset()
    """Which of DELEN hold a part that is provisional."""

    def cel(self, kolom: str, deel: str = TOTAAL) -> Somcel:
        """One column of KOLOMMEN, of everything or of one of DELEN."""
        return self.cellen.get((deel, kolom), _LEEG)

    @property
    def volledig(self) -> bool:
        return self.gemeld >= self.verwacht

    @property
    def onvolledig_tekst(self) -> str:
        """“2 van 3 onderdelen”; empty when everything was reported."""
        return "" if self.volledig else f"{self.gemeld} van {self.verwacht} onderdelen"


class Rij(NamedTuple):
    """What the parts of one kind (teams, or others) of one district reported together for one quarter, in fte.

    ``aantal`` parts reported; ``voorlopig``: any of them provisionally. ``sommen`` and ``gemeld`` in the order of
    KOLOMMEN: the sum of a column, and how many of the parts reported it; when none did, there is no sum, whatever
    ``sommen`` holds.
    """

    district: str
    jaar: int
    nummer: int
    is_team: bool
    aantal: int
    sommen: tuple[Decimal | None, ...]
    gemeld: tuple[int, ...]
    voorlopig: bool = False

    @property
    def kwartaal(self) -> Kwartaal:
        return Kwartaal(self.jaar, self.nummer)

    def kolommen(self) -> list[tuple[str, Decimal, int]]:
        """Per column that was reported: its sum and of how many parts."""
        alle = zip(KOLOMMEN, self.sommen, self.gemeld, strict=True)
        return [(naam, som, aantal) for naam, som, aantal in alle if som is not None and aantal]


def somrij_van(district: str, kwartaal: Kwartaal, is_team: bool, velden: Mapping[str, Decimal | None]) -> Rij:
    """What one part reported, as the database adds it up; ``velden`` without a column, or with None: not reported."""
    gemeld = {naam: waarde for naam, waarde in velden.items() if waarde is not None}
    for geheel in KOLOMSOMMEN:
        if bekend := [gemeld[naam] for naam in geheel.delen if naam in gemeld]:
            gemeld[geheel.totaal] = sum(bekend, Decimal(0))
    sommen = tuple(gemeld.get(naam) for naam in KOLOMMEN)
    aantallen = tuple(int(naam in gemeld) for naam in KOLOMMEN)
    return Rij(district, kwartaal.jaar, kwartaal.nummer, is_team, 1, sommen, aantallen)


@dataclass
class Optelling:
    """The cells of one quarter: sums, how many parts each is the sum of, and how many of these are teams."""

    sommen: dict[Plek, Decimal] = field(default_factory=dict)
    gemeld: dict[Plek, int] = field(default_factory=lambda: defaultdict(int))
    teams: dict[Plek, int] = field(default_factory=lambda: defaultdict(int))
    rijen: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    voorlopig: set[tuple[str, str]] = field(default_factory=set)

    @property
    def van_een_team(self) -> set[Plek]:
        return {plek for plek, aantal in self.gemeld.items() if aantal == 1 and self.teams[plek] == 1}

    def voeg_toe(self, rij: Rij, plaatsen: Iterable[str]) -> None:
        gemeld = rij.kolommen()
        for plaats in plaatsen:
            self.rijen[plaats] += rij.aantal
            for deel in (TOTAAL, BASISTEAMS if rij.is_team else OVERIG):
                if rij.voorlopig:
                    self.voorlopig.add((plaats, deel))
                for kolom, waarde, aantal in gemeld:
                    plek = (plaats, deel, kolom)
                    self.sommen[plek] = self.sommen.get(plek, Decimal(0)) + waarde
                    self.gemeld[plek] += aantal
                    self.teams[plek] += aantal if rij.is_team else 0


@dataclass(frozen=True)
class Lezerszicht:
    """What one reader may see of one unit.

    ``districten``: those shown; ``precies``: those of which small numbers are shown too. ``eenheid_precies``: the
    reader sees everything everywhere.
    """

    eenheid: str
    districten: frozenset[str]
    precies: frozenset[str] = frozenset()
    alles_precies: bool = False

    def plaatsen(self, district: str) -> tuple[str, str]:
        """Where a district's figures are counted."""
        return (district if district in self.districten else REST), self.eenheid


def tel_op(rijen: Iterable[Rij], blik: Lezerszicht, alleen: Collection[str] | None = None) -> dict[Kwartaal, Optelling]:
    """Per quarter the cells of every place, or of those in ``alleen``."""
    gevonden: dict[Kwartaal, Optelling] = defaultdict(Optelling)
    for rij in rijen:
        plaatsen = [plaats for plaats in blik.plaatsen(rij.district) if alleen is None or plaats in alleen]
        if plaatsen:
            gevonden[rij.kwartaal].voeg_toe(rij, plaatsen)
    return gevonden


class Opgave(NamedTuple):
    """What one part reported, from when it was approved on; a later one of the same ``plek`` takes its place."""

    plek: tuple[int, str]
    sinds: datetime
    rij: Rij


def standen(versies: Iterable[Opgave], verwacht: Mapping[Kwartaal, int]) -> list[list[Rij]]:
    """The quarters as they became known: each when its last part came in, and again whenever that changed.

    A quarter that is not of every part yet is shown to nobody for whom something is hidden. One transaction is one
    moment.
    """
    bekend: dict[Kwartaal, dict[tuple[int, str], Rij]] = defaultdict(dict)
    gevonden = []
    for _, groep in groupby(sorted(versies, key=lambda versie: versie.sinds), key=lambda versie: versie.sinds):
        geraakt = set()
        for versie in groep:
            bekend[versie.rij.kwartaal][versie.plek] = versie.rij
            geraakt.add(versie.rij.kwartaal)
        heel = [kwartaal for kwartaal in sorted(geraakt) if 0 < verwacht.get(kwartaal, 0) <= len(bekend[kwartaal])]
        gevonden += [list(bekend[kwartaal].values()) for kwartaal in heel]
    return gevonden


def bepaal_verborgen(
    standen: Iterable[Sequence[Rij]], blik: Lezerszicht, drempel: Decimal
) -> dict[int, frozenset[Plek]]:
    """Year → the cells hidden in every quarter of it, from what became known of its quarters, in order of time.

    Give it whole years: part of one would show another pattern. The districts of which the reader knows everything are
    taken out first: what is left of the unit without these is what the unit's figure would give away.
    """
    if blik.alles_precies:
        return {}
    per_jaar: dict[int, list[Optelling]] = defaultdict(list)
    for stand in standen:
        for kwartaal, optelling in tel_op((rij for rij in stand if rij.district not in blik.precies), blik).items():
            per_jaar[kwartaal.jaar].append(optelling)
    return {jaar: _verborgen_in(van_jaar, blik.eenheid, drempel) for jaar, van_jaar in per_jaar.items()}


def _verborgen_in(optellingen: Sequence[Optelling], eenheid: str, drempel: Decimal) -> frozenset[Plek]:
    eigen = frozenset((n, plek) for n, optelling in enumerate(optellingen) for plek in optelling.van_een_team)
    perioden = [optelling.sommen for optelling in optellingen]
    plaatsen = sorted({plek[0] for periode in perioden for plek in periode} - {eenheid})
    return verberg(perioden, vorm_van(eenheid, plaatsen), drempel=drempel, eigen=eigen)


def vorm_van(eenheid: str, plaatsen: Iterable[str]) -> Vorm:
    """The sums of a table of bezetting: over places, over kinds of parts, over columns."""
    return Vorm(((Som(eenheid, tuple(plaatsen)),), (Som(TOTAAL, (BASISTEAMS, OVERIG)),), KOLOMSOMMEN), DEEL_VAN)


def toon(
    plaats: str, kwartaal: Kwartaal, optelling: Optelling, verborgen: Set[Plek], *, verwacht: int, drempel: Decimal
) -> Opgeteld:
    """One line, each cell with its sum or with why it is hidden."""
    cellen = {}
    for deel, kolom in product(DELEN, KOLOMMEN):
        plek = (plaats, deel, kolom)
        if plek in optelling.sommen:
            cel = Somcel(verborgen=reden(drempel)) if plek in verborgen else Somcel(optelling.sommen[plek])
            cellen[deel, kolom] = replace(cel, gemeld=optelling.gemeld[plek])
    gemeld = optelling.rijen.get(plaats, 0)
    voorlopig = frozenset(deel for deel in DELEN if (plaats, deel) in optelling.voorlopig)
    return Opgeteld(plaats, kwartaal, gemeld, max(gemeld, verwacht), cellen, voorlopig)


NIET_VAN_ALLE = "nog niet van alle onderdelen van de eenheid; het cijfer komt als ze er alle zijn"


def alleen_heel(som: Opgeteld, *, compleet: bool) -> Opgeteld:
    """Without what is not of every part: as the next part comes in, the difference would be that part.

    ``compleet``: every part of the unit is in. Until then a district that is in stays away too: which others must be
    hidden with its small numbers is known only when all are.
    """
    gemeld = {plek: cel.gemeld for plek, cel in som.cellen.items()}
    cellen = {
        plek: cel if compleet and _is_heel(*plek, gemeld) else replace(cel, waarde=None, verborgen=NIET_VAN_ALLE)
        for plek, cel in som.cellen.items()
    }
    return replace(som, cellen=cellen)


def _is_heel(deel: str, kolom: str, gemeld: Mapping[tuple[str, str], int]) -> bool:
    """Whether every part that can reports this column; only teams have wijkagenten, and their sum needs both kinds."""
    if kolom == "wijkagenten_samen":
        return all(_is_heel(deel, een, gemeld) or not gemeld.get((deel, een)) for een in WIJKAGENTEN)
    van = (BASISTEAMS, deel) if kolom in WIJKAGENTEN else (deel,)
    return any(gemeld.get((deel, kolom), 0) == gemeld.get((waar, "fte"), 0) for waar in van)


TIENDE = Decimal("0.1")
HONDERD = Decimal(100)
NORM_INWONERS = 5000
"""Inhabitants per wijkagent, at most, on average over the unit."""
NORM_BEZET = Decimal(97)
"""The agenda (line 1438) asks for 97% of the places at least. The verdict is the indicator's, not that of a page."""
NIETS_VASTGESTELD = "er is geen bezetting vastgesteld"


@dataclass(frozen=True)
class Mensen:
    """Who work at one place on the last day of a quarter; None is not reported. ``reden`` says why it is not.

    ``wijkagenten`` are the wijkagenten and the wijkagenten expert together, ``expert`` the latter alone.
    """

    fte: Decimal | None = None
    os: Decimal | None = None
    nos: Decimal | None = None
    aspiranten: Decimal | None = None
    wijkagenten: Decimal | None = None
    expert: Decimal | None = None
    ziek: Decimal | None = None
    voorlopig: bool = False
    reden: str = ""


MENSKOLOMMEN = tuple(veld.name for veld in fields(Mensen) if veld.name not in ("voorlopig", "reden"))
Sleutel = tuple[str, str]
"""The code of an onderdeel and the kind of places there."""


def samen(delen: Iterable[Mensen], reden: str = "") -> Mensen:
    """The parts added up, column by column; a column in which one part is missing has no sum."""
    alle = list(delen)
    sommen = {kolom: som([getattr(deel, kolom) for deel in alle]) for kolom in MENSKOLOMMEN}
    return Mensen(**sommen, voorlopig=any(deel.voorlopig for deel in alle), reden=reden)


def tel_mensen_op(gevraagd: Iterable[Sleutel], mensen: Mapping[Sleutel, Mensen]) -> Mensen:
    """The people of a whole: of every part that is asked for, and of whoever else was reported."""
    nodig = dict.fromkeys([*gevraagd, *mensen])
    gemeld = len([plek for plek in nodig if plek in mensen])
    return samen((mensen.get(plek, Mensen()) for plek in nodig), onvolledig(gemeld, len(nodig)))


def met_plaatsen(plaatsen: Mapping[Sleutel, Decimal]) -> list[Sleutel]:
    """Where the plan gives places: of these people are asked."""
    return [plek for plek, fte in plaatsen.items() if fte]


def onvolledig(gemeld: int, verwacht: int) -> str:
    """Why a whole has no sum; empty when every part was reported."""
    if not gemeld:
        return NIETS_VASTGESTELD
    return "" if gemeld >= verwacht else f"de bezetting is vastgesteld voor {gemeld} van de {verwacht} onderdelen"


def som(waarden: Iterable[Decimal | None]) -> Decimal | None:
    """Their sum; None when one is missing or when there is none at all."""
    alle = list(waarden)
    bekend = [waarde for waarde in alle if waarde is not None]
    return sum(bekend, Decimal(0)) if alle and len(bekend) == len(alle) else None


def netjes(waarde: Decimal | None) -> Decimal | None:
    """With one decimal, as the plan prints its places, unless that would lose something."""
    if waarde is None:
        return None
    tiende = waarde.quantize(TIENDE)
    return tiende if tiende == waarde else waarde


@dataclass(frozen=True)
class Stand:
    """Places and people of one place."""

    formatie: Decimal | None
    bezetting: Decimal | None

    @property
    def verschil(self) -> Decimal | None:
        """Bezetting minus formatie: negative is onderbezetting."""
        if self.formatie is None or self.bezetting is None:
            return None
        return self.bezetting - self.formatie

    @property
    def percentage(self) -> Decimal | None:
        """How much of the places is taken; without places there is nothing to take a part of."""
        if self.bezetting is None or not self.formatie or self.formatie < 0:
            return None
        return self.bezetting * HONDERD / self.formatie


def woord(verschil: Decimal) -> str:
    """What a difference means, in words."""
    if not verschil:
        return "gelijk"
    return "te weinig" if verschil < 0 else "te veel"


def inzetbaar(aspiranten: Decimal | None, deel: Decimal) -> Decimal | None:
    """How much of the aspiranten can be deployed during their training; shown, never subtracted."""
    return None if aspiranten is None else aspiranten * deel / HONDERD


def destijds(blik: Lezerszicht) -> Lezerszicht:
    """Of an earlier day a reader sees only the districts of which small numbers are shown too.

    Which others are hidden was decided over the figures of now; on another day other numbers were small.
    """
    return replace(blik, districten=blik.precies)


def alleen_compleet(toen: Opgeteld, nu: Opgeteld) -> Opgeteld:
    """The unit as known on an earlier day, without what is half filled or hidden now.

    It has figures only where every part that should report, or has by now, had reported; and of these a column only
    where as many parts had reported it as now. Anything else could be laid beside the figures of now.
    """
    verwacht = max(toen.verwacht, nu.gemeld)
    if toen.gemeld < verwacht:
        return replace(toen, verwacht=verwacht, cellen={})
    gelijk = [(plek, nu.cellen.get(plek), cel) for plek, cel in toen.cellen.items()]
    gebleven = {plek: _zoals(van_nu, cel) for plek, van_nu, cel in gelijk if van_nu and van_nu.gemeld == cel.gemeld}
    return replace(toen, cellen=gebleven)


def _zoals(nu: Somcel, toen: Somcel) -> Somcel:
    """What is hidden now was not shown a day earlier."""
    return replace(toen, waarde=None, verborgen=nu.verborgen) if nu.verborgen else toen
