"""The rules of the house. Each takes the tree and gives every breach in words; its docstring says what to do."""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import PurePath

from scripts.wanden.afspraken import (
    BUITENKANT,
    DEUREN,
    DOOR_SCRIPT,
    DUBBEL,
    GESLOTEN,
    IMPORTNAAM,
    LAAG_ZONDER_ROL,
    LAGEN,
    LANGSTE_BESTAND,
    MEESTE_DUBBEL,
    MEESTE_IN_MAP,
    ONZUIVER,
    ROLMAPPEN,
    ROLWOORDEN,
    VAN_DJANGO,
    VOOR_IEDEREEN,
    ZUIVER,
)
from scripts.wanden.boom import ALTIJD, APPS, BIJ_UITVOEREN, Boom, Module, Moment
from scripts.wanden.graaf import Pijlen, Weg, bereik, kringen

KAMERS = sorted(DEUREN, key=len, reverse=True)


def namen_zonder_bestand(boom: Boom) -> set[str]:
    """A rule names a module or folder that is not there, so it guards nothing: correct the name in afspraken.py."""
    return {naam for naam in (*DEUREN, *VOOR_IEDEREEN, *ZUIVER) if not boom.onder(naam)}


def dubbel_zonder_reden(boom: Boom) -> set[str]:
    """A public name means one thing in an app: give one of them a name of its own."""
    dubbel = dubbele_namen(boom)
    return {f"{app}: {naam}" for app, namen in dubbel.items() for naam in namen if naam not in DUBBEL.get(app, {})}


def reden_zonder_dubbel(boom: Boom) -> set[str]:
    """The list of names that may mean two things holds at most ten per app, and none that no longer does."""
    dubbel = dubbele_namen(boom)
    oud = {f"{app}: {naam}" for app, namen in DUBBEL.items() for naam in namen if naam not in dubbel.get(app, {})}
    return oud | {f"{app}: {len(namen)} names" for app, namen in DUBBEL.items() if len(namen) > MEESTE_DUBBEL}


def zonder_kamer(boom: Boom) -> set[str]:
    """Every module is in a room whose doors are known: move it, or write down the doors of the new room."""
    return {naam for naam, m in boom.modules.items() if m.heeft_inhoud and not kamer_van(naam)}


def deuren(boom: Boom) -> set[str]:
    """An import goes through a door, also one for a type checker: turn the arrow round, or move what is shared."""
    return {_pijl(m, doel) for m in boom.modules.values() for doel in boom.binnen(m, ALTIJD) if not _is_open(m, doel)}


def lagen(boom: Boom) -> set[str]:
    """models < selectors < services < tables, forms < views, tasks < urls; a module without a role is no way round."""
    return {" -> ".join(weg) for naam in boom.modules for weg in _klimmend(boom, naam)}


def gesloten(boom: Boom) -> set[str]:
    """A capability uses another's services, selectors and nouns, never its views, forms, tables or tasks."""
    pijlen = [(m, doel) for m in boom.modules.values() for doel in boom.binnen(m, BIJ_UITVOEREN)]
    return {_pijl(m, doel) for m, doel in pijlen if _is_gesloten(m, boom.modules[doel])}


def verborgen_imports(boom: Boom) -> set[str]:
    """Write the whole name, where it can be read: no relative import, and none by its name in a string."""
    gevonden = [(m, i.doel) for m in boom.modules.values() for i in m.imports]
    return {_pijl(m, doel) for m, doel in gevonden if re.match(r"\.|importlib\.import_module", doel)}


def onzuiver(boom: Boom) -> set[str]:
    """A pure module reaches no Django, database or queue, not through another module or inside a function either."""
    return {weg for naam in _hoort_zuiver(boom) if (weg := weg_naar_onzuiver(boom, naam))}


def kringen_bij_laden(boom: Boom) -> set[str]:
    """No circle of imports."""
    return {_kring(kring) for kring in kringen(boom.pijlen(("laden",)))}


def kringen_in_functies(boom: Boom) -> set[str]:
    """No circle of imports, not inside a function either; only an import for a type checker may point back."""
    return {_kring(kring) for kring in kringen(boom.pijlen(BIJ_UITVOEREN))}


def volle_mappen(boom: Boom) -> set[str]:
    """At most fifteen entries in a folder: it holds more than one capability."""
    return {naam for naam, aantal in per_map(boom).items() if aantal > MEESTE_IN_MAP}


def lange_bestanden(boom: Boom) -> set[str]:
    """At most four hundred lines in a file."""
    return {m.naam for m in boom.modules.values() if m.regels > LANGSTE_BESTAND}


def rol_in_naam(boom: Boom) -> set[str]:
    """A role is the whole name of a file, and what several names begin with is a folder."""
    return {m.naam for m in boom.modules.values() if "management" not in m.pad.parts and _draagt_rol(boom, m)}


def pakket_zonder_import(boom: Boom) -> set[str]:
    """Every runtime dependency is imported, named by itself in config, or looked for by a script: take it out."""
    gebruikt = ingevoerd(boom, BIJ_UITVOEREN) | _genoemd_in_config(boom)
    rest = {naam for naam in pakketten(boom) if importnaam(naam) not in gebruikt}
    return {naam for naam in rest if naam not in DOOR_SCRIPT or not _genoemd_in_script(boom, naam)}


def import_zonder_pakket(boom: Boom) -> set[str]:
    """Whatever the product imports, pyproject.toml declares."""
    bekend = {importnaam(naam) for naam in pakketten(boom)} | sys.stdlib_module_names | set(APPS)
    return ingevoerd(boom, ALTIJD) - bekend


