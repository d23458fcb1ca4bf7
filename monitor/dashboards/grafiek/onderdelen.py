"""Districts and teams in order of their value, each with what chance alone leaves open, against what is asked.

From the rows that this reader may see: who is left out of the table is left out here.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from common.grafiek.beeld import As, Assoort, Beeld, Punt, Rol, Spoor, Vorm, Woord
from common.tekst.cijfers import naast_grenzen, samen_in_kop, tussen_in_woorden
from common.tekst.tekens import hoeveel_van, hoofdletter
from formatie.models import Onderdeel
from monitor.dashboards.grafiek.jaarcijfers import as_van_waarden
from monitor.dashboards.grafiek.tabel import cel, lege_kolommen_weg, met_maat
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.indicator.teams import Onderdeelrij
from monitor.dashboards.oordeel.uiterlijk import ZONDER_CIJFER
from monitor.models import Indicator, Oordeel
from monitor.rekenen.cijfers import is_geteld
from monitor.rekenen.regels.oordeelregels import factor
from monitor.rekenen.regels.toeval import KLEINE_TELLING, poisson, wilson

Adres = Callable[[str], str]
"""From the code of an onderdeel to the page of its own course."""
GEEN_RIJEN = "Er zijn geen cijfers van districten of teams te tonen."
MEESTE_WAARDEN = 8  # that are written at their points
_MET_LIDWOORD = {"Norm": "de norm", "Doel": "het doel"}
_RAND = Decimal("0.45")
_MERK: dict[str, str] = {  # the shapes of a chart that are most like those of the verdicts
    Oordeel.NIET_BEHAALD: "kruis",
    Oordeel.ACHTER: "driehoek-neer",
    Oordeel.AANDACHT: "ruit",
    Oordeel.ONVOLLEDIG: "vierkant",
}


def build_onderdelen(indicator: Indicator, rijen: Sequence[Onderdeelrij], adres: Adres) -> Beeld:
    """``rijen`` are those of one quarter; the best is at the top, what has no value at the bottom."""
    op_rij = sorted((rij for rij in rijen if rij.van_toepassing), key=lambda rij: _rang(indicator, rij))
    koppen = ["Onderdeel", f"Waarde ({indicator.eenheid})", "95% zeker: van", "tot", _tegennaam(op_rij), "Oordeel"]
    kop, regels = lege_kolommen_weg(koppen, [_tabelrij(indicator, rij) for rij in op_rij])
    return Beeld(
        naam=f"{indicator.naam} per onderdeel",
        titel=_titel(indicator, op_rij),
        x=as_van_waarden(indicator),
        y=As(Assoort.NAMEN, tuple(str(rij.onderdeel) for rij in op_rij)),
        sporen=tuple(_sporen(indicator, op_rij, adres)),
        woorden=tuple(_woorden(indicator, op_rij)),
        koppen=kop,
        rijen=regels,
        onderschrift=f"{op_rij[0].regel.waardenaam} ({indicator.eenheid})" if op_rij else "",
        uitleg=_uitleg(indicator, op_rij),
    )


def _rang(i: Indicator, rij: Onderdeelrij) -> tuple[bool, Decimal, str]:
    waarde = rij.regel.waarde
    if waarde is None:
        return True, Decimal(0), str(rij.onderdeel)
    return False, waarde if i.richting == i.Richting.LAGER else -waarde, str(rij.onderdeel)


def _titel(i: Indicator, rijen: Sequence[Onderdeelrij]) -> str:
    gemeten = [rij for rij in rijen if rij.regel.waarde is not None]
    if not gemeten:
        return GEEN_RIJEN
    delen = (_hoeveel_goed(i, gemeten), _uitersten(i, gemeten))
    return f"{hoofdletter('; '.join(deel for deel in delen if deel))}."


def _hoeveel_goed(i: Indicator, gemeten: Sequence[Onderdeelrij]) -> str:
    """How many are on course; of what is not complete nobody knows, so then on which side of the target they are."""
    beoordeeld = [rij for rij in gemeten if rij.regel.op_koers or rij.regel.van_koers]
    open_ = [rij for rij in beoordeeld if rij.regel.oordeel in ZONDER_CIJFER]
    if len(beoordeeld) < 2:
        return ""
    goed = [rij for rij in beoordeeld if rij.regel.op_koers]
    if not open_:
        return _van_alle(goed, beoordeeld, "op koers")
    goed = [rij for rij in beoordeeld if rij.regel.tegen is not None and _haalt(i, rij.regel)]
    waar = f"{'onder' if i.richting == i.Richting.LAGER else 'boven'} {_MET_LIDWOORD[_tegennaam(gemeten)]}"
    return f"{_van_alle(goed, beoordeeld, waar)}, {_onvolledig(open_, goed, beoordeeld)}"


def _van_alle(goed: Sequence[Onderdeelrij], alle: Sequence[Onderdeelrij], waar: str) -> str:
    """With what they are called where they are all of one kind."""
    soorten = {Onderdeel.Soort(rij.onderdeel.soort) for rij in alle}
    wie = _MEERVOUD.get(soorten.pop(), "").lower() if len(soorten) == 1 else ""
    delen = (hoeveel_van(len(goed), len(alle), "van de"), wie, "liggen" if len(goed) > 1 else "ligt", waar)
    return " ".join(filter(None, delen))


def _haalt(i: Indicator, regel: Regel) -> bool:
    waarde, tegen = regel.waarde, regel.tegen
    if waarde is None or tegen is None:
        return False
    return waarde <= tegen if i.richting == i.Richting.LAGER else waarde >= tegen


def _onvolledig(open_: Sequence[Onderdeelrij], goed: Sequence[Onderdeelrij], alle: Sequence[Onderdeelrij]) -> str:
    aantal = len(open_)
    if aantal > 1 and (open_ == goed or aantal == len(alle)):
        return f"{hoeveel_van(aantal, aantal)} nog onvolledig"
    return f"{'één is' if aantal == 1 else f'{aantal} zijn'} nog onvolledig"


def _uitersten(i: Indicator, gemeten: Sequence[Onderdeelrij]) -> str:
    """The best and the worst, by their names."""
    eerste, laatste = gemeten[0], gemeten[-1]
    if len(gemeten) == 1:
        return f"{eerste.onderdeel} heeft {_naast_doel(i, eerste)}"
    if eerste.regel.waarde == laatste.regel.waarde:
        return f"{hoeveel_van(len(gemeten), len(gemeten))} hebben {_naast_doel(i, eerste)}"
    hoog, laag = ("laagst", "hoogst") if i.richting == i.Richting.LAGER else ("hoogst", "laagst")
    best, slechtst = _naast_doel(i, eerste), _naast_doel(i, laatste)
    return f"{eerste.onderdeel} ligt het {hoog} met {best}, {laatste.onderdeel} het {laag} met {slechtst}"


def _naast_doel(i: Indicator, rij: Onderdeelrij) -> str:
    """As a headline says it, on the side of its target where it is."""
    (waarde, _), maat = samen_in_kop([rij.regel.waarde], [rij.regel.tegen], i)
    return met_maat(waarde, maat)


def _woorden(i: Indicator, rijen: Sequence[Onderdeelrij]) -> Iterator[Woord]:
    """The value at each point, while they are few."""
    if len(rijen) > MEESTE_WAARDEN:
        return
    for plek, rij in enumerate(rijen):
        if rij.regel.waarde is not None:
            rol = Rol.HOOFD if rij.onderdeel.soort == Onderdeel.Soort.BASISTEAM else Rol.NEUTRAAL  # grey reads badly
            yield Woord(met_maat(_getoond(i, rij)[0], i), rij.regel.waarde, plek, rol, _naast_doel(i, rij))


def _sporen(i: Indicator, rijen: Sequence[Onderdeelrij], adres: Adres) -> Iterator[Spoor]:
    naam = _tegennaam(rijen)
    rol = Rol.NORM if naam == "Norm" else Rol.DOEL
    for waarde, groep in groupby(enumerate(rijen), key=lambda paar: paar[1].regel.tegen):
        plekken = [n for n, _ in groep]
        if waarde is not None:
            tekst = f"{naam}: {met_maat(_getoond(i, rijen[plekken[0]])[3], i)}"
            randen = (plekken[0] - _RAND, plekken[-1] + _RAND)
            yield Spoor(naam, rol, Vorm.LIJN, tuple(Punt(waarde, y, tekst) for y in randen))
    for soort, rol_van_soort in _ROL.items():
        punten = tuple(_punt(i, n, rij, adres) for n, rij in enumerate(rijen) if rij.onderdeel.soort == soort)
        if punten:
            yield Spoor(_MEERVOUD[soort], rol_van_soort, Vorm.PUNTEN, punten)


_ROL = {
    Onderdeel.Soort.EENHEID: Rol.NEUTRAAL,
    Onderdeel.Soort.DISTRICT: Rol.BIJ,
    Onderdeel.Soort.BASISTEAM: Rol.HOOFD,
}
_MEERVOUD = {
    Onderdeel.Soort.EENHEID: "Eenheid",
    Onderdeel.Soort.DISTRICT: "Districten",
    Onderdeel.Soort.BASISTEAM: "Basisteams",
}


def _tegennaam(rijen: Sequence[Onderdeelrij]) -> str:
    return "Norm" if any(rij.regel.soort == "jaarvolume" for rij in rijen) else "Doel"


def _punt(i: Indicator, plek: int, rij: Onderdeelrij, adres: Adres) -> Punt:
    regel, naar = rij.regel, adres(rij.onderdeel.code)
    if regel.waarde is None:
        return Punt(None, plek, f"{rij.onderdeel}: {regel.ontbreekt}", adres=naar)
    waarde, laag, hoog, _ = _getoond(i, rij)
    ruimte = f", 95% zeker tussen {tussen_in_woorden(laag, hoog, i)}" if laag is not None else ""
    tekst = f"{rij.onderdeel}: {met_maat(waarde, i)}{ruimte}; {_oordeel(rij)}"
    van, tot = interval(i, rij) or (None, None)
    return Punt(
        regel.waarde, plek, tekst, van=van, tot=tot, open=regel.voorlopig, merk=_MERK.get(regel.oordeel, ""), adres=naar
    )


def _oordeel(rij: Onderdeelrij) -> str:
    regel = rij.regel
    waarom = regel.ontbreekt if regel.ontbreekt != regel.oordeel_woord.lower() else ""
    return ", ".join(deel for deel in (regel.oordeel_woord, waarom, "voorlopig" if regel.voorlopig else "") if deel)


def _getoond(i: Indicator, rij: Onderdeelrij) -> list[Decimal | None]:
    """As they are written: value, the ends of its interval, what it is judged against."""
    return naast_grenzen([rij.regel.waarde, *(interval(i, rij) or (None, None))], [rij.regel.tegen], i)


def _tabelrij(i: Indicator, rij: Onderdeelrij) -> list[str]:
    return [str(rij.onderdeel), *map(cel, _getoond(i, rij)), _oordeel(rij)]


def interval(i: Indicator, onderdeelrij: Onderdeelrij) -> tuple[Decimal, Decimal] | None:
    """How far chance reaches around a value (95%): by its margin of error, its noemer, or its small count."""
    rij, waarde = onderdeelrij.regel.rij, onderdeelrij.regel.waarde
    if rij is None or waarde is None:
        return None
    if rij.marge:
        return waarde - rij.marge, waarde + rij.marge
    if i.aggregatie == i.Aggregatie.VERHOUDING and rij.teller is not None and rij.noemer and is_geteld(i, rij):
        keer = Decimal(factor(i.eenheid))
        laag, hoog = wilson(rij.cum_teller, rij.cum_noemer)
        return laag * keer, hoog * keer
    klein = i.aggregatie == i.Aggregatie.SOM and waarde == int(waarde) and 0 <= waarde < KLEINE_TELLING
    return poisson(int(waarde)) if klein else None


def _uitleg(i: Indicator, rijen: Sequence[Onderdeelrij]) -> str:
    delen = [
        "Het beste staat boven." if i.richting != i.Richting.GEEN and rijen else "",
        "Omlaag wijzende driehoek: achter. Ruit: aandacht." if any(rij.regel.van_koers for rij in rijen) else "",
        "Streep door het punt: de ruimte die toeval laat (95%)." if any(interval(i, rij) for rij in rijen) else "",
        "Open punt: voorlopig." if any(rij.regel.voorlopig for rij in rijen) else "",
    ]
    return " ".join(deel for deel in delen if deel)
