"""The tree of one verdict: the rule, the sum, the target and every value, down to the version somebody approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from common.getallen import toon, toon_kort
from formatie.models import Onderdeel
from monitor.dashboards.herkomst.lezen import Bronnen
from monitor.dashboards.herkomst.som import som
from monitor.dashboards.herkomst.versies import Doelversie, Periode, Versie
from monitor.dashboards.uitleg import REGELS, VERWACHTING, marge_tekst
from monitor.models import Doelbereik, Doelstelling, Indicator, Stand
from monitor.rekenen.afgeleid import waarde_van
from monitor.rekenen.reden import met_eenheid

NIVEAUS = {"basisteam": "teams", "district": "districten", "eenheid": "eenheden"}


@dataclass(frozen=True)
class Tak:
    """One line of the tree with what lies under it. ``dicht``: folded until a reader opens it."""

    kop: str
    tekst: str = ""
    noten: Sequence[str] = ()
    takken: Sequence[Tak] = ()
    adres: str = ""
    dicht: bool = False
    vervallen: bool = False


def boom(bronnen: Bronnen) -> list[Tak]:
    """The branches of the verdict; none where nothing was computed."""
    geval = bronnen.geval
    if geval is None:
        return []
    regels = [Tak(regel.naam, regel.tekst) for regel in som(geval)]
    return [
        _regel(bronnen),
        Tak("De som", takken=regels),
        _doel(bronnen),
        Tak("De cijfers", takken=[_gebruik(bronnen, wat, p) for wat, p in bronnen.perioden.items()]),
    ]


def _regel(bronnen: Bronnen) -> Tak:
    indicator, takken = bronnen.indicator, []
    if bronnen.regel.soort == Doelstelling.Soort.JAARVOLUME:
        takken.append(Tak("Verwachting", VERWACHTING[Indicator.Verwachting(indicator.verwachting)]))
    takken.append(Tak("Hoe het wordt geteld", indicator.telregel))
    if indicator.waarvan_van:
        takken.append(Tak("Deel van", f"{indicator.waarvan_van.naam}; het telt daar niet nog eens bij op"))
    berekening = bronnen.berekening
    if berekening:
        op = timezone.localtime(berekening.berekend_op)
        takken.append(Tak("Berekend", f"op {op:%d-%m-%Y om %H:%M}, met versie {berekening.regelversie} van de regels"))
    return Tak("De regel", REGELS[bronnen.regel.soort], takken=takken)


def _doel(bronnen: Bronnen) -> Tak:
    if not bronnen.doelen:
        elders = bronnen.regel.rij is not None and bronnen.regel.rij.doel_elders
        tekst = "het jaardoel geldt voor een onderdeel hierboven" if elders else "er is geen doel vastgesteld"
        return Tak("Het doel", tekst)
    nu, *eerder = bronnen.doelen
    takken = [_doelversie(versie, "Verving") for versie in eerder]
    return Tak("Het doel", _doeltekst(nu), noten=nu.noten, takken=takken, adres=_doeladres(bronnen))


def _doeladres(bronnen: Bronnen) -> str:
    return reverse("indicator_doelen", args=[bronnen.indicator.code])


def _doelversie(versie: Doelversie, kop: str) -> Tak:
    return Tak(kop, _doeltekst(versie), noten=versie.noten, vervallen=True)


def _doeltekst(versie: Doelversie) -> str:
    """For example 30 verdachten in 2026 voor Oost-Nederland (jaarvolume, marge 10% van de verwachting)."""
    doel, indicator = versie.doel, versie.indicator
    waarde = met_eenheid(toon_kort(doel.streefwaarde), indicator.eenheid) if doel.streefwaarde is not None else ""
    marge = marge_tekst(doel, indicator)
    van = " van de monitor" if doel.marge_van_monitor else ""
    aard = f"{doel.get_soort_display().lower()}{f', marge{van}: {marge}' if marge else ''}"
    return f"{waarde} in {doel.jaar} voor {doel.onderdeel.naam} ({aard})".strip()


def _gebruik(bronnen: Bronnen, wat: str, perioden: Sequence[Periode]) -> Tak:
    takken = [_plek(bronnen, bronnen.onderdeel, periode, _periode(periode)) for periode in perioden]
    return Tak(wat, takken=takken)


def _periode(periode: Periode) -> str:
    jaar, kwartaal = periode
    return f"Q{kwartaal} {jaar}" if kwartaal else f"Heel {jaar}"


def _plek(bronnen: Bronnen, onderdeel: Onderdeel, periode: Periode, kop: str) -> Tak:
    """One onderdeel in one period: its own value with its versions, or what lies below it."""
    versies = bronnen.versies.get((onderdeel.pk, *periode), ())
    tekst = _waarde(bronnen.indicator, bronnen.rij_van(onderdeel, periode), heel_jaar=periode[1] is None)
    if any(versie.geldt for versie in versies):
        return Tak(kop, tekst, takken=[_versie(v) for v in versies])
    onder = [ander for ander in bronnen.onder(onderdeel) if _doet_mee(bronnen.rij_van(ander, periode))]
    takken = [_plek(bronnen, ander, periode, str(ander)) for ander in onder]
    takken += [_versie(versie) for versie in versies]
    getoond = sum(rij.moet_leveren for ander in onder if (rij := bronnen.rij_van(ander, periode)))
    noten = _noten(bronnen, onderdeel, bronnen.rij_van(onderdeel, periode), getoond)
    return Tak(kop, tekst, noten=noten, takken=takken, dicht=onderdeel.pk != bronnen.onderdeel.pk and bool(takken))


def _doet_mee(rij: Doelbereik | None) -> bool:
    return rij is not None and rij.stand != Stand.NIET_VAN_TOEPASSING


def _waarde(indicator: Indicator, rij: Doelbereik | None, *, heel_jaar: bool) -> str:
    if rij is None:
        return "geen cijfer"
    teller, noemer = (rij.cum_teller, rij.cum_noemer) if heel_jaar else (rij.teller, rij.noemer)
    waarde = waarde_van(teller, noemer, indicator)
    if waarde is None:
        return "de noemer is 0" if noemer is not None else rij.get_stand_display().lower()
    delen = f" ({toon_kort(teller)} van {toon_kort(noemer)})" if teller is not None and noemer else ""
    return f"{_getal(indicator, waarde, exact=not delen)}{delen}"


def _getal(indicator: Indicator, waarde: Decimal, *, exact: bool) -> str:
    return met_eenheid(toon_kort(waarde) if exact else toon(waarde, indicator.decimalen), indicator.eenheid)


def _noten(bronnen: Bronnen, onderdeel: Onderdeel, rij: Doelbereik | None, getoond: int) -> list[str]:
    """Of what is added up: how complete it is, and how much of it this person may not see."""
    if rij is None or bronnen.indicator.niveau == onderdeel.soort:
        return []
    namen, moet = NIVEAUS[bronnen.indicator.niveau], rij.moet_leveren
    noten = [f"{rij.geleverd} van {moet} {namen} leverden."] if moet > 1 else []
    noten += ["Met voorlopige cijfers, van dit kwartaal of eerder in het jaar."] if rij.voorlopig else []
    weg = moet - getoond
    if weg <= 0:
        return noten
    noten.append(f"{weg} van de {moet} {namen} hieronder {'wordt' if weg == 1 else 'worden'} aan u niet getoond.")
    te_klein = bronnen.te_klein if getoond and not bronnen.indicator.gevoelig else ""
    waarom = "daar is het aantal mensen te klein om te tonen, of te herleiden"
    return [*noten, f"Niet getoond: {te_klein}; {waarom}."] if te_klein else noten


def _versie(versie: Versie) -> Tak:
    staat = "geldt" if versie.geldt else "vervangen"
    adres = reverse("geschiedenis", args=[versie.meting.pk]) if versie.met_spoor else ""
    noten = [f"{versie.regel.status}, {staat}.", *versie.noten]
    return Tak(f"Versie {versie.nummer}", versie.tekst, noten=noten, adres=adres, vervallen=not versie.geldt)
