from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from monitor.models import Doelstelling
from monitor.models import Oordeel as Oordeelkeuze
from monitor.models import Stand as Standkeuze
from monitor.rekenen.regels import oordeelregels
from tests.unit.monitor.rekenen.regels.gevallen import (
    LATER,
    beoordeel_geval,
    cijfers,
    doel,
    indicator,
    kwartalen,
    oordeel,
    rij,
    waarde,
)

MENSENHANDEL = doel("jaarvolume", 30, 10)
PROCENT = {"eenheid": "%", "decimalen": 1}
AANRIJDTIJD = indicator("verhouding", **PROCENT)
PRIO1 = doel("minimum", 82, 2)
VERZUIM = indicator("verhouding", "lager", **PROCENT)
HOOGSTENS = doel("maximum", "5.9", "0.5")
TEVREDEN = indicator("enquete", frequentie="tweejaarlijks", eerste_jaar=2021, **PROCENT)
BETER = doel("verbetering")


def test_de_namen_zijn_die_van_de_database():
    assert [oordeelregels.naam(code) for code in oordeelregels.Oordeelcode] == list(Oordeelkeuze.values)
    alleen_gelezen = (Standkeuze.NOEMER_NUL, Standkeuze.NIET_VAN_ALLE)
    opgeslagen = [naam for naam in Standkeuze.values if naam not in alleen_gelezen]
    assert [oordeelregels.naam(code) for code in oordeelregels.Standcode] == opgeslagen
    soorten = [oordeelregels.naam(code) for code in oordeelregels.Doelsoort if code]
    assert soorten == list(Doelstelling.Soort.values)


