"""Every drawing of the site: the first picture of every chart, made by the server, the sparkline, bars and icons.

Colours and line styles are classes of the stylesheet, so a drawing follows light, dark and print. Numbers become
pixels here and nowhere before: that is the only use of float. No other module writes an element of a drawing itself:
a chart with something of its own asks for ``pad`` and ``schrift``.
"""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from django.utils.safestring import SafeString, mark_safe

from common.grafiek.beeld import Assoort, Beeld, Plek, Punt, Rol, Spoor, Vorm
from common.grafiek.schaal import REGEL, breedte, onderkant, op_regels, runs, staafbreedte, tekenvolgorde
from common.grafiek.vel import Doek, Plaats, Vel, langs_van, waarde_op


def element(naam: str, inhoud: str = "", /, **kenmerken: object) -> str:
    """``text_anchor`` is the attribute text-anchor; what is None is left out. ``inhoud`` is mark-up already."""
    paren = ((sleutel.rstrip("_").replace("_", "-"), w) for sleutel, w in kenmerken.items() if w is not None)
    begin = naam + "".join(f' {sleutel}="{escape(str(waarde))}"' for sleutel, waarde in paren)
    return f"<{begin}>{inhoud}</{naam}>" if inhoud else f"<{begin}/>"


def pad(klasse: str, d: str, **kenmerken: object) -> str:
    return element("path", class_=klasse, **kenmerken, d=d) if d else ""


def schrift(
    x: object, y: object, tekst: str, *, dy: int | None = None, anker: str | None = None, klasse: str = ""
) -> str:
    return element("text", escape(tekst), class_=klasse or None, x=x, y=y, dy=dy, text_anchor=anker)


def rand(vorm: str = "path", **kenmerken: object) -> str:
    """A line of an icon, in the colour of the text around it."""
    return element(vorm, fill="none", stroke="currentColor", **({"stroke_width": 2} | kenmerken))


def vol(vorm: str = "path", **kenmerken: object) -> str:
    """A filled part of an icon, in the colour of the text around it."""
    return element(vorm, fill="currentColor", **kenmerken)


def icoon(tekening: str) -> SafeString:
    """A drawing of ``rand`` and ``vol`` in a box of 16 by 16; the word beside it says what it means."""
    return veilig(element("svg", tekening, viewBox="0 0 16 16", aria_hidden="true"))


def staaf(deel: Decimal) -> SafeString:
    """One bar, as long as this share (0 to 1) of its place. Decorative: the number stands beside it."""
    rechthoek = element("rect", width=f"{deel * 100:.2f}", height=10)
    return veilig(element("svg", rechthoek, viewBox="0 0 100 10", preserveAspectRatio="none", aria_hidden="true"))


def veilig(tekening: str) -> SafeString:
    """A drawing of this module, stored or fresh, as the templates want it."""
    return mark_safe(tekening)  # noqa: S308  # every text in it went through escape above


GROOT = Doek(760, 340)
HOOG = Doek(760, 340, per_naam=34, vast=True)
KLEIN = Doek(340, 170, klein=True)
VONK = Doek(120, 28, kaal=True, per_naam=6)

_TEKENS = {
    "ruit": "M0-6L6 0L0 6L-6 0Z",
    "vierkant": "M-4.500-4.500H4.500V4.500H-4.500Z",
    "driehoek-op": "M0-6L6 5H-6Z",
    "driehoek-neer": "M0 6L6-5H-6Z",
    "kruis": "M-4.500-4.500L4.500 4.500M4.500-4.500L-4.500 4.500",
    "plus": "M0-5.500V5.500M-5.500 0H5.500",
    "ster": "M0-6.500L1.600-2H6L2.500 .800L4 5.500L0 2.800L-4 5.500L-2.500 .800L-6-2H-1.600Z",
    "zeshoek": "M-5.500 0L-2.800-5H2.800L5.500 0L2.800 5H-2.800Z",
    "streep": "M-5.500 0H5.500",
}
_REEKSMERK = dict(zip((f"reeks-{n}" for n in range(1, 7)), ("rond", *_TEKENS), strict=False))


