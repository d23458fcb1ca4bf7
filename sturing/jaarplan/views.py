"""The pages of the jaarplan: a year as timelines, an activity with its history, adding, and reading in a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.peildatum import BestaatNiet, Nu, lees_bekend
from common.pagina.tonen import Context, Scherm, toon_pagina
from common.tekst.tekens import lees_sleutel
from common.vaststellen.bewaking import Geweigerd, Verouderd
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.voorleggen import lees_gezien, meld_fouten
from strategie.models import Activiteit, Agenda, Hoofdlijn, Thema
from sturing.jaarplan.blik import Planblik, lees_planblik, plankruimels
from sturing.jaarplan.forms import Activiteitformulier, Overneemformulier, Plankeuze
from sturing.jaarplan.services import StaatAl, houdt_bij, mag_voortgang, neem_over, voeg_toe, wijzig
from sturing.jaarplan.tables import maak_tabel
from sturing.jaarplan.tijdbalk import teken_maanden, teken_tijdbalk
from sturing.jaarplan.versies import Botsing, lees_botsing, lees_stappen, lees_woorden
from sturing.lezen.jaarplan import (
    Planregel,
    dit_jaar,
    herkomstzin,
    hoofdlijnen_van,
    lees_jaarplan,
    planjaren,
    planregels,
    uit_agenda,
)
from sturing.lezen.volgingen import lees_volgknop
from sturing.lezen.vragen import lees_vragen, vraagwoord
from sturing.models import Activiteitversie, Planactiviteit
from sturing.regels.planinvoer import lees_inhoud

_HERKOMST, _MAP = "scherm jaarplan", "sturing/jaarplan"
FORMULIER = "#wijzigen"
FormView = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Balkregel:
    """An activity on the timeline of a year."""

    regel: Planregel
    jaar: int

    @property
    def tijdbalk(self) -> str:
        return teken_tijdbalk(self.regel, self.jaar)


@dataclass(frozen=True)
class Themalijn:
    """The activities of a theme, what is late first."""

    thema: Thema
    regels: Sequence[Balkregel]

    @property
    def achter(self) -> int:
        return sum(rij.regel.loopt_achter for rij in self.regels)


def _wie(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment]  # each page asks for a right
    return user


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def jaarplan(request: HttpRequest) -> HttpResponse:
    """To the plan of this year; what was asked of it goes along."""
    bekend, dag = lees_bekend(request)
    vraag = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("jaarplan_jaar", args=[dit_jaar(planjaren(bekend.moment), dag)]) + vraag)


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def jaarplan_jaar(request: HttpRequest, jaar: int) -> HttpResponse:
    return toon_pagina(request, lambda: _jaarplan(request, lees_planblik(request, jaar)))


def _jaarplan(request: HttpRequest, blik: Planblik) -> Scherm:
    user, agenda = _wie(request), Agenda.objects.filter(begin_jaar__lte=blik.jaar).order_by("begin_jaar").last()
    alle = planregels(lees_jaarplan(blik.jaar, blik.bekend.moment), blik.dag)
    themas = list(agenda.themas.order_by("soort", "nummer")) if agenda else []
    keuze = Plankeuze(request.GET, themas=themas, regels=alle)
    regels = keuze.kies(alle, user)
    tabel = maak_tabel(regels, blik.titel, met_reden=user.mag(Recht.CIJFERS_LEZEN), noten=blik.bekend.noten)

    def _inhoud() -> Context:
        return {
            "blik": blik,
            "keuze": keuze,
            "regels": regels,
            "alle": alle,
            "achter": sum(regel.loopt_achter for regel in regels),
            "herkomst": herkomstzin(len(alle), sum(regel.versie.plan.activiteit_id is None for regel in alle)),
            "tijdlijnen": _tijdlijnen(themas, regels, blik.jaar),
            "maanden": teken_maanden(blik.dag, blik.jaar),
            "jaren": sorted({*planjaren(blik.bekend.moment), *_jaren(agenda, blik.dag)}, reverse=True),
            "houdt_bij": user.mag(Recht.JAARPLAN_BIJHOUDEN) and not blik.bekend.in_adres,
            "vandaag": timezone.localdate(),
        }

    sjabloon = f"{_MAP}/_jaarplan.html"
    return Scherm(sjabloon, f"Jaarplan {blik.jaar}", plankruimels(blik.jaar), _inhoud, lambda: blik.kader, [tabel])


def _jaren(agenda: Agenda | None, dag: date) -> Iterable[int]:
    """This year and the next, as far as the agenda goes."""
    return [jaar for jaar in (dag.year, dag.year + 1) if agenda and agenda.begin_jaar <= jaar <= agenda.eind_jaar]


def _tijdlijnen(themas: Iterable[Thema], regels: Iterable[Planregel], jaar: int) -> list[Themalijn]:
    per_thema: dict[int, list[Balkregel]] = {}
    for regel in regels:
        per_thema.setdefault(regel.versie.plan.hoofdlijn.thema_id, []).append(Balkregel(regel, jaar))
    return [Themalijn(thema, per_thema[thema.pk]) for thema in themas if thema.pk in per_thema]


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.AGENDA_LEZEN)
def planactiviteit(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Planactiviteit.objects.select_related("hoofdlijn__thema", "activiteit"), pk=pk)
    bekend, dag = lees_bekend(request)
    pagina = _Activiteitpagina(request, plan, bekend, dag)
    if request.method == "POST":
        return pagina.wijzig()
    return pagina.toon()


class _Activiteitpagina:
    """One activity, as known on a day, with the form for who may change it today."""

    def __init__(self, request: HttpRequest, plan: Planactiviteit, bekend: Nu, dag: date) -> None:
        self.request, self.plan, self.bekend, self.dag = request, plan, bekend, dag
        self.user = _wie(request)

    @cached_property
    def versie(self) -> Activiteitversie:
        """Raises BestaatNiet on a day on which it was not there."""
        versies = self.plan.versies.select_related("eigenaar", "door").prefetch_related("mijlpalen", "indicatoren")
        versie: Activiteitversie | None = self.bekend.geldend(versies).first()
        if versie is None:
            raise BestaatNiet(
                f"Deze activiteit stond op {self.dag:%d-%m-%Y} nog niet in het jaarplan. Kies een latere dag.",
                ("Terug naar vandaag: deze activiteit zoals zij nu is", self.request.path),
            )
        versie.plan = self.plan
        return versie

    def wijzig(self) -> HttpResponse:
        if self.bekend.in_adres or not mag_voortgang(self.user, self.versie):
            raise PermissionDenied
        formulier, gezien = self._formulier(self.request.POST), lees_gezien(self.request)
        if formulier.vraagt_meer:
            return self.toon(formulier, gezien=gezien)
        try:
            nu = wijzig(self.plan.pk, formulier.tekst, gezien, door=self.user, herkomst=_HERKOMST)
        except Verouderd as fout:
            return self._botsing(formulier, gezien, fout)
        except (InvoerFout, Geweigerd) as fout:
            _meld(formulier, fout)
            return self.toon(formulier, gezien=gezien, status=400)
        zin = "De wijziging is bewaard." if nu.nummer != gezien else "Er was niets anders; er is niets gewijzigd."
        messages.success(self.request, zin)
        return redirect(reverse("planactiviteit", args=[self.plan.pk]) + "#inhoud")

    def _botsing(self, formulier: Activiteitformulier, gezien: int | None, fout: Verouderd) -> HttpResponse:
        """Both values, and the form with the two together, to be sent once more."""
        del self.versie
        getypt, _ = lees_inhoud(formulier.tekst, self.plan.jaar, self.dag)
        botsing = lees_botsing(self.versie, gezien, getypt, lees_woorden())
        samen = self._formulier(initial=_velden_van(botsing))
        return self.toon(samen, botsing=botsing, melding=str(fout), status=409)

    def _formulier(self, *getypt: Any, initial: Mapping[str, Any] | None = None) -> Activiteitformulier:
        return Activiteitformulier(
            *getypt,
            vandaag=self.dag,
            volledig=houdt_bij(self.user, self.plan.hoofdlijn.thema),
            versie=self.versie,
            initial=initial or Activiteitformulier.uit(self.versie),
        )

    def toon(
        self,
        formulier: Activiteitformulier | None = None,
        *,
        gezien: int | None = None,
        botsing: Botsing | None = None,
        melding: str = "",
        status: int = 200,
    ) -> HttpResponse:
        versie, user = self.versie, self.user
        mag = not self.bekend.in_adres and mag_voortgang(user, versie)
        leest = user.mag(Recht.CIJFERS_LEZEN)
        regel = Planregel(versie, self.dag)
        context = {
            "blik": Planblik(self.plan.jaar, self.bekend, self.dag),
            "plan": self.plan,
            "regel": regel,
            "rij": Balkregel(regel, self.plan.jaar),
            "maanden": teken_maanden(self.dag, self.plan.jaar),
            "leest_redenen": leest,
            "stappen": lees_stappen(self.plan, self.bekend.moment, lees_woorden()) if leest else [],
            "knop": None if self.bekend.in_adres else lees_volgknop(user, "activiteit", str(self.plan.pk)),
            "vraagwoord": "" if self.bekend.in_adres else vraagwoord(user, {self.plan.hoofdlijn.thema.slug}),
            "vragen": lees_vragen(user, moment=self.bekend.moment, plan=self.plan),
            "formulier": formulier or (self._formulier() if mag else None),
            "gezien": versie.nummer if gezien is None else gezien,
            "botsing": botsing,
            "melding": melding,
            "terugblik": self.bekend.terugblik,
            "kruimels": plankruimels(self.plan.jaar, versie.titel),
        }
        return render(self.request, f"{_MAP}/activiteit.html", context, status=status)


def _velden_van(botsing: Botsing) -> dict[str, Any]:
    """The form with what two people wrote together."""
    samen = botsing.samen
    dagen = [(m.datum.isoformat(), m.titel, m.gereed_op.isoformat() if m.gereed_op else "") for m in samen.mijlpalen]
    return {
        "titel": samen.titel,
        "eigenaar": samen.eigenaar or "",
        "begin": samen.begin.isoformat(),
        "eind": samen.eind.isoformat(),
        "status": samen.status,
        "reden": samen.reden,
        "indicatoren": sorted(samen.indicatoren),
        "mijlpalen": dagen,
    }


def _meld(formulier: Activiteitformulier, fout: InvoerFout | Geweigerd) -> None:
    """Each fault at its field; those of milestones stand on fields that the page makes itself."""
    if isinstance(fout, StaatAl):
        formulier.dubbel = fout.ander
    if isinstance(fout, InvoerFout):
        eigen: dict[str, str] = {}
        for een in fout.fouten:
            if een.kolom.startswith("mijlpaal-"):
                eigen[een.kolom] = f"{eigen.get(een.kolom, '')} {een.reden}".strip()
        formulier.mijlpaalfouten = eigen
        fout = InvoerFout([een for een in fout.fouten if een.kolom not in eigen])
    meld_fouten(formulier, fout)


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.JAARPLAN_BIJHOUDEN)
def planactiviteit_nieuw(request: HttpRequest, jaar: int) -> HttpResponse:
    """One activity of one's own making, or several that the agenda names already."""
    blik, user = lees_planblik(request, jaar), _wie(request)
    hoofdlijnen = [lijn for lijn in hoofdlijnen_van(jaar) if houdt_bij(user, lijn.thema)]
    neemt_over = request.method == "POST" and "overnemen" in request.POST
    maakt = request.method == "POST" and not neemt_over
    begin = {"status": "niet-gestart", "begin": f"{jaar}-01-01", "eind": f"{jaar}-12-31"}
    begin |= {"hoofdlijn": request.GET.get("hoofdlijn", "")}
    formulier = Activiteitformulier(
        *([request.POST] if maakt else []), vandaag=blik.dag, hoofdlijnen=hoofdlijnen, initial=begin
    )
    overname = Overneemformulier(*([request.POST] if neemt_over else []), vandaag=blik.dag, auto_id="over-%s")
    klaar = (
        _neem_over(request, blik, overname)
        if neemt_over
        else maakt and not formulier.vraagt_meer and _voeg_toe(request, blik, formulier, hoofdlijnen)
    )
    if klaar:
        return redirect(klaar)
    fout = bool(formulier.errors or formulier.mijlpaalfouten or overname.errors) and request.method == "POST"
    context = {
        "blik": blik,
        "formulier": formulier,
        "overname": overname,
        "agenda": _per_hoofdlijn(jaar, hoofdlijnen),
        "gekozen": set(request.POST.getlist("keuze")),
        "kruimels": plankruimels(jaar, "Activiteit toevoegen"),
    }
    return render(request, f"{_MAP}/nieuw.html", context, status=400 if fout else 200)


