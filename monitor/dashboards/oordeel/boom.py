"""The tree of one verdict: the rule, the sum, the target and every value, down to the version somebody approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone

from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom
from common.tekst.cijfers import exact_in_woorden, gemeten_in_woorden, marge_in_woorden, met_delen
from common.tekst.tekens import en
from formatie.models import Onderdeel
from monitor.dashboards.indicator.regel import standwoord
from monitor.dashboards.indicator.uitleg import VERWACHTING, regelzin
from monitor.dashboards.oordeel.selectors import Bronnen
from monitor.dashboards.oordeel.som import som
from monitor.dashboards.oordeel.versies import Doelverantwoording, Meetperiode, Versie, dag
from monitor.models import Doelbereik, Doelstelling, Indicator, Stand
from monitor.rekenen.cijfers import gelezen_stand, waarde_van
from monitor.rekenen.oordeelzin import ONDERDELEN

VERBORGEN = "De cijfers van de {} hieronder worden aan u niet getoond."
VASTGESTELD = " vastgesteld door "


@dataclass(frozen=True)
class Tak:
    """One line of the tree with what lies under it.

    ``dicht``: folded until a reader opens it; ``vervallen``: replaced; ``nadruk``: where the sum ends.
    """

    kop: str
    tekst: str = ""
    noten: Sequence[str] = ()
    takken: Sequence[Tak] = ()
    adres: str = ""
    adrestekst: str = "Geschiedenis"
    dicht: bool = False
    vervallen: bool = False
    nadruk: bool = False


def boom(bronnen: Bronnen) -> list[Tak]:
    """The branches of the verdict; none where nothing was computed."""
    geval = bronnen.geval
    if geval is None:
        return []
    *stappen, conclusie = som(geval)
    regels = [*(Tak(stap.naam, stap.tekst) for stap in stappen), Tak(conclusie.naam, conclusie.tekst, nadruk=True)]
    return [
        _regel(bronnen),
        Tak("De som", takken=regels),
        _doel(bronnen),
        Tak("De cijfers", takken=[_gebruik(bronnen, wat, p) for wat, p in bronnen.perioden.items()]),
    ]


def _regel(bronnen: Bronnen) -> Tak:
    indicator, takken = bronnen.indicator, []
    if bronnen.regel.soort == Doelstelling.Soort.JAARVOLUME:
        takken.append(Tak("Norm", VERWACHTING[Indicator.Verwachting(indicator.verwachting)]))
    takken.append(Tak("Hoe het wordt geteld", indicator.telregel))
    if indicator.waarvan_van:
        takken.append(Tak("Deel van", f"{indicator.waarvan_van.naam}; het telt daar niet nog eens bij op"))
    berekening = bronnen.berekening
    if berekening:
        op = timezone.localtime(berekening.berekend_op)
        takken.append(Tak("Berekend", f"op {op:%d-%m-%Y om %H:%M}, met versie {berekening.regelversie} van de regels"))
    return Tak("De regel", regelzin(bronnen.regel), takken=takken)


def _doel(bronnen: Bronnen) -> Tak:
    if not bronnen.doelen:
        elders = bronnen.regel.rij is not None and bronnen.regel.rij.doel_elders
        tekst = "het jaardoel geldt voor een onderdeel hierboven" if elders else "er is geen doel vastgesteld"
        return Tak("Het doel", tekst)
    nu, *eerder = bronnen.doelen
    takken = [Tak("Verving", _doeltekst(versie), versie.noten, vervallen=True) for versie in eerder]
    adres = reverse("indicator_doelen", args=[bronnen.indicator.code])
    return Tak("Het doel", _doeltekst(nu), nu.noten, takken, adres, adrestekst="Alle versies van de doelen")


def _doeltekst(versie: Doelverantwoording) -> str:
    """For example 30 verdachten in 2026 voor Oost-Nederland (jaarvolume, marge 10% van de norm)."""
    doel, indicator = versie.doel, versie.indicator
    if doel.streefwaarde is None:
        return f"{doel.get_soort_display()}, in {doel.jaar} voor {doel.onderdeel.naam}"
    waarde, marge = exact_in_woorden(doel.streefwaarde, indicator), marge_in_woorden(doel, indicator)
    van = " van de monitor" if doel.marge_van_monitor else ""
    aard = f"{doel.get_soort_display().lower()}{f', marge{van}: {marge}' if marge else ''}"
    return f"{waarde} in {doel.jaar} voor {doel.onderdeel.naam} ({aard})"


def _gebruik(bronnen: Bronnen, wat: str, perioden: Sequence[Meetperiode]) -> Tak:
    """The periods in order of time; of what is added up only the last one is unfolded."""
    takken = [_plek(bronnen, bronnen.onderdeel, periode, _periode(periode)) for periode in perioden]
    open_ = [replace(tak, dicht=bool(tak.takken)) for tak in takken[:-1]] + takken[-1:]
    return Tak(wat, takken=open_)


def _periode(periode: Meetperiode) -> str:
    jaar, kwartaal = periode
    return f"Q{kwartaal} {jaar}" if kwartaal else f"Heel {jaar}"


def _plek(bronnen: Bronnen, onderdeel: Onderdeel, periode: Meetperiode, kop: str) -> Tak:
    """One onderdeel in one period: its own value with its versions, or what lies below it."""
    versies = bronnen.versies.get((onderdeel.pk, *periode), ())
    if versies and versies[0].geldt:
        nu, *eerder = versies
        return replace(_versie(nu), kop=kop, takken=[_versie(versie) for versie in eerder])
    rij = bronnen.rij_van(onderdeel, periode)
    onder = {ander: deel for ander in bronnen.onder(onderdeel) if (deel := bronnen.rij_van(ander, periode))}
    mee = [ander for ander, deel in onder.items() if deel.stand != Stand.NIET_VAN_TOEPASSING]
    takken = [_plek(bronnen, ander, periode, str(ander)) for ander in mee]
    takken += [_versie(versie) for versie in versies]
    noten = _noten(bronnen, onderdeel, rij, getoond=sum(deel.moet_leveren for deel in onder.values()))
    noten += _vastgesteld(bronnen, onderdeel, periode) if rij is not None else []
    dicht = bool(takken) and onderdeel.pk != bronnen.onderdeel.pk
    noten, takken = _een_keer(noten, takken)
    return Tak(kop, _opgeteld(bronnen.indicator, onderdeel, rij, periode), noten, takken, dicht=dicht)


def _een_keer(noten: list[str], takken: list[Tak]) -> tuple[list[str], list[Tak]]:
    """What every branch says of what it hides, and who approved on which days, is said once: above them."""
    verborgen = [VERBORGEN.format(meer) for _, meer in ONDERDELEN.values()]
    gedeeld = [noot for noot in verborgen if len(takken) > 1 and all(noot in tak.noten for tak in takken)]
    gezegd = {_door_wie(noot) for noot in noten} - {""}
    stiller = [
        replace(tak, noten=[noot for noot in tak.noten if noot not in gedeeld and _door_wie(noot) not in gezegd])
        for tak in takken
    ]
    return [*noten, *(noot for noot in gedeeld if noot not in noten)], stiller


def _door_wie(noot: str) -> str:
    """Of the note that counts approved values: by whom and when; empty of any other."""
    return noot.partition(VASTGESTELD)[2] if noot[:1].isdigit() else ""


def _opgeteld(indicator: Indicator, onderdeel: Onderdeel, rij: Doelbereik | None, periode: Meetperiode) -> str:
    """For example 82,4% (515 van 625), 14 van 17 teams."""
    tekst = _waarde(indicator, rij, heel_jaar=periode[1] is None)
    if rij is None or indicator.niveau == onderdeel.soort or rij.moet_leveren < 1:
        return tekst
    return f"{tekst}, {rij.geleverd} van {rij.moet_leveren} {ONDERDELEN[indicator.niveau][rij.moet_leveren > 1]}"


def _waarde(indicator: Indicator, rij: Doelbereik | None, *, heel_jaar: bool) -> str:
    if rij is None:
        return "geen cijfer"
    teller, noemer = (rij.cum_teller, rij.cum_noemer) if heel_jaar else (rij.teller, rij.noemer)
    waarde = waarde_van(teller, noemer, indicator)
    if waarde is None:
        return standwoord(gelezen_stand(rij.stand, waarde))
    return met_delen(gemeten_in_woorden(waarde, indicator, gedeeld=bool(noemer)), teller, noemer)


def _noten(bronnen: Bronnen, onderdeel: Onderdeel, rij: Doelbereik | None, *, getoond: int) -> list[str]:
    """Of what is added up: whether it is provisional, and what of it this person may not see."""
    if rij is None or bronnen.indicator.niveau == onderdeel.soort:
        return []
    noten = ["Met voorlopige cijfers, van dit kwartaal of eerder in het jaar."] if rij.voorlopig else []
    weg = rij.moet_leveren - getoond
    return [*noten, _verborgen(bronnen, rij, weg)] if weg > 0 else noten


def _vastgesteld(bronnen: Bronnen, onderdeel: Onderdeel, periode: Meetperiode) -> list[str]:
    """Who approved what is added up here: in which role and between which days."""
    feiten = bronnen.vastgesteld_onder(onderdeel, periode)
    if not feiten:
        return []
    rollen = en(sorted({feit.rol for feit in feiten if feit.rol}))
    dagen = list(dict.fromkeys(dag(feit.op) for feit in (feiten[0], feiten[-1])))
    wanneer = f"op {dagen[0]}" if len(dagen) == 1 else f"tussen {dagen[0]} en {dagen[1]}"
    waarden = "1 waarde" if len(feiten) == 1 else f"{len(feiten)} waarden"
    return [f"{waarden}{VASTGESTELD}{rollen or 'iemand die dat mag'}, {wanneer}."]


def _verborgen(bronnen: Bronnen, rij: Doelbereik, weg: int) -> str:
    namen, moet = ONDERDELEN[bronnen.indicator.niveau][1], rij.moet_leveren
    if bronnen.te_klein and weg < moet:
        waarom = "Daar is het aantal mensen te klein om te tonen, of te herleiden uit de andere getallen."
        return f"Niet getoond: {bronnen.te_klein} ({weg} van de {moet} {namen}). {waarom}"
    if weg == moet:
        return VERBORGEN.format(namen)
    return f"{weg} van de {moet} {namen} hieronder {'wordt' if weg == 1 else 'worden'} aan u niet getoond."


def _versie(versie: Versie) -> Tak:
    staat = "geldt" if versie.geldt else "vervangen"
    adres = reverse("geschiedenis", args=[versie.meting.pk]) if versie.met_spoor else ""
    noten = [f"Versie {versie.nummer}, {versie.meting.get_status_display().lower()}, {staat}.", *versie.noten]
    return Tak("Eerder", versie.tekst, noten, adres=adres, vervallen=not versie.geldt)


@dataclass(frozen=True)
class Cijferrij:
    """One version with what it was used for."""

    gebruik: str
    versie: Versie

    @property
    def ingevoerd_op(self) -> str:
        return dag(self.versie.meting.ingevoerd_op)

    @property
    def vervangen_op(self) -> str:
        return dag(self.versie.meting.vervangen_op)


class CijferTabel(Tabel):
    """In a file only: on the page the tree shows the same versions."""

    gebruik = Tekstkolom(verbose_name="Gebruikt voor")
    periode = Tekstkolom(accessor="versie__regel__periode", verbose_name="Periode", rijkop=True)
    onderdeel = Tekstkolom(accessor="versie__onderdeel", verbose_name="Onderdeel")
    nummer = Getalkolom(accessor="versie__nummer", verbose_name="Versie")
    waarde = Getalkolom(
        accessor="versie__regel__waarde", decimalen="versie__indicator__decimalen", reden="versie__regel__ontbreekt"
    )
    teller = Getalkolom(accessor="versie__meting__teller", verbose_name="Teller")
    noemer = Getalkolom(accessor="versie__meting__noemer", verbose_name="Noemer")
    marge = Getalkolom(accessor="versie__meting__marge", verbose_name="Foutmarge (±)")
    status = Tekstkolom(accessor="versie__meting__get_status_display", verbose_name="Status")
    staat = Tekstkolom(accessor="versie__meting__get_staat_display", verbose_name="Staat")
    weg = Tekstkolom(accessor="versie__weg", verbose_name="Herkomst")
    ingevoerd_op = Tekstkolom(verbose_name="Ingevoerd op")
    invoerder = Tekstkolom(accessor="versie__invoerder", verbose_name="Ingevoerd door")
    vastgesteld_op = Tekstkolom(accessor="versie__regel__vastgesteld_op", verbose_name="Vastgesteld op")
    vaststeller = Tekstkolom(accessor="versie__vaststeller", verbose_name="Vastgesteld door")
    vervangen_op = Tekstkolom(verbose_name="Vervangen op")
    opmerking = Tekstkolom(accessor="versie__regel__opmerking", verbose_name="Reden en toelichting")

    naam = "cijfers"


def cijfertabel(bronnen: Bronnen) -> CijferTabel:
    regel = bronnen.regel
    titel = f"Cijfers achter het oordeel over {regel.naam}, {bronnen.onderdeel}, {regel.periode or regel.kwartaal}"
    return CijferTabel(cijferrijen(bronnen), titel=titel, orderable=False)


def cijferrijen(bronnen: Bronnen) -> list[Cijferrij]:
    """Every version the tree shows, in its order."""
    return [
        Cijferrij(wat, versie)
        for wat, perioden in bronnen.perioden.items()
        for periode in perioden
        for versie in _versies(bronnen, bronnen.onderdeel, periode)
    ]


def _versies(bronnen: Bronnen, onderdeel: Onderdeel, periode: Meetperiode) -> Iterator[Versie]:
    """An own value stands for an onderdeel; otherwise what lies below it."""
    eigen: Sequence[Versie] = bronnen.versies.get((onderdeel.pk, *periode), ())
    yield from eigen
    if not any(versie.geldt for versie in eigen):
        for ander in bronnen.onder(onderdeel):
            yield from _versies(bronnen, ander, periode)
