"""From rows to a picture of the course: what counts as a value, what is news, and how it is said."""

from __future__ import annotations

import re
from decimal import Decimal as D
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.grafiek.beeld import Rol
from common.tekst.getallen import Notatie, lees
from common.tekst.periode import Kwartaal
from monitor.dashboards.grafiek.alle_kwartalen import build_alle_kwartalen
from monitor.dashboards.indicator.signaal.merk import SIGNAALVORMEN, merk
from monitor.dashboards.indicator.signaal.selectors import maak_beeld
from monitor.dashboards.indicator.signaal.toelichting import signaaldeel, slotsom, verwachtingdeel
from monitor.dashboards.indicator.teams import aandeel
from monitor.rekenen.prognose import Geen, Kans, Prognose
from monitor.rekenen.regels.signaalregels import Signaalregel
from tests.unit.monitor.dashboards.indicator.signaal.reeksen import NU, beeld, indicator, oordeel, reeks, rij


def test_zonder_rijen_is_er_niets_en_gaat_er_niets_mis() -> None:
    leeg = beeld([])
    assert (leeg.woord, leeg.vorm, leeg.beter, leeg.kans_tekst) == ("te weinig metingen (0)", "weinig", None, "")
    assert build_alle_kwartalen(leeg.indicator, [], leeg).leeg
    assert slotsom(leeg).startswith("Te weinig metingen (0)")
    assert verwachtingdeel(leeg) is None


def test_een_kwartaal_met_noemer_nul_zegt_dat_en_heet_niet_onvolledig() -> None:
    rijen = [rij(2025, k, 8, 10) for k in (1, 2, 3, 4)] + [rij(2026, 1, 0, 0), rij(2026, 2, 9, 10)]
    gemeten = beeld(rijen, aggregatie="verhouding", eenheid="%")
    assert gemeten.redenen == ("", "", "", "", "noemer is 0", "")
    assert gemeten.waarden[4] is None


def test_vier_punten_zijn_te_weinig() -> None:
    assert beeld(reeks(7, 8, 9, 10)).woord == "te weinig metingen (4)"


def test_wat_geen_hele_waarde_is_telt_niet_en_breekt_de_reeks() -> None:
    rijen = reeks(5, 6, 7, 8, 9, 10, 11)
    rijen[1].stand = "nb"
    rijen[2].geleverd = 0
    rijen[3].heel_jaar = True
    b = beeld(rijen)
    assert b.waarden == (5, None, None, None, 9, 10, 11)
    assert b.redenen[1:4] == ("nog niet bekend (nb)", "niet compleet", "cijfer over het hele jaar")
    assert b.aantal == 4


def test_nul_is_een_waarde() -> None:
    b = beeld(reeks(0, 0, 0, 0, 0))
    assert b.aantal == 5
    assert b.woord == "stabiel"


def test_een_verhouding_is_die_van_het_kwartaal_zelf() -> None:
    rijen = [rij(2026, 1, 1, 3), rij(2026, 2, 1, 0), rij(2026, 3, 2, 3)]
    assert beeld(rijen, aggregatie="verhouding", eenheid="%").waarden == (F(100, 3), None, F(200, 3))


def test_een_signaal_noemt_zijn_getallen() -> None:
    # 6 7 6 7 6 7 6 7 6 7 6 20: mean 91/12 = 7,58; by the ranges 4,9 to 10,2, by chance alone from 1 to 17
    b = beeld(reeks(6, 7, 6, 7, 6, 7, 6, 7, 6, 7, 6, 20))
    assert (b.woord, b.beter, b.vorm) == ("stijgt", True, "omhoog")
    assert slotsom(b) == "Q3 2026 ligt met 20 verdachten boven de bovengrens van 17."
    assert signaaldeel(b).feiten[0] == (
        "▲",
        "Q3 2026 ligt 14 verdachten hoger dan Q2 2026: meer dan de gewone schommeling.",
    )


