"""Where people are short: places and people of several onderdelen on one scale, as one picture.

It is made of what its reader may know and of nothing else: a place without a dot moves no axis and no label.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.grafiek.beeld import As, Assoort, Beeld, Punt, Rol, Spoor, Vorm, Woord
from common.tekst.cijfers import fte, fte_in_woorden, met_teken, procent
from formatie.bezetting.sommen import HONDERD, Stand, woord

BEZET = "Verschil tussen mensen en plaatsen, in fte. Welk deel van de plaatsen bezet is, staat in de tabel."
LEGENDA = {Rol.TEKORT: "te weinig mensen", Rol.OVER: "te veel mensen", Rol.NEUTRAAL: "evenveel"}
RAND = Decimal("0.5")
NUL = Decimal(0)
GEEN = "–"


@dataclass(frozen=True)
class Plaats:
    """One row: an onderdeel with its places and people in fte, and those of before, where they are laid beside it.

    ``reden`` says why there is no dot.
    """

    naam: str
    stand: Stand
    eerder: Stand | None = None
    adres: str = ""
    voorlopig: bool = False
    reden: str = ""


def met_plus(verschil: Decimal) -> str:
    """A difference as a label: +2,5, -3,4 and 0,0."""
    return met_teken(fte(verschil), verschil)


def bezetbeeld(plaatsen: Sequence[Plaats], *, naam: str, titel: str, eerder: str = "", uitleg: str = "") -> Beeld:
    """People minus places in fte, as a length and as the number beside it: the largest gap is the longest.

    ``eerder`` is what the hollow diamonds are: the quarter before, or before a change.
    """
    wanneer = [f"Verschil {eerder} (fte)"] if eerder else []
    punten = [*_eerdere(plaatsen, eerder), *_punten(plaatsen)]
    return Beeld(
        naam=naam,
        titel=titel,
        x=As(Assoort.GETAL, titel="mensen min plaatsen, in fte", eenheid="fte"),
        y=As(Assoort.NAMEN, tuple(plaats.naam for plaats in plaatsen)),
        sporen=(_evenveel(len(plaatsen)), *punten) if punten else (),
        koppen=("Onderdeel", "Plaatsen (fte)", "Mensen (fte)", "Verschil (fte)", "Bezet", *wanneer, "Opmerking"),
        rijen=tuple(_rij(plaats, bool(eerder)) for plaats in plaatsen),
        onderschrift=f"{BEZET} Open ruit: {eerder}." if eerder else BEZET,
        woorden=tuple(
            _label(plek, plaats) for plek, plaats in enumerate(plaatsen) if plaats.stand.verschil is not None
        ),
        uitleg=uitleg,
    )


def rol_van(verschil: Decimal | None) -> Rol:
    if not verschil:
        return Rol.NEUTRAAL
    return Rol.TEKORT if verschil < 0 else Rol.OVER


def _evenveel(aantal: int) -> Spoor:
    lijn = (Punt(NUL, -RAND), Punt(NUL, aantal - RAND))
    return Spoor("evenveel mensen als plaatsen", Rol.DOEL, Vorm.LIJN, lijn)


def _punten(plaatsen: Sequence[Plaats]) -> list[Spoor]:
    """A trace per kind of difference, so that colour, shape and legend tell them apart."""
    sporen = []
    for rol, legenda in LEGENDA.items():
        van_rol = [(plek, p) for plek, p in enumerate(plaatsen) if rol_van(p.stand.verschil) is rol]
        punten = tuple(_punt(plek, plaats) for plek, plaats in van_rol if plaats.stand.verschil is not None)
        sporen += [Spoor(legenda, rol, Vorm.PUNTEN, punten)] if punten else []
    return sporen


def _punt(plek: int, plaats: Plaats) -> Punt:
    return Punt(
        plaats.stand.verschil,
        plek,
        f"{plaats.naam}: {standwoorden(plaats.stand)}",
        basis=NUL,
        open=plaats.voorlopig,
        adres=plaats.adres,
    )


def standwoorden(stand: Stand) -> str:
    """For example: 154,3 van 157,7 fte, -3,4 te weinig (97,8% bezet)."""
    if stand.bezetting is None or stand.formatie is None or stand.verschil is None:
        return "niet bekend"
    deel = "" if stand.percentage is None else f" ({procent(stand.percentage)} bezet)"
    zin = f"{fte(stand.bezetting)} van {fte(stand.formatie)} fte, {met_plus(stand.verschil)} {woord(stand.verschil)}"
    return f"{zin}{deel}"


def _eerdere(plaatsen: Sequence[Plaats], eerder: str) -> list[Spoor]:
    punten = tuple(
        Punt(verschil, plek, f"{plaats.naam}, {eerder}: {standwoorden(plaats.eerder)}", open=True, merk="ruit")
        for plek, plaats in enumerate(plaatsen)
        if plaats.eerder and (verschil := plaats.eerder.verschil) is not None
    )
    return [Spoor(eerder, Rol.EERDER, Vorm.PUNTEN, punten)] if punten else []


def _label(plek: int, plaats: Plaats) -> Woord:
    verschil = plaats.stand.verschil or NUL
    return Woord(met_plus(verschil), verschil, plek, rol_van(verschil))


def _rij(plaats: Plaats, met_eerder: bool) -> tuple[str, ...]:
    stand = plaats.stand
    eerder = [getal(plaats.eerder.verschil if plaats.eerder else None, met_plus)] if met_eerder else []
    noot = "" if stand.verschil is not None else plaats.reden or "niet bekend"
    return (
        plaats.naam,
        getal(stand.formatie),
        getal(stand.bezetting),
        getal(stand.verschil, met_plus),
        getal(stand.percentage, procent),
        *eerder,
        "voorlopig" if plaats.voorlopig and not noot else noot,
    )


def puntenzin(standen: Sequence[tuple[str, Stand]]) -> str:
    """What the dots show, in one sentence."""
    bekend = [(naam, stand.verschil) for naam, stand in standen if stand.verschil is not None]
    if not bekend:
        return "De bezetting is nog niet bekend."
    tekort = [paar for paar in bekend if paar[1] < 0]
    if not tekort:
        return "Nergens zijn er minder mensen dan plaatsen."
    naam, meest = min(tekort, key=lambda paar: paar[1])
    if len(bekend) == 1:
        return f"{naam} komt {fte_in_woorden(-meest)} tekort."
    waar = "Overal" if len(tekort) == len(bekend) else f"Bij {len(tekort)} van de {len(bekend)}"
    return f"{waar} te weinig mensen, het meest bij {naam}: {fte_in_woorden(-meest)}."


def getal(waarde: Decimal | None, schrijf: Callable[[Decimal], str] = fte) -> str:
    """A cell of the table of a picture; a dash where there is no number."""
    return GEEN if waarde is None else schrijf(waarde)


@dataclass(frozen=True)
class Deel:
    """Of the people of one onderdeel those of one kind, in fte; the plan gives no places for them there."""

    naam: str
    van_soort: Decimal | None
    alle: Decimal | None
    reden: str = ""

    @property
    def aandeel(self) -> Decimal | None:
        return self.van_soort * HONDERD / self.alle if self.van_soort is not None and self.alle else None


def deelbeeld(delen: Sequence[Deel], *, naam: str, titel: str, soort: str, uitleg: str = "") -> Beeld:
    """One kind of people in per cent of all people there, with how many they are beside each dot."""
    punten = tuple(
        Punt(deel.aandeel, plek, f"{deel.naam}: {fte(deel.van_soort)} van {fte(deel.alle)} fte", basis=Decimal(0))
        for plek, deel in enumerate(delen)
        if deel.aandeel is not None and deel.van_soort is not None and deel.alle is not None
    )
    return Beeld(
        naam=naam,
        titel=titel,
        x=As(Assoort.GETAL, titel="deel van de bezetting", eenheid="%", vanaf_nul=True),
        y=As(Assoort.NAMEN, tuple(deel.naam for deel in delen)),
        sporen=(Spoor(soort, Rol.HOOFD, Vorm.PUNTEN, punten),),
        koppen=("Onderdeel", f"{soort} (fte)", "Bezetting (fte)", "Deel", "Opmerking"),
        rijen=tuple(
            (d.naam, getal(d.van_soort), getal(d.alle), getal(d.aandeel, procent), "" if d.aandeel else d.reden)
            for d in delen
        ),
        onderschrift=f"{soort} als deel van de bezetting; het getal is het aantal in fte.",
        woorden=tuple(
            Woord(fte(delen[int(punt.y)].van_soort or Decimal(0)), punt.x, punt.y)
            for punt in punten
            if punt.y is not None
        ),
        uitleg=uitleg,
    )
