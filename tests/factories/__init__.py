"""One valid object by default, deterministic; a small cast named by role."""

from __future__ import annotations

from tests.factories.agenda import AgendaFactory, ThemaFactory
from tests.factories.invoer import AfsluitingFactory, ConceptFactory
from tests.factories.jaarplan import maak_hoofdlijn, maak_planactiviteit, plantekst
from tests.factories.monitor import (
    DoelstellingFactory,
    EigenaarschapFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
)
from tests.factories.organisatie import (
    BezettingFactory,
    GemeenteFactory,
    OnderdeelFactory,
    maak_eenheid,
    maak_gebied,
    maak_plan,
)
from tests.factories.personen import UserFactory, maak_persoon

__all__ = [
    "AfsluitingFactory",
    "AgendaFactory",
    "BezettingFactory",
    "ConceptFactory",
    "DoelstellingFactory",
    "EigenaarschapFactory",
    "GemeenteFactory",
    "IndicatorFactory",
    "MetingFactory",
    "MonitorregelFactory",
    "OnderdeelFactory",
    "ThemaFactory",
    "UserFactory",
    "maak_eenheid",
    "maak_gebied",
    "maak_hoofdlijn",
    "maak_persoon",
    "maak_plan",
    "maak_planactiviteit",
    "plantekst",
]
