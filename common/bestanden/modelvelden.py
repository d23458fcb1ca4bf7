"""What the keys of a table may hold, as the model says that will keep them: its lengths, choices and empty values."""

from collections.abc import Callable
from typing import Any

from django.db import models

from common.bestanden.toml import BRONREGEL, SLEUTEL, Dag, Heel, JaNee, Keuze, Tekst, Veld


def velden_van(model: type[models.Model], *namen: str) -> dict[str, Veld]:
    """The keys ``namen``, each named like the field it fills; a field that may be empty is a key that may be absent."""
    return {naam: _veld(model._meta.get_field(naam)) for naam in namen}


def _veld(veld: Any) -> Veld:
    if veld.choices:
        standaard = str(veld.default) if veld.has_default() else None
        return Keuze(not veld.has_default(), standaard, tuple(waarde for waarde, _ in veld.choices))
    return next(maak(veld) for soort, maak in _SOORTEN.items() if isinstance(veld, soort))


def _tekst(veld: Any) -> Tekst:
    vorm = BRONREGEL if veld.name.endswith("bronregel") else None
    patroon = SLEUTEL if isinstance(veld, models.SlugField) else vorm
    return Tekst(verplicht=not veld.blank, lengte=veld.max_length or Tekst.lengte, patroon=patroon)


_SOORTEN: dict[type[models.Field], Callable[[Any], Veld]] = {
    models.CharField: _tekst,
    models.TextField: _tekst,
    models.IntegerField: lambda veld: Heel(not veld.null),
    models.DateField: lambda veld: Dag(not veld.null),
    models.BooleanField: lambda veld: JaNee(verplicht=False),
}
