"""This year over the earlier ones, with what is asked and what is expected of it: does it come to its target?

Pure: from the rows of one onderdeel in order of time, with their targets; no query, no clock.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from common.grafiek.beeld import As, Assoort, Beeld, Punt, Rol, Spoor, Vorm, Woord, vlakke_streep
from common.grafiek.tijdlijn import Mijlstreep, Voorval, bij_periode, in_beeld, zet_op_as
from common.tekst.cijfers import (
    exact_in_woorden,
    naast_grenzen,
    samen_in_kop,
    tussen_in_woorden,
)
from common.tekst.periode import Kwartaal
from monitor.dashboards.grafiek.alle_kwartalen import build_metingen, heeft_alle_kwartalen
from monitor.dashboards.grafiek.conclusie import NOG_GEEN_CIJFERS, jaarconclusie, nodig_in_kop, tekortzin
from monitor.dashboards.grafiek.jaarcijfers import Cijfer, Jaarcijfers, Wissel, as_van_waarden, lees_jaarcijfers
from monitor.dashboards.grafiek.tabel import GEEN_METING, cel, lege_kolommen_weg, met_maat, opmerking
from monitor.dashboards.indicator.regel import waardenaam
from monitor.dashboards.indicator.signaal.verloop import Procesbeeld
from monitor.models import Doelbereik, Indicator

_Getallen = list[Decimal | None]


def build_dit_jaar(
    indicator: Indicator,
    rijen: Sequence[Doelbereik],
    kwartaal: Kwartaal,
    verloop: Procesbeeld | None = None,
    wissels: Sequence[Wissel] = (),
    voorvallen: Sequence[Voorval] = (),
) -> Beeld:
    """``kwartaal`` is the one shown, whose year is this year; without ``verloop`` nothing is forecast.

    What is measured once a year or less has all its measurements on the axis instead.
    """
    if not heeft_alle_kwartalen(indicator):
        tot_nu = [rij for rij in rijen if Kwartaal(rij.jaar, rij.kwartaal) <= kwartaal]
        return build_metingen(indicator, tot_nu, wissels, voorvallen)
    j = lees_jaarcijfers(indicator, rijen, kwartaal, verloop)
    begin = Kwartaal(j.jaar, 1).begin()
    strepen = zet_op_as(voorvallen, [Kwartaal(j.jaar, nummer) for nummer in j.plekken], begin)
    koppen, regels = _tabel(j, strepen)
    return Beeld(
        naam=f"{indicator.naam} in {j.jaar}",
        titel=jaarconclusie(j) if j.per else NOG_GEEN_CIJFERS,
        x=As(Assoort.KWARTALEN, tuple(f"Q{nummer}" for nummer in j.plekken)),
        y=as_van_waarden(indicator),
        sporen=tuple(spoor for spoor in _sporen(j) if spoor.punten),
        koppen=koppen,
        rijen=regels,
        onderschrift=f"{_wat(j)} ({indicator.eenheid})",
        woorden=tuple(_woorden(j)),
        gebeurtenissen=in_beeld(strepen),
        uitleg=_uitleg(j, wissels),
        noten=tuple(streep.noot for streep in strepen),
    )


def _wat(j: Jaarcijfers) -> str:
    telt_los = j.indicator.aggregatie == Indicator.Aggregatie.SOM and not j.is_volume
    return "In het kwartaal" if telt_los else waardenaam(j.indicator)


def _sporen(j: Jaarcijfers) -> list[Spoor]:
    jaren = _jaartal(j.eerdere)
    eerder = [Spoor(jaren, Rol.EERDER, Vorm.LIJN, _lijn(j, jaar)) for jaar in reversed(j.eerdere)]
    oud = [streep for streep in (_streep(j, Rol.OUD_DOEL, j.oud_doel[0]),) if streep] if j.oud_doel else []
    doel = [streep for streep in (_streep(j, Rol.DOEL, j.streefwaarde),) if streep]
    return [*eerder, _norm(j), *_verwachting(j), *oud, *doel, _dit_jaar(j)]


def _jaartal(jaren: Sequence[int]) -> str:
    return f"{min(jaren)}-{max(jaren)}" if len(jaren) > 1 else "".join(map(str, jaren))


def _lijn(j: Jaarcijfers, jaar: int) -> tuple[Punt, ...]:
    return tuple(_punt(j, jaar, plek, c) for plek, c in enumerate(j.van_jaar(jaar)))


def _dit_jaar(j: Jaarcijfers) -> Spoor:
    """Up to the quarter shown: what lies ahead is no gap."""
    tot = [n for n, nummer in enumerate(j.plekken) if nummer <= j.kwartaal.nummer]
    punten = _lijn(j, j.jaar)[: len(tot)]
    bekend = any(punt.y is not None for punt in punten)
    return Spoor(str(j.jaar), Rol.HOOFD, Vorm.LIJN_MET_PUNTEN, punten if bekend else ())


def _punt(j: Jaarcijfers, jaar: int, plek: int, c: Cijfer | None) -> Punt:
    if c is None or c.waarde is None:
        return Punt(plek, None)
    getal = _rij(j, plek)[0] if jaar == j.jaar else naast_grenzen([c.waarde], [], j.indicator)[0]
    status = " (voorlopig)" if c.rij.voorlopig else ""
    tekst = f"Q{j.plekken[plek]} {jaar}: {met_maat(getal, j.indicator)}{status}"
    return Punt(plek, c.waarde, tekst, open=c.rij.voorlopig)


def _norm(j: Jaarcijfers) -> Spoor:
    punten = tuple(
        Punt(
            plek,
            norm,
            "" if norm is None else f"Norm t/m Q{j.plekken[plek]}: {met_maat(_rij(j, plek)[4], j.indicator)}",
        )
        for plek, norm in enumerate(j.norm)
    )
    return Spoor("Norm", Rol.NORM, Vorm.LIJN, punten if any(p.y is not None for p in punten) else ())


def _streep(j: Jaarcijfers, rol: Rol, waarde: Decimal | None) -> Spoor | None:
    """A year total at the end of the year, a level along all of it."""
    if waarde is None:
        return None
    naam = "Doel" if rol is Rol.DOEL else f"Doel tot {j.oud_doel[1] if j.oud_doel else ''}"
    eind = len(j.plekken) - 1
    tekst = f"{naam}: {met_maat(_rij(j, eind)[5 if rol is Rol.DOEL else 6], j.indicator)}"
    return vlakke_streep(rol, naam, waarde, eind if j.is_volume else 0, eind, tekst)


def _verwachting(j: Jaarcijfers) -> list[Spoor]:
    """A line to the end of the year in a fan, from the last value it rests on."""
    plekken = [(plek, v) for plek, v in enumerate(j.verwacht) if v]
    if not plekken:
        return []
    lijn, vlak = [], []
    for plek, (midden, laag, hoog) in plekken:
        tekst = _verwacht_tekst(j, plek) if plek != j.vanaf else ""
        lijn.append(Punt(plek, midden, tekst))
        vlak.append(Punt(plek, midden, tekst, van=laag, tot=hoog))
    return [
        Spoor("Verwachting", Rol.VERWACHTING, Vorm.VLAK, tuple(vlak)),
        Spoor("Verwachting", Rol.VERWACHTING, Vorm.LIJN, tuple(lijn)),
    ]


def _verwacht_tekst(j: Jaarcijfers, plek: int) -> str:
    _, midden, laag, hoog, *_ = _rij(j, plek)
    return f"Verwachting {j.jaar}: {met_maat(midden, j.indicator)}, tussen {tussen_in_woorden(laag, hoog, j.indicator)}"


def _rij(j: Jaarcijfers, plek: int) -> _Getallen:
    """The figures of one place as they are written: value, forecast with its ends, norm, target, earlier target."""
    c, verwacht = j.van_jaar(j.jaar)[plek], j.verwacht[plek]
    toekomst = verwacht if verwacht and plek != j.vanaf else (None, None, None)
    grenzen = [j.norm[plek], j.doel_bij(j.streefwaarde)[plek], j.doel_bij(j.oud_doel[0] if j.oud_doel else None)[plek]]
    return naast_grenzen([c.waarde if c else None, *toekomst], grenzen, j.indicator)


def _tabel(j: Jaarcijfers, strepen: Sequence[Mijlstreep]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    vast = [str(j.jaar), "Verwachting", "80% zeker: van", "tot", "Norm", "Doel"]
    oud = f"Doel tot {j.oud_doel[1]}" if j.oud_doel else "Eerder doel"
    koppen = ["Kwartaal", *vast, oud, *map(str, j.eerdere), "Opmerking"]
    plekken = range(len(j.plekken)) if j.per else ()
    return lege_kolommen_weg(koppen, [_tabelrij(j, plek, bij_periode(strepen, plek)) for plek in plekken])


def _tabelrij(j: Jaarcijfers, plek: int, erbij: Iterable[str]) -> list[str]:
    eerder = [j.van_jaar(jaar)[plek] for jaar in j.eerdere]
    oude = [naast_grenzen([c.waarde if c else None], [], j.indicator)[0] for c in eerder]
    c = j.van_jaar(j.jaar)[plek]
    status = opmerking(c) if c else "" if j.plekken[plek] > j.kwartaal.nummer else GEEN_METING
    noot = "; ".join(deel for deel in (status, *erbij) if deel)
    return [f"Q{j.plekken[plek]}", *map(cel, _rij(j, plek)), *map(cel, oude), noot]


def _woorden(j: Jaarcijfers) -> list[Woord]:
    """The value at its point; target, gap and forecast beside the chart, at their height."""
    woorden = [woord for woord in (_waardewoord(j), _doelwoord(j), _verwachtwoord(j)) if woord]
    nodig, laatste = nodig_in_kop(j), j.laatste
    if nodig and laatste and laatste[1].waarde is not None and j.streefwaarde is not None:
        hoogte = (j.prognose and j.prognose.hoog) or laatste[1].waarde
        woorden.append(
            Woord(f"nog {nodig} nodig", None, (j.streefwaarde + min(hoogte, j.streefwaarde)) / 2, Rol.TEKORT)
        )
    return woorden


def _waardewoord(j: Jaarcijfers) -> Woord | None:
    if j.laatste is None:
        return None
    plek, c = j.laatste
    if c.waarde is None:
        return None
    (getal, *_), maat = samen_in_kop([c.waarde], [j.norm[plek], j.doel_bij(j.streefwaarde)[plek]], j.indicator)
    tekst = met_maat(getal, maat)
    voorlopig = " (voorlopig)" if c.rij.voorlopig else ""
    return Woord(f"{j.jaar}: {tekst}{voorlopig}", plek, c.waarde, Rol.HOOFD, kort=tekst)


def _doelwoord(j: Jaarcijfers) -> Woord | None:
    if j.streefwaarde is None:
        return None
    (_, getal), maat = samen_in_kop([None], [j.streefwaarde], j.indicator)
    tekst = exact_in_woorden(getal, maat) if getal is not None else ""
    return Woord(f"doel {tekst}", None, j.streefwaarde, Rol.DOEL, kort=f"doel {tekst}")


def _verwachtwoord(j: Jaarcijfers) -> Woord | None:
    p = j.prognose
    if p is None:
        return None
    (laag, hoog, _), maat = samen_in_kop([p.laag, p.hoog], [j.streefwaarde], j.indicator)
    tekst = tussen_in_woorden(laag, hoog, maat)
    return Woord(f"verwacht {tekst}", None, (p.laag + p.hoog) / 2, Rol.VERWACHTING, kort=tekst)


def _uitleg(j: Jaarcijfers, wissels: Sequence[Wissel]) -> str:
    oudste = min((*j.eerdere, j.jaar))
    delen = [
        tekortzin(j),
        "Grijze lijnen: eerdere jaren." if j.eerdere else "",
        "Stippellijn: de norm, wat er dan moet zijn." if any(n is not None for n in j.norm) else "",
        "Waaier: waar het jaar met 80% zekerheid uitkomt." if j.prognose else "",
        "Open punt: voorlopig." if any(c and c.rij.voorlopig for c in j.van_jaar(j.jaar)) else "",
        *(f"Vanaf {k.leesbaar}: {woorden}." for k, woorden in wissels if oudste < k.jaar <= j.jaar),
    ]
    return " ".join(deel for deel in delen if deel)
