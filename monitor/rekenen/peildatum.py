"""Verdicts as they were known on a day: the same rules on the versions approved by then; nothing is stored.

For one indicator and a few onderdelen: what lies below them is read and rolled up anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from monitor.models import Meting
from monitor.rekenen import lezen
from monitor.rekenen.beoordeel import Rij, als_records, bereken
from monitor.rekenen.feiten import Feiten, Onderdeelfeit


def zoals_bekend_op(
    peildatum: date, indicatoren: Sequence[int], onderdelen: Collection[int], *, vanaf_jaar: int | None = None
) -> list[Rij]:
    """The records of these indicators and onderdelen as known at the end of the day ``peildatum``.

    They are in the order of the key; ``doelstelling_id`` names the target version that held then.
    """
    alle = lezen.lees_onderdelen()
    binnen = omgeving(alle, onderdelen)
    moment = einde_van(peildatum)
    metingen = Meting.objects.zoals_bekend_op(moment).filter(indicator_id__in=indicatoren, onderdeel_id__in=binnen)
    feiten = Feiten(
        lezen.lees_indicatoren(indicatoren),
        [onderdeel for onderdeel in alle if onderdeel.id in binnen],
        lezen.lees_doelen(indicatoren, moment),
        lezen.metingen_van(metingen.order_by()),
        peildatum,
        settings.INLEVERTERMIJN_DAGEN,
        lezen.planjaren(indicatoren, moment),
    )
    gevraagd = set(onderdelen)
    return [rij for rij in als_records(bereken(feiten, vanaf_jaar)) if rij.onderdeel_id in gevraagd]


def einde_van(peildatum: date) -> datetime:
    """The last moment of a day, in the time zone of the program."""
    morgen = datetime.combine(peildatum + timedelta(days=1), time.min, timezone.get_current_timezone())
    return morgen - timedelta(microseconds=1)


def omgeving(alle: Sequence[Onderdeelfeit], onderdelen: Collection[int]) -> set[int]:
    """The onderdelen themselves, everything below them and everything above them (whose norms hold for them)."""
    ouder = {onderdeel.id: onderdeel.ouder for onderdeel in alle}
    gevraagd = set(onderdelen)
    lijnen = {onderdeel.id: _naar_boven(onderdeel.id, ouder) for onderdeel in alle}
    erboven = {boven for onderdeel in gevraagd for boven in lijnen.get(onderdeel, ())}
    return erboven | {onderdeel for onderdeel, lijn in lijnen.items() if gevraagd & set(lijn)}


def _naar_boven(onderdeel: int, ouder: dict[int, int | None]) -> list[int]:
    """The onderdeel and everything above it."""
    lijn: list[int] = []
    huidig: int | None = onderdeel
    while huidig is not None and huidig not in lijn:
        lijn.append(huidig)
        huidig = ouder.get(huidig)
    return lijn
