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
from typing import TYPE_CHECKING

from bench.kladdatabase import kladdatabase
from bench.paginas import koekje_van, vul, webserver
from bench.rekenen import Regel

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KEREN = 5
GRENS_VERZOEKEN, GRENS_KB = 8, 400.0
PAGINAS = (
    "/",
    "/themas/opsporing-en-ondermijning/",
    "/indicatoren/verdachten-mensenhandel/",
    "/formatie/districten/A/",
)
EERSTE_BEELD = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> int:
    """Print the table; 1 when a page is too heavy. Times are printed to be read, and judged by nobody."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("gewicht: er is geen Chromium om mee te meten")
        return 0
    with tempfile.TemporaryDirectory() as map_, kladdatabase():
        koekje = koekje_van(vul())
        _zet_bestanden_klaar(map_)
        with webserver(als_de_site=True) as poort, _browser(chromium) as browser:
            regels = [regel for pad in PAGINAS for regel in _weeg(browser, poort, koekje, pad)]
    print(f"\n{'zonder iets in de cache':60}{'gemeten':>14}{'grens':>12}")
    for regel in regels:
        print(regel)
    return 0 if all(regel.goed for regel in regels) else 1


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


def _weeg(browser: Browser, poort: int, koekje: str, pad: str) -> Iterator[Regel]:
    keren = [_een_keer(browser, poort, koekje, pad) for _ in range(KEREN)]
    verzoeken, bytes_, _, _ = keren[-1]
    yield Regel(f"{pad}: verzoeken", verzoeken, grens=GRENS_VERZOEKEN)
    yield Regel(f"{pad}: als verstuurd", bytes_ / 1000, " kB", GRENS_KB)
    yield Regel(f"{pad}: eerste beeld", statistics.median(keer[2] for keer in keren), " ms")
    klaar = [keer[3] for keer in keren if keer[3] is not None]
    if klaar:
        yield Regel(f"{pad}: grafiek werkt", statistics.median(klaar), " ms")


def _een_keer(browser: Browser, poort: int, koekje: str, pad: str) -> tuple[int, int, float, float | None]:
    """How many requests, how many bytes as sent, and after how many milliseconds there was what to see."""
    basis = f"http://localhost:{poort}"
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    naam, waarde = koekje.split("=", 1)
    context.add_cookies([{"name": naam, "value": waarde, "url": basis}])
    page = context.new_page()
    kabel, gevraagd, verstuurd = context.new_cdp_session(page), set[str](), list[int]()
    kabel.on(
        "Network.requestWillBeSent", lambda b: b["request"]["url"].startswith(basis) and gevraagd.add(b["requestId"])
    )
    kabel.on("Network.loadingFinished", lambda bericht: verstuurd.append(int(bericht["encodedDataLength"])))
    kabel.send("Network.enable")
    page.goto(basis + pad, wait_until="commit")
    page.wait_for_selector("main h1")
    klaar = None
    if page.locator(".figuur-doek[data-figuur]").count():
        page.wait_for_selector("[data-klaar=ja]")
        klaar = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    eerste = page.evaluate(EERSTE_BEELD)
    context.close()
    return len(gevraagd), sum(verstuurd), eerste, klaar
