"""Two meetings of the demo, one that has been and one that comes, with what was asked, decided and agreed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from formatie.models import Onderdeel
from monitor.demo.levering import Beschrijving
from monitor.demo.verhaal import Verhaal
from monitor.models import Indicator
from strategie.models import Ambitie
from sturing.models import Agendapunt, Overleg
from sturing.overleg.acties.services import maak_actie, meld_gereed
from sturing.overleg.services import neem_besluit, neem_punten_over, plan_overleg, trek_in, voeg_punt_toe
from sturing.overleg.voordragen import lees_voordrachten
from sturing.overleg.vragen.selectors import Onderwerp
from sturing.overleg.vragen.services import beantwoord, geef_vrij, stel_vraag


def vertel_overleg(verhaal: Verhaal) -> None:
    """Nothing where people planned a meeting themselves. ``dag`` counts from the first day of the last quarter."""
    if Overleg.objects.exists():
        return
    beschrijving = verhaal.lees("overleg")
    overleggen = {geval["naam"]: _plan(verhaal, geval) for geval in beschrijving["overleg"]}
    for geval in beschrijving["vraag"]:
        _vraag(verhaal, geval, overleggen[geval["overleg"]])
    for geval in beschrijving["besluit"]:
        _besluit(verhaal, geval, overleggen[geval["overleg"]])


def _dag(verhaal: Verhaal, dagen: int) -> date:
    return verhaal.opdracht.tot.begin() + timedelta(days=dagen)


def _wie(verhaal: Verhaal, naam: str, dagen: int) -> dict[str, Any]:
    return verhaal.wie(naam, verhaal.op(verhaal.opdracht.tot, dagen))


def _plan(verhaal: Verhaal, geval: Beschrijving) -> Overleg:
    wie = _wie(verhaal, "programmadirecteur", geval["gepland"])
    overleg = plan_overleg(geval["titel"], _dag(verhaal, geval["dag"]), plaats=geval["plaats"], **wie)
    gekozen = set(Indicator.objects.filter(code__in=geval["overgenomen"]).values_list("pk", flat=True))
    alle = lees_voordrachten(wie["door"], timezone.localdate(wie["op"]))
    if voordrachten := [een for een in alle if een.indicator in gekozen]:
        neem_punten_over(overleg, voordrachten, **wie)
    for titel, toelichting in geval["punten"].items():
        voeg_punt_toe(overleg, titel, toelichting, **wie)
    for titel, reden in geval.get("eraf", {}).items():
        _haal_eraf(overleg, titel, reden, _wie(verhaal, "programmadirecteur", geval["gepland"] + 2))
    return overleg


def _haal_eraf(overleg: Overleg, titel: str, reden: str, wie: dict[str, Any]) -> None:
    for punt in Agendapunt.objects.geldend().filter(overleg=overleg, titel=titel).select_related("overleg"):
        trek_in(punt, reden, **wie)


def _vraag(verhaal: Verhaal, geval: Beschrijving, overleg: Overleg) -> None:
    onderwerp = _onderwerp(verhaal, geval)
    if onderwerp is None:
        return
    wie = _wie(verhaal, geval["door"], geval["dag"])
    vraag = stel_vraag(onderwerp, geval["tekst"], overleg, formulier=geval["tekst"], **wie)
    if antwoord := geval.get("antwoord"):
        gegeven = beantwoord(vraag, antwoord["tekst"], gezien=0, **_wie(verhaal, antwoord["door"], antwoord["dag"]))
        if antwoord["vrijgegeven"]:
            wie = _wie(verhaal, "programmadirecteur", antwoord["dag"] + 1)
            geef_vrij(vraag, gezien=gegeven.nummer, **wie)


def _onderwerp(verhaal: Verhaal, geval: Beschrijving) -> Onderwerp | None:
    if code := geval.get("indicator"):
        indicator = Indicator.objects.filter(code=code).first()
        eenheid = Onderdeel.objects.filter(soort=Onderdeel.Soort.EENHEID).first()
        return Onderwerp(indicator, eenheid, verhaal.opdracht.tot.vorige()) if indicator and eenheid else None
    slug, nummer = geval["ambitie"]
    ambitie = Ambitie.objects.select_related("thema").filter(thema__slug=slug, nummer=nummer).last()
    return Onderwerp(ambitie=ambitie) if ambitie else None


def _besluit(verhaal: Verhaal, geval: Beschrijving, overleg: Overleg) -> None:
    wie = _wie(verhaal, "programmadirecteur", geval["dag"])
    punt = Agendapunt.objects.filter(overleg=overleg, titel=geval["punt"]).first()
    if punt is None:
        return
    besluit = neem_besluit(punt, geval["tekst"], **wie)
    for een in geval.get("actie", ()):
        eigenaar = verhaal.personen[een["eigenaar"]]
        actie = maak_actie(besluit, een["wat"], eigenaar, _dag(verhaal, een["uiterlijk"]), **wie)
        if gedaan := een.get("gedaan"):
            meld_gereed(actie, gedaan, gezien=1, **_wie(verhaal, een["eigenaar"], een["gereed"]))
