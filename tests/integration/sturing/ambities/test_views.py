"""The page of an ambition, the theme page and Voor mij: who sees what, and that nothing typed is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from monitor.invoer.vaststellen.services import neem_terug, stuur_terug
from monitor.invoer.vaststellen.soorten import AMBITIESTAND
from monitor.invoer.werklijst.takenlijst import lees_takenlijst
from monitor.rekenen.herberekenen import herbereken
from strategie.models import Ambitie
from sturing.ambities.services import Bron
from sturing.models import Ambitiestand
from sturing.regels.omvang import Halfjaar
from tests.factories import MetingFactory, maak_persoon
from tests.integration.sturing.opstelling import HIER, NU, VANDAAG, houder, maak_agenda, zeg, zeg_en_stel_vast
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
VELDEN = {
    "halfjaar": "2026-1",
    "oordeel": "op-weg",
    "tekst": "Het gaat vooruit.",
    "indicatoren": ["verdachten"],
    "soort_1": "audit",
    "titel_1": "Doorlichting",
    "datum_1": "2026-06-01",
    "gezien": "0",
}


@pytest.fixture
def ambitie(monkeypatch: pytest.MonkeyPatch) -> Ambitie:
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: moment.date() if moment else VANDAAG)
    return maak_agenda()


def _als(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _pagina(user: User, adres: str = HIER) -> Pagina:
    return Pagina.van(_als(user).get(adres))


def test_van_schrijven_tot_lezen(ambitie: Ambitie) -> None:
    schrijver = _als(houder())
    assert Pagina.van(schrijver.post(HIER, VELDEN, follow=True)).meldt("Een ander moet het vaststellen.")
    assert not _pagina(maak_persoon("rvo-lid")).heeft("Het gaat vooruit.")
    beslisser = _als(maak_persoon("vaststeller"))
    inbak = Pagina.van(beslisser.get("/vaststellen/ambities/"))
    assert inbak.heeft("op weg: Het gaat vooruit.")
    assert inbak.heeft("Bewijs: audit “Doorlichting” van 01-06-2026")
    keuze = [veld.waarde for veld in inbak.velden if veld.naam == "keuze"]
    beslisser.post("/vaststellen/ambities/", {"besluit": "vaststellen", "keuze": keuze})
    lezer = _pagina(maak_persoon("rvo-lid"))
    deel = lezer.deel("Eerste helft van 2026")
    assert deel.heeft("Op weg")
    assert deel.heeft("Het gaat vooruit.")
    assert deel.heeft("Audit “Doorlichting” van 01-06-2026")
    assert "kwartaal=2026-Q" in deel.link("Verdachten")
    assert not lezer.heeft("houder")
    assert "Zeg hoe ver het is" not in lezer.koppen
    assert Pagina.van(schrijver.get(HIER)).lijst("Wat er gebeurde")[-1].endswith("(scherm ambities)")


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"tekst": "woord " * 312}, "Dit zijn 312 woorden. Schrijf het in hoogstens 300."),
        ({"tekst": "a" * 10_000}, "hoogstens 4000 tekens"),
        ({"halfjaar": "2027-1"}, "Dit halfjaar is er niet"),
        ({"halfjaar": ""}, "Kies over welk halfjaar"),
        ({"indicatoren": ["bestaat-niet"]}, "De indicator “bestaat-niet” is er niet."),
        ({"titel_1": ""}, "Schrijf de titel van bron 1."),
        ({"datum_1": "2030-01-01"}, "De datum van bron 1 ligt niet tussen"),
        ({"datum_1": "31-31-2026"}, "datum"),
    ],
)
def test_wat_niet_kan_staat_bovenaan_met_een_link_en_niets_is_weg(
    ambitie: Ambitie, anders: dict[str, object], zin: str
) -> None:
    antwoord = _als(houder()).post(HIER, VELDEN | anders)
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 400
    assert pagina.plek("fouten").ergens(zin)
    assert [link.adres for link in pagina.plek("fouten").links if link.adres.startswith("#id_")]
    getypt = VELDEN | anders
    assert pagina.waarden["tekst"].strip() == str(getypt["tekst"]).strip()
    assert pagina.waarden["titel_1"] == getypt["titel_1"]
    assert not Ambitiestand.objects.exists()


def test_wie_niet_mag_krijgt_geen_formulier_en_geen_antwoord(ambitie: Ambitie) -> None:
    for user, status in (
        (maak_persoon("rvo-lid"), 403),
        (houder("ander", "ander"), 403),
        (maak_persoon("beheerder"), 404),
    ):
        assert _als(user).post(HIER, VELDEN).status_code == status
    assert _als(maak_persoon("beheerder")).get(HIER).status_code == 404
    assert _als(houder()).get("/themas/eigen/ambities/9/").status_code == 404
    assert _als(houder()).get("/themas/weg/ambities/1/").status_code == 404
    assert _als(houder()).post(HIER + "?peildatum=2026-07-01", VELDEN).status_code == 403


def test_zoals_bekend_op_een_dag(ambitie: Ambitie) -> None:
    zeg_en_stel_vast(ambitie)
    zeg(ambitie, halfjaar=Halfjaar(2025, 2), bronnen=())
    toen = _pagina(houder(), HIER + "?peildatum=2026-07-09")
    assert toen.heeft("Over deze ambitie is nog niets vastgesteld.")
    assert not toen.heeft("Ligt ter vaststelling")
    assert "Zeg hoe ver het is" not in toen.koppen
    assert _pagina(houder()).heeft("Ligt ter vaststelling: tweede helft van 2025")


def test_wie_terugkijkt_leest_wat_er_die_dag_ter_vaststelling_lag(ambitie: Ambitie) -> None:
    begin, wie = NU - timedelta(days=6), {"door": houder(), "herkomst": "proef"}
    stand = zeg(ambitie, op=begin)
    stuur_terug(
        AMBITIESTAND,
        [stand],
        door=maak_persoon("vaststeller"),
        reden="Zeg meer.",
        herkomst="proef",
        op=begin + timedelta(days=2),
    )
    zeg(ambitie, op=begin + timedelta(days=3), tekst="Meer gezegd.")
    neem_terug(AMBITIESTAND, [Ambitiestand.objects.get()], op=begin + timedelta(days=4), **wie)
    for dag, zin in {3: "", 4: "ligt ter vaststelling", 6: "teruggestuurd", 7: "ligt ter vaststelling", 8: ""}.items():
        toen = f"?kwartaal=2026-Q2&peildatum=2026-07-0{dag}"
        for adres in ("/themas/eigen/", "/agenda/"):
            pagina = _pagina(houder(), adres + toen)
            assert pagina.heeft(f"(eerste helft van 2026 {zin or 'x'})") == bool(zin), (dag, adres)
        hier = _pagina(houder(), HIER + toen)
        assert hier.ergens("Het gaat vooruit.") == (dag in (4, 6)), dag
        assert hier.ergens("Meer gezegd.") == (dag == 7), dag
        assert "Trek dit in" not in hier.knoppen
        assert not _pagina(maak_persoon("rvo-lid"), HIER + toen).ergens("Het gaat vooruit.")


def test_de_themapagina_noemt_de_laatste_stand_van_elke_ambitie(ambitie: Ambitie) -> None:
    Ambitie.objects.create(thema=ambitie.thema, nummer=2, tekst="Nog verder komen.", bronregel="1")
    zeg_en_stel_vast(ambitie, halfjaar=Halfjaar(2025, 1), bronnen=(), oordeel="loopt-achter")
    zeg_en_stel_vast(ambitie)
    lid = maak_persoon("rvo-lid")
    nu = _pagina(lid, "/themas/eigen/?kwartaal=2026-Q2").deel("Ambities van de agenda")
    assert nu.heeft("Op weg")
    assert nu.heeft("Nog niets vastgesteld")
    assert not nu.heeft("Loopt achter")
    assert nu.link("Toelichting en bewijs").startswith(HIER)
    assert _pagina(lid, "/themas/eigen/?kwartaal=2025-Q2").deel("Ambities van de agenda").heeft("Loopt achter")
    zonder = _pagina(maak_persoon("beheerder"), "/themas/eigen/")
    assert not zonder.heeft("Nog niets vastgesteld")
    assert not zonder.heeft("Op weg")


def test_wat_ter_vaststelling_ligt_staat_er_voor_wie_het_mag_weten(ambitie: Ambitie) -> None:
    zeg(ambitie)
    zin = "(eerste helft van 2026 ligt ter vaststelling)"
    weten = (houder(), maak_persoon("programmadirecteur"), maak_persoon("vaststeller"), maak_persoon("analist"))
    niet = (maak_persoon("rvo-lid"), houder("ander", "ander"))
    for adres in ("/themas/eigen/?kwartaal=2026-Q2", "/agenda/?kwartaal=2026-Q2"):
        assert {_pagina(user, adres).heeft(zin) for user in weten} == {True}, adres
        assert {_pagina(user, adres).heeft(zin) for user in niet} == {False}, adres
        assert all(_pagina(user, adres).heeft("Nog niets vastgesteld") for user in (*weten, *niet)), adres

    def _stand(user: User) -> str:
        delen = _als(user).get("/api/v1/agendadelen").json()["resultaten"]
        return next(deel["stand"] for deel in delen if deel["soort"] == "ambitie")

    assert _stand(weten[1]) == "Nog niets vastgesteld; eerste helft van 2026 ligt ter vaststelling"
    assert _stand(niet[0]) == "Nog niets vastgesteld"


def test_de_themapagina_vraagt_niet_meer_met_meer_ambities(ambitie: Ambitie) -> None:
    client = _als(maak_persoon("rvo-lid"))
    weinig = tel(client, "/themas/eigen/")[0]
    for nummer in range(2, 12):
        nog = Ambitie.objects.create(thema=ambitie.thema, nummer=nummer, tekst=f"Stap {nummer}.", bronregel="1")
        zeg_en_stel_vast(nog)
    assert tel(client, "/themas/eigen/")[0] == weinig
    for helft in (1, 2):
        zeg_en_stel_vast(ambitie, halfjaar=Halfjaar(2025, helft), bronnen=())
    controleer("ambitie", *tel(client, HIER))


def test_het_bewijs_zegt_het_oordeel_van_dat_kwartaal(ambitie: Ambitie) -> None:
    MetingFactory(indicator__code="verdachten", jaar=2026, kwartaal=2)
    zeg_en_stel_vast(ambitie)
    deel = _pagina(maak_persoon("rvo-lid")).deel("Eerste helft van 2026")
    assert deel.link("Verdachten").startswith("/indicatoren/verdachten/?kwartaal=2026-Q2")


def test_een_bron_is_te_openen_of_te_vinden(ambitie: Ambitie) -> None:
    dag = date(2026, 6, 1)
    bronnen = [Bron("document", "Jaarblad", dag, "https://blad.nl/1?a=<b>"), Bron("audit", "Toets", dag, "kast 3")]
    zeg_en_stel_vast(ambitie, bronnen=[*bronnen, Bron("audit", "Script", dag, "javascript:alert(1)")])
    deel = _pagina(maak_persoon("rvo-lid")).deel("Eerste helft van 2026")
    assert deel.link("Document “Jaarblad” van 01-06-2026") == "https://blad.nl/1?a=<b>"
    assert deel.heeft("(blad.nl)")
    assert deel.heeft("Audit “Toets” van 01-06-2026, te vinden: kast 3")
    assert not [link for link in deel.links if link.adres.startswith("javascript")]


def test_wie_schreef_en_wie_vaststelde_met_de_dag(ambitie: Ambitie) -> None:
    zeg_en_stel_vast(ambitie)
    assert _pagina(houder()).heeft("Geschreven op 10-07-2026 door houder, vastgesteld op 10-07-2026 door vaststeller.")
    lid = _pagina(maak_persoon("rvo-lid"))
    assert lid.heeft("Geschreven op 10-07-2026, vastgesteld op 10-07-2026.")
    assert not lid.heeft("houder")


def test_een_halfjaar_dat_loopt_telt_nog_niet(ambitie: Ambitie) -> None:
    MetingFactory(indicator__code="verdachten", jaar=2026, kwartaal=2)
    herbereken(vandaag=VANDAAG)
    zeg_en_stel_vast(ambitie, halfjaar=Halfjaar(2026, 2))
    deel = _pagina(maak_persoon("rvo-lid")).deel("Tweede helft van 2026")
    assert deel.heeft("loopt nog, telt vanaf 31-10-2026")
    assert not deel.heeft("Cijfer komt nog")


def test_wie_bewijs_kiest_ziet_hoe_elk_ervoor_staat(ambitie: Ambitie) -> None:
    MetingFactory(indicator__code="verdachten", jaar=2026, kwartaal=2)
    herbereken(vandaag=VANDAAG)
    antwoord = _als(houder()).get(HIER).content.decode()
    assert '<span>Verdachten <span class="oordeel' in antwoord


def test_wat_is_ingetrokken_blijft_te_lezen_en_staat_weer_in_het_formulier(ambitie: Ambitie) -> None:
    schrijver = houder()
    stand = zeg(ambitie, schrijver)
    _als(schrijver).post(HIER, {"intrekken": stand.pk})
    assert not Ambitiestand.objects.exists()
    pagina = _pagina(schrijver)
    assert (
        "trok in: op weg, over de eerste helft van 2026. Er stond: “Het gaat vooruit.”"
        in pagina.lijst("Wat er gebeurde")[0]
    )
    assert "audit “Doorlichting” van 01-06-2026" in pagina.lijst("Wat er gebeurde")[0]
    assert pagina.heeft("Hier staat wat u introk.")
    assert pagina.waarden["tekst"].strip() == "Het gaat vooruit."
    assert (pagina.waarden["titel_1"], pagina.waarden["halfjaar"]) == ("Doorlichting", "2026-1")
    assert not _pagina(houder("ander")).heeft("Hier staat wat u introk.")
    assert not _pagina(maak_persoon("rvo-lid")).ergens("Het gaat vooruit.")
    zeg(ambitie, schrijver, timezone.now(), tekst="Anders.")
    assert not _pagina(schrijver).heeft("Hier staat wat u introk.")


def test_vooraf_gekozen_is_wat_verschuldigd_is_en_dan_wat_loopt(ambitie: Ambitie) -> None:
    schrijver = houder()
    assert _pagina(schrijver).waarden["halfjaar"] == "2026-1"
    zeg(ambitie, schrijver)
    pagina = _pagina(schrijver)
    assert pagina.waarden["halfjaar"] == "2026-2"
    assert pagina.ergens("Tweede helft van 2026 (loopt nog tot en met 31-12-2026)")


def test_over_wat_nog_loopt_wordt_gewaarschuwd(ambitie: Ambitie) -> None:
    schrijver = _als(houder())
    voorbij = Pagina.van(schrijver.post(HIER, VELDEN, follow=True))
    assert not voorbij.ergens("Klopt het dan niet meer")
    loopt = Pagina.van(schrijver.post(HIER, VELDEN | {"halfjaar": "2026-2", "oordeel": "gehaald"}, follow=True))
    assert loopt.meldt("De tweede helft van 2026 loopt nog tot en met 31-12-2026.")


def _te_doen(user: User, dag: date) -> list[tuple[str, bool]]:
    punten = lees_takenlijst(User.objects.get(pk=user.pk), dag).punten
    return [(punt.waar, punt.te_laat) for punt in punten if punt.groep.bezigheid == "ambities"]


def test_voor_mij_vraagt_er_elk_halfjaar_om(ambitie: Ambitie) -> None:
    van_thema, directeur = houder(), maak_persoon("programmadirecteur")
    begin = date(2026, 7, 1)
    assert _te_doen(van_thema, begin) == [("Eigen thema", False)]
    assert _te_doen(van_thema, begin + timedelta(days=45)) == [("Eigen thema", False)]
    assert _te_doen(van_thema, begin + timedelta(days=46)) == [("Eigen thema", True)]
    assert _te_doen(directeur, begin) == [("Ander thema", False)]  # nobody has that one
    assert _te_doen(maak_persoon("analist"), begin) == []
    zeg(ambitie, van_thema)
    assert _te_doen(van_thema, begin) == []
    assert _te_doen(van_thema, date(2027, 1, 1)) == [("Eigen thema", False)]  # of the second half
    assert _te_doen(van_thema, date(2027, 7, 1)) == []  # no agenda has that year