@pytest.mark.parametrize(
    ("waarden", "zin"),
    [
        # mean 191/23, median 9
        (
            [*[9, 6] * 8, 10, 10, 11, 10, 10, 10, 10],
            "7 waarden op rij, van Q1 2025 t/m Q3 2026, liggen boven het gemiddelde van 8,3.",
        ),
        (
            [10, 30, 10, 30, 14, 15, 16, 17, 18, 19, 20],
            "Van Q1 2025 t/m Q3 2026 stijgt de waarde elke keer: van 14 verdachten naar 20 verdachten.",
        ),
        (
            [30, 10, 30, 10, 26, 25, 24, 23, 22, 21, 20],
            "Van Q1 2025 t/m Q3 2026 daalt de waarde elke keer: van 26 verdachten naar 20 verdachten.",
        ),
    ],
)
def test_elke_regel_heeft_een_zin(waarden: list[int], zin: str) -> None:
    b = beeld(reeks(*waarden))
    assert zin in [slotsom(b).partition(" Dit zijn voorlopige")[0], *signaaldeel(b).eerder]


def test_een_stap_binnen_de_ruis_krijgt_geen_pijl() -> None:
    b = beeld(reeks(6, 7, 6, 7, 6, 7))
    assert signaaldeel(b).feiten[0] == (
        "",
        "Q3 2026 ligt 1 verdachten hoger dan Q2 2026: binnen de gewone schommeling.",
    )
    assert slotsom(b).endswith("Dit zijn voorlopige grenzen, uit 6 metingen; vanaf 12 metingen staan ze vast.")


@pytest.mark.parametrize(("richting", "beter"), [("hoger", False), ("lager", True), ("geen", None)])
def test_de_richting_bepaalt_wat_goed_is(richting: str, beter: bool | None) -> None:
    b = beeld(reeks(26, 27, 26, 27, 26, 27, 26, 27, 26, 27, 26, 3), richting=richting)
    assert (b.vorm, b.beter) == ("omlaag", beter)


def test_een_oud_signaal_is_geen_nieuws() -> None:
    oud = beeld(reeks(6, 7, 6, 7, 6, 7, 20, 7, 6, 7, 6))
    assert oud.proces.signalen
    assert oud.woord == "stabiel"
    assert "het laatste signaal was in Q3 2025" in slotsom(oud)
    vers = beeld(reeks(6, 7, 6, 7, 6, 7, 6, 20, 7, 6, 7))
    assert vers.woord == "stijgt"


@pytest.mark.parametrize(
    ("marges", "woord", "beter"),
    [
        ((D("1.1"), D("1.1")), "stijgt", True),
        ((D("2.5"), D("2.5")), "stabiel", None),
        ((None, D("1.1")), "foutmarge ontbreekt", None),
    ],
)
def test_een_enquete_gaat_op_haar_marges(marges: tuple[D | None, D], woord: str, beter: bool | None) -> None:
    regel = oordeel("verbetering", None, cum_teller=D("48.9"), vorige=D(46), marge=marges[0], vorige_marge=marges[1])
    b = beeld(reeks(46, 47, 46, 47, 46, 90), regel, aggregatie="enquete", eenheid="%", frequentie="tweejaarlijks")
    assert (b.woord, b.beter) == (woord, beter)
    assert b.grenzen is None
    assert "meting" in slotsom(b) or "foutmarge" in slotsom(b)


def test_een_eerste_enquete_heeft_niets_om_mee_te_vergelijken() -> None:
    regel = oordeel("verbetering", None, cum_teller=D(46), vorige=None, marge=D(1), vorige_marge=None)
    b = beeld([rij(2026, 3, 46)], regel, aggregatie="enquete")
    assert b.woord == "te weinig metingen (1)"


def test_kleine_aantallen_tonen_hun_ruimte() -> None:
    assert "hoort door toeval alleen al een ruimte van 4,1 tot 17,1 verdachten (95%)" in str(
        signaaldeel(beeld(reeks(8, 9, 8, 9, 9))).feiten
    )
    assert beeld(reeks(50, 50)).interval is None
    procent = beeld([rij(2026, 3, 81, 100)], aggregatie="verhouding", eenheid="%")
    assert [round(g, 1) for g in procent.interval or ()] == [D("72.2"), D("87.5")]
    afgeleid = beeld([rij(2026, 3, 81, 100)], aggregatie="verhouding", eenheid="%", herkomst="afgeleid")
    assert afgeleid.interval is None


