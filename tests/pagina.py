"""A page as its reader has it: by heading, table, field, link and message, whatever the markup around them.

``Pagina.van(antwoord)`` reads the answer of the test client, or HTML as a string. What is asked by name is found by
its whole name, else by how it begins, else by what it contains; it must be one thing. Otherwise the test fails with
a message that tells what is on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse

from tests.boom import Knoop, gevouwen, kies, lees, met_id, naam_van
from tests.velden import Knop, Veld, is_knop, is_veld

KOPPEN = ("h1", "h2", "h3", "h4", "h5", "h6")
OPSCHRIFTEN = {*KOPPEN, "summary", "legend"}
KADERS = {"section", "article", "aside", "details", "fieldset", "li", "main", "nav"}
MELDING = {"melding", "nonfield"}
ZONDER_INHOUD = {"a", "button", "input", "select", "svg", "textarea"}


@dataclass(frozen=True)
class Link:
    tekst: str
    adres: str


class Deel:
    """A part of a page."""

    def __init__(self, knopen: list[Knoop], pagina: Knoop) -> None:
        self._knopen, self._pagina = knopen, pagina

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.tekst}>"

    def _alle(self, *namen: str) -> list[Knoop]:
        knopen = [knoop for top in self._knopen for knoop in top.alle()]
        return [knoop for knoop in knopen if not namen or knoop.naam in namen]

    def _waar(self, is_zo: Callable[[Knoop], bool]) -> list[Knoop]:
        """The outermost elements that are so."""
        gevonden = [knoop for knoop in self._alle() if is_zo(knoop)]
        return [knoop for knoop in gevonden if not any(boven in gevonden for boven in knoop.voorouders)]

    def _van(self, *knopen: Knoop) -> Deel:
        return Deel(list(knopen), self._pagina)

    @property
    def tekst(self) -> str:
        """All text in one line, also of what is folded; not what is hidden, a script or the explanation of a term."""
        return gevouwen(" ".join(knoop.tekst() for knoop in self._knopen))

    def heeft(self, tekst: str) -> bool:
        return gevouwen(tekst) in self.tekst

    def ergens(self, tekst: str) -> bool:
        """Also in an attribute, a script or what is hidden: for what one may not get to know."""
        return self.heeft(tekst) or any(tekst in stuk for knoop in self._knopen for stuk in knoop.ruw())

    @property
    def koppen(self) -> list[str]:
        return [naam_van(knoop) for knoop in self._alle(*KOPPEN)]

    @property
    def kop1(self) -> str:
        koppen = [naam_van(knoop) for knoop in self._alle("h1")]
        assert len(koppen) == 1, f"one h1 expected, there is: {koppen}"
        return koppen[0]

    def deel(self, kop: str) -> Deel:
        """What stands under a heading, a summary or a legend, or in what carries this name for a screen reader."""
        koppen = [(naam_van(knoop), knoop) for knoop in self._opschriften()]
        genoemd = [(k["aria-label"], k) for k in self._alle() if k["aria-label"] and k.naam not in ZONDER_INHOUD]
        nog_niet = [een for een in genoemd if een[0] not in dict(koppen)]
        return Deel(list(self._onder(kies("part", kop, koppen + nog_niet))), self._pagina)

    def _opschriften(self) -> list[Knoop]:
        return self._waar(lambda knoop: knoop.naam in OPSCHRIFTEN)

    def _onder(self, kop: Knoop) -> Iterator[Knoop]:
        if kop.naam not in OPSCHRIFTEN:
            return iter([kop])
        genoemd = [k for k in kop.voorouders if kop["id"] and kop["id"] in k["aria-labelledby"].split()]
        kader = next((knoop for knoop in kop.voorouders if knoop.naam in KADERS), self._pagina)
        if genoemd or kop.naam not in KOPPEN:
            return iter([*genoemd, kader][:1])
        even = [k for k in kader.alle() if k.naam in KOPPEN and k is not kop and k.naam <= kop.naam]
        if not even:
            return iter([kader])
        return _tussen(kader, kop.eind, min((k.begin for k in even if k.begin > kop.eind), default=kader.eind))

    @property
    def tabellen(self) -> list[Tabel]:
        return [Tabel(knoop, self._pagina) for knoop in self._alle("table")]

    def tabel(self, naam: str = "") -> Tabel:
        """By its caption, else the only one under that heading; without a name the only one there is."""
        tabellen = [(tabel.naam, tabel) for tabel in self.tabellen]
        if naam and not any(naam in wat for wat, _ in tabellen):
            koppen = [naam_van(knoop) for knoop in self._opschriften()]
            assert any(naam in kop for kop in koppen), f"no table “{naam}”; there is: {[wat for wat, _ in tabellen]}"
            return self.deel(naam).tabel()
        if not naam:
            assert len(tabellen) == 1, f"one table expected, there is: {[wat for wat, _ in tabellen]}"
            return tabellen[0][1]
        return kies("table", naam, tabellen)

    @property
    def links(self) -> list[Link]:
        return [Link(naam_van(knoop), knoop["href"]) for knoop in self._alle("a") if "href" in knoop.kenmerken]

    def link(self, tekst: str) -> str:
        """The address of the link with this text; several that lead to the same place are one."""
        return kies("link", tekst, dict.fromkeys((link.tekst, link.adres) for link in self.links))

    @property
    def hier(self) -> list[str]:
        """What is marked as where the reader is, or as what is chosen: in menus, steps, tabs and breadcrumbs."""
        return [naam_van(knoop) for knoop in self._alle() if knoop["aria-current"] not in ("", "false")]

    def plek(self, id: str) -> Deel:
        """Where an address that ends in # and this id leads to."""
        plekken = {knoop["id"]: knoop for knoop in self._alle() if knoop["id"]}
        assert id in plekken, f"no place “{id}”; there is: {list(plekken)}"
        return self._van(plekken[id])

    def kenmerk(self, naam: str) -> str:
        """The only value that any element here has for an attribute: what a script or a style reads, not a reader."""
        waarden = {knoop[naam] for knoop in self._alle() if naam in knoop.kenmerken}
        assert len(waarden) == 1, f"one {naam} expected, there is: {sorted(waarden) or 'none'}"
        return waarden.pop()

    @property
    def uitleg(self) -> dict[str, str]:
        """The terms whose explanation can be opened where they stand, with that explanation."""
        termen = [knoop for knoop in self._alle("button") if knoop["popovertarget"]]
        return {t.tekst(): " ".join(k.binnenin() for k in met_id(self._pagina, t["popovertarget"])) for t in termen}

    @property
    def velden(self) -> list[Veld]:
        """Every field of every form; those that are hidden have no label."""
        return [Veld(knoop, self._pagina) for knoop in self._alle() if is_veld(knoop)]

    def veld(self, label: str) -> Veld:
        return kies("field", label, ((veld.label, veld) for veld in self.velden if veld.label))

    @property
    def waarden(self) -> dict[str, str]:
        """What the forms would send when nothing was typed, by name; of a name that occurs more often the last."""
        return {veld.naam: veld.waarde for veld in self.velden if veld.naam and veld.gaat_mee}

    @property
    def knoppen(self) -> list[str]:
        return [knop.tekst for knop in self._knoppen()]

    def knop(self, tekst: str) -> Knop:
        return kies("button", tekst, ((knop.tekst, knop) for knop in self._knoppen()))

    def _knoppen(self) -> list[Knop]:
        return [Knop.van(knoop) for knoop in self._alle("button", "input") if is_knop(knoop)]

    @property
    def meldingen(self) -> list[str]:
        """What the page tells its reader apart from its content: done, refused, mind this."""
        gevonden = self._waar(lambda k: k["role"] in ("alert", "status") or not MELDING.isdisjoint(k.klassen))
        return [tekst for knoop in gevonden if (tekst := knoop.tekst())]

    def meldt(self, tekst: str) -> bool:
        return any(tekst in melding for melding in self.meldingen)

    @property
    def uitklappers(self) -> dict[str, bool]:
        """What can be folded, by its summary, and whether it stands open."""
        return {
            naam_van(kind): "open" in knoop.kenmerken
            for knoop in self._alle("details")
            for kind in knoop.elementen
            if kind.naam == "summary"
        }

    def lijst(self, kop: str = "") -> list[str]:
        """The items of the only list under a heading, or of the list with that name; items in items are not apart."""
        deel = self.deel(kop) if kop else self
        lijsten = deel.lijsten
        assert len(lijsten) == 1, f"one list expected under “{kop}”, there is: {lijsten or deel.tekst}"
        return lijsten[0]

    @property
    def lijsten(self) -> list[list[str]]:
        """The items of every list; a list in a list is not apart."""
        lijsten = self._waar(lambda knoop: knoop.naam in ("ul", "ol"))
        return [[kind.tekst() for kind in lijst.elementen if kind.naam == "li"] for lijst in lijsten]

    def gegeven(self, naam: str) -> str:
        """What is told of a name in a list of names and values."""
        paren = ((naam_van(knoop), knoop) for knoop in self._alle("dt"))
        return " ".join(knoop.tekst() for knoop in _tot_volgende(kies("name", naam, paren)))

    @property
    def gegevens(self) -> dict[str, str]:
        """Names with what is told of them, of every list of names and values."""
        return {naam_van(dt): " ".join(dd.tekst() for dd in _tot_volgende(dt)) for dt in self._alle("dt")}

    @property
    def tekeningen(self) -> list[Knoop]:
        return self._alle("svg")

    @property
    def figuren(self) -> list[Figuur]:
        return [Figuur([knoop], self._pagina) for knoop in self._alle("figure")]

    def figuur(self, titel: str = "") -> Figuur:
        """By its title, or the only one there is."""
        figuren = [(figuur.titel, figuur) for figuur in self.figuren]
        if titel:
            return kies("figure", titel, figuren)
        assert len(figuren) == 1, f"one figure expected, there is: {[wat for wat, _ in figuren]}"
        return figuren[0][1]


