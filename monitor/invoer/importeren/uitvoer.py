"""The values as rows of a file that reads in again without a change: approved, or waiting for approval.

A value that was sent back or is a concept is left out, with what it would replace: handing it in again would be a
change. So is what a person may read but not hand in.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from common.vaststellen.model import OPENSTAAND, Staat
from monitor.invoer.importeren.bestand.cel import getaltekst, is_afgerond
from monitor.invoer.regels.validatie import CELKOLOMMEN, METINGKOLOMMEN
from monitor.reikwijdte import lees_reikwijdte
from monitor.selectors import get_metingen

PLEK = ("indicator__code", "onderdeel__code", "jaar", "kwartaal")


def get_rijen(user: User, kwartaal: Kwartaal | None = None) -> Iterator[list[Any]]:
    """The header and the rows of one quarter, or of all of them. A whole year goes with its last quarter."""
    yield list(METINGKOLOMMEN)
    for plek, staat, onbekend, velden in _per_plek(user, kwartaal):
        if staat in (Staat.VASTGESTELD, Staat.INGEDIEND):
            yield [*plek, *_cellen(onbekend, velden)]


def _per_plek(user: User, kwartaal: Kwartaal | None) -> list[tuple[Any, ...]]:
    """The latest version of every value: the open one where there is one, else the approved."""
    metingen = get_metingen(user).filter(_van(kwartaal), staat__in=(Staat.VASTGESTELD, *OPENSTAAND))
    bereik = lees_reikwijdte(user, Recht.IMPORTEREN)
    laatste = {}
    velden = (*PLEK, "staat", "onbekend", *CELKOLOMMEN)
    for rij in metingen.order_by(*PLEK, "id").values_list(*velden):
        if bereik.is_leeg or bereik.bevat(rij[0], rij[1]):
            laatste[rij[:4]] = (rij[:4], rij[4], rij[5], rij[6:])
    return list(laatste.values())


def _van(kwartaal: Kwartaal | None) -> Q:
    if kwartaal is None:
        return Q()
    heel_jaar = Q(kwartaal=None) if kwartaal.nummer == 4 else Q(pk=None)
    return Q(jaar=kwartaal.jaar) & (Q(kwartaal=kwartaal.nummer) | heel_jaar)


def _cellen(onbekend: bool, velden: tuple[Any, ...]) -> list[Any]:
    waarde, teller, noemer, marge, status, meetdatum, toelichting = velden
    getallen = ["nb" if onbekend else _getal(waarde), *map(_getal, (teller, noemer, marge))]
    return [*getallen, status, meetdatum.isoformat() if meetdatum else None, toelichting]


def _getal(getal: Decimal | None) -> Decimal | str | None:
    """A number of more digits than a spreadsheet keeps goes as text."""
    return getaltekst(getal) if getal is not None and is_afgerond(getal) else getal
