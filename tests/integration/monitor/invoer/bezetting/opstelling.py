"""A small unit with a plan and the two derived indicators."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from accounts.models import User
from formatie.models import Bezetting, Formatieplan
from monitor.invoer.bezetting.indicatorwaarden import VERSCHIL, WIJKAGENTEN
from monitor.invoer.bezetting.services import dien_bezetting_in
from monitor.invoer.bezetting.validatie import Opgave
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import BEZETTING
from monitor.models import Indicator
from tests.factories import DoelstellingFactory, IndicatorFactory, MonitorregelFactory, maak_eenheid, maak_plan

TEAMS = ("A1", "A2", "A3", "B1", "B2")
TOTALEN = {("A", "totaal"): "323.6", ("B", "totaal"): "206", ("RE07", "totaal"): "529.5"}
"""As a plan prints them: that of the unit differs a little from the sum of its parts (529,6)."""
PLAATSEN = {
    **TOTALEN,
    **{(team, "basisteam"): "100" for team in TEAMS},
    **{(team, "wijkagenten"): "20" for team in TEAMS},
    ("A", "leiding"): "3",
    ("A", "flexteam"): "20.6",
    ("B", "leiding"): "6",
}
A1 = Opgave(
    rij=1, onderdeel="A1", soort="basisteam", jaar=2025, kwartaal=1, os=Decimal("85.5"), nos=Decimal(10),
    aspiranten=Decimal(12), wijkagenten=Decimal("17.5"), wijkagenten_expert=Decimal(1), ziek=None,
    status="definitief", meetdatum=None, toelichting="",
)  # fmt: skip


def van(team: str, rij: int = 2, **velden: object) -> Opgave:
    return replace(A1, onderdeel=team, rij=rij, **velden)  # type: ignore[arg-type]  # fields of Opgave


def maak_wereld() -> Formatieplan:
    onderdelen = maak_eenheid()
    plan = maak_plan(PLAATSEN)
    wijk = IndicatorFactory(
        code=WIJKAGENTEN, naam="Bezetting wijkagenten", percentage=True, herkomst=Indicator.Herkomst.AFGELEID,
        personeel=True, tijd=Indicator.Tijd.LAATSTE,
    )  # fmt: skip
    verschil = IndicatorFactory(
        code=VERSCHIL, naam="Formatie/bezetting", eenheid="fte", decimalen=1, aggregatie=Indicator.Aggregatie.STAND,
        richting=Indicator.Richting.GEEN, niveau=Indicator.Niveau.BASISTEAM, herkomst=Indicator.Herkomst.AFGELEID,
        personeel=True,
    )  # fmt: skip
    for indicator in (wijk, verschil):
        MonitorregelFactory(indicator=indicator, thema__slug="inzetbaarheid")
    DoelstellingFactory(
        indicator=wijk, onderdeel=onderdelen["RE07"], soort="minimum", streefwaarde=Decimal(97), marge=Decimal(2)
    )
    return plan


def stel_op(*opgaven: Opgave, door: User, vaststeller: User, reden: str = "") -> list[Bezetting]:
    rijen, _ = dien_bezetting_in(opgaven, door=door, herkomst="proef", reden=reden)
    return stel_vast(BEZETTING, rijen, door=vaststeller, herkomst="proef")
