"""Bring the rows of a table in line with wanted values: make what is new, change what differs, leave the rest.

Nothing is deleted. A second call with the same values writes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


@dataclass
class Telling:
    """How many rows were made, changed, and found equal."""

    nieuw: int = 0
    gewijzigd: int = 0
    gelijk: int = 0

    @property
    def schreef(self) -> bool:
        """Whether anything was written."""
        return bool(self.nieuw or self.gewijzigd)

    def __str__(self) -> str:
        return f"{self.nieuw} nieuw, {self.gewijzigd} gewijzigd, {self.gelijk} gelijk"


def werk_bij(
    model: type[M], sleutels: tuple[str, ...], rijen: Iterable[dict[str, Any]], telling: Telling
) -> dict[Any, M]:
    """Write ``rijen`` (field name → value) and give the rows by key: the value itself for a single key.

    ``sleutels`` are the fields that identify a row; they are never changed.
    """
    gewenst = {_sleutel(rij, sleutels): rij for rij in rijen}
    aanwezig = {_sleutel(_waarden(rij, sleutels), sleutels): rij for rij in model._default_manager.all()}
    nieuw = [model(**rij) for sleutel, rij in gewenst.items() if sleutel not in aanwezig]
    bestaand = [(aanwezig[sleutel], rij) for sleutel, rij in gewenst.items() if sleutel in aanwezig]
    velden = sorted({naam for rij in gewenst.values() for naam in rij} - set(sleutels))
    anders = [rij for rij, waarden in bestaand if _neem_over(rij, waarden)]
    model._default_manager.bulk_create(nieuw)
    if anders:
        model._default_manager.bulk_update(anders, velden)
    telling.nieuw += len(nieuw)
    telling.gewijzigd += len(anders)
    telling.gelijk += len(bestaand) - len(anders)
    aanwezig.update({_sleutel(_waarden(rij, sleutels), sleutels): rij for rij in nieuw})
    return {sleutel: aanwezig[sleutel] for sleutel in gewenst}


def _neem_over(rij: models.Model, waarden: dict[str, Any]) -> bool:
    """Set the wanted values; True when any of them differed."""
    verschil = {naam: waarde for naam, waarde in waarden.items() if _waarde(rij, naam) != _los(waarde)}
    for naam in verschil:
        setattr(rij, naam, waarden[naam])
    return bool(verschil)


def _waarden(rij: models.Model, namen: tuple[str, ...]) -> dict[str, Any]:
    return {naam: _waarde(rij, naam) for naam in namen}


def _waarde(rij: models.Model, naam: str) -> Any:
    return getattr(rij, rij._meta.get_field(naam).attname)  # type: ignore[union-attr]  # a column


def _los(waarde: Any) -> Any:
    """A related row as the database holds it: its key."""
    return waarde.pk if isinstance(waarde, models.Model) else waarde


def _sleutel(waarden: dict[str, Any], sleutels: tuple[str, ...]) -> Any:
    delen = tuple(_los(waarden[naam]) for naam in sleutels)
    return delen[0] if len(delen) == 1 else delen
