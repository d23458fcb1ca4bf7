"""The page of everything that was said about one thing: a value, a row of bezetting or an import."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import View, vereist
from common.pagina.inzage import meld_inzage
from common.tekst.tekens import en
from common.vaststellen.bewaking import NietToegestaan
from common.vaststellen.model import Staat
from monitor.invoer.opmerkingen.deelnemers import lees_deelnemers
from monitor.invoer.opmerkingen.forms import Opmerkformulier
from monitor.invoer.opmerkingen.selectors import (
    get_versies_bij,
    lees_eerder,
    lees_gesprek,
    zoek_bezetting,
    zoek_import,
    zoek_waarde,
)
from monitor.invoer.opmerkingen.services import meld_gezien, plaats_opmerking
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.regels.weergave import periode
from monitor.invoer.vaststellen.geschiedenis import lees_eerder_terug, vertel_terug
from monitor.invoer.vaststellen.soort import Soort
from monitor.invoer.vaststellen.soorten import BEZETTING, METING
from monitor.models import Opmerking
from monitor.reikwijdte import lees_reikwijdte
from monitor.selectors import leest_opmerkingen, schrijft_opmerkingen

_HERKOMST = "scherm opmerkingen"
Weg = tuple[str, str]
"""Where a link leads, in words and as an address."""


def _pagina(zoek: Callable[..., Opmerking | None]) -> View:
    """The page of the place that ``zoek`` finds; to who may not read it, it does not exist."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @vereist(Recht.CONCEPT_LEZEN)
    def view(request: HttpRequest, **waar: object) -> HttpResponse:
        user: User = request.user  # type: ignore[assignment]  # the right was asked for above
        plek = zoek(**waar)
        if plek is None or not leest_opmerkingen(user, plek):
            raise Http404
        return _verwerk(request, user, plek) if request.method == "POST" else _toon(request, user, plek)

    return view


def _verwerk(request: HttpRequest, user: User, plek: Opmerking) -> HttpResponse:
    """What was typed comes back with every refusal."""
    if request.POST.get("besluit") == "gezien":
        meld_gezien(plek, door=user)
        messages.success(request, "Gezien. Het staat niet meer op Voor mij.")
        return redirect(plek.adres)
    deelnemers = lees_deelnemers(plek, user, timezone.localdate())
    formulier = Opmerkformulier(request.POST, deelnemers=deelnemers)
    try:
        geplaatst = (
            _plaats(user, plek, formulier) if formulier.is_valid() or not schrijft_opmerkingen(user, plek) else None
        )
    except NietToegestaan as fout:
        return _toon(request, user, plek, melding=str(fout), status=403)
    except InvoerFout as fout:
        formulier.add_error("aan", fout.fouten[0].reden)
        geplaatst = None
    if geplaatst is None:
        return _toon(request, user, plek, formulier, status=400)
    gemeld = en([str(een.persoon) for een in deelnemers if een.persoon.pk in formulier.gekozen])
    zin = f"geplaatst en gemeld aan {gemeld}." if gemeld else "geplaatst. Niemand krijgt hiervan bericht."
    messages.success(request, f"Uw opmerking is {zin}")
    return redirect(plek.adres)


def _plaats(user: User, plek: Opmerking, formulier: Opmerkformulier) -> Opmerking:
    return plaats_opmerking(
        plek,
        formulier.cleaned_data.get("tekst", ""),
        door=user,
        aan=[een.persoon for een in formulier.deelnemers if een.persoon.pk in formulier.gekozen],
        formulier=formulier.cleaned_data.get("formulier") or uuid4().hex,
        herkomst=_HERKOMST,
    )


def _toon(
    request: HttpRequest,
    user: User,
    plek: Opmerking,
    formulier: Opmerkformulier | None = None,
    *,
    melding: str = "",
    status: int = 200,
) -> HttpResponse:
    gesprek, alle = lees_gesprek(plek), list(get_versies_bij(plek))
    versies, eerder = alle[:1], lees_eerder(plek, user)
    meld_inzage(request, bereik=user.waar(Recht.CONCEPT_LEZEN), rijen=len(gesprek) + len(versies) + len(eerder))
    roept = {een.door_id: een for een in gesprek if _wacht_op(user, een)}
    if formulier is None and schrijft_opmerkingen(user, plek):
        deelnemers = lees_deelnemers(plek, user, timezone.localdate())
        formulier = Opmerkformulier(deelnemers=deelnemers, initial={"aan": [str(pk) for pk in roept]})
    context = {
        "plek": plek,
        "gesprek": gesprek,
        "nu": _nu(plek, alle),
        "terug": _terug(versies),
        "eerder": [(periode(rij), _soort(plek).in_woorden(rij)) for rij in eerder],
        "wegen": list(_wegen(user, plek, versies)),
        "roept": list(roept.values()),
        "formulier": formulier,
        "melding": melding,
        "niet_opgeslagen": "" if formulier else request.POST.get("tekst", ""),
        "kruimels": [("Overzicht", reverse("overzicht")), ("Opmerkingen", "")],
    }
    return render(request, "monitor/invoer/opmerkingen/opmerkingen.html", context, status=status)


def _wacht_op(user: User, opmerking: Opmerking) -> bool:
    return any(een.user_id == user.pk and een.gezien_op is None for een in opmerking.vermeldingen.all())


def _soort(plek: Opmerking) -> Soort:
    return METING if plek.indicator else BEZETTING


def _nu(plek: Opmerking, versies: Sequence[Any]) -> list[str]:
    """How it stands, and what counts where that is another; nothing of an import, or where nothing was handed in."""
    nieuwste = versies[:1]
    geldt = [een for een in versies if een.staat == Staat.VASTGESTELD and een not in nieuwste][:1]
    in_woorden = _soort(plek).in_woorden
    return [
        *(f"{een.get_staat_display()}: {in_woorden(een)}." for een in nieuwste),
        *(f"Geldt nu: {in_woorden(een)}." for een in geldt),
    ]


def _terug(versies: Sequence[Any]) -> list[str]:
    """Why it came back, also when it was handed in again since."""
    return [
        vertel_terug(een, versie)
        for versie in versies
        for een in lees_eerder_terug({versie._meta.model_name: [versie.pk]}).values()
    ]


def _wegen(user: User, plek: Opmerking, versies: Sequence[Any]) -> Iterator[Weg]:
    """To where it is typed, decided on and told, for who may go there."""
    if plek.bestand:
        if plek.bestand.door_id == user.pk:
            yield "Naar het bestand", reverse("importbestand", args=[plek.bestand.pk])
        return
    soort, geschiedenis = _soort(plek), "geschiedenis" if plek.indicator else "bezetting_geschiedenis"
    if user.mag(soort.invoer) and soort.in_bereik(lees_reikwijdte(user, soort.invoer), plek):
        yield "Naar de cel", soort.adres(plek)
    for versie in versies:
        if versie.staat == Staat.INGEDIEND and user.mag_overal(soort.besluit):
            yield "Naar vaststellen", f"{reverse(soort.pagina)}#keuze-{soort.code}-{versie.pk}"
        if user.mag(Recht.SPOOR_LEZEN):
            yield "Geschiedenis", reverse(geschiedenis, args=[versie.pk])


bij_waarde, bij_bezetting, bij_import = _pagina(zoek_waarde), _pagina(zoek_bezetting), _pagina(zoek_import)
