"""What changed between two days, as lines for a reader. Pure: of the same state twice there are none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from common.tekst.tekens import en
from sturing.regels.jaarplan import Achterstand, Mijlpaalstand, Verloop, achterstanden
from sturing.regels.ladder import Ladderstand

Waarover = tuple[str, str]
"""What a line is about: thema, indicator, onderdeel or activiteit, and its slug, code or key."""


class Rubriek(StrEnum):
    """Of which kind a line is, in the order in which a theme tells them."""

    OORDEEL = "Oordelen"
    WAARDE = "Cijfers"
    LADDER = "Ladder"
    DUIDING = "Duidingen en toezeggingen"
    AMBITIE = "Ambities"
    ACTIVITEIT = "Jaarplan"
    VRAAG = "Vragen en antwoorden"
    BESLUIT = "Besluiten en acties"
    GEBEURTENIS = "Gebeurtenissen"
    DOEL = "Doelen"
    DEFINITIE = "Definities en grenzen"
    KOPPELING = "Samenhang van de agenda"
    ORGANISATIE = "Organisatie"


_TELWOORDEN = {
    "oordeel": ("oordeel veranderd", "oordelen veranderd"),
    "vertraagd": ("activiteit vertraagd", "activiteiten vertraagd"),
    "te-laat": ("activiteit te laat geworden", "activiteiten te laat geworden"),
    "gereed": ("activiteit gereed", "activiteiten gereed"),
    "vervallen": ("activiteit vervallen", "activiteiten vervallen"),
    "nagekomen": ("toezegging nagekomen", "toezeggingen nagekomen"),
    "niet-nagekomen": ("toezegging niet nagekomen", "toezeggingen niet nagekomen"),
    "antwoord": ("vraag beantwoord", "vragen beantwoord"),
    "besluit": ("besluit genomen", "besluiten genomen"),
    "actie": ("actie gereed", "acties gereed"),
    "actie-te-laat": ("actie te laat geworden", "acties te laat geworden"),
}


@dataclass(frozen=True, slots=True)
class Verandering:
    """One line: ``naam`` is its link, ``zin`` what became of it; ``kort`` all of it without a figure or a reason.

    ``telt`` is what it counts as in the one sentence of the first page. Lines of one theme with the same ``samen`` need
    not be read one by one: under that heading each is its name and ``los``.
    """

    rubriek: Rubriek
    naam: str
    zin: str
    adres: str
    thema: str = ""
    op: date | None = None
    over: frozenset[Waarover] = frozenset()
    kort: str = ""
    telt: str = ""
    samen: str = ""
    los: str = ""

    @property
    def tekst(self) -> str:
        return f"{self.naam}: {self.zin}"

    @property
    def in_bericht(self) -> str:
        return self.kort or self.tekst


@dataclass(frozen=True, slots=True)
class Oordeelstand:
    """The verdict, in a word, over the year up to a quarter as people write it."""

    woord: str
    kwartaal: str


def oordeelwissel(toen: Oordeelstand | None, nu: Oordeelstand | None) -> str:
    """Empty where nothing changed, or where nothing is known now."""
    if nu is None or toen == nu:
        return ""
    if toen is None:
        return f"{nu.woord} in {nu.kwartaal}; daarvoor was er geen oordeel"
    if toen.kwartaal == nu.kwartaal:
        return f"{nu.kwartaal} herzien, van {toen.woord} naar {nu.woord}"
    if toen.woord == nu.woord:
        return f"ook in {nu.kwartaal} {nu.woord}"
    return f"van {toen.woord} ({toen.kwartaal}) naar {nu.woord} ({nu.kwartaal})"


@dataclass(frozen=True, slots=True)
class Activiteitstand:
    """What a version says; ``status`` is a code, ``woord`` that status in words."""

    titel: str
    status: str
    woord: str
    begin: date
    eind: date
    eigenaar: str = ""
    reden: str = ""
    mijlpalen: tuple[Mijlpaalstand, ...] = ()

    @property
    def verloop(self) -> Verloop:
        return Verloop(self.begin, self.eind, self.status, self.mijlpalen)


def te_laat_geworden(nu: Activiteitstand, van: date, tot: date) -> list[Achterstand]:
    """What time alone made late, after the day ``van`` and by the day ``tot``."""
    return [een for een in achterstanden(nu.verloop, tot) if een.sinds and een.sinds > van]


def activiteitwissel(toen: Activiteitstand | None, nu: Activiteitstand | None) -> list[str]:
    """What changed of an activity, the most telling first."""
    if nu is None or toen == nu:
        return []
    if toen is None:
        staat = "" if nu.status == "niet-gestart" else f", {nu.woord}"
        return [f"nieuw in het jaarplan{staat}, van {_dag(nu.begin)} tot en met {_dag(nu.eind)}"]
    return [*_status(toen, nu), *_mijlpalen(toen, nu), *_planning(toen, nu)]


def _status(toen: Activiteitstand, nu: Activiteitstand) -> list[str]:
    return [] if toen.status == nu.status else [f"van {toen.woord} naar {nu.woord}"]


def _planning(toen: Activiteitstand, nu: Activiteitstand) -> list[str]:
    dagen = (("begin", toen.begin, nu.begin), ("eind", toen.eind, nu.eind))
    anders = [f"{wat} verschoven van {_dag(van)} naar {_dag(naar)}" for wat, van, naar in dagen if van != naar]
    if toen.titel != nu.titel:
        anders.append(f"heette eerst “{toen.titel}”")
    if toen.eigenaar != nu.eigenaar:
        anders.append(f"eigenaar is nu {nu.eigenaar}" if nu.eigenaar else "heeft geen eigenaar meer")
    return anders


def _mijlpalen(toen: Activiteitstand, nu: Activiteitstand) -> list[str]:
    """By their titles; two of the same name are told apart by their order."""
    eerst, straks = _genummerd(toen.mijlpalen), _genummerd(nu.mijlpalen)
    zinnen = [zin for sleutel, mijlpaal in straks.items() if (zin := _mijlpaal(eerst.get(sleutel), mijlpaal))]
    return zinnen + [f"mijlpaal “{titel}” vervallen" for titel, nummer in eerst if (titel, nummer) not in straks]


def _genummerd(mijlpalen: Sequence[Mijlpaalstand]) -> dict[tuple[str, int], Mijlpaalstand]:
    gezien: Counter[str] = Counter()
    genummerd = {}
    for mijlpaal in mijlpalen:
        genummerd[mijlpaal.titel, gezien[mijlpaal.titel]] = mijlpaal
        gezien[mijlpaal.titel] += 1
    return genummerd


def _mijlpaal(toen: Mijlpaalstand | None, nu: Mijlpaalstand) -> str:
    naam = f"mijlpaal “{nu.titel}”"
    if toen == nu:
        return ""
    if nu.gereed_op and (toen is None or toen.gereed_op != nu.gereed_op):
        return f"{naam} bereikt op {_dag(nu.gereed_op)}"
    if toen is None:
        return f"nieuwe {naam}, {_dag(nu.datum)}"
    if toen.gereed_op and not nu.gereed_op:
        return f"{naam} toch niet bereikt"
    return f"{naam} verschoven van {_dag(toen.datum)} naar {_dag(nu.datum)}"


@dataclass(frozen=True, slots=True)
class Duidingstand:
    """What a duiding says; ``afloop`` is what became of the promise before it, in a word."""

    uitleg: tuple[str, str]
    doen: str
    wie: str
    wanneer: date
    afloop: str = ""


def duidingwissel(toen: Duidingstand, nu: Duidingstand) -> list[str]:
    """What became of the same duiding, the promise first."""
    anders = {
        f"toezegging verschoven van {_dag(toen.wanneer)} naar {_dag(nu.wanneer)}": toen.wanneer != nu.wanneer,
        f"toezegging is nu van {nu.wie}": toen.wie != nu.wie,
        "toezegging anders geschreven": toen.doen != nu.doen,
        "uitleg gewijzigd": toen.uitleg != nu.uitleg,
        f"de vorige toezegging: {nu.afloop}": nu.afloop and toen.afloop != nu.afloop,
    }
    return [zin for zin, is_anders in anders.items() if is_anders]


def ladderwissel(toen: Ladderstand, nu: Ladderstand) -> tuple[str, str]:
    """Which way it went, and to where; both empty on the same step."""
    if toen.trede is nu.trede:
        return "", ""
    if not nu.trede:
        return "van de ladder", ""
    hoe = "hoger op de ladder" if nu.trede > toen.trede else "lager op de ladder"
    return hoe, f"trede {int(nu.trede)}: {nu.trede.bij}"


@dataclass(frozen=True, slots=True)
class Bundel:
    """Lines that are read as one."""

    kop: str
    regels: tuple[Verandering, ...]


def vouw(regels: Iterable[Verandering]) -> list[Verandering | Bundel]:
    """What belongs together as one, where that is more than one line; the others as they are, and before it."""
    per_kop: dict[str, list[Verandering]] = defaultdict(list)
    for regel in regels:
        per_kop[regel.samen].append(regel)
    los = [regel for kop, van_kop in per_kop.items() for regel in van_kop if not kop or len(van_kop) == 1]
    return [*los, *(Bundel(kop, tuple(van_kop)) for kop, van_kop in per_kop.items() if kop and len(van_kop) > 1)]


def per_thema(
    regels: Iterable[Verandering], themas: Mapping[str, str]
) -> list[tuple[str, list[tuple[Rubriek, list[Verandering | Bundel]]]]]:
    """Under each theme, in the order of ``themas`` (slug → name), its kinds; what is of no theme comes last."""
    gegroepeerd: dict[str, dict[Rubriek, list[Verandering]]] = defaultdict(lambda: defaultdict(list))
    for regel in regels:
        gegroepeerd[regel.thema if regel.thema in themas else ""][regel.rubriek].append(regel)
    koppen = [*themas.items(), ("", "Over alle thema's heen")]
    return [
        (naam, [(rubriek, vouw(gegroepeerd[slug][rubriek])) for rubriek in Rubriek if rubriek in gegroepeerd[slug]])
        for slug, naam in koppen
        if slug in gegroepeerd
    ]


def telling(aantallen: Mapping[str, int]) -> str:
    """How much changed, in one sentence without its end: what counts, in a fixed order; empty where nothing does."""
    return en([hoeveel(naam, aantallen[naam]) for naam in _TELWOORDEN if aantallen.get(naam)])


def hoeveel(naam: str, aantal: int) -> str:
    return f"{aantal} {_TELWOORDEN[naam][aantal != 1]}"


def tel(regels: Iterable[Verandering]) -> Mapping[str, int]:
    return Counter(regel.telt for regel in regels if regel.telt)


def _dag(dag: date) -> str:
    return f"{dag:%d-%m-%Y}"
