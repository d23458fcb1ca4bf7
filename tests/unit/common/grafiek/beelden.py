"""Charts of every kind, and charts of what goes wrong most easily."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from common.grafiek.beeld import (
    MERKEN,
    As,
    Assoort,
    Beeld,
    Gebeurtenis,
    Punt,
    Rol,
    Spoor,
    Vorm,
    Woord,
    vlakke_streep,
)

D = Decimal
GETAL = As(Assoort.GETAL)
LANG = "Een heel lange naam van een onderdeel dat nergens past " * 4
NAMEN = ("A1 Waterweg", "A2 Schiedam", "A3 Midden Schieland", "Districtsrecherche", LANG.strip()[:200])
HALF = Decimal("0.5")


def kwartalen(aantal: int, begin: int = 2023) -> As:
    groepen = tuple((n, str(begin + n // 4)) for n in range(0, aantal, 4))
    return As(Assoort.KWARTALEN, tuple(f"Q{n % 4 + 1}" for n in range(aantal)), groepen)


def lijn(naam: str, rol: Rol, waarden: Sequence[str | int | None], vorm: Vorm = Vorm.LIJN, **erbij: Any) -> Spoor:
    punten = (Punt(n, None if w is None else D(w), f"{naam}, plek {n}: {w}", **erbij) for n, w in enumerate(waarden))
    return Spoor(naam, rol, vorm, tuple(punten))


def beeld(naam: str, x: As, y: As, *sporen: Spoor, **erbij: Any) -> Beeld:
    """Its table has every point that says something, in order, so that it can be held against both drawings."""
    teksten = tuple(
        (punt.tekst,) for spoor in sporen for punt in spoor.punten if punt.tekst and None not in (punt.x, punt.y)
    )
    return Beeld(naam, f"{naam} zegt iets.", x, y, sporen, ("Wat",), teksten, **erbij)


MET_PUNTEN = Vorm.LIJN_MET_PUNTEN
JAAR = beeld(
    "Dit jaar",
    As(Assoort.KWARTALEN, ("Q1", "Q2", "Q3", "Q4")),
    As(Assoort.GETAL, eenheid="€", vanaf_nul=True, titel="€, opgeteld"),
    Spoor(
        "Verwachting",
        Rol.VERWACHTING,
        Vorm.VLAK,
        (
            Punt(2, D(13_500_000), van=D(13_500_000), tot=D(13_500_000)),
            Punt(3, D(20_200_000), van=D(19_300_000), tot=D(21_300_000)),
        ),
    ),
    *(lijn(str(jaar), Rol.EERDER, (5_000_000 + jaar, 9_800_000, 15_000_000, 22_300_000)) for jaar in (2024, 2025)),
    lijn("Norm", Rol.NORM, (5_600_000, 11_400_000, 16_300_000, 24_300_000)),
    lijn("2026", Rol.HOOFD, (4_800_000, 9_400_000, 13_500_000, None), MET_PUNTEN, open=True),
    vlakke_streep(Rol.DOEL, "Doel", D(24_300_000), 3, 3, "doel € 24.300.000"),
    woorden=(
        Woord("doel € 24,3 mln", None, D(24_300_000), Rol.DOEL),
        Woord("4 mln te weinig", None, D(24_000_000), Rol.TEKORT),
        Woord("verwacht 19,3 tot 21,3", None, D(24_100_000), Rol.VERWACHTING),
        Woord("2026: € 13,5 mln (voorlopig)", 2, D(13_500_000), Rol.HOOFD),
        Woord("norm (wat gewoon is)", 1, D(11_400_000), Rol.NORM),
    ),
)
VERLOOP = beeld(
    "Alle kwartalen",
    kwartalen(15),
    As(Assoort.GETAL, eenheid="%"),
    Spoor("Band", Rol.BAND, Vorm.VLAK, tuple(Punt(n, D(80), van=D(80), tot=D(84)) for n in range(15))),
    lijn("Waarde", Rol.HOOFD, [70 + n % 5 * 3 if n != 6 else None for n in range(15)], MET_PUNTEN),
    woorden=(Woord("doel 84%", None, D(84), Rol.DOEL), Woord("82%", None, D(83), Rol.HOOFD)),
    gebeurtenissen=(
        Gebeurtenis(11 + HALF, "agenda 2026-2029, ander doel"),
        Gebeurtenis(10 + HALF, "andere definitie"),
        Gebeurtenis(1, "na de reorganisatie telde alles anders"),
    ),
    zoombaar=True,
)
STIPPEN = beeld(
    "Bezetting",
    As(Assoort.GETAL, eenheid="%", titel="bezetting als deel van de plaatsen"),
    As(Assoort.NAMEN, NAMEN),
    Spoor(
        "Te weinig",
        Rol.TEKORT,
        Vorm.PUNTEN,
        tuple(Punt(99 - n, n, f"{n}: {99 - n}%", basis=D(100)) for n in range(1, 5)),
    ),
    Spoor("Te veel", Rol.OVER, Vorm.PUNTEN, (Punt(D("102.7"), 0, "0: 102,7%", basis=D(100)),)),
    woorden=(Woord("+4,5", D("102.7"), 0, Rol.OVER), *(Woord(f"15{n},2 van 16{n}", None, n) for n in range(5))),
)
MARGES = beeld(
    "Onderdelen",
    As(Assoort.GETAL, eenheid="%"),
    As(Assoort.NAMEN, NAMEN),
    Spoor("Doel", Rol.DOEL, Vorm.LIJN, (Punt(D(84), -D("0.45")), Punt(D(84), D("4.45")))),
    Spoor(
        "Teams",
        Rol.HOOFD,
        Vorm.PUNTEN,
        tuple(
            Punt(80 + n, n, f"{n}: {80 + n}%", D(77) + n, D(82) + 2 * n, merk=MERKEN[n + 1], adres=f"/t/{n}/")
            for n in range(5)
        ),
    ),
)
GESTAPELD = beeld(
    "Plan",
    As(Assoort.GETAL, eenheid="fte", vanaf_nul=True),
    As(Assoort.NAMEN, NAMEN),
    Spoor("OS", Rol.REEKS_1, Vorm.STAVEN, tuple(Punt(50 + n, n, f"OS {n}: {50 + n}") for n in range(5))),
    Spoor("NOS", Rol.REEKS_2, Vorm.STAVEN, tuple(Punt(70 + n, n, f"NOS {n}: 20", basis=D(50 + n)) for n in range(5))),
)
NAAST_ELKAAR = beeld(
    "Naast elkaar",
    As(Assoort.NAMEN, NAMEN),
    GETAL,
    *(lijn(f"Soort {n}", Rol(f"reeks-{n}"), (50 - 30 * n, 12, -7, None, 3), Vorm.STAVEN) for n in (1, 2, 3)),
)
TEGEN_ELKAAR = beeld(
    "Tegen elkaar",
    GETAL,
    GETAL,
    Spoor("Teams", Rol.HOOFD, Vorm.PUNTEN, tuple(Punt(D(n * n), D(n) / 7, f"team {n}") for n in range(9))),
)
ZES = beeld(
    "Zes",
    kwartalen(12),
    GETAL,
    *(
        lijn(f"Reeks {k}", Rol(f"reeks-{k}"), [n * k * 7 % 30 + k * 10 for n in range(12)], MET_PUNTEN)
        for k in range(1, 7)
    ),
    woorden=tuple(Woord(f"Reeks {k}", None, D(40), Rol(f"reeks-{k}")) for k in range(1, 7)),
)
SOORTEN = (JAAR, VERLOOP, STIPPEN, MARGES, GESTAPELD, NAAST_ELKAAR, TEGEN_ELKAAR, ZES)

EEN_PUNT = beeld("Een punt", kwartalen(12), GETAL, lijn("Waarde", Rol.HOOFD, [None] * 5 + [7] + [None] * 6, MET_PUNTEN))
GELIJK = beeld("Gelijk", kwartalen(8), GETAL, lijn("Waarde", Rol.HOOFD, [7] * 8, MET_PUNTEN))
NEGATIEF = beeld("Negatief", kwartalen(8), GETAL, lijn("Waarde", Rol.HOOFD, range(-40, -24, 2), MET_PUNTEN))
ALLEEN_DOEL = beeld(
    "Alleen doel", kwartalen(4), GETAL, vlakke_streep(Rol.DOEL, "Doel", D(84), 0, 3), lijn("W", Rol.HOOFD, [None] * 4)
)
ORDEN = beeld(
    "Twaalf orden",
    kwartalen(4),
    GETAL,
    lijn("Waarde", Rol.HOOFD, [1, 10**12, "0.5", 10**6], MET_PUNTEN),
    woorden=(Woord("doel 1", None, D(1)), Woord("nu 2", None, D(2)), Woord("toen 3", None, D(3))),
)
VEERTIG_JAAR = beeld(
    "Veertig jaar",
    kwartalen(160, 1987),
    GETAL,
    lijn("Waarde", Rol.HOOFD, [n * 37 % 50 - 20 if n % 37 != 5 else None for n in range(160)], MET_PUNTEN),
    gebeurtenissen=tuple(Gebeurtenis(n, f"wissel {n} " * 20) for n in range(3, 160, 31)),
)
TWEEHONDERD = beeld(
    LANG,
    kwartalen(4),
    As(Assoort.GETAL, titel=LANG),
    lijn(LANG, Rol.HOOFD, [1, 2, 3, 4], MET_PUNTEN),
    woorden=(Woord(LANG, None, D(3)), Woord("x" * 200, None, D(3)), Woord(LANG, 1, D(2)), Woord("y" * 200, 2, D(3))),
    gebeurtenissen=(Gebeurtenis(3, "z" * 200), Gebeurtenis(0, LANG)),
)
LASTIG = (EEN_PUNT, GELIJK, NEGATIEF, ALLEEN_DOEL, ORDEN, VEERTIG_JAAR, TWEEHONDERD)
LEEG = beeld("Leeg", kwartalen(4), GETAL, lijn("Waarde", Rol.HOOFD, [None] * 4, MET_PUNTEN))