def teken(beeld: Beeld, doek: Doek) -> str:
    """The whole chart as one drawing; empty where there is nothing to draw. What a screen reader says is its title."""
    return "" if beeld.leeg else _Tekenaar(beeld, doek).alles()


def staal(spoor: Spoor) -> SafeString:
    """How a trace looks, before its name in a legend."""
    if spoor.vorm in (Vorm.VLAK, Vorm.STAVEN):
        vorm = element("rect", class_="g-vlak" if spoor.vorm is Vorm.VLAK else "g-staaf", x=1, y=0, width=26, height=10)
    else:
        vorm = "" if spoor.vorm is Vorm.PUNTEN else pad("g-lijn", "M1 5H27")
        vorm += "" if spoor.vorm is Vorm.LIJN else _puntstaal(spoor)
    deel = element("g", vorm, class_=f"g-{spoor.rol}")
    return veilig(element("svg", deel, class_="staal", viewBox="0 0 28 10", aria_hidden="true"))


def _puntstaal(spoor: Spoor) -> str:
    """The shape all its points have, else that of its series."""
    vormen = {(punt.merk, punt.open) for punt in spoor.punten if punt.x is not None and punt.y is not None}
    eigen, is_open = vormen.pop() if len(vormen) == 1 else ("", False)
    merk = eigen or _REEKSMERK.get(spoor.rol, "rond")
    return _merk(merk, "g-punt open" if is_open else "g-punt", (14, 5), 3)


