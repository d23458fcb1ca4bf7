"""Old forms: what was typed comes back with what changed, in every form of the site; nothing is silently lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from common.vaststellen.bewaking import NietToegestaan, Verouderd
from formatie.models import Onderdeel
from monitor.invoer.vaststellen.selectors import keuze_van
from monitor.invoer.vaststellen.services import neem_terug, stel_vast
from monitor.invoer.vaststellen.soorten import BEZETTING, DOEL, METING
from monitor.models import Concept, Definitieversie, Doelstelling, Import, Indicator, Meting
from tests.factories import AfsluitingFactory, BezettingFactory, MetingFactory, maak_persoon
from tests.integration.site import als, maak_site
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
HIER = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}
TEKST = "Een lange reden die iemand <b>typte</b>."
# Without a text to lose, or what gives it back itself.
ZONDER_TEKST = ("balk.html", "kolomkeuze.html", "getypt.html", "403_csrf.html")
# Of a password nothing is ever shown again.
MET_GEHEIM = ("inloggen.html", "wachtwoord.html", "toegang.html")
FORMULIEREN = {
    "/indicatoren/proef/doelen/": "reden",
    "/indicatoren/proef/definitie/": "reden",
    "/indicatoren/proef/grenzen/": "reden",
    "/invoer/2025-Q1/": "proef:RE07:toelichting",
    "/invoer/2025-Q1/bezetting/?district=A": "reden",
    "/invoer/2025-Q3/heropening/": "reden",
    "/formatie/districten/A/scenarios/": "naam",
}


def test_elk_formulier_met_tekst_zegt_van_wie_het_is() -> None:
    """A form without it gives nothing back when its token is old."""
    for pad in Path(settings.BASE_DIR / "templates").rglob("*.html"):
        if pad.name in (*ZONDER_TEKST, *MET_GEHEIM):
            continue
        for formulier in re.findall(r'<form[^>]*method="post".*?</form>', pad.read_text("utf-8"), re.DOTALL):
            assert 'name="wie"' in formulier, pad


def _streng(wie: str) -> Client:
    """A browser that sends the token of its cookie, or an old one."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(maak_persoon(wie, naam=f"proef-{wie}"))
    return client


def _merk(client: Client) -> str:
    velden = Pagina.van(client.get("/indicatoren/proef/grenzen/")).velden
    return next(veld.waarde for veld in velden if veld.naam == "wie")


@pytest.mark.parametrize("adres", FORMULIEREN)
def test_een_oud_token_geeft_terug_wat_getypt_is(adres: str) -> None:
    maak_site()
    analist, veld = _streng("analist"), FORMULIEREN[adres]
    wat = {veld: TEKST, "wie": _merk(analist), "besluit": "vragen", "csrfmiddlewaretoken": "x" * 64}
    antwoord = analist.post(adres, wat, **HIER)
    pagina = Pagina.van(antwoord)
    assert (antwoord.status_code, pagina.kop1) == (403, "Uw formulier is niet verzonden")
    assert {v.naam: v.waarde for v in pagina.velden}[veld] == TEKST
    assert b"<b>typte" not in antwoord.content
    assert not Concept.objects.exists()
    # By hand it is sent again, with the token of now.
    nieuw = {v.naam: v.waarde for v in pagina.velden if v.naam}
    assert analist.post(adres, nieuw, **HIER).status_code != 403


@pytest.mark.parametrize(
    "vreemd",
    [{}, {"HTTP_ORIGIN": "https://elders.example"}, {"HTTP_ORIGIN": "null"}, HIER | {"HTTP_SEC_FETCH_SITE": "none"}],
)  # fmt: skip
def test_een_formulier_van_elders_wordt_niet_aangeboden(vreemd: dict[str, str]) -> None:
    maak_site()
    analist = _streng("analist")
    antwoord = analist.post("/indicatoren/proef/doelen/", {"reden": "val", "wie": _merk(analist)}, **vreemd)
    assert antwoord.status_code == 403
    assert not any(veld.naam == "reden" for veld in Pagina.van(antwoord).velden)


def test_wat_een_ander_typte_wordt_niet_getoond_en_niet_aangeboden() -> None:
    maak_site()
    merk = _merk(_streng("analist"))
    antwoord = _streng("vaststeller").post("/indicatoren/proef/doelen/", {"reden": TEKST, "wie": merk}, **HIER)
    assert Pagina.van(antwoord).heeft("onder een andere naam")
    assert b"Een lange reden" not in antwoord.content
    anoniem = Client(enforce_csrf_checks=True).post("/indicatoren/proef/doelen/", {"reden": TEKST, "wie": merk}, **HIER)
    assert b"Een lange reden" not in anoniem.content


def test_een_besluit_over_wat_al_behandeld_is_houdt_de_reden() -> None:
    maak_site()
    waar = {"indicator": Indicator.objects.get(), "onderdeel": Onderdeel.objects.get(code="RE07")}
    een, ander = (MetingFactory(**waar, kwartaal=k, wachtend=True) for k in (2, 3))
    keuze, eerder = keuze_van(METING, een), maak_persoon("vaststeller", naam="eerder")
    stel_vast(METING, [een], door=eerder, herkomst="proef")
    wat = {"besluit": "terugsturen", "keuze": keuze, "reden": TEKST}
    for blijft in (True, False):
        antwoord = als("vaststeller").post("/vaststellen/", wat)
        pagina = Pagina.van(antwoord)
        assert antwoord.status_code == 409
        assert pagina.meldt("gewijzigd of al behandeld")
        assert pagina.heeft(TEKST) or any(veld.waarde == TEKST for veld in pagina.velden), blijft
        if blijft:
            stel_vast(METING, [ander], door=eerder, herkomst="proef")


