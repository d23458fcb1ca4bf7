"""The pages to look something up in: how to read and use the site, what its words mean, and what it looks like.

On the page of the visual language the colours come from ``tokens.css`` alone. A part of a page cannot ask for the other
scheme, so the same tokens are also served under a class; nothing is written down twice.
"""

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import mag, vereist
from common.pagina.tabellen import richt_in
from common.pagina.tonen import exporteer, lever_grafiek
from common.tekst.begrippen import BIJ_SLEUTEL, OP_ALFABET
from monitor.dashboards.naslag.beeldtaal import GRAFIEKEN, VoorbeeldTabel, maak, maak_grafieken, maak_tabel
from monitor.dashboards.naslag.woorden import BETEKENIS, STURING
from monitor.dashboards.oordeel.uiterlijk import UITERLIJK
from sturing.regels.ladder import Trede

THEMAS = (("licht", "Licht", "light"), ("donker", "Donker", "dark"), ("papier", "Op papier", "light"))
_NAAM = re.compile(r'\bid="([^"]+)"')
_VERWIJZING = re.compile(r'(\b(?:id|for|form|aria-labelledby|aria-describedby|popovertarget)="|href="#)([^"]+)"')
_FIGUUR = re.compile(r' data-figuur="[^"]*"')
_KLEUR = re.compile(r"--([\w-]+): #")
_MAAT = re.compile(r"--(maat-[\w-]+):")
_RUIMTE = re.compile(r"--(r\d):")


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def hulp(request: HttpRequest) -> HttpResponse:
    context = {
        "oordelen": BETEKENIS.items(),
        "rechten": {recht.name for recht in Recht if mag(request, recht)},
        "treden": [trede.regel for trede in Trede if trede],
        "sturing": [BIJ_SLEUTEL[sleutel] for sleutel in STURING],
        "kruimels": [("Overzicht", reverse("overzicht")), ("Hulp", "")],
    }
    return render(request, "monitor/dashboards/hulp.html", context)


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def begrippen(request: HttpRequest) -> HttpResponse:
    context = {"begrippen": OP_ALFABET, "kruimels": [("Overzicht", reverse("overzicht")), ("Begrippen", "")]}
    return render(request, "monitor/dashboards/begrippen.html", context)


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def stijl(request: HttpRequest) -> HttpResponse:
    if "_figuur" in request.GET:
        return lever_grafiek(request, GRAFIEKEN.get(request.GET["_figuur"]))
    tabel = richt_in(maak_tabel(), request)
    bestand = exporteer(request, tabel)
    return bestand or render(request, "monitor/dashboards/stijl.html", _context(request, tabel))


def _context(request: HttpRequest, tabel: VoorbeeldTabel) -> dict[str, Any]:
    stukken = render_to_string("monitor/dashboards/_stijl.html", maak(tabel), request)
    licht = _tokens()[0]
    return {
        "kruimels": [("Overzicht", reverse("overzicht")), ("Beeldtaal", "")],
        "themas": THEMAS,
        "stukken": stukken,
        **maak_grafieken(),
        "met_figuren": True,
        "kopie": _met_eigen_namen(stukken),
        "kleuren": _KLEUR.findall(licht),
        "maten": _MAAT.findall(licht),
        "ruimten": _RUIMTE.findall(licht),
        "oordelen": list(UITERLIJK),
    }


def _met_eigen_namen(html: str) -> SafeString:
    """A second copy on the page needs ids of its own, and references that lead to these."""
    namen = set(_NAAM.findall(html))
    stil = _FIGUUR.sub("", html)  # the copy draws nothing more
    kopie = _VERWIJZING.sub(lambda v: f'{v[1]}{v[2]}-kopie"' if v[2] in namen else v[0], stil)
    return mark_safe(kopie)  # noqa: S308  # rendered by our own template


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def stijl_themas(request: HttpRequest) -> HttpResponse:
    """The tokens of each scheme as a class, and a class per token to show it with."""
    return HttpResponse(_stijlblad(), content_type="text/css")


@cache
def _stijlblad() -> str:
    licht, *anders = _tokens()
    per_thema = (licht, *(licht + blok for blok in anders))
    regels = [
        f".thema-{naam} {{{blok} color-scheme: {schema}; }}"
        for (naam, _, schema), blok in zip(THEMAS, per_thema, strict=True)
    ]
    regels += [f".staal-{naam} {{ background: var(--{naam}); }}" for naam in _KLEUR.findall(licht)]
    regels += [f".letter-{naam} {{ font-size: var(--{naam}); }}" for naam in _MAAT.findall(licht)]
    regels += [f".ruimte-{naam} {{ inline-size: var(--{naam}); }}" for naam in _RUIMTE.findall(licht)]
    return "\n".join(regels)


@cache
def _tokens() -> list[str]:
    """The declarations of light, dark and paper, in the order of ``tokens.css``; later ones only say what differs."""
    tekst = (settings.BASE_DIR / "static" / "common" / "tokens.css").read_text(encoding="utf-8")
    return re.findall(r":root \{(.*?)\}", tekst, re.DOTALL)
