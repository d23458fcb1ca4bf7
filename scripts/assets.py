"""Installs the third-party files of the browser into static_vendor/. Needs no package but the standard library.

npm reads package-lock.json (hashes, no addresses). Without Node, a wheel brings it; without any of that, the bundle
inside the plotly wheel is used: larger and slower to load, but the same charts.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

BASIS = Path(__file__).resolve().parent.parent
DOEL = BASIS / "static_vendor" / "plotly"
STEMPEL = DOEL / ".stempel"
REGELS = re.compile(r'\{(?="X,X div":)')
PAAR = re.compile(r"""(?:"([^"]*)"|([A-Z]\w*)):(?:"([^"]*)"|'([^']*)')""")


def main() -> int:
    stempel = _stempel()
    if STEMPEL.exists() and STEMPEL.read_text() == stempel:
        return 0
    print("Bestanden voor de browser installeren (Plotly) ...", flush=True)
    bundel, taal, licentie = _met_npm() or _met_node_uit_wheel() or _uit_plotly_wheel()
    shutil.rmtree(DOEL, ignore_errors=True)
    DOEL.mkdir(parents=True)
    javascript = bundel.read_text(encoding="utf-8")
    vertaald = javascript + "\n" + als_script(taal) if taal else javascript
    (DOEL / "plotly-basic.min.js").write_text(vertaald, encoding="utf-8")
    (DOEL / "plotly.css").write_text(stijl(javascript), encoding="utf-8")
    if licentie:
        shutil.copy(licentie, DOEL / "LICENSE")
    STEMPEL.write_text(stempel if taal else "uit het plotly-wheel")
    return 0


def als_script(taal: Path) -> str:
    """The locale is packed as a module of Node; a browser needs a script that registers it."""
    module = taal.read_text(encoding="utf-8")
    return f"(() => {{\nconst module = {{}};\n{module}\nwindow.Plotly?.register(module.exports);\n}})();\n"


def stijl(javascript: str) -> str:
    """The style rules that the bundle would add to the page itself, as a file: the CSP allows no inline styles."""
    begin = REGELS.search(javascript)
    if begin is None:
        raise SystemExit("De stijlregels zijn niet gevonden in de bundel van Plotly.")
    regels, plek = [], begin.end()
    while paar := PAAR.match(javascript, plek):
        selector, waarde = paar[1] or paar[2], paar[3] or paar[4] or ""
        regels.append(f"{_selector(selector)}{{{waarde}}}")
        plek = paar.end() + 1
        if javascript[paar.end()] == "}":
            break
    return "\n".join(regels) + "\n"


def _selector(kort: str) -> str:
    return kort.lstrip(",").replace("X", ".js-plotly-plot .plotly").replace("Y", ".plotly-notifier")


def _stempel() -> str:
    return hashlib.sha256((BASIS / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()


Bronnen = tuple[Path, Path | None, Path | None]


def _met_npm(npm: str | None = None) -> Bronnen | None:
    npm = npm or shutil.which("npm")
    if npm is None:
        return None
    uitkomst = subprocess.run([npm, "ci", "--no-progress"], cwd=BASIS, capture_output=True, text=True)
    if uitkomst.returncode != 0:
        print(f"npm lukte niet: {(uitkomst.stderr.strip().splitlines() or ['geen bericht'])[0]}", file=sys.stderr)
        return None
    modules = BASIS / "node_modules"
    plotly = modules / "plotly.js-basic-dist-min"
    return plotly / "plotly-basic.min.js", modules / "plotly.js-locales" / "nl.js", plotly / "LICENSE"


def _met_node_uit_wheel() -> Bronnen | None:
    """In a throw-away environment: Node is needed for these few seconds only."""
    print("Node is er niet: het komt eenmalig uit een wheel ...", flush=True)
    with tempfile.TemporaryDirectory() as map_:
        python = Path(map_) / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", map_], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        if subprocess.run([*pip, "-r", BASIS / "requirements-node.lock"]).returncode != 0:
            return None
        return _met_npm(str(Path(map_) / "bin" / "npm"))


def _uit_plotly_wheel() -> Bronnen:
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise SystemExit("Plotly is niet gevonden: installeer eerst de pakketten.")
    print("Zonder Node: de bundel uit het plotly-wheel wordt gebruikt (trager, zonder Nederlandse datums).")
    return Path(spec.origin).parent / "package_data" / "plotly.min.js", None, None


if __name__ == "__main__":
    sys.exit(main())
