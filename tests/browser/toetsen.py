"""A person without a mouse: Tab until something with this name has the focus, then type or press Enter."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page

MEESTE_TABS = 200
# The name people and screen readers know it by, or the name of its field.
HEEFT_NAAM = """(naam) => {
  const e = document.activeElement;
  const teksten = [e.getAttribute('aria-label'), e.name, ...[...(e.labels || [])].map((l) => l.textContent)];
  if (e.matches('a, button, summary')) teksten.push(e.textContent);
  if (e.matches('[type=submit]')) teksten.push(e.value);
  return teksten.some((t) => (t || '').replace(/\\s+/g, ' ').trim().toLowerCase().startsWith(naam.toLowerCase()));
}"""

ZIET_FOCUS = """() => {
  const e = document.activeElement, stijl = getComputedStyle(e), plek = e.getBoundingClientRect();
  const getekend = stijl.outlineStyle !== 'none' || stijl.boxShadow !== 'none';
  return e.matches(':focus-visible') && getekend && plek.bottom > 0 && plek.top < innerHeight;
}"""
LEIDT_WEG = "document.activeElement.matches('a[href]:not([href=\"#\"]), button[type=submit], input[type=submit]')"


def tel_toetsen(page: Page) -> list[str]:
    """Every key that goes down on the pages after this one, by name; needs a page with script."""
    toetsen: list[str] = []

    def noteer(toets: str) -> None:
        toetsen.append(toets)

    page.expose_function("noteerToets", noteer)
    page.add_init_script("addEventListener('keydown', (e) => window.noteerToets(e.key), true)")
    page.reload()
    return toetsen


def tab_naar(page: Page, naam: str, *, terug: bool = False) -> None:
    """The name begins with this; who gets there sees that it has the focus. ``terug``: backwards."""
    for _ in range(MEESTE_TABS):
        page.keyboard.press("Shift+Tab" if terug else "Tab")
        if page.evaluate(HEEFT_NAAM, naam):
            page.wait_for_function(ZIET_FOCUS)
            return
    raise AssertionError(f"{naam} is not reached by Tab on {page.url}")


def kies(page: Page, *namen: str) -> None:
    """One link, button or summary after the other, each on the page the one before led to."""
    for naam in namen:
        tab_naar(page, naam)
        druk(page)


def druk(page: Page) -> None:
    """Enter; of a link or a button that sends, the next page is waited for."""
    if not page.evaluate(LEIDT_WEG):
        page.keyboard.press("Enter")
        return
    with page.expect_navigation():
        page.keyboard.press("Enter")


def vul(page: Page, velden: dict[str, str]) -> None:
    for naam, tekst in velden.items():
        tab_naar(page, naam)
        page.keyboard.type(tekst)


def vul_dag(page: Page, naam: str, dag: date) -> None:
    """Which keys a day takes is up to the language of the browser; the field has what comes of them."""
    tab_naar(page, naam)
    page.locator(":focus").fill(f"{dag}")