class Pagina(Deel):
    @classmethod
    def van(cls, antwoord: HttpResponse | str) -> Pagina:
        if not isinstance(antwoord, str):
            soort = antwoord.headers.get("Content-Type", "")
            assert soort.startswith("text/html"), f"no page but {soort or 'nothing'} ({antwoord.status_code})"
            antwoord = antwoord.content.decode()
        wortel = lees(antwoord)
        return cls([wortel], wortel)

    @property
    def titel(self) -> str:
        return next((gevouwen("".join(map(str, knoop.kinderen))) for knoop in self._alle("title")), "")

    @property
    def inhoud(self) -> Deel:
        """The page without what stands around every page: menu, breadcrumbs and foot."""
        return self._van(*self._alle("main"))

    @property
    def kruimels(self) -> list[str]:
        """The breadcrumbs; the last is this page."""
        return self.lijst("Kruimelpad")


class Figuur(Deel):
    @property
    def _bijschrift(self) -> list[Knoop]:
        return self._alle("figcaption")[:1]

    @property
    def titel(self) -> str:
        vet = self._van(*self._bijschrift)._alle("b", "strong")
        return self._knopen[0]["aria-label"] or (naam_van(vet[0]) if vet else "")

    @property
    def conclusie(self) -> str:
        return self._van(*self._bijschrift).tekst.removeprefix(self.titel).strip()


