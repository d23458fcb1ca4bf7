"""The walls of the house: who may import whom, how long a file may be, what may never be written down."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from config.omgeving import BASE_DIR

# Each room with the rooms it may import from, besides itself.
GROND = {"common", "accounts"}
PLAN = GROND | {"formatie", "strategie"}
MODELLEN = PLAN | {"monitor.models", "monitor.zicht", "monitor.selectors", "monitor.definities", "monitor.reikwijdte"}
REKENEN = MODELLEN | {"monitor.rekenen"}
GEBRUIK = REKENEN | {"monitor.invoer", "monitor.dashboards"}
DEUREN: dict[str, set[str]] = {
    "common": set(),
    "accounts": {"common"},
    "formatie": GROND,
    "strategie": GROND,
    "monitor": GEBRUIK | {"monitor.publicaties", "monitor.api"},
    "monitor.models": PLAN,
    "monitor.zicht": PLAN | {"monitor.models"},
    "monitor.selectors": PLAN | {"monitor.models", "monitor.zicht"},
    "monitor.definities": PLAN | {"monitor.models"},
    "monitor.reikwijdte": PLAN | {"monitor.models"},
    "monitor.rekenen": MODELLEN,
    "monitor.invoer": REKENEN,
    "monitor.dashboards": REKENEN,
    "monitor.publicaties": GEBRUIK,
    "monitor.api": GEBRUIK | {"monitor.publicaties"},
    "config": GEBRUIK | {"monitor.publicaties", "monitor.api"},
}
KAMERS = sorted(DEUREN, key=len, reverse=True)
ZUIVER = (
    "common/periode.py",
    "common/getallen.py",
    "common/assen.py",
    "formatie/bezet.py",
    "formatie/zinnen.py",
    "formatie/verloop.py",
    "formatie/onderdrukking.py",
    "formatie/opgeteld.py",
    "formatie/wat_als.py",
    *(
        f"monitor/rekenen/{naam}.py"
        for naam in (
            *("rekenregels", "verwachting", "getalreeks", "feiten", "kalender", "meetmoment", "optellen"),
            *("kubus", "oordelen", "beoordeel", "afgeleid", "reden", "uitvoer"),
            *("signaal", "signaalzin", "onzekerheid", "prognose", "prognosezin"),
        )
    ),
    *(f"monitor/dashboards/herkomst/{naam}.py" for naam in ("geval", "grens", "som")),
    "monitor/invoer/demo.py",
    "monitor/invoer/waarneming.py",
    "monitor/invoer/validatie.py",
    "monitor/invoer/twijfel.py",
    "monitor/invoer/herinnermoment.py",
    "monitor/invoer/doelinvoer.py",
    "monitor/invoer/verschil.py",
    "monitor/invoer/bezetting_lezen.py",
    "monitor/invoer/bezetting_twijfel.py",
)
ONDERSTE_LAAG = ("models", "selectors", "services")
BOVENSTE_LAAG = {"views", "forms", "tasks", "urls", "admin", "tables", "filters", "management"}
LANGSTE_BESTAND = 400
TEKSTBESTANDEN = {".py", ".md", ".toml", ".yml", ".html", ".css", ".js", ".json", ".lock", ".txt", ".example", ""}


@cache
def bestanden() -> list[Path]:
    uitvoer = subprocess.run(["git", "ls-files", "-z"], cwd=BASE_DIR, capture_output=True, text=True, check=True)
    return [BASE_DIR / naam for naam in uitvoer.stdout.split("\0") if naam and (BASE_DIR / naam).is_file()]


def modules() -> list[Path]:
    return [pad for pad in bestanden() if pad.suffix == ".py" and pad.relative_to(BASE_DIR).parts[0] != "tests"]


def naam_van(pad: Path) -> str:
    return ".".join(pad.relative_to(BASE_DIR).with_suffix("").parts).removesuffix(".__init__")


def kamer_van(module: str) -> str | None:
    return next((kamer for kamer in KAMERS if module == kamer or module.startswith(f"{kamer}.")), None)


def invoer_van(pad: Path) -> set[str]:
    boom = ast.parse(pad.read_text(encoding="utf-8"))
    gewoon = {alias.name for knoop in ast.walk(boom) if isinstance(knoop, ast.Import) for alias in knoop.names}
    vanuit = [knoop for knoop in ast.walk(boom) if isinstance(knoop, ast.ImportFrom)]
    assert not any(knoop.level for knoop in vanuit), f"{pad}: relative import; write the whole name"
    return gewoon | {f"{knoop.module}.{alias.name}" for knoop in vanuit for alias in knoop.names}


def test_elke_import_gaat_door_een_deur():
    verboden = []
    for pad in modules():
        kamer = kamer_van(naam_van(pad))
        if kamer is None or "migrations" in pad.parts:
            continue
        anderen = {(module, kamer_van(module)) for module in invoer_van(pad)}
        verboden += [
            f"{naam_van(pad)} -> {module}"
            for module, ander in anderen
            if ander and ander != kamer and ander not in DEUREN[kamer] and not _is_celery(ander, module)
        ]
    assert not verboden, "\n".join(sorted(verboden))


def _is_celery(ander: str, module: str) -> bool:
    """No app needs config, but for the Celery app that its tasks hang on."""
    return ander == "config" and module.startswith("config.celery")


def test_de_zuivere_modules_kennen_geen_django_en_geen_modellen():
    for naam in ZUIVER:
        pad = BASE_DIR / naam
        fout = {m for m in invoer_van(pad) if m.startswith("django") or ".models" in m} if pad.exists() else set()
        assert not fout, f"{naam} imports {fout}"


def test_binnen_een_app_wijst_elke_pijl_naar_beneden():
    """services, selectors and models know nothing of views, forms, tasks or commands."""
    fout = [
        f"{naam_van(pad)} -> {module}"
        for pad, onder in product(modules(), ONDERSTE_LAAG)
        if onder in naam_van(pad).split(".")
        for module in invoer_van(pad)
        if kamer_van(module) and BOVENSTE_LAAG & set(module.split(".")) and not module.endswith("models")
    ]
    assert not fout, "\n".join(sorted(fout))


def test_geen_bestand_is_te_lang():
    lang = {str(p.relative_to(BASE_DIR)): n for p in bestanden() if p.suffix == ".py" and "migrations" not in p.parts
            and (n := len(p.read_text(encoding="utf-8").splitlines())) > LANGSTE_BESTAND}  # fmt: skip
    assert not lang


@pytest.mark.parametrize("naam", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"])
def test_een_lock_noemt_geen_adres_en_heeft_overal_een_hash(naam):
    tekst = (BASE_DIR / naam).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|index-url|find-links|(^|\s)/", tekst)
    blokken = re.split(r"\n(?=[A-Za-z0-9])", tekst.strip())
    assert all("--hash=sha256:" in blok for blok in blokken)


def test_het_lock_van_npm_noemt_geen_adres_en_heeft_overal_een_hash():
    tekst = (BASE_DIR / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in tekst
    assert "http" not in tekst
    assert tekst.count('"node_modules/') == tekst.count('"integrity"')


def test_geen_bestand_noemt_een_pakketserver_of_een_pad_van_een_computer():
    # Put together here, so that this file does not name them either.
    woorden = [
        *("py" + "pi.org", "files.python" + "hosted.org", "registry." + "npm" + "js", "deb." + "debian"),
        *("/opt/" + "pypi", "/opt/" + "wheels", "/ro" + "ot/", "/wo" + "rk/"),
    ]
    patroon = re.compile("|".join(re.escape(woord) for woord in woorden))
    fout = [
        f"{pad.relative_to(BASE_DIR)}: {gevonden[0]}"
        for pad in bestanden()
        if pad.suffix in TEKSTBESTANDEN and (gevonden := patroon.search(pad.read_text("utf-8", errors="replace")))
    ]
    assert not fout, "\n".join(fout)


def test_geen_bestand_heeft_een_open_eindje():
    patroon = re.compile(r"\b(" + "TO" + "DO|FIX" + r"ME|XX" + r"X)\b")
    fout = [
        f"{pad.relative_to(BASE_DIR)}"
        for pad in bestanden()
        if pad.suffix in {".py", ".html", ".css", ".js", ".md"} and patroon.search(pad.read_text("utf-8"))
    ]
    assert not fout