REGELS: dict[str, Callable[[Boom], set[str]]] = {
    regel.__name__: regel
    for regel in (
        *(namen_zonder_bestand, zonder_kamer, deuren, lagen, gesloten, verborgen_imports, onzuiver),
        *(kringen_bij_laden, kringen_in_functies, volle_mappen, lange_bestanden, rol_in_naam),
        *(dubbel_zonder_reden, reden_zonder_dubbel, pakket_zonder_import, import_zonder_pakket),
    )
}


def kamer_van(naam: str) -> str | None:
    return next((kamer for kamer in KAMERS if f"{naam}.".startswith(f"{kamer}.")), None)


def rol_van(naam: str) -> str | None:
    """The file's own name, or the folder of models or commands that it is in."""
    *mappen, eigen = naam.split(".")
    return eigen if eigen in LAGEN else next((rol for rol in ROLMAPPEN if rol in mappen), None)


def weg_naar_onzuiver(boom: Boom, naam: str) -> str | None:
    """The shortest way from this module to what a pure one may not know, in words."""
    for hier, weg in bereik(boom.geladen, naam).items():
        fout = {doel for doel in boom.buiten(boom.modules[hier], BIJ_UITVOEREN) if doel.startswith(ONZUIVER)}
        if fout or "models" in hier.split("."):
            return " -> ".join((*weg, *sorted(fout)[:1]))
    return None


def dubbele_namen(boom: Boom) -> dict[str, dict[str, list[str]]]:
    """Per app the public names that more than one of its modules defines, each with those modules."""
    plaatsen: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for module in boom.modules.values():
        for naam in module.openbaar - VAN_DJANGO:
            plaatsen[module.app][naam].append(module.naam)
    return {app: {n: sorted(w) for n, w in namen.items() if len(w) > 1} for app, namen in plaatsen.items()}


def per_map(boom: Boom) -> Counter[str]:
    """Entries per folder: modules and folders with modules in them, without __init__ itself."""
    paden = {deel for m in boom.modules.values() for deel in (m.pad, *m.pad.parents) if deel.name != "__init__.py"}
    return Counter(".".join(pad.parent.parts) for pad in paden if pad.parent != PurePath())


def pakketten(boom: Boom) -> set[str]:
    project = tomllib.loads((boom.basis / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[^A-Za-z0-9._-]", eis)[0].lower() for eis in project["dependencies"]}


def importnaam(pakket: str) -> str:
    return IMPORTNAAM.get(pakket, pakket.replace("-", "_"))


def ingevoerd(boom: Boom, momenten: Iterable[Moment]) -> set[str]:
    return {doel.split(".")[0] for m in boom.modules.values() for doel in boom.buiten(m, momenten)} - {""}


def _genoemd_in_config(boom: Boom) -> set[str]:
    """What settings and starters name in a string, whole or with a dotted name behind it."""
    teksten = {tekst for m in boom.onder("config") for tekst in m.teksten}
    return {tekst.split(".")[0] for tekst in teksten if re.fullmatch(r"\w+(\.\w+)*", tekst)}


def _genoemd_in_script(boom: Boom, naam: str) -> bool:
    return f'find_spec("{naam}")' in (boom.basis / DOOR_SCRIPT[naam]).read_text(encoding="utf-8")


def _hoort_zuiver(boom: Boom) -> set[str]:
    return {module.naam for naam in ZUIVER for module in boom.onder(naam)}


def _pijl(module: Module, doel: str) -> str:
    return f"{module.naam} -> {doel}"


def _kring(kring: Weg) -> str:
    return " <-> ".join(kring)


def _is_open(module: Module, doel: str) -> bool:
    hier, daar = kamer_van(module.naam), kamer_van(doel)
    return hier == daar or doel in VOOR_IEDEREEN or daar in DEUREN.get(hier or "", set())


def _klimmend(boom: Boom, naam: str) -> list[Weg]:
    """Ways from this module up to a higher layer, straight or through modules that have no role."""
    laag = LAGEN.get(rol_van(naam) or "", LAAG_ZONDER_ROL)
    wegen = bereik(_door_zonder_rol(boom, naam), naam)
    zonder_omweg = (weg for weg in wegen.values() if rol_van(naam) or len(weg) == 2)
    return [weg for weg in zonder_omweg if LAGEN.get(rol_van(weg[-1]) or "", 0) > laag]


def _door_zonder_rol(boom: Boom, begin: str) -> Pijlen:
    return {n: boom.binnen(m, BIJ_UITVOEREN) for n, m in boom.modules.items() if n == begin or not rol_van(n)}


def _is_gesloten(module: Module, ander: Module) -> bool:
    eigen = ander.app == module.app and f"{module.map}.".startswith(f"{ander.map}.")
    return rol_van(ander.naam) in GESLOTEN and rol_van(module.naam) not in BUITENKANT and not eigen


def _draagt_rol(boom: Boom, module: Module) -> bool:
    naam = module.naam.split(".")[-1]
    als_rol = naam not in ROLWOORDEN and naam.endswith(ROLWOORDEN)
    return als_rol or ("_" in naam and _is_voorvoegsel(boom, module.map, naam.split("_")[0]))


def _is_voorvoegsel(boom: Boom, map_: str, woord: str) -> bool:
    """A word that begins several files of one folder, or that is the name of a folder or a role already."""
    samen = [m for m in boom.modules.values() if m.map == map_ and m.pad.stem.startswith(f"{woord}_")]
    return len(samen) > 1 or woord in LAGEN or any(woord in m.pad.parent.parts for m in boom.modules.values())
