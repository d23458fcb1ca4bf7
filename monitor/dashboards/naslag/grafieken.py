"""Every kind of chart and every difficult case of one, with figures that are made up. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from common.grafiek.beeld import As, Assoort, Beeld, Gebeurtenis, Punt, Rol, Spoor, Vorm, Woord, vlakke_streep
from common.tekst.cijfers import LosseMaat, exact_in_woorden

Getallen = Sequence[Decimal | None]
STUKS = "paraplu's"
JAAR = ("Q1", "Q2", "Q3", "Q4")
PLAATSEN = ("Kade", "Plein", "Brug", "Park")
LANG = (
    "Afdeling voor verloren, gevonden, teruggebrachte en nooit meer opgehaalde regenschermen van alle soorten en maten"
)


def _getallen(tekst: str) -> tuple[Decimal | None, ...]:
    """``8 12 - 9``: a dash is a value that is not there."""
    return tuple(None if deel == "-" else Decimal(deel) for deel in tekst.split())


def _woord(waarde: Decimal | None, eenheid: str) -> str:
    return "" if waarde is None else exact_in_woorden(waarde, LosseMaat(eenheid))


def _spoor(
    naam: str,
    rol: Rol,
    waarden: Getallen,
    labels: Sequence[str],
    eenheid: str,
    vorm: Vorm = Vorm.LIJN_MET_PUNTEN,
    merk: str = "",
) -> Spoor:
    """A series along the x-axis; what a point says is the name of the series, its place and its cell."""
    woorden = [_woord(waarde, eenheid) for waarde in waarden]
    punten = [
        Punt(plek, waarde, f"{naam}, {labels[plek]}: {woorden[plek]}" if woorden[plek] else "", merk=merk)
        for plek, waarde in enumerate(waarden)
    ]
    return Spoor(naam, rol, vorm, tuple(punten))


def _liggend(spoor: Spoor) -> Spoor:
    """The same series with its names upright."""
    punten = (Punt(p.y, p.x, p.tekst, p.van, p.tot, p.basis, p.open, p.merk, p.adres) for p in spoor.punten)
    return Spoor(spoor.naam, spoor.rol, spoor.vorm, tuple(punten))


def _rijen(labels: Sequence[str], kolommen: Sequence[Getallen], eenheid: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (label, *(_woord(k[n] if n < len(k) else None, eenheid) for k in kolommen), "")
        for n, label in enumerate(labels)
    )


def _kwartalen(eerste: int, aantal: int) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...]]:
    """The names of so many quarters from the first of this year on, and the years they belong to."""
    labels = tuple(f"Q{n % 4 + 1}" for n in range(aantal))
    return labels, tuple((n, str(eerste + n // 4)) for n in range(0, aantal, 4))


def _langs_de_tijd(
    naam: str,
    titel: str,
    reeksen: Mapping[str, tuple[Rol, Getallen]],
    *,
    eerste: int = 2021,
    doel: Decimal | None = None,
) -> Beeld:
    """Series of quarters with one target; the simplest chart, for the difficult cases."""
    aantal = max(len(waarden) for _, waarden in reeksen.values())
    labels, jaren = _kwartalen(eerste, aantal)
    namen = tuple(f"{label} {eerste + n // 4}" for n, label in enumerate(labels))
    streep = (
        [] if doel is None else [vlakke_streep(Rol.DOEL, "Doel", doel, 0, aantal - 1, f"Doel: {_woord(doel, STUKS)}")]
    )
    sporen = (_spoor(reeks, rol, waarden, namen, STUKS) for reeks, (rol, waarden) in reeksen.items())
    kolommen = [waarden for _, waarden in reeksen.values()]
    return Beeld(
        naam,
        titel,
        As(Assoort.KWARTALEN, labels, jaren),
        As(Assoort.GETAL, eenheid=STUKS, vanaf_nul=True),
        (*streep, *sporen),
        ("Kwartaal", *reeksen, *(["Doel"] if streep else []), "Opmerking"),
        _rijen(namen, [*kolommen, *([[doel] * aantal] if streep else [])], STUKS),
        zoombaar=aantal > len(JAAR) * 2,
    )


def _dit_jaar() -> Beeld:
    jaren = {
        "2020": (Rol.EERDER, _getallen("7 15 24 33")),
        "2021": (Rol.EERDER, _getallen("8 17 25 36")),
        "2022": (Rol.HOOFD, _getallen("6 13 20 -")),
    }
    norm = _getallen("10 20 30 40")
    waaier = Spoor(
        "Verwachting",
        Rol.VERWACHTING,
        Vorm.VLAK,
        (
            Punt(2, Decimal(20), van=Decimal(20), tot=Decimal(20)),
            Punt(3, Decimal(28), "Verwachting, Q4: 28 paraplu's", van=Decimal(25), tot=Decimal(31)),
        ),
    )
    lijnen = [_spoor(naam, rol, waarden, JAAR, STUKS) for naam, (rol, waarden) in jaren.items()]
    verwacht = Spoor("Verwachting", Rol.VERWACHTING, Vorm.LIJN, (Punt(2, Decimal(20)), Punt(3, Decimal(28))))
    return Beeld(
        "Gevonden paraplu's, dit jaar",
        "Zonder een uitzonderlijk vierde kwartaal wordt het doel van 40 paraplu's niet gehaald.",
        As(Assoort.KWARTALEN, JAAR),
        As(Assoort.GETAL, eenheid=STUKS, vanaf_nul=True),
        (
            waaier,
            _spoor("Norm", Rol.NORM, norm, JAAR, STUKS, Vorm.LIJN),
            *lijnen,
            verwacht,
            Spoor("Doel", Rol.DOEL, Vorm.PUNTEN, (Punt(3, Decimal(40), "Doel, Q4: 40 paraplu's", merk="streep"),)),
        ),
        ("Kwartaal", "2020", "2021", "2022", "Norm", "Verwachting", "Doel", "Opmerking"),
        _rijen(
            JAAR,
            [*(waarden for _, waarden in jaren.values()), norm, _getallen("- - - 28"), _getallen("- - - 40")],
            STUKS,
        ),
        onderschrift="Jaar tot nu toe; dunne lijnen zijn eerdere jaren. Verzonnen.",
        woorden=(
            Woord("doel 40 paraplu's", None, Decimal(40), Rol.DOEL, "doel 40"),
            Woord("nog 20 nodig; het beste kwartaal ooit was 11", None, Decimal(34), Rol.TEKORT, "nog 20"),
            Woord("verwacht 25 tot 31", None, Decimal(28), Rol.VERWACHTING, "25–31"),
            Woord("2022: 20", 2, Decimal(20), Rol.HOOFD),
        ),
        uitleg="Het vlak is de waaier van de verwachting. Stippellijn: norm.",
    )


def _alle_kwartalen() -> Beeld:
    waarden = _getallen("8 9 7 10 - 9 11 8 9 14 15 13 14 16 15 14 13 15 16 14")
    labels, jaren = _kwartalen(2018, len(waarden))
    namen = tuple(f"{label} {2018 + n // 4}" for n, label in enumerate(labels))

    def grens(eerste: int, laatste: int, onder: int, boven: int) -> Spoor:
        punten = (
            Punt(n, Decimal(onder + boven) / 2, van=Decimal(onder), tot=Decimal(boven)) for n in (eerste, laatste)
        )
        return Spoor("Gewone schommeling", Rol.GRENS, Vorm.VLAK, tuple(punten))

    hoofd = _spoor("Per kwartaal", Rol.HOOFD, waarden, namen, STUKS)
    punten = [Punt(p.x, p.y, p.tekst, open=n == len(waarden) - 1) for n, p in enumerate(hoofd.punten)]
    return Beeld(
        "Gevonden paraplu's, alle kwartalen",
        "Sinds de nieuwe telling van 2020 ligt het aantal hoger, met dezelfde gewone schommeling.",
        As(Assoort.KWARTALEN, labels, jaren),
        As(Assoort.GETAL, eenheid=STUKS, vanaf_nul=True),
        (
            grens(0, 8, 5, 13),
            grens(9, len(waarden) - 1, 10, 19),
            vlakke_streep(Rol.MIDDEN, "Midden", Decimal(9), 0, 8),
            vlakke_streep(Rol.MIDDEN, "Midden", Decimal("14.5"), 9, len(waarden) - 1),
            vlakke_streep(Rol.OUD_DOEL, "Eerder doel", Decimal(10), 8, 11),
            vlakke_streep(Rol.DOEL, "Doel", Decimal(12), 12, len(waarden) - 1),
            Spoor(hoofd.naam, hoofd.rol, hoofd.vorm, tuple(punten)),
        ),
        ("Kwartaal", "Per kwartaal", "Opmerking"),
        _rijen(namen, [waarden], STUKS),
        onderschrift="Aantal per kwartaal. Verzonnen.",
        gebeurtenissen=(
            Gebeurtenis(Decimal("8.5"), "nieuwe telling"),
            Gebeurtenis(Decimal("10.2"), "1 Week van de paraplu", "1"),
            Gebeurtenis(Decimal("10.4"), "2 Nieuw kantoor voor gevonden voorwerpen", "2"),
        ),
        noten=("1. Verzonnen: week van de paraplu (campagne)", "2. Verzonnen: nieuw kantoor (reorganisatie)"),
        uitleg="Vlak: tussen deze grenzen ligt het cijfer gewoonlijk. Open punt: voorlopig.",
        zoombaar=True,
    )


def _onderdelen(naam: str, labels: Sequence[str], waarden: Getallen, *, adres: str = "") -> Beeld:
    """Ranked dots with their interval against a target."""
    doel = Decimal(80)
    punten = tuple(
        Punt(w, n, f"{labels[n]}: {_woord(w, '%')}", van=w - 6, tot=min(w + 6, Decimal(100)), adres=adres)
        for n, w in enumerate(waarden)
        if w is not None
    )
    return Beeld(
        naam,
        "Bij één plaats komt het hele interval boven het doel van 80% uit.",
        As(Assoort.GETAL, eenheid="%"),
        As(Assoort.NAMEN, tuple(labels)),
        (
            _liggend(vlakke_streep(Rol.DOEL, "Doel", doel, 0, len(labels) - 1)),
            Spoor("Teruggebracht", Rol.HOOFD, Vorm.PUNTEN, punten),
        ),
        ("Plaats", "Teruggebracht", "Opmerking"),
        _rijen(labels, [waarden], "%"),
        onderschrift="Deel van de gevonden paraplu's, met interval. Verzonnen.",
        uitleg="Streep door een punt: interval. Streeplijn: doel.",
    )


def _plaatsen_en_mensen() -> Beeld:
    plaatsen, mensen = _getallen("40 32 28 15"), _getallen("36 33 20 15")
    paren = [(p, m) for p, m in zip(plaatsen, mensen, strict=True) if p is not None and m is not None]

    def stelen(rol: Rol, naam: str, welke: Callable[[Decimal], bool]) -> Spoor:
        punten = (
            Punt(m, n, f"Mensen, {PLAATSEN[n]}: {_woord(m, 'fte')}", basis=p)
            for n, (p, m) in enumerate(paren)
            if welke(m - p)
        )
        return Spoor(naam, rol, Vorm.PUNTEN, tuple(punten))

    return Beeld(
        "Plaatsen en mensen",
        "De Brug komt 8 fte tekort; alleen het Plein heeft meer mensen dan plaatsen.",
        As(Assoort.GETAL, eenheid="fte", vanaf_nul=True),
        As(Assoort.NAMEN, PLAATSEN),
        (
            _liggend(_spoor("Plaatsen", Rol.NEUTRAAL, plaatsen, PLAATSEN, "fte", Vorm.PUNTEN, "ruit")),
            stelen(Rol.TEKORT, "Te weinig mensen", lambda verschil: verschil < 0),
            stelen(Rol.OVER, "Genoeg mensen", lambda verschil: verschil >= 0),
        ),
        ("Plaats", "Plaatsen", "Mensen", "Opmerking"),
        _rijen(PLAATSEN, [plaatsen, mensen], "fte"),
        onderschrift="In fte, op één schaal. Verzonnen.",
    )


def _gestapeld() -> Beeld:
    delen = {"Zwart": _getallen("12 9 6 3"), "Bont": _getallen("5 7 4 2"), "Kapot": _getallen("2 1 3 1")}
    sporen, onder = [], [Decimal(0)] * len(PLAATSEN)
    for rol, (naam, waarden) in zip((Rol.REEKS_1, Rol.REEKS_2, Rol.REEKS_3), delen.items(), strict=True):
        boven = [o + (w or 0) for o, w in zip(onder, waarden, strict=True)]
        punten = [
            Punt(b, n, f"{naam}, {PLAATSEN[n]}: {_woord(waarden[n], STUKS)}", basis=onder[n])
            for n, b in enumerate(boven)
        ]
        sporen.append(Spoor(naam, rol, Vorm.STAVEN, tuple(punten)))
        onder = boven
    return Beeld(
        "Paraplu's naar soort",
        "Op de Kade liggen de meeste paraplu's, en de meeste zijn zwart.",
        As(Assoort.GETAL, eenheid=STUKS, vanaf_nul=True),
        As(Assoort.NAMEN, PLAATSEN),
        tuple(sporen),
        ("Plaats", *delen, "Opmerking"),
        _rijen(PLAATSEN, list(delen.values()), STUKS),
        onderschrift="Aantal per plaats. Verzonnen.",
    )


def _naast_elkaar() -> Beeld:
    rollen = (Rol.REEKS_1, Rol.REEKS_2, Rol.REEKS_3, Rol.REEKS_4, Rol.REEKS_5, Rol.REEKS_6)
    reeksen = {
        f"Straat {n + 1}": (rol, _getallen(" ".join(str(10 + 7 * n + (k * (n + 3)) % 5) for k in range(8))))
        for n, rol in enumerate(rollen)
    }
    return _langs_de_tijd("Zes straten naast elkaar", "Straat 6 vindt steeds de meeste paraplu's.", reeksen)


def _tegen_elkaar() -> Beeld:
    regen, gevonden = _getallen("12 30 55 80"), _getallen("3 8 15 19")
    paren = list(zip(PLAATSEN, regen, gevonden, strict=True))
    punten = tuple(
        Punt(r, g, f"{plaats}: {_woord(r, 'mm')} regen, {_woord(g, STUKS)}", merk="ruit") for plaats, r, g in paren
    )
    return Beeld(
        "Regen en paraplu's",
        "Waar meer regen valt, worden meer paraplu's gevonden.",
        As(Assoort.GETAL, eenheid="mm", titel="Regen (mm)", vanaf_nul=True),
        As(Assoort.GETAL, eenheid=STUKS, vanaf_nul=True),
        (Spoor("Plaatsen", Rol.HOOFD, Vorm.PUNTEN, punten),),
        ("Plaats", "Regen", "Gevonden", "Opmerking"),
        tuple((plaats, _woord(r, "mm"), _woord(g, STUKS), "") for plaats, r, g in paren),
        onderschrift="Gevonden paraplu's tegen regen. Verzonnen.",
    )


def _staande_staven() -> Beeld:
    waarden = _getallen("8 -3 6 10 9 -8 11 6")
    labels, jaren = _kwartalen(2021, len(waarden))
    namen = tuple(f"{label} {2021 + n // 4}" for n, label in enumerate(labels))
    return Beeld(
        "Meer of minder dan een jaar eerder",
        "In twee kwartalen werden minder paraplu's gevonden dan een jaar eerder.",
        As(Assoort.KWARTALEN, labels, jaren),
        As(Assoort.GETAL, eenheid=STUKS, vanaf_nul=True),
        (_spoor("Verschil", Rol.HOOFD, waarden, namen, STUKS, Vorm.STAVEN),),
        ("Kwartaal", "Verschil", "Opmerking"),
        _rijen(namen, [waarden], STUKS),
        onderschrift="Verschil met hetzelfde kwartaal een jaar eerder. Verzonnen.",
    )


def _een(titel: str, getallen: str, *, naam: str, doel: int | None = None) -> Beeld:
    reeks = {"Gevonden": (Rol.HOOFD, _getallen(getallen))}
    return _langs_de_tijd(naam, titel, reeks, doel=None if doel is None else Decimal(doel))


def _veertig_jaar() -> Beeld:
    waarden = tuple(Decimal(20 + n // 4 + n * 7 % 11) for n in range(160))
    reeks = {"Gevonden": (Rol.HOOFD, waarden)}
    return _langs_de_tijd("Veertig jaar", "In veertig jaar kwamen er ruim 40 paraplu's bij.", reeks, eerste=1983)


GRAFIEKSOORTEN: dict[str, Beeld] = {
    "dit-jaar": _dit_jaar(),
    "alle-kwartalen": _alle_kwartalen(),
    "onderdelen": _onderdelen("Per plaats", PLAATSEN, _getallen("91 78 72 64"), adres="#onderdelen"),
    "plaatsen-en-mensen": _plaatsen_en_mensen(),
    "gestapeld": _gestapeld(),
    "naast-elkaar": _naast_elkaar(),
    "tegen-elkaar": _tegen_elkaar(),
    "staande-staven": _staande_staven(),
}
LASTIG: dict[str, Beeld] = {
    "een-punt": _een("Er is één meting: 12 paraplu's.", "12", naam="Eén punt", doel=10),
    "alleen-gaten": _een("Er is nog geen enkele meting.", "- - - -", naam="Alleen gaten"),
    "gelijk": _een("Het aantal bleef steeds 12.", "12 12 12 12", naam="Gelijke waarden"),
    "nul": _een("Er werd niets gevonden.", "0 0 0 0", naam="Alleen nullen"),
    "veertig-jaar": _veertig_jaar(),
    "twaalf-ordes": _een(
        "Het laatste getal is een biljoen keer het eerste.",
        "0.001 1 1000 1000000 1000000000",
        naam="Twaalf ordes van grootte",
    ),
    "negatief": _een("Het aantal zakt onder nul.", "4 -2 -7 -12", naam="Negatieve getallen", doel=-5),
    "lange-namen": _onderdelen(
        "Namen van 200 tekens", [f"{LANG} {LANG}"[: 199 - len(p)] + " " + p for p in PLAATSEN], _getallen("91 78 - 64")
    ),
    "alleen-doel": _een("Er is een doel van 40 en nog geen meting.", "- - - -", naam="Alleen een doel", doel=40),
    "veel-namen": _onderdelen(
        "Veertig plaatsen", [f"Plaats {n + 1}" for n in range(40)], [Decimal(95 - n) for n in range(40)]
    ),
}
