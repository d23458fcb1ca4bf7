"""Asking, answering, releasing and withdrawing. Whoever does so holds the row of the question.

An answer is internal until another than who wrote it releases it. What changes it is a new version, internal again,
while the released one stays to be read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.bewaking import NietToegestaan, Verouderd, bewaakt
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from sturing.lezen.vragen import Stuk, beantwoordt, lees_stukken, vraagwoord
from sturing.models import Antwoord, Overleg, Vraag
from sturing.overleg.eisen import al_gezegd, eis_geen, eis_voorbereider, geschoond, tekstfouten, trek_rij_in
from sturing.overleg.vragen.selectors import Onderwerp


def mag_stellen(persoon: User, onderwerp: Onderwerp) -> bool:
    return bool(vraagwoord(persoon, onderwerp.themas))


def stel_vraag(
    onderwerp: Onderwerp,
    tekst: str,
    overleg: Overleg | None = None,
    *,
    formulier: str,
    door: User,
    herkomst: str,
    op: datetime | None = None,
) -> Vraag:
    """Once per text of one form, and of another only where the same is not open. Raises InvoerFout, NietToegestaan."""
    tekst, op = geschoond(tekst), op or timezone.now()
    with bewaakt("vraag stellen", door=door, herkomst=herkomst):
        if not mag_stellen(door, onderwerp):
            raise NietToegestaan("U mag hierbij geen vraag stellen (meer). Er is niets gewijzigd.")
        soort = Vraag.Soort.VRAAG if door.mag(Recht.VRAAG_STELLEN) else Vraag.Soort.ADVIES
        fouten = tekstfouten("tekst", tekst, f"Schrijf eerst {'uw vraag' if soort == 'vraag' else 'uw advies'}.")
        fouten += _cijferfouten(onderwerp)
        if overleg and (overleg.ingetrokken_op or overleg.datum < timezone.localdate(op)):
            fouten.append(Fout(0, "overleg", "Dit overleg is al geweest of ingetrokken. Kies een ander."))
        eis_geen(fouten)
        houd_slot(Slot.VRAAG, door.pk)
        inhoud = {**onderwerp.velden, "soort": soort, "tekst": tekst, "overleg": overleg, "op": op, "demo": door.demo}
        merk = hashlib.sha256("\0".join([formulier, tekst]).encode()).hexdigest()
        if gestuurd := Vraag.objects.filter(door=door, merk=merk).first():
            return gestuurd
        eigen = Vraag.objects.geldend().filter(door=door, **onderwerp.velden)
        zin = f"U {'vroeg dit' if soort == 'vraag' else 'gaf dit advies'} al, en er is nog geen antwoord vrijgegeven."
        eis_geen(al_gezegd("tekst", tekst, eigen.exclude(antwoorden__vrijgegeven_op__isnull=False), zin))
        nieuw = Vraag.objects.create(door=door, merk=merk, **inhoud)
        leg_vast([gebeurtenis(f"{soort} gesteld", nieuw, door=door, herkomst=herkomst, op=op)])
    return nieuw


def _cijferfouten(onderwerp: Onderwerp) -> Iterator[Fout]:
    if onderwerp.indicator and onderwerp.onderdeel is None:
        yield Fout(0, "onderdeel", "Kies over welk onderdeel.")
    if onderwerp.indicator and onderwerp.kwartaal is None:
        yield Fout(0, "kwartaal", "Kies over welk kwartaal.")


def beantwoord(
    vraag: Vraag, tekst: str, *, gezien: int | None, door: User, herkomst: str, op: datetime | None = None
) -> Antwoord:
    """A first answer, or a next version of it, internal until it is released.

    Raises InvoerFout, NietToegestaan, or Verouderd where another answered since version ``gezien`` was read.
    """
    tekst, op = geschoond(tekst), op or timezone.now()
    with bewaakt("vraag beantwoorden", door=door, herkomst=herkomst):
        stuk = _neem(vraag)
        if not beantwoordt(door, stuk):
            raise NietToegestaan("U mag deze vraag niet beantwoorden (meer). Er is niets gewijzigd.")
        _eis_gesteld(stuk, "Een antwoord is niet meer nodig; uw tekst staat er nog, maar is niet bewaard.")
        laatste = stuk.laatste
        if gezien != (laatste.nummer if laatste else 0):
            raise Verouderd(
                "Een ander schreef intussen een antwoord. Er is niets gedaan: lees dat antwoord hierboven. Uw tekst "
                "staat er nog."
            )
        fouten = tekstfouten("tekst", tekst, "Schrijf eerst het antwoord.")
        if laatste and tekst == laatste.tekst:
            fouten = [Fout(0, "tekst", "Dit staat er al. Verander het antwoord, of laat het zo.")]
        eis_geen(fouten)
        nummer = laatste.nummer + 1 if laatste else 1
        nieuw = Antwoord.objects.create(vraag=stuk.vraag, nummer=nummer, tekst=tekst, door=door, op=op, demo=door.demo)
        leg_vast([gebeurtenis("antwoord geschreven", nieuw, door=door, herkomst=herkomst, op=op)])
    return nieuw


def geef_vrij(vraag: Vraag, *, gezien: int | None, door: User, herkomst: str, op: datetime | None = None) -> Antwoord:
    """The last version becomes readable to every reader of figures, by another than who wrote it.

    Raises InvoerFout, NietToegestaan, or Verouderd where it is not the version that was read, or released already.
    """
    op = op or timezone.now()
    with bewaakt("antwoord vrijgeven", door=door, herkomst=herkomst):
        stuk = _neem(vraag)
        eis_voorbereider(door)
        _eis_gesteld(stuk, "Het antwoord blijft intern.")
        laatste = stuk.laatste
        if laatste is None or laatste.nummer != gezien:
            raise Verouderd("Er is intussen een nieuwe versie van het antwoord. Er is niets gedaan; lees die eerst.")
        if laatste.vrijgegeven_op:
            raise Verouderd(f"{laatste.vrijgegeven_door} gaf dit antwoord al vrij. Er is niets gewijzigd.")
        if laatste.door_id == door.pk:
            raise NietToegestaan("U schreef dit antwoord zelf. Laat een andere programmadirecteur het vrijgeven.")
        laatste.vrijgegeven_door, laatste.vrijgegeven_op = door, op
        laatste.save(update_fields=["vrijgegeven_door", "vrijgegeven_op"])
        leg_vast([gebeurtenis("antwoord vrijgegeven", laatste, door=door, herkomst=herkomst, op=op)])
    return laatste


def trek_vraag_in(vraag: Vraag, reden: str, *, door: User, herkomst: str, op: datetime | None = None) -> None:
    """By who asked it, until its answer is released. Raises InvoerFout, NietToegestaan."""
    reden, op = geschoond(reden), op or timezone.now()
    with bewaakt("vraag intrekken", door=door, herkomst=herkomst):
        stuk = _neem(vraag)
        if stuk.vraag.door_id != door.pk:
            raise NietToegestaan("Alleen wie de vraag stelde trekt haar in. Er is niets gewijzigd.")
        _eis_gesteld(stuk, "Er is niets gewijzigd.")
        if stuk.vrijgegeven:
            raise InvoerFout([Fout(0, "reden", "Het antwoord is al vrijgegeven; de vraag blijft staan.")])
        eis_geen(tekstfouten("reden", reden, "Schrijf op waarom u de vraag intrekt."))
        leg_vast([trek_rij_in(stuk.vraag, reden, "vraag ingetrokken", door=door, herkomst=herkomst, op=op)])


def meld_gelezen(vraag: Vraag, *, door: User, herkomst: str, op: datetime | None = None) -> None:
    """The asker read the released answers; they wait for them no more."""
    op = op or timezone.now()
    with bewaakt("antwoord lezen", door=door, herkomst=herkomst):
        stuk = _neem(vraag)
        if stuk.vraag.door_id != door.pk:
            raise NietToegestaan("Alleen wie de vraag stelde meldt dat. Er is niets gewijzigd.")
        nieuw = [een for een in stuk.vrijgegeven if een.gezien_op is None]
        for een in nieuw:
            een.gezien_op = op
            een.save(update_fields=["gezien_op"])
        leg_vast([gebeurtenis("antwoord gelezen", een, door=door, herkomst=herkomst, op=op) for een in nieuw])


def _neem(vraag: Vraag) -> Stuk:
    """The question with its answers, held until the transaction ends."""
    Vraag.objects.select_for_update(of=("self",)).get(pk=vraag.pk)
    [stuk] = lees_stukken(pk=vraag.pk)
    return stuk


def _eis_gesteld(stuk: Stuk, gevolg: str) -> None:
    vraag = stuk.vraag
    if vraag.ingetrokken_op:
        wat = "De vraag" if vraag.soort == Vraag.Soort.VRAAG else "Het advies"
        zin = f"{wat} is op {timezone.localtime(vraag.ingetrokken_op):%d-%m-%Y} ingetrokken: {vraag.intrekreden}"
        raise InvoerFout([Fout(0, "tekst", f"{zin.rstrip('.')}. {gevolg}")])
