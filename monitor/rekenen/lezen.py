"""From the database to plain facts: definitions, organisation, targets and approved values."""

from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from formatie.models import Onderdeel
from monitor.models import IN_AGENDA, Doelstelling, Indicator, Meting
from monitor.rekenen import kopie
from monitor.rekenen.opslag import SQL_LEEG, psycopg_verbinding
from monitor.rekenen.regels import kalender
from monitor.rekenen.regels.feiten import (
    ZONDER_EINDE,
    Doelfeit,
    Indicatorfeit,
    Metingen,
    Metingfeit,
    Onderdeelfeit,
    Rekenfeiten,
    doeljaren_van,
)
from monitor.rekenen.regels.getalreeks import SCHAAL
from monitor.rekenen.regels.kubus import Assen, meetbaar

_DEFINITIEVELDEN = tuple(veld.name for veld in fields(Indicatorfeit) if veld.name in IN_AGENDA)
_INDICATORVELDEN = ("id", "aggregatie", "eenheid", "tijd", "herkomst", *_DEFINITIEVELDEN)
_PLEK = ("indicator_id", "onderdeel_id", "jaar")
_DOELVELDEN = ("id", *_PLEK, "soort", "streefwaarde", "marge")
_METINGVELDEN = (*_PLEK, "kwartaal", "getal", "noemer", "marge", "onbekend", "voorlopig")
# The indicator with what later agendas make of it, the agendas that print it, and where the first of all begins.
_INDICATOREN = f"""
SELECT {", ".join(f"i.{veld}" for veld in _INDICATORVELDEN)},
       (SELECT json_agg(n.onderdeel_id) FROM monitor_indicator_niet_voor AS n WHERE n.indicator_id = i.id),
       (SELECT json_agg(json_build_object(
            {", ".join(f"'{veld}', d.{veld}" for veld in _DEFINITIEVELDEN)}, 'begin_jaar', a.begin_jaar,
            'niet_voor', (SELECT json_agg(n.onderdeel_id) FROM monitor_definitie_niet_voor AS n
                          WHERE n.definitie_id = d.id)
        ) ORDER BY a.begin_jaar)
        FROM monitor_definitie AS d JOIN strategie_agenda AS a ON a.id = d.agenda_id WHERE d.indicator_id = i.id),
       (SELECT json_agg(json_build_array(a.begin_jaar, a.eind_jaar))
        FROM monitor_monitorregel AS r JOIN strategie_agenda AS a ON a.id = r.agenda_id WHERE r.indicator_id = i.id),
       coalesce((SELECT min(a.begin_jaar) FROM strategie_agenda AS a), 0)
"""  # noqa: S608  (own names only)
_EEN_INDICATOR = f"""
{_INDICATOREN}, plan.begin, plan.einde, b.regelversie
FROM monitor_indicator AS i
LEFT JOIN monitor_berekening AS b ON b.indicator_id = i.id
CROSS JOIN LATERAL (
    SELECT min(d.jaar) AS begin, max(d.jaar) AS einde FROM monitor_doelstelling AS d
    WHERE d.indicator_id = i.id AND d.staat = 'vastgesteld'
) AS plan
WHERE i.id = %s
"""  # noqa: S608  (own names only)
_BEKEND_OP = (
    "vastgesteld_op <= %s AND (vervangen_op IS NULL OR vervangen_op > %s)"
    " AND indicator_id = ANY(%s::int8[]) AND onderdeel_id = ANY(%s::int8[])"
)
_METING = [
    ("indicator", "indicator_id", ">i8"),
    ("onderdeel", "onderdeel_id", ">i8"),
    ("jaar", "jaar", ">i2"),
    ("kwartaal", "coalesce(kwartaal, 0::int2)", ">i2"),
    ("teller", f"coalesce((coalesce(teller, waarde) * {SCHAAL})::int8, {SQL_LEEG})", ">i8"),
    ("noemer", f"coalesce((noemer * {SCHAAL})::int8, {SQL_LEEG})", ">i8"),
    ("marge", f"coalesce((marge * {SCHAAL})::int8, {SQL_LEEG})", ">i8"),
    ("onbekend", "onbekend", "?"),
    ("voorlopig", "status = 'voorlopig'", "?"),
]


def lees_indicatoren(ids: Collection[int] | None = None) -> list[Indicatorfeit]:
    """The definitions, in the order of their key; None means all. One query."""
    waar, waarden = ("", []) if ids is None else ("WHERE i.id = ANY(%s::int8[])", [list(ids)])
    with connection.cursor() as cursor:
        cursor.execute(f"{_INDICATOREN} FROM monitor_indicator AS i {waar} ORDER BY i.id", waarden)
        return [_als_feit(rij) for rij in cursor.fetchall()]


def _als_feit(rij: Sequence[Any]) -> Indicatorfeit:
    *velden, niet_voor, later, agendas, eerste = rij
    feit = Indicatorfeit(
        **dict(zip(_INDICATORVELDEN, velden, strict=True)),
        niet_voor=frozenset(niet_voor or ()),
        agendas=tuple((begin, eind) for begin, eind in agendas or ()),
        eerste_agenda=eerste,
    )
    return replace(feit, later=tuple(_in_agenda(feit, blad) for blad in later or ()))


def _in_agenda(feit: Indicatorfeit, blad: dict[str, Any]) -> Indicatorfeit:
    """The same series as a later agenda defines it."""
    return replace(feit, **blad | {"niet_voor": frozenset(blad["niet_voor"] or ())})


