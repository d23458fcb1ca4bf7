"""The rules for every chart: a name, a conclusion, a table with exactly what is drawn, and never a colour alone.

``figuurregels.js`` reads a page; everything is judged here. What Plotly plots is read from Plotly itself, and is held
against the table cell by cell, in the order of its columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

LEES = (Path(__file__).parent / "figuurregels.js").read_text()
GETEKEND = "[...document.querySelectorAll('[data-figuur]')].every((e) => !e.dataset.figuur || e.dataset.klaar === 'ja')"
GEDULD = 10_000
LEEG = ("", "–")
# What a half step of the axis a target is drawn beyond its first and last quarter.
RAND = 0.45
Blad = dict[str, Any]
Kolom = dict[int, float]


def figuurfouten(page: Page) -> list[str]:
    """What is wrong with the charts and the verdicts of a page, once Plotly has taken over what it takes over."""
    page.wait_for_function(GETEKEND, timeout=GEDULD)
    gelezen = page.evaluate(LEES)
    fouten = [f"{f['naam'] or 'figuur'}: {fout}" for f in gelezen["figuren"] if f["tekening"] for fout in _fouten(f)]
    fouten += ["een tekening buiten een figuur"] * gelezen["los"]
    fouten += [f"alleen kleur: {cel['html']}" for cel in gelezen["gekleurd"] if not _vorm_en_woord(cel)]
    return fouten + _toetsfouten(page)


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
    elif figuur["staven"]:
        yield from _staaffouten(figuur)
    else:
        yield from _lijnfouten(figuur)


def _staaffouten(figuur: Blad) -> Iterable[str]:
    """The bars are as long as their numbers, up to the two decimals of a length."""
    waarden = [_getal(rij[-1]) for rij in figuur["rijen"]]
    hoogste = max(waarden)
    if [round(float(w / hoogste * 100), 2) for w in waarden] != figuur["lengten"]:
        yield f"staven {figuur['lengten']}, tabel {waarden}"


def _lijnfouten(figuur: Blad) -> Iterable[str]:
    plek = 2 if figuur["verloop"] else 1  # places come before people there, and people are the points
    gevuld = sum(rij[plek] not in LEEG for rij in figuur["rijen"])
    if figuur["punten"] != gevuld:
        yield f"{figuur['punten']} punten, {gevuld} gevulde cellen"
    if dubbel := _dubbel([(lijn["soort"], lijn["streep"], lijn["dikte"]) for lijn in figuur["lijnen"]]):
        yield f"twee lijnen met alleen een andere kleur: {dubbel}"
    if figuur["sporen"] is not None:
        yield from _plotlyfouten(figuur)


def _dubbel(lijnen: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Kinds of lines that look the same; the main line has points as well."""
    soorten = {soort: (streep, "punten" if soort == "lijn" else dikte) for soort, streep, dikte in lijnen}
    vormen = list(soorten.values())
    return [vorm for vorm in vormen if vormen.count(vorm) > 1]


def _plotlyfouten(figuur: Blad) -> Iterable[str]:
    sporen = figuur["sporen"]
    if dubbel := _dubbel([("lijn" if s["rol"] == "hoofd" else s["rol"], s["streep"], s["vorm"]) for s in sporen]):
        yield f"twee sporen met alleen een andere kleur: {dubbel}"
    kolommen = _kolommen(sporen)
    if len(kolommen) != len(figuur["koppen"]) - 2:
        yield f"{len(kolommen)} getekende reeksen bij {figuur['koppen']}"
        return
    for nummer, rij in enumerate(figuur["rijen"]):
        for kop, cel, kolom in zip(figuur["koppen"][1:-1], rij[1:-1], kolommen, strict=True):
            if not _zelfde(cel, kolom.get(nummer)):
                yield f"{rij[0]}, {kop}: tabel {cel!r}, getekend {kolom.get(nummer)}"


def _kolommen(sporen: list[Blad]) -> list[Kolom]:
    """The plotted numbers per quarter, in the order of the table's columns."""
    van = {rol: [s for s in sporen if s["rol"] == rol] for rol in ("hoofd", "bij", "doel", "eerder", "band")}
    kolommen = [_lijn(van["hoofd"], "y")] + [_lijn(van["bij"], "y")] * bool(van["bij"])
    kolommen += [_stukken(van[rol]) for rol in ("doel", "eerder") if van[rol]]
    kolommen += [_band(van["band"], boven=False), _band(van["band"], boven=True)] if van["band"] else []
    marge = _lijn(van["hoofd"], "marge")
    return [*kolommen, *([marge] if marge else [])]


def _lijn(sporen: list[Blad], wat: str) -> Kolom:
    paren = [(x, y) for s in sporen if s[wat] for x, y in zip(s["x"], s[wat], strict=True)]
    return {x: y for x, y in paren if y is not None}


def _stukken(sporen: list[Blad]) -> Kolom:
    """Level pieces from half before their first quarter until half after their last."""
    return {
        kwartaal: run[0][1]
        for run in _runs(sporen)
        for kwartaal in range(round(run[0][0] + RAND), round(run[-1][0] - RAND) + 1)
    }


def _band(sporen: list[Blad], *, boven: bool) -> Kolom:
    """A closed shape: the upper side forth, the lower side back."""
    helften = [run[: len(run) // 2] if boven else run[len(run) // 2 :] for run in _runs(sporen)]
    return {round(x): y for helft in helften for x, y in helft}


def _runs(sporen: list[Blad]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in ((x, y) for s in sporen for x, y in [*zip(s["x"], s["y"], strict=True), (None, None)]):
        if x is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if run]


def _zelfde(cel: str, getekend: float | None) -> bool:
    """Equal up to the decimals the cell shows; an empty cell is not drawn at all."""
    if cel in LEEG or getekend is None:
        return cel in LEEG and getekend is None
    decimalen = len(cel.partition(",")[2])
    return abs(_getal(cel) - Decimal(str(getekend))) <= Decimal("0.5") / 10**decimalen


def _getal(cel: str) -> Decimal:
    return Decimal(cel.replace(".", "").replace(",", ".").replace("−", "-"))


def _toetsfouten(page: Page) -> Iterable[str]:
    """Every chart that Plotly draws is one stop of Tab, and End reads out its last point."""
    fouten = []
    for doek in page.locator("[data-klaar=ja]").all():
        if doek.get_attribute("tabindex") != "0" or "pijltjestoetsen" not in (doek.get_attribute("aria-label") or ""):
            fouten.append("een grafiek zonder toetsen")
        doek.press("End")
        gelezen = doek.locator("[role=status]").text_content() or ""
        rijen = (
            doek.locator("xpath=ancestor::figure")
            .locator("tbody tr")
            .evaluate_all(
                "rijen => rijen.map((r) => [r.cells[0].textContent, r.cells[1].textContent]).filter((c) => c[1])"
            )
        )
        if rijen and not all(deel in gelezen for deel in rijen[-1]):
            fouten.append(f"de toetsen lezen {gelezen!r}, de tabel {rijen[-1]}")
    return fouten
