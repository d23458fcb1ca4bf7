from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from monitor.models import Doelbereik, Meting
from monitor.rekenen import herberekenen as herberekening
from monitor.rekenen.peildatum import zoals_bekend_op
from monitor.rekenen.regels.oordeelrij import Oordeelrij
from tests.integration.monitor.rekenen.wereld import MOMENT, VANDAAG, Wereld

pytestmark = pytest.mark.django_db
CORRECTIE = datetime(2026, 11, 10, 9, tzinfo=UTC)


@pytest.fixture
def wereld() -> Wereld:
    return Wereld()


def gecorrigeerd(wereld: Wereld) -> Meting:
    """A value of 5, corrected to 8 on 10 November."""
    oud = wereld.meet(wereld.indicatoren[0], "RA1", 2025, 1, waarde=5, onbekend=False)
    Meting.objects.filter(pk=oud.pk).update(staat="vervangen", vervangen_op=CORRECTIE)
    wie = {"waarde": 8, "onbekend": False, "vastgesteld_op": CORRECTIE, "vervangt": oud, "vervangreden": "tikfout"}
    return wereld.meet(wereld.indicatoren[0], "RA1", 2025, 1, **wie)


@pytest.mark.parametrize(
    ("peildatum", "waarde"),
    [(date(2026, 10, 1), None), (date(2026, 11, 9), 5), (date(2026, 11, 10), 8), (date(2026, 11, 23), 8)],
)
def test_een_correctie_telt_vanaf_haar_vaststelling(wereld, peildatum, waarde):
    gecorrigeerd(wereld)
    onderdelen = [wereld.onderdelen[code].pk for code in ("RA1", "R")]
    bekend = zoals_bekend_op(peildatum, [wereld.indicatoren[0].pk], onderdelen)
    gevonden = {rij.onderdeel_id: rij.teller for rij in bekend if (rij.jaar, rij.kwartaal) == (2025, 1)}
    assert set(gevonden.values()) == ({waarde} if gevonden else set())
    assert bool(gevonden) == (waarde is not None)


def test_vandaag_bekend_is_wat_er_staat(wereld):
    wereld.vul()
    herberekening.herbereken(vandaag=VANDAAG)
    indicatoren = [indicator.pk for indicator in wereld.indicatoren]
    onderdelen = [wereld.onderdelen[code].pk for code in ("NL", "R", "HA", "RA2")]
    bekend = zoals_bekend_op(VANDAAG, indicatoren, onderdelen)
    velden = Oordeelrij.__dataclass_fields__
    opgeslagen = Doelbereik.objects.filter(onderdeel_id__in=onderdelen)
    verwacht = [Oordeelrij(**{veld: getattr(rij, veld) for veld in velden}) for rij in opgeslagen]
    sleutel = lambda rij: (rij.indicator_id, rij.onderdeel_id, rij.jaar, rij.kwartaal)  # noqa: E731
    assert sorted(bekend, key=sleutel) == sorted(verwacht, key=sleutel)


class TestCommando:
    def test_herbereken_meldt_wat_het_deed(self, wereld, capsys):
        gecorrigeerd(wereld)
        call_command("herbereken", "--alles")
        assert "Rijen gelezen 1, berekend" in capsys.readouterr().out
        call_command("herbereken", "--indicator", wereld.indicatoren[0].code)
        assert "gewijzigd 0" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("opties", "fout"),
        [
            (["--indicator", "bestaat-niet"], "Er is geen indicator"),
            (["--alles", "--indicator", "i0"], "niet allebei"),
            (["--jaar", "1066"], "geen jaar"),
        ],
    )
    def test_verkeerde_keuzes(self, wereld, opties, fout):
        with pytest.raises(CommandError, match=fout):
            call_command("herbereken", *opties)

    def toon(self, capsys, *opties: str) -> dict:
        capsys.readouterr()
        call_command("toon_doelbereik", "--indicator", "i0", "--onderdeel", "RA1", "--jaar", "2025", "--json", *opties)
        return json.loads(capsys.readouterr().out)

    def test_toon_doelbereik_geeft_alle_invoer(self, wereld, capsys):
        gecorrigeerd(wereld)
        call_command("herbereken", "--alles")
        uit = self.toon(capsys, "--kwartaal", "1")
        assert (uit["indicator"], uit["onderdeel"], uit["jaar"], uit["kwartaal"]) == ("i0", "RA1", 2025, 1)
        assert (uit["waarde"], uit["cumulatief"], uit["status"] in ("voorlopig", "definitief")) == ("8", "8", True)
        assert uit["oordeel"] == "geen_doel"
        assert uit["invoer"]["doelElders"] is True
        assert [Decimal(meting["waarde"]) for meting in uit["invoer"]["metingen"]] == [8]
        assert uit["berekendOp"]
        assert uit["regelversie"]

    def test_toon_doelbereik_op_een_peildatum(self, wereld, capsys):
        gecorrigeerd(wereld)
        uit = self.toon(capsys, "--kwartaal", "1", "--peildatum", MOMENT.date().isoformat())
        assert (uit["waarde"], uit["peildatum"], uit["berekendOp"]) == ("5", "2026-11-01", None)

    def test_toon_doelbereik_zonder_rij(self, wereld):
        with pytest.raises(CommandError, match="niets gemeten"):
            call_command("toon_doelbereik", "--indicator", "i0", "--onderdeel", "RA1", "--jaar", "2001", "--json")
