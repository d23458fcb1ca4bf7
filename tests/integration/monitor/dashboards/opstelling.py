"""A small monitor with every kind of indicator, computed by the real calculation. Every figure is made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from formatie.models import Onderdeel
from monitor.models import Doelstelling, Indicator, Meting, Monitorregel
from monitor.rekenen.herberekenen import herbereken
from tests.databaserol import als_superuser
from tests.factories import (
    AgendaFactory,
    DoelstellingFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    ThemaFactory,
    UserFactory,
    maak_eenheid,
)

VANDAAG = date(2025, 11, 23)
KWARTAAL = "2025-Q3"
Soort = Doelstelling.Soort


def maak_monitor(districten: Mapping[str, int] | None = None, extra: int = 0) -> dict[str, Onderdeel]:
    """Two themes; ``extra`` more volumes of the unit. The quarter to look at is KWARTAAL."""
    agenda = AgendaFactory()
    onderdelen = maak_eenheid(dict(districten) if districten else None)
    opsporing = ThemaFactory(agenda=agenda, slug="opsporing", naam="Opsporing", nummer=1)
    wijk = ThemaFactory(agenda=agenda, slug="wijk", naam="Wijk", nummer=2)
    ThemaFactory(agenda=agenda, slug="onrust", naam="Onrust", nummer=3, geen_doel="Geen doelstellingen")
    _volumes(opsporing, onderdelen["RE07"], extra)
    _verhoudingen(wijk, onderdelen)
    herbereken(vandaag=VANDAAG)
    return onderdelen


def regel(thema: object, code: str, **indicator: object) -> Indicator:
    gemaakt = IndicatorFactory(code=code, naam=code.capitalize().replace("-", " "), **indicator)
    MonitorregelFactory(agenda=AgendaFactory(), thema=thema, indicator=gemaakt, volgorde=Monitorregel.objects.count())
    return gemaakt


def _volumes(thema: object, eenheid: Onderdeel, extra: int) -> None:
    verdachten = regel(thema, "verdachten", eenheid="verdachten")
    _doel(verdachten, eenheid, soort=Soort.JAARVOLUME, streefwaarde=30, marge=10)
    for kwartaal, waarde in ((1, 9), (2, 6), (3, 6)):
        MetingFactory(indicator=verdachten, onderdeel=eenheid, kwartaal=kwartaal, waarde=Decimal(waarde))
    deel = regel(thema, "verdachten-jong", eenheid="verdachten", waarvan_van=verdachten)
    MetingFactory(indicator=deel, onderdeel=eenheid, kwartaal=3, waarde=Decimal(0))
    csv = regel(thema, "csv", gevoelig=True, niveau="basisteam")
    _doel(csv, eenheid, soort=Soort.ONBEKEND, streefwaarde=None, marge=None)
    for nummer in range(extra):
        ander = regel(thema, f"extra-{nummer}")
        _doel(ander, eenheid, soort=Soort.JAARVOLUME, streefwaarde=40, marge=10)
        MetingFactory(indicator=ander, onderdeel=eenheid, kwartaal=3, waarde=Decimal(nummer), status="voorlopig")


def _verhoudingen(thema: object, onderdelen: dict[str, Onderdeel]) -> None:
    tijd = regel(thema, "aanrijdtijd", percentage=True)
    verzuim = regel(thema, "verzuim", percentage=True, richting="lager", personeel=True)
    enquete = regel(thema, "tevredenheid", enquete=True)
    eenheid = onderdelen["RE07"]
    _doel(tijd, eenheid, soort=Soort.MINIMUM, streefwaarde=82, marge=2)
    _doel(verzuim, eenheid, soort=Soort.MAXIMUM, streefwaarde=Decimal("5.9"), marge=Decimal("0.5"))
    _doel(enquete, eenheid, jaar=2023, soort=Soort.VERBETERING, streefwaarde=None, marge=None)
    for jaar, waarde in ((2021, 40), (2023, 45)):
        MetingFactory(indicator=enquete, onderdeel=eenheid, jaar=jaar, kwartaal=None, waarde=Decimal(waarde))
    teams = [o for o in onderdelen.values() if o.soort == Onderdeel.Soort.BASISTEAM]
    wie = {"ingevoerd_door": UserFactory(username="invoerder"), "vastgesteld_door": UserFactory(username="goedkeurder")}
    Meting.objects.bulk_create(
        MetingFactory.build(
            indicator=indicator,
            onderdeel=team,
            kwartaal=kwartaal,
            waarde=None,
            teller=teller,
            noemer=100,
            demo=True,
            **wie,
        )
        for nummer, team in enumerate(teams)
        for kwartaal in (1, 2, 3)
        for indicator, teller in ((tijd, 80 + nummer % 3), (verzuim, 5 + nummer % 2))
    )
    with als_superuser():
        Meting.objects.filter(indicator=tijd, onderdeel=teams[-1], kwartaal=2).delete()


def _doel(indicator: Indicator, onderdeel: Onderdeel, **velden: object) -> None:
    DoelstellingFactory(indicator=indicator, onderdeel=onderdeel, **velden)
