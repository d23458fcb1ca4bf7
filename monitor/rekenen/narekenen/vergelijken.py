"""Every stored field of Doelbereik laid beside the same computed again; one line for each that differs."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from django.conf import settings
from django.db import models

from formatie.models import Onderdeel
from monitor.models import Doelbereik, Herberekenverzoek, Indicator
from monitor.rekenen.narekenen.grondslag import Grondslag, heel, lees_grondslag, lees_organisatie
from monitor.rekenen.narekenen.oordelen import reken_indicator_na
from monitor.rekenen.narekenen.uitslag import RIJ_TE_VEEL, RIJ_WEG, Narekening, Rekenverschil

_PLEK = ["onderdeel", "jaar", "kwartaal"]
_ALLE = {veld.name: veld for veld in Doelbereik._meta.concrete_fields if veld.name != "indicator"}
NAGEREKENDE_VELDEN = {naam: veld for naam, veld in _ALLE.items() if naam not in _PLEK}
"""Whatever the model stores beside its key: a field that is added and not computed again is a difference."""


def reken_alles_na(vandaag: date) -> Narekening:
    """Every indicator, one after another, so that memory does not grow with their number.

    Read in one transaction of one moment: a request to recompute is written with the value it is about and removed
    with the rows it led to, so what is asked for at that moment may differ and is left out.
    """
    wachtend = set(Herberekenverzoek.objects.filter(geparkeerd=False).values_list("indicator_id", flat=True))
    plaatsen, codes = lees_organisatie(), dict(Onderdeel.objects.values_list("pk", "code"))
    rijen, verschillen, namen, bekeken = 0, [], [], 0
    for indicator in Indicator.objects.order_by("code"):
        if indicator.pk in wachtend:
            namen.append(indicator.code)
            continue
        na = _nagerekend(lees_grondslag(indicator), plaatsen, vandaag)
        rijen, bekeken = rijen + len(na), bekeken + 1
        verschillen += [_benoemd(indicator.code, codes, *een) for een in _verschillen(_opgeslagen(indicator.pk), na)]
    return Narekening(rijen, bekeken, verschillen, namen)


def _nagerekend(g: Grondslag, plaatsen: pd.DataFrame, vandaag: date) -> pd.DataFrame:
    """No rows where there is no onderdeel or no year to have a figure of."""
    if plaatsen.empty or not list(g.jaren(vandaag)):
        return pd.DataFrame(columns=list(_ALLE), dtype=object)
    return reken_indicator_na(g, plaatsen, vandaag, settings.INLEVERTERMIJN_DAGEN)


def _opgeslagen(indicator: int) -> pd.DataFrame:
    namen = [veld.attname for veld in _ALLE.values()]
    rijen = list(Doelbereik.objects.filter(indicator=indicator).order_by().values_list(*namen))
    blad = pd.DataFrame(rijen, columns=list(_ALLE), dtype=object)
    for naam, veld in NAGEREKENDE_VELDEN.items():
        if isinstance(veld, models.DecimalField):
            blad[naam] = np.array([heel(waarde, 10**veld.decimal_places) for waarde in blad[naam]], dtype=object)
    return blad


def _verschillen(nu: pd.DataFrame, na: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Onderdeel, year, quarter, field, stored and computed, as far as they differ."""
    samen = nu.merge(na, on=_PLEK, how="outer", suffixes=("", "_na"), indicator="in")
    for soort, woord in (("right_only", RIJ_WEG), ("left_only", RIJ_TE_VEEL)):
        yield from (
            (*plek, woord, None, None) for plek in samen.loc[samen["in"] == soort, _PLEK].itertuples(index=False)
        )
    beide = samen[samen["in"] == "both"]
    for naam, veld in NAGEREKENDE_VELDEN.items():
        oud = beide[naam].to_numpy(dtype=object)
        nieuw = beide[f"{naam}_na"].to_numpy(dtype=object) if naam in na else np.full(len(beide), _NIET)
        for rij in np.flatnonzero(oud != nieuw):
            waarden = (_leesbaar(veld, oud[rij]), _leesbaar(veld, nieuw[rij]))
            yield (*beide[_PLEK].iloc[rij], naam, *waarden)


_NIET = "niet nagerekend"


def _leesbaar(veld: Any, waarde: Any) -> str:
    """As a person reads it: a whole number back with its decimals."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if not isinstance(veld, models.DecimalField) or not isinstance(waarde, int):
        return "" if waarde is None else str(waarde)
    geheel, rest = divmod(abs(waarde), 10**veld.decimal_places)
    tekst = f"{geheel},{rest:0{veld.decimal_places}d}".rstrip("0").rstrip(",")
    return f"-{tekst}" if waarde < 0 else tekst


def _benoemd(code: str, codes: dict[int, str], *een: Any) -> Rekenverschil:
    onderdeel, jaar, kwartaal, veld, oud, nieuw = een
    return Rekenverschil(
        code, codes.get(onderdeel, str(onderdeel)), int(jaar), int(kwartaal), veld, oud or "", nieuw or ""
    )
