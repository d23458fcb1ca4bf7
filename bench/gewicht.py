"""What a page weighs for who never saw the site: requests, kilobytes as sent, first picture, chart at work.

In Chromium, with an empty cache, on the web server and the compressed files of the site.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bench.kladdatabase import GEVULD, kladdatabase
from bench.paginas import KAAL, Blad, koekje_van, vul, webserver, worker
from bench.regel import Regel

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

KOP = "zonder iets in de cache"
KEREN = 5
# Requests and bytes do not depend on the machine; times are told against the bare page in the same run.
GRENS_VERZOEKEN, GRENS_KB = 8, 400.0
GRENS_BEELD = 8.0  # times the first picture of the bare page
GRENS_GRAFIEK = 2.5  # times the first picture of the page itself: the drawing of the server
PAGINAS = (
    Blad("/", "op koers"),
    Blad("/themas/opsporing-en-ondermijning/", "Ontwikkeling van de opsporing"),
    Blad("/indicatoren/verdachten-mensenhandel/", "Verdachten"),
    Blad("/formatie/districten/A/", "District"),
)
EERSTE_BEELD = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def meet(*, kort: bool) -> list[Regel]:
    """Requests, kilobytes and times of each page; RuntimeError for a page that is not the one it names."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise RuntimeError("gewicht: er is geen Chromium om mee te meten; README.md zegt hoe u die krijgt")
    with tempfile.TemporaryDirectory() as map_, kladdatabase(sjabloon=GEVULD):
        koekje = koekje_van(vul())
        _zet_bestanden_klaar(map_)
        with webserver(als_de_site=True) as poort, worker(), _browser(chromium) as browser:
            weegschaal = Weegschaal(browser, f"http://localhost:{poort}", koekje, 1 if kort else KEREN)
            kaal = weegschaal.weeg(KAAL)
            return [regel for blad in PAGINAS for regel in _regels(blad, weegschaal.weeg(blad), kaal)]


def _zet_bestanden_klaar(map_: str) -> None:
    """The files for the browser, compressed, in a folder that goes away."""
    import subprocess

    from bench.paginas import omgeving_van_kind

    os.environ["BENCH_STATIC_ROOT"] = map_
    opdracht = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
    subprocess.run(opdracht, env=omgeving_van_kind(), check=True)


@contextmanager
def _browser(chromium: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(frozen=True)
class Gewicht:
    """Of one page: requests, bytes as sent, and after how many milliseconds there was what to see, and a chart."""

    verzoeken: int
    bytes_: int
    beeld: float
    grafiek: float | None


def _regels(blad: Blad, gewicht: Gewicht, kaal: Gewicht) -> Iterator[Regel]:
    yield Regel(f"{blad.pad}: verzoeken", gewicht.verzoeken, grens=GRENS_VERZOEKEN)
    yield Regel(f"{blad.pad}: als verstuurd", gewicht.bytes_ / 1000, " kB", GRENS_KB)
    yield Regel(
        f"{blad.pad}: eerste beeld ({gewicht.beeld:.0f} ms) tegen een kale pagina", gewicht.beeld / kaal.beeld, "×",
        GRENS_BEELD,
    )  # fmt: skip
    if gewicht.grafiek is not None:
        yield Regel(
            f"{blad.pad}: grafiek werkt ({gewicht.grafiek:.0f} ms) tegen het eerste beeld",
            gewicht.grafiek / gewicht.beeld, "×", GRENS_GRAFIEK,
        )  # fmt: skip


@dataclass(frozen=True)
class Weegschaal:
    browser: Browser
    basis: str
    koekje: str
    keren: int

    def weeg(self, blad: Blad) -> Gewicht:
        """Counts of the last time, and the middle of the times.

        After a first time, that waits for the browser, and for a chart nobody asked for before.
        """
        self._een_keer(blad)
        keren = [self._een_keer(blad) for _ in range(self.keren)]
        grafieken = [keer.grafiek for keer in keren if keer.grafiek is not None]
        return replace(
            keren[-1],
            beeld=statistics.median(keer.beeld for keer in keren),
            grafiek=statistics.median(grafieken) if grafieken else None,
        )

    def _een_keer(self, blad: Blad) -> Gewicht:
        context = self.browser.new_context(viewport={"width": 1280, "height": 900})
        naam, waarde = self.koekje.split("=", 1)
        context.add_cookies([{"name": naam, "value": waarde, "url": self.basis}])
        page = context.new_page()
        gevraagd, verstuurd, mislukt = self._luister(context.new_cdp_session(page))
        antwoord = page.goto(self.basis + blad.pad, wait_until="commit")
        if antwoord is None or antwoord.status != 200:
            raise RuntimeError(f"{blad.pad}: {antwoord and antwoord.status}")
        page.locator("h1", has_text=blad.tekst).wait_for()
        grafiek = _grafiek_klaar(page)
        page.wait_for_load_state("networkidle")
        eerste = page.evaluate(EERSTE_BEELD)
        if mislukt:
            raise RuntimeError(f"{blad.pad}: {mislukt}")
        context.close()
        return Gewicht(len(gevraagd), sum(verstuurd), eerste, grafiek)

    def _luister(self, kabel: CDPSession) -> tuple[set[str], list[int], list[str]]:
        """Requests of the site, bytes as sent, and every answer that was an error; filled while the page loads."""
        gevraagd, verstuurd, mislukt = set[str](), list[int](), list[str]()

        def vraag(bericht: dict[str, Any]) -> None:
            if bericht["request"]["url"].startswith(self.basis):
                gevraagd.add(bericht["requestId"])

        def antwoord(bericht: dict[str, Any]) -> None:
            status, adres = bericht["response"]["status"], bericht["response"]["url"]
            if status >= 400 and not adres.endswith("/favicon.ico"):
                mislukt.append(f"{adres}: {status}")

        kabel.on("Network.requestWillBeSent", vraag)
        kabel.on("Network.loadingFinished", lambda bericht: verstuurd.append(int(bericht["encodedDataLength"])))
        kabel.on("Network.loadingFailed", lambda bericht: mislukt.append(bericht["errorText"]))
        kabel.on("Network.responseReceived", antwoord)
        kabel.send("Network.enable")
        return gevraagd, verstuurd, mislukt


def _grafiek_klaar(page: Page) -> float | None:
    if not page.locator(".figuur-doek[data-figuur]").count():
        return None
    page.wait_for_selector("[data-klaar=ja]")
    return float(page.evaluate("performance.now()"))
