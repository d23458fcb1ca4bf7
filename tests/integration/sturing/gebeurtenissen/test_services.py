"""Events: what is refused and where that is said, who may, and which figures they touch on which day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan, Verouderd
from formatie.models import Onderdeel
from monitor.invoer.regels.waarneming import InvoerFout
from strategie.models import Thema
from sturing.gebeurtenissen.services import trek_gebeurtenis_in
from sturing.lezen.gebeurtenissen import lees_tijdlijn, plek_van
from sturing.models import Gebeurtenis
from tests.factories import maak_persoon
from tests.integration.sturing.opstelling import NU, houder, maak_agenda, noteer, trek_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _agenda() -> None:
    maak_agenda()


def _thema(slug: str) -> str:
    return str(Thema.objects.get(slug=slug).pk)


def _titels(code: str, *onderdelen: str) -> list[str]:
    alle = {een.code: een for een in Onderdeel.objects.all()}
    plek = frozenset().union(*(plek_van(alle[code], alle["RE07"]) for code in onderdelen or ("RE07",)))
    return [voorval.titel for voorval in lees_tijdlijn().van(code, plek)]


@pytest.mark.parametrize(
    ("anders", "veld", "zin"),
    [
        ({"datum": None}, "datum", "Vul de datum in."),
        ({"datum": date(2020, 12, 31)}, "datum", "Deze dag valt buiten elke grafiek. Kies een dag van 01-01-2021"),
        ({"datum": date(2027, 1, 1)}, "datum", "tot en met 31-12-2026."),
        ({"tot": date(2025, 5, 11)}, "tot", "De laatste dag ligt voor de eerste."),
        ({"tot": date(2027, 1, 1)}, "tot", "Deze dag valt buiten elke grafiek."),
        ({"titel": "x" * 61}, "titel", "De tekst is te lang: hoogstens 60 tekens."),
        ({"titel": "x" * 10_000}, "titel", "De tekst is te lang"),
        ({"titel": " "}, "titel", "Schrijf in enkele woorden wat er gebeurde."),
        ({"bron": ""}, "bron", "Schrijf waar dit staat"),
        ({"toelichting": "x" * 10_000}, "toelichting", "De tekst is te lang: hoogstens 2000 tekens."),
        ({"soort": "feest"}, "soort", "Kies wat voor gebeurtenis het is."),
        ({"indicatoren": ["weg"]}, "indicatoren", "“weg” bestaat niet."),
        ({"onderdelen": ["Z9"]}, "onderdelen", "“Z9” bestaat niet."),
        ({"alle_indicatoren": False}, "indicatoren", "een of meer indicatoren. Of vink aan dat het voor alle"),
        ({"alle_indicatoren": True, "indicatoren": ["verzuim"]}, "alle_indicatoren", "Kies dat, of alle indicatoren."),
        ({"overal": False}, "onderdelen", "Kies waar het geldt"),
        ({"overal": True, "onderdelen": ["A"]}, "overal", "Kies die, of de hele eenheid."),
        ({"thema": "99999"}, "thema", "Dit thema is er niet."),
        ({"thema": "1 OR 1=1"}, "thema", "Dit thema is er niet."),
    ],
)
def test_wat_niet_kan_staat_bij_zijn_veld(anders: dict[str, Any], veld: str, zin: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        noteer(**anders)
    assert zin in {een.kolom: een.reden for een in fout.value.fouten}[veld]
    assert not Gebeurtenis.objects.exists()


def test_een_thema_of_indicatoren() -> None:
    with pytest.raises(InvoerFout, match="niet allebei"):
        noteer(thema=_thema("eigen"), indicatoren=["verdachten"])


def test_twee_keer_dezelfde_op_een_dag() -> None:
    noteer()
    with pytest.raises(InvoerFout, match="staat er al"):
        noteer()
    noteer(datum=date(2025, 5, 13))


def test_wie_een_thema_heeft_noteert_daarover_en_nergens_anders_over() -> None:
    wie = houder()
    noteer(wie, thema=_thema("eigen"))
    noteer(wie, titel="Nog een", indicatoren=["verdachten"])
    for anders in ({}, {"thema": _thema("ander")}, {"indicatoren": ["verdachten", "verzuim"]}, {"onderdelen": ["A"]}):
        with pytest.raises(NietToegestaan):
            noteer(wie, titel="Van een ander", **anders)
    for rol in ("rvo-lid", "vaststeller", "beheerder", "adviescommissie"):
        with pytest.raises(NietToegestaan):
            noteer(maak_persoon(rol), titel="Niet", thema=_thema("eigen"))
    assert Gebeurtenis.objects.count() == 2


def test_wat_zij_raakt() -> None:
    noteer(titel="Alles")
    noteer(titel="Thema", thema=_thema("eigen"))
    noteer(titel="Indicator", indicatoren=["verzuim"])
    noteer(titel="District", onderdelen=["A"])
    noteer(titel="Team", onderdelen=["A1"], indicatoren=["verdachten"])
    assert _titels("verdachten") == ["Alles", "Thema"]
    assert _titels("verzuim") == ["Alles", "Indicator"]
    assert _titels("verdachten", "A") == ["Alles", "District", "Thema"]
    assert _titels("verdachten", "A1") == ["Alles", "District", "Team", "Thema"]
    assert _titels("verdachten", "A2") == ["Alles", "District", "Thema"]
    assert _titels("verzuim", "B1") == ["Alles", "Indicator"]


def test_zoals_bekend_op_een_moment_in_een_vraag(django_assert_num_queries: Any) -> None:
    eerst = noteer(indicatoren=["verdachten"], onderdelen=["A", "B"])
    noteer(titel="Later", op=NU + timedelta(days=5))
    trek_gebeurtenis_in(
        eerst.pk, reden="Verkeerde dag.", door=maak_persoon("analist"), herkomst="proef", op=NU + timedelta(days=9)
    )
    momenten = {dagen: NU + timedelta(days=dagen) for dagen in (-1, 1, 6, 10)}
    bekend = {dagen: [v.titel for v in lees_tijdlijn(moment).voorvallen] for dagen, moment in momenten.items()}
    assert {dagen: sorted(titels) for dagen, titels in bekend.items()} == {
        -1: [],
        1: ["Andere telling"],
        6: ["Andere telling", "Later"],
        10: ["Later"],
    }
    with django_assert_num_queries(1):
        lees_tijdlijn()


def test_intrekken_kan_een_keer_met_een_reden() -> None:
    rij, wie = noteer(), maak_persoon("programmadirecteur")
    weg: dict[str, Any] = {"door": wie, "herkomst": "proef"}
    for reden in ("", " \n"):
        with pytest.raises(InvoerFout, match="Schrijf waarom"):
            trek_gebeurtenis_in(rij.pk, reden=reden, **weg)
    with pytest.raises(InvoerFout, match="te lang"):
        trek_gebeurtenis_in(rij.pk, reden="x" * 10_000, **weg)
    with pytest.raises(NietToegestaan):
        trek_gebeurtenis_in(rij.pk, reden="Fout.", door=houder(), herkomst="proef")
    trek_gebeurtenis_in(rij.pk, reden="Verkeerde dag.", **weg)
    with pytest.raises(Verouderd, match="is al ingetrokken"):
        trek_gebeurtenis_in(rij.pk, reden="Nog eens.", **weg)
    noteer()  # entered anew
    handelingen = AuditEvent.objects.filter(object_soort="gebeurtenis").order_by("pk").values_list("handeling", "reden")
    assert list(handelingen) == [("genoteerd", ""), ("ingetrokken", "Verkeerde dag."), ("genoteerd", "")]


def test_de_database_weigert_wat_nooit_mag() -> None:
    rij = noteer(indicatoren=["verdachten"])
    for velden in ({"titel": "Anders"}, {"datum": date(2024, 1, 1)}, {"ingetrokken_op": NU}, {"intrekreden": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Gebeurtenis.objects.filter(pk=rij.pk).update(**velden)
    for doe in (rij.delete, rij.indicatoren.clear):
        with pytest.raises(DatabaseError), transaction.atomic():
            doe()
    trek_in(rij)
    with pytest.raises(DatabaseError), transaction.atomic():
        Gebeurtenis.objects.filter(pk=rij.pk).update(ingetrokken_op=None, ingetrokken_door=None, intrekreden="")
