"""kill -9 of every process of the site while people work: no acknowledged write lost, none double, nothing half."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config.diensten import plaats
from tests.integration.config.doodslag.bezoeker import Bezoeker
from tests.integration.config.doodslag.klanten import GEEN_FOUT, Aanleveraar, Klant, Plek, Typist, Vaststeller
from tests.integration.opstelling import manage, processen_van, start, vrije_poort, wacht_op_regel

pytestmark = [pytest.mark.traag, pytest.mark.chaos, pytest.mark.xdist_group("storing"), pytest.mark.timeout(900)]

RONDES = 3
HERSTEL = 60.0  # seconds; also how long the dashboards may be behind after the last kill
SLACHTOFFERS: dict[str, tuple[str, ...]] = {
    "web": ("config.web",),
    "worker": ("celery", " worker "),
    "postgres": ("bin/postgres -D",),
    "valkey": ("valkey-server",),
}
VOORBEREIDING = """
import json
from decimal import Decimal
from accounts.models import User
from common.database.rollen import als_eigenaar
from formatie.models import Onderdeel
from monitor.invoer.meting.services import dien_in
from monitor.invoer.vaststellen.selectors import get_te_besluiten, keuze_van
from monitor.invoer.vaststellen.soorten import METING
from monitor.invoer.regels.waarneming import Waarneming
from monitor.models import Afsluiting, Concept, Indicator, Meting, Monitorregel
with als_eigenaar():  # the site removes none of these
    # The quarters of the demo are closed.
    Afsluiting.objects.all().delete()
    # The button submits the whole quarter, and someone else's unfinished value would hold it up.
    Meting.objects.filter(demo=True, staat__in=("concept", "afgekeurd")).delete()
    Concept.objects.all().delete()
voorbeeld = Monitorregel.objects.select_related("agenda", "thema").first()
teams = sorted(Onderdeel.objects.filter(soort="basisteam", geldig_tot=None).values_list("code", flat=True))
plekken, nummer = [], 0
for soort in ("vast", "in", "typ"):
    for deel in range(3):
        code = f"doodslag-{soort}-{deel}"
        indicator = Indicator.objects.create(
            code=code, naam=code, definitie="-", telregel="-", bron="-", eenheid="stuks", aggregatie="som",
            richting="hoger", frequentie="kwartaal", niveau="basisteam", herkomst="invoer", volgorde=900 + deel)
        Monitorregel.objects.create(agenda=voorbeeld.agenda, thema=voorbeeld.thema, indicator=indicator,
            rubriek="-", bronregel="1")
        for jaar in (2023, 2024, 2025):
            for kwartaal in (1, 2, 3, 4):
                for team in teams:
                    nummer += 1
                    plekken.append([code, team, jaar, kwartaal, 100 + nummer % 7])
analist = User.objects.get(username="analist")
vast = [Waarneming(n, c, o, j, k, Decimal(w), None, None, None, False, "definitief", None, "")
        for n, (c, o, j, k, w) in enumerate(plekken) if "-vast-" in c]
dien_in(vast, door=analist, herkomst="voorbereiding")
keuzes = {(m.indicator.code, m.onderdeel.code, m.jaar, m.kwartaal): keuze_van(METING, m)
          for m in get_te_besluiten(METING, User.objects.get(username="vaststeller"))
          if m.indicator.code.startswith("doodslag")}