def _voeg_toe(
    request: HttpRequest, blik: Planblik, formulier: Activiteitformulier, hoofdlijnen: Sequence[Hoofdlijn]
) -> str:
    """The address of what was made; empty when the form must be shown again with its faults."""
    gekozen = {str(lijn.pk): lijn for lijn in hoofdlijnen}.get(request.POST.get("hoofdlijn", ""))
    try:
        if gekozen is None:
            raise InvoerFout([Fout(0, "hoofdlijn", "Kies een hoofdlijn van een thema waarvan u het plan bijhoudt.")])
        versie = voeg_toe(blik.jaar, gekozen, formulier.tekst, door=_wie(request), herkomst=_HERKOMST)
    except (InvoerFout, Geweigerd) as fout:
        _meld(formulier, fout)
        return ""
    zonder = "" if versie.eigenaar_id else " Zij heeft nog geen eigenaar; dan krijgt niemand er bericht van."
    messages.success(request, f"De activiteit staat in het jaarplan.{zonder}")
    return reverse("planactiviteit", args=[versie.plan_id])


def _neem_over(request: HttpRequest, blik: Planblik, formulier: Overneemformulier) -> str:
    keuze = [pk for tekst in request.POST.getlist("keuze") if (pk := lees_sleutel(tekst))]
    wie: dict[str, Any] = {"door": _wie(request), "herkomst": _HERKOMST}
    try:
        gemaakt = neem_over(blik.jaar, keuze, formulier.gekozen_eigenaar, **wie)
    except (InvoerFout, Geweigerd) as fout:
        meld_fouten(formulier, fout)
        return ""
    hoeveel = "1 activiteit is" if len(gemaakt) == 1 else f"{len(gemaakt)} activiteiten zijn"
    messages.success(request, f"{hoeveel} overgenomen. Vul bij elk aan wat anders is: dagen, mijlpalen, indicatoren.")
    return reverse("jaarplan_jaar", args=[blik.jaar])


def _per_hoofdlijn(jaar: int, hoofdlijnen: Sequence[Hoofdlijn]) -> list[tuple[Hoofdlijn, list[Activiteit]]]:
    mag = {lijn.pk for lijn in hoofdlijnen}
    per_lijn: dict[Hoofdlijn, list[Activiteit]] = {}
    for activiteit in uit_agenda(jaar):
        if activiteit.hoofdlijn_id in mag:
            per_lijn.setdefault(activiteit.hoofdlijn, []).append(activiteit)
    return list(per_lijn.items())
