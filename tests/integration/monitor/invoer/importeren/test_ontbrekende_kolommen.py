"""A column that is not in a file changes nothing; an empty cell under a column empties; no file takes a value away."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

import pytest

from accounts.models import User
from common.vaststellen.model import Staat
from formatie.models import Bezetting
from monitor.invoer.bezetting.validatie import BEZETTINGKOLOMMEN
from monitor.invoer.importeren import services
from monitor.invoer.importeren.bestand.cel import getaltekst
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.importeren.uitvoer import get_rijen
from monitor.invoer.importeren.voorstel import lees_voorstel
from monitor.invoer.regels.validatie import CELKOLOMMEN, METINGKOLOMMEN
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.models import Import, Meting
from tests.factories import (
    BezettingFactory,
    IndicatorFactory,
    MetingFactory,
    OnderdeelFactory,
    maak_eenheid,
    maak_persoon,
)

pytestmark = pytest.mark.django_db
ENQUETE = {"indicator__code": "buurt", "jaar": 2025, "kwartaal": None, "waarde": Decimal("36.2")}


@pytest.fixture(autouse=True)
def _opstelling(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)
    maak_eenheid()
    IndicatorFactory(code="verdachten")
    IndicatorFactory(code="prio1", percentage=True)
    IndicatorFactory(code="buurt", enquete=True)


@pytest.fixture
def analist() -> User:
    return maak_persoon("analist")


def _lees(persoon: User, *regels: str) -> Import:
    bestand = services.ontvang("proef.csv", "\n".join(regels).encode(), door=persoon)
    assert services.verwerk(bestand.pk)
    bestand.refresh_from_db()
    return bestand


def _tel(bestand: Import) -> tuple[int, int, int, int, int]:
    return bestand.nieuw, bestand.gewijzigd, bestand.gelijk, bestand.twijfel, bestand.geweigerd


def _alleen(rijen: Sequence[Sequence[object]], kolommen: Sequence[str]) -> list[str]:
    """The rows with these columns only, as someone leaves them in a spreadsheet."""
    plekken = [rijen[0].index(kolom) for kolom in kolommen]
    return [";".join(_tekst(rij[plek]) for plek in plekken) for rij in rijen]


def _tekst(cel: object) -> str:
    return getaltekst(cel) if isinstance(cel, Decimal) else "" if cel is None else str(cel)


def _zou_doen(persoon: User, *regels: str) -> tuple[int, int, int]:
    """How many values a file would add, change and leave; no row has a fault or a doubt."""
    voorstel = lees_voorstel("proef.csv", lees_bytes("\n".join(regels).encode()), door=persoon)
    uitkomst = voorstel.soort.vergelijk(voorstel.rijen)
    assert (voorstel.fouten(uitkomst), uitkomst.twijfels) == ([], {})
    return len(uitkomst.nieuw), len(uitkomst.gewijzigd), len(uitkomst.gelijk)


def test_elke_keus_van_kolommen_laat_wat_er_staat_gelijk(analist: User) -> None:
    toelichting = {"toelichting": "gecontroleerd", "meetdatum": "2026-01-05"}
    MetingFactory(indicator__code="verdachten", kwartaal=1, **toelichting)
    MetingFactory(indicator__code="verdachten", kwartaal=2, waarde=None, onbekend=True, status="voorlopig")
    MetingFactory(indicator__code="verdachten", kwartaal=3, wachtend=True, status="voorlopig")
    team = OnderdeelFactory(code="A1")
    MetingFactory(indicator__code="prio1", onderdeel=team, waarde=None, teller=352, noemer=421, **toelichting)
    MetingFactory(indicator__code="prio1", onderdeel=team, kwartaal=2, waarde=None, onbekend=True)
    MetingFactory(**ENQUETE, marge=Decimal("1.1"), **toelichting)
    rijen = list(get_rijen(analist))
    assert len(rijen) == 7
    for aantal in range(len(CELKOLOMMEN) + 1):
        for keus in combinations(CELKOLOMMEN, aantal):
            assert _zou_doen(analist, *_alleen(rijen, [*METINGKOLOMMEN[:4], *keus])) == (0, 0, 6), keus


def test_elke_keus_van_kolommen_van_bezetting_ook() -> None:
    BezettingFactory(toelichting="na controle", meetdatum="2025-04-02", ziek=Decimal("4.5"))
    chef = maak_persoon("districtschef", onderdeel="A")
    rij = ["A1", "basisteam", 2025, 1, 90, 10, 12, 18, 1, "4,5", "definitief", "2025-04-02", "na controle"]
    vrij = [kolom for kolom in BEZETTINGKOLOMMEN[5:] if not kolom.startswith("wijkagenten")]
    for aantal in range(len(vrij) + 1):
        for keus in combinations(vrij, aantal):
            kolommen = [*BEZETTINGKOLOMMEN[:5], *keus]
            assert _zou_doen(chef, *_alleen([BEZETTINGKOLOMMEN, rij], kolommen)) == (0, 0, 1), keus


def test_een_andere_waarde_houdt_wat_niet_genoemd_is(analist: User) -> None:
    MetingFactory(**ENQUETE, marge=Decimal("1.1"), status="voorlopig", toelichting="eerste uitkomst")
    bestand = _lees(analist, "indicator;onderdeel;jaar;waarde", "buurt;RE07;2025;36,4")
    assert bestand.regels.get().verschillen == [["waarde", "36,2", "36,4"]]
    services.dien_in_als_getoond(bestand.pk, door=analist)
    nieuw = Meting.objects.get(staat=Staat.INGEDIEND)
    assert (nieuw.waarde, nieuw.marge, nieuw.status) == (Decimal("36.4"), Decimal("1.1"), "voorlopig")
    assert nieuw.toelichting == "eerste uitkomst"


def test_een_teruggenomen_waarde_houdt_wat_niet_genoemd_is(analist: User) -> None:
    MetingFactory(
        staat=Staat.CONCEPT, vastgesteld_door=None, vastgesteld_op=None, toelichting="oud", ingevoerd_door=analist
    )
    code = Meting.objects.get().indicator.code
    bestand = _lees(analist, "indicator;onderdeel;jaar;kwartaal;waarde", f"{code};RE07;2025;1;10")
    assert _tel(bestand) == (0, 1, 0, 0, 0)
    assert bestand.regels.get().verschillen == [["waarde", "9", "10"]]


def test_een_lege_cel_onder_een_kolom_maakt_leeg(analist: User) -> None:
    MetingFactory(indicator__code="verdachten", toelichting="gecontroleerd")
    bestand = _lees(analist, "indicator;onderdeel;jaar;kwartaal;waarde;toelichting", "verdachten;RE07;2025;1;9;")
    assert bestand.regels.get().verschillen == [["toelichting", "gecontroleerd", ""]]
    kort = _lees(analist, "indicator;onderdeel;jaar;kwartaal;waarde;toelichting", "verdachten;RE07;2025;1;9")
    assert kort.regels.get().verschillen == [["toelichting", "gecontroleerd", ""]]


def test_een_foutmarge_gaat_niet_stil_verloren(analist: User) -> None:
    MetingFactory(**ENQUETE, marge=Decimal("1.0"), toelichting="zoals gemeten")
    bestand = _lees(analist, "indicator;onderdeel;jaar;waarde;marge", "buurt;RE07;2025;36,2;")
    assert _tel(bestand) == (0, 0, 0, 1, 0)
    assert bestand.regels.get().fouten == [["marge", "De foutmarge die er nu bij staat, vervalt."]]
    with pytest.raises(InvoerFout):
        services.dien_in_als_getoond(bestand.pk, door=analist)
    services.dien_in_als_getoond(bestand.pk, door=analist, toelichting="Het bureau geeft geen marge meer.")
    nieuw = Meting.objects.get(staat=Staat.INGEDIEND)
    assert (nieuw.marge, nieuw.toelichting) == (None, "Het bureau geeft geen marge meer.")


def test_een_oude_toelichting_beantwoordt_geen_nieuwe_twijfel(analist: User) -> None:
    for kwartaal in (1, 2):
        MetingFactory(indicator__code="verdachten", kwartaal=kwartaal, toelichting="klopt")
    bestand = _lees(analist, "indicator;onderdeel;jaar;kwartaal;waarde", "verdachten;RE07;2025;2;900")
    assert _tel(bestand) == (0, 0, 0, 1, 0)


def test_nb_in_plaats_van_een_uitkomst_neemt_de_marge_niet_mee(analist: User) -> None:
    MetingFactory(**ENQUETE, marge=Decimal("1.0"))
    team = OnderdeelFactory(code="A1")
    MetingFactory(indicator__code="prio1", onderdeel=team, waarde=None, teller=352, noemer=421)
    kop = "indicator;onderdeel;jaar;kwartaal;"
    assert _tel(_lees(analist, kop + "waarde", "buurt;RE07;2025;;nb")) == (0, 1, 0, 0, 0)
    assert _tel(_lees(analist, kop + "teller", "prio1;A1;2025;1;nb")) == (0, 1, 0, 0, 0)


def test_een_teller_zonder_kolom_noemer_houdt_de_noemer(analist: User) -> None:
    team = OnderdeelFactory(code="A1")
    MetingFactory(indicator__code="prio1", onderdeel=team, waarde=None, teller=352, noemer=421)
    bestand = _lees(analist, "indicator;onderdeel;jaar;kwartaal;teller", "prio1;A1;2025;1;360")
    assert bestand.regels.get().verschillen == [["teller", "352", "360"]]
    te_groot = _lees(analist, "indicator;onderdeel;jaar;kwartaal;teller", "prio1;A1;2025;1;422")
    assert "groter dan de noemer" in te_groot.fouten[0][2]


def test_zonder_iets_om_te_houden_wordt_gevraagd_wat_ontbreekt(analist: User) -> None:
    bestand = _lees(analist, "indicator;onderdeel;jaar;kwartaal;waarde", "verdachten;RE07;2025;1;9")
    assert bestand.fouten == [[2, "status", "Vul voorlopig of definitief in."]]


KOP = ";".join(METINGKOLOMMEN)


def test_rijen_zonder_waarde_worden_overgeslagen_en_geteld(analist: User) -> None:
    bestand = _lees(
        analist, KOP, ";;;;;;;;definitief;;", "verdachten;RE07;2025;1;;;;;voorlopig;;",
        "verdachten;RE07;2025;2;9;;;;definitief;;",
        "weet-niet;Z9;;;;;;;;;", "prio1;B1;2025;1;;;;;definitief;;",
    )  # fmt: skip
    assert (bestand.staat, _tel(bestand)) == ("voorstel", (1, 0, 0, 0, 0))
    assert "4 rijen zonder waarde zijn overgeslagen: rij 2-3, 5-6." in bestand.opmerkingen


def test_een_bestand_met_alleen_zulke_rijen_heeft_geen_waarden(analist: User) -> None:
    bestand = _lees(analist, KOP, "verdachten;RE07;2025;1;;;;;voorlopig;;")
    assert bestand.staat == "fouten"
    assert bestand.fouten == [[0, "", "Het bestand heeft wel rijen, maar geen waarden. Vul de waarden in."]]


@pytest.mark.parametrize("cellen", ["9;;;;;;x", ";;;;definitief;2025-04-05;", ";;;;definitief;;wacht op het bureau"])
def test_een_rij_die_iets_zegt_wordt_niet_overgeslagen(analist: User, cellen: str) -> None:
    bestand = _lees(analist, KOP, f"verdachten;RE07;2025;1;{cellen}")
    assert bestand.geweigerd == 1


def test_een_bestand_haalt_geen_waarde_weg(analist: User) -> None:
    MetingFactory(indicator__code="verdachten")
    team = OnderdeelFactory(code="A1")
    MetingFactory(indicator__code="prio1", onderdeel=team, waarde=None, teller=352, noemer=421)
    bestand = _lees(analist, KOP, "verdachten;RE07;2025;1;;;;;definitief;;", "prio1;A1;2025;1;;;;;definitief;;")
    assert [(rij, kolom) for rij, kolom, _ in bestand.fouten] == [(2, "waarde"), (3, "teller")]
    assert all("haalt niets weg. Vul de waarde, of nb" in reden for *_, reden in bestand.fouten)


def test_van_een_ander_district_wordt_niets_verraden(analist: User) -> None:
    MetingFactory(indicator__code="prio1", onderdeel=OnderdeelFactory(code="B1"), waarde=None, teller=1, noemer=2)
    chef = maak_persoon("districtschef", onderdeel="A")
    er_staat_iets, er_staat_niets = (
        _lees(chef, KOP, f"prio1;B1;2025;{kwartaal};;;;;definitief;;") for kwartaal in (1, 2)
    )
    assert er_staat_iets.fouten == er_staat_niets.fouten
    status = _lees(chef, "indicator;onderdeel;jaar;kwartaal;status", "prio1;B1;2025;1;voorlopig")
    assert status.geweigerd == 0


def test_een_lege_rij_van_bezetting_wordt_overgeslagen_en_haalt_niets_weg() -> None:
    chef = maak_persoon("districtschef", onderdeel="A")
    kop, leeg = ";".join(BEZETTINGKOLOMMEN), ";;;;;;definitief;;"
    BezettingFactory()
    assert "haalt niets weg" in _lees(chef, kop, f"A1;basisteam;2025;1;{leeg}").fouten[0][2]
    bestand = _lees(chef, kop, f"A2;basisteam;2025;1;{leeg}", "A3;basisteam;2025;1;90;8;;;;;definitief;;")
    assert (_tel(bestand), bestand.fouten) == ((1, 0, 0, 0, 0), [])
    assert "1 rij zonder waarde is overgeslagen: rij 2." in bestand.opmerkingen


def test_een_leeg_vak_van_bezetting_maakt_leeg() -> None:
    chef = maak_persoon("districtschef", onderdeel="A")
    BezettingFactory(ziek=Decimal("4.5"))
    kop = "onderdeel;soort;jaar;kwartaal;os;ziek;toelichting"
    bestand = _lees(chef, kop, "A1;basisteam;2025;1;90;;geen cijfer meer")
    assert ["ziek", "4,5", ""] in bestand.regels.get().verschillen
    services.dien_in_als_getoond(bestand.pk, door=chef)
    nieuw = Bezetting.objects.get(staat=Staat.INGEDIEND)
    assert (nieuw.ziek, nieuw.aspiranten, nieuw.wijkagenten) == (None, 12, 18)
