"""The block "Mijn gemeente" on the first page.

It belongs to one person, so it stands outside the body that is kept for everybody with the same roles. It is kept by
itself, under the municipalities it is about: two mayors of one municipality read the same block, any other two do not.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.rollen import Recht
from common.pagina.cache import bewaard
from formatie.gemeenten import Werkkring, get_werkkringen
from monitor.dashboards.gemeente import zinnen
from monitor.dashboards.gemeente.selectors import lens
from monitor.dashboards.gemeente.views import adres
from monitor.dashboards.keuze import Blik
from monitor.dashboards.pagina import blik_van


def blok(request: HttpRequest) -> SafeString:
    """The block for this person; empty, and without a query, for who has no municipality."""
    user: User = request.user  # type: ignore[assignment]
    if not user.gemeenten or not user.mag(Recht.CIJFERS_LEZEN):
        return SafeString("")
    keuze = ("mijn gemeente", user.gemeenten)
    html: SafeString = bewaard(request, lambda: {"html": _blok(request, user.gemeenten)}, keuze)["html"]
    return html


def _blok(request: HttpRequest, gemeenten: tuple[str, ...]) -> SafeString:
    blik = blik_van(request)
    kringen = {kring.gemeente.slug: kring for kring in _kringen(blik, gemeenten)}
    bekend = {slug for kring in kringen.values() for slug in _genoemd(kring)}
    inhoud = {
        "kaarten": [_kaart(blik, kring) for kring in kringen.values()],
        "onbekend": [slug for slug in gemeenten if slug not in bekend],
    }
    return SafeString(render_to_string("monitor/dashboards/overzicht/_mijngemeente.html", inhoud))


def _kringen(blik: Blik, slugs: tuple[str, ...]) -> list[Werkkring]:
    """Of a municipality that is gone the one it has become part of."""
    dag = blik.kwartaal.einde()
    gevonden = get_werkkringen(dag, slugs)
    nu = {(kring.opvolger or kring.gemeente).slug for kring in gevonden}
    return gevonden if nu == {kring.gemeente.slug for kring in gevonden} else get_werkkringen(dag, nu)


def _genoemd(kring: Werkkring) -> set[str]:
    return {kring.gemeente.slug, *(voorganger.slug for voorganger in kring.voorgangers)}


def _kaart(blik: Blik, kring: Werkkring) -> dict[str, Any]:
    return {
        "kring": kring,
        "adres": adres(blik, kring),
        "ligging": zinnen.ligging(kring),
        "standen": zinnen.stand(lens(blik, kring)) if kring.teams else [],
    }
