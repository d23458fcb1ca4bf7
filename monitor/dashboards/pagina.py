"""What the pages of the monitor put into the frame of every page, and the addresses they share."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.rollen import Recht
from common.pagina.peildatum import gevraagd
from common.pagina.tabellen import Tabel
from common.pagina.tonen import Context, Figuren, Kruimels, Scherm, toon_pagina
from monitor.dashboards import gewijzigd, selectors
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.keuze import Blik, bepaal
from monitor.models import Monitorregel


def blik_van(request: HttpRequest) -> Blik:
    """The view this address asks for: quarter and day."""
    return bepaal(request.user, *gevraagd(request))  # type: ignore[arg-type]  # logged in


def toon(
    request: HttpRequest, maak: Callable[[], Scherm], *, kiesbaar: bool = False, bewaren: bool = True, **erbij: Any
) -> HttpResponse:
    """A kept page says when its figures were computed; whether that is being done anew is asked every time."""

    def _rekent(pagina: Context) -> Context:
        return erbij | {"rekent": selectors.rekent() if pagina["stand"] and not pagina["terugblik"] else None}

    return toon_pagina(request, maak, kiesbaar=kiesbaar, bewaren=bewaren, erbij=_rekent)


def maak_scherm(
    blik: Blik,
    deel: str,
    titel: str,
    kruimels: Kruimels,
    inhoud: Callable[[], Context],
    *,
    over: Sequence[Regel] = (),
    tabellen: Sequence[Tabel] = (),
    met_htmx: bool = False,
    per_onderdeel: bool = False,
    figuren: Figuren | None = None,
) -> Scherm:
    """``over`` is what the page is about, also below the unit; ``blik`` need not be in ``inhoud``."""

    def _kader() -> Context:
        stand = blik.stand | {"berekend_op": blik.bekend.laatst_berekend()} if blik.toont_cijfers else None
        return {"met_htmx": met_htmx, "stand": stand, "terugblik": gewijzigd.terugblik(blik, over)}

    kleine = _kleine_aantallen(blik, over) if per_onderdeel else ""
    sjabloon = f"monitor/dashboards/{deel}.html"
    return Scherm(sjabloon, titel, kruimels, lambda: {"blik": blik} | inhoud(), _kader, tabellen, kleine, figuren)


def _kleine_aantallen(blik: Blik, over: Sequence[Regel]) -> str:
    over_personeel = any(regel.indicator.personeel for regel in over)
    return blik.user.waar(Recht.CIJFERS_ONDER_DREMPEL) if over_personeel else ""


def mag_bij_thema(blik: Blik, regel: Regel, recht: Recht) -> bool:
    """Everywhere, or for the theme that prints this indicator."""
    return blik.user.mag_overal(recht) or regel.monitorregel.thema.slug in blik.user.themas_met(recht)


def naar_overzicht(blik: Blik) -> tuple[str, str]:
    return "Overzicht", reverse("overzicht") + blik.vraag


def naar_themas(blik: Blik) -> tuple[str, str]:
    return "Thema's", reverse("themas") + blik.vraag


def themaadres(blik: Blik, slug: str) -> str:
    return reverse("thema", args=[slug]) + blik.vraag


def naar_indicator(blik: Blik, monitorregel: Monitorregel) -> list[tuple[str, str]]:
    """The crumbs of an indicator, the last one without an address."""
    thema = monitorregel.thema
    return [naar_overzicht(blik), (thema.naam, themaadres(blik, thema.slug)), (monitorregel.indicator.naam, "")]