class TestJaarvolume:
    def test_voor_op_de_verwachting(self):
        c = cijfers(indicator(), MENSENHANDEL, kwartalen(9, 6, 8))
        assert oordeel(indicator(), MENSENHANDEL, kwartalen(9, 6, 8)) == "op_koers"
        assert (c.cumulatief, c.verwachting, c.nog_nodig, c.nodig_per_kwartaal) == (23, Decimal("22.5"), 7, 7)
        assert round(c.tempo, 3) == Decimal("1.022")
        assert c.reden == (
            "23 verdachten t/m Q3, norm 22,5; nog 7 nodig in Q4. Vergeleken met een gelijk deel per kwartaal."
        )

    def test_binnen_de_marge(self):
        assert oordeel(indicator(), MENSENHANDEL, kwartalen(9, 6, 6)) == "aandacht"
        assert round(cijfers(indicator(), MENSENHANDEL, kwartalen(9, 6, 6)).tempo, 3) == Decimal("0.933")

    def test_een_ontbrekend_kwartaal_wordt_genoemd(self):
        c = cijfers(indicator(), MENSENHANDEL, kwartalen(9, None, 8))
        assert oordeel(indicator(), MENSENHANDEL, kwartalen(9, None, 8)) == "onvolledig"
        assert (c.ontbreekt, c.volledig) == (("Q2",), False)
        assert "Q2 ontbreekt" in c.reden

    def test_nb_is_geen_nul(self):
        assert oordeel(indicator(), MENSENHANDEL, kwartalen(9, "nb", 8)) == "onvolledig"
        nb = rij(indicator(), MENSENHANDEL, kwartalen(9, "nb"), 2)
        assert (nb.stand, nb.oordeel, nb.teller, nb.cum_teller) == ("nb", "geen_meting", None, None)

    def test_de_rand_van_de_marge_is_erbinnen(self):
        ruim = doel("jaarvolume", 40, 10)
        assert oordeel(indicator(), ruim, kwartalen(9), 1) == "aandacht"
        assert oordeel(indicator(), ruim, kwartalen("8.9999"), 1) == "achter"
        assert oordeel(indicator(), ruim, kwartalen(10), 1) == "op_koers"

    @pytest.mark.parametrize(("laatste", "verwacht"), [(7, "behaald"), (6, "niet_behaald"), (0, "niet_behaald")])
    def test_na_het_vierde_kwartaal_is_het_jaar_gesloten(self, laatste, verwacht):
        assert oordeel(indicator(), MENSENHANDEL, kwartalen(9, 6, 8, laatste), 4) == verwacht

    def test_een_gehaald_jaardoel_is_nooit_achter(self):
        sprong = indicator(verwachting="seizoen")
        eerder = kwartalen(10, 0, 0, 0, jaar=2023) | kwartalen(10, 0, 0, 0, jaar=2024)
        assert oordeel(sprong, MENSENHANDEL, eerder | kwartalen(30), 1) == "op_koers"

    def test_stap(self):
        sprong = indicator(verwachting="stap", stap_kwartaal=3)
        assert oordeel(sprong, MENSENHANDEL, kwartalen(0, 0), 2) == "op_koers"
        assert cijfers(sprong, MENSENHANDEL, kwartalen(0, 0), 2).tempo is None
        assert oordeel(sprong, MENSENHANDEL, kwartalen(0, 0, 20)) == "achter"
        assert rij(sprong, MENSENHANDEL, kwartalen(0, 0, 20)).verwachting == 30

    def test_seizoen_neemt_het_gemiddelde_aandeel_van_eerdere_volledige_jaren(self):
        seizoen = indicator(verwachting="seizoen")
        eerder = kwartalen(1, 1, 1, 7, jaar=2023) | kwartalen(3, 1, 1, 5, jaar=2024)
        gemeten = rij(seizoen, MENSENHANDEL, eerder | kwartalen(6), 1)
        assert (gemeten.verwachting, gemeten.oordeel, gemeten.seizoen_terugval) == (6, "op_koers", False)

    def test_seizoen_zonder_twee_volledige_jaren_is_gelijkmatig_en_zegt_dat(self):
        seizoen = indicator(verwachting="seizoen")
        eerder = kwartalen(1, 1, 1, 7, jaar=2023) | kwartalen(3, None, 1, 5, jaar=2024)
        gemeten = rij(seizoen, MENSENHANDEL, eerder | kwartalen(7), 1)
        assert (gemeten.verwachting, gemeten.seizoen_terugval) == (Decimal("7.5"), True)
        assert "zijn nog geen twee volledige jaren" in cijfers(seizoen, MENSENHANDEL, eerder | kwartalen(7), 1).reden

    def test_seizoen_rekent_met_breuken(self):
        """A third of the year each time: 10 of 30 is exactly on course, no rounding comes in between."""
        seizoen = indicator(verwachting="seizoen")
        eerder = kwartalen(1, 1, 1, 0, jaar=2023) | kwartalen(1, 1, 1, 0, jaar=2024)
        assert oordeel(seizoen, MENSENHANDEL, eerder | kwartalen(10), 1) == "op_koers"
        assert oordeel(seizoen, MENSENHANDEL, eerder | kwartalen("9.9999"), 1) == "aandacht"

    def test_lager_is_beter(self):
        minder = indicator(richting="lager")
        assert oordeel(minder, doel("jaarvolume", 40, 10), kwartalen(10), 1) == "op_koers"
        assert oordeel(minder, doel("jaarvolume", 40, 10), kwartalen(11), 1) == "aandacht"
        assert oordeel(minder, doel("jaarvolume", 40, 10), kwartalen(12), 1) == "achter"

    def test_zonder_richting_geen_kleur(self):
        assert oordeel(indicator(richting="geen"), MENSENHANDEL, kwartalen(9), 1) == "alleen_monitoring"

    def test_nul_als_doel_en_als_waarde(self):
        assert oordeel(indicator(), doel("jaarvolume", 0, 10), kwartalen(0), 1) == "op_koers"
        assert oordeel(indicator(), MENSENHANDEL, kwartalen(0), 1) == "achter"
        assert cijfers(indicator(), doel("jaarvolume", 0, 10), kwartalen(0), 1).tempo is None

    def test_hoe_vaak_het_benodigde_tempo_eerder_is_gehaald(self):
        gemeten = rij(indicator(), MENSENHANDEL, kwartalen(9, 6, 8, 7, jaar=2024) | kwartalen(9, 6, 8))
        assert (gemeten.op_tempo, gemeten.vergeleken) == (5, 7)

    def test_bedragen_die_niet_in_64_bits_passen(self):
        groot = Decimal("9" * 16)
        c = cijfers(indicator(), doel("jaarvolume", str(groot), 10), kwartalen(groot, groot, groot, groot), 4)
        assert c.cumulatief == 4 * groot
        assert c.verschil == 3 * groot