def lees_indicator(pk: int) -> tuple[Indicatorfeit, dict[int, tuple[int, int]], str | None]:
    """One definition with the years of its plan and the rules its rows were computed by, in one question."""
    with connection.cursor() as cursor:
        cursor.execute(_EEN_INDICATOR, [pk])
        rij = cursor.fetchone()
    if rij is None:
        raise Indicator.DoesNotExist(f"Indicator {pk} bestaat niet.")
    *velden, begin, einde, regelversie = rij
    return _als_feit(velden), {pk: (begin, einde)} if begin else lees_planjaren([pk]), regelversie


def lees_onderdelen() -> list[Onderdeelfeit]:
    rijen = Onderdeel.objects.order_by("id").values_list("id", "soort", "ouder_id", "geldig_vanaf", "geldig_tot")
    return [Onderdeelfeit(*rij) for rij in rijen]


def lees_doelen(ids: Sequence[int], moment: datetime | None = None) -> list[Doelfeit]:
    """The targets in force, or those in force at a moment."""
    return doelen_van(Doelstelling.objects.zoals_bekend_op(moment).filter(indicator_id__in=ids))


def doelen_van(vraag: QuerySet[Doelstelling]) -> list[Doelfeit]:
    return [Doelfeit(*rij) for rij in vraag.order_by().values_list(*_DOELVELDEN)]


def lees_metingen_op(moment: datetime, ids: Sequence[int], onderdelen: Collection[int]) -> Metingen:
    """The values of these indicators and onderdelen that were approved at a moment, and not replaced by then."""
    toen = Meting.objects.zoals_bekend_op(moment).filter(indicator_id__in=ids, onderdeel_id__in=onderdelen)
    return _lees(_BEKEND_OP, [moment, moment, list(ids), list(onderdelen)], toen.order_by())


def _lees(waar: str, waarden: Sequence[Any], rijen: Any) -> Metingen:
    """``waar`` with its ``waarden`` asks for the same values as ``rijen``."""
    try:
        with transaction.atomic():
            kolommen = kopie.lees_kolommen(psycopg_verbinding(), _METING, f"FROM monitor_meting WHERE {waar}", waarden)
    except psycopg.errors.NumericValueOutOfRange:  # larger than 64 bits: the slow road, with the same result
        return metingen_van(rijen)
    return Metingen(**{naam: kolommen[naam].astype(bool if soort == "?" else np.int64) for naam, _, soort in _METING})


def metingen_van(vraag: QuerySet[Meting]) -> Metingen:
    """The values of a queryset, for a handful or for figures of any size."""
    rijen = vraag.annotate(getal=Coalesce("teller", "waarde"), voorlopig=Q(status="voorlopig"))
    return Metingen.van([Metingfeit(*rij) for rij in rijen.values_list(*_METINGVELDEN)])


def lees_planjaren(ids: Sequence[int], moment: datetime | None = None) -> dict[int, tuple[int, int]]:
    """Per indicator the years in which values are due: those with a target, or all since the first value."""
    jaren = {
        indicator: (begin, einde)
        for indicator, begin, einde in _per_indicator(Doelstelling, ids, moment).annotate(Min("jaar"), Max("jaar"))
    }
    zonder = [indicator for indicator in ids if indicator not in jaren]
    if zonder:
        eerste = _per_indicator(Meting, zonder, moment).annotate(Min("jaar"))
        jaren |= {indicator: (begin, ZONDER_EINDE) for indicator, begin in eerste}
    return jaren


def _per_indicator(model: Any, ids: Sequence[int], moment: datetime | None) -> Any:
    return model.objects.zoals_bekend_op(moment).filter(indicator_id__in=ids).order_by().values_list("indicator_id")


def lees_delen(ids: Collection[int], jaren: Collection[int]) -> dict[tuple[int, int, int, int], int]:
    """(Indicator, onderdeel, jaar, kwartaal) → of how many parts a figure can be there, whether or not a plan asks it.

    Two queries, and none without indicators.
    """
    if not ids or not jaren:
        return {}
    assen = Assen(lees_indicatoren(ids), lees_onderdelen(), range(min(jaren), max(jaren) + 1))
    buiten = kalender.uitgezonderd(assen.indicatoren, assen.onderdelen, assen.jaren)
    aantal = (meetbaar(assen) & ~buiten[..., None]).astype(np.int64)
    ouders = assen.ouders()
    for plek in (plek for laag in reversed(assen.niveaus()[1:]) for plek in laag):
        aantal[:, ouders[plek]] += aantal[:, plek]
    return {
        (assen.indicatoren[i].id, assen.onderdelen[o].id, assen.jaren[jaar], int(k) + 1): int(aantal[i, o, jaar, k])
        for i, o, jaar, k in zip(*np.nonzero(aantal), strict=True)
    }


def lees_feiten(
    indicatoren: Sequence[Indicatorfeit], onderdelen: Sequence[Onderdeelfeit], doelen: Sequence[Doelfeit], vandaag: date
) -> Rekenfeiten:
    """Everything a full recompute of these indicators needs."""
    ids = [indicator.id for indicator in indicatoren]
    geldend = Meting.objects.geldend().filter(indicator_id__in=ids)
    metingen = _lees("staat = 'vastgesteld' AND indicator_id = ANY(%s::int8[])", [ids], geldend)
    eigen = [doel for doel in doelen if doel.indicator in set(ids)]
    return Rekenfeiten(
        indicatoren, onderdelen, eigen, metingen, vandaag, settings.INLEVERTERMIJN_DAGEN, doeljaren_van(eigen, metingen)
    )
