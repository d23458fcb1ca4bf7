"""The rules for every chart: a name, a conclusion, a table that says what is drawn, words one can read, keys.

``figuurregels.js`` reads a page; everything is judged here. What Plotly draws is read from Plotly itself, and each word
it says is held against the table. The drawing of the server and that of Plotly are both measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

LEES = (Path(__file__).parent / "figuurregels.js").read_text()
GROTE = ".figuur-doek[data-figuur]:not([data-figuur=''], [data-klein])"
GEDULD = 15_000
SPELING = 2.5  # pixels that two words, or a word and the edge, may share: boxes are higher than letters
LEESBAAR = 4.5
Blad = dict[str, Any]


def laat_tekenen(page: Page) -> None:
    """Bring each large chart near the screen, as a reader does, until Plotly has drawn it."""
    for doek in page.locator(GROTE).all():
        if doek.is_visible():
            doek.scroll_into_view_if_needed()
            expect(doek).to_have_attribute("data-klaar", "ja", timeout=GEDULD)


def figuurfouten(page: Page) -> list[str]:
    """What is wrong with the charts and the verdicts of a page, once Plotly has taken over what it takes over."""
    laat_tekenen(page)
    gelezen = page.evaluate(LEES)
    fouten = [f"{f['naam'] or 'figuur'}: {fout}" for f in gelezen["figuren"] if f["tekening"] for fout in _fouten(f)]
    fouten += ["een tekening buiten een figuur"] * gelezen["los"]
    fouten += [f"alleen kleur: {cel['html']}" for cel in gelezen["gekleurd"] if not _vorm_en_woord(cel)]
    return [*fouten, *_toetsfouten(page)]


def _vorm_en_woord(cel: Blad) -> bool:
    return bool(cel["vorm"] and re.search(r"[A-Za-z]{3}", cel["tekst"]))


def _fouten(figuur: Blad) -> Iterable[str]:
    if not figuur["naam"]:
        yield "geen naam"
    if not any(zin.endswith(".") for zin in figuur["zinnen"]):
        yield f"geen conclusie: {figuur['zinnen']}"
    if not figuur["staven"] and not figuur["tekennaam"]:
        yield "een tekening zonder naam"
    if not figuur["rijen"]:
        yield "geen tabel"
    yield from (f"tekening: {fout}" for fout in _woordfouten(figuur["getekend"]))
    if figuur["plotly"]:
        yield from (f"plotly: {fout}" for fout in _woordfouten(figuur["plotly"]["woorden"]))
        yield from _spoorfouten(figuur, figuur["plotly"]["sporen"])


def _woordfouten(woorden: list[Blad]) -> Iterable[str]:
    """A word outside the drawing, over another word, or too faint."""
    yield from (f"{w['tekst']!r} valt {w['buiten']:.0f} px buiten" for w in woorden if w["buiten"] > SPELING)
    yield from (f"{w['tekst']!r} heeft contrast {w['contrast']:.1f}" for w in woorden if w["contrast"] < LEESBAAR)
    for een, ander in combinations(woorden, 2):
        if _over(een["vak"], ander["vak"]):
            yield f"{een['tekst']!r} staat over {ander['tekst']!r}"


def _over(een: list[float], ander: list[float]) -> bool:
    breed = min(een[2], ander[2]) - max(een[0], ander[0])
    hoog = min(een[3], ander[3]) - max(een[1], ander[1])
    return breed > SPELING and hoog > SPELING


def _spoorfouten(figuur: Blad, sporen: list[Blad]) -> Iterable[str]:
    # Of stacked bars the order is that of the legend; what is short or over lies on another side of where it should be.
    genoemd = [s for s in sporen if s["naam"] and not s["steel"] and s["soort"] != "bar"]
    uiterlijk = {(s["uiterlijk"], {"over": "tekort"}.get(s["rol"], s["rol"])) for s in genoemd}
    vormen = [vorm for vorm, _ in uiterlijk]
    if dubbel := {vorm for vorm in vormen if vormen.count(vorm) > 1}:
        yield f"twee sporen met alleen een andere kleur: {dubbel}"
    gezegd = [zin for s in sporen for zin in s["gezegd"]]
    koppen, rijen = figuur["koppen"], figuur["rijen"]
    yield from (f"{zin!r} staat in geen rij" for zin in gezegd if not any(_zegt(zin, koppen, rij) for rij in rijen))
    for rij in rijen:
        if any(rij[1:-1]) and not any(_zegt(zin, koppen, rij) for zin in gezegd):
            yield f"{rij} wordt door geen punt gezegd"


def _zegt(zin: str, koppen: list[str], rij: list[str]) -> bool:
    """Whether these words are of a cell of this row: they hold the cell, and the head of its row or of its column."""
    van_rij = all(woord in zin for woord in re.findall(r"[\w.,%’'-]+", rij[0]))
    paren = zip(koppen[1:], rij[1:], strict=False)
    return any(cel and cel in zin and (van_rij or kop.partition(" ")[0] in zin) for kop, cel in paren)


def _toetsfouten(page: Page) -> Iterable[str]:
    """Every chart that Plotly draws is one stop of Tab, and the keys say what stands in its table."""
    fouten = []
    for doek in page.locator("[data-klaar=ja]").all():
        if doek.get_attribute("tabindex") != "0" or "pijltjestoetsen" not in (doek.get_attribute("aria-label") or ""):
            fouten.append("een grafiek zonder toetsen")
        doek.press("End")
        gelezen = doek.locator("[role=status]").text_content() or ""
        tabel = doek.locator("xpath=ancestor::figure").locator("tr")
        cellen = tabel.evaluate_all("rijen => rijen.map((r) => [...r.cells].map((c) => c.textContent.trim()))")
        koppen, *rijen = cellen or [[]]
        if any(any(rij[1:]) for rij in rijen) and not any(_zegt(gelezen, koppen, rij) for rij in rijen):
            fouten.append(f"de toetsen lezen {gelezen!r}, dat staat niet in de tabel")
    return fouten
