"""A small agenda: two themes under one assignment, each with ambitions, a main line and an activity, and indicators."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import KOPPELING
from monitor.models import Indicator
from strategie.models import Activiteit, Agendafeit, Ambitie, Hoofdlijn, Opdracht, Thema, Trend, Zetel
from sturing.doelenboom.services import stel_koppeling_voor
from sturing.models import Koppelbaar, Koppeling
from tests.factories import AgendaFactory, maak_persoon
from tests.integration.monitor.dashboards.opstelling import maak_monitor

HERKOMST = "proef"


def maak_agenda() -> None:
    maak_monitor()
    vul_agenda()


def vul_agenda() -> None:
    """On top of the small monitor."""
    agenda = AgendaFactory()
    opdracht = Opdracht.objects.create(agenda=agenda, nummer=1, tekst="Doe het beter.", bronregel="5")
    waar = {"agenda": agenda, "opdracht": opdracht, "bronregel": "3"}
    Trend.objects.create(nummer=1, titel="Het wordt drukker", tekst="Overal.", **waar)
    for thema in Thema.objects.filter(slug__in=("opsporing", "wijk")):
        thema.opdracht = opdracht
        thema.save()
        _vul(thema)
    Thema.objects.filter(slug="wijk").update(bovenliggend_bronregel="9")
    _maak_feiten(Thema.objects.get(slug="opsporing"), Thema.objects.get(slug="wijk"))


def _vul(thema: Thema) -> None:
    for nummer in (1, 2):
        Ambitie.objects.create(thema=thema, nummer=nummer, tekst=f"Wens {nummer} van {thema}.", bronregel="10")
    eerste = Hoofdlijn.objects.create(thema=thema, nummer=1, titel="Lijn 1", tekst="Zo.", bronregel="11")
    Activiteit.objects.create(hoofdlijn=eerste, nummer=1, tekst=f"Werk 1 van {thema}.", bronregel="12")


def _maak_feiten(opsporing: Thema, wijk: Thema) -> None:
    vast: dict[str, Any] = {"agenda": opsporing.agenda, "nummer": 1, "tekst": "In eigen woorden.", "bronregel": "20"}
    soort = Agendafeit.Soort
    Agendafeit.objects.create(soort=soort.PARTNER, naam="De buren", thema=opsporing, **vast)
    Agendafeit.objects.create(soort=soort.DWARSVERBAND, naam="Samen", thema=opsporing, naar=wijk, **vast)
    Agendafeit.objects.create(soort=soort.BESLUIT, naam="Wie het wilde", **vast)
    Zetel.objects.create(ambt=Zetel.Ambt.POLITIECHEF, gebied="Rotterdam", bronregel="21")


def ambitie(thema: str = "opsporing", nummer: int = 1) -> Ambitie:
    return Ambitie.objects.select_related("thema").get(thema__slug=thema, nummer=nummer)


def lijn(thema: str = "opsporing") -> Hoofdlijn:
    return Hoofdlijn.objects.select_related("thema").get(thema__slug=thema, nummer=1)


def activiteit(thema: str = "opsporing") -> Activiteit:
    return Activiteit.objects.select_related("hoofdlijn__thema").get(hoofdlijn=lijn(thema), nummer=1)


def indicator(code: str = "verdachten") -> Indicator:
    return Indicator.objects.get(code=code)


def voorsteller() -> User:
    return maak_persoon("programmadirecteur", naam="petra")


def vaststeller() -> User:
    return maak_persoon("vaststeller", naam="vera")


def stel_voor(boven: Koppelbaar, onder: Koppelbaar, *, geldt: bool = True, reden: str = "Dit hoort zo.") -> Koppeling:
    return stel_koppeling_voor(boven, onder, geldt=geldt, reden=reden, door=voorsteller(), herkomst=HERKOMST)


def koppel(boven: Koppelbaar, onder: Koppelbaar, **hoe: Any) -> Koppeling:
    """Proposed and approved."""
    return stel_vast(KOPPELING, [stel_voor(boven, onder, **hoe)], door=vaststeller(), herkomst=HERKOMST)[0]
