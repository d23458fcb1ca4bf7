"""A unit with one indicator in two themes' worth of people: who asks, who answers, who prepares and who only reads."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.models import Indicator
from sturing.models import Overleg, Vraag
from sturing.overleg.services import plan_overleg
from sturing.overleg.vragen.selectors import Onderwerp, zoek_onderwerp
from sturing.overleg.vragen.services import stel_vraag
from tests.factories import IndicatorFactory, MonitorregelFactory, maak_eenheid, maak_persoon

VANDAAG = date(2025, 11, 2)
NU = datetime(2025, 11, 2, 12, 0, tzinfo=UTC)
MENSEN: dict[str, tuple[str, dict[str, str]]] = {
    "rob": ("rvo-lid", {}),
    "rosa": ("rvo-lid", {}),
    "anna": ("analist", {}),
    "vera": ("vaststeller", {}),
    "chef-a": ("districtschef", {"onderdeel": "A"}),
    "chef-b": ("districtschef", {"onderdeel": "B"}),
    "porte": ("portefeuillehouder", {"thema": "werk"}),
    "poort": ("portefeuillehouder", {"thema": "ander"}),
    "bea": ("beheerder", {}),
    "dirk": ("programmadirecteur", {}),
    "dora": ("programmadirecteur", {}),
    "ada": ("adviescommissie", {}),
}


def maak_mensen() -> None:
    maak_eenheid()
    MonitorregelFactory(indicator=IndicatorFactory(code="een", naam="Een"), thema__slug="werk")
    voor_iedereen = {"thema__slug": "politie-voor-iedereen"}
    MonitorregelFactory(indicator=IndicatorFactory(code="breed", naam="Breed"), **voor_iedereen)
    for naam, (rol, waar) in MENSEN.items():
        maak_persoon(rol, naam=naam, **waar)


def wie(naam: str) -> User:
    return User.objects.get(username=naam)


def door(naam: str, op: datetime = NU) -> dict[str, Any]:
    return {"door": wie(naam), "herkomst": "proef", "op": op}


def over(code: str = "een", onderdeel: str = "RE07") -> Onderwerp:
    gevonden = zoek_onderwerp(f"indicator:{code}").onderwerp
    waar = Onderdeel.objects.get(code=onderdeel)
    return Onderwerp(indicator=gevonden.indicator, onderdeel=waar, kwartaal=Kwartaal(2025, 3))


def vraag(naam: str = "rob", tekst: str = "Waarom?", overleg: Overleg | None = None, **waar: str) -> Vraag:
    return stel_vraag(over(**waar), tekst, overleg, formulier=f"{naam} {tekst} {waar}", **door(naam))


def overleg(datum: date = date(2025, 12, 11), titel: str = "RVO") -> Overleg:
    return plan_overleg(titel, datum, **door("dirk"))


def een_indicator() -> Indicator:
    return Indicator.objects.get(code="een")