def test_een_reden_bij_een_kwartaal_dat_intussen_open_is() -> None:
    maak_site()
    antwoord = als("analist").post("/invoer/2025-Q3/heropening/", {"besluit": "vragen", "reden": TEKST})
    assert (antwoord.status_code, Pagina.van(antwoord).heeft(TEKST)) == (409, True)
    AfsluitingFactory(jaar=2025, kwartaal=3)
    antwoord = als("vaststeller").post("/invoer/2025-Q3/sluiten/", {"reden": TEKST})
    assert (antwoord.status_code, Pagina.van(antwoord).heeft(TEKST)) == (409, True)


def test_een_toelichting_bij_een_bestand_dat_intussen_veranderde(monkeypatch: pytest.MonkeyPatch) -> None:
    maak_site()
    analist = als("analist")
    door = User.objects.get(username="proef-analist")
    bestand = Import.objects.create(door=door, naam="a.csv", inhoud=b"", sha256="x", staat="voorstel", twijfel=1)

    def verouderd(*args: object, **kwargs: object) -> None:
        raise Verouderd

    monkeypatch.setattr("monitor.invoer.importeren.views.dien_in_als_getoond", verouderd)
    antwoord = analist.post(f"/invoer/importeren/{bestand.pk}/", {"besluit": "indienen", "toelichting": TEKST})
    assert (antwoord.status_code, Pagina.van(antwoord).heeft(TEKST)) == (409, True)


def _doel(**anders: str) -> dict[str, str]:
    doel = {
        "jaar": "2026",
        "onderdeel": "RE07",
        "soort": "jaarvolume",
        "streefwaarde": "31",
        "marge": "10",
        "besluit": "b",
    }
    return doel | {"orgaan": "RVO", "geldig_vanaf": "2026-01-01", "reden": TEKST} | anders


def test_een_doel_dat_een_ander_intussen_voorstelde_of_vaststelde() -> None:
    maak_site()
    analist = als("analist")
    analist.post("/indicatoren/proef/doelen/", _doel(gezien="0"))
    antwoord = analist.post("/indicatoren/proef/doelen/", _doel(streefwaarde="77"))
    assert antwoord.status_code == 400
    assert {v.naam: v.waarde for v in Pagina.van(antwoord).velden}["streefwaarde"] == "77"  # and not gone
    open_ = Doelstelling.objects.filter(jaar=2026)
    stel_vast(DOEL, list(open_), door=maak_persoon("vaststeller", naam="besluit"), herkomst="proef")
    antwoord = analist.post("/indicatoren/proef/doelen/", _doel(streefwaarde="77", gezien="0"))
    velden = {v.naam: v.waarde for v in Pagina.van(antwoord).velden}
    assert (antwoord.status_code, velden["streefwaarde"]) == (400, "77")
    assert Pagina.van(antwoord).heeft("is er iets anders vastgesteld")
    assert velden["gezien"] == str(open_.get().pk)  # seen now: sent again it goes
    assert not Definitieversie.objects.exists()


@pytest.mark.parametrize(("soort", "fabriek"), [(METING, MetingFactory), (BEZETTING, BezettingFactory)])
def test_een_analist_neemt_alleen_eigen_werk_terug(soort: object, fabriek: type) -> None:
    maak_site()
    waar = {"onderdeel": Onderdeel.objects.get(code="RE07" if fabriek is MetingFactory else "A1")}
    waar |= {"indicator": Indicator.objects.get()} if fabriek is MetingFactory else {}
    rij = fabriek(**waar, kwartaal=3, wachtend=True, ingevoerd_door=maak_persoon("analist", naam="invoerder"))
    with pytest.raises(NietToegestaan, match="Alleen wie dit indiende"):
        neem_terug(soort, [rij], door=maak_persoon("analist", naam="collega"), herkomst="proef")  # type: ignore[arg-type]
    rij.refresh_from_db()
    assert rij.staat == "ingediend"


def test_het_rooster_biedt_terugnemen_alleen_wie_indiende() -> None:
    maak_site()
    waar = {"indicator": Indicator.objects.get(), "onderdeel": Onderdeel.objects.get(code="RE07")}
    rij = MetingFactory(**waar, kwartaal=3, wachtend=True, ingevoerd_door=maak_persoon("analist", naam="invoerder"))
    ander = als("analist")
    assert b"Neem terug" not in ander.get("/invoer/2025-Q3/?toon=alles").content
    ander.post("/invoer/2025-Q3/", {"terug": str(rij.pk)})
    assert Meting.objects.get(pk=rij.pk).staat == "ingediend"
    eigen = Client()
    eigen.force_login(rij.ingevoerd_door)
    assert b"Neem terug" in eigen.get("/invoer/2025-Q3/?toon=alles").content


def test_geweigerde_tekst_staat_niet_als_vastgesteld() -> None:
    """The quarter was closed while someone typed over an approved value."""
    maak_site()
    waar = {"indicator": Indicator.objects.get(), "onderdeel": Onderdeel.objects.get(code="RE07")}
    MetingFactory(**waar, jaar=2025, kwartaal=3, waarde=9)
    analist = als("analist")
    velden = {
        v.naam: v.waarde
        for v in Pagina.van(analist.get("/invoer/2025-Q3/?toon=alles")).velden
        if v.naam and ":" in v.naam
    }
    AfsluitingFactory(jaar=2025, kwartaal=3)
    antwoord = analist.post("/invoer/2025-Q3/", velden | {"proef:RE07:waarde": "12", "actie": "bewaar"})
    rij = next(rij for tabel in Pagina.van(antwoord).tabellen for rij in tabel.rijen if "12" in rij.cellen)
    assert "Niet bewaard" in rij.cel("Stand")
    assert "geldt nu: 9" in rij.cel("Stand")
