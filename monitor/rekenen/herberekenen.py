"""The full recompute: read, roll up, judge, compare, and write only what changed.

1. Take the lock of every indicator, in one order, so that no other worker computes the same one.
2. Per group of indicators: approved values as arrays, one cube, one verdict per row.
3. Compare with the stored rows; write the difference.
4. Raise the generation of the indicators of which a row changed.

All in one transaction: a reader sees the old figures or the new ones, never a mix. A second run changes no row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from common.locks import Slot, houd_slot
from monitor.models import Berekening
from monitor.rekenen import lezen, opslag
from monitor.rekenen.regels.een_geval import bereken
from monitor.rekenen.regels.feiten import Indicatorfeit
from monitor.rekenen.regels.rekenregels import REGELVERSIE

CELLEN = 120_000  # of one cube; bounds the memory, whatever the number of indicators


@dataclass
class Uitkomst:
    """What a recompute did, in rows; ``gewijzigd`` counts written, replaced and removed ones."""

    gelezen: int = 0
    berekend: int = 0
    gewijzigd: int = 0
    indicatoren: set[int] = field(default_factory=set)

    def __iadd__(self, ander: Uitkomst) -> Uitkomst:
        self.gelezen += ander.gelezen
        self.berekend += ander.berekend
        self.gewijzigd += ander.gewijzigd
        self.indicatoren |= ander.indicatoren
        return self


@transaction.atomic
def herbereken(
    indicatoren: Collection[int] | None = None, *, vandaag: date | None = None, vanaf_jaar: int | None = None
) -> Uitkomst:
    """Recompute these indicators (None: all) for every onderdeel; rows from ``vanaf_jaar`` on are written."""
    vandaag = vandaag or timezone.localdate()
    feiten = lezen.lees_indicatoren(indicatoren)
    for indicator in feiten:
        houd_slot(Slot.HERBEREKENING, indicator.id)
    onderdelen = lezen.lees_onderdelen()
    doelen = lezen.lees_doelen([indicator.id for indicator in feiten])
    uitkomst = Uitkomst()
    for groep in _groepen(feiten, len(onderdelen)):
        deel = lezen.lees_feiten(groep, onderdelen, doelen, vandaag)
        uitkomst += _werk_bij(deel, vanaf_jaar)
    leg_generatie_vast([indicator.id for indicator in feiten], uitkomst.indicatoren)
    return uitkomst


def _groepen(indicatoren: Sequence[Indicatorfeit], onderdelen: int) -> Iterator[Sequence[Indicatorfeit]]:
    per_keer = max(1, CELLEN // max(1, onderdelen * 48))
    for begin in range(0, len(indicatoren), per_keer):
        yield indicatoren[begin : begin + per_keer]


def _werk_bij(feiten: lezen.Feiten, vanaf_jaar: int | None) -> Uitkomst:
    berekend = bereken(feiten, vanaf_jaar)
    ids = [indicator.id for indicator in feiten.indicatoren]
    opgeslagen = opslag.lees_rijen("indicator_id = ANY(%s::int8[]) AND jaar >= %s", [ids, vanaf_jaar or 0])
    verschil = opslag.vergelijk(berekend, opgeslagen)
    opslag.schrijf(verschil)
    return Uitkomst(len(feiten.metingen), len(berekend), len(verschil), set(verschil.indicatoren()))


def leg_generatie_vast(alle: Sequence[int], gewijzigd: Collection[int]) -> None:
    """A new generation where a row changed; a new version of the rules is noted also where nothing did."""
    verhoog_generatie(gewijzigd)
    Berekening.objects.filter(indicator_id__in=alle).exclude(regelversie=REGELVERSIE).update(regelversie=REGELVERSIE)


def verhoog_generatie(gewijzigd: Collection[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monitor_berekening AS b (indicator_id, generatie, berekend_op, regelversie) "
            "SELECT i, 1, now(), %s FROM unnest(%s::int8[]) AS i ON CONFLICT (indicator_id) DO UPDATE "
            "SET generatie = b.generatie + 1, berekend_op = excluded.berekend_op, regelversie = excluded.regelversie",
            [REGELVERSIE, sorted(gewijzigd)],
        )