def test_van_twee_uit_drie_is_de_derde_geen_deel_van_het_signaal() -> None:
    # mean 14/13 = 1,08; ranges 0×7 and 1×5, mean 5/12; two thirds of 2,66 × 5/12 is 0,74: 2 lies beyond 1,82
    b = beeld(reeks(1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 2, 1, 2), eenheid="€")
    ring = [s for s in b.proces.signalen if s.regel is Signaalregel.ZONE]
    assert ring
    gemerkt = {
        n for n, cellen in enumerate(build_alle_kwartalen(b.indicator, [], b).rijen) if "twee van drie" in cellen[-1]
    }
    assert gemerkt == {10, 12}


def test_twee_op_rij_dicht_bij_een_grens_heten_beide() -> None:
    # mean 131/12 = 10,92, moving ranges 11 of 1 on average: 10,92 + 2,66 = 13,58
    conclusie = slotsom(beeld(reeks(*[10, 11] * 5, 13, 13), eenheid="€"))
    assert conclusie == "Van Q2 2026 t/m Q3 2026 liggen beide waarden dicht bij de bovengrens van € 13,60."


def test_een_zin_noemt_geen_grens_die_niet_kan() -> None:
    assert "tussen 0 en" in slotsom(beeld(reeks(0, 3, 0, 3, 0, 3)))
    vol = [rij(2025, k, *deel) for k, deel in enumerate([(98, 100), (99, 100), (100, 100), (98, 100)], 1)]
    vol += [rij(2026, 1, 100, 100), rij(2026, 2, 95, 100), rij(2026, 3, 100, 100)]
    assert "en 100%" in slotsom(beeld(vol, aggregatie="verhouding", eenheid="%"))


def test_een_signaal_van_kleine_aantallen_zegt_dat_erbij() -> None:
    # seven in a row above the mean, that lies well within what 10 leaves room for
    b = beeld(reeks(*[9, 6] * 8, 10, 10, 11, 10, 10, 10, 10))
    assert b.is_signaal
    zin = "Let op: de aantallen zijn klein, ook het gemiddelde van 8,3 past nog bij 10 verdachten (4,8 tot 18,4)."
    assert zin in [tekst for _, tekst in signaaldeel(b).feiten]
    groot = beeld(reeks(6, 7, 6, 7, 6, 7, 6, 7, 6, 7, 6, 30))
    assert not any("Let op" in tekst for _, tekst in signaaldeel(groot).feiten)


def test_de_norm_van_een_volume_is_een_kwart() -> None:
    b = beeld(reeks(8, 9, 8, 9, 8, 9), oordeel())
    assert b.norm == F(15, 2)
    # mean 8,5: by chance alone from 1 to 18
    zin = "Wisselend: de waarden liggen gewoonlijk van 1 tot 18; een kwart van het jaardoel is 7,5 verdachten."
    assert zin in [tekst for _, tekst in signaaldeel(b).feiten]
    assert beeld(reeks(8), oordeel(), verwachting="seizoen").norm is None
    assert beeld(reeks(8), oordeel("minimum", 82)).norm == 82


def test_de_prognose_hoort_alleen_bij_een_jaarvolume() -> None:
    rijen = reeks(*[5] * 11)  # 2024 and 2025 complete, 2026 up to Q3
    p = beeld(rijen, oordeel(doel=18)).prognose
    assert isinstance(p, Prognose)
    assert (p.totaal, p.kanswoord) == (20, Kans.TE_WEINIG_JAREN)
    assert beeld(rijen, oordeel(doel=18)).kans_ontbreekt == "te weinig jaren"
    assert beeld(rijen, oordeel("minimum", 18)).prognose is None
    assert beeld(rijen, None).prognose is None
    assert beeld(rijen, oordeel(), frequentie="jaar").prognose is None
    assert beeld(rijen[1:], oordeel()).prognose is Geen.TE_WEINIG_JAREN
    rijen[9].stand = "geen_meting"
    onvolledig = beeld(rijen, oordeel())
    assert (onvolledig.prognose, onvolledig.kans_ontbreekt) == (Geen.ONVOLLEDIG, "jaar niet compleet")
    assert verwachtingdeel(onvolledig).geen.startswith("Geen verwachting: niet alle kwartalen")  # type: ignore[union-attr]


