"""The page on which a sheet is read into the jaarplan of a year."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tonen import Context
from common.pagina.velden import Formulier
from common.vaststellen.bewaking import NietToegestaan
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Invoerrij
from sturing.jaarplan.blad.inlezen import GELIJK, Rijuitkomst, lees_in, lees_plan_uit
from sturing.jaarplan.blik import lees_planblik, plankruimels
from sturing.regels.planblad import ALLEEN_TE_LEZEN, MIJLPAALVORM, TE_WIJZIGEN

_SJABLOON = "sturing/jaarplan/importeren.html"


class Bladformulier(Formulier):
    """A sheet in the form of the export, and what of it was shown before it is confirmed."""

    bestand = forms.FileField(
        label="Bestand",
        error_messages={"required": "Kies een bestand."},
        allow_empty_file=True,
        help_text="Het gewijzigde blad: xlsx, ods of csv.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.JAARPLAN_BIJHOUDEN)
def jaarplan_importeren(request: HttpRequest, jaar: int) -> HttpResponse:
    """A sheet is read and shown; nothing is kept before it is confirmed as it was shown."""
    blik, user = lees_planblik(request, jaar), request.user
    kiest = request.method == "POST" and "rijen" not in request.POST
    formulier = Bladformulier(*([request.POST, request.FILES] if kiest else []))
    context: Context = {"blik": blik, "formulier": formulier, "kruimels": plankruimels(jaar, "Blad inlezen")}
    context |= {"te_wijzigen": TE_WIJZIGEN, "alleen_te_lezen": ALLEEN_TE_LEZEN, "mijlpaalvorm": MIJLPAALVORM}
    if request.method != "POST" or (kiest and not formulier.is_valid()):
        return render(request, _SJABLOON, context, status=400 if kiest else 200)
    wie: dict[str, Any] = {"door": user, "herkomst": "blad jaarplan"}
    try:
        rijen, celfouten = _gelezen_rijen(request)
        uitkomsten = lees_in(jaar, rijen, **wie, proef=True, fouten=celfouten)
        bevestigd = request.POST.get("gezien", "") == _zegel(uitkomsten)
        if bevestigd:
            lees_in(jaar, rijen, **wie)
    except InvoerFout as fout:
        return render(request, _SJABLOON, context | {"fouten": fout.fouten}, status=400)
    except NietToegestaan:
        raise PermissionDenied from None
    anders = [uitkomst for uitkomst in uitkomsten if uitkomst.soort != GELIJK]
    if bevestigd:
        wat = "1 activiteit is" if len(anders) == 1 else f"{len(anders)} activiteiten zijn"
        messages.success(request, f"Het blad is ingelezen: {wat} nieuw of gewijzigd.")
        return redirect("jaarplan_jaar", jaar)
    context |= {"anders": anders, "gelijk": len(uitkomsten) - len(anders), "zegel": _zegel(uitkomsten)}
    context |= {"rijen": json.dumps(rijen), "getoond": True, "opnieuw": "gezien" in request.POST}
    return render(request, _SJABLOON, context)


def _gelezen_rijen(request: HttpRequest) -> tuple[list[Invoerrij], list[Fout]]:
    """Of the file, or as they were shown; what comes back is read as any row, so it need not be trusted."""
    if bestand := request.FILES.get("bestand"):
        return lees_plan_uit(bestand.read())
    try:
        rijen = json.loads(request.POST.get("rijen", "[]"))
        gelezen = [Invoerrij(int(nr), {str(k): str(v) for k, v in cellen.items()}) for nr, cellen in rijen]
    except (ValueError, TypeError, AttributeError):
        gelezen = []
    if not gelezen:
        raise InvoerFout([Fout(0, "", "Kies het gewijzigde blad.")])
    return gelezen, []


def _zegel(uitkomsten: Sequence[Rijuitkomst]) -> str:
    """Another one as soon as the same sheet would do something else."""
    return sha256(repr(uitkomsten).encode()).hexdigest()[:20]
