"""Every quarter of an indicator, with what is ordinary for it: signal or noise, and when what was asked changed.

Pure: from the rows of one onderdeel in order of time, with their targets; no query, no clock.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from textwrap import shorten
from typing import cast

from common.grafiek.beeld import As, Assoort, Beeld, Gebeurtenis, Punt, Rol, Spoor, Vorm, Woord, vlakke_streep
from common.grafiek.tijdlijn import Mijlstreep, Voorval, bij_periode, in_beeld, zet_op_as
from common.tekst.cijfers import alleen_teken, exact_in_woorden, naast_grenzen, samen_in_kop
from common.tekst.periode import Kwartaal
from monitor.dashboards.grafiek.conclusie import NOG_GEEN_CIJFERS, cijferconclusie, eerste_zin
from monitor.dashboards.grafiek.jaarcijfers import Cijfer, Wissel, as_van_waarden, lees_cijfer
from monitor.dashboards.grafiek.tabel import cel, lege_kolommen_weg, met_maat, opmerking
from monitor.dashboards.indicator.regel import waardenaam
from monitor.dashboards.indicator.signaal.toelichting import slotsom
from monitor.dashboards.indicator.signaal.verloop import Procesbeeld
from monitor.models import Doelbereik, Doelstelling, Indicator
from monitor.rekenen.regels.grenzen import Grens, mogelijke_waarden
from monitor.rekenen.regels.signaalregels import Signaalregel
from monitor.rekenen.regels.toeval import als_getal
from monitor.rekenen.regels.verschuldigd import KWARTALEN_VAN
from monitor.rekenen.signaalzin import UITLEG

GRENSNAAM = "Gewone schommeling"
_MERKNAAM = {
    Signaalregel.GRENS: "ruit",
    Signaalregel.KANT: "vierkant",
    Signaalregel.REEKS: "ster",
    Signaalregel.ZONE: "zeshoek",
}
_REDENLENGTE = 44  # letters of a reason beside its line; all of it stands in the table
_HALF = Decimal("0.5")
_Getallen = tuple[Decimal | None, ...]


def heeft_alle_kwartalen(indicator: Indicator) -> bool:
    """Whether it is measured more than once a year: else this year is one point, and every measurement one picture."""
    return len(KWARTALEN_VAN[indicator.frequentie]) > 1


@dataclass(frozen=True)
class _Reeks:
    """Per period the value with its limits and what was asked of it then; all tuples are as long as ``perioden``."""

    indicator: Indicator
    verloop: Procesbeeld
    rijen: tuple[Doelbereik | None, ...]

    @property
    def perioden(self) -> tuple[Kwartaal, ...]:
        return self.verloop.perioden

    @cached_property
    def waarden(self) -> _Getallen:
        return tuple(_getal(waarde) for waarde in self.verloop.waarden)

    @cached_property
    def grenzen(self) -> tuple[Grens | None, ...]:
        return tuple(b.grenzen.bij(i) if b.grenzen else None for b in self.verloop.proces.beoordelingen for i in b.deel)

    @cached_property
    def stukken(self) -> list[tuple[list[int], bool]]:
        """The points that share limits, and whether those follow a trend."""
        return [(list(b.deel), b.grenzen.helling is not None) for b in self.verloop.proces.beoordelingen if b.grenzen]

    @cached_property
    def gevraagd(self) -> _Getallen:
        """The target of each period; of a year volume the part of its norm that is of this quarter."""
        return tuple(self._gevraagd(i) for i in range(len(self.rijen)))

    @cached_property
    def merken(self) -> dict[int, Signaalregel]:
        """Per point the strongest rule that marks it."""
        zwakste_eerst = sorted(self.verloop.proces.signalen, key=lambda signaal: -signaal.rang)
        return {punt: signaal.regel for signaal in zwakste_eerst for punt in signaal.punten}

    def _gevraagd(self, i: int) -> Decimal | None:
        rij = self.rijen[i]
        doel = rij.doelstelling if rij else None
        if rij is None or doel is None or doel.soort != doel.Soort.JAARVOLUME:
            return doel.streefwaarde if doel else None
        vorige = self.rijen[i - 1] if i else None
        if rij.kwartaal == 1 or rij.verwachting is None:
            return rij.verwachting
        zelfde_jaar = vorige is not None and vorige.jaar == rij.jaar and vorige.verwachting is not None
        return rij.verwachting - vorige.verwachting if vorige and zelfde_jaar else None

    @property
    def is_volume(self) -> bool:
        return any(rij and rij.doelstelling and rij.doelstelling.soort == "jaarvolume" for rij in self.rijen)

    def rij(self, i: int) -> list[Decimal | None]:
        """As they are written: value, what was asked, lower limit, middle, upper limit."""
        g = self.grenzen[i]
        grenzen = [_getal(g.onder), _getal(g.midden), _getal(g.boven)] if g else [None] * 3
        return naast_grenzen([self.waarden[i]], [self.gevraagd[i], *grenzen], self.indicator)


def build_alle_kwartalen(
    indicator: Indicator,
    rijen: Sequence[Doelbereik],
    verloop: Procesbeeld,
    wissels: Sequence[Wissel] = (),
    voorvallen: Sequence[Voorval] = (),
) -> Beeld:
    """``verloop`` has the values and limits of the same rows. What is measured once a year or less has no limits."""
    if not heeft_alle_kwartalen(indicator):
        return build_metingen(indicator, rijen, wissels, voorvallen)
    per = {Kwartaal(rij.jaar, rij.kwartaal): rij for rij in rijen}
    r = _Reeks(indicator, verloop, tuple(per.get(periode) for periode in verloop.perioden))
    strepen = zet_op_as(voorvallen, r.perioden, _eerste_dag(r))
    koppen, regels = _tabel(r, wissels, strepen)
    return Beeld(
        naam=f"{indicator.naam}, alle kwartalen",
        titel=eerste_zin(slotsom(verloop)) if r.perioden else NOG_GEEN_CIJFERS,
        x=_as(r.perioden),
        y=as_van_waarden(indicator),
        sporen=tuple(spoor for spoor in _sporen(r) if spoor.punten),
        koppen=koppen,
        rijen=regels,
        onderschrift=f"In de periode zelf ({indicator.eenheid})",
        woorden=tuple(_woorden(r)),
        gebeurtenissen=in_beeld(
            strepen, [Gebeurtenis(x, shorten(t, _REDENLENGTE, placeholder="…")) for x, t in _wat_er_was(r, wissels)]
        ),
        uitleg=_uitleg(r),
        noten=tuple(streep.noot for streep in strepen),
        zoombaar=True,
    )


def _eerste_dag(r: _Reeks) -> date | None:
    """A first half-year begins a quarter before its own."""
    eerder = 4 // len(KWARTALEN_VAN[r.indicator.frequentie]) - 1
    return Kwartaal.van_index(r.perioden[0].index - eerder).begin() if r.perioden else None


def _as(perioden: Sequence[Kwartaal]) -> As:
    labels = tuple(f"Q{k.nummer}" for k in perioden)
    jaren = groupby(enumerate(perioden), key=lambda paar: paar[1].jaar)
    return As(Assoort.KWARTALEN, labels, tuple((next(groep)[0], str(jaar)) for jaar, groep in jaren))


def _sporen(r: _Reeks) -> Iterator[Spoor]:
    for run, hellend in r.stukken:
        yield Spoor(GRENSNAAM, Rol.GRENS, Vorm.VLAK, tuple(_grenspunten(r, run, hellend=hellend)))
        yield Spoor(
            _middennaam(r, run, hellend=hellend), Rol.MIDDEN, Vorm.LIJN, tuple(_midden(r, run, hellend=hellend))
        )
    rol, naam = (Rol.NORM, "Norm van het kwartaal") if r.is_volume else (Rol.DOEL, "Doel")
    for run, waarde in gelijke_stukken(r.gevraagd):
        yield vlakke_streep(rol, naam, waarde, run[0], run[-1], f"{naam}: {met_maat(r.rij(run[0])[1], r.indicator)}")
    yield Spoor("Waarde", Rol.HOOFD, Vorm.LIJN_MET_PUNTEN, tuple(_punt(r, i) for i in range(len(r.perioden))))


def _randen(i: int, *, hellend: bool) -> Sequence[Decimal]:
    """Level over the width of a point; of a trend straight from point to point."""
    return (Decimal(i),) if hellend else (i - _HALF, i + _HALF)


def _grenspunten(r: _Reeks, run: Sequence[int], *, hellend: bool) -> Iterator[Punt]:
    for i in run:
        if g := r.grenzen[i]:
            _, _, onder, _, boven = (met_maat(getal, r.indicator) for getal in r.rij(i))
            tekst = f"Gewoon in {r.perioden[i].leesbaar}: van {onder} tot {boven}"
            for x in _randen(i, hellend=hellend):
                yield Punt(x, _getal(g.midden), tekst, van=_getal(g.onder), tot=_getal(g.boven))


def _midden(r: _Reeks, run: Sequence[int], *, hellend: bool) -> Iterator[Punt]:
    naam = _middennaam(r, run, hellend=hellend)
    for i in run:
        if g := r.grenzen[i]:
            tekst = f"{naam}, {r.perioden[i].leesbaar}: {met_maat(r.rij(i)[3], r.indicator)}"
            yield from (Punt(x, _getal(g.midden), tekst) for x in _randen(i, hellend=hellend))


def _middennaam(r: _Reeks, run: Sequence[int], *, hellend: bool) -> str:
    """A mean is the same for every point; what differs per point is a trend, or usual for its quarter."""
    if hellend:
        return "Trend"
    return "Gemiddelde" if len({g.midden for i in run if (g := r.grenzen[i])}) == 1 else "Gewoon voor het kwartaal"


def _punt(r: _Reeks, i: int) -> Punt:
    waarde, merk = r.waarden[i], r.merken.get(i)
    if waarde is None:
        return Punt(i, None)
    delen = [f"{r.perioden[i].leesbaar}: {met_maat(r.rij(i)[0], r.indicator)}", _waarom(r, i)]
    voorlopig = r.verloop.redenen[i] == "voorlopig"
    return Punt(i, waarde, "; ".join(d for d in delen if d), open=voorlopig, merk=_MERKNAAM[merk] if merk else "")


def _waarom(r: _Reeks, i: int) -> str:
    """What marks a point, and why there is no value or that it is provisional."""
    signaal = UITLEG[r.merken[i]] if i in r.merken else ""
    return "; ".join(deel for deel in (signaal, r.verloop.redenen[i]) if deel)


def gelijke_stukken(waarden: _Getallen) -> list[tuple[list[int], Decimal]]:
    """Runs over which one and the same number holds."""
    groepen = groupby(enumerate(waarden), key=lambda paar: paar[1])
    return [([i for i, _ in groep], waarde) for waarde, groep in groepen if waarde is not None]


def _tabel(
    r: _Reeks, wissels: Sequence[Wissel], strepen: Sequence[Mijlstreep]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    gevraagd = "Norm" if r.is_volume else "Doel"
    koppen = [
        "Kwartaal",
        f"Waarde ({r.indicator.eenheid})",
        gevraagd,
        "Ondergrens",
        "Midden",
        "Bovengrens",
        "Opmerking",
    ]
    was = [(x, tekst) for x, tekst in _wat_er_was(r, wissels)]
    rijen = []
    for i, periode in enumerate(r.perioden):
        vanaf = [f"vanaf hier {tekst}" for x, tekst in was if x == i - _HALF]
        noot = "; ".join(deel for deel in (_waarom(r, i), *vanaf, *bij_periode(strepen, i)) if deel)
        rijen.append([periode.leesbaar, *map(cel, r.rij(i)), noot])
    return lege_kolommen_weg(koppen, rijen)


def _wat_er_was(r: _Reeks, wissels: Sequence[Wissel]) -> list[tuple[Decimal, str]]:
    """Where new limits, another agenda or another target begin, in the order of time."""
    besluiten = [(i, f"nieuwe grenzen: {b.reden.rstrip('. ')}") for i, b in r.verloop.besluiten.items()]
    agendas = _wissels(r.perioden, r.rijen, wissels)
    return sorted((i - _HALF, tekst) for i, tekst in [*besluiten, *agendas, *_doelwissels(r)])


def _wissels(
    perioden: Sequence[Kwartaal], rijen: Sequence[Doelbereik | None], wissels: Sequence[Wissel]
) -> Iterator[tuple[int, str]]:
    """Where each later agenda begins; a target that differs there is named too."""
    for kwartaal, woorden in wissels:
        if plek := _begin(perioden, kwartaal):
            eerder, later = (_doel_van(rij) for rij in rijen[plek - 1 : plek + 1])
            yield plek, f"{woorden}, ander doel" if eerder and later and eerder != later else woorden


def _begin(perioden: Sequence[Kwartaal], kwartaal: Kwartaal) -> int:
    """The first period from this quarter on; 0 where no period lies before it, or none after."""
    return next((i for i, periode in enumerate(perioden) if periode >= kwartaal), 0)


def _doel_van(rij: Doelbereik | None) -> tuple[object, ...]:
    doel = rij.doelstelling if rij else None
    return (doel.soort, doel.streefwaarde, doel.marge) if doel else ()


def _doelwissels(r: _Reeks) -> Iterator[tuple[int, str]]:
    """Where a target was replaced by another number within its year."""
    gezien = {rij.doelstelling.pk: rij.doelstelling for rij in r.rijen if rij and rij.doelstelling}
    for doel in gezien.values():
        vorig = cast("Doelstelling | None", doel.vervangt)
        oud, nieuw = vorig.streefwaarde if vorig else None, doel.streefwaarde
        if oud is not None and nieuw is not None and oud != nieuw:
            van = exact_in_woorden(oud, alleen_teken(r.indicator))
            if plek := _begin(r.perioden, Kwartaal.van(doel.geldig_vanaf)):
                yield plek, f"doel van {van} naar {exact_in_woorden(nieuw, r.indicator)}"


def _woorden(r: _Reeks) -> list[Woord]:
    """The last limits and what is asked, at their height beside the chart; the last value at its point."""
    if not r.perioden:
        return []
    laatste = next((i for i in reversed(range(len(r.waarden))) if r.waarden[i] is not None), 0)
    g, gevraagd, waarde = r.grenzen[-1], r.gevraagd[-1], r.waarden[laatste]
    laagste, hoogste = mogelijke_waarden(r.indicator)  # an end that cannot be passed says nothing
    einden = (("boven", g and g.boven, hoogste), ("onder", g and g.onder, laagste))
    namen = [(naam, w) for naam, w, einde in einden if isinstance(w, Fraction) and w != einde]
    grenzen = [als_getal(w) for _, w in namen]
    (getal, doel, *rest), maat = samen_in_kop([waarde], [gevraagd, *grenzen], r.indicator)
    woorden = [
        Woord(f"{naam} {exact_in_woorden(w, maat)}", None, hoogte, Rol.GRENS)
        for (naam, _), w, hoogte in zip(namen, rest, grenzen, strict=True)
        if w is not None
    ]
    if doel is not None and gevraagd is not None:
        naam, rol = ("norm", Rol.NORM) if r.is_volume else ("doel", Rol.DOEL)
        woorden.append(Woord(f"{naam} {exact_in_woorden(doel, maat)}", None, gevraagd, rol))
    if getal is not None and waarde is not None:
        nu = met_maat(getal, maat)
        woorden.append(Woord(f"Q{r.perioden[laatste].nummer}: {nu}", None, waarde, Rol.HOOFD, kort=nu))
    return woorden


def _uitleg(r: _Reeks) -> str:
    gebruikt = set(r.merken.values())
    delen = [slotsom(r.verloop).removeprefix(eerste_zin(slotsom(r.verloop))).strip()] if r.perioden else []
    delen += [_vlak(r)] if r.stukken else []
    delen += [f"{_MERKNAAM[regel].capitalize()}: {UITLEG[regel]}." for regel in Signaalregel if regel in gebruikt]
    delen += ["Open punt: voorlopig."] if "voorlopig" in r.verloop.redenen else []
    return " ".join(deel for deel in delen if deel)


def _vlak(r: _Reeks) -> str:
    grenzen = r.verloop.grenzen
    if grenzen and grenzen.helling is not None:
        return "Vlak: gewone schommeling rond de lijn van de trend."
    if grenzen and grenzen.per_kwartaal:
        return "Vlak: gewone schommeling van dat kwartaal, met wat voor dat kwartaal gewoon is in het midden."
    if r.indicator.grenzen_per_kwartaal:
        nog = "voor grenzen per kwartaal zijn er nog te weinig jaren"
        return f"Vlak: gewone schommeling, met het gemiddelde in het midden; {nog}."
    return "Vlak: gewone schommeling, met het gemiddelde in het midden."


def build_metingen(
    indicator: Indicator,
    rijen: Sequence[Doelbereik],
    wissels: Sequence[Wissel] = (),
    voorvallen: Sequence[Voorval] = (),
) -> Beeld:
    """Every measurement of what is measured once a year or less, with its margin of error and its target."""
    cijfers = [lees_cijfer(indicator, rij, tel_op=True) for rij in rijen]
    perioden = [Kwartaal(c.rij.jaar, c.rij.kwartaal) for c in cijfers]
    laatste = next((c for c in reversed(cijfers) if c.waarde is not None), cijfers[-1] if cijfers else None)
    koppen = ["Jaar", f"{waardenaam(indicator)} ({indicator.eenheid})", "Doel", "Foutmarge (±)", "Opmerking"]
    strepen = zet_op_as(voorvallen, perioden, date(perioden[0].jaar, 1, 1) if perioden else None)
    kop, regels = lege_kolommen_weg(koppen, [_metingrij(indicator, c, strepen, i) for i, c in enumerate(cijfers)])
    doel = laatste.afgeleid.streefwaarde if laatste else None
    return Beeld(
        naam=f"{indicator.naam}, alle metingen",
        titel=cijferconclusie(laatste, indicator) if laatste else NOG_GEEN_CIJFERS,
        x=As(Assoort.KWARTALEN, tuple(str(k.jaar) for k in perioden)),
        y=as_van_waarden(indicator),
        sporen=tuple(spoor for spoor in _metingsporen(indicator, cijfers) if spoor.punten),
        koppen=kop,
        rijen=regels,
        onderschrift=f"{waardenaam(indicator)} ({indicator.eenheid})",
        woorden=() if doel is None else (Woord(f"doel {exact_in_woorden(doel, indicator)}", None, doel, Rol.DOEL),),
        gebeurtenissen=in_beeld(
            strepen,
            [Gebeurtenis(i - _HALF, woorden) for i, woorden in _wissels(perioden, [c.rij for c in cijfers], wissels)],
        ),
        uitleg=" ".join(_metinguitleg(cijfers)),
        noten=tuple(streep.noot for streep in strepen),
    )


def _metinguitleg(cijfers: Sequence[Cijfer]) -> Iterator[str]:
    if any(c.rij.marge for c in cijfers):
        yield "Streep door het punt: de foutmarge (95%)."
    if any(c.rij.voorlopig for c in cijfers):
        yield "Open punt: voorlopig."


def _metingsporen(i: Indicator, cijfers: Sequence[Cijfer]) -> Iterator[Spoor]:
    for run, waarde in gelijke_stukken(tuple(c.afgeleid.streefwaarde for c in cijfers)):
        yield vlakke_streep(Rol.DOEL, "Doel", waarde, run[0], run[-1], f"Doel: {exact_in_woorden(waarde, i)}")
    punten = tuple(_meetpunt(i, plek, c) for plek, c in enumerate(cijfers))
    yield Spoor("Meting", Rol.HOOFD, Vorm.LIJN_MET_PUNTEN, punten if any(p.y is not None for p in punten) else ())


def _meetpunt(i: Indicator, plek: int, c: Cijfer) -> Punt:
    if c.waarde is None:
        return Punt(plek, None)
    marge = c.rij.marge
    erbij = f", foutmarge ± {cel(_marge(i, c))}" if marge else ""
    tekst = f"{c.rij.jaar}: {met_maat(_gemeten(i, c)[0], i)}{erbij}"
    van, tot = (c.waarde - marge, c.waarde + marge) if marge else (None, None)
    return Punt(plek, c.waarde, tekst, van=van, tot=tot, open=c.rij.voorlopig)


def _gemeten(i: Indicator, c: Cijfer) -> list[Decimal | None]:
    return naast_grenzen([c.waarde], [c.afgeleid.streefwaarde], i)


def _marge(i: Indicator, c: Cijfer) -> Decimal | None:
    return naast_grenzen([c.rij.marge], [], i)[0]


def _metingrij(i: Indicator, c: Cijfer, strepen: Sequence[Mijlstreep], plek: int) -> list[str]:
    noot = "; ".join(deel for deel in (opmerking(c), *bij_periode(strepen, plek)) if deel)
    return [str(c.rij.jaar), *map(cel, (*_gemeten(i, c), _marge(i, c))), noot]


def _getal(waarde: Fraction | None) -> Decimal | None:
    return None if waarde is None else als_getal(waarde)
