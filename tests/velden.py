"""The fields and the buttons of a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tests.boom import Knoop, met_id, naam_van

VELDEN = {"input", "select", "textarea"}
FOUT = {"veldfout", "errorlist"}
DRUKBAAR = {"submit", "button", "reset", "image"}


@dataclass(frozen=True)
class Knop:
    """A button, with what it sends and whether it can be pushed."""

    tekst: str
    naam: str
    waarde: str
    kan: bool

    @classmethod
    def van(cls, knoop: Knoop) -> Knop:
        tekst, kan = naam_van(knoop) or knoop["value"], "disabled" not in knoop.kenmerken
        return cls(tekst, knoop["name"], knoop["value"], kan)


def is_knop(knoop: Knoop) -> bool:
    """What can be pushed; not what only opens the explanation of a term."""
    is_drukbaar = knoop.naam == "button" or (knoop.naam == "input" and knoop["type"] in DRUKBAAR)
    return is_drukbaar and "popovertarget" not in knoop.kenmerken


def is_veld(knoop: Knoop) -> bool:
    return knoop.naam in VELDEN and not is_knop(knoop)


class Veld:
    """A field of a form, as it stands on the page."""

    def __init__(self, knoop: Knoop, pagina: Knoop) -> None:
        self._knoop, self._pagina = knoop, pagina
        self.naam, self.soort = knoop["name"], knoop["type"] or knoop.naam

    def __repr__(self) -> str:
        return f"<{self.soort} “{self.label or self.naam}”: {self.waarde!r}>"

    @cached_property
    def label(self) -> str:
        knoop = self._knoop
        if knoop["aria-label"] or self.soort == "hidden":
            return knoop["aria-label"]
        eromheen = [boven for boven in knoop.voorouders if boven.naam == "label"]
        ervoor = [
            label
            for label in self._pagina.alle()
            if label.naam == "label" and knoop["id"] and label["for"] == knoop["id"]
        ]
        labels = met_id(self._pagina, knoop["aria-labelledby"]) or ervoor or eromheen
        return " ".join(naam_van(label) for label in labels)

    @property
    def waarde(self) -> str:
        """What it holds or sends: of a choice the value of what is chosen."""
        if self.soort == "textarea":
            return "".join(map(str, self._knoop.kinderen)).removeprefix("\n")
        if self.soort == "select":
            return next(map(_waarde, self._gekozen), "")
        return self._knoop["value"] if "value" in self._knoop.kenmerken or not self._kan_aan else "on"

    @property
    def keuzes(self) -> dict[str, str]:
        """The values one can choose from, with their text."""
        return {_waarde(optie): optie.tekst() for optie in self._opties}

    @property
    def gekozen(self) -> str:
        """The text of what is chosen."""
        return ", ".join(optie.tekst() for optie in self._gekozen)

    @property
    def _opties(self) -> list[Knoop]:
        return [knoop for knoop in self._knoop.alle() if knoop.naam == "option"]

    @property
    def _gekozen(self) -> list[Knoop]:
        gemerkt = [optie for optie in self._opties if "selected" in optie.kenmerken]
        return gemerkt or ([] if "multiple" in self._knoop.kenmerken else self._opties[:1])

    @property
    def _kan_aan(self) -> bool:
        return self.soort in ("checkbox", "radio")

    @property
    def aan(self) -> bool:
        return "checked" in self._knoop.kenmerken

    @property
    def kan(self) -> bool:
        """Whether its reader can change it."""
        return not {"disabled", "readonly"} & set(self._knoop.kenmerken)

    @property
    def moet(self) -> bool:
        return "required" in self._knoop.kenmerken

    @property
    def gaat_mee(self) -> bool:
        return "disabled" not in self._knoop.kenmerken and (self.aan or not self._kan_aan)

    @property
    def fouten(self) -> list[str]:
        """What is wrong with it: what says so beside it or where it points, else all it points at when it is wrong."""
        aangewezen = met_id(self._pagina, self._knoop["aria-describedby"])
        naast = self._knoop.ouder.elementen if self._knoop.ouder else []
        fouten = [knoop for knoop in dict.fromkeys([*aangewezen, *naast]) if not FOUT.isdisjoint(knoop.klassen)]
        return [knoop.tekst() for knoop in fouten or (aangewezen if self.is_fout else [])]

    @property
    def is_fout(self) -> bool:
        return self._knoop["aria-invalid"] == "true"

    @property
    def uitleg(self) -> str:
        return " ".join(knoop.tekst() for knoop in met_id(self._pagina, self._knoop["aria-describedby"]))


def _waarde(optie: Knoop) -> str:
    return optie["value"] if "value" in optie.kenmerken else optie.tekst()
