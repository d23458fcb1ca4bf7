"""The page: what an address asks is what it shows, no more than its reader may see, and never a fault."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse, QueryDict
from django.test import Client

from common.tekst.getallen import voor_programma
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.dashboards.verkennen.reeksen import Reekskeuze, get_reeksen
from monitor.dashboards.verkennen.uitkomst import Legopdracht
from monitor.dashboards.verkennen.vraag import lees_vraag
from monitor.models import Indicator
from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.opstelling import VANDAAG, maak_monitor
from tests.integration.monitor.dashboards.verkennen.opstelling import leg_meteen
from tests.integration.monitor.dashboards.verleden import stel_klok
from tests.pagina import Pagina
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
TIJD = "indicator=aanrijdtijd"
ROLLEN: tuple[tuple[str, dict[str, str]], ...] = (
    ("rvo-lid", {}), ("analist", {}), ("districtschef", {"onderdeel": "A"}), ("portefeuillehouder", {"thema": "wijk"}),
)  # fmt: skip


@pytest.fixture
def monitor(monkeypatch: pytest.MonkeyPatch) -> dict[str, Onderdeel]:
    stel_klok(monkeypatch, VANDAAG)
    return maak_monitor({"A": 3, "B": 2})


@pytest.fixture
def gevraagd(monkeypatch: pytest.MonkeyPatch) -> list[Legopdracht]:
    return leg_meteen(monkeypatch)


def _als(rol: str = "rvo-lid", **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, naam=f"proef-{rol}", **waar))
    return client


def _open(vraag: str = "", client: Client | None = None, **kop: str) -> Pagina:
    antwoord = (client or _als()).get(f"/verkennen/?{vraag}" if vraag else "/verkennen/", headers=kop)
    assert antwoord.status_code == 200
    return Pagina.van(antwoord)


def test_zonder_vraag_staat_er_al_een_beeld(monitor: object, gevraagd: list[Legopdracht]) -> None:
    pagina = _open()
    assert gevraagd
    assert pagina.figuren
    assert len(pagina.tabel("De cijfers zelf").rijen) > 0


def test_naast_elkaar_toont_elk_team_met_wat_ervan_bekend_is(monitor: object, gevraagd: list[Legopdracht]) -> None:
    pagina = _open(f"{TIJD}&onderdeel=teams&als=naast")
    tabel = pagina.tabel("Aanrijdtijd: de getekende cijfers")
    assert [rij.kop.split()[0] for rij in tabel.rijen] == ["A3", "A2", "B2", "A1", "B1"]
    assert tabel.kolom("In het kwartaal") == ["82,0%", "81,0%", "81,0%", "80,0%", "80,0%"]
    assert set(tabel.kolom("Periode")) == {"Q3 2025"}


def test_een_ontbrekend_kwartaal_is_een_gat_met_een_reden(monitor: object, gevraagd: list[Legopdracht]) -> None:
    tabel = _open(f"{TIJD}&onderdeel=B2&als=tabel").tabel("Aanrijdtijd")
    assert tabel.cel("Aanrijdtijd", "Q2 2025") == "geen meting"
    assert tabel.cel("Aanrijdtijd", "Q1 2025") == "81,0%"


def test_tegen_elkaar_vraagt_twee_indicatoren(monitor: object, gevraagd: list[Legopdracht]) -> None:
    assert _open(f"{TIJD}&onderdeel=teams&als=tegen").heeft("Kies precies twee indicatoren")
    assert gevraagd == []
    pagina = _open(f"{TIJD}&indicator=verzuim&onderdeel=teams&als=tegen", _als("analist"))
    assert pagina.figuur("Het hoogst in Q3 2025 op Aanrijdtijd")
    assert pagina.tabel("Aanrijdtijd tegen Verzuim").kolom("Verzuim")


@pytest.mark.parametrize(
    ("vraag", "zin"),
    [
        ("als=tijd", "Kies ten minste één indicator."),
        ("&".join(f"indicator=extra-{n}" for n in range(7)), "U koos 7 indicatoren. Kies er hoogstens 6."),
        (f"{TIJD}&vanaf=2025-Q3&tot=2025-Q1", "De periode begint in Q3 2025, na het eind in Q1 2025."),
    ],
)
def test_wat_te_kiezen_is_en_niet_kan_zegt_de_pagina(
    monkeypatch: pytest.MonkeyPatch, vraag: str, zin: str, gevraagd: list[Legopdracht]
) -> None:
    stel_klok(monkeypatch, VANDAAG)
    maak_monitor({"A": 1}, extra=7)
    assert _open(vraag).heeft(zin)
    assert gevraagd == []


def test_meer_dan_veertig_onderdelen_zegt_dat_en_vraagt_niets(
    monkeypatch: pytest.MonkeyPatch, gevraagd: list[Legopdracht]
) -> None:
    stel_klok(monkeypatch, VANDAAG)
    maak_monitor({"A": 41})
    assert _open(f"{TIJD}&onderdeel=teams").heeft("U koos 41 onderdelen. Kies er hoogstens 40.")
    assert gevraagd == []


@pytest.mark.parametrize(
    "vraag",
    [
        *("indicator=bestaat-niet", f"{TIJD}&onderdeel=Z9", f"{TIJD}&onderdeel=teams-Z", f"{TIJD}&als=taart"),
        *(f"{TIJD}&per=eeuw", f"{TIJD}&vanaf=2025-Q9", f"{TIJD}&tot=1990-Q1", f"{TIJD}&tot=2999-Q1"),
        *(f"{TIJD}&vanaf=%00", f"{TIJD}&peildatum=morgen", "indicator=%27+OR+1%3D1", "indicator=%00"),
        "&".join(f"indicator=x{n}" for n in range(500)),
        "&".join(f"indicator=x{n}" for n in range(1500)),
    ],
)
def test_wat_niet_bestaat_geeft_een_bladzijde_met_een_zin(monitor: object, vraag: str) -> None:
    antwoord = _als().get(f"/verkennen/?{vraag}")
    assert antwoord.status_code == 400
    assert len(Pagina.van(antwoord).inhoud.tekst) > 30


@pytest.mark.parametrize(
    "vraag", ["poging=x", "poging=-1", "poging=9999999999", "page=9e9", "sort=__class__", "iets=1"]
)
def test_wat_er_niet_toe_doet_doet_niets(monitor: object, gevraagd: list[Legopdracht], vraag: str) -> None:
    assert _open(f"{TIJD}&{vraag}").figuren


@pytest.mark.parametrize(("rol", "waar"), ROLLEN)
def test_beeld_tabel_en_bestand_hebben_precies_de_rijen_van_deze_lezer(
    monitor: object, gevraagd: list[Legopdracht], rol: str, waar: dict[str, str]
) -> None:
    client = _als(rol, **waar)
    vraag = f"{TIJD}&indicator=verzuim&onderdeel=RE07&onderdeel=districten&onderdeel=teams"
    _open(vraag, client)
    codes = ("RE07", "A", "B", *Onderdeel.objects.filter(soort="basisteam").values_list("code", flat=True))
    keuze = Reekskeuze(("aanrijdtijd", "verzuim"), codes, Kwartaal(2023, 1), Kwartaal(2025, 3))
    user = client.get("/verkennen/").wsgi_request.user
    rijen = get_reeksen(user, keuze)
    assert rijen
    verwacht = {(r.indicator, r.onderdeel, r.kwartaal.index): r for r in rijen}
    getekend = {(rij[0], rij[1], rij[2]): rij[3] for rij in gevraagd[0]["rijen"]}
    assert {plek: None if g is None else Decimal(g) for plek, g in getekend.items()} == {
        plek: r.waarde for plek, r in verwacht.items()
    }
    kop, *inhoud = _bestand(client.get(f"/verkennen/?{vraag}&_export=csv"))
    assert len(kop) == len(set(kop))
    in_bestand = {
        (rij["Code van de indicator"], rij["Code van het onderdeel"], _index(rij["Kwartaal"])): rij for rij in inhoud
    }
    assert set(in_bestand) == set(verwacht)
    for plek, r in verwacht.items():
        cel = in_bestand[plek]["In het kwartaal"]
        verwacht_cel = "" if r.waarde is None else voor_programma(r.waarde).replace(".", ",")
        assert cel == verwacht_cel if verwacht_cel else not cel[:1].isdigit(), plek


def _bestand(antwoord: HttpResponse) -> list[dict[str, str]]:
    regels = list(csv.reader(StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))
    kop = next(n for n, regel in enumerate(regels) if len(regel) > 3)
    rijen = [
        dict(zip(regels[kop], regel, strict=True)) for regel in regels[kop + 1 :] if len(regel) == len(regels[kop])
    ]
    return [dict.fromkeys(regels[kop], ""), *rijen]


def _index(tekst: str) -> int:
    return Kwartaal(int(tekst[3:]), int(tekst[1])).index


@pytest.mark.parametrize("per", ["kwartaal", "jaar"])
@pytest.mark.parametrize("als", ["naast", "tegen"])
def test_onder_een_beeld_van_een_moment_staan_alleen_de_rijen_daarvan(
    monitor: object, gevraagd: list[Legopdracht], als: str, per: str
) -> None:
    """Everything the picture has, and of nothing another quarter; laid as a table it is all of them."""
    client = _als("analist")
    vraag = f"{TIJD}&indicator=verzuim&onderdeel=RE07&onderdeel=districten&per={per}"
    pagina = _open(f"{vraag}&als={als}", client)
    rijen = _rijen(client, f"{vraag}&als={als}")
    cijfer = "Jaar tot nu toe" if per == "jaar" else "In het kwartaal"
    beeldtabellen = [figuur.tabel() for figuur in pagina.figuren]
    assert len(beeldtabellen) == (2 if als == "naast" else 1)
    getekend = {rij.kop for tabel in beeldtabellen for rij in tabel.rijen}
    assert getekend <= {rij["Onderdeel"] for rij in rijen if rij[cijfer]}
    assert len({(rij["Indicator"], rij["Kwartaal"]) for rij in rijen}) == len({rij["Indicator"] for rij in rijen}) == 2
    alles = _rijen(client, f"{vraag}&als=tabel")
    assert len(alles) > len(rijen)
    assert all(rij in alles for rij in rijen)
    [telling] = [melding for melding in pagina.meldingen if melding.endswith(f"; {len(rijen)} rijen")]
    assert "tot en met" not in telling
    for laatste, zegt in ((als, True), ("tabel", False)):
        bestand = client.get(f"/verkennen/?{vraag}&als={laatste}&_export=csv").content.decode()
        assert ("Hier staan de rijen van de grafiek." in bestand) is zegt


def _rijen(client: Client, vraag: str) -> list[dict[str, str]]:
    return _bestand(client.get(f"/verkennen/?{vraag}&_export=csv"))[1:]


@pytest.mark.parametrize("soort", ["csv", "xlsx", "ods"])
def test_elk_bestand_komt_en_noemt_bron_en_dag(monitor: object, soort: str) -> None:
    antwoord = _als().get(f"/verkennen/?{TIJD}&_export={soort}")
    assert antwoord.status_code == 200
    assert re.search(rf'filename="[a-z0-9-]+-\d{{4}}-\d\d-\d\d\.{soort}"', antwoord["Content-Disposition"])
    if soort == "csv":
        assert "; zoals bekend op 23-11-2025" in antwoord.content.decode("utf-8-sig").splitlines()[0]
        assert "Bron: Strategiemonitor, Onderdeel RE07, zoals bekend op 23-11-2025." in antwoord.content.decode()


def test_wie_teams_niet_mag_zien_leest_waarom(monitor: object, gevraagd: list[Legopdracht]) -> None:
    pagina = _open("indicator=verzuim&onderdeel=teams")
    assert pagina.heeft("hoort niet bij uw rol")
    assert gevraagd == []
    assert _open("indicator=verzuim&onderdeel=teams", _als("analist")).figuren


def test_een_gevoelige_indicator_is_er_alleen_voor_de_eenheid(monitor: object, gevraagd: list[Legopdracht]) -> None:
    assert _open("indicator=csv&onderdeel=districten", _als("analist")).heeft("alleen voor de eenheid")


def test_zonder_worker_staan_de_cijfers_er_toch_en_vraagt_de_pagina_hoogstens_tien_keer_opnieuw(
    monitor: object,
) -> None:
    client = _als()
    for poging in ("", *(f"&poging={n}" for n in range(1, 11))):
        antwoord = client.get(f"/verkennen/?{TIJD}{poging}")
        pagina = Pagina.van(antwoord)
        assert not pagina.figuren
        assert len(pagina.tabel("De cijfers zelf").rijen) > 0
        assert pagina.link("Probeer het opnieuw") == f"/verkennen/?{TIJD}"
        assert ("load delay:1s" in antwoord.content.decode()) == (poging != "&poging=10")


def test_een_filter_krijgt_het_korte_adres_terug(monitor: object, gevraagd: list[Legopdracht]) -> None:
    formulier = {
        "indicator": "aanrijdtijd",
        "onderdeel": "teams",
        "als": "tijd",
        "per": "kwartaal",
        "vanaf": "",
        "tot": "",
    }
    antwoord = _als().get(f"/verkennen/?{urlencode(formulier)}&peildatum=", headers={"HX-Request": "true"})
    assert antwoord["HX-Push-Url"] == f"/verkennen/?{TIJD}&onderdeel=teams"


@pytest.mark.parametrize(
    "vraag",
    [
        *("indicator=a", "indicator=a&indicator=b&onderdeel=teams-A&vanaf=2023-Q1&tot=2025-Q4&als=tegen&per=jaar"),
        "indicator=x%26y&onderdeel=RE07&als=naast",
    ],
)
def test_een_vraag_staat_altijd_met_dezelfde_woorden_in_het_adres(vraag: str) -> None:
    gelezen = lees_vraag(QueryDict(vraag))
    assert gelezen is not None
    assert gelezen.adres == vraag
    assert lees_vraag(QueryDict(gelezen.adres + "&onderdeel=")) == gelezen


def test_zoals_bekend_op_een_eerdere_dag_blijft_bij_die_dag(monitor: object, gevraagd: list[Legopdracht]) -> None:
    pagina = _open(f"{TIJD}&onderdeel=RE07&peildatum=2025-05-01")
    assert pagina.heeft("zoals bekend op 01-05-2025")
    assert pagina.veld("Zoals bekend op").waarde == "2025-05-01"


def test_een_beginvoorbeeld_noemt_alleen_wat_er_is(monitor: object, gevraagd: list[Legopdracht]) -> None:
    Indicator.objects.filter(code="aanrijdtijd").update(code="aanrijdtijd-prio1")
    pagina = _open()
    assert [link.tekst for link in pagina.links if "Prio 1" in link.tekst] == [
        "Prio 1 van alle teams",
        "Prio 1 per district, over de tijd",
    ]
    assert pagina.tabel("Aanrijdtijd: de getekende cijfers").kolom("Onderdeel")


@pytest.mark.queries
@pytest.mark.parametrize(("districten", "extra"), [({"A": 3, "B": 2}, 0), ({"A": 9, "B": 9, "C": 9}, 20)])
def test_een_vast_aantal_queries(
    monkeypatch: pytest.MonkeyPatch, gevraagd: list[Legopdracht], districten: dict[str, int], extra: int
) -> None:
    stel_klok(monkeypatch, date(2025, 11, 23))
    maak_monitor(districten, extra)
    controleer("verkennen", *tel(_als(), f"/verkennen/?{TIJD}&indicator=verdachten&onderdeel=teams&onderdeel=RE07"))