class _Tekenaar(Vel):
    """Every part of a chart as mark-up."""

    def alles(self) -> str:
        delen = [self._raster(), self._gebeurtenissen(), *map(self._spoor, tekenvolgorde(self.beeld))]
        delen += [self._assen(), self._woorden()]
        klasse = "vonk" if self.doek.kaal else "tekening klein" if self.doek.klein else "tekening"
        maat = f"0 0 {self.doek.breed} {_px(self.hoog)}"
        if self.doek.kaal:
            return element("svg", "".join(delen), class_=klasse, viewBox=maat, aria_hidden="true")
        # As high as its names need: wider than this its letters only grow.
        breed = self.doek.breed if self.doek.vast and self.beeld.liggend else None
        naam = {"role": "img", "aria_label": self.beeld.titel}
        return element("svg", "".join(delen), class_=klasse, viewBox=maat, width=breed, **naam)

    # -- axes

    def _raster(self) -> str:
        """Lines at the numbers, and the strong one at 0 or at the edge; between names nothing."""
        if self.doek.kaal:
            return ""
        delen = []
        for as_, wijze, streep_ in ((self.beeld.x, self.x_as, self._staand), (self.beeld.y, self.y_as, self._liggend)):
            if as_.soort is Assoort.GETAL:
                nul = next((p for p in wijze.plekken if not p), wijze.plekken[0])
                delen += [pad("as" if plek == nul else "raster", streep_(plek)) for plek in wijze.plekken]
        return "".join(delen)

    def _staand(self, plek: Plek) -> str:
        return f"M{_px(self.x(plek))} {_px(self.boven)}V{_px(self.hoog - self.onder)}"

    def _liggend(self, plek: Plek) -> str:
        return f"M{_px(self.links)} {_px(self.y(plek))}H{_px(self.rechts)}"

    def _assen(self) -> str:
        if self.doek.kaal:
            return ""
        kant = [
            _regels(self.links - 7, self.y(plek), regels, tekst, "end")
            for plek, tekst, regels in zip(self.y_as.plekken, self.y_as.teksten, self.kanttekst, strict=True)
        ]
        onder = self._getallen_onder() if self.beeld.x.soort is Assoort.GETAL else self._plekken_onder()
        return "".join([*kant, *onder, *self._titels()])

    def _getallen_onder(self) -> list[str]:
        per_plek = (self.rechts - self.links) / max(len(self.x_as.plekken) - 1, 1)
        past = max(map(breedte, self.x_as.teksten)) + 6 <= per_plek
        paren = list(zip(self.x_as.plekken, self.x_as.teksten, strict=True))
        y = self.hoog - self.onder + REGEL + 4  # clear of the lowest number of the other axis
        return [self._onder_plek(plek, y, (tekst,), tekst) for plek, tekst in (paren if past else paren[::2])]

    def _plekken_onder(self) -> list[str]:
        as_, y = self.beeld.x, self.hoog - self.onder + REGEL
        if as_.soort is Assoort.NAMEN:
            per_plek = (self.rechts - self.links) / max(len(as_.labels), 1) - 4
            return [self._onder_plek(n, y, op_regels(naam, per_plek), naam) for n, naam in enumerate(as_.labels)]
        rij = [self._onder_plek(n, y, (label,), label) for n, label in self.labels.items()]
        y += REGEL * bool(self.labels)
        return rij + [self._onder_plek(n, y, (groep,), groep) for n, groep in self.groepen.items()]

    def _onder_plek(self, plek: Plek, y: float, regels: Sequence[str], tekst: str) -> str:
        halve = max(map(breedte, regels)) / 2
        x = min(max(self.x(plek), halve + 1), self.doek.breed - halve - 1)
        return _regels(x, y - 4 + (len(regels) - 1) * REGEL / 2, regels, tekst, "middle")

    def _titels(self) -> list[str]:
        """Of the y-axis above it, lying: upright letters are hard to read."""
        x, y = self.beeld.x.titel, self.beeld.y.titel
        breed, midden = self.doek.breed - 8, self.doek.breed / 2
        onder = _regels(midden, self.hoog - 8, op_regels(x, breed, 1), x, "middle") if x else ""
        return [onder, _regels(4, 8, op_regels(y, breed, 1), y, "start") if self.titelregel else ""]

    # -- traces

    def _spoor(self, spoor: Spoor) -> str:
        vorm, delen = spoor.vorm, []
        if vorm is Vorm.VLAK:
            delen.append(pad("g-vlak", "".join(self._rand(run) for run in runs(spoor))))
        if vorm is Vorm.STAVEN:
            delen += [self._staaf(spoor, punt) for run in runs(spoor) for punt in run]
        if vorm in (Vorm.LIJN, Vorm.LIJN_MET_PUNTEN):
            delen.append(pad("g-lijn", "".join(f"M{self._door(run)}" for run in runs(spoor))))
        if vorm in (Vorm.PUNTEN, Vorm.LIJN_MET_PUNTEN):
            delen += [self._punt(spoor, punt) for punt in self._met_punt(spoor)]
        return element("g", "".join(delen), class_=f"g-{spoor.rol}") if any(delen) else ""

    def _met_punt(self, spoor: Spoor) -> list[Punt]:
        """A sparkline has only its last."""
        alle = [punt for run in runs(spoor) for punt in run]
        return alle[-1:] if self.doek.kaal and spoor.vorm is Vorm.LIJN_MET_PUNTEN else alle

    def _straal(self) -> float:
        """Small where points would otherwise touch."""
        plekken = max(len(self.beeld.x.labels), 1)
        klein = self.doek.klein or self.doek.kaal or (self.rechts - self.links) / plekken < 12
        return 2 if plekken > 60 else 2.5 if klein else 4

    def _door(self, run: Sequence[Punt]) -> str:
        return "L".join(_paar(self.x(p.x), self.y(p.y)) for p in run if p.x is not None and p.y is not None)

    def _rand(self, run: Sequence[Punt]) -> str:
        randen = [(langs_van(self.beeld, p), p.van, p.tot) for p in run]
        heen = [_paar(*self.op(langs, tot)) for langs, _, tot in randen if tot is not None]
        terug = [_paar(*self.op(langs, van)) for langs, van, _ in randen[::-1] if van is not None]
        return f"M{'L'.join([*heen, *terug])}Z"

    def _staaf(self, spoor: Spoor, punt: Punt) -> str:
        naast, breed = staafbreedte(self.beeld)[self.beeld.sporen.index(spoor)]
        langs, waarde = langs_van(self.beeld, punt), waarde_op(self.beeld, punt)
        x1, y1 = self.op(langs + naast, onderkant(spoor, punt) or Decimal(0))
        x2, y2 = self.op(langs + naast + breed, waarde)
        vorm = {"x": _px(min(x1, x2)), "y": _px(min(y1, y2)), "width": _px(abs(x1 - x2)), "height": _px(abs(y1 - y2))}
        return element("rect", self._zegt(punt), class_="g-staaf open" if punt.open else "g-staaf", **vorm)

    def _punt(self, spoor: Spoor, punt: Punt) -> str:
        langs, waarde = langs_van(self.beeld, punt), waarde_op(self.beeld, punt)
        x, y = self.op(langs, waarde)
        merk = punt.merk or _REEKSMERK.get(spoor.rol, "rond")
        klasse = "g-punt open" if punt.open else "g-punt"
        vorm = _merk(merk, klasse, (x, y), self._straal(), self._zegt(punt))
        steel = self._stuk("g-steel", langs, punt.basis, waarde)
        return steel + self._stuk("g-marge", langs, punt.van, punt.tot) + vorm

    def _stuk(self, klasse: str, langs: Plek, van: Plek | None, tot: Plek | None) -> str:
        if van is None or tot is None:
            return ""
        return pad(klasse, f"M{_paar(*self.op(langs, van))}L{_paar(*self.op(langs, tot))}")

    def _zegt(self, punt: Punt) -> str:
        return element("title", escape(punt.tekst)) if punt.tekst and not (self.doek.klein or self.doek.kaal) else ""

    # -- words

    def _gebeurtenissen(self) -> str:
        """An upright line with its words above it; in a small chart the line alone."""
        if self.doek.kaal:
            return ""
        lijnen = [
            element("path", element("title", escape(g.tekst)), class_="g-gebeurtenis", d=self._staand(g.x))
            for g in self.beeld.gebeurtenissen
        ]
        woorden = [
            _regels(
                g.begin, self.titelregel + 8 + (g.rij + g.onderste) * REGEL / 2, g.regels, g.gebeurtenis.tekst, "start"
            )
            for g in self.rijen_boven
        ]
        return "".join([*lijnen, *woorden])

    def _woorden(self) -> str:
        if self.doek.kaal:
            return ""
        geplaatst = [*self.woorden_ernaast(), *self.woorden_erin()]
        return "".join(_regels(x, y, regels, woord.tekst, "start", woord.rol) for woord, regels, (x, y) in geplaatst)


