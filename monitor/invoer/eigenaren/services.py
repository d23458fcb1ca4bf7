"""Assigning who answers for what, from a day on, and ending it. It changes no figure, so one person decides.

A row is never changed but for its end. Whoever assigns holds ``Slot.EIGENAREN`` and names what they saw.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.locks import Slot, houd_slot
from common.tekst.tekens import en
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.bewaking import NietToegestaan, Verouderd, bewaakt
from monitor.invoer.eigenaren.selectors import Eigenaarregel, Eigenarenbeeld, lees_beeld
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.models import Eigenaarschap

AANGEWEZEN, BEEINDIGD = "eigenaar aangewezen", "eigenaar beëindigd"
EERSTE_DAG, LAATSTE_DAG = date(2000, 1, 1), date(2100, 12, 31)
Gekozen = Mapping[str, str | None]
"""Key of a line → what its reader saw of it; None: not asked."""


@dataclass(frozen=True, slots=True)
class Aanwijzing:
    """Who is to answer for it, from the first day until the first day without; None is without end."""

    persoon: User | None
    vervanger: User | None
    vanaf: date
    tot: date | None = None

    def is_gelijk_aan(self, rij: Eigenaarschap) -> bool:
        wie = (rij.persoon_id, rij.vervanger_id)
        return wie == (self.persoon and self.persoon.pk, self.vervanger and self.vervanger.pk) and (
            rij.geldt_op(self.vanaf) and rij.geldig_tot == self.tot
        )


def wijs_aan(gekozen: Gekozen, hoe: Aanwijzing, *, door: User, herkomst: str, op: datetime | None = None) -> int:
    """Assign all of it or nothing; what already is so stays. Gives how many became another's.

    Raises InvoerFout with every fault, Verouderd where another changed one meanwhile, NietToegestaan.
    """
    op = op or timezone.now()
    wie: dict[str, Any] = {"door": door, "herkomst": herkomst, "op": op}
    with bewaakt("eigenaar aanwijzen", door=door, herkomst=herkomst):
        beeld, regels = _neem(gekozen, door, timezone.localdate(op))
        anders = [regel for regel in regels if not any(map(hoe.is_gelijk_aan, regel.rijen))]
        _eis_gezien(anders, gekozen)
        _toets(regels, anders, hoe, beeld)
        tot_dan = [rij for regel in anders for rij in _lopend(regel, hoe.vanaf) if rij.geldig_vanaf <= hoe.vanaf]
        leg_vast([_eindig(rij, hoe.vanaf, **wie) for rij in tot_dan] + [_begin(regel, hoe, **wie) for regel in anders])
    return len(anders)


def beeindig(gekozen: Gekozen, dag: date | None, *, door: User, herkomst: str, op: datetime | None = None) -> int:
    """From that day on it has no owner; also who was to come does not. Gives of how many. Raises as ``wijs_aan``."""
    op = op or timezone.now()
    with bewaakt("eigenaar beëindigen", door=door, herkomst=herkomst):
        _, regels = _neem(gekozen, door, timezone.localdate(op))
        if dag is None or not EERSTE_DAG <= dag <= LAATSTE_DAG:
            raise InvoerFout([Fout(0, "vanaf", "Vul de eerste dag zonder eigenaar in.")])
        met = {regel.sleutel: lopend for regel in regels if (lopend := _lopend(regel, dag))}
        if not met:
            raise InvoerFout([Fout(0, "", f"Op {_dag(dag)} heeft wat u koos geen eigenaar. Er is niets gewijzigd.")])
        _eis_gezien([regel for regel in regels if regel.sleutel in met], gekozen)
        rijen = [rij for lopend in met.values() for rij in lopend]
        leg_vast([_eindig(rij, dag, door=door, herkomst=herkomst, op=op) for rij in rijen])
    return len(met)


def _neem(gekozen: Gekozen, door: User, vandaag: date) -> tuple[Eigenarenbeeld, list[Eigenaarregel]]:
    houd_slot(Slot.EIGENAREN)
    beeld = lees_beeld(door, vandaag)
    if not gekozen:
        raise InvoerFout([Fout(0, "", "U heeft nog niets aangevinkt. Vink aan waarover het gaat.")])
    if not gekozen.keys() <= beeld.regels.keys():
        raise NietToegestaan("U wijst hiervan de eigenaar niet aan. Er is niets gewijzigd.")
    return beeld, [beeld.regels[sleutel] for sleutel in gekozen]


def _eis_gezien(regels: Sequence[Eigenaarregel], gekozen: Gekozen) -> None:
    anders = [str(regel.ding) for regel in regels if gekozen[regel.sleutel] not in (None, regel.gezien)]
    if anders:
        raise Verouderd(
            f"Een ander wijzigde intussen de eigenaar van {en(anders)}. Er is niets gedaan. Hieronder staat wat nu "
            "geldt; uw keuze staat er nog."
        )


def _toets(
    regels: Sequence[Eigenaarregel], anders: Sequence[Eigenaarregel], hoe: Aanwijzing, beeld: Eigenarenbeeld
) -> None:
    """Everything that is wrong at once. Raises InvoerFout."""
    fouten = [*_persoonfouten(regels, hoe, beeld), *_dagfouten(hoe)]
    fouten = fouten or [fout for regel in anders if (fout := _botsing(regel, hoe))]
    if fouten:
        raise InvoerFout(fouten)


def _persoonfouten(regels: Sequence[Eigenaarregel], hoe: Aanwijzing, beeld: Eigenarenbeeld) -> Iterator[Fout]:
    if hoe.persoon is None:
        yield Fout(0, "persoon", "Kies wie de eigenaar wordt.")
    elif hoe.persoon == hoe.vervanger:
        yield Fout(0, "vervanger", "De vervanger is een ander dan de eigenaar. Kies iemand anders, of niemand.")
    for veld, persoon in (("persoon", hoe.persoon), ("vervanger", hoe.vervanger)):
        bezwaren = {zin: regel for regel in regels if persoon and (zin := beeld.bezwaar(regel, persoon))}
        for zin, regel in bezwaren.items():
            waar = f" ({regel.ding})" if len(regels) > 1 else ""
            yield Fout(0, veld, f"{zin}{waar}. Kies een ander, of laat de beheerder eerst een rol als analist geven.")


def _dagfouten(hoe: Aanwijzing) -> Iterator[Fout]:
    for veld, dag in (("vanaf", hoe.vanaf), ("tot", hoe.tot)):
        if dag is not None and not EERSTE_DAG <= dag <= LAATSTE_DAG:
            yield Fout(0, veld, f"Kies een dag van {EERSTE_DAG.year} tot en met {LAATSTE_DAG.year}.")
    if hoe.tot is not None and hoe.tot <= hoe.vanaf:
        yield Fout(0, "tot", f"Het einde komt na het begin: kies een dag na {_dag(hoe.vanaf)}, of laat dit leeg.")


def _botsing(regel: Eigenaarregel, hoe: Aanwijzing) -> Fout | None:
    """What begins later stays: the new one must end before it, or it is ended first."""
    later = (rij for rij in regel.rijen if rij.geldig_vanaf > hoe.vanaf and rij.geldig_vanaf != rij.geldig_tot)
    rij = next((rij for rij in later if hoe.tot is None or rij.geldig_vanaf < hoe.tot), None)
    if rij is None:
        return None
    reden = f"{regel.ding} heeft vanaf {_dag(rij.geldig_vanaf)} al een eigenaar: {rij.persoon}."
    return Fout(0, "tot", f"{reden} Vul hoogstens die dag in, of beëindig dat eerst vanaf die dag.")


def _lopend(regel: Eigenaarregel, dag: date) -> list[Eigenaarschap]:
    """What holds on that day or later."""
    return [
        rij
        for rij in regel.rijen
        if (rij.geldig_tot is None or rij.geldig_tot > dag) and rij.geldig_tot != rij.geldig_vanaf
    ]


def _eindig(rij: Eigenaarschap, dag: date, *, door: User, herkomst: str, op: datetime) -> AuditEvent:
    """Before it began: on the day it would have begun, so that it holds on none."""
    van = rij.in_het_spoor
    rij.geldig_tot = max(dag, rij.geldig_vanaf)
    rij.save(update_fields=["geldig_tot"])
    return gebeurtenis(BEEINDIGD, rij, door=door, herkomst=herkomst, van=van, naar=rij.in_het_spoor, op=op)


def _begin(regel: Eigenaarregel, hoe: Aanwijzing, *, door: User, herkomst: str, op: datetime) -> AuditEvent:
    plek = {regel.voorwerp[0]: regel.ding}
    rij = Eigenaarschap.objects.create(
        persoon=hoe.persoon,  # type: ignore[misc]  # _toets wants one
        vervanger=hoe.vervanger,
        geldig_vanaf=hoe.vanaf,
        geldig_tot=hoe.tot,
        **plek,
    )
    return gebeurtenis(AANGEWEZEN, rij, door=door, herkomst=herkomst, naar=rij.in_het_spoor, op=op)


def _dag(dag: date) -> str:
    return f"{dag:%d-%m-%Y}"