print(json.dumps([[*p, keuzes.get(tuple(p[:4]), "")] for p in plekken]))
"""


@dataclass
class Site:
    data_dir: Path
    poort: int
    plekken: list[Plek]

    def leeft(self) -> bool:
        return Bezoeker(self.poort, "").lees("/gezondheid/").status == 200

    def dood(self, wie: str, *, kind: bool) -> None:
        """kill -9 of the process itself, or of the youngest of its children that do the work."""
        passend = [
            nummer
            for nummer, regel in processen_van(self.data_dir).items()
            if all(kenmerk in regel for kenmerk in SLACHTOFFERS[wie])
        ]
        os.kill(max(passend) if kind else min(passend), signal.SIGKILL)

    def vraag(self, sql: str, *waarden: object) -> list[tuple[Any, ...]]:
        d = plaats.database(self.data_dir)
        with psycopg.connect(host=d["HOST"], port=d["PORT"], user=d["USER"], dbname=d["NAME"]) as verbinding:
            return verbinding.execute(sql, waarden).fetchall()


@contextmanager
def open_site(basis: Path) -> Iterator[Site]:
    """The site under its supervisor in this folder, with values that wait for each kind of work."""
    basis.chmod(0o755)
    poort = vrije_poort()
    toezicht = start(basis / "data", "-m", "config.toezicht", PORT=str(poort))
    try:
        wacht_op_regel(toezicht, "Stoppen: Ctrl-C", seconden=300)
        klaar = manage(basis / "data", "shell", "-v0", "-c", VOORBEREIDING)
        assert klaar.returncode == 0, klaar.stderr
        plekken = [Plek(*rij) for rij in json.loads(klaar.stdout.splitlines()[-1])]
        threading.Thread(target=toezicht.stdout.read, daemon=True).start()  # type: ignore[union-attr]  # a full pipe would stop it
        yield Site(basis / "data", poort, plekken)
    finally:
        toezicht.send_signal(signal.SIGTERM)
        try:
            toezicht.wait(timeout=60)
        finally:
            toezicht.kill()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    basis = Path(tempfile.mkdtemp(prefix="strategie-doodslag-"))
    with open_site(basis) as site:
        yield site
    shutil.rmtree(basis, ignore_errors=True)


def binnen(seconden: float, vraag: Callable[[], bool]) -> bool:
    eind = time.monotonic() + seconden
    while not vraag():
        if time.monotonic() > eind:
            return False
        time.sleep(0.1)
    return True


def maak_klanten(site: Site, klaar: threading.Event) -> list[Klant]:
    soorten = {"vast": ("vaststeller", Vaststeller), "in": ("analist", Aanleveraar), "typ": ("analist", Typist)}
    klanten = []
    for soort, (naam, klasse) in soorten.items():
        bezoeker = Bezoeker(site.poort, naam)
        bezoeker.log_in()
        klanten.append(klasse(bezoeker, [p for p in site.plekken if f"-{soort}-" in p.indicator], klaar))
    return klanten


def _werk_door(klant: Klant) -> Callable[[], bool]:
    """Whether this person got something acknowledged after now; or was done."""
    tot_nu = len(klant.bevestigd)
    return lambda: len(klant.bevestigd) > tot_nu or not klant.is_alive()


def _wacht_op_voortgang(klanten: list[Klant]) -> None:
    """Everyone gets something acknowledged again."""
    door = {type(klant).__name__: _werk_door(klant) for klant in klanten}
    stil = [naam for naam, vraag in door.items() if not binnen(2 * HERSTEL, vraag)]
    assert not stil, (stil, [(klant.fout, dict(klant.statussen)) for klant in klanten])


@pytest.fixture(scope="module")
def na_afloop(site: Site) -> list[Klant]:
    """Everyone has worked on while each process was killed some times, and then the site has come to rest."""
    klaar = threading.Event()
    klanten = maak_klanten(site, klaar)
    for klant in klanten:
        klant.start()
    for ronde in range(RONDES):
        for wie in SLACHTOFFERS:
            _wacht_op_voortgang(klanten)
            site.dood(wie, kind=bool(ronde % 2) and wie in ("web", "worker"))
            assert binnen(HERSTEL, site.leeft), wie
    laatste = time.monotonic()
    _wacht_op_voortgang(klanten)
    klaar.set()
    if any(klant.fout for klant in klanten):
        print(*_fouten_in(site.data_dir / "log" / "web.log"), sep="\n")
    for klant in klanten:
        klant.join(timeout=30)
        print(type(klant).__name__, len(klant.bevestigd), "bevestigd, antwoorden", dict(klant.statussen))
    over = laatste + HERSTEL - time.monotonic()
    assert binnen(over, lambda: _api(site) == _uit_de_waarden(site)), "the dashboards are not right after a minute"
    print(f"dashboards goed {time.monotonic() - laatste:.1f} s na de laatste keer")
    return klanten


def _fouten_in(logboek: Path) -> list[str]:
    """The last line of every traceback, with the three before it."""
    regels = logboek.read_text(errors="replace").splitlines()
    einden = [n for n, regel in enumerate(regels) if re.match(r"[a-zA-Z_.]+(Error|Exception|Interrupted)\b", regel)]
    return [" | ".join(regels[max(0, n - 3) : n + 1]) for n in einden]


def _uit_de_waarden(site: Site) -> dict[tuple[str, str, int, int], Decimal]:
    """Per team what is approved, and their sum for the districts and the unit; worked out here from the bare values."""
    ouder = dict(
        site.vraag("SELECT k.code, o.code FROM formatie_onderdeel k JOIN formatie_onderdeel o ON o.id = k.ouder_id")
    )
    uit: dict[tuple[str, str, int, int], Decimal] = defaultdict(Decimal)
    for indicator, team, jaar, kwartaal, waarde in site.vraag(
        "SELECT i.code, o.code, m.jaar, m.kwartaal, m.waarde FROM monitor_meting m "
        "JOIN monitor_indicator i ON i.id = m.indicator_id JOIN formatie_onderdeel o ON o.id = m.onderdeel_id "
        "WHERE i.code LIKE 'doodslag-%%' AND m.staat = 'vastgesteld'"
    ):
        plek: str | None = team
        while plek:
            uit[indicator, plek, jaar, kwartaal] += waarde
            plek = ouder.get(plek)
    return dict(uit)


def _api(site: Site) -> dict[tuple[str, str, int, int], Decimal]:
    """What the API says of the same indicators, page by page."""
    lezer = Bezoeker(site.poort, "analist")
    lezer.log_in()
    uit = {}
    for indicator in sorted({plek.indicator for plek in site.plekken if "-vast-" in plek.indicator}):
        for jaar in (2023, 2024, 2025):
            for rij in _alle_bladzijden(lezer, f"/api/v1/doelbereik?indicator={indicator}&jaar={jaar}"):
                if rij["waarde"] is not None:
                    uit[indicator, rij["onderdeel"], rij["jaar"], rij["kwartaal"]] = Decimal(rij["waarde"])
    return uit


def _alle_bladzijden(lezer: Bezoeker, adres: str) -> Iterator[dict[str, Any]]:
    gehad, pagina = 0, 1
    while True:
        antwoord = lezer.lees(f"{adres}&perPagina=100&pagina={pagina}")
        if antwoord.status != 200:
            return
        inhoud = json.loads(antwoord.tekst)
        yield from inhoud["resultaten"]
        gehad, pagina = gehad + len(inhoud["resultaten"]), pagina + 1
        if not inhoud["resultaten"] or gehad >= inhoud["totaal"]:
            return


def test_iedereen_werkte_door_en_zag_nooit_een_kale_fout(na_afloop: list[Klant]) -> None:
    for klant in na_afloop:
        assert klant.fout is None
        assert set(klant.statussen) <= GEEN_FOUT
        assert len(klant.bevestigd) >= RONDES * len(SLACHTOFFERS)
    assert sum(klant.statussen[503] for klant in na_afloop) > 0


def test_niet_opgeslagen_was_nooit_gelogen(na_afloop: list[Klant]) -> None:
    assert [plek for klant in na_afloop for plek in klant.leugens] == []


def test_wat_bevestigd_is_staat_er_precies_een_keer(site: Site, na_afloop: list[Klant]) -> None:
    versies: dict[tuple[str, str, int, int], list[tuple[str, Decimal, int]]] = defaultdict(list)
    for *plek, staat, waarde, pk in site.vraag(
        "SELECT i.code, o.code, m.jaar, m.kwartaal, m.staat, m.waarde, m.id FROM monitor_meting m "
        "JOIN monitor_indicator i ON i.id = m.indicator_id JOIN formatie_onderdeel o ON o.id = m.onderdeel_id "
        "WHERE i.code LIKE 'doodslag-%%'"
    ):
        versies[plek[0], plek[1], plek[2], plek[3]].append((staat, waarde, pk))
    sporen = Counter(site.vraag("SELECT object_id, handeling FROM common_auditevent WHERE object_soort = 'meting'"))
    assert {len(v) for v in versies.values()} == {1}
    for klant in na_afloop:
        handeling = ("vastgesteld", "vastgesteld") if isinstance(klant, Vaststeller) else ("ingediend", "ingediend")
        for plek in klant.bevestigd:
            [(staat, waarde, pk)] = versies[plek.sleutel]
            assert (staat, waarde) == (handeling[0], plek.waarde), plek
            assert sporen[str(pk), handeling[1]] == 1


def test_getypte_tekst_is_bewaard_of_ingediend(site: Site, na_afloop: list[Klant]) -> None:
    tekst = "SELECT i.code, o.code, c.jaar, c.kwartaal, c.cellen->>'waarde' FROM monitor_concept c "
    tekst += "JOIN monitor_indicator i ON i.id = c.indicator_id JOIN formatie_onderdeel o ON o.id = c.onderdeel_id"
    bewaard = {tuple(plek): waarde for *plek, waarde in site.vraag(tekst)}
    [typist] = [klant for klant in na_afloop if isinstance(klant, Typist)]
    assert typist.getypt
    for plek in typist.getypt:
        ingediend = site.vraag(
            "SELECT 1 FROM monitor_meting m JOIN monitor_indicator i ON i.id = m.indicator_id "
            "JOIN formatie_onderdeel o ON o.id = m.onderdeel_id "
            "WHERE i.code = %s AND o.code = %s AND m.jaar = %s AND m.kwartaal = %s AND m.staat = 'ingediend'",
            *plek.sleutel,
        )
        assert ingediend or bewaard[plek.sleutel] == str(plek.waarde), plek


def test_niets_staat_er_half(site: Site, na_afloop: list[Klant]) -> None:
    """Every file has all its three rows or none, and every approval has its row in the audit trail."""
    gedaan = site.vraag("SELECT count(*) FROM monitor_import WHERE staat = 'doorgevoerd'")[0][0]
    waarden = (
        "SELECT count(*) FROM monitor_meting m JOIN monitor_indicator i ON i.id = m.indicator_id WHERE i.code LIKE %s"
    )
    assert site.vraag(waarden, "doodslag-in-%")[0][0] == 3 * gedaan
    zonder_spoor = site.vraag(
        "SELECT m.id FROM monitor_meting m JOIN monitor_indicator i ON i.id = m.indicator_id "
        "WHERE i.code LIKE 'doodslag-%%' AND m.staat = 'vastgesteld' AND (SELECT count(*) FROM common_auditevent a "
        "WHERE a.object_soort = 'meting' AND a.object_id = m.id::text AND a.handeling = 'vastgesteld') <> 1"
    )
    assert zonder_spoor == []


def test_er_wacht_geen_herberekening_meer(site: Site, na_afloop: list[Klant]) -> None:
    assert site.vraag("SELECT count(*) FROM monitor_herberekenverzoek WHERE geparkeerd")[0][0] == 0


def test_geen_taak_blijft_bezig_van_wie_gedood_is(site: Site, na_afloop: list[Klant]) -> None:
    """The sweep ends them within a minute or so after the last kill."""
    eind = time.monotonic() + 120
    lopend = "SELECT count(*) FROM common_jobrun WHERE afloop = 'bezig' AND begonnen_op < now() - interval '30 seconds'"
    while site.vraag(lopend)[0][0] and time.monotonic() < eind:
        time.sleep(1)
    assert site.vraag(lopend)[0][0] == 0
