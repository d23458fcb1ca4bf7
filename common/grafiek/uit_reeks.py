"""A ``Reeks`` as a ``Beeld``: for the charts of one series over quarters."""

from collections.abc import Iterator
from decimal import Decimal

from common.grafiek import reeks
from common.grafiek.beeld import As, Assoort, Beeld, Gebeurtenis, Punt, Rol, Spoor, Vorm, Woord, vlakke_streep
from common.grafiek.reeks import Lijn, Reeks
from common.tekst.cijfers import exact_in_woorden, gedrukt, kort_doel_in_woorden, met_eenheid

_HALF = Decimal("0.5")


def als_beeld(van: Reeks, titel: str, uitleg: str = "") -> Beeld:
    """``titel`` is the conclusion in one sentence."""
    jaren = [k.jaar for k in van.kwartalen]
    groepen = tuple((n, str(jaar)) for n, jaar in enumerate(jaren) if n == 0 or jaren[n - 1] != jaar)
    return Beeld(
        naam=van.naam,
        titel=titel,
        x=As(Assoort.KWARTALEN, tuple(f"Q{k.nummer}" for k in van.kwartalen), groepen),
        y=As(Assoort.GETAL, eenheid=van.eenheid, decimalen=van.decimalen, vanaf_nul=van.vanaf_nul),
        sporen=tuple(_sporen(van)),
        koppen=tuple(reeks.koppen(van)),
        rijen=tuple(map(tuple, reeks.rijen(van))),
        woorden=tuple(_woorden(van)),
        gebeurtenissen=tuple(Gebeurtenis(n - _HALF, woorden) for n, woorden in van.wissels),
        uitleg=uitleg,
        zoombaar=True,
    )


def _sporen(van: Reeks) -> Iterator[Spoor]:
    if van.heeft_band:
        yield _band(van)
    for run, waarde, _ in reeks.eerdere_stukken(van):
        yield vlakke_streep(Rol.OUD_DOEL, "Eerder doel", waarde, run[0], run[-1])
    for run, waarde in reeks.gelijke_stukken(van):
        yield vlakke_streep(Rol.DOEL, "Doel", waarde, run[0], run[-1])
    if van.bij:
        yield _lijn(van, van.bij, Rol.BIJ, Vorm.LIJN)
    yield _lijn(van, van.hoofd, Rol.HOOFD, Vorm.LIJN_MET_PUNTEN)


def _band(van: Reeks) -> Spoor:
    punten: list[Punt] = []
    for run in reeks.bandstukken(van):
        punten += [Punt(n, van.laag[n], van=van.laag[n], tot=van.hoog[n]) for n in run]
        punten.append(Punt(None, None))
    return Spoor(van.bandnaam, Rol.BAND, Vorm.VLAK, tuple(punten))


def _lijn(van: Reeks, lijn: Lijn, rol: Rol, vorm: Vorm) -> Spoor:
    """With a gap between two pieces, also where only a new year begins."""
    punten: list[Punt] = []
    for run in reeks.lijnstukken(van, lijn):
        punten += [_punt(van, lijn, n) for n in run]
        punten.append(Punt(None, None))
    return Spoor(lijn.naam, rol, vorm, tuple(punten[:-1]))


def _punt(van: Reeks, lijn: Lijn, n: int) -> Punt:
    waarde, hoofd = lijn.waarden[n], lijn is van.hoofd
    marge = van.marge[n] if hoofd and van.marge else None
    randen = (None, None) if waarde is None or marge is None else (waarde - marge, waarde + marge)
    voorlopig = n in van.voorlopig
    tekst = f"{lijn.naam}, {van.kwartalen[n].leesbaar}: {_getal(van, lijn, n)}{' (voorlopig)' if voorlopig else ''}"
    return Punt(n, waarde, tekst, randen[0], randen[1], open=voorlopig and hoofd)


def _getal(van: Reeks, lijn: Lijn, n: int) -> str:
    """The value as its cell of the table says it, with the unit."""
    hoofd, bij, *_ = (*reeks.getoond(van, n), None)
    getal = hoofd if lijn is van.hoofd else bij
    return "" if getal is None else met_eenheid(gedrukt(getal), van)


def _woorden(van: Reeks) -> Iterator[Woord]:
    """Direct labels: the last target and the last value at their own height; until when an earlier target held."""
    if doelen := reeks.gelijke_stukken(van):
        doel = doelen[-1][1]
        korte = f"doel {kort_doel_in_woorden(doel, van)}"
        yield Woord(f"doel {exact_in_woorden(doel, van)}", None, doel, Rol.DOEL, korte)
    nu = reeks.laatste(van)
    if nu is not None and (waarde := van.hoofd.waarden[nu]) is not None:
        yield Woord(_getal(van, van.hoofd, nu), None, waarde, Rol.HOOFD, reeks.kort(van, nu))
    for run, waarde, tot in reeks.eerdere_stukken(van):
        yield Woord(f"doel tot {tot}", run[-1], waarde, Rol.OUD_DOEL, f"tot {tot}")
