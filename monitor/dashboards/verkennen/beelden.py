"""Crossed series as pictures: over time, beside each other, against each other. Pure; imported by the worker alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from common.grafiek.beeld import As, Assoort, Beeld, Plek, Punt, Rol, Spoor, Vorm, Woord, vlakke_streep
from common.grafiek.tijdlijn import bij_periode, in_beeld
from common.tekst.cijfers import LosseMaat, exact_in_woorden, kop_in_woorden
from common.tekst.tekens import en, kleine_letter
from monitor.dashboards.verkennen.uitkomst import Legopdracht, Uitkomst
from monitor.dashboards.verkennen.vormen import GEEN_CEL, Cel, Kruistabel, Serie, build_kruistabel

REEKSROLLEN = (Rol.REEKS_1, Rol.REEKS_2, Rol.REEKS_3, Rol.REEKS_4, Rol.REEKS_5, Rol.REEKS_6)
MEESTE_KLEINE = 24
MEESTE_NAMEN_IN_BEELD = 20

_HALF = Decimal("0.45")
OPMERKING = "Opmerking"
ELDERS = "niet van toepassing"


def build_uitkomst(opdracht: Legopdracht) -> Uitkomst:
    """What the page shows of these rows."""
    kruis = build_kruistabel(opdracht)
    beelden, zinnen = _BEELDEN[opdracht["opzet"]](kruis)
    koppen = ("Indicator", "Onderdeel", *kruis.labels)
    rijen = [(s.indicator_naam, s.plek_naam, *(cel.met_merk for cel in s.cellen)) for s in kruis.series]
    return Uitkomst(beelden, koppen, rijen, zinnen)


Beelden = tuple[list[tuple[str, Beeld]], list[str]]


def _geen_beeld(kruis: Kruistabel) -> Beelden:
    return [], []


def _over_de_tijd(kruis: Kruistabel) -> Beelden:
    """A picture per unit of measure; where it would hold too many lines, a small one per onderdeel on one scale."""
    beelden: list[tuple[str, Beeld]] = []
    for series in _per_eenheid(kruis):
        if len(series) <= len(REEKSROLLEN):
            beelden.append(("groot", _verloop(kruis, series)))
        else:
            bereik = _bereik(series)
            beelden += [("klein", _verloop(kruis, van, bereik)) for van in _per_plek(series)]
    klein = [beeld for maat, beeld in beelden if maat == "klein"]
    if len(klein) <= MEESTE_KLEINE:
        return beelden, []
    houd = {id(beeld) for beeld in klein[:MEESTE_KLEINE]}
    over = [(maat, beeld) for maat, beeld in beelden if maat != "klein" or id(beeld) in houd]
    return over, [f"Getekend zijn de eerste {MEESTE_KLEINE} van {len(klein)}; in de tabel staan ze alle."]


def _per_eenheid(kruis: Kruistabel) -> list[list[Serie]]:
    """Different units never share an axis. What has no figure at all is only in the table."""
    per: dict[str, list[Serie]] = {}
    for serie in kruis.series:
        if serie.getallen:
            per.setdefault(serie.maat.eenheid, []).append(serie)
    return list(per.values())


def _per_plek(series: Iterable[Serie]) -> list[list[Serie]]:
    per: dict[str, list[Serie]] = {}
    for serie in series:
        per.setdefault(serie.plek_naam, []).append(serie)
    return list(per.values())


def _vanaf_nul(maat: LosseMaat) -> bool:
    return maat.eenheid != "%"


def _bereik(series: Sequence[Serie]) -> tuple[Decimal, Decimal]:
    getallen = [getal for serie in series for getal in serie.getallen]
    nul = [Decimal(0)] if _vanaf_nul(series[0].maat) else []
    return min(getallen + nul), max(getallen + nul)


def _verloop(kruis: Kruistabel, series: Sequence[Serie], bereik: tuple[Decimal, Decimal] | None = None) -> Beeld:
    """Lines along the time axis."""
    maat = series[0].maat
    namen = [_korte_naam(kruis, serie, series) for serie in series]
    sporen = [_lijn(kruis, serie, naam, rol) for serie, naam, rol in zip(series, namen, _rollen(series), strict=False)]
    doelkop = ["Doel"] if any(_doelcellen(kruis, series)) else []
    strepen = kruis.strepen(series)
    return Beeld(
        naam=_over(series),
        titel=_zin_over_verloop(kruis, series, namen, series[0].plek_naam if bereik else ""),
        onderschrift=_onderschrift(kruis, series),
        x=As(Assoort.KWARTALEN, labels=tuple(kruis.labels)),
        y=As(Assoort.GETAL, eenheid=maat.eenheid, decimalen=maat.decimalen, vanaf_nul=_vanaf_nul(maat), bereik=bereik),
        sporen=(*sporen, *_doel_over_tijd(kruis, series)),
        koppen=("Periode", *namen, *doelkop, OPMERKING),
        rijen=tuple(_rij_over_tijd(kruis, series, namen, n, bij_periode(strepen, n)) for n in range(len(kruis.labels))),
        gebeurtenissen=in_beeld(strepen),
        noten=tuple(streep.noot for streep in strepen),
        zoombaar=bereik is None and len(kruis.labels) > 16,
    )


def _korte_naam(kruis: Kruistabel, serie: Serie, naast: Sequence[Serie]) -> str:
    """In a picture of one onderdeel only the indicator needs its name."""
    if len({s.plek_naam for s in naast}) == 1 and len({s.indicator for s in naast}) > 1:
        return serie.indicator_naam
    return kruis.naam(serie)


def _rollen(series: Sequence[Serie]) -> Sequence[Rol]:
    return (Rol.HOOFD,) if len(series) == 1 else REEKSROLLEN


def _over(series: Sequence[Serie]) -> str:
    """What a picture is about: its one indicator, its one onderdeel, or both."""
    indicatoren = list(dict.fromkeys(s.indicator_naam for s in series))
    plekken = list(dict.fromkeys(s.plek_naam for s in series))
    return ", ".join([en(indicatoren)] + (plekken if len(plekken) == 1 else []))


def _onderschrift(kruis: Kruistabel, series: Sequence[Serie]) -> str:
    maat = series[0].maat
    wat = f"{en(list(dict.fromkeys(s.indicator_naam for s in series)))}, in {maat.eenheid or 'aantal'}"
    return f"{wat}, {'per jaar' if kruis.per_jaar else 'per kwartaal'}"


def _lijn(kruis: Kruistabel, serie: Serie, naam: str, rol: Rol) -> Spoor:
    punten = [
        Punt(n, cel.getal, f"{naam}, {kruis.labels[n]}: {cel.met_merk}", open=cel.voorlopig)
        for n, cel in enumerate(serie.cellen)
    ]
    # Amounts of a whole year do not flow into each other.
    los = rol == Rol.HOOFD and kruis.per_jaar and _vanaf_nul(serie.maat)
    return Spoor(naam, rol, Vorm.STAVEN if los else Vorm.LIJN_MET_PUNTEN, tuple(punten))


def _doelen(kruis: Kruistabel, series: Sequence[Serie]) -> list[Decimal | None]:
    """Per place the target that all share. That of a year is nothing to hold one quarter of a count against."""
    if any(serie.telt_op for serie in series) and not kruis.per_jaar:
        return [None] * len(kruis.labels)
    per_plek = [{s.cellen[n].doel for s in series if s.cellen[n] is not GEEN_CEL} for n in range(len(kruis.labels))]
    return [next(iter(doelen)) if len(doelen) == 1 else None for doelen in per_plek]


def _doel_over_tijd(kruis: Kruistabel, series: Sequence[Serie]) -> list[Spoor]:
    """A level line as long as the target is the same; where it changes there is a step, no slope."""
    if len({serie.indicator for serie in series}) > 1:
        return []
    strepen, n = [], 0
    for doel, groep in groupby(_doelen(kruis, series)):
        eind = n + len(list(groep)) - 1
        if doel is not None:
            tekst = f"Doel: {exact_in_woorden(doel, series[0].maat)}"
            strepen.append(vlakke_streep(Rol.DOEL, "Doel", doel, n, eind, tekst))
        n = eind + 1
    return strepen


def _doelcellen(kruis: Kruistabel, series: Sequence[Serie]) -> list[str]:
    """What the table says of the target beside a picture, per place; nothing where there is no such line."""
    doelen = _doelen(kruis, series) if len({serie.indicator for serie in series}) == 1 else []
    return [_doeltekst(doel, series[0].maat) for doel in doelen] if any(doel is not None for doel in doelen) else []


def _doeltekst(doel: Decimal | None, maat: LosseMaat) -> str:
    return "" if doel is None else exact_in_woorden(doel, maat)


def _rij_over_tijd(
    kruis: Kruistabel, series: Sequence[Serie], namen: Sequence[str], n: int, gebeurd: Iterable[str]
) -> tuple[str, ...]:
    vl = [naam for serie, naam in zip(series, namen, strict=True) if serie.cellen[n].voorlopig]
    opmerking = f"voorlopig: {en(vl)}" if len(series) > 1 and vl else "voorlopig" if vl else ""
    doelen, noot = _doelcellen(kruis, series), "; ".join(deel for deel in (opmerking, *gebeurd) if deel)
    return kruis.labels[n], *(serie.cellen[n].tekst for serie in series), *doelen[n : n + 1], noot


def _zin_over_verloop(kruis: Kruistabel, series: Sequence[Serie], namen: Sequence[str], plek: str) -> str:
    """Of one series its last figure and that of a year before; of more, which is highest and which lowest."""
    n = _laatste_plek(series)
    if len(series) == 1:
        return _zin_over_een(kruis, series[0], n, plek or _over(series))
    met_naam = zip(namen, series, strict=True)
    zin = _uitersten(kruis.labels[n], [(naam, serie.cellen[n].getal, serie.maat) for naam, serie in met_naam])
    return f"{plek}: {kleine_letter(zin)}" if plek else zin


def _zin_over_een(kruis: Kruistabel, serie: Serie, n: int, over: str) -> str:
    eerder = n - (1 if kruis.per_jaar else 4)
    nu, toen = (serie.cellen[plek].getal if plek >= 0 else None for plek in (n, eerder))
    delen = [f"{kop_in_woorden(nu, serie.maat)} in {kruis.labels[n]}"] if nu is not None else []
    delen += [f"tegen {kop_in_woorden(toen, serie.maat)} in {kruis.labels[eerder]}"] if toen is not None else []
    return f"{over}: {', '.join(delen)}."


def _uitersten(wanneer: str, rij: Sequence[tuple[str, Decimal | None, LosseMaat]]) -> str:
    """Who is highest and lowest; said of nobody where it is the same."""
    gevuld = [(getal, naam, maat) for naam, getal, maat in rij if getal is not None]
    hoog, laag = max(gevuld, key=lambda deel: deel[0]), min(gevuld, key=lambda deel: deel[0])
    if len(gevuld) == 1:
        return f"{hoog[1]}: {kop_in_woorden(hoog[0], hoog[2])} in {wanneer}; van de andere is er geen cijfer."
    if hoog[0] == laag[0]:
        return f"Alle {len(gevuld)} gelijk in {wanneer}: {kop_in_woorden(hoog[0], hoog[2])}."
    uit = [f"{naam} ({kop_in_woorden(getal, maat)})" for getal, naam, maat in (hoog, laag)]
    return f"Het hoogst in {wanneer}: {uit[0]}; het laagst: {uit[1]}."


def _laatste_plek(series: Sequence[Serie]) -> int:
    """The last place where any of these has a figure; the last of all where none has."""
    plekken = [n for serie in series for n, cel in enumerate(serie.cellen) if cel.getal is not None]
    return max(plekken, default=len(series[0].cellen) - 1)


def _naast_elkaar(kruis: Kruistabel) -> Beelden:
    """A picture per indicator, at the last quarter or year of which there is a figure."""
    per: dict[str, list[Serie]] = {}
    for serie in kruis.series:
        per.setdefault(serie.indicator, []).append(serie)
    return [("hoog", _rangorde(kruis, series)) for series in per.values() if any(s.getallen for s in series)], []


def _rangorde(kruis: Kruistabel, series: Sequence[Serie]) -> Beeld:
    """The highest at the top, what has no figure at the bottom with its reason; not whom it is not about."""
    n, maat = _laatste_plek(series), series[0].maat
    erbij = [serie for serie in series if serie.cellen[n].tekst != ELDERS]
    gesorteerd = sorted(erbij, key=lambda s: (s.cellen[n].getal is None, -s.cellen[n].hoogte))
    vorm = Vorm.STAVEN if _vanaf_nul(maat) else Vorm.PUNTEN
    punten = [_rangpunt(serie, serie.cellen[n], plek) for plek, serie in enumerate(gesorteerd)]
    doel = [tekst for tekst in [_doeltekst(_doelen(kruis, gesorteerd)[n], maat)] if tekst]
    return Beeld(
        naam=series[0].indicator_naam,
        titel=_uitersten(kruis.labels[n], [(s.plek_naam, s.cellen[n].getal, maat) for s in series]),
        onderschrift=f"{_onderschrift(kruis, series)}, {kruis.labels[n]}",
        x=As(Assoort.GETAL, eenheid=maat.eenheid, decimalen=maat.decimalen, vanaf_nul=_vanaf_nul(maat)),
        y=As(Assoort.NAMEN, labels=tuple(_rangnaam(serie, serie.cellen[n]) for serie in gesorteerd)),
        sporen=(Spoor(kruis.kolomnaam, Rol.HOOFD, vorm, tuple(punten)), *_doel_naast(kruis, gesorteerd, n)),
        koppen=("Onderdeel", "Periode", kruis.kolomnaam, *(["Doel"] if doel else []), OPMERKING),
        rijen=tuple(
            (s.plek_naam, kruis.labels[n], s.cellen[n].tekst, *doel, "voorlopig" if s.cellen[n].voorlopig else "")
            for s in gesorteerd
        ),
    )


def _rangnaam(serie: Serie, cel: Cel) -> str:
    return serie.plek_naam if cel.getal is not None else f"{serie.plek_naam} ({cel.tekst})"


def _rangpunt(serie: Serie, cel: Cel, plek: int) -> Punt:
    return Punt(cel.getal, plek, f"{serie.plek_naam}: {cel.met_merk}", open=cel.voorlopig)


def _doel_naast(kruis: Kruistabel, series: Sequence[Serie], n: int) -> list[Spoor]:
    doel, maat = _doelen(kruis, series)[n], series[0].maat
    if doel is None:
        return []
    tekst = f"Doel: {exact_in_woorden(doel, maat)}"
    return [Spoor("Doel", Rol.DOEL, Vorm.LIJN, (Punt(doel, -_HALF, tekst), Punt(doel, len(series) - 1 + _HALF, tekst)))]


def _tegen_elkaar(kruis: Kruistabel) -> Beelden:
    """Of two indicators a point per onderdeel, at the last place where one has both; of one onderdeel one per place."""
    codes = list(dict.fromkeys(serie.indicator for serie in kruis.series))
    if len(codes) < 2:
        return [], ["Van een van de twee indicatoren is hier geen enkel cijfer."]
    links, rechts = ({s.plek_naam: s for s in kruis.series if s.indicator == code} for code in codes)
    paren = [(links[naam], rechts[naam]) for naam in links if naam in rechts]
    punten = _paarpunten(kruis, paren)
    if not punten:
        return [], ["Nergens zijn van beide indicatoren cijfers over hetzelfde kwartaal."]
    return [("groot", _wolk(kruis, paren[0], punten, len(paren)))], []


Paarpunt = tuple[str, str, Cel, Cel]
"""Name, period, and the two figures."""


def _paarpunten(kruis: Kruistabel, paren: Sequence[tuple[Serie, Serie]]) -> list[Paarpunt]:
    alle = [
        (n, (a.plek_naam, kruis.labels[n], a.cellen[n], b.cellen[n]))
        for a, b in paren
        for n in range(len(kruis.labels))
        if a.cellen[n].getal is not None and b.cellen[n].getal is not None
    ]
    laatste = max((n for n, _ in alle), default=-1)
    return [punt for n, punt in alle if len(paren) == 1 or n == laatste]


def _wolk(kruis: Kruistabel, paar: tuple[Serie, Serie], punten: Sequence[Paarpunt], alle: int) -> Beeld:
    assen = [
        As(Assoort.GETAL, titel=s.indicator_naam, eenheid=s.maat.eenheid, decimalen=s.maat.decimalen) for s in paar
    ]
    namen = [naam if alle > 1 else wanneer for naam, wanneer, _, _ in punten]
    getekend = tuple(_wolkpunt(naam, punt, paar) for naam, punt in zip(namen, punten, strict=True))
    x, y = (serie.indicator_naam for serie in paar)
    return Beeld(
        naam=f"{x} tegen {y}",
        titel=_zin_over_wolk(paar, punten, alle),
        onderschrift=f"Naar rechts {x} (in {paar[0].maat.eenheid}), omhoog {y} (in {paar[1].maat.eenheid})",
        x=assen[0],
        y=assen[1],
        sporen=(Spoor("", Rol.HOOFD, Vorm.PUNTEN, getekend),),
        woorden=_namen_bij(namen, getekend),
        koppen=("Onderdeel", "Periode", x, y, OPMERKING),
        rijen=tuple((naam, wanneer, a.tekst, b.tekst, _voorlopig(paar, a, b)) for naam, wanneer, a, b in punten),
    )


def _wolkpunt(naam: str, punt: Paarpunt, paar: tuple[Serie, Serie]) -> Punt:
    _, _, a, b = punt
    tekst = f"{naam}: {paar[0].indicator_naam} {a.met_merk}, {paar[1].indicator_naam} {b.met_merk}"
    return Punt(a.getal, b.getal, tekst, open=a.voorlopig or b.voorlopig)


def _voorlopig(paar: tuple[Serie, Serie], *cellen: Cel) -> str:
    vl = [serie.indicator_naam for serie, cel in zip(paar, cellen, strict=True) if cel.voorlopig]
    return f"voorlopig: {en(vl)}" if vl else ""


def _namen_bij(namen: Sequence[str], punten: Sequence[Punt]) -> tuple[Woord, ...]:
    """The code before a name is enough; with many points only hovering and the table tell them apart."""
    if len(punten) > MEESTE_NAMEN_IN_BEELD:
        return ()
    plekken: list[tuple[str, Plek, Plek]] = [
        (naam, p.x, p.y) for naam, p in zip(namen, punten, strict=True) if p.x is not None and p.y is not None
    ]
    return tuple(Woord(naam if naam[:1] == "Q" else naam.split(" ")[0], x, y) for naam, x, y in plekken)


def _zin_over_wolk(paar: tuple[Serie, Serie], punten: Sequence[Paarpunt], alle: int) -> str:
    if alle == 1:
        return f"{paar[0].plek_naam}: {len(punten)} perioden met beide cijfers, van {punten[0][1]} tot {punten[-1][1]}."
    hoog = [max(punten, key=lambda punt: punt[2].hoogte), max(punten, key=lambda punt: punt[3].hoogte)]
    weg = f" Van {alle - len(punten)} andere is een van beide er niet." if alle > len(punten) else ""
    if hoog[0][0] == hoog[1][0]:
        return f"{hoog[0][0]} is in {punten[0][1]} op beide het hoogst.{weg}"
    x, y = (serie.indicator_naam for serie in paar)
    return f"Het hoogst in {punten[0][1]} op {x}: {hoog[0][0]}; op {y}: {hoog[1][0]}.{weg}"


_BEELDEN = {"tijd": _over_de_tijd, "naast": _naast_elkaar, "tegen": _tegen_elkaar, "tabel": _geen_beeld}
