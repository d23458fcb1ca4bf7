"""The models of the organisation, its plan and the people in it, one file per subject."""

from formatie.models.besluit import Organisatiebesluit
from formatie.models.bezetting import Bezetting, Inwonertal, Scenario, Scenarioregel
from formatie.models.opvolging import Eerderenaam, Opvolging
from formatie.models.plan import (
    Controlesom,
    Districtsformatie,
    Formatieplan,
    Formatieregel,
    Gemeente,
    Onderdeel,
    Werkgebied,
)

__all__ = [
    "Bezetting",
    "Controlesom",
    "Districtsformatie",
    "Eerderenaam",
    "Formatieplan",
    "Formatieregel",
    "Gemeente",
    "Inwonertal",
    "Onderdeel",
    "Opvolging",
    "Organisatiebesluit",
    "Scenario",
    "Scenarioregel",
    "Werkgebied",
]
