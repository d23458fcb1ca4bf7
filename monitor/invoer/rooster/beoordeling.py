"""What the server makes of a typed text: how it is understood, what is wrong with it, what is doubtful."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from common.tekst.getallen import GetalFout, Notatie, lees
from common.tekst.periode import Kwartaal
from monitor.invoer.meting.vergelijken import Metingvergelijking, cijfers_van, vergelijk_metingen
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.regels.validatie import CIJFERKOLOMMEN, IndicatorFeiten, Kader, lees_elke_rij, lees_rij
from monitor.invoer.regels.waarneming import Fout, Waarneming
from monitor.invoer.regels.weergave import meting_in_woorden
from monitor.invoer.rooster.celtekst import als_rij
from monitor.models import Indicator, Meting


@dataclass(frozen=True, slots=True)
class Aanmerking:
    """Something about one column: why it cannot be submitted like this, and what was perhaps meant."""

    kolom: str
    reden: str
    bedoeld: str = ""
    is_twijfel: bool = False


@dataclass(slots=True)
class Celoordeel:
    """``ontbreekt`` are the remarks about columns that are still empty: no fault while someone is typing."""

    waarneming: Waarneming | None = None
    begrepen: str = ""
    opmerkingen: list[Aanmerking] = field(default_factory=list)
    ontbreekt: list[Aanmerking] = field(default_factory=list)

    @property
    def alle(self) -> list[Aanmerking]:
        return [*self.opmerkingen, *self.ontbreekt]


def beoordeel_teksten(
    teksten: Mapping[Meetplek, Mapping[str, str]],
    kwartaal: Kwartaal,
    kader: Kader,
    indicatoren: Mapping[str, Indicator],
) -> dict[Meetplek, Celoordeel]:
    """Read and compare typed texts, in a fixed number of queries. A text without figures has no verdict."""
    oordelen = lees_teksten(teksten, kwartaal, kader)
    if gelezen := waarnemingen_van(oordelen):
        vul_aan(oordelen, vergelijk_metingen(gelezen), indicatoren)
    return oordelen


def lees_teksten(
    teksten: Mapping[Meetplek, Mapping[str, str]], kwartaal: Kwartaal, kader: Kader
) -> dict[Meetplek, Celoordeel]:
    """What each text says by itself; the rows are numbered in the order of ``teksten``, and so are the verdicts."""
    rijen = [als_rij(nr, plek, kwartaal, cellen, kader) for nr, (plek, cellen) in enumerate(teksten.items(), start=1)]
    gelezen, fouten = lees_elke_rij(rijen, lees_rij, kader)
    oordelen = {plek: Celoordeel() for plek in teksten}
    plekken = dict(enumerate(teksten, start=1))
    for waarneming in gelezen:
        oordelen[plekken[waarneming.rij]].waarneming = waarneming
    for fout in fouten:
        plek = plekken[fout.rij]
        feiten = kader.indicatoren[plek[0]].in_jaar(kwartaal.jaar)
        _meld(oordelen[plek], fout, teksten[plek].get(fout.kolom, ""), feiten)
    return oordelen


def waarnemingen_van(oordelen: Mapping[Meetplek, Celoordeel]) -> list[Waarneming]:
    return [oordeel.waarneming for oordeel in oordelen.values() if oordeel.waarneming]


def _meld(oordeel: Celoordeel, fout: Fout, tekst: str, feiten: IndicatorFeiten) -> None:
    waar = oordeel.ontbreekt if not tekst and fout.kolom in (*CIJFERKOLOMMEN, "status") else oordeel.opmerkingen
    waar.append(Aanmerking(fout.kolom, fout.reden, _bedoeld(fout.kolom, tekst, feiten)))


def _bedoeld(kolom: str, tekst: str, feiten: IndicatorFeiten) -> str:
    """The reading that was probably meant, where the text has one."""
    if kolom not in CIJFERKOLOMMEN or not tekst:
        return ""
    try:
        lees(tekst, Notatie.HOEVEELHEID if kolom in ("teller", "noemer") else feiten.notatie)
    except GetalFout as fout:
        return fout.bedoeld
    return ""


def vul_aan(
    oordelen: Mapping[Meetplek, Celoordeel], uitkomst: Metingvergelijking, indicatoren: Mapping[str, Indicator]
) -> None:
    """Add what follows from the values that are there, and say how each text was understood."""
    per_rij = dict(enumerate(oordelen.values(), start=1))
    for fout in uitkomst.fouten:
        per_rij[fout.rij].opmerkingen.append(Aanmerking(fout.kolom, fout.reden))
    for waarneming, meting in uitkomst.correcties():
        per_rij[waarneming.rij].opmerkingen += _correctie(waarneming, meting)
    for rij in sorted(uitkomst.onbeantwoord()):
        gevonden = uitkomst.twijfels[rij]
        per_rij[rij].opmerkingen += [Aanmerking(t.kolom, t.reden, t.bedoeld, is_twijfel=True) for t in gevonden]
    for oordeel in oordelen.values():
        if oordeel.waarneming:
            oordeel.begrepen = _begrepen(oordeel.waarneming, indicatoren[oordeel.waarneming.indicator])


def _correctie(waarneming: Waarneming, meting: Meting) -> list[Aanmerking]:
    """Who changes an approved value says why; the remark that was there already says nothing about the change."""
    if waarneming.toelichting and waarneming.toelichting != meting.toelichting:
        return []
    nu = "dat de waarde nog niet bekend is" if meting.onbekend else meting_in_woorden(meting)
    zin = f"Vastgesteld is {nu}. Schrijf in de toelichting waarom dat verandert."
    return [Aanmerking("toelichting", zin)]


def _begrepen(waarneming: Waarneming, indicator: Indicator) -> str:
    return meting_in_woorden(Meting(indicator=indicator, **cijfers_van(waarneming)))
