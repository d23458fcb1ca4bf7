"""The choice of what to discuss: what it never does, and that it is the rule that stands on the page."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from monitor.dashboards.overzicht.bespreken import (
    EISEN,
    MEEST_BESPROKEN,
    VOLGORDE,
    Kandidaat,
    is_te_beinvloeden,
    kies_te_bespreken,
    reden_buiten,
)
from monitor.models import Oordeel

GETAL = st.none() | st.integers(-50, 50).map(Decimal)
KANDIDAAT = st.builds(
    Kandidaat,
    oordeel=st.sampled_from(["", "achter", "achter", "aandacht", "aandacht", *Oordeel.values]),
    is_nu=st.sampled_from([True, True, True, False]),
    volgt=st.sampled_from([True, True, True, False]),
    beslist=st.sampled_from([False, False, False, True]),
    slechter=st.booleans(),
    verschil=GETAL,
    marge=st.none() | st.integers(0, 5).map(Decimal),
)
LIJST = st.lists(KANDIDAAT, max_size=15)
GOED = Kandidaat("achter", True, True, False, False, Decimal(-3), Decimal(1))


@given(LIJST)
def test_nooit_meer_dan_vijf_en_nooit_wat_vaststaat(lijst: list[Kandidaat]) -> None:
    gekozen = kies_te_bespreken(lijst)
    assert len(gekozen) == len(set(gekozen)) == min(MEEST_BESPROKEN, sum(map(is_te_beinvloeden, lijst)))
    for plek in gekozen:
        een = lijst[plek]
        assert een.oordeel in ("achter", "aandacht")
        assert een.is_nu
        assert een.volgt
        assert not een.beslist


def _na_te_rekenen(lijst: list[Kandidaat]) -> list[int]:
    """The rule once more, from its words: group after group, each from far to near, each in order of the agenda."""
    gevonden: list[int] = []
    for oordeel in ("achter", "aandacht"):
        for slechter in (True, False):
            groep = [
                (plek, een)
                for plek, een in enumerate(lijst)
                if (een.oordeel, een.slechter) == (oordeel, slechter) and een.is_nu and een.volgt and not een.beslist
            ]
            buiten = [plek for plek, een in groep if een.verschil and not een.marge]
            rest = [(plek, een) for plek, een in groep if plek not in buiten]
            afstand = {
                plek: Fraction(abs(een.verschil)) / Fraction(een.marge) if een.verschil and een.marge else Fraction(0)
                for plek, een in rest
            }
            gevonden += buiten + sorted(afstand, key=lambda plek: (-afstand[plek], plek))
    return gevonden[:5]


@given(LIJST)
def test_wat_er_staat_is_wat_er_gebeurt(lijst: list[Kandidaat]) -> None:
    assert kies_te_bespreken(lijst) == _na_te_rekenen(lijst)


@given(LIJST, st.integers(0, 14))
def test_wat_niet_meetelt_verandert_de_keuze_niet(lijst: list[Kandidaat], plek: int) -> None:
    plek = min(plek, len(lijst))
    zonder = GOED._replace(oordeel="behaald")
    met = [*lijst[:plek], zonder, *lijst[plek:]]
    assert [n - (n > plek) for n in kies_te_bespreken(met)] == kies_te_bespreken(lijst)


@given(LIJST)
def test_de_keuze_staat_vast(lijst: list[Kandidaat]) -> None:
    """Asked again of only what was chosen, in the order of the agenda, it is the same choice."""
    gekozen = kies_te_bespreken(lijst)
    over = sorted(gekozen)
    assert [over[n] for n in kies_te_bespreken([lijst[n] for n in over])] == gekozen


def test_elke_eis_sluit_iets_uit() -> None:
    assert is_te_beinvloeden(GOED)
    buiten = [
        GOED._replace(oordeel="niet_behaald"),
        GOED._replace(is_nu=False),
        GOED._replace(volgt=False),
        GOED._replace(beslist=True),
    ]
    assert [[eis(een) for _, eis in EISEN].count(False) for een in buiten] == [1, 1, 1, 1]
    redenen = ["niet Achter of Aandacht", "van een eerder kwartaal", "volgt geen cijfer", "onherstelbaar overschreden"]
    assert all(reden in reden_buiten(een) for een, reden in zip(buiten, redenen, strict=True))
    assert reden_buiten(GOED) == "er passen er hoogstens 5, en andere gaan voor"


def test_elke_stap_van_de_volgorde_beslist() -> None:
    voor = [
        (GOED, GOED._replace(oordeel="aandacht", slechter=True, verschil=Decimal(-9))),
        (GOED._replace(slechter=True), GOED._replace(verschil=Decimal(-9))),
        (GOED._replace(verschil=Decimal(4)), GOED._replace(verschil=Decimal(-3))),
        (GOED._replace(marge=None), GOED._replace(verschil=Decimal(-50))),
    ]
    for eerst, daarna in voor:
        assert kies_te_bespreken([eerst, daarna]) == [0, 1]
        assert kies_te_bespreken([daarna, eerst]) == [1, 0]
    assert kies_te_bespreken([GOED, GOED]) == [0, 1]
    assert next(woorden for woorden, _ in VOLGORDE).startswith("wat achter ligt")