class Rij(Deel):
    """A row of a table: its header, its cells as text, and as a part of the page its links and fields."""

    def __init__(self, knoop: Knoop, kolommen: list[str], pagina: Knoop) -> None:
        super().__init__([knoop], pagina)
        self.id, self._kolommen = knoop["id"], kolommen
        self._cellen = [kind for kind in knoop.elementen if kind.naam in ("td", "th") for _ in range(_breed(kind))]

    def __repr__(self) -> str:
        return f"<row {self.cellen}>"

    @property
    def kop(self) -> str:
        koppen = [cel for cel in self._cellen if cel.naam == "th"]
        return naam_van((koppen or self._cellen)[0]) if self._cellen else ""

    @property
    def cellen(self) -> list[str]:
        return [cel.tekst() for cel in self._cellen]

    def onder(self, *kolommen: str) -> list[str]:
        """The cells under these columns."""
        return [self.cel(kolom) for kolom in kolommen]

    def vak(self, kolom: str | int) -> Deel:
        """A cell as a part of the page, by the header of its column or by its place."""
        if isinstance(kolom, str):
            kolom = kies("column", kolom, ((naam, plek) for plek, naam in enumerate(self._kolommen)))
        assert kolom < len(self._cellen), f"no cell {kolom} in the row {self.cellen}"
        return self._van(self._cellen[kolom])

    def cel(self, kolom: str | int) -> str:
        return self.vak(kolom).tekst


