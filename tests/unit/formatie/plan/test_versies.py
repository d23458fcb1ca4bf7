"""Which version of the plan is in force when, and what a version changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

from common.tekst.periode import Kwartaal
from common.tekst.tekens import kaal
from formatie.models import Formatieplan
from formatie.plan.versies import (
    Plancijfer,
    Wijziging,
    besloten_op,
    geldend,
    per_kwartaal,
    versies,
    vorige,
    wijzigingen,
)
from formatie.plan.zoeken import past

OUD = Formatieplan(pk=1, slug="oud", geldig_vanaf=date(2023, 1, 1), geldig_tot=date(2025, 7, 1))
NIEUW = Formatieplan(pk=2, slug="nieuw", geldig_vanaf=date(2025, 6, 15))


def test_de_laatste_die_inging_geldt() -> None:
    plannen = [NIEUW, OUD]
    assert geldend(plannen, date(2022, 12, 31)) is None
    assert geldend(plannen, date(2025, 6, 14)) == OUD
    assert geldend(plannen, date(2025, 6, 15)) == NIEUW
    assert geldend([OUD], date(2025, 7, 1)) is None
    assert (vorige(plannen, NIEUW), vorige(plannen, OUD)) == (OUD, None)


def test_van_een_kwartaal_telt_de_laatste_dag() -> None:
    per = per_kwartaal([OUD, NIEUW], Kwartaal(2025, 1), Kwartaal(2025, 3))
    assert [plan.slug if plan else "" for plan in per.values()] == ["oud", "nieuw", "nieuw"]


def test_wat_toen_besloten_was_met_het_einde_dat_toen_bekend_was() -> None:
    wissel, eind = date(2025, 7, 1), date(2027, 1, 1)
    eerste = Formatieplan(besluitdatum=date(2022, 4, 4), geldig_vanaf=date(2023, 1, 1), geldig_tot=wissel)
    tweede = Formatieplan(besluitdatum=date(2025, 5, 8), geldig_vanaf=wissel, geldig_tot=eind)
    plannen = [eerste, tweede]
    assert besloten_op(plannen, date(2022, 4, 3)) == []
    assert [plan.geldig_tot for plan in besloten_op(plannen, date(2025, 5, 7))] == [None]
    assert [plan.geldig_tot for plan in besloten_op(plannen, date(2025, 5, 8))] == [wissel, eind]
    assert eerste.geldig_tot == wissel  # only looked at


def test_de_lijst_zegt_welke_geldt_en_wat_eraan_voorafging() -> None:
    lijst = versies([OUD, NIEUW], date(2024, 1, 1))
    assert [(v.plan.slug, v.geldt, v.vorige.slug if v.vorige else "") for v in lijst] == [
        ("nieuw", False, "oud"),
        ("oud", True, ""),
    ]


def test_wat_een_versie_verandert() -> None:
    def plek(waarde: str) -> Plancijfer:
        return Plancijfer("Dienst", "Regel", "FTE", D(waarde))

    oud = {"a": plek("16"), "b": plek("5"), "weg": plek("3")}
    nieuw = {"a": plek("16.0"), "b": plek("7.5"), "erbij": plek("2")}
    gevonden = wijzigingen(oud, nieuw)
    assert gevonden == [
        Wijziging("Dienst", "Regel", "FTE", D(5), D("7.5")),
        Wijziging("Dienst", "Regel", "FTE", None, D(2)),
        Wijziging("Dienst", "Regel", "FTE", D(3), None),
    ]
    assert [w.verschil for w in gevonden] == [D("2.5"), None, None]
    assert [w.soort for w in gevonden] == ["gewijzigd", "nieuw", "vervallen"]


def test_zoeken_let_niet_op_hoofdletters_accenten_en_streepjes() -> None:
    assert kaal("Zuid–Holland–Zuid, Coördinatie") == "zuid holland zuid coordinatie"
    assert past("ZUID-HOLLAND", "Zuid–Holland–Zuid")
    assert past("coordinatie regio", "Regiostaf", "Coördinatie & ondersteuning")
    assert past("", "iets")
    assert past(" \x00 ", "iets")
    assert not past("haven noord", "Haven")