class TestNorm:
    @pytest.mark.parametrize(
        ("teller", "verwacht"), [(8200, "op_koers"), (8196, "aandacht"), (8000, "aandacht"), (7999, "achter")]
    )
    def test_minimum(self, teller, verwacht):
        assert oordeel(AANRIJDTIJD, PRIO1, kwartalen((teller, 10000)), 1) == verwacht

    @pytest.mark.parametrize(
        ("teller", "verwacht"),
        [(590, "op_koers"), (591, "aandacht"), (640, "aandacht"), (641, "achter"), (0, "op_koers")],
    )
    def test_maximum_is_het_spiegelbeeld(self, teller, verwacht):
        assert oordeel(VERZUIM, HOOGSTENS, kwartalen((teller, 10000)), 1) == verwacht

    def test_een_percentage_wordt_opgeteld_en_dan_gedeeld(self):
        """90% of 10 and 80% of 1.000 is 80,1%, not 85%."""
        c = cijfers(AANRIJDTIJD, PRIO1, kwartalen((9, 10), (800, 1000)), 2)
        assert round(c.cumulatief, 2) == Decimal("80.10")
        assert c.waarde == 80

    def test_van_een_stand_telt_het_laatste_kwartaal(self):
        stand = indicator("stand", eenheid="fte")
        assert cijfers(stand, doel("minimum", 10), kwartalen(20, 5), 2).cumulatief == 5
        assert oordeel(stand, doel("minimum", 10), kwartalen(20, None, 12)) == "op_koers"

    def test_zonder_marge_is_net_niet_achter(self):
        assert oordeel(AANRIJDTIJD, doel("minimum", 82), kwartalen((8199, 10000)), 1) == "achter"

    def test_afronden_laat_een_gemist_doel_niet_gehaald_lijken(self):
        assert cijfers(AANRIJDTIJD, PRIO1, kwartalen((8196, 10000)), 1).reden.startswith("81,96% t/m Q1")
        assert cijfers(AANRIJDTIJD, PRIO1, kwartalen((81999999, 100000000)), 1).reden.startswith("81,999999%")
        assert cijfers(AANRIJDTIJD, PRIO1, kwartalen((8250, 10000)), 1).reden.startswith("82,5%")

    def test_een_noemer_van_nul_geeft_geen_oordeel(self):
        c = cijfers(AANRIJDTIJD, PRIO1, kwartalen((0, 0)), 1)
        assert oordeel(AANRIJDTIJD, PRIO1, kwartalen((0, 0)), 1) == "geen_meting"
        assert (c.waarde, c.cumulatief) == (None, None)
        assert "noemer is 0" in c.reden

    def test_honderd_procent_als_doel(self):
        assert oordeel(AANRIJDTIJD, doel("minimum", 100, 2), kwartalen((50, 50)), 1) == "op_koers"
        assert oordeel(AANRIJDTIJD, doel("minimum", 100, 2), kwartalen((49, 50)), 1) == "aandacht"

    def test_nul_procent_als_maximum(self):
        assert oordeel(VERZUIM, doel("maximum", 0), kwartalen((0, 50)), 1) == "op_koers"


class TestVerbetering:
    def tweemaal(self, toen: str, nu: str, marge: str | None = None) -> dict:
        m = None if marge is None else Decimal(marge)
        return {(2021, None): waarde(toen, marge=m), (2025, None): waarde(nu, marge=m)}

    @pytest.mark.parametrize(
        ("nu", "verwacht"), [("51.2", "behaald"), ("51.1", "niet_te_onderscheiden"), ("47.4", "niet_behaald")]
    )
    def test_met_marges_telt_een_verschil_pas_buiten_beide_samen(self, nu, verwacht):
        """√(1,3² + 1,3²) = 1,838…"""
        assert oordeel(TEVREDEN, BETER, self.tweemaal("49.3", nu, "1.3"), 4) == verwacht

    def test_precies_op_de_marge_telt_niet(self):
        waarden = {(2021, None): waarde(40, marge=Decimal(3)), (2025, None): waarde(45, marge=Decimal(4))}
        assert oordeel(TEVREDEN, BETER, waarden, 4) == "niet_te_onderscheiden"

    @pytest.mark.parametrize(
        ("nu", "verwacht"), [("49.4", "behaald"), ("49.3", "niet_te_onderscheiden"), ("49.2", "niet_behaald")]
    )
    def test_zonder_marges_telt_elk_verschil(self, nu, verwacht):
        assert oordeel(TEVREDEN, BETER, self.tweemaal("49.3", nu), 4) == verwacht

    def test_de_vorige_meting_mag_jaren_oud_zijn(self):
        gemeten = rij(TEVREDEN, BETER, self.tweemaal("49.3", "55"), 4)
        assert (gemeten.vorige, gemeten.vorige_jaar) == (Decimal("49.3"), 2021)

    def test_een_eerste_meting_zegt_dat(self):
        c = cijfers(TEVREDEN, BETER, {(2025, None): waarde(50)}, 4)
        assert oordeel(TEVREDEN, BETER, {(2025, None): waarde(50)}, 4) == "geen_meting"
        assert "eerste meting" in c.reden

    def test_lager_is_beter(self):
        minder = indicator("stand", "lager")
        assert oordeel(minder, BETER, kwartalen(10, 8), 2) == "op_koers"
        assert oordeel(minder, BETER, kwartalen(8, 10), 2) == "achter"


