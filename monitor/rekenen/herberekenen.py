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

import numpy as np
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from common.locks import Slot, houd_slot
from formatie.models import Onderdeel
from monitor.models import Berekening, Doelstelling, Meting
from monitor.rekenen import lezen, opslag
from monitor.rekenen.regels import kalender
from monitor.rekenen.regels.beoordelen import Oordeelrijen, beoordeel_kubus, bereken
from monitor.rekenen.regels.feiten import ZONDER_EINDE, Indicatorfeit, Onderdeelfeit, Rekenfeiten
from monitor.rekenen.regels.getalreeks import LEEG, Reeks
from monitor.rekenen.regels.kubus import Assen, Kubus, eigen_waarden, getalsoort, meetbaar, zoek_doelen
from monitor.rekenen.regels.oordeelregels import REGELVERSIE, Standcode
from monitor.rekenen.regels.optellen import Eigen, Opgeteld, samen, som_van

CELLEN = 120_000  # of one cube; bounds the memory, whatever the number of indicators


@dataclass
class Herberekening:
    """What a recompute did, in rows; ``gewijzigd`` counts written, replaced and removed ones."""

    gelezen: int = 0
    berekend: int = 0
    gewijzigd: int = 0
    indicatoren: set[int] = field(default_factory=set)

    def __iadd__(self, ander: Herberekening) -> Herberekening:
        self.gelezen += ander.gelezen
        self.berekend += ander.berekend
        self.gewijzigd += ander.gewijzigd
        self.indicatoren |= ander.indicatoren
        return self


@transaction.atomic
def herbereken(
    indicatoren: Collection[int] | None = None, *, vandaag: date | None = None, vanaf_jaar: int | None = None
) -> Herberekening:
    """Recompute these indicators (None: all) for every onderdeel; rows from ``vanaf_jaar`` on are written."""
    vandaag = vandaag or timezone.localdate()
    feiten = lezen.lees_indicatoren(indicatoren)
    for indicator in feiten:
        houd_slot(Slot.HERBEREKENING, indicator.id)
    onderdelen = lezen.lees_onderdelen()
    doelen = lezen.lees_doelen([indicator.id for indicator in feiten])
    uitkomst = Herberekening()
    for groep in _groepen(feiten, len(onderdelen)):
        deel = lezen.lees_feiten(groep, onderdelen, doelen, vandaag)
        uitkomst += _werk_bij(deel, vanaf_jaar)
    leg_generatie_vast([indicator.id for indicator in feiten], uitkomst.indicatoren)
    return uitkomst


