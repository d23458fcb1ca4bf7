"""One valid object by default, deterministic; a small cast named by role."""

from __future__ import annotations

from tests.factories.agenda import AgendaFactory, ThemaFactory
from tests.factories.bezetting import BezettingFactory
from tests.factories.monitor import DoelstellingFactory, IndicatorFactory, MetingFactory, MonitorregelFactory
from tests.factories.organisatie import OnderdeelFactory, maak_eenheid
from tests.factories.personen import UserFactory, maak_persoon

__all__ = [
    "AgendaFactory",
    "BezettingFactory",
    "DoelstellingFactory",
    "IndicatorFactory",
    "MetingFactory",
    "MonitorregelFactory",
    "OnderdeelFactory",
    "ThemaFactory",
    "UserFactory",
    "maak_eenheid",
    "maak_persoon",
]
