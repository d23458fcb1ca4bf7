"""People with a past: days on which bezetting was approved and corrected, and one on which the plan was changed."""

from __future__ import annotations

import random
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from common.tekst.periode import Kwartaal
from formatie.models import Bezetting, Formatieplan
from tests.factories import BezettingFactory
from tests.integration.formatie.opstelling import laad_plan, nieuw_plan, vul_bezetting
from tests.integration.monitor.dashboards.verleden import moment

DAGEN = [date(2026, 2, 20), date(2026, 3, 31), date(2026, 5, 10), date(2026, 8, 15)]
EINDE = date(2026, 11, 20)
BESLUIT, INGANG = date(2026, 5, 8), date(2026, 7, 1)
Q4, Q1 = Kwartaal(2025, 4), Kwartaal(2026, 1)
VELDEN = ("onderdeel", "soort", "jaar", "kwartaal", "os", "nos", "aspiranten", "wijkagenten", "wijkagenten_expert",
          "ziek", "status")  # fmt: skip


def corrigeer(oud: Bezetting, op: datetime, **anders: Any) -> Bezetting:
    Bezetting.objects.filter(pk=oud.pk).update(staat="vervangen", vervangen_op=op)
    inhoud = {veld: getattr(oud, veld) for veld in VELDEN} | anders
    return BezettingFactory(**inhoud, vervangt=oud, vervangreden="Nageteld.", vastgesteld_op=op)


class Verleden:
    """Three full quarters to begin with; then something random on each day, the same for the same seed."""

    def __init__(self, zaad: int) -> None:
        self.toeval, self.plan = random.Random(zaad), laad_plan()
        vul_bezetting(Q4, 3)
        geldend = list(Bezetting.objects.filter(jaar=Q4.jaar, kwartaal=Q4.nummer).order_by("pk"))
        self.nog_op_te_geven = self.toeval.sample(geldend, len(geldend))

    def beleef(self, dag: date) -> None:
        for nummer in range(3):
            self.verander(moment(dag, 8 + nummer))
        self.vul_aan(moment(dag), len(self.nog_op_te_geven) if dag == DAGEN[2] else 4)
        if dag == DAGEN[2]:
            self.wijzig_plan()

    def verander(self, op: datetime) -> None:
        oud = self.toeval.choice(list(Bezetting.objects.geldend().order_by("pk")))
        corrigeer(oud, op, os=oud.os + Decimal(self.toeval.randint(1, 9)) / 2)

    def vul_aan(self, op: datetime, aantal: int) -> None:
        """The first figures of some parts for the quarter after; at last of all of them."""
        nu, self.nog_op_te_geven = self.nog_op_te_geven[:aantal], self.nog_op_te_geven[aantal:]
        for voorbeeld in nu:
            inhoud = {veld: getattr(voorbeeld, veld) for veld in VELDEN} | {"jaar": Q1.jaar, "kwartaal": Q1.nummer}
            BezettingFactory(**inhoud, vastgesteld_op=op)

    def wijzig_plan(self) -> None:
        """A version that was decided before it came into force, and that ends the one before it."""
        nieuw = nieuw_plan(self.plan, "gewijzigd", INGANG)
        Formatieplan.objects.filter(pk=nieuw.pk).update(besluitdatum=BESLUIT)
        Formatieplan.objects.filter(pk=self.plan.pk).update(geldig_tot=INGANG)
