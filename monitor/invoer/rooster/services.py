"""Keep what is typed in the grid, to the letter, without ever overwriting what its typist has not seen.

The cells of one call are judged one by one and written together: a conflict or a refusal in one cell keeps no
other cell from being saved.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Literal

from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.tekst.periode import Kwartaal
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.bewaking import bewaakt
from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.invoer.meting.services import dien_in, eis_plekken
from monitor.invoer.meting.vergelijken import Metingvergelijking
from monitor.invoer.regels.toetsgegevens import lees_kader
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.regels.validatie import CELKOLOMMEN, Kader, bezwaren_tegen
from monitor.invoer.rooster.beoordeling import Aanmerking, Celoordeel, lees_teksten, vul_aan, waarnemingen_van
from monitor.invoer.rooster.celtekst import schoon, teksten_van, wordt_getypt
from monitor.invoer.rooster.selectors import is_leeggemaakt
from monitor.invoer.vaststellen.eisen import eis_open
from monitor.models import Concept, Indicator, Meting
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte
from monitor.selectors import Definities

MAX_CEL = 200
NIET_GEVRAAGD = "Deze waarde wordt voor dit kwartaal niet met de hand ingevuld."
LIGT_ER = "Deze waarde ligt ter vaststelling. Neem de waarde eerst terug als u die wilt wijzigen."
_GEEN_TEKST = "De tekst bevat tekens die niet te bewaren zijn. Typ die opnieuw."

_Soort = Literal["bewaard", "gelijk", "conflict", "geweigerd"]
_Sleutel = tuple[str, str, Kwartaal]


@dataclass(frozen=True, slots=True)
class Celtekst:
    """What someone typed for one value; ``gezien`` is the version of the concept they saw, 0 when there was none."""

    indicator: str
    onderdeel: str
    kwartaal: Kwartaal
    cellen: Mapping[str, str]
    gezien: int

    @property
    def sleutel(self) -> _Sleutel:
        return (self.indicator, self.onderdeel, self.kwartaal)


@dataclass(frozen=True, slots=True)
class Celuitkomst:
    """What became of one Celtekst. ``versie``, ``bewaard``, ``door`` and ``op`` are of what is stored now.

    With ``conflict`` nothing was written: ``getypt`` is what this person typed, ``bewaard`` what another did.
    """

    celtekst: Celtekst
    soort: _Soort
    versie: int
    getypt: Mapping[str, str]
    bewaard: Mapping[str, str]
    door: str = ""
    op: datetime | None = None
    reden: str = ""

    @property
    def plek(self) -> Meetplek:
        return self.celtekst.sleutel[:2]

    @property
    def is_veilig(self) -> bool:
        """Whether the text that was typed is stored."""
        return self.soort in ("bewaard", "gelijk")


def bewaar_concepten(
    celteksten: Sequence[Celtekst], *, door: User, herkomst: str, op: datetime | None = None
) -> list[Celuitkomst]:
    """Save typed texts; of two who saw the same version exactly one is kept, the other gets both texts back.

    Gives one Uitkomst per Celtekst, in order. Raises NietToegestaan when one is out of reach and
    KwartaalGesloten when its quarter is closed; then nothing is saved.
    """
    with bewaakt(Recht.METING_INVOEREN.value, door=door, herkomst=herkomst):
        eis_plekken([(c.indicator, c.onderdeel) for c in celteksten], door, Recht.METING_INVOEREN)
        eis_open({(c.kwartaal.jaar, c.kwartaal.nummer) for c in celteksten})
        bezwaren = _bezwaren(celteksten)
        concepten = _vergrendel([c for c in celteksten if c.sleutel not in bezwaren], door)
        bezwaren |= _ter_vaststelling(celteksten)
        schrijven = _Schrijver(door, op or timezone.now(), herkomst)
        uitkomsten = [
            _geweigerd(c, bezwaren[c.sleutel]) if c.sleutel in bezwaren else schrijven.bewaar(c, concepten)
            for c in celteksten
        ]
        schrijven.naar_database()
    return uitkomsten


def _bezwaren(celteksten: Sequence[Celtekst]) -> dict[_Sleutel, str]:
    """Why a text cannot be kept at all. That it is no number is no reason."""
    kader = lees_kader()
    redenen = {c.sleutel: _bezwaar(c, kader) for c in celteksten}
    return {sleutel: reden for sleutel, reden in redenen.items() if reden}


def _bezwaar(celtekst: Celtekst, kader: Kader) -> str:
    indicator = kader.indicatoren.get(celtekst.indicator)
    onderdeel = kader.onderdelen.get(celtekst.onderdeel)
    if not indicator or not onderdeel or not wordt_getypt(indicator, onderdeel, celtekst.kwartaal):
        return NIET_GEVRAAGD
    if not set(celtekst.cellen) <= set(CELKOLOMMEN):
        return NIET_GEVRAAGD
    return next((reden for kolom, tekst in celtekst.cellen.items() if (reden := _tekstbezwaar(kolom, tekst))), "")


def _tekstbezwaar(kolom: str, tekst: str) -> str:
    if kolom != "toelichting" and len(tekst) > MAX_CEL:
        return f"De tekst bij {kolom} is te lang: hoogstens {MAX_CEL} tekens."
    try:
        tekst.encode()
    except UnicodeEncodeError:  # half a character, as JSON can hold it
        return _GEEN_TEKST
    return next(iter(bezwaren_tegen(tekst)), "")


def _ter_vaststelling(celteksten: Sequence[Celtekst]) -> dict[_Sleutel, str]:
    """What waits for approval does not change under the eyes of who approves."""
    velden = ("indicator__code", "onderdeel__code", "jaar", "kwartaal")
    ingediend = Meting.objects.filter(
        staat=Staat.INGEDIEND,
        indicator__code__in={c.indicator for c in celteksten},
        jaar__in={c.kwartaal.jaar for c in celteksten},
    ).values_list(*velden)
    bezet = {(ind, ond, Kwartaal(jaar, kwartaal or 4)) for ind, ond, jaar, kwartaal in ingediend}
    return {c.sleutel: LIGT_ER for c in celteksten if c.sleutel in bezet}


def _vergrendel(celteksten: Sequence[Celtekst], door: User) -> dict[_Sleutel, Concept]:
    """The rows of these cells, made where they were missing and locked until the transaction ends."""
    indicatoren = {i.code: i for i in Indicator.objects.filter(code__in={c.indicator for c in celteksten})}
    onderdelen = {o.code: o for o in Onderdeel.objects.filter(code__in={c.onderdeel for c in celteksten})}
    # Version 0: nothing was typed here yet.
    rijen = [
        Concept(indicator=indicatoren[i], onderdeel=onderdelen[o], jaar=k.jaar, kwartaal=k.nummer, versie=0, door=door)
        for i, o, k in {c.sleutel for c in celteksten}
    ]
    # Who makes the same row waits here for the other, and then finds it with what the other typed.
    rijen.sort(key=lambda rij: (rij.indicator_id, rij.onderdeel_id, rij.jaar, rij.kwartaal))
    Concept.objects.bulk_create(rijen, ignore_conflicts=True, batch_size=2000)
    return _lees_vergrendeld({c.kwartaal for c in celteksten}, indicatoren, onderdelen)


def _lees_vergrendeld(
    kwartalen: set[Kwartaal], indicatoren: Mapping[str, Indicator], onderdelen: Mapping[str, Onderdeel]
) -> dict[_Sleutel, Concept]:
    # Joined with no other table: what is joined is looked up before the wait for the lock, and is old after it.
    gevonden = Concept.objects.in_slotvolgorde().filter(
        indicator__in=indicatoren.values(),
        onderdeel__in=onderdelen.values(),
        jaar__in={k.jaar for k in kwartalen},
        kwartaal__in={k.nummer for k in kwartalen},
    )
    per_pk = {i.pk: i for i in indicatoren.values()}, {o.pk: o for o in onderdelen.values()}
    concepten = {}
    for concept in gevonden.prefetch_related("door"):
        concept.indicator, concept.onderdeel = per_pk[0][concept.indicator_id], per_pk[1][concept.onderdeel_id]
        plaats = Kwartaal(concept.jaar, concept.kwartaal)
        concepten[concept.indicator.code, concept.onderdeel.code, plaats] = concept
    return concepten


def _geweigerd(celtekst: Celtekst, reden: str) -> Celuitkomst:
    return Celuitkomst(celtekst, "geweigerd", celtekst.gezien, dict(celtekst.cellen), {}, reden=reden)


class _Schrijver:
    """Judges each text against its locked row, and writes what changed in two queries."""

    def __init__(self, door: User, op: datetime, herkomst: str) -> None:
        self.door, self.op, self.herkomst = door, op, herkomst
        self.gewijzigd: dict[_Sleutel, Concept] = {}
        self.spoor: list[AuditEvent] = []

    def bewaar(self, celtekst: Celtekst, concepten: Mapping[_Sleutel, Concept]) -> Celuitkomst:
        concept, nieuw = concepten[celtekst.sleutel], schoon(celtekst.cellen)
        if nieuw == concept.cellen:
            return _uitkomst(celtekst, "gelijk", nieuw, concept)
        if celtekst.gezien != concept.versie:
            return _uitkomst(celtekst, "conflict", nieuw, concept)
        self._wijzig(concept, nieuw)
        self.gewijzigd[celtekst.sleutel] = concept
        return _uitkomst(celtekst, "bewaard", nieuw, concept)

    def _wijzig(self, concept: Concept, nieuw: dict[str, str]) -> None:
        oud, concept.cellen = concept.cellen, nieuw
        concept.versie, concept.door, concept.op = concept.versie + 1, self.door, self.op
        wie: dict[str, Any] = {"door": self.door, "herkomst": self.herkomst, "op": self.op}
        self.spoor.append(gebeurtenis("concept bewaard", concept, van=oud, naar=nieuw, **wie))

    def naar_database(self) -> None:
        Concept.objects.bulk_create(
            self.gewijzigd.values(),
            update_conflicts=True,
            unique_fields=["jaar", "kwartaal", "indicator", "onderdeel"],
            update_fields=["cellen", "versie", "door", "op"],
            batch_size=2000,
        )
        leg_vast(self.spoor)


def _uitkomst(celtekst: Celtekst, soort: _Soort, getypt: dict[str, str], concept: Concept) -> Celuitkomst:
    return Celuitkomst(celtekst, soort, concept.versie, getypt, concept.cellen, str(concept.door), concept.op)


INMIDDELS_ANDERS = "Iemand anders heeft deze waarde gewijzigd nadat u die zag. Bekijk de tekst en dien opnieuw in."


class _Achterblijvers(Exception):
    """Some of what was to be submitted is not right: nothing was."""


@dataclass(frozen=True, slots=True)
class _Indiening:
    """What one person filled in for a quarter, and by what it is judged."""

    kwartaal: Kwartaal
    kader: Kader
    indicatoren: Mapping[str, Indicator]
    teksten: Mapping[Meetplek, Mapping[str, str]]
    ongezien: Collection[Meetplek]

    def dien_in(self, door: User, herkomst: str) -> tuple[list[Meting], dict[Meetplek, Celoordeel]]:
        """What is right, and the rest. Judged anew without what is set aside: a part may lean on its whole."""
        teksten, fout = dict(self.teksten), dict[Meetplek, Celoordeel]()
        while teksten:
            oordelen = lees_teksten(teksten, self.kwartaal, self.kader)
            try:
                goed = waarnemingen_van(oordelen)
                return dien_in(goed, door=door, herkomst=herkomst, keur=partial(self._keur, oordelen))[0], fout
            except _Achterblijvers:
                fout |= {plek: oordeel for plek, oordeel in oordelen.items() if oordeel.alle}
                teksten = {plek: tekst for plek, tekst in teksten.items() if plek not in fout}
        return [], fout

    def _keur(self, oordelen: Mapping[Meetplek, Celoordeel], uitkomst: Metingvergelijking) -> None:
        vul_aan(oordelen, uitkomst, self.indicatoren)
        for plek in oordelen.keys() & self.ongezien:
            oordelen[plek].opmerkingen.append(Aanmerking("", INMIDDELS_ANDERS))
        if any(oordeel.alle for oordeel in oordelen.values()):
            raise _Achterblijvers


def dien_concepten_in(
    kwartaal: Kwartaal,
    *,
    door: User,
    herkomst: str,
    gezien: Mapping[Meetplek, int] | None = None,
) -> tuple[list[Meting], dict[Meetplek, Celoordeel]]:
    """Submit what is right of what this person filled in for this quarter; what is not stays as it was typed.

    Gives the values, and of every other place what is wrong with it. ``gezien`` are the versions of the concepts that
    were on the screen; what changed since is not submitted unseen. Raises NietToegestaan and KwartaalGesloten.
    """
    with bewaakt(Recht.METING_INVOEREN.value, door=door, herkomst=herkomst):
        reikwijdte = eis_plekken((), door, Recht.METING_INVOEREN)
        eis_open({(kwartaal.jaar, kwartaal.nummer)})
        houd_slot(Slot.METING)
        kader = lees_kader()
        teksten, versies = _ingevuld(kwartaal, kader, reikwijdte, door)
        definities = Definities.lees()
        indicatoren = {i.code: definities.in_jaar(i, kwartaal.jaar) for i in Indicator.objects.all()}
        ongezien = _ongezien(versies, gezien)
        return _Indiening(kwartaal, kader, indicatoren, teksten, ongezien).dien_in(door, herkomst)


def _ongezien(versies: Mapping[Meetplek, int], gezien: Mapping[Meetplek, int] | None) -> set[Meetplek]:
    return {plek for plek, versie in versies.items() if gezien is not None and gezien.get(plek, 0) != versie}


def _ingevuld(
    kwartaal: Kwartaal, kader: Kader, reikwijdte: Reikwijdte, door: User
) -> tuple[dict[Meetplek, dict[str, str]], dict[Meetplek, int]]:
    """The text of each cell this person filled in and the version of its concept; locked: it is this text that goes."""
    indicatoren, onderdelen = (dict(model.objects.values_list("pk", "code")) for model in (Indicator, Onderdeel))
    alle = Concept.objects.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer).in_slotvolgorde()
    concepten = {(indicatoren[c.indicator_id], onderdelen[c.onderdeel_id]): c for c in alle}
    teksten = {plek: dict(c.cellen) for plek, c in concepten.items() if c.cellen and c.door_id == door.pk}
    for meting in teruggenomen(kwartaal):
        plek = (meting.indicator.code, meting.onderdeel.code)
        if meting.ingevoerd_door_id == door.pk and _is_onveranderd(concepten.get(plek), meting):
            teksten[plek] = teksten_van(meting.inhoud, verhouding=meting.indicator.aggregatie == "verhouding")
    mee = {plek for plek in teksten if _hoort_erbij(plek, kwartaal, kader, reikwijdte)}
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


def _hoort_erbij(plek: Meetplek, kwartaal: Kwartaal, kader: Kader, reikwijdte: Reikwijdte) -> bool:
    gevraagd = wordt_getypt(kader.indicatoren[plek[0]], kader.onderdelen[plek[1]], kwartaal)
    return gevraagd and reikwijdte.bevat(*plek)
