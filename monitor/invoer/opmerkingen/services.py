"""Saying something about a thing, and letting know that one saw what was said."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.bewaking import NietToegestaan, bewaakt
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.models import Opmerking, Vermelding
from monitor.selectors import leest_opmerkingen, schrijft_opmerkingen

LEEST_NIET = (
    "Iemand die u aanvinkte mag dit niet (meer) lezen en staat niet meer in de lijst. Uw tekst staat er nog. "
    "Kijk wie u wilt noemen en plaats de opmerking opnieuw."
)


def plaats_opmerking(
    plek: Opmerking,
    tekst: str,
    *,
    door: User,
    aan: Collection[User] = (),
    formulier: str,
    herkomst: str,
    op: datetime | None = None,
) -> Opmerking:
    """Once per text of one form. Also in a closed quarter: no value changes, and why to reopen is said here.

    It answers whatever called its author to this place. Raises NietToegestaan, or InvoerFout for who may not read it.
    """
    with bewaakt("opmerking plaatsen", door=door, herkomst=herkomst):
        if not schrijft_opmerkingen(door, plek):
            raise NietToegestaan("U mag hier geen opmerking (meer) plaatsen.")
        if not all(leest_opmerkingen(een, plek) for een in aan):
            raise InvoerFout([Fout(0, "aan", LEEST_NIET)])
        inhoud = {**plek.plek, "tekst": tekst, "op": op or timezone.now(), "demo": door.demo}
        nieuw, is_nieuw = Opmerking.objects.get_or_create(
            door=door, merk=_merk(formulier, plek, tekst), defaults=inhoud
        )
        if is_nieuw:
            Vermelding.objects.bulk_create(Vermelding(opmerking=nieuw, user=een) for een in aan)
            leg_vast([gebeurtenis("opmerking geplaatst", nieuw, door=door, herkomst=herkomst, op=nieuw.op)])
            meld_gezien(plek, door=door, op=nieuw.op)
    return nieuw


def _merk(formulier: str, plek: Opmerking, tekst: str) -> str:
    """Another text from the same form, after a step back, is another comment."""
    waar = [str(getattr(waarde, "pk", waarde)) for waarde in plek.plek.values()]
    return hashlib.sha256("\0".join([formulier, *waar, tekst]).encode()).hexdigest()


def meld_gezien(plek: Opmerking, *, door: User, op: datetime | None = None) -> int:
    """Nothing here waits for this person any more; gives how much did."""
    hier = Vermelding.objects.filter(user=door, gezien_op=None, **{f"opmerking__{k}": v for k, v in plek.plek.items()})
    return hier.update(gezien_op=op or timezone.now())
