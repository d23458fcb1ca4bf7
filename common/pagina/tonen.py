"""The frame of every page that is kept: one way from a request to the page, and to the files of its tables.

An app says what its page holds (``Scherm``); what is kept, sorted, hidden and saved is the same for all of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from common.grafiek.beeld import Beeld
from common.pagina import uitvoer
from common.pagina.cache import Pagina, bewaard, een_stand
from common.pagina.figuren import lever_figuur
from common.pagina.inzage import meld_inzage
from common.pagina.tabellen import Keuzes, Tabel, get_keuzes, richt_in
from common.tekst.tekens import zichtbaar
from common.vaststellen.audit import AuditEvent, leg_vast

DEMOMELDING = (
    "Demonstratie: de gemeten cijfers zijn verzonnen. Een besluit met “Fictief” erbij ook. "
    "Het plan en de andere doelen komen uit de agenda."
)
BRON = "Bron: Strategiemonitor"
Kruimels = Sequence[tuple[str, str]]
Context = dict[str, Any]
Figuren = Callable[[], Mapping[str, Beeld]]


def is_demo() -> bool:
    """Whether this installation holds fictitious figures, so that every page and every file can say so.

    They are always entered by fictitious users; production refuses both, so it need not ask.
    """
    return bool(settings.PROEF) and get_user_model().objects.filter(demo=True).exists()


@dataclass(frozen=True)
class Scherm:
    """A page before it is made. A file needs its tables alone, so what else it shows is only asked for on the page.

    ``inhoud`` is what its own template needs, besides each table by its name and the first as ``tabel``; ``kader`` is
    what ``_pagina.html`` shows around that. ``kleine_aantallen``: how far its reader reads small numbers of people,
    where it may show them; then each time that it is read is noted. ``figuren``: its charts by the id of their drawing,
    of which the browser may ask the data.
    """

    sjabloon: str
    titel: str
    kruimels: Kruimels
    inhoud: Callable[[], Context]
    kader: Callable[[], Context]
    tabellen: Sequence[Tabel] = ()
    kleine_aantallen: str = ""
    figuren: Figuren | None = None


def toon_pagina(
    request: HttpRequest,
    maak: Callable[[], Scherm],
    *,
    kiesbaar: bool = False,
    bewaren: bool = True,
    erbij: Callable[[Pagina], Context] = lambda pagina: {},
) -> HttpResponse:
    """The page that ``maak`` gives; with ``?_export=`` the file of a table, with ``?_figuur=`` the data of a chart.

    ``kiesbaar``: a reader chooses columns here. ``erbij`` is what is asked anew for a page that was kept; one that
    holds what is of its reader alone is not to be kept at all.
    """
    keuzes = get_keuzes(request.user) if kiesbaar else {}
    if "_export" in request.GET:
        with een_stand():
            scherm = _ingericht(request, maak(), keuzes)
        _noteer(request, scherm.kleine_aantallen, _rijen(scherm))
        return _bestand(request, scherm.tabellen)
    if "_figuur" in request.GET:
        return _figuur(request, maak)
    pagina = bewaard(
        request, lambda: _pagina(request, _ingericht(request, maak(), keuzes)), sorted(keuzes.items()), bewaren=bewaren
    )
    _noteer(request, pagina["kleine_aantallen"], pagina["rijen"])
    return render(request, "_pagina.html", pagina | erbij(pagina))


def _figuur(request: HttpRequest, maak: Callable[[], Scherm]) -> HttpResponse:
    """What of it a reader may see is decided by the page itself."""
    naam = request.GET["_figuur"]
    with een_stand():
        scherm = maak()
        beeld = scherm.figuren().get(naam) if scherm.figuren else None
        bron = _bron(scherm) if "_formaat" in request.GET else BRON
    if beeld is not None:
        _noteer(request, scherm.kleine_aantallen, len(beeld.rijen))
    return lever_grafiek(request, beeld, bron)


def _bron(scherm: Scherm) -> str:
    """Of which page the numbers are, and as known on which day."""
    dag = (scherm.kader().get("stand") or {}).get("bekend_op")
    return f"{BRON}, {zichtbaar(scherm.titel)}{f', zoals bekend op {dag:%d-%m-%Y}' if dag else ''}"


def lever_grafiek(request: HttpRequest, beeld: Beeld | None, bron: str = BRON) -> HttpResponse:
    """What ``?_figuur=`` asks of this chart: its data for the browser, or with ``_formaat`` its table as a file.

    That file is called after what the chart is about and the day it was taken; ``bron`` stands below its rows.
    """
    if beeld is None:
        raise Http404("Deze grafiek is er niet.")
    if "_formaat" not in request.GET:
        return lever_figuur(request, beeld)
    rijen = [beeld.koppen, *beeld.rijen, [], [f"{bron}."]]
    naam = op_naam(beeld.naam) or request.GET["_figuur"]
    return lever_bestand(request, request.GET["_formaat"], naam=naam, titel=zichtbaar(beeld.naam), rijen=rijen)


def op_naam(onderwerp: str) -> str:
    """The name of a file: what it is about and today."""
    slak = slugify(onderwerp)[:48].strip("-")
    return f"{slak}-{timezone.localdate():%Y-%m-%d}" if slak else ""


def _noteer(request: HttpRequest, bereik: str, rijen: int) -> None:
    if bereik:
        meld_inzage(request, bereik=bereik, rijen=rijen)


def _rijen(scherm: Scherm) -> int:
    return sum(len(tabel.rows) for tabel in scherm.tabellen)


def _ingericht(request: HttpRequest, scherm: Scherm, keuzes: Keuzes) -> Scherm:
    """Every table sorted as the address asks, with the columns this person wants to see."""
    for tabel in scherm.tabellen:
        richt_in(tabel, request)
        if tabel.kiesbaar:
            tabel.kies_kolommen(keuzes)
    return scherm


def _pagina(request: HttpRequest, scherm: Scherm) -> Pagina:
    tabellen = {tabel.naam: tabel for tabel in scherm.tabellen}
    eigen = {"tabel": next(iter(scherm.tabellen), None), "met_figuren": scherm.figuren is not None}
    inhoud: Context = eigen | tabellen | scherm.inhoud()
    getoond, kader = render_to_string(scherm.sjabloon, inhoud, request), scherm.kader()
    return {
        "titel": scherm.titel,
        "kruimels": scherm.kruimels,
        "kiest_kolommen": any(tabel.kiesbaar for tabel in scherm.tabellen),
        "met_figuren": scherm.figuren is not None,
        "inhoud": getoond,
        "onderbalk": _onderbalk(scherm.kruimels, kader.get("stand")),
        "kleine_aantallen": scherm.kleine_aantallen,
        "rijen": _rijen(scherm),
        "demo": is_demo(),  # an account that comes or goes makes the page anew, so it need not be asked every time
        **kader,
    }


def _onderbalk(kruimels: Kruimels, stand: Any) -> str:
    return render_to_string("_components/onderbalk.html", {"kruimels": kruimels, "stand": stand})


def _bestand(request: HttpRequest, tabellen: Iterable[Tabel]) -> HttpResponse:
    """The file of the table that the address names."""
    bestanden = (exporteer(request, tabel) for tabel in tabellen)
    if gevonden := next((bestand for bestand in bestanden if bestand), None):
        return gevonden
    raise BadRequest("Deze tabel is er niet.")


def exporteer(request: HttpRequest, tabel: Tabel) -> HttpResponse | None:
    """The file that ``?_export=`` asks for, with every row of the table; None when it asks for none.

    On a page with more tables ``_tabel`` names the one that is meant; without it the first is.
    """
    formaat = request.GET.get("_export")
    if formaat is None or request.GET.get("_tabel", tabel.naam) != tabel.naam:
        return None
    noten = [[], *([noot] for noot in tabel.noten)] if tabel.noten else []
    kop = [[tabel.onderwerp]] if tabel.onderwerp else []
    rijen = ([*map(_leesbaar, rij)] for rij in chain(kop, tabel.as_values(), noten))
    return lever_bestand(
        request, formaat, naam=op_naam(tabel.onderwerp) or tabel.naam, titel=zichtbaar(tabel.titel), rijen=rijen
    )


def _leesbaar(cel: Any) -> Any:
    """As on the page; only a file that is read back by the site holds a text to the letter."""
    return zichtbaar(cel) if isinstance(cel, str) else cel


def lever_bestand(
    request: HttpRequest, formaat: str, *, naam: str, titel: str, rijen: Iterable[uitvoer.Bestandsrij]
) -> HttpResponse:
    """Rows as a file to download, marked as fictitious where they are; that it was taken is kept."""
    if formaat not in uitvoer.FORMATEN:
        raise BadRequest("Kies csv, xlsx of ods.")
    fictief = is_demo()
    soort, schrijf = uitvoer.FORMATEN[formaat]
    alle = [*([[DEMOMELDING]] if fictief else []), *(list(rij) for rij in rijen)]
    antwoord = HttpResponse(schrijf(titel, alle), content_type=soort)
    bestand = f"{naam}{'-demonstratie' if fictief else ''}.{formaat}"
    antwoord["Content-Disposition"] = f'attachment; filename="{bestand}"'
    _leg_export_vast(request, naam, titel, bestand)
    return antwoord


def _leg_export_vast(request: HttpRequest, naam: str, titel: str, bestand: str) -> None:
    leg_vast(
        [
            AuditEvent(
                op=timezone.now(),
                door_id=request.user.pk,
                door_naam=str(request.user),
                handeling="export",
                object_soort="tabel",
                object_id=naam[:60],
                object_naam=titel[:300],
                naar={"bestand": bestand},
                herkomst=request.path[:60],
            )
        ]
    )
