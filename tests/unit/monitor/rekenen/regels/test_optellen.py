from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from monitor.rekenen.cijfers import leid_cijfers_af
from monitor.rekenen.regels.beoordelen import bereken
from monitor.rekenen.regels.feiten import (
    Doelfeit,
    Indicatorfeit,
    Metingen,
    Metingfeit,
    Onderdeelfeit,
    Rekenfeiten,
    doeljaren_van,
)
from monitor.rekenen.regels.oordeelrij import Oordeelrij, als_records
from tests.unit.monitor.rekenen.regels.gevallen import LATER, doel, indicator

KORPS, EENHEID, DISTRICT = 9, 1, 2
TEAMS = tuple(range(10, 27))
TEAMNIVEAU = {"niveau": "basisteam"}


def reken(
    feit: Indicatorfeit,
    metingen: list[Metingfeit],
    doelen: list[Doelfeit],
    *,
    onderdelen: list[Onderdeelfeit] | None = None,
    vandaag: date = LATER,
) -> dict[tuple[int, int, int], Oordeelrij]:
    waarden = Metingen.van(metingen)
    feiten = Rekenfeiten([feit], onderdelen or boom(), doelen, waarden, vandaag, 30, doeljaren_van(doelen, waarden))
    return {(rij.onderdeel_id, rij.jaar, rij.kwartaal): rij for rij in als_records(bereken(feiten))}


def boom(teams: tuple[int, ...] = TEAMS) -> list[Onderdeelfeit]:
    boven = [Onderdeelfeit(KORPS, "korps"), Onderdeelfeit(EENHEID, "eenheid", KORPS)]
    return [
        *boven,
        Onderdeelfeit(DISTRICT, "district", EENHEID),
        *(Onderdeelfeit(t, "basisteam", DISTRICT) for t in teams),
    ]


def van_teams(teams: tuple[int, ...], waarde: int = 2, kwartaal: int = 1, **meer: object) -> list[Metingfeit]:
    return [Metingfeit(1, team, 2025, kwartaal, Decimal(waarde), **meer) for team in teams]


def test_veertien_van_zeventien_teams():
    feit, doelstelling = indicator(**TEAMNIVEAU), doel("jaarvolume", 100, 10)
    rij = reken(feit, van_teams(TEAMS[:14]), [doelstelling])[EENHEID, 2025, 1]
    assert (rij.oordeel, rij.geleverd, rij.moet_leveren, rij.teller) == ("onvolledig", 14, 17, 28)
    assert "14 van 17 teams hebben geleverd" in leid_cijfers_af(rij, feit, doelstelling).reden


def test_wie_nog_niet_hoeft_te_leveren_maakt_niet_onvolledig():
    rijen = reken(indicator(**TEAMNIVEAU), van_teams(TEAMS[:14]), [doel("jaarvolume", 100)], vandaag=date(2025, 4, 20))
    assert rijen[EENHEID, 2025, 1].oordeel == "nog_niet_verschuldigd"


def test_een_eerder_kwartaal_van_een_team_ontbreekt_ook_hogerop():
    metingen = van_teams(TEAMS[1:]) + van_teams(TEAMS, kwartaal=2)
    rij = reken(indicator(**TEAMNIVEAU), metingen, [doel("jaarvolume", 60)])[EENHEID, 2025, 2]
    assert (rij.oordeel, rij.gemist, rij.geleverd) == ("onvolledig", 0b01, 17)


def test_een_verhouding_telt_teller_en_noemer_op():
    feit = indicator("verhouding", eenheid="%", **TEAMNIVEAU)
    metingen = [
        Metingfeit(1, team, 2025, 1, Decimal(t), Decimal(n))
        for team, (t, n) in zip(TEAMS, [(9, 10), (80, 100)], strict=False)
    ]
    norm = doel("minimum", 81)
    rij = reken(feit, metingen, [norm], onderdelen=boom(TEAMS[:2]))[EENHEID, 2025, 1]
    assert (rij.teller, rij.noemer, rij.oordeel) == (89, 110, "achter")


def test_een_enquete_wordt_nooit_opgeteld():
    feit = indicator("enquete", niveau="district")
    metingen = [Metingfeit(1, DISTRICT, 2025, 1, Decimal(40)), Metingfeit(1, EENHEID, 2025, 2, Decimal(50))]
    rijen = reken(feit, metingen, [doel("minimum", 45)])
    assert rijen[EENHEID, 2025, 1].oordeel == "geen_meting"
    assert rijen[EENHEID, 2025, 2].teller == 50
    assert (KORPS, 2025, 1) not in rijen


