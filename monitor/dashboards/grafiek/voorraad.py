"""The figures that are drawn ahead of the reader: one per indicator, kind and quarter, of the current generation.

Pages import this; a page draws for itself what is not there, which only a worker can do for the browser.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from common.grafiek import svg
from common.grafiek.beeld import TEKENVERSIE, As, Assoort, Beeld, Punt, Rol, Spoor, Vorm, merk, naar_json
from common.grafiek.figuur import Figuur, inpakken
from common.grafiek.reeks import Reeks
from common.grafiek.tekening import Tekening, maak
from common.grafiek.uit_reeks import als_beeld
from common.grafiek.vel import Doek
from common.tekst.periode import Kwartaal
from monitor.dashboards.grafiek.reeks import NORM, build_reeks, vonkwaarden
from monitor.dashboards.keuze import Blik
from monitor.dashboards.terugkijken import Bekend, Uitsnede
from monitor.models import Doelbereik, Indicator
from monitor.rekenen.cijfers import leid_cijfers_af

GEEN_CIJFERS = "Er zijn nog geen cijfers."


class Figuursoort(StrEnum):
    GROOT = "groot"  # the chart of the page of an indicator
    KLEIN = "klein"  # one of many on the page of a theme
    VONK = "vonk"  # the sparkline in a list


DOEKEN: dict[Figuursoort, Doek] = {
    Figuursoort.GROOT: svg.GROOT,
    Figuursoort.KLEIN: svg.KLEIN,
    Figuursoort.VONK: svg.VONK,
}
VOOR_DE_BROWSER = frozenset({Figuursoort.GROOT})


def figuursleutel(soort: Figuursoort, code: str, onderdeel: str, kwartaal: Kwartaal) -> str:
    return f"{soort}:{code}:{onderdeel}:{kwartaal}"


def generatie(bekend: Bekend, indicator: Indicator, rijen: Sequence[Doelbereik] = ()) -> str:
    """The generation a drawing must be of to be the current one; empty where nothing has been computed yet."""
    van = bekend.merk(indicator, rijen)
    return f"{van}.{TEKENVERSIE}" if van else ""


def haal(blik: Blik, indicatoren: Sequence[Indicator], soort: Figuursoort) -> dict[int, Figuur]:
    """Per indicator its drawing: the stored one where it is of the current generation, else drawn now."""
    namen = {figuursleutel(soort, i.code, blik.eenheid.code, blik.kwartaal): i for i in indicatoren}
    bewaard = blik.bekend.figuren().filter(sleutel__in=namen).defer("plotly")
    bewaard = bewaard.defer("beeld") if soort is Figuursoort.VONK else bewaard
    figuren = {namen[f.sleutel].pk: f for f in bewaard if f.generatie == generatie(blik.bekend, namen[f.sleutel])}
    rest = [i for i in indicatoren if i.pk not in figuren]
    nieuw = teken(blik.bekend, blik.uitsnede(rest), (soort,)) if rest else []
    return figuren | {namen[f.sleutel].pk: f for f in nieuw}


def teken(bekend: Bekend, uit: Uitsnede, soorten: Sequence[Figuursoort] = tuple(Figuursoort)) -> list[Figuur]:
    """Draw, in one query for all rows; nothing is stored, and nothing is there for the browser yet."""
    alle, figuren = bekend.reeks(uit), []
    for indicator in uit.indicatoren:
        rijen = alle[indicator.pk]
        van = generatie(bekend, indicator, rijen)
        cijfers = build_reeks(indicator, rijen, uit.wissels.get(indicator.pk, ()))
        for soort in soorten:
            naam = figuursleutel(soort, indicator.code, uit.eenheid.code, uit.tot)
            figuren.append(Figuur(sleutel=naam, generatie=van, **_inhoud(soort, indicator, rijen, cijfers)))
    return figuren


def _inhoud(soort: Figuursoort, indicator: Indicator, rijen: Sequence[Doelbereik], cijfers: Reeks) -> dict[str, Any]:
    if soort is Figuursoort.VONK:
        beeld = _vonk(indicator, rijen, cijfers)
    else:
        beeld = als_beeld(cijfers, _conclusie(indicator, rijen), _uitleg(cijfers))
    tekening = svg.teken(beeld, DOEKEN[soort])
    return {"merk": merk(beeld), "beeld": inpakken(naar_json(beeld)), "plotly": b"", "svg": tekening}


def _vonk(indicator: Indicator, rijen: Sequence[Doelbereik], cijfers: Reeks) -> Beeld:
    waarden = vonkwaarden(indicator, cijfers, rijen)
    verloop = Spoor("", Rol.HOOFD, Vorm.LIJN_MET_PUNTEN, tuple(Punt(n, waarde) for n, waarde in enumerate(waarden)))
    x, y = As(Assoort.KWARTALEN, ("",) * len(waarden)), As(Assoort.GETAL)
    return Beeld(indicator.naam, "", x, y, (verloop,), (), ())


def _conclusie(indicator: Indicator, rijen: Sequence[Doelbereik]) -> str:
    """The sentence of the latest row with a value; that is the conclusion of the chart."""
    laatste = next((rij for rij in reversed(rijen) if rij.cum_teller is not None), rijen[-1] if rijen else None)
    if laatste is None:
        return GEEN_CIJFERS
    return leid_cijfers_af(laatste, indicator, laatste.doelstelling).reden


def _uitleg(cijfers: Reeks) -> str:
    band = "norm min marge" if cijfers.bandnaam == NORM else "marge van de monitor"
    delen = [
        (cijfers.bij, "Lijn met punten: jaar tot nu toe. Dunne lijn: het kwartaal zelf."),
        (cijfers.heeft_eerder, "Lichte stippellijn: het doel van voor de wijziging."),
        (cijfers.heeft_band, f"Vlak: {band}."),
        (cijfers.voorlopig, "Open punt: voorlopig."),
        (cijfers.wissels, "Rechtopstaande stippellijn: hier begint een andere agenda."),
    ]
    return " ".join(tekst for aanwezig, tekst in delen if aanwezig)


def als_tekening(figuur: Figuur, indicator: Indicator, soort: Figuursoort) -> Tekening:
    """A stored or fresh figure as the template wants it."""
    return maak(figuur.als_beeld, id=f"figuur-{indicator.code}", doek=DOEKEN[soort], svg=figuur.svg)
