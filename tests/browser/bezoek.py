"""A visitor in a real browser, and what there is to say against a page that was opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.common.grafiek.figuurregels import figuurfouten

expect.set_options(timeout=15_000)  # what must come, comes late on a busy machine
OPEN_ALLES = "document.querySelectorAll('details').forEach((d) => { d.open = true; })"
BREEDTE = "document.documentElement.scrollWidth"


@dataclass
class Bezoek:
    """A visitor with a role, and everything the browser complained about."""

    context: BrowserContext
    adres: str
    klachten: list[str] = field(default_factory=list)
    vreemd: list[str] = field(default_factory=list)

    def open(self, pad: str) -> Page:
        page = self.context.new_page()
        page.on("console", lambda bericht: self._hoor(f"{pad}: {bericht.text}"))
        page.on("pageerror", lambda fout: self.klachten.append(f"{pad}: {fout}"))
        page.on("request", lambda verzoek: self._bewaak(verzoek.url))
        page.goto(self.adres + pad)
        return page

    def _hoor(self, zin: str) -> None:
        """What a browser says aloud is wrong; but that a script gave the focus before ``autofocus`` did is not."""
        if "Autofocus processing was blocked because a document already has a focused element" not in zin:
            self.klachten.append(zin)

    def _bewaak(self, url: str) -> None:
        if not url.startswith((self.adres, "data:", "blob:")):
            self.vreemd.append(url)


def bezoek_als(browser: Browser, adres: str, client: Client, **opties: Any) -> Bezoek:
    """A browser with the session of this client, if it has one."""
    context = browser.new_context(locale="nl-NL", **opties)
    if sessie := client.cookies.get(settings.SESSION_COOKIE_NAME):
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sessie.value, "url": adres}])
    return Bezoek(context, adres)


def fouten_op(page: Page, pad: str, breed: int) -> list[str]:
    """Every rule of axe and of charts that the page breaks with all parts unfolded, and whether it scrolls sideways."""
    page.evaluate(OPEN_ALLES)
    fouten = [f"{pad}: {v['id']} {v['nodes'][0]['html'][:200]}" for v in Axe().run(page).response["violations"]]
    fouten += [f"{pad}: {fout}" for fout in figuurfouten(page)]
    return [*fouten, f"{pad}: schuift opzij"] if page.evaluate(BREEDTE) > breed else fouten
