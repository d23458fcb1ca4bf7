"""From what is typed in the grid to values that wait for approval; and back to what may be typed again.

Whoever typed a value submits it: a colleague's half-finished text stops nobody, and nobody approves later what they
typed themselves and another submitted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.tekst.periode import Kwartaal
from common.vaststellen.besluit import NietToegestaan, bewaakt
from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.invoer.meting.services import dien_in, eis_open
from monitor.invoer.regels.toetsgegevens import lees_kader
from monitor.invoer.regels.validatie import Kader
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.rooster.beoordeling import Oordeel, Opmerking, beoordeel
from monitor.invoer.rooster.celtekst import teksten_van
from monitor.invoer.rooster.plekken import Plek, wordt_getypt
from monitor.models import Concept, Indicator, Meting
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte

INMIDDELS_ANDERS = "Iemand anders heeft deze waarde gewijzigd nadat u die zag. Bekijk de tekst en dien opnieuw in."


class Celfouten(InvoerFout):
    """Nothing was submitted; ``oordelen`` says of every cell that was filled in what is wrong with it."""

    def __init__(self, oordelen: Mapping[Plek, Oordeel]) -> None:
        alle = enumerate(oordelen.values(), start=1)
        super().__init__([Fout(rij, o.kolom, o.reden) for rij, oordeel in alle for o in oordeel.alle])
        self.oordelen = oordelen


def dien_concepten_in(
    kwartaal: Kwartaal,
    *,
    door: User,
    herkomst: str,
    plekken: Collection[Plek] | None = None,
    gezien: Mapping[Plek, int] | None = None,
) -> list[Meting]:
    """Submit what this person filled in for this quarter: of these places, or of all within reach. All or nothing.

    ``gezien`` are the versions of the concepts that were on the screen; what changed since is not submitted unseen.
    Raises Celfouten, with every fault and unanswered doubt at its own cell, NietToegestaan and KwartaalGesloten.
    """
    with bewaakt(Recht.METING_INVOEREN.value, door=door, herkomst=herkomst):
        reikwijdte = _eis_reikwijdte(door, plekken)
        eis_open({(kwartaal.jaar, kwartaal.nummer)})
        houd_slot(Slot.METING)
        kader = lees_kader()
        teksten, versies = _ingevuld(kwartaal, kader, reikwijdte, plekken, door)
        indicatoren = {i.code: i for i in Indicator.objects.all()}
        oordelen = beoordeel(teksten, kwartaal, kader, indicatoren)
        _meld_ongezien(oordelen, versies, gezien)
        if any(oordeel.alle for oordeel in oordelen.values()):
            raise Celfouten(oordelen)
        waarnemingen = [o.waarneming for o in oordelen.values() if o.waarneming]
        metingen, _ = dien_in(waarnemingen, door=door, herkomst=herkomst)
    return metingen


def _eis_reikwijdte(door: User, plekken: Collection[Plek] | None) -> Reikwijdte:
    reikwijdte = lees_reikwijdte(door, Recht.METING_INVOEREN)
    if reikwijdte.is_leeg:
        raise NietToegestaan(f"{door} mag geen metingen invoeren. Vraag de beheerder om de juiste rol.")
    if not all(reikwijdte.bevat(*plek) for plek in plekken or ()):
        raise NietToegestaan("Een van deze waarden hoort niet bij uw district of thema.")
    return reikwijdte


def _ingevuld(
    kwartaal: Kwartaal, kader: Kader, reikwijdte: Reikwijdte, plekken: Collection[Plek] | None, door: User
) -> tuple[dict[Plek, dict[str, str]], dict[Plek, int]]:
    """The text of each cell this person filled in and the version of its concept; locked: it is this text that goes."""
    indicatoren, onderdelen = (dict(model.objects.values_list("pk", "code")) for model in (Indicator, Onderdeel))
    alle = Concept.objects.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer).in_slotvolgorde()
    concepten = {(indicatoren[c.indicator_id], onderdelen[c.onderdeel_id]): c for c in alle}
    teksten = {plek: dict(c.cellen) for plek, c in concepten.items() if c.cellen and c.door_id == door.pk}
    for meting in teruggenomen(kwartaal):
        plek = (meting.indicator.code, meting.onderdeel.code)
        if meting.ingevoerd_door_id == door.pk and _is_onveranderd(concepten.get(plek), meting):
            teksten[plek] = teksten_van(meting, verhouding=meting.indicator.aggregatie == "verhouding")
    mee = {plek for plek in teksten if _hoort_erbij(plek, kwartaal, kader, reikwijdte, plekken)}
    return (
        {plek: tekst for plek, tekst in teksten.items() if plek in mee},
        {plek: concepten[plek].versie if plek in concepten else 0 for plek in mee},
    )


def wacht_op_anderen(kwartaal: Kwartaal, *, door: User) -> list[User]:
    """Who filled in values within this person's reach and did not submit them; once for each value."""
    reikwijdte = lees_reikwijdte(door, Recht.METING_INVOEREN)
    getypt = Concept.objects.getypt().filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer).exclude(door=door)
    concepten = getypt.select_related("indicator", "onderdeel", "door").order_by("door__username", "pk")
    return [c.door for c in concepten if reikwijdte.bevat(c.indicator.code, c.onderdeel.code)]


def teruggenomen(kwartaal: Kwartaal) -> list[Meting]:
    """Values of this quarter that were taken back to be changed."""
    metingen = Meting.objects.filter(staat=Staat.CONCEPT, jaar=kwartaal.jaar).select_related("indicator", "onderdeel")
    return [m for m in metingen if (m.kwartaal or 4) == kwartaal.nummer]


def _is_onveranderd(concept: Concept | None, meting: Meting) -> bool:
    """Whether nobody typed over this value, nor emptied its cell."""
    return not (concept and concept.cellen) and not is_leeggemaakt(concept, meting)


def is_leeggemaakt(concept: Concept | None, meting: Meting) -> bool:
    """Whether someone emptied the cell after this value was submitted."""
    if concept is None or concept.cellen or meting.staat == Staat.VASTGESTELD:
        return False
    return meting.ingediend_op is None or concept.op > meting.ingediend_op


def _hoort_erbij(
    plek: Plek, kwartaal: Kwartaal, kader: Kader, reikwijdte: Reikwijdte, plekken: Collection[Plek] | None
) -> bool:
    if not reikwijdte.bevat(*plek) or (plekken is not None and plek not in plekken):
        return False
    return wordt_getypt(kader.indicatoren[plek[0]], kader.onderdelen[plek[1]], kwartaal)


def _meld_ongezien(
    oordelen: Mapping[Plek, Oordeel], versies: Mapping[Plek, int], gezien: Mapping[Plek, int] | None
) -> None:
    for plek, oordeel in oordelen.items():
        if gezien is not None and gezien.get(plek, 0) != versies[plek]:
            oordeel.opmerkingen.append(Opmerking("", INMIDDELS_ANDERS))
