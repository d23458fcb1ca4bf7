"""The lens of a municipality: what stands beside what, and what is left out and why."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client

from formatie.models import Gemeente, Werkgebied
from formatie.plan.gemeenten import get_werkkringen
from monitor.dashboards.gemeente import zinnen as gemeentezinnen
from monitor.dashboards.gemeente.selectors import NIET_GETOOND, PER_DISTRICT, Lens, Lenscel, lens, werkkring
from monitor.dashboards.keuze import bepaal
from monitor.models import Doelbereik, Indicator
from monitor.zicht import NIET_BIJ_ROL, TE_KLEIN, alleen_zichtbaar, get_te_klein, waarom_niet
from tests.factories import GemeenteFactory, maak_gebied, maak_persoon, maak_plan
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, VANDAAG, maak_monitor
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
Q = f"?kwartaal={KWARTAAL}"
MERGE = date(2023, 1, 1)
ADRES = f"/gemeenten/stad/{Q}"
WEG = "Wat u hier niet ziet"


@pytest.fixture
def stad() -> Gemeente:
    """A municipality in two districts; the monitor has teams A1-A3 and B1-B2."""
    maak_monitor()
    gemeente = GemeenteFactory(slug="stad")
    maak_gebied(gemeente, "A2", gebied="Noord")
    maak_gebied(gemeente, "B1", gebied="Zuid", grond="naam")
    return gemeente


def als(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def lees(client: Client, adres: str = ADRES) -> Pagina:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    return Pagina.van(antwoord)


def zie(rol: str, slug: str = "stad", kwartaal: str = KWARTAAL, **waar: str) -> Lens:
    blik = bepaal(maak_persoon(rol, **waar), kwartaal, VANDAAG)
    return lens(blik, werkkring(blik, slug))


def cellen(gezien: Lens, code: str) -> dict[str, Lenscel]:
    return next({c.onderdeel.code: c for c in r.cellen} for r in gezien.regels if r.regel.code == code)


def test_teams_dan_districten_dan_de_eenheid(stad: Gemeente) -> None:
    gezien = zie("rvo-lid")
    assert [o.code for o in gezien.kolommen] == ["A2", "B1", "A", "B", "RE07"]
    assert {regel.regel.code for regel in gezien.regels} == {"aanrijdtijd", "verzuim"}
    assert {regel.code for regel in gezien.eenheid} == {"verdachten", "verdachten-jong", "csv", "tevredenheid"}


def test_elk_cijfer_is_dat_van_het_onderdeel_zelf(stad: Gemeente) -> None:
    for code, cel in cellen(zie("rvo-lid"), "aanrijdtijd").items():
        rij = Doelbereik.objects.get(indicator__code="aanrijdtijd", onderdeel__code=code, jaar=2025, kwartaal=3)
        assert cel.regel.rij == rij
        assert cel.oordeel == rij.oordeel
        assert cel.regel.waarde_tekst


def test_een_rvo_lid_ziet_verzuim_per_district_en_niet_per_team(stad: Gemeente) -> None:
    verzuim = cellen(zie("rvo-lid"), "verzuim")
    assert {code: cel.weg for code, cel in verzuim.items() if cel.weg} == {"A2": NIET_BIJ_ROL, "B1": NIET_BIJ_ROL}
    assert all(verzuim[code].regel.rij is None for code in ("A2", "B1"))
    pagina = lees(als("rvo-lid"))
    assert pagina.deel(WEG).heeft("Verzuim: cijfers over personeel van A2 en B1 horen niet bij uw rol.")
    assert pagina.tabel("Stand in Q3 2025").rij("Verzuim").cellen[1:3] == [NIET_BIJ_ROL] * 2


def test_een_chef_ziet_personeel_alleen_in_het_eigen_district(stad: Gemeente) -> None:
    verzuim = cellen(zie("districtschef", onderdeel="A"), "verzuim")
    assert {code for code, cel in verzuim.items() if cel.weg} == {"B1", "B"}


def test_een_klein_aantal_komt_er_niet_door_op_geen_enkele_manier(stad: Gemeente) -> None:
    Doelbereik.objects.filter(indicator__code="verzuim", onderdeel__code="B").update(teller=3)
    verzuim = cellen(zie("rvo-lid"), "verzuim")
    assert (verzuim["B"].weg, verzuim["B"].regel.rij) == (TE_KLEIN, None)
    assert verzuim["A"].weg == TE_KLEIN  # else it follows from the unit
    client = als("rvo-lid")
    weggelaten = lees(client).deel(WEG)
    assert weggelaten.heeft("Verzuim: van A en B te klein om te tonen, of te herleiden uit de rest.")
    bestand = client.get(f"{ADRES}&_export=csv").content.decode()
    rijen = [rij for rij in csv.reader(io.StringIO(bestand), delimiter=";") if rij[:1] == ["Verzuim"]]
    assert [rij[2] for rij in rijen[:4]] == [NIET_BIJ_ROL, NIET_BIJ_ROL, TE_KLEIN, TE_KLEIN]
    assert {deel for rij in rijen[:4] for deel in rij[3:5]} == {NIET_GETOOND}
    assert not cellen(zie("analist"), "verzuim")["B"].weg


def test_een_district_zegt_in_een_half_kwartaal_hetzelfde_als_de_eenheid(stad: Gemeente) -> None:
    """Nothing of a district is shown until all teams of the unit are in; why must be on the screen."""
    Doelbereik.objects.filter(indicator__code="verzuim", onderdeel__code="RE07").update(geleverd=1, moet_leveren=5)
    verzuim = cellen(zie("rvo-lid"), "verzuim")
    zin = "nog niet van alle teams; het cijfer komt als alle 5 er zijn"
    assert (verzuim["A"].weg, verzuim["B"].weg) == (zin, zin)
    assert verzuim["RE07"].regel.reden.lower().startswith(zin)
    assert lees(als("rvo-lid")).deel(WEG).heeft(zin)
    assert not cellen(zie("analist"), "verzuim")["A"].weg


@pytest.mark.parametrize("rol", ["rvo-lid", "analist", "vaststeller", "portefeuillehouder", "districtschef"])
def test_de_reden_klopt_met_wat_er_weg_is(stad: Gemeente, rol: str) -> None:
    """``waarom_niet`` gives a reason exactly where ``alleen_zichtbaar`` gives no row."""
    Doelbereik.objects.filter(indicator__code="verzuim", onderdeel__code="B").update(teller=3)
    waar = {"districtschef": {"onderdeel": "A"}, "portefeuillehouder": {"thema": "wijk"}}.get(rol, {})
    user = maak_persoon(rol, **waar)
    zichtbaar = set(alleen_zichtbaar(Doelbereik.objects.all(), user).values_list("pk", flat=True))
    te_klein = get_te_klein(user)
    for rij in Doelbereik.objects.select_related("indicator", "onderdeel__ouder"):
        reden = waarom_niet(user, rij.indicator, rij.onderdeel, te_klein.get((rij.indicator_id, rij.jaar), set()))
        assert bool(reden) is (rij.pk not in zichtbaar), (rij.indicator.code, rij.onderdeel.code, reden)


def test_van_meer_teams_zegt_een_zin_welke_van_koers_zijn(stad: Gemeente) -> None:
    zinnen = [zin.tekst for zin in gemeentezinnen.stand(zie("analist"))]
    assert zinnen[0] == "Aanrijdtijd: niet op koers bij beide basisteams (A2 en B1)"
    assert [zin.tekst for zin in gemeentezinnen.stand(zie("rvo-lid"))] == zinnen[:1]  # staff of teams is not theirs


def test_een_team_zonder_cijfer_is_niet_van_koers(stad: Gemeente) -> None:
    a2 = Doelbereik.objects.filter(indicator__code="aanrijdtijd", onderdeel__code="A2")
    a2.update(oordeel="geen_meting", stand="geen_meting", teller=None, noemer=None, cum_teller=None, cum_noemer=None)
    zin = gemeentezinnen.stand(zie("analist"))[0].tekst
    assert zin == "Aanrijdtijd: niet op koers bij 1 van de 2 basisteams (B1); van A2 is er geen volledig cijfer"


def test_van_een_team_staat_het_oordeel_bij_de_waarde(stad: Gemeente) -> None:
    maak_gebied(GemeenteFactory(slug="dorp"), "A3")
    (zin,) = gemeentezinnen.stand(zie("rvo-lid", "dorp"))
    assert (zin.tekst, zin.oordeel) == ("Aanrijdtijd 82,0% (doel 82%):", "op_koers")


def test_wat_per_district_gemeten_wordt_heeft_geen_team(stad: Gemeente) -> None:
    Indicator.objects.filter(code="verzuim").update(niveau="district")
    assert cellen(zie("rvo-lid"), "verzuim")["A2"].weg == PER_DISTRICT
    assert lees(als("rvo-lid")).deel(WEG).heeft("Verzuim: per district gemeten, niet per basisteam.")


def test_zonder_meting_staat_er_waarom(stad: Gemeente) -> None:
    Doelbereik.objects.filter(indicator__code="aanrijdtijd", onderdeel__code="B1").delete()
    cel = cellen(zie("rvo-lid"), "aanrijdtijd")["B1"]
    assert (cel.weg, cel.ontbreekt, cel.oordeel_woord) == ("", "niet berekend", "niet berekend")
    Doelbereik.objects.all().delete()
    stand = lees(als("rvo-lid", naam="lezer")).tabel("Stand in Q3 2025")
    assert stand.rij("Aanrijdtijd").cellen[1:] == ["niet berekend"] * 5


def test_een_gemeente_zonder_bekend_team_zegt_dat(stad: Gemeente) -> None:
    GemeenteFactory(slug="dorp")
    pagina = lees(als("rvo-lid"), f"/gemeenten/dorp/{Q}")
    assert pagina.kop1 == "Gemeente Dorp"
    assert pagina.heeft("Welk basisteam hier werkt, staat niet in de bronnen die de monitor heeft")
    assert [o.code for o in zie("analist", "dorp").kolommen] == ["RE07"]
    kaart = lees(als("rvo-lid", naam="lijst"), f"/gemeenten/{Q}").tabel()
    assert kaart.rij("Dorp").cellen[1:] == ["–", "–", "team niet bekend", "–"]


def test_een_team_dat_na_het_kwartaal_begint_staat_er_al_bij(stad: Gemeente) -> None:
    maak_gebied(GemeenteFactory(slug="dorp"), "A3", geldig_vanaf=date(2025, 11, 29))
    pagina = lees(als("rvo-lid"), f"/gemeenten/dorp/{Q}")
    assert pagina.heeft("Vanaf 29-11-2025: A3")
    assert not pagina.heeft("Welk basisteam hier werkt, staat niet in de bronnen")
    lijst = lees(als("rvo-lid", naam="lijst"), f"/gemeenten/{Q}")
    assert lijst.heeft("welk basisteam er op 30-09-2025 werkte, van 1 daarvan wel vanaf een latere dag.")


def test_wat_alleen_op_een_naam_rust_en_wat_een_deel_is_staat_er_bij(stad: Gemeente) -> None:
    pagina = lees(als("rvo-lid"))
    assert pagina.heeft("Van de rest van Stad is niet bekend welk basisteam er werkt.")
    assert pagina.heeft("Dat B1 hier werkt, volgt uit de naam; geen bron noemt de grenzen.")


def _voeg_samen() -> Gemeente:
    nieuw = GemeenteFactory(slug="nieuw", geldig_vanaf=MERGE)
    for slug, team in (("oud", "A1"), ("ouder", "B2")):
        maak_gebied(GemeenteFactory(slug=slug, geldig_tot=MERGE, opgegaan_in=nieuw), team)
    return nieuw


def test_een_samengevoegde_gemeente_erft_van_haar_voorgangers(stad: Gemeente) -> None:
    _voeg_samen()
    assert [o.code for o in zie("rvo-lid", "nieuw").kolommen] == ["A1", "B2", "A", "B", "RE07"]
    zin = "Oud en Ouder zijn op 01-01-2023 opgegaan in Nieuw. Wat de bronnen van die gemeenten zeggen, geldt ook hier."
    assert lees(als("rvo-lid", naam="lezer"), f"/gemeenten/nieuw/{Q}").heeft(zin)


def test_wat_van_de_nieuwe_gemeente_zelf_bekend_is_gaat_voor(stad: Gemeente) -> None:
    maak_gebied(_voeg_samen(), "A3")
    assert [o.code for o in zie("rvo-lid", "nieuw").kolommen] == ["A3", "A", "RE07"]


def test_een_gemeente_die_er_niet_meer_is_wijst_naar_haar_opvolger(stad: Gemeente) -> None:
    _voeg_samen()
    client = als("rvo-lid")
    pagina = lees(client, f"/gemeenten/oud/{Q}")
    assert pagina.heeft("Oud is op 01-01-2023 opgegaan in Nieuw.")
    assert pagina.link("Bekijk Nieuw") == f"/gemeenten/nieuw/{Q}"
    assert client.get(f"/gemeenten/oud/{Q}&_export=csv").status_code == 400
    assert [kring.gemeente.slug for kring in get_werkkringen(VANDAAG)] == ["nieuw", "stad"]


def test_voor_de_samenvoeging_was_er_nog_geen_opvolger(stad: Gemeente) -> None:
    _voeg_samen()
    kringen = {k.gemeente.slug: k for k in get_werkkringen(date(2022, 12, 31))}
    assert set(kringen) == {"oud", "ouder", "stad"}
    assert kringen["oud"].opvolger is None


def test_twee_samenvoegingen_achter_elkaar(stad: Gemeente) -> None:
    nieuw, later = _voeg_samen(), GemeenteFactory(slug="later", geldig_vanaf=date(2025, 1, 1))
    Gemeente.objects.filter(pk=nieuw.pk).update(geldig_tot=date(2025, 1, 1), opgegaan_in=later)
    kringen = {k.gemeente.slug: k for k in get_werkkringen(VANDAAG, ["oud", "later"])}
    assert kringen["oud"].opvolger == later
    assert [team.code for team in kringen["later"].teams] == ["A1", "B2"]
    assert [g.slug for g in kringen["later"].voorgangers] == ["nieuw", "oud", "ouder"]


def test_een_gebied_geldt_van_een_dag_tot_een_dag(stad: Gemeente) -> None:
    Werkgebied.objects.filter(basisteam__code="B1").update(geldig_vanaf=date(2025, 7, 1))
    assert [o.code for o in zie("rvo-lid", kwartaal="2025-Q2").kolommen] == ["A2", "A", "RE07"]
    assert [o.code for o in zie("analist").kolommen] == ["A2", "B1", "A", "B", "RE07"]


def test_de_plaatsen_zijn_die_van_het_plan(stad: Gemeente) -> None:
    maak_plan({("A2", "basisteam"): "143,8".replace(",", "."), ("A", "totaal"): "565.8", ("A2", "wijkagenten"): "18"})
    plaatsen = lees(als("rvo-lid")).deel("Plaatsen volgens het formatieplan").tabel()
    assert plaatsen.rij("A2 Onderdeel A2").cellen[1:4] == ["143,8", "niet gedrukt", "18,0"]
    bestand = als("rvo-lid").get(f"{ADRES}&_export=csv&_tabel=plaatsen").content.decode()
    assert "565" in bestand


def test_zonder_plan_staat_dat_er(stad: Gemeente) -> None:
    client = als("rvo-lid")
    plaatsen = lees(client).deel("Plaatsen volgens het formatieplan")
    assert plaatsen.heeft("Er geldt geen formatieplan in dit kwartaal.")
    assert client.get(f"{ADRES}&_export=csv&_tabel=plaatsen").status_code == 400


@pytest.mark.parametrize("formaat", ["csv", "xlsx", "ods"])
def test_opslaan(stad: Gemeente, formaat: str) -> None:
    antwoord = als("rvo-lid").get(f"{ADRES}&_export={formaat}")
    assert antwoord.status_code == 200
    assert f"cijfers.{formaat}" in antwoord["Content-Disposition"]


def test_een_onbekende_gemeente_bestaat_niet(stad: Gemeente) -> None:
    assert als("rvo-lid").get("/gemeenten/nergens/").status_code == 404
    assert als("beheerder").get(ADRES).status_code == 404


@pytest.mark.queries
@pytest.mark.parametrize("maat", ["klein", "groot"])
@pytest.mark.parametrize(("pagina", "adres"), [("gemeente", ADRES), ("gemeenten", "/gemeenten/"), ("mijn", f"/{Q}")])
def test_een_vast_aantal_queries(pagina: str, adres: str, maat: str) -> None:
    teams = {"klein": ["A1"], "groot": ["A1", "A2", "B3", "B9"]}[maat]
    maak_monitor({"klein": {"A": 3, "B": 2}, "groot": {"A": 9, "B": 9}}[maat])
    gemeente = GemeenteFactory(slug="stad")
    maak_plan({("A1", "basisteam"): "10"})
    for team in teams:
        maak_gebied(gemeente, team, gebied=f"Deel {team}")
        GemeenteFactory(slug=f"voor-{team}".lower(), geldig_tot=MERGE, opgegaan_in=gemeente)
    client = als("rvo-lid", gemeente="stad" if pagina == "mijn" else "")
    aantal, queries = tel(client, adres)
    controleer({"mijn": "overzicht_met_gemeente"}.get(pagina, pagina), aantal, queries)