class Tabel(Deel):
    def __init__(self, knoop: Knoop, pagina: Knoop) -> None:
        super().__init__([knoop], pagina)

    @property
    def naam(self) -> str:
        return " ".join(k.tekst(zonder=lambda klein: klein.naam == "small") for k in self._alle("caption"))

    @property
    def onderschrift(self) -> str:
        return " ".join(knoop.tekst() for bijschrift in self._alle("caption") for knoop in bijschrift.elementen)

    @cached_property
    def kolommen(self) -> list[str]:
        """The header of each column; of a head in several rows the lowest."""
        koppen = [rij for hoofd in self._alle("thead") for rij in hoofd.elementen]
        return [naam_van(cel) for cel in koppen[-1].elementen for _ in range(_breed(cel))] if koppen else []

    @property
    def gesorteerd(self) -> dict[str, str]:
        """The headers of the columns it is sorted by, with the direction."""
        return {naam_van(cel): cel["aria-sort"] for cel in self._alle("th") if cel["aria-sort"] not in ("", "none")}

    @cached_property
    def rijen(self) -> list[Rij]:
        """Without the rows that are one cell wide: see ``zinnen``."""
        return [Rij(knoop, self.kolommen, self._pagina) for knoop in self._lijf if not self._is_zin(knoop)]

    @property
    def zinnen(self) -> list[str]:
        """What stands across all columns: headings between the rows, or that there are no rows."""
        return [knoop.tekst() for knoop in self._lijf if self._is_zin(knoop)]

    @property
    def _lijf(self) -> list[Knoop]:
        return [knoop for knoop in self._alle("tr") if knoop.ouder and knoop.ouder.naam != "thead"]

    def _is_zin(self, rij: Knoop) -> bool:
        return len(rij.elementen) == 1 < len(self.kolommen)

    def rij(self, rij: str | int) -> Rij:
        """By its header or by its place."""
        if isinstance(rij, str):
            return kies("row", rij, ((een.kop, een) for een in self.rijen))
        assert rij < len(self.rijen), f"no row {rij}; there is: {[een.kop for een in self.rijen]}"
        return self.rijen[rij]

    def vak(self, rij: str | int, kolom: str | int) -> Deel:
        return self.rij(rij).vak(kolom)

    def cel(self, rij: str | int, kolom: str | int) -> str:
        return self.rij(rij).cel(kolom)

    def kolom(self, kolom: str | int) -> list[str]:
        return [rij.cel(kolom) for rij in self.rijen]


def _breed(cel: Knoop) -> int:
    return int(cel["colspan"] or 1)


def _tussen(top: Knoop, van: int, tot: int) -> Iterator[Knoop]:
    """The largest elements that lie wholly between two places."""
    for kind in top.elementen:
        if van < kind.begin and kind.eind < tot:
            yield kind
        elif kind.eind > van and kind.begin < tot:
            yield from _tussen(kind, van, tot)


def _tot_volgende(dt: Knoop) -> Iterator[Knoop]:
    """The values that follow a name, up to the next name."""
    na = [knoop for knoop in (dt.ouder.elementen if dt.ouder else []) if knoop.begin > dt.begin]
    for knoop in na:
        if knoop.naam == "dt":
            return
        yield knoop