def _groepen(indicatoren: Sequence[Indicatorfeit], onderdelen: int) -> Iterator[Sequence[Indicatorfeit]]:
    per_keer = max(1, CELLEN // max(1, onderdelen * 48))
    for begin in range(0, len(indicatoren), per_keer):
        yield indicatoren[begin : begin + per_keer]


def _werk_bij(feiten: Rekenfeiten, vanaf_jaar: int | None) -> Herberekening:
    berekend = bereken(feiten, vanaf_jaar)
    ids = [indicator.id for indicator in feiten.indicatoren]
    opgeslagen = opslag.lees_rijen("indicator_id = ANY(%s::int8[]) AND jaar >= %s", [ids, vanaf_jaar or 0])
    verschil = opslag.vergelijk_rijen(berekend, opgeslagen)
    opslag.schrijf_verschil(verschil)
    return Herberekening(len(feiten.metingen), len(berekend), len(verschil), set(verschil.indicatoren()))


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


_BOOM = """
WITH RECURSIVE pad AS (
    SELECT id, ouder_id FROM formatie_onderdeel WHERE id = %s
    UNION ALL
    SELECT o.id, o.ouder_id FROM formatie_onderdeel AS o JOIN pad ON o.id = pad.ouder_id
)
SELECT o.id, o.soort, o.ouder_id, o.geldig_vanaf, o.geldig_tot, o.id IN (SELECT id FROM pad)
FROM formatie_onderdeel AS o
WHERE o.id IN (SELECT id FROM pad) OR o.ouder_id IN (SELECT id FROM pad)
"""


@dataclass(frozen=True)
class Omgeving:
    """The onderdelen a change can reach: the path from the onderdeel to the top, and the children along it."""

    pad: Sequence[Onderdeelfeit]
    kinderen: Sequence[Onderdeelfeit]

    @property
    def ids(self) -> list[int]:
        return [onderdeel.id for onderdeel in self.pad]


@transaction.atomic
def werk_bij(indicator_id: int, onderdeel_id: int, vanaf_jaar: int, *, vandaag: date | None = None) -> Herberekening:
    """Recompute what depends on the values of one onderdeel from a year on."""
    vandaag = vandaag or timezone.localdate()
    houd_slot(Slot.HERBEREKENING, indicator_id)
    indicator, jaren, regelversie = lezen.lees_indicator(indicator_id)
    if regelversie != REGELVERSIE or _verschuift_plan(jaren.get(indicator_id), vanaf_jaar):
        return herbereken([indicator_id], vandaag=vandaag)  # no rows of these rules to build on
    omgeving = _lees_omgeving(onderdeel_id)
    feiten = _lees_feiten(indicator, omgeving, jaren, vanaf_jaar, vandaag)
    opgeslagen = opslag.lees_rijen(
        "indicator_id = %s AND onderdeel_id = ANY(%s::int8[]) AND (jaar >= %s OR onderdeel_id = ANY(%s::int8[]))",
        [indicator_id, omgeving.ids + [kind.id for kind in omgeving.kinderen], vanaf_jaar, omgeving.ids],
    )
    kubus = _bouw(feiten, omgeving, opgeslagen, vanaf_jaar)
    berekend = beoordeel_kubus(kubus, vanaf_jaar)
    van_pad = np.isin(opgeslagen.onderdeel_id, omgeving.ids) & (opgeslagen.jaar >= vanaf_jaar)
    verschil = opslag.vergelijk_rijen(berekend, opgeslagen.kies(van_pad))
    opslag.schrijf_verschil(verschil)
    gewijzigd = {indicator_id} if len(verschil) else set()
    if gewijzigd:
        verhoog_generatie(gewijzigd)
    return Herberekening(len(feiten.metingen) + len(opgeslagen), len(berekend), len(verschil), gewijzigd)


def _verschuift_plan(jaren: tuple[int, int] | None, vanaf_jaar: int) -> bool:
    """Without targets values are due since the first one: an early value then concerns every onderdeel."""
    return jaren is None or (jaren[1] == ZONDER_EINDE and vanaf_jaar <= jaren[0])


def _lees_omgeving(onderdeel_id: int) -> Omgeving:
    with connection.cursor() as cursor:
        cursor.execute(_BOOM, [onderdeel_id])
        rijen = [(Onderdeelfeit(*rij[:5]), rij[5]) for rij in cursor.fetchall()]
    bekend = {onderdeel.id: onderdeel for onderdeel, _ in rijen}
    if onderdeel_id not in bekend:
        raise Onderdeel.DoesNotExist(f"Onderdeel {onderdeel_id} bestaat niet.")
    pad = [bekend[onderdeel_id]]
    while pad[-1].ouder in bekend:
        pad.append(bekend[pad[-1].ouder])
    return Omgeving(pad, [onderdeel for onderdeel, op_pad in rijen if not op_pad])


def _lees_feiten(
    indicator: Indicatorfeit,
    omgeving: Omgeving,
    jaren: dict[int, tuple[int, int]],
    vanaf_jaar: int,
    vandaag: date,
) -> Rekenfeiten:
    metingen = Meting.objects.geldend().filter(
        indicator_id=indicator.id, onderdeel_id__in=omgeving.ids, jaar__gte=vanaf_jaar
    )
    doelen = Doelstelling.objects.geldend().filter(indicator_id=indicator.id, onderdeel_id__in=omgeving.ids)
    return Rekenfeiten(
        [indicator],
        omgeving.pad,
        lezen.doelen_van(doelen),
        lezen.metingen_van(metingen.order_by()),
        vandaag,
        settings.INLEVERTERMIJN_DAGEN,
        jaren,
    )


def _bouw(feiten: Rekenfeiten, omgeving: Omgeving, opgeslagen: Oordeelrijen, vanaf_jaar: int) -> Kubus:
    """The cube of the path: stored years before the change, computed ones from then on."""
    jaren = _jaren(feiten, opgeslagen, vanaf_jaar)
    assen, van_kinderen = (
        Assen(feiten.indicatoren, omgeving.pad, jaren),
        Assen(feiten.indicatoren, omgeving.kinderen, jaren),
    )
    verschuldigd = kalender.verschuldigd(jaren, feiten.vandaag, feiten.termijn_dagen)
    eigen, eigen_marge = eigen_waarden(assen, feiten)
    pad, marge = _uit_rijen(assen, opgeslagen, eigen.teller.dtype)
    kinderen, _ = _uit_rijen(van_kinderen, opgeslagen, eigen.teller.dtype)
    sinds = slice(vanaf_jaar - jaren.start, None)
    marge[:, :, sinds] = eigen_marge[:, :, sinds]
    _reken_pad_door(assen, van_kinderen, eigen, pad, kinderen, verschuldigd, sinds)
    doelen, voorbij = zoek_doelen(assen, feiten.doelen), kalender.voorbij(jaren, feiten.vandaag)
    return Kubus(assen, pad, marge, doelen, verschuldigd, voorbij)


def _jaren(feiten: Rekenfeiten, opgeslagen: Oordeelrijen, vanaf_jaar: int) -> range:
    basis = feiten.jaren()
    gezien = [*opgeslagen.jaar.tolist(), vanaf_jaar]
    return range(min(basis.start, min(gezien)), max(basis.stop, max(gezien) + 1))


def _uit_rijen(assen: Assen, rijen: Oordeelrijen, soort: np.dtype) -> tuple[Opgeteld, Reeks]:
    """Stored rows back on the cube, with their margins of error."""
    plek = assen.plek_onderdeel(rijen.onderdeel_id) if assen.onderdelen else np.full(len(rijen), -1)
    rijen, plek = rijen.kies(plek >= 0), plek[plek >= 0]
    if getalsoort(rijen.cum_teller, rijen.cum_noemer, len(assen.onderdelen) + 1).hasobject:
        soort = np.dtype(object)
    op, marge = Opgeteld.leeg(assen.vorm, soort), np.full(assen.vorm, LEEG, rijen.marge.dtype)
    waar = (np.zeros_like(plek), plek, rijen.jaar - assen.jaren.start, rijen.kwartaal - 1)
    for veld in ("teller", "noemer"):
        getal = getattr(rijen, veld)
        getattr(op, veld)[waar] = np.where(getal == LEEG, 0, getal)
    op.heeft[waar], op.voorlopig[waar] = rijen.teller != LEEG, rijen.voorlopig
    op.nb[waar], op.nvt[waar] = rijen.stand == Standcode.NB, rijen.stand == Standcode.NIET_VAN_TOEPASSING
    op.moet[waar], op.geleverd[waar], op.gemist[waar] = rijen.moet_leveren, rijen.geleverd, rijen.gemist
    heel = rijen.heel_jaar
    jaar = tuple(as_[heel] for as_ in waar[:3])
    op.heeft_jaar[jaar] = True
    op.jaar_teller[jaar] = rijen.cum_teller[heel]
    op.jaar_noemer[jaar] = np.where(rijen.cum_noemer == LEEG, 0, rijen.cum_noemer)[heel]
    marge[waar] = rijen.marge
    return op, marge


def _reken_pad_door(
    assen: Assen,
    van_kinderen: Assen,
    eigen: Eigen,
    pad: Opgeteld,
    kinderen: Opgeteld,
    verschuldigd: Reeks,
    sinds: slice,
) -> None:
    """From the changed onderdeel up: own values over the stored parts and the part just computed."""
    cumuleert, optelbaar = assen.per_indicator("cumuleert"), assen.per_indicator("optelbaar")
    mogen = meetbaar(assen), meetbaar(van_kinderen)
    for plek, onderdeel in enumerate(assen.onderdelen):
        delen = [nummer for nummer, kind in enumerate(van_kinderen.onderdelen) if kind.ouder == onderdeel.id]
        onder = [kinderen.kies(np.s_[:, delen, sinds])] + ([pad.kies(np.s_[:, [plek - 1], sinds])] if plek else [])
        mag = np.concatenate([mogen[1][:, delen, sinds]] + ([mogen[0][:, [plek - 1], sinds]] if plek else []), axis=1)
        som = som_van(Opgeteld.samen(onder, as_=1), mag, cumuleert, optelbaar)
        hier = np.s_[:, [plek], sinds]
        pad.zet(hier, samen(eigen.kies(hier), som, verschuldigd[sinds], cumuleert))
