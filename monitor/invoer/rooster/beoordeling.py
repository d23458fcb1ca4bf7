"""What the server makes of a typed text: how it is understood, what is wrong with it, what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from common.tekst.getallen import GetalFout, Notatie, lees
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from monitor.invoer.meting.vergelijken import Vergelijking, cijfers_van, vergelijk
from monitor.invoer.regels.validatie import IndicatorFeiten, Kader, lees_rij
from monitor.invoer.regels.waarneming import Waarneming
from monitor.invoer.regels.weergave import in_woorden
from monitor.invoer.rooster.celtekst import Plek, als_rij
from monitor.models import Indicator, Meting

CIJFERS = ("waarde", "teller", "noemer", "marge")


@dataclass(frozen=True, slots=True)
class Opmerking:
    """Something about one column: why it cannot be submitted like this, and what was perhaps meant."""

    kolom: str
    reden: str
    bedoeld: str = ""
    is_twijfel: bool = False


@dataclass(slots=True)
class Oordeel:
    """``ontbreekt`` are the remarks about columns that are still empty: no fault while someone is typing."""

    waarneming: Waarneming | None = None
    begrepen: str = ""
    opmerkingen: list[Opmerking] = field(default_factory=list)
    ontbreekt: list[Opmerking] = field(default_factory=list)

    @property
    def alle(self) -> list[Opmerking]:
        return [*self.opmerkingen, *self.ontbreekt]


def beoordeel(
    teksten: Mapping[Plek, Mapping[str, str]],
    kwartaal: Kwartaal,
    kader: Kader,
    indicatoren: Mapping[str, Indicator],
) -> dict[Plek, Oordeel]:
    """Read and compare typed texts, in a fixed number of queries. A text without figures has no verdict."""
    oordelen, rijen = {}, {}
    for nummer, (plek, cellen) in enumerate(teksten.items(), start=1):
        oordelen[plek] = _lees(nummer, plek, cellen, kwartaal, kader)
        rijen[nummer] = plek
    gelezen = [o.waarneming for o in oordelen.values() if o.waarneming]
    if gelezen:
        _vergelijk(vergelijk(gelezen), rijen, oordelen, indicatoren)
    return oordelen


def _lees(nummer: int, plek: Plek, cellen: Mapping[str, str], kwartaal: Kwartaal, kader: Kader) -> Oordeel:
    gelezen = lees_rij(nummer, als_rij(plek, kwartaal, cellen, kader), kader)
    if isinstance(gelezen, Waarneming):
        return Oordeel(waarneming=gelezen)
    oordeel, feiten = Oordeel(), kader.indicatoren[plek[0]]
    for fout in gelezen:
        tekst = cellen.get(fout.kolom, "")
        waar = oordeel.ontbreekt if not tekst and fout.kolom in (*CIJFERS, "status") else oordeel.opmerkingen
        waar.append(Opmerking(fout.kolom, fout.reden, _bedoeld(fout.kolom, tekst, feiten)))
    return oordeel


def _bedoeld(kolom: str, tekst: str, feiten: IndicatorFeiten) -> str:
    """The reading that was probably meant, where the text has one."""
    if kolom not in CIJFERS or not tekst:
        return ""
    try:
        lees(tekst, Notatie.HOEVEELHEID if kolom in ("teller", "noemer") else feiten.notatie)
    except GetalFout as fout:
        return fout.bedoeld
    return ""


def _vergelijk(
    uitkomst: Vergelijking,
    rijen: Mapping[int, Plek],
    oordelen: Mapping[Plek, Oordeel],
    indicatoren: Mapping[str, Indicator],
) -> None:
    """Add what follows from the values that are there, and say how each text was understood."""
    for fout in uitkomst.fouten:
        oordelen[rijen[fout.rij]].opmerkingen.append(Opmerking(fout.kolom, fout.reden))
    for waarneming, meting in uitkomst.gewijzigd:
        if meting.staat == Staat.VASTGESTELD:
            oordelen[rijen[waarneming.rij]].opmerkingen += _correctie(waarneming, meting)
    for rij, gevonden in uitkomst.twijfels.items():
        oordeel = oordelen[rijen[rij]]
        if oordeel.waarneming and not oordeel.waarneming.toelichting:
            oordeel.opmerkingen += [Opmerking(t.kolom, t.reden, t.bedoeld, is_twijfel=True) for t in gevonden]
    for oordeel in oordelen.values():
        if oordeel.waarneming:
            oordeel.begrepen = _begrepen(oordeel.waarneming, indicatoren[oordeel.waarneming.indicator])


def _correctie(waarneming: Waarneming, meting: Meting) -> list[Opmerking]:
    """Who changes an approved value says why; the remark that was there already says nothing about the change."""
    if waarneming.toelichting and waarneming.toelichting != meting.toelichting:
        return []
    zin = f"Vastgesteld is {in_woorden(meting)}. Schrijf in de toelichting waarom dat verandert."
    return [Opmerking("toelichting", zin)]


def _begrepen(waarneming: Waarneming, indicator: Indicator) -> str:
    return in_woorden(Meting(indicator=indicator, **cijfers_van(waarneming)))