def test_na_het_vierde_kwartaal_is_er_geen_verwachting() -> None:
    b = maak_beeld(indicator(), Kwartaal(2026, 4), oordeel(), reeks(*[5] * 12, tot=Kwartaal(2026, 4)))
    assert verwachtingdeel(b).geen == "Het jaar is afgesloten: er valt niets meer te verwachten."  # type: ignore[union-attr]


def test_de_verwachting_staat_nooit_zonder_haar_fout() -> None:
    rijen = reeks(4, 6, 5, 5, 4, 6, 10, 20, 9, 6, None)
    rijen[-2].voorlopig = True
    b = maak_beeld(indicator(), Kwartaal(2026, 2), oordeel(), rijen[:-1])
    deel = verwachtingdeel(b)
    assert deel is not None
    assert deel.zin.startswith("Naar verwachting 40 verdachten in 2026, met 80% zekerheid tussen 15 en 254;")
    assert deel.fout == "Met wat toen bekend was, zat deze verwachting er over 1 eerder jaar gemiddeld 50% naast."
    assert deel.voorlopig
    assert deel.rijen == (("2025", "10", "20,0", "40", "-50%"),)


def test_tekening_en_tabel_tonen_dezelfde_punten() -> None:
    waarden = [6, 7, 6, None, 6, 7, 6, 7, 6, 7, 6, 20]
    b = beeld(reeks(*waarden))
    figuur = build_alle_kwartalen(b.indicator, [], b)
    punten = [punt for spoor in figuur.sporen if spoor.rol is Rol.HOOFD for punt in spoor.punten]
    assert [punt.y is None for punt in punten].count(False) == 11
    # the 20 is outside; it lifts the mean over the seven before it, but not the median
    assert [punt.merk for punt in punten].count("ruit") == 1
    assert [rij_[1] for rij_ in figuur.rijen] == [str(w) if w is not None else "" for w in waarden]
    assert len({tuple(rij_[2:5]) for rij_ in figuur.rijen}) == 1
    assert figuur.rijen[3][-1] == "geen meting"
    assert "buiten de grenzen" in figuur.rijen[-1][-1]
    for cel in figuur.rijen[0][2:5]:
        lees(cel, Notatie.MAAT)


def test_een_grens_van_een_aantal_wordt_niet_onder_nul_getekend() -> None:
    aantal = beeld(reeks(0, 3, 0, 3, 0, 3))
    assert build_alle_kwartalen(aantal.indicator, [], aantal).rijen[0][2] == "0"
    stand = beeld(reeks(-30, -20, -30, -20, -30), aggregatie="stand", eenheid="fte")
    assert build_alle_kwartalen(stand.indicator, [], stand).rijen[0][2].startswith("-")


def test_elke_richting_heeft_een_eigen_vorm() -> None:
    assert len(set(SIGNAALVORMEN.values())) == len(SIGNAALVORMEN) == 4
    assert not any(re.search("#[0-9a-f]{3}", vorm) for vorm in SIGNAALVORMEN.values())
    tekst = merk(beeld(reeks(6, 7, 6, 7, 6, 7, 6, 7, 6, 7, 6, 20)))
    assert "stijgt" in tekst
    assert 'aria-hidden="true"' in tekst


RIJEN = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(-3, 60)), st.integers(0, 60), st.booleans(), st.booleans()), max_size=24
)


