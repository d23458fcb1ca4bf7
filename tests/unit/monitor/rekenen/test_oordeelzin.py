"""The sentence beside a verdict, and how often the pace that is still needed was reached before."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from common.tekst.tekens import hoeveel_van, hoofdletter, kleine_letter
from monitor.rekenen.oordeelzin import tempo_zin
from monitor.rekenen.regels.feiten import Doelfeit, Indicatorfeit
from tests.unit.monitor.rekenen.regels.gevallen import Waarde, cijfers, doel, indicator, kwartalen


@pytest.mark.parametrize(
    ("op_tempo", "vergeleken", "zin"),
    [
        (0, 0, ""),
        (None, None, ""),
        (0, 1, "Het enige eerdere kwartaal haalde dat tempo niet."),
        (1, 1, "Het enige eerdere kwartaal haalde dat tempo."),
        (0, 23, "Geen van de 23 eerdere kwartalen haalde dat tempo."),
        (2, 2, "Beide eerdere kwartalen haalden dat tempo."),
        (0, 2, "Geen van beide eerdere kwartalen haalde dat tempo."),
        (1, 23, "1 van de 23 eerdere kwartalen haalde dat tempo."),
        (2, 23, "2 van de 23 eerdere kwartalen haalden dat tempo."),
        (23, 23, "Alle 23 eerdere kwartalen haalden dat tempo."),
    ],
)
def test_het_tempo_van_eerder_in_gewoon_nederlands(op_tempo: int | None, vergeleken: int | None, zin: str) -> None:
    assert tempo_zin(SimpleNamespace(op_tempo=op_tempo, vergeleken=vergeleken)) == zin


PRIO = doel("minimum", 82, 2)
VERDACHTEN = {"eenheid_enkelvoud": "verdachte"}
SEIZOEN = {(2023, k): Waarde(Decimal(w)) for k, w in enumerate((1, 1, 1, 7), 1)} | {
    (2024, k): Waarde(Decimal(w)) for k, w in enumerate((3, 1, 1, 5), 1)
}


@pytest.mark.parametrize(
    ("feit", "doelstelling", "waarden", "kwartaal", "zin"),
    [
        (indicator(), doel("jaarvolume", 30, 10), kwartalen(9, 6, 6), 3,
         "21 verdachten t/m Q3, norm 22,5; nog 9 nodig in Q4. Vergeleken met een gelijk deel per kwartaal."),
        (indicator(), doel("jaarvolume", 30, 10), kwartalen(31), 1,
         ("31 verdachten t/m Q1, norm 7,5; het jaardoel van 30 is al gehaald. "
          "Vergeleken met een gelijk deel per kwartaal.")),
        (indicator(**VERDACHTEN), doel("jaarvolume", 4, 10), kwartalen(1), 1,
         ("1 verdachte t/m Q1, norm 1; nog 3 nodig, 1 per kwartaal in Q2, Q3 en Q4. "
          "Vergeleken met een gelijk deel per kwartaal.")),
        (indicator(richting="lager"), doel("jaarvolume", 30, 10), kwartalen(9), 1,
         ("9 verdachten t/m Q1, norm 7,5; het hele jaar mag hoogstens 30 worden. "
          "Vergeleken met een gelijk deel per kwartaal.")),
        (indicator(verwachting="stap", stap_kwartaal=4), doel("jaarvolume", 1, 0), kwartalen(0), 1,
         "0 verdachten t/m Q1, norm 0; nog 1 nodig, 0,3 per kwartaal in Q2, Q3 en Q4. Het doel telt vanaf Q4."),
        (indicator(verwachting="seizoen"), doel("jaarvolume", 30, 10), SEIZOEN | kwartalen(6), 1,
         ("6 verdachten t/m Q1, norm 6; nog 24 nodig, 8 per kwartaal in Q2, Q3 en Q4. "
          "Vergeleken met wat eerdere jaren t/m Q1 gewoon was: 20%.")),
        (indicator(verwachting="seizoen"), doel("jaarvolume", 30, 10), kwartalen(7), 1,
         ("7 verdachten t/m Q1, norm 7,5; nog 23 nodig, 7,7 per kwartaal in Q2, Q3 en Q4. "
          "Voor een seizoenspatroon zijn nog geen twee volledige jaren; "
          "vergeleken met een gelijk deel per kwartaal.")),
        (indicator(eenheid="€"), doel("jaarvolume", "20917070", 10), kwartalen("13450000.55"), 1,
         ("€ 13.450.001 t/m Q1, norm € 5.229.268; "
          "nog € 7.467.069 nodig, € 2.489.023 per kwartaal in Q2, Q3 en Q4. "
          "Vergeleken met een gelijk deel per kwartaal.")),
        (indicator(), doel("jaarvolume", 30, 10), kwartalen(9, 6, 6, 6), 4,
         "27 verdachten in 2025, het doel was 30: 3 te weinig."),
        (indicator("verhouding", eenheid="%", decimalen=1), PRIO, kwartalen((8145, 10000)), 1,
         "81,45% t/m Q1, doel ten minste 82%: 0,55 procentpunt te laag, binnen de marge van 2."),
        (indicator("verhouding", eenheid="%", decimalen=1), PRIO, kwartalen((0, 0)), 1,
         "De noemer is 0: er valt niets te delen, dus er is geen oordeel."),
        (indicator("enquete", eenheid="%", decimalen=1), doel("verbetering"),
         {(2024, 4): Waarde(Decimal("81.25")), (2025, 3): Waarde(Decimal("83.5"))}, 3,
         "83,5% in Q3, 81,25% in 2024: 2,25 procentpunt beter."),
        (indicator("enquete", eenheid="%", decimalen=1), doel("verbetering"),
         {(2024, 4): Waarde(Decimal(80)), (2025, 3): Waarde(Decimal(80))}, 3,
         "80,0% in Q3, 80,0% in 2024: gelijk gebleven."),
    ],
)  # fmt: skip
def test_een_zin_bij_een_oordeel(
    feit: Indicatorfeit, doelstelling: Doelfeit, waarden: dict, kwartaal: int, zin: str
) -> None:
    assert cijfers(feit, doelstelling, waarden, kwartaal).reden == zin


@pytest.mark.parametrize(
    ("aantal", "alle", "tekst"),
    [(14, 17, "14 van 17"), (0, 3, "geen van de 3"), (3, 3, "alle 3"), (2, 2, "beide"), (0, 2, "geen van beide")],
)
def test_hoeveel_van_alle(aantal: int, alle: int, tekst: str) -> None:
    assert hoeveel_van(aantal, alle) == tekst


def test_een_naam_houdt_zijn_hoofdletters_midden_in_een_zin() -> None:
    namen = ("RVO-lid", "Analist", "OS", "Wijkagenten expert")
    assert [kleine_letter(naam) for naam in namen] == ["RVO-lid", "analist", "OS", "wijkagenten expert"]
    assert hoofdletter("geen van de RVO-leden") == "Geen van de RVO-leden"