def test_een_eigen_waarde_gaat_voor_de_som():
    metingen = [*van_teams(TEAMS[:3]), Metingfeit(1, EENHEID, 2025, 1, Decimal(99))]
    rijen = reken(indicator(**TEAMNIVEAU), metingen, [doel("jaarvolume", 100)])
    assert (rijen[EENHEID, 2025, 1].teller, rijen[EENHEID, 2025, 1].oordeel) == (99, "op_koers")
    assert rijen[DISTRICT, 2025, 1].oordeel == "geen_doel"
    assert rijen[DISTRICT, 2025, 1].teller == 6
    assert rijen[KORPS, 2025, 1].teller == 99


def test_meerdere_eenheden_tellen_op_tot_het_korps():
    onderdelen = [*boom(), Onderdeelfeit(3, "eenheid", KORPS)]
    metingen = [Metingfeit(1, o, 2025, 1, Decimal(5)) for o in (EENHEID, 3)]
    rij = reken(indicator(), metingen, [], onderdelen=onderdelen)[KORPS, 2025, 1]
    assert (rij.teller, rij.moet_leveren) == (10, 2)


def test_een_norm_geldt_ook_lager_een_jaarvolume_niet():
    rijen = reken(indicator(**TEAMNIVEAU), van_teams(TEAMS), [doel("minimum", 2)])
    assert {rij.oordeel for rij in rijen.values() if rij.kwartaal == 1} == {"op_koers", "geen_doel"}
    assert rijen[TEAMS[0], 2025, 1].doelstelling_id == 7
    assert rijen[KORPS, 2025, 1].oordeel == "geen_doel"
    volume = reken(indicator(**TEAMNIVEAU), van_teams(TEAMS), [doel("jaarvolume", 2)])[TEAMS[0], 2025, 1]
    assert (volume.oordeel, volume.doel_elders, volume.doelstelling_id) == ("geen_doel", True, None)
    assert "onderdeel hierboven" in leid_cijfers_af(volume, indicator(), None).reden


def test_een_eigen_doel_gaat_voor_dat_van_hierboven():
    eigen = Doelfeit(8, 1, DISTRICT, 2025, "minimum", Decimal(100))
    rijen = reken(indicator(**TEAMNIVEAU), van_teams(TEAMS), [doel("minimum", 1), eigen])
    assert rijen[EENHEID, 2025, 1].oordeel == "op_koers"
    assert (rijen[DISTRICT, 2025, 1].oordeel, rijen[TEAMS[0], 2025, 1].doelstelling_id) == ("achter", 8)


@pytest.mark.parametrize(("kwartaal", "moet"), [(1, 16), (2, 17), (3, 16)])
def test_een_onderdeel_levert_alleen_zolang_het_bestaat(kwartaal, moet):
    onderdelen = boom()
    onderdelen[-1] = Onderdeelfeit(TEAMS[-1], "basisteam", DISTRICT, date(2025, 4, 1), date(2025, 7, 1))
    rijen = reken(indicator(**TEAMNIVEAU), van_teams(TEAMS[:1]), [doel("jaarvolume", 1)], onderdelen=onderdelen)
    assert rijen[EENHEID, 2025, kwartaal].moet_leveren == moet


def test_niet_van_toepassing_geldt_ook_voor_alles_eronder():
    feit = indicator(**TEAMNIVEAU, niet_voor=frozenset({DISTRICT}))
    rijen = reken(feit, van_teams(TEAMS), [doel("minimum", 1)])
    assert {rij.stand for rij in rijen.values()} == {"niet_van_toepassing"}
    assert {rij.oordeel for rij in rijen.values()} == {"geen_doel"}
    assert rijen[TEAMS[0], 2025, 1].teller is None


def test_nb_van_een_team_is_niet_geleverd():
    metingen = [*van_teams(TEAMS[1:]), Metingfeit(1, TEAMS[0], 2025, 1, None, onbekend=True)]
    rijen = reken(indicator(**TEAMNIVEAU), metingen, [doel("jaarvolume", 100)])
    assert rijen[TEAMS[0], 2025, 1].stand == "nb"
    assert (rijen[EENHEID, 2025, 1].geleverd, rijen[EENHEID, 2025, 1].oordeel) == (16, "onvolledig")


def test_heel_jaar_en_kwartalen_gaan_samen_op():
    """One team was measured over the year, the other by quarter: the year adds up, its fourth quarter is not known."""
    metingen = [Metingfeit(1, TEAMS[0], 2025, None, Decimal(40))]
    metingen += [Metingfeit(1, TEAMS[1], 2025, kwartaal, Decimal(5)) for kwartaal in (1, 2, 3, 4)]
    rijen = reken(indicator(**TEAMNIVEAU), metingen, [doel("jaarvolume", 60)], onderdelen=boom(TEAMS[:2]))
    rij = rijen[EENHEID, 2025, 4]
    assert (rij.teller, rij.cum_teller, rij.gemist, rij.oordeel) == (None, 60, 0, "behaald")
