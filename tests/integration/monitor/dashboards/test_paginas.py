"""The pages as each role sees them, and what stands on them."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Rolvervulling, User
from common.grafiek.beeld import Beeld
from common.grafiek.figuur import Figuur, uitpakken
from common.vaststellen.audit import AuditEvent
from monitor.dashboards.grafiek import tasks, voorraad
from monitor.dashboards.grafiek.controle import Tekenfout
from monitor.dashboards.grafiek.plotly import teken_figuur
from monitor.dashboards.grafiek.tasks import teken_figuren
from monitor.dashboards.keuze import bepaal
from monitor.models import Berekening, Doelbereik, Indicator
from tests.databaserol import als_superuser
from tests.factories import maak_persoon
from tests.figuren import figuur_van
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, VANDAAG, maak_monitor
from tests.integration.monitor.dashboards.verleden import stel_klok
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
Q = f"?kwartaal={KWARTAAL}"


@pytest.fixture(autouse=True, scope="module")
def _monitor(gedeelde_stand: None) -> None:
    maak_monitor()


def als(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def lees(client: Client, adres: str) -> Pagina:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    return Pagina.van(antwoord)


def test_het_overzicht_zegt_in_een_zin_hoe_het_staat_en_wat_er_te_bespreken_is() -> None:
    pagina = lees(als("rvo-lid"), f"/{Q}")
    assert pagina.kop1 == "2 van de 4 doelen zijn op koers of behaald, één niet; van één mist het cijfer."
    assert pagina.heeft("Stand per Q3 2025, zoals bekend op")
    bespreken = pagina.deel("Bespreken").tabel("Wat dit jaar nog te beïnvloeden is")
    [punt] = bespreken.rijen
    assert punt.kop.startswith("Verdachten Aandacht te weinig metingen (3) 21 verdachten t/m Q3, norm 22,5 verdachten.")
    assert pagina.deel("Op koers of behaald").koppen == ["Verzuim", "Tevredenheid"]
    assert pagina.deel("Cijfer mist").koppen == ["Aanrijdtijd", "Csv"]
    assert pagina.deel("De thema's").deel("Onrust").heeft("De agenda noemt hier geen doelen")


def test_het_overzicht_zegt_wat_er_ontbreekt() -> None:
    pagina = lees(als("rvo-lid"), f"/{Q}")
    assert pagina.deel("Cijfer mist").deel("Aanrijdtijd").heeft("Onvolledig: Q2 is niet compleet")
    assert pagina.deel("Compleet").heeft("4 van 5 te leveren indicatoren. Mist: Csv (0 van 5 vastgesteld).")


def test_een_enquete_staat_er_met_de_laatste_meting() -> None:
    pagina = lees(als("rvo-lid"), f"/indicatoren/tevredenheid/{Q}")
    assert pagina.heeft("Dit is de laatste meting, van Q4 2023")
    assert pagina.heeft("45,0% over 2023, 40,0% in 2021")


@pytest.mark.parametrize("adres", [f"/{Q}", f"/themas/wijk/{Q}"])
def test_een_beheerder_leest_tekst_maar_geen_cijfer(adres: str) -> None:
    pagina = lees(als("beheerder"), adres)
    assert "Wijk" in pagina.koppen
    assert not re.search(r"\d+,\d%|verdachten t/m|Aandacht|Onvolledig", pagina.tekst)
    assert pagina.tekeningen == pagina.figuren == []


@pytest.mark.parametrize(
    "adres", ["/indicatoren/", "/indicatoren/verdachten/", "/indicatoren/verdachten/?_figuur=figuur-verdachten"]
)
def test_voor_een_beheerder_bestaan_cijferpaginas_niet(adres: str) -> None:
    assert als("beheerder").get(adres).status_code == 404


def test_personeel_onder_de_eenheid_ziet_alleen_wie_dat_mag() -> None:
    adres = f"/indicatoren/verzuim/{Q}"
    houder = lees(als("portefeuillehouder", thema="x"), adres)
    assert houder.kop1 == "Verzuim"
    assert "Per district en team" not in houder.koppen
    assert not houder.ergens("A1 Onderdeel A1")
    lid = lees(als("rvo-lid"), adres)
    assert onderdelen(lid) == ["A Onderdeel A", "B Onderdeel B"]
    assert not lid.ergens("A1 Onderdeel A1")
    chef = lees(als("districtschef", onderdeel="A"), adres)
    assert onderdelen(chef) == ["A Onderdeel A", *(f"A{n} Onderdeel A{n}" for n in (1, 2, 3))]
    assert not chef.ergens("Onderdeel B")
    assert "B1 Onderdeel B1" in onderdelen(lees(als("analist"), adres))


def onderdelen(pagina: Pagina) -> list[str]:
    return [rij.kop for rij in pagina.deel("Per district en team").tabel("Verzuim per kwartaal").rijen]


def test_gevoelig_komt_nooit_onder_de_eenheid() -> None:
    for rol in ("analist", "vaststeller"):
        pagina = lees(als(rol), f"/indicatoren/csv/{Q}")
        assert pagina.kop1 == "Csv"
        assert "Per district en team" not in pagina.koppen
        assert not pagina.ergens("Onderdeel A")
    assert "A1" not in als("analist").get(f"/indicatoren/csv/{Q}&_export=csv&_tabel=onderdelen").content.decode()


def test_wie_een_waarde_vaststelde_ziet_alleen_wie_het_spoor_mag_lezen() -> None:
    adres = f"/indicatoren/verdachten/{Q}"
    lid, analist = lees(als("rvo-lid"), adres), lees(als("analist"), adres)
    assert "Door" not in lid.tabel("Verdachten, Q3 2025").kolommen
    assert not lid.ergens("goedkeurder")
    assert analist.tabel("Verdachten, Q3 2025").cel("Q3 2025", "Door") == "invoerder, goedkeurder"
    assert "goedkeurder" not in als("rvo-lid").get(f"{adres}&_export=csv").content.decode()


def test_een_ingetrokken_rol_is_bij_het_volgende_verzoek_weg() -> None:
    client = als("rvo-lid")
    lees(client, f"/indicatoren/{Q}")
    Rolvervulling.objects.all().update(geldig_tot=timezone.localdate())
    assert client.get(f"/indicatoren/{Q}").status_code == 403


@pytest.mark.parametrize(
    ("vraag", "status"),
    [
        ("kwartaal=2025-Q2", 200),
        ("kwartaal=2025-Q5", 400),
        ("kwartaal=onzin", 400),
        ("kwartaal=%00", 400),
        ("kwartaal=2025-Q1'%20OR%201=1", 400),
        ("kwartaal=1999-Q1", 400),
        ("kwartaal=2099-Q4", 400),
        ("kwartaal=2022-Q4", 400),
    ],
)
@pytest.mark.parametrize("adres", ["/", "/themas/wijk/", "/indicatoren/", "/indicatoren/verdachten/"])
def test_een_vreemd_kwartaal_is_nooit_een_storing(adres: str, vraag: str, status: int) -> None:
    assert als("rvo-lid").get(f"{adres}?{vraag}").status_code == status


@pytest.mark.parametrize(
    "vraag",
    [
        "sort=__class__",
        "sort=-oordeel&sort=waarde",
        "page=999999999999999999999",
        "page=-1",
        "page=x",
        "per_page=1e9",
        "per_page=0",
        "thema=bestaat-niet",
        "thema=%00",
        "oordeel=%3Cscript%3E",
        "zoek=%00",
        "zoek='%20OR%201=1--",
        "zoek=" + "x" * 5000,
        "district=A&district=B",
    ],
)
def test_een_vreemde_vraag_geeft_een_gewone_lijst(vraag: str) -> None:
    pagina = lees(als("rvo-lid"), f"/indicatoren/{Q}&{vraag}")
    assert pagina.tabel("Indicatoren, Q3 2025").kolommen[0] == "Indicator"


@pytest.mark.parametrize("vraag", ["_export=exe", "_export=", "_export=csv&_tabel=geheim"])
def test_een_vreemde_uitvoer_wordt_geweigerd(vraag: str) -> None:
    assert als("rvo-lid").get(f"/indicatoren/verdachten/{Q}&{vraag}").status_code == 400


def test_sorteren_en_filteren_werken_zonder_script() -> None:
    client = als("rvo-lid")
    namen = lees(client, f"/indicatoren/{Q}&sort=oordeel").tabel().kolom("Indicator")
    assert namen.index("Verdachten") < namen.index("Aanrijdtijd")
    gevonden = lees(client, f"/indicatoren/{Q}&thema=wijk&zoek=AANRIJD")
    assert gevonden.meldingen == ["1 indicator"]
    assert gevonden.tabel().kolom("Indicator") == ["Aanrijdtijd"]
    assert lees(client, f"/indicatoren/{Q}&sort=waarde").tabel().gesorteerd == {"Waarde": "ascending"}
    assert lees(client, f"/indicatoren/{Q}&oordeel=behaald&zoek=verdachten").meldingen == ["0 indicatoren"]


def test_de_uitvoer_is_de_tabel_en_wordt_vastgelegd() -> None:
    antwoord = als("rvo-lid").get(f"/indicatoren/{Q}&_export=csv")
    rijen = list(csv.reader(io.StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))
    per_naam = {rij[0]: dict(zip(rijen[0], rij, strict=True)) for rij in rijen}
    verdachten = per_naam["Verdachten"]
    assert [verdachten[kop] for kop in ("Waarde", "Doel", "Verschil", "Oordeel")] == ["21", "30", "-1,5", "Aandacht"]
    assert verdachten["Waarom"] == (
        "21 verdachten t/m Q3, norm 22,5; nog 9 nodig in Q4. Vergeleken met een gelijk deel per kwartaal."
    )
    assert (per_naam["Verdachten jong"]["Waarde"], per_naam["Verdachten jong"]["Doel"]) == ("0", "geen doel")
    assert per_naam["Csv"]["Waarde"] == "geen meting"
    assert AuditEvent.objects.get(handeling="export").naar == {"bestand": "indicatoren.csv"}


def test_verzonnen_cijfers_zeggen_dat_op_de_pagina_en_in_het_bestand() -> None:
    User.objects.filter(username="invoerder").update(demo=True)
    client = als("rvo-lid")
    assert lees(client, f"/{Q}").heeft("Demonstratie. De gemeten cijfers op deze site zijn verzonnen.")
    antwoord = client.get(f"/indicatoren/{Q}&_export=csv")
    assert "verzonnen" in antwoord.content.decode("utf-8-sig").splitlines()[0]
    assert "demonstratie" in antwoord["Content-Disposition"]


def figuur_json(client: Client) -> dict:
    return json.loads(figuur_van(client, f"/indicatoren/verdachten/{Q}").content)


def test_grafiek_tabel_en_pagina_zijn_van_hetzelfde_merk() -> None:
    client = als("rvo-lid")
    pagina = lees(client, f"/indicatoren/verdachten/{Q}")
    figuur = figuur_json(client)
    assert pagina.figuur().kenmerk("data-merk") == figuur["merk"]
    [hoofd] = [spoor for spoor in figuur["data"] if spoor["meta"]["rol"] == "hoofd"]
    cellen = [rij.cel("2025") for rij in pagina.figuur().tabel().rijen]
    assert [str(y) for y in hoofd["y"]] == [cel for cel in cellen if cel] == ["9", "15", "21"]


def test_een_bewaarde_figuur_wordt_overhandigd_tot_er_opnieuw_gerekend_is() -> None:
    blik = bepaal(maak_persoon("rvo-lid"), "", VANDAAG)
    indicator = Indicator.objects.select_related("berekening").get(code="verdachten")
    sleutel = voorraad.figuursleutel(voorraad.Figuursoort.JAAR, "verdachten", "RE07", blik.kwartaal)
    generatie = voorraad.generatie(blik.bekend, indicator)
    bewaard = Figuur(sleutel=sleutel, generatie=generatie, svg="<svg>bewaard</svg>", plotly=b"x", beeld=b"x")
    bewaard.save()
    assert voorraad.haal(blik, [indicator], voorraad.Figuursoort.JAAR)[indicator.pk].svg == "<svg>bewaard</svg>"
    Berekening.objects.filter(indicator=indicator).update(generatie=99)
    indicator = Indicator.objects.select_related("berekening").get(code="verdachten")
    assert voorraad.haal(blik, [indicator], voorraad.Figuursoort.JAAR)[indicator.pk].svg != "<svg>bewaard</svg>"


def test_de_taak_tekent_alles_en_twee_keer_is_hetzelfde() -> None:
    codes = list(Indicator.objects.values_list("code", flat=True))
    tekeningen = 4 * (len(codes) + 1)  # of verzuim also as who reads its parts reads it
    assert teken_figuren(codes) == teken_figuren(codes) == tekeningen
    assert Figuur.objects.count() == tekeningen
    groot = Figuur.objects.get(sleutel__startswith="jaar:verdachten:")
    assert json.loads(uitpakken(groot.plotly))["merk"] == groot.merk


def test_wie_de_delen_leest_krijgt_een_eigen_tekening_en_geen_ander_die(monkeypatch: pytest.MonkeyPatch) -> None:
    stel_klok(monkeypatch, VANDAAG)
    teken_figuren(["verzuim"])
    indicator = Indicator.objects.select_related("berekening").get(code="verzuim")
    soort = voorraad.Figuursoort.VONK
    Figuur.objects.filter(sleutel__endswith="h").update(svg="<svg>met delen</svg>")
    gelezen = {}
    for rol in ("analist", "rvo-lid"):
        blik = bepaal(maak_persoon(rol), "", VANDAAG)
        Figuur.objects.filter(sleutel__endswith=str(blik.kwartaal)).update(svg="<svg>zonder</svg>")
        gelezen[rol] = voorraad.haal(blik, [indicator], soort)[indicator.pk].svg
    assert gelezen == {"analist": "<svg>met delen</svg>", "rvo-lid": "<svg>zonder</svg>"}


def test_een_figuur_die_niet_lukt_houdt_de_andere_niet_tegen(monkeypatch: pytest.MonkeyPatch) -> None:
    def _weiger(beeld: Beeld) -> str:
        if "verdachten" in beeld.onderschrift:
            raise Tekenfout("zegt iets anders")
        return teken_figuur(beeld)

    monkeypatch.setattr(tasks, "teken_figuur", _weiger)
    assert teken_figuren(["verdachten", "aanrijdtijd"]) == 8
    assert not any(bytes(f.plotly) for f in Figuur.objects.filter(sleutel__contains=":verdachten:"))
    assert bytes(Figuur.objects.get(sleutel__startswith="jaar:aanrijdtijd:").plotly)


def test_de_figuur_wordt_niet_twee_keer_verstuurd() -> None:
    client = als("rvo-lid")
    pagina = f"/indicatoren/verdachten/{Q}"
    eerste = figuur_van(client, pagina, **{"Accept-Encoding": "br"})
    assert (eerste["Content-Encoding"], eerste.status_code) == ("br", 200)
    adres, had = f"{pagina}&_figuur=figuur-verdachten", {"If-None-Match": eerste["ETag"]}
    assert client.get(adres, headers=had).status_code == 304
    Doelbereik.objects.filter(indicator__code="verdachten", kwartaal=3).update(cum_teller=22)
    Berekening.objects.update(generatie=99)
    assert client.get(adres, headers=had).status_code == 202


def test_een_grafiek_die_er_niet_is_is_een_nette_404() -> None:
    assert als("rvo-lid").get(f"/indicatoren/verdachten/{Q}&_figuur=anders").status_code == 404
    assert als("rvo-lid").get(f"/{Q}&_figuur=figuur-verdachten").status_code == 404


def test_de_eigen_tabel_van_een_grafiek_als_bestand() -> None:
    client = als("rvo-lid")
    adres = f"/indicatoren/verdachten/{Q}&_figuur=figuur-verdachten"
    regels = client.get(f"{adres}&_formaat=csv").content.decode("utf-8-sig").splitlines()
    tabel = lees(client, f"/indicatoren/verdachten/{Q}").figuur().tabel()
    assert [regel.split(";") for regel in regels[1:-2]] == [rij.cellen for rij in tabel.rijen]
    assert regels[-1].startswith("Bron: Strategiemonitor, ")
    assert ", zoals bekend op " in regels[-1]
    assert re.search(
        r'filename="[a-z0-9-]+-\d{4}-\d\d-\d\d', client.get(f"{adres}&_formaat=csv")["Content-Disposition"]
    )
    assert client.get(f"{adres}&_formaat=pdf").status_code == 400


def test_een_gemist_doel_lijkt_nooit_gehaald() -> None:
    Doelbereik.objects.filter(indicator__code="aanrijdtijd", onderdeel__code="RE07").update(
        cum_teller=Decimal(8196), cum_noemer=Decimal(10000), oordeel="aandacht", gemist=0, geleverd=5, moet_leveren=5
    )
    pagina = lees(als("rvo-lid"), f"/indicatoren/aanrijdtijd/{Q}")
    assert pagina.figuur().tabel().cel("Q3", "2025") == "81,96"
    assert pagina.heeft("81,96% t/m Q3")
    assert not pagina.heeft("82,0% t/m")


def test_zonder_berekening_is_de_pagina_er_ook() -> None:
    Doelbereik.objects.all().delete()
    with als_superuser():
        Berekening.objects.all().delete()
    client = als("rvo-lid")
    assert lees(client, f"/indicatoren/verdachten/{Q}").heeft("nog niet berekend")
    for adres in ("/", "/themas/wijk/", "/indicatoren/"):
        lees(client, adres + Q)


def test_een_naam_met_opmaak_staat_er_letterlijk() -> None:
    Indicator.objects.filter(code="verdachten").update(naam="<script>x</script>{{7*7}}")
    for adres in ("/", "/themas/opsporing/", "/indicatoren/", "/indicatoren/verdachten/"):
        assert lees(als("rvo-lid"), adres + Q).heeft("<script>x</script>{{7*7}}")  # as text, not as an element