class TestZonderOordeel:
    @pytest.mark.parametrize(
        ("doelstelling", "verwacht"),
        [(doel("monitoring"), "alleen_monitoring"), (doel("onbekend"), "doel_onbekend"), (None, "geen_doel")],
    )
    def test_de_waarde_wordt_getoond_zonder_kleur(self, doelstelling, verwacht):
        assert oordeel(indicator(), doelstelling, kwartalen(40), 1) == verwacht
        assert cijfers(indicator(), doelstelling, kwartalen(40), 1).cumulatief == 40


class TestVerschuldigd:
    @pytest.mark.parametrize(
        ("vandaag", "verwacht"),
        [(date(2025, 4, 30), "nog_niet_verschuldigd"), (date(2025, 5, 1), "geen_meting")],
    )
    def test_dertig_dagen_na_het_kwartaal(self, vandaag, verwacht):
        assert oordeel(indicator(), MENSENHANDEL, {}, 1, vandaag=vandaag) == verwacht

    @pytest.mark.parametrize(
        ("frequentie", "gevraagd"), [("kwartaal", [1, 2, 3, 4]), ("halfjaar", [2, 4]), ("jaar", [4])]
    )
    def test_alleen_wat_verschuldigd_is_heeft_een_rij(self, frequentie, gevraagd):
        feit = indicator(frequentie=frequentie)
        rijen = [beoordeel_geval(feit, MENSENHANDEL, {}, jaar=2025, kwartaal=k, vandaag=LATER) for k in range(1, 5)]
        assert [k for k, gevonden in enumerate(rijen, start=1) if gevonden] == gevraagd

    def test_om_het_jaar(self):
        doelen = [doel("verbetering", jaar=jaar) for jaar in (2023, 2024, 2025)]
        rijen = [beoordeel_geval(TEVREDEN, d, {}, jaar=d.jaar, kwartaal=4, vandaag=LATER) for d in doelen]
        assert [gevonden is not None for gevonden in rijen] == [True, False, True]

    def test_een_waarde_buiten_de_frequentie_krijgt_wel_een_rij(self):
        assert rij(indicator(frequentie="jaar"), MENSENHANDEL, kwartalen(3), 1).teller == 3

    def test_gemeten_over_het_hele_jaar_mist_geen_kwartalen(self):
        gemeten = rij(indicator(), MENSENHANDEL, {(2025, None): waarde(31)}, 4)
        assert (gemeten.oordeel, gemeten.gemist, gemeten.heel_jaar) == ("behaald", 0, True)
        assert (gemeten.teller, gemeten.cum_teller) == (None, 31)
        assert (
            beoordeel_geval(indicator(), MENSENHANDEL, {(2025, None): waarde(31)}, jaar=2025, kwartaal=1, vandaag=LATER)
            is None
        )

    def test_voorlopig_geldt_voor_alles_wat_het_bevat(self):
        waarden = {(2025, 1): waarde(9, voorlopig=True), (2025, 2): waarde(6)}
        assert rij(indicator(), MENSENHANDEL, waarden, 2).voorlopig
        assert cijfers(indicator(), MENSENHANDEL, waarden, 2).status == "voorlopig"
        assert not rij(indicator("stand"), doel("minimum", 5), waarden, 2).voorlopig
