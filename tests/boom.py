"""The tree of a page of HTML, and the text a reader gets of it. Markup that does not close as it opened is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TypeVar

T = TypeVar("T")
LEEG = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
STIL = {"head", "script", "style", "template"}
IN_DE_REGEL = {
    *("a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "label", "mark", "q", "s", "span"),
    *("strong", "sub", "sup", "time", "u", "var", "wbr"),
}


@dataclass(eq=False)
class Knoop:
    """An element with its place in the page: everything in it lies between ``begin`` and ``eind``."""

    naam: str
    kenmerken: dict[str, str]
    ouder: Knoop | None
    begin: int
    eind: int = -1
    kinderen: list[Knoop | str] = field(default_factory=list)

    def __getitem__(self, kenmerk: str) -> str:
        return self.kenmerken.get(kenmerk, "")

    @property
    def klassen(self) -> list[str]:
        return self["class"].split()

    @property
    def voorouders(self) -> Iterator[Knoop]:
        knoop = self.ouder
        while knoop:
            yield knoop
            knoop = knoop.ouder

    @property
    def elementen(self) -> list[Knoop]:
        return [kind for kind in self.kinderen if isinstance(kind, Knoop)]

    def alle(self) -> Iterator[Knoop]:
        """This element and every element in it, in the order of the page; not in what is inert: nobody can use it."""
        yield self
        for kind in self.elementen if "inert" not in self.kenmerken else ():
            yield from kind.alle()

    def tekst(self, zonder: Callable[[Knoop], bool] = lambda _: False) -> str:
        return gevouwen("".join(self._stukken(zonder)))

    def binnenin(self) -> str:
        """The text of what it holds, also when it is itself not shown."""
        stukken = ([k] if isinstance(k, str) else k._stukken(lambda _: False) for k in self.kinderen)
        return gevouwen("".join(stuk for kind in stukken for stuk in kind))

    def ruw(self) -> Iterator[str]:
        """Every text and every value of an attribute, shown or not."""
        yield from self.kenmerken.values()
        for kind in self.kinderen:
            yield from (kind,) if isinstance(kind, str) else kind.ruw()

    def _stukken(self, zonder: Callable[[Knoop], bool]) -> Iterator[str]:
        if self.naam in STIL or "hidden" in self.kenmerken or "popover" in self.kenmerken or zonder(self):
            return
        rand = "" if self.naam in IN_DE_REGEL else " "
        yield rand
        for kind in self.kinderen:
            if isinstance(kind, str):
                yield kind
            else:
                yield from kind._stukken(zonder)
        yield rand


def naam_van(knoop: Knoop) -> str:
    """What a thing is called: its text, without what is drawn for the eye only and without the mark for a term."""
    return knoop["aria-label"] or knoop.tekst(zonder=lambda k: k["aria-hidden"] == "true" or _is_vraagteken(k))


def _is_vraagteken(knoop: Knoop) -> bool:
    return "popovertarget" in knoop.kenmerken and any(kind["aria-hidden"] for kind in knoop.elementen)


def met_id(wortel: Knoop, namen: str) -> list[Knoop]:
    """The elements that a list of ids points at."""
    gezocht = namen.split()
    return [knoop for knoop in wortel.alle() if knoop["id"] in gezocht]


def gevouwen(tekst: str) -> str:
    return " ".join(tekst.split())


class _Lezer(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.teller = 0
        self.wortel = self.hier = Knoop("", {}, None, 0)

    def _volgende(self) -> int:
        self.teller += 1
        return self.teller

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        knoop = Knoop(tag, {naam: waarde or "" for naam, waarde in attrs}, self.hier, self._volgende())
        self.hier.kinderen.append(knoop)
        self.hier = knoop
        if tag in LEEG:
            self._sluit()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in LEEG:
            self._sluit()

    def handle_endtag(self, tag: str) -> None:
        assert self.hier.naam == tag, f"</{tag}> on line {self.getpos()[0]} closes <{self.hier.naam}>"
        self._sluit()

    def handle_data(self, data: str) -> None:
        self.hier.kinderen.append(data)

    def _sluit(self) -> None:
        self.hier.eind = self._volgende()
        assert self.hier.ouder
        self.hier = self.hier.ouder


def lees(html: str) -> Knoop:
    lezer = _Lezer()
    lezer.feed(html)
    lezer.close()
    assert lezer.hier is lezer.wortel, f"<{lezer.hier.naam}> is never closed"
    lezer.wortel.eind = lezer.teller + 1
    return lezer.wortel


def kies(soort: str, naam: str, aanbod: Iterable[tuple[str, T]]) -> T:
    """The one thing with this name."""
    alles = list(aanbod)
    namen = [wat for wat, _ in alles]
    for past in (_is, _begint, _bevat):
        gevonden = [ding for wat, ding in alles if past(wat, naam)]
        assert len(gevonden) < 2, f"{len(gevonden)} times {soort} “{naam}”, among: {namen}"
        if gevonden:
            return gevonden[0]
    raise AssertionError(f"no {soort} “{naam}”; there is: {namen or 'nothing'}")


def _is(wat: str, naam: str) -> bool:
    return wat == naam


def _begint(wat: str, naam: str) -> bool:
    """On the border of a word: A1 is not the beginning of A10."""
    return wat.startswith(naam) and not wat[len(naam) : len(naam) + 1].isalnum()


def _bevat(wat: str, naam: str) -> bool:
    return bool(naam) and naam in wat
