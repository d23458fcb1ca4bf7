"""Every stored field of Doelbereik laid beside the same computed again; one line for each that differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from django.conf import settings
from django.db import models

from monitor.models import Doelbereik, Herberekenverzoek, Indicator
from monitor.rekenen.narekenen.grondslag import heel, lees_grondslag, lees_plaatsen
from monitor.rekenen.narekenen.oordelen import reken_indicator_na

_PLEK = ["onderdeel", "jaar", "kwartaal"]
VELDEN = {veld.name: veld for veld in Doelbereik._meta.concrete_fields if veld.name not in ("indicator", *_PLEK)}
"""Whatever the model stores beside its key: a field that is added and not computed again is a difference."""
RIJ_WEG, RIJ_TE_VEEL = "rij ontbreekt", "rij te veel"


@dataclass(frozen=True, slots=True)
class Verschil:
    """One field that differs, by its codes; ``veld`` says so where a whole row is missing, or one too many is there."""

    indicator: str
    onderdeel: str
    jaar: int
    kwartaal: int
    veld: str
    opgeslagen: str
    nagerekend: str

    @property
    def waar(self) -> str:
        return f"{self.indicator}, {self.onderdeel}, Q{self.kwartaal} {self.jaar}"

    def __str__(self) -> str:
        if self.veld in (RIJ_WEG, RIJ_TE_VEEL):
            return f"{self.waar}: {self.veld}"
        return f"{self.waar}: {self.veld} is {self.opgeslagen or 'leeg'}, nagerekend {self.nagerekend or 'leeg'}"


@dataclass(frozen=True, slots=True)
class Uitslag:
    """What was compared, what differs, and the codes of the indicators that were being recomputed just then."""

    rijen: int
    indicatoren: int
    verschillen: Sequence[Verschil]
    wachtend: Sequence[str]


def reken_alles_na(vandaag: date) -> Uitslag:
    """Every indicator, one after another, so that memory does not grow with their number.

    Read in one transaction of one moment: a request to recompute is written with the value it is about and removed
    with the rows it led to, so what is asked for at that moment may differ and is left out.
    """
    wachtend = set(Herberekenverzoek.objects.filter(geparkeerd=False).values_list("indicator_id", flat=True))
    plaatsen, codes = lees_plaatsen(), dict(_codes())
    rijen, verschillen, namen, bekeken = 0, [], [], 0
    for indicator in Indicator.objects.order_by("code"):
        if indicator.pk in wachtend:
            namen.append(indicator.code)
            continue
        na = reken_indicator_na(lees_grondslag(indicator), plaatsen, vandaag, settings.INLEVERTERMIJN_DAGEN)
        rijen, bekeken = rijen + len(na), bekeken + 1
        verschillen += [_benoemd(indicator.code, codes, *een) for een in _verschillen(_opgeslagen(indicator.pk), na)]
    return Uitslag(rijen, bekeken, verschillen, namen)


def _codes() -> Any:
    from formatie.models import Onderdeel

    return Onderdeel.objects.values_list("pk", "code")


def _opgeslagen(indicator: int) -> pd.DataFrame:
    namen = [veld.attname for naam, veld in _ALLE.items()]
    rijen = list(Doelbereik.objects.filter(indicator=indicator).order_by().values_list(*namen))
    blad = pd.DataFrame(rijen, columns=list(_ALLE), dtype=object)
    for naam, veld in VELDEN.items():
        if isinstance(veld, models.DecimalField):
            blad[naam] = np.array([heel(waarde, 10**veld.decimal_places) for waarde in blad[naam]], dtype=object)
    return blad


_ALLE = {naam: Doelbereik._meta.get_field(naam) for naam in (*_PLEK, *VELDEN)}


def _verschillen(nu: pd.DataFrame, na: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Onderdeel, year, quarter, field, stored and computed, as far as they differ."""
    samen = nu.merge(na, on=_PLEK, how="outer", suffixes=("", "_na"), indicator="in")
    for soort, woord in (("right_only", RIJ_WEG), ("left_only", RIJ_TE_VEEL)):
        yield from (
            (*plek, woord, None, None) for plek in samen.loc[samen["in"] == soort, _PLEK].itertuples(index=False)
        )
    beide = samen[samen["in"] == "both"]
    for naam, veld in VELDEN.items():
        oud = beide[naam].to_numpy(dtype=object)
        nieuw = beide[f"{naam}_na"].to_numpy(dtype=object) if naam in na else np.full(len(beide), _NIET)
        for rij in np.flatnonzero(oud != nieuw):
            waarden = (_leesbaar(veld, oud[rij]), _leesbaar(veld, nieuw[rij]))
            yield (*beide[_PLEK].iloc[rij], naam, *waarden)


_NIET = "niet nagerekend"


def _leesbaar(veld: Any, waarde: Any) -> str:
    if isinstance(veld, models.DecimalField) and isinstance(waarde, int):
        cijfers = veld.decimal_places
        geheel, rest = divmod(abs(waarde), 10**cijfers)
        tekst = f"{geheel},{rest:0{cijfers}d}".rstrip("0").rstrip(",")
        return f"-{tekst}" if waarde < 0 else tekst
    return (
        ""
        if waarde is None
        else {True: "ja", False: "nee"}.get(waarde, str(waarde))
        if isinstance(waarde, bool)
        else str(waarde)
    )


def _benoemd(code: str, codes: dict[int, str], onderdeel: int, jaar: int, kwartaal: int, *rest: Any) -> Verschil:
    return Verschil(
        code, codes.get(onderdeel, str(onderdeel)), int(jaar), int(kwartaal), rest[0], rest[1] or "", rest[2] or ""
    )
