"""The tree of the product as its walls see it: modules, what they define and what they import."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from typing import Literal

APPS = ("accounts", "common", "config", "formatie", "monitor", "strategie", "sturing")
# When an import happens: as its module loads, inside a function, or only in the eyes of a type checker.
Moment = Literal["laden", "functie", "typen"]
BIJ_UITVOEREN: tuple[Moment, ...] = ("laden", "functie")
VOOR_TYPEN = ("TYPE_CHECKING", "typing.TYPE_CHECKING")
ALTIJD: tuple[Moment, ...] = ("laden", "functie", "typen")


@dataclass(frozen=True)
class Import:
    """`doel` is the whole dotted name, with the name that is imported behind it."""

    doel: str
    moment: Moment


@dataclass(frozen=True)
class Module:
    """`pad` is relative to the base of the tree; `naam` is dotted, a package goes by the name of its folder."""

    pad: PurePath
    tekst: str

    @property
    def naam(self) -> str:
        return ".".join(self.pad.with_suffix("").parts).removesuffix(".__init__")

    @property
    def map(self) -> str:
        return ".".join(self.pad.parent.parts)

    @property
    def app(self) -> str:
        return self.pad.parts[0]

    @property
    def regels(self) -> int:
        return len(self.tekst.splitlines())

    @cached_property
    def knopen(self) -> list[ast.stmt]:
        return ast.parse(self.tekst).body

    @property
    def heeft_inhoud(self) -> bool:
        return any(not isinstance(knoop, ast.Expr) for knoop in self.knopen)

    @cached_property
    def imports(self) -> list[Import]:
        return list(_imports(self.knopen, "laden"))

    @cached_property
    def openbaar(self) -> set[str]:
        return {naam for knoop in self.knopen for naam in _namen(knoop) if not naam.startswith("_")}

    @cached_property
    def teksten(self) -> set[str]:
        """Every string in the code that stands by itself."""
        knopen = (knoop for stam in self.knopen for knoop in ast.walk(stam))
        return {knoop.value for knoop in knopen if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str)}


@dataclass(frozen=True)
class Boom:
    basis: Path
    modules: dict[str, Module]

    def module_van(self, doel: str) -> str | None:
        """The module that an imported name lives in; None outside the product."""
        delen = doel.split(".")
        stammen = (".".join(delen[:lengte]) for lengte in range(len(delen), 0, -1))
        return next((stam for stam in stammen if stam in self.modules), None)

    def binnen(self, module: Module, momenten: Iterable[Moment]) -> set[str]:
        """Modules of the product that this one imports."""
        doelen = {self.module_van(i.doel) for i in module.imports if i.moment in momenten}
        return {doel for doel in doelen if doel} - {module.naam}

    def buiten(self, module: Module, momenten: Iterable[Moment]) -> set[str]:
        """Whole names from elsewhere that this module imports."""
        return {i.doel for i in module.imports if i.moment in momenten and not self.module_van(i.doel)}

    def pijlen(self, momenten: Iterable[Moment]) -> dict[str, set[str]]:
        return {naam: self.binnen(module, momenten) for naam, module in self.modules.items()}

    @cached_property
    def geladen(self) -> dict[str, set[str]]:
        """What must be there before a module can do its work: its imports, and every package around those."""
        pijlen = self.pijlen(BIJ_UITVOEREN)
        return {naam: {o for doel in (*doelen, naam) for o in self._om(doel)} for naam, doelen in pijlen.items()}

    def _om(self, naam: str) -> set[str]:
        delen = naam.split(".")
        return {".".join(delen[:lengte]) for lengte in range(1, len(delen) + 1)} & self.modules.keys()

    def onder(self, naam: str) -> list[Module]:
        """The module of that name, or every module in the folder of that name."""
        return [m for m in self.modules.values() if m.naam == naam or m.naam.startswith(f"{naam}.")]


def lees_boom(basis: Path, paden: Iterable[Path]) -> Boom:
    """The modules of the product among these paths; migrations are history and do not count."""
    eigen = (pad.relative_to(basis) for pad in paden if pad.suffix == ".py")
    modules = [
        Module(pad, (basis / pad).read_text(encoding="utf-8"))
        for pad in eigen
        if pad.parts[0] in APPS and "migrations" not in pad.parts
    ]
    return Boom(basis, {module.naam: module for module in modules})


def bestanden_in_git(basis: Path) -> list[Path]:
    uitvoer = subprocess.run(["git", "ls-files", "-z"], cwd=basis, capture_output=True, text=True, check=True).stdout
    return [basis / naam for naam in uitvoer.split("\0") if naam and (basis / naam).is_file()]


def _imports(knopen: Iterable[ast.AST], moment: Moment) -> Iterator[Import]:
    for knoop in knopen:
        if isinstance(knoop, ast.Import | ast.ImportFrom):
            yield from (Import(doel, moment) for doel in _doelen(knoop))
        elif isinstance(knoop, ast.If) and ast.unparse(knoop.test) in VOOR_TYPEN:
            yield from _imports(knoop.body, "typen")
            yield from _imports(knoop.orelse, moment)
        else:
            yield from _imports(ast.iter_child_nodes(knoop), _moment_in(knoop, moment))


def _doelen(knoop: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(knoop, ast.Import):
        return [alias.name for alias in knoop.names]
    return [f"{'.' * knoop.level}{knoop.module or ''}.{alias.name}" for alias in knoop.names]


def _moment_in(knoop: ast.AST, moment: Moment) -> Moment:
    is_functie = isinstance(knoop, ast.FunctionDef | ast.AsyncFunctionDef)
    return "functie" if is_functie and moment == "laden" else moment


def _namen(knoop: ast.stmt) -> list[str]:
    if isinstance(knoop, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [knoop.name]
    doelen = knoop.targets if isinstance(knoop, ast.Assign) else [getattr(knoop, "target", None)]
    return [deel.id for doel in doelen if doel for deel in ast.walk(doel) if isinstance(deel, ast.Name)]