@settings(deadline=None, max_examples=60)
@given(
    RIJEN,
    st.sampled_from(["som", "verhouding", "stand", "enquete"]),
    st.sampled_from(["hoger", "lager", "geen"]),
    st.sampled_from([("jaarvolume", 30), ("minimum", 0), ("maximum", 6), ("verbetering", None), ("monitoring", None)]),
)
def test_elke_reeks_is_te_tonen(rijen: list[Any], aggregatie: str, richting: str, doel: tuple[str, Any]) -> None:
    """Whatever comes in: words, a chart with its table, and no number that is none."""
    gevuld = reeks(*(teller for teller, *_ in rijen))
    for r, (_, noemer, compleet, voorlopig) in zip(gevuld, rijen, strict=True):
        r.noemer = D(noemer) if aggregatie == "verhouding" else None
        r.geleverd, r.voorlopig = int(compleet), voorlopig
    laatste = gevuld[-1].teller if gevuld else None
    regel = oordeel(*doel, cum_teller=laatste, vorige=laatste, marge=D(1), vorige_marge=D(1))
    b = beeld(gevuld, regel, aggregatie=aggregatie, richting=richting, eenheid="%" if noemer_nodig(aggregatie) else "€")
    deel, verwachting = signaaldeel(b), verwachtingdeel(b)
    getoond = [b.woord, b.kans_tekst or b.kans_ontbreekt, str(merk(b)), slotsom(b), *deel.eerder]
    getoond += [zin for _, zin in deel.feiten]
    getoond += [verwachting.geen or verwachting.zin] if verwachting else []
    assert all(getoond)
    assert not re.search(r"nan|inf|None|E[+-]", " ".join(getoond))
    figuur = build_alle_kwartalen(b.indicator, [], b)
    assert {len(cellen) for cellen in figuur.rijen} <= {len(figuur.koppen)}


def noemer_nodig(aggregatie: str) -> bool:
    return aggregatie == "verhouding"


def test_het_aandeel_in_het_landelijke_doel_is_een_breuk() -> None:
    assert aandeel(D(30), D(220)) == F(3, 22)


Q4 = Kwartaal(2026, 4)


def test_wat_nog_loopt_geeft_geen_signaal_en_geen_grenzen() -> None:
    """A fourth quarter that is filled five weeks before its end looks like a fall, and is none."""
    rijen = reeks(*[26, 27, 26, 27, 26, 27, 26, 27, 26, 27, 26, 3], tot=Q4)
    voorbij = maak_beeld(indicator(), Q4, oordeel(), rijen)
    lopend = maak_beeld(indicator(), Q4, oordeel(), rijen, voorbij=NU)
    zonder = maak_beeld(indicator(), NU, oordeel(), rijen[:-1])
    assert voorbij.is_signaal
    assert (lopend.woord, lopend.waarden, lopend.grenzen) == ("stabiel", zonder.waarden, zonder.grenzen)
    assert (lopend.perioden[-1], lopend.zekerheid, lopend.prognose) == (NU, zonder.zekerheid, zonder.prognose)


def test_zolang_het_jaar_loopt_is_het_niet_afgesloten() -> None:
    rijen = reeks(*[5] * 12, tot=Q4)
    assert maak_beeld(indicator(), Q4, oordeel(), rijen).prognose is Geen.AFGESLOTEN
    assert maak_beeld(indicator(), Q4, oordeel(), rijen, voorbij=NU).prognose is not Geen.AFGESLOTEN


def test_in_het_eerste_kwartaal_is_er_nog_niets_om_op_te_bouwen() -> None:
    eerste = Kwartaal(2026, 1)
    rijen = reeks(*[5] * 13, tot=eerste)
    assert maak_beeld(indicator(), eerste, oordeel(), rijen, voorbij=Kwartaal(2025, 4)).prognose is Geen.NIETS_GETELD


def test_een_lopende_enquete_wordt_niet_vergeleken() -> None:
    rijen = [rij(2024, 4, "46"), rij(2026, 4, "60")]
    uitslag = oordeel(
        "verbetering", None, kwartaal=4, cum_teller=D(60), vorige=D(46), marge=D("1.1"), vorige_marge=D("1.1")
    )
    velden = {"aggregatie": "enquete", "frequentie": "tweejaarlijks", "eenheid": "%"}
    assert maak_beeld(indicator(**velden), Q4, uitslag, rijen).is_signaal
    assert not maak_beeld(indicator(**velden), Q4, uitslag, rijen, voorbij=NU).is_signaal
