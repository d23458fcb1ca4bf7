"""Rows of one indicator as the calculation itself makes them, with their targets, and the course seen in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace as Rij
from typing import Any

from common.tekst.periode import Kwartaal
from monitor.dashboards.indicator.signaal.selectors import maak_beeld
from monitor.dashboards.indicator.signaal.verloop import Procesbeeld
from monitor.models import Doelstelling, Indicator
from monitor.rekenen.regels.beoordelen import bereken
from monitor.rekenen.regels.feiten import (
    Doelfeit,
    Indicatorfeit,
    Metingen,
    Metingfeit,
    Onderdeelfeit,
    Rekenfeiten,
    doeljaren_van,
)
from monitor.rekenen.regels.oordeelrij import als_records

NU = Kwartaal(2026, 3)
LATER = date(2026, 11, 28)
Waarden = Mapping[int, Sequence[Any]]
"""Per year its values in the order of its quarters: a number, a pair of teller and noemer, or None for a gap."""


def soort_indicator(aggregatie: str = "som", **velden: Any) -> Indicator:
    gewoon = {"richting": "hoger", "frequentie": "kwartaal", "niveau": "eenheid", "eenheid": "verdachten"}
    van_beide = {"verwachting": "lineair", "tijd": "optellen", "herkomst": "invoer", "vanaf": "", "tot": ""}
    return Indicator(pk=1, code="x", naam="Voorbeeld", aggregatie=aggregatie, **(gewoon | van_beide | velden))


def jaardoel(jaar: int, soort: str = "jaarvolume", waarde: object = 30, **velden: Any) -> Doelstelling:
    streef = None if soort in ("verbetering", "monitoring", "onbekend") else D(str(waarde))
    basis = {"marge": D(10) if soort == "jaarvolume" else D(2), "geldig_vanaf": date(jaar, 1, 1), "pk": jaar}
    return Doelstelling(jaar=jaar, soort=soort, streefwaarde=streef, **(basis | velden))


def rijen_van(
    i: Indicator, waarden: Waarden, doelen: Sequence[Doelstelling] = (), *, voorlopig: int = 0, marge: object = None,
    vandaag: date = LATER,
) -> list[Any]:  # fmt: skip
    """``voorlopig``: so many of the last values are."""
    feit = Indicatorfeit(
        1, i.aggregatie, i.richting, i.frequentie, i.niveau, i.eenheid, i.eenheid_enkelvoud, i.decimalen,
        i.verwachting, i.stap_kwartaal, i.eerste_jaar, i.tijd,
    )  # fmt: skip
    los = [m for jaar, rij in sorted(waarden.items()) for m in _metingen(i, jaar, rij, marge)]
    los = [m if n < len(los) - voorlopig else _voorlopig(m) for n, m in enumerate(los)]
    metingen = Metingen.van(los)
    feiten_doelen = [Doelfeit(d.pk, 1, 1, d.jaar, d.soort, d.streefwaarde, d.marge) for d in doelen]
    jaren = doeljaren_van(feiten_doelen, metingen)
    feiten = Rekenfeiten([feit], [Onderdeelfeit(1, "eenheid")], feiten_doelen, metingen, vandaag, 30, jaren)
    per_jaar = {doel.pk: doel for doel in doelen}
    return [_rij(record, per_jaar) for record in als_records(bereken(feiten))]


def _metingen(i: Indicator, jaar: int, rij: Sequence[Any], marge: object) -> list[Metingfeit]:
    nummers = {"kwartaal": (1, 2, 3, 4), "halfjaar": (2, 4)}.get(i.frequentie, (4,))
    paren = [(n, w if isinstance(w, tuple) else (w, None)) for n, w in zip(nummers, rij, strict=False) if w is not None]
    fout = None if marge is None else D(str(marge))
    return [
        Metingfeit(1, 1, jaar, n, D(str(t)), None if noemer is None else D(str(noemer)), fout)
        for n, (t, noemer) in paren
    ]


def _voorlopig(m: Metingfeit) -> Metingfeit:
    return Metingfeit(m.indicator, m.onderdeel, m.jaar, m.kwartaal, m.teller, m.noemer, m.marge, voorlopig=True)


def _rij(record: Any, doelen: Mapping[int, Doelstelling]) -> Rij:
    velden = {naam: getattr(record, naam) for naam in record.__slots__}
    return Rij(**velden, doelstelling=doelen.get(record.doelstelling_id))


def tot_en_met(rijen: Sequence[Any], kwartaal: Kwartaal = NU) -> list[Any]:
    return [rij for rij in rijen if Kwartaal(rij.jaar, rij.kwartaal) <= kwartaal]


def verloop_van(
    i: Indicator, rijen: Sequence[Any], kwartaal: Kwartaal = NU, besluiten: Sequence[Any] = ()
) -> Procesbeeld:
    gezien = tot_en_met(rijen, kwartaal)
    return maak_beeld(i, kwartaal, gezien[-1] if gezien else None, gezien, besluiten)