def _merk(merk: str, klasse: str, plaats: Plaats, straal: float, titel: str = "") -> str:
    """One of ``MERKEN`` around its place."""
    if merk == "rond":
        return element("circle", titel, class_=klasse, cx=_px(plaats[0]), cy=_px(plaats[1]), r=straal)
    groter = "" if straal > 3 else " scale(.7)"
    return element("path", titel, class_=klasse, d=_TEKENS[merk], transform=f"translate({_paar(*plaats)}){groter}")


def _px(maat: float) -> str:
    return f"{maat:.1f}".removesuffix(".0")


def _paar(x: float, y: float) -> str:
    return f"{_px(x)} {_px(y)}"


def _regels(x: float, y: float, regels: Sequence[str], tekst: str, anker: str, rol: Rol | None = None) -> str:
    """One or more lines around a middle; what was cut is whole in its title."""
    begin = y + 4 - (len(regels) - 1) * REGEL / 2
    titel = element("title", escape(tekst)) if "".join(regels).replace(" ", "") != tekst.replace(" ", "") else ""
    klasse = f"g-{rol}" if rol else None
    if len(regels) == 1:
        inhoud = escape(regels[0])
    else:
        inhoud = "".join(element("tspan", escape(r), x=_px(x), dy=REGEL if n else None) for n, r in enumerate(regels))
    return element(
        "text", titel + inhoud, class_=klasse, x=_px(x), y=_px(begin), text_anchor=None if anker == "start" else anker
    )
