"""What is typed in the grid is kept, and nobody overwrites what they have not read."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import NietToegestaan
from monitor.invoer.rooster.services import Celtekst, Celuitkomst, bewaar_concepten
from monitor.invoer.vaststellen.eisen import KwartaalGesloten
from monitor.models import Afsluiting, Concept, Indicator
from tests.factories import IndicatorFactory, MetingFactory, OnderdeelFactory, maak_eenheid, maak_persoon
from tests.factories.monitor import MOMENT

pytestmark = pytest.mark.django_db
Q1 = Kwartaal(2025, 1)


@pytest.fixture
def indicator() -> Indicator:
    OnderdeelFactory(code="RE07")
    return IndicatorFactory(code="verdachten")


@pytest.fixture
def anna() -> User:
    return maak_persoon("analist", naam="anna")


@pytest.fixture
def bob() -> User:
    return maak_persoon("analist", naam="bob")


def cel(waarde: str, gezien: int = 0, **anders: object) -> Celtekst:
    velden = {"indicator": "verdachten", "onderdeel": "RE07", "kwartaal": Q1, "cellen": {"waarde": waarde}}
    return Celtekst(**velden | {"gezien": gezien} | anders)  # type: ignore[arg-type]


def bewaar(*celteksten: Celtekst, door: User) -> list[Celuitkomst]:
    return bewaar_concepten(celteksten, door=door, herkomst="proef")


def opgeslagen() -> Mapping[str, str]:
    return Concept.objects.get().cellen


def test_wat_getypt_is_wordt_letterlijk_bewaard(indicator: Indicator, anna: User) -> None:
    [uitkomst] = bewaar(cel(" 1.2.3 "), door=anna)
    assert (uitkomst.soort, uitkomst.versie) == ("bewaard", 1)
    assert opgeslagen() == {"waarde": "1.2.3"}
    spoor = AuditEvent.objects.get()
    assert (spoor.handeling, spoor.van, spoor.naar, spoor.door_naam) == (
        "concept bewaard",
        {},
        {"waarde": "1.2.3"},
        "anna",
    )


def test_wie_een_oude_versie_zag_overschrijft_niets_en_krijgt_beide_waarden(
    indicator: Indicator, anna: User, bob: User
) -> None:
    bewaar(cel("12"), door=anna)
    [uitkomst] = bewaar(cel("14"), door=bob)
    assert uitkomst.soort == "conflict"
    assert (uitkomst.getypt, uitkomst.bewaard, uitkomst.door) == ({"waarde": "14"}, {"waarde": "12"}, "anna")
    assert uitkomst.op == Concept.objects.get().op
    assert opgeslagen() == {"waarde": "12"}
    [daarna] = bewaar(cel("14", uitkomst.versie), door=bob)
    assert (daarna.soort, opgeslagen()) == ("bewaard", {"waarde": "14"})
    assert [e.naar for e in AuditEvent.objects.order_by("id")] == [{"waarde": "12"}, {"waarde": "14"}]


def test_dezelfde_tekst_nog_eens_schrijft_niets(indicator: Indicator, anna: User, bob: User) -> None:
    bewaar(cel("12"), door=anna)
    [uitkomst] = bewaar(cel("12"), door=bob)
    assert (uitkomst.soort, uitkomst.versie, uitkomst.is_veilig) == ("gelijk", 1, True)
    assert AuditEvent.objects.count() == 1
    assert Concept.objects.get().door == anna


def test_een_leeggemaakte_cel_komt_niet_ongezien_terug(indicator: Indicator, anna: User, bob: User) -> None:
    bewaar(cel("12"), door=anna)
    bewaar(cel("", 1), door=anna)
    assert not Concept.objects.getypt().exists()
    [uitkomst] = bewaar(cel("13", 1), door=bob)
    assert (uitkomst.soort, uitkomst.bewaard, uitkomst.versie) == ("conflict", {}, 2)
    assert bewaar(cel("13", 0), door=bob)[0].soort == "conflict"


def test_alleen_een_status_is_nog_geen_tekst(indicator: Indicator, anna: User) -> None:
    [uitkomst] = bewaar(cel("", cellen={"status": "definitief", "waarde": " "}), door=anna)
    assert uitkomst.soort == "gelijk"
    assert not Concept.objects.getypt().exists()


def test_een_conflict_in_een_cel_houdt_de_andere_niet_tegen(anna: User, bob: User) -> None:
    maak_eenheid()
    IndicatorFactory(code="verdachten", niveau="basisteam")
    bewaar(cel("1", onderdeel="A1"), door=anna)
    uitkomsten = bewaar(cel("2", onderdeel="A1"), cel("3", onderdeel="A2"), cel("4", onderdeel="A"), door=bob)
    assert [u.soort for u in uitkomsten] == ["conflict", "bewaard", "geweigerd"]
    assert Concept.objects.getypt().count() == 2


@pytest.mark.parametrize(
    ("cellen", "reden"),
    [
        ({"waarde": "1\x00"}, "niet te tonen"),
        ({"waarde": "\ud800"}, "niet te bewaren"),
        ({"waarde": "1" * 201}, "hoogstens 200"),
        ({"toelichting": "a" * 2001}, "hoogstens 2000"),
        ({"vastgesteld_door": "1"}, "niet met de hand"),
    ],
)
def test_wat_niet_te_bewaren_is_wordt_geweigerd(
    indicator: Indicator, anna: User, cellen: dict[str, str], reden: str
) -> None:
    [uitkomst] = bewaar(cel("", cellen=cellen), door=anna)
    assert uitkomst.soort == "geweigerd"
    assert reden in uitkomst.reden
    assert uitkomst.getypt == cellen


@pytest.mark.parametrize(
    ("velden", "kwartaal"),
    [
        ({"herkomst": "afgeleid"}, Q1),
        ({"frequentie": "halfjaar"}, Q1),
        ({"niveau": "district"}, Q1),
    ],
)
def test_alleen_wat_geleverd_moet_worden(anna: User, velden: dict[str, str], kwartaal: Kwartaal) -> None:
    OnderdeelFactory(code="RE07")
    IndicatorFactory(code="verdachten", **velden)
    assert bewaar(cel("1", kwartaal=kwartaal), door=anna)[0].soort == "geweigerd"


def test_wat_ter_vaststelling_ligt_verandert_niet(indicator: Indicator, anna: User) -> None:
    MetingFactory(indicator=indicator, wachtend=True)
    [uitkomst] = bewaar(cel("8"), door=anna)
    assert (uitkomst.soort, "Neem de waarde eerst terug" in uitkomst.reden) == ("geweigerd", True)


def test_in_een_gesloten_kwartaal_wordt_niets_bewaard(indicator: Indicator, anna: User) -> None:
    Afsluiting.objects.create(jaar=2025, kwartaal=1, gesloten_door=maak_persoon("vaststeller"), gesloten_op=MOMENT)
    with pytest.raises(KwartaalGesloten, match="Q1 2025 is gesloten"):
        bewaar(cel("8"), door=anna)
    assert not Concept.objects.exists()


@pytest.mark.parametrize("rol", ["rvo-lid", "vaststeller", "districtschef", "beheerder"])
def test_alleen_een_analist_typt(indicator: Indicator, rol: str) -> None:
    persoon = maak_persoon(rol, onderdeel="A" if rol == "districtschef" else "")
    with pytest.raises(NietToegestaan):
        bewaar(cel("8"), door=persoon)
    assert AuditEvent.objects.get().handeling == "geweigerd"


def test_een_analist_van_een_district_typt_alleen_daar() -> None:
    maak_eenheid()
    IndicatorFactory(code="verdachten", niveau="basisteam")
    eigen = maak_persoon("analist", naam="van-a", onderdeel="A")
    assert bewaar(cel("1", onderdeel="A1"), door=eigen)[0].soort == "bewaard"
    with pytest.raises(NietToegestaan, match="niet bij uw district"):
        bewaar(cel("1", onderdeel="A1"), cel("1", onderdeel="B1"), door=eigen)


def _veel(aantal: int) -> list[Celtekst]:
    teams = [o for o in maak_eenheid(dict.fromkeys("ABCDE", 5)) if len(o) == 2]
    codes = [f"i-{n}" for n in range(20)]
    for code in codes:
        IndicatorFactory(code=code, niveau="basisteam")
    alle = [cel("12", indicator=code, onderdeel=team) for code in codes for team in teams]
    return alle[:aantal]


def test_vijfhonderd_cellen_in_even_veel_vragen_als_vijf(anna: User) -> None:
    cellen = _veel(500)
    tellingen = []
    for deel in (cellen[:5], cellen[5:]):
        anna = User.objects.get(pk=anna.pk)
        with CaptureQueriesContext(connection) as gevangen:
            uitkomsten = bewaar(*deel, door=anna)
        assert {u.soort for u in uitkomsten} == {"bewaard"}
        tellingen.append(len(gevangen))
    assert tellingen[0] == tellingen[1]
    assert Concept.objects.getypt().count() == 500
