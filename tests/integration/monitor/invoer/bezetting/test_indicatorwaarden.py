"""What follows from bezetting, against a sum made in another way: per team, district and unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from formatie.bezetting.voor_lezer import als_mensen, get_bezet
from formatie.bezetting.zicht import get_opgeteld
from formatie.models import Bezetting, Districtsformatie, Formatieplan, Onderdeel
from formatie.scenario.selectors import get_uitgangspunt
from monitor.invoer.bezetting.indicatorwaarden import HERKOMST_AFGELEID, VERSCHIL, WIJKAGENTEN, leid_opnieuw_af
from monitor.invoer.bezetting.services import dien_bezetting_in
from monitor.invoer.meting.services import dien_in
from monitor.invoer.regels.waarneming import InvoerFout, Waarneming
from monitor.invoer.vaststellen.geschiedenis import get_stappen, get_versies
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import BEZETTING
from monitor.models import Afsluiting, Doelbereik, Meting
from monitor.rekenen.wachtrij import werk_wachtrij_af
from tests.databaserol import als_superuser
from tests.factories import BezettingFactory, MetingFactory, UserFactory, maak_persoon, maak_plan
from tests.integration.monitor.invoer.bezetting.opstelling import A1, PLAATSEN, TEAMS, maak_wereld, stel_op, van

VANDAAG = date(2025, 6, 1)
NIETS = Decimal(0)


class Bijpersonen:
    """The two people every test needs."""

    def __init__(self) -> None:
        self.analist, self.vaststeller = maak_persoon("analist"), maak_persoon("vaststeller")

    def stel_op(self, *opgaven: object, reden: str = "") -> list[Bezetting]:
        return stel_op(*opgaven, door=self.analist, vaststeller=self.vaststeller, reden=reden)  # type: ignore[arg-type]


@pytest.fixture
def plan(db: None) -> Formatieplan:
    return maak_wereld()


@pytest.fixture
def mensen(plan: Formatieplan) -> Bijpersonen:
    return Bijpersonen()


def _geldend(code: str, team: str = "A1") -> Meting:
    plek = {"indicator__code": code, "onderdeel__code": team, "jaar": 2025, "kwartaal": 1}
    return Meting.objects.geldend().select_related("vervangt").get(**plek)


@pytest.mark.django_db
def test_uit_een_vastgestelde_bezetting_volgen_twee_waarden(mensen: Bijpersonen) -> None:
    mensen.stel_op(replace(A1, status="voorlopig", meetdatum=date(2025, 4, 2)))
    wijk, verschil = _geldend(WIJKAGENTEN), _geldend(VERSCHIL)
    assert (wijk.teller, wijk.noemer, verschil.waarde) == (Decimal("18.5"), 20, Decimal("-4.5"))
    for meting in (wijk, verschil):
        assert (meting.ingevoerd_door, meting.vastgesteld_door) == (mensen.analist, mensen.vaststeller)
        assert (meting.status, meting.meetdatum) == ("voorlopig", date(2025, 4, 2))
    assert set(AuditEvent.objects.filter(object_soort="meting").values_list("handeling", "herkomst", "door_naam")) == {
        ("afgeleid", HERKOMST_AFGELEID, "vaststeller")
    }
    assert [stap.zin for stap in get_stappen(get_versies(verschil))] == [
        "-4,5 fte, voorlopig volgt uit de bezetting die vaststeller vaststelde."
    ]


@pytest.mark.django_db
def test_een_ingediende_bezetting_telt_nog_niet(mensen: Bijpersonen) -> None:
    dien_bezetting_in([A1], door=mensen.analist, herkomst="proef")
    assert not Meting.objects.exists()


def _van_district(soort: str, os: str, district: str = "A", **velden: object) -> object:
    niets = {"wijkagenten": None, "wijkagenten_expert": None, "aspiranten": None, "nos": NIETS}
    return van(district, rij=hash((district, soort)), soort=soort, os=Decimal(os), **niets | velden)


def _heel_a(**velden: object) -> list[object]:
    teams = [van(team, rij=n, **velden) for n, team in enumerate(("A1", "A2", "A3"))]
    return [*teams, _van_district("leiding", "3"), _van_district("flexteam", "19")]


def _heel_b() -> list[object]:
    return [van("B1", rij=11), van("B2", rij=12), _van_district("leiding", "6", "B")]


@pytest.mark.django_db
def test_een_district_heeft_een_verschil_zodra_al_zijn_onderdelen_er_zijn(mensen: Bijpersonen) -> None:
    """Teams, leiding and flexteam against the total that the plan prints; not a part of it against the teams."""
    *teams, leiding, flexteam = _heel_a()
    mensen.stel_op(*teams, leiding)
    assert not Meting.objects.filter(onderdeel__code="A").exists()
    mensen.stel_op(flexteam)
    verschil = _geldend(VERSCHIL, "A")
    assert verschil.waarde == 3 * Decimal("95.5") + 3 + 19 - Decimal("323.6") == Decimal("-15.1")
    assert verschil.toelichting == "308,5 fte bezet van 323,6 fte formatie."
    assert not Meting.objects.filter(onderdeel__code="RE07").exists()


@pytest.mark.django_db
def test_de_eenheid_wordt_gehouden_tegen_haar_eigen_gedrukte_totaal(mensen: Bijpersonen) -> None:
    mensen.stel_op(*_heel_a(), *_heel_b())
    werk_wachtrij_af(vandaag=VANDAAG)
    bezet = 5 * Decimal("95.5") + 3 + 19 + 6
    assert _geldend(VERSCHIL, "RE07").waarde == bezet - Decimal("529.5")
    rij = Doelbereik.objects.get(indicator__code=VERSCHIL, onderdeel__code="RE07", jaar=2025, kwartaal=1)
    assert (rij.teller, rij.cum_teller, rij.voorlopig) == (bezet - Decimal("529.5"), bezet - Decimal("529.5"), False)


@pytest.mark.django_db
def test_een_voorlopig_deel_maakt_het_geheel_voorlopig(mensen: Bijpersonen) -> None:
    mensen.stel_op(*_heel_a(status="voorlopig"))
    assert _geldend(VERSCHIL, "A").status == "voorlopig"
    mensen.stel_op(*(replace(van(team, rij=n), status="definitief") for n, team in enumerate(("A1", "A2", "A3"))),
                   reden="Definitief.")  # fmt: skip
    assert _geldend(VERSCHIL, "A").status == "definitief"


@pytest.mark.django_db
def test_een_correctie_van_een_deel_is_een_correctie_van_het_geheel(mensen: Bijpersonen) -> None:
    mensen.stel_op(*_heel_a())
    mensen.stel_op(_van_district("flexteam", "20"), reden="Nageteld.")
    verschil = _geldend(VERSCHIL, "A")
    assert (verschil.waarde, verschil.vervangt.waarde) == (Decimal("-14.1"), Decimal("-15.1"))


@pytest.mark.django_db
def test_een_plaats_erbij_in_het_plan_maakt_het_geheel_weer_onbekend(mensen: Bijpersonen) -> None:
    mensen.stel_op(*_heel_a())
    maak_plan(PLAATSEN | {("A", "districtsrecherche"): "70"}, slug="herzien", vanaf=date(2025, 1, 1))
    assert leid_opnieuw_af() == 1
    verschil = _geldend(VERSCHIL, "A")
    assert (verschil.onbekend, verschil.waarde) == (True, None)
    assert verschil.toelichting.startswith("De bezetting is niet van elk onderdeel vastgesteld")


@pytest.mark.django_db
def test_niet_opgegeven_wijkagenten_zijn_nog_niet_bekend_en_geen_nul(mensen: Bijpersonen) -> None:
    mensen.stel_op(replace(A1, wijkagenten=None, wijkagenten_expert=None))
    wijk = _geldend(WIJKAGENTEN)
    assert (wijk.onbekend, wijk.teller) == (True, None)
    assert _geldend(VERSCHIL)


@pytest.mark.django_db
def test_wie_een_team_te_veel_heeft_telt_mee_en_wordt_genoemd(mensen: Bijpersonen) -> None:
    mensen.stel_op(replace(A1, wijkagenten=Decimal(22)))
    wijk = _geldend(WIJKAGENTEN)
    assert (wijk.teller, wijk.noemer) == (23, 20)
    assert wijk.toelichting == "3,0 fte meer dan de 20,0 plaatsen van het plan."


@pytest.mark.django_db
def test_over_de_tijd_telt_de_laatste_stand(mensen: Bijpersonen) -> None:
    """18,5 of 20 places in Q1 and 19 in Q2 is 95%: not 37,5 of 40."""
    mensen.stel_op(A1, replace(A1, rij=2, kwartaal=2, wijkagenten=Decimal(18)))
    werk_wachtrij_af(vandaag=VANDAAG)
    rij = Doelbereik.objects.get(indicator__code=WIJKAGENTEN, onderdeel__code="A1", jaar=2025, kwartaal=2)
    assert (rij.cum_teller, rij.cum_noemer) == (19, 20)


@pytest.mark.django_db
def test_zonder_plan_in_het_kwartaal_volgt_er_niets(mensen: Bijpersonen) -> None:
    mensen.stel_op(replace(A1, jaar=2022))
    assert not Meting.objects.exists()


@pytest.mark.django_db
def test_een_correctie_geeft_een_nieuwe_versie_en_alleen_waar_iets_verandert(mensen: Bijpersonen) -> None:
    mensen.stel_op(A1)
    mensen.stel_op(replace(A1, os=Decimal(88)), reden="Nageteld.")
    verschil = _geldend(VERSCHIL)
    assert (verschil.waarde, verschil.vervangt.waarde, verschil.vervangt.staat) == (-2, Decimal("-4.5"), "vervangen")
    assert verschil.vervangt.vervangen_op == verschil.vastgesteld_op
    assert Meting.objects.filter(indicator__code=WIJKAGENTEN).count() == 1


@pytest.mark.django_db
def test_nog_eens_afleiden_verandert_niets(mensen: Bijpersonen) -> None:
    mensen.stel_op(A1, van("A2"))
    assert leid_opnieuw_af() == 0
    assert Meting.objects.count() == 4


@pytest.mark.django_db
def test_een_ander_plan_leidt_opnieuw_af_zonder_dat_iemand_iets_invoert(mensen: Bijpersonen) -> None:
    mensen.stel_op(A1, van("A2"), replace(A1, rij=3, jaar=2024))
    maak_plan(PLAATSEN | {("A1", "basisteam"): "90"}, slug="herzien", vanaf=date(2025, 1, 1))
    assert leid_opnieuw_af() == 1
    verschil = _geldend(VERSCHIL)
    assert (verschil.waarde, verschil.vervangreden) == (Decimal("5.5"), "Formatieplan gewijzigd.")
    assert (verschil.ingevoerd_door, verschil.vastgesteld_door) == (mensen.analist, mensen.vaststeller)
    assert AuditEvent.objects.filter(handeling="opnieuw afgeleid", door_naam="het systeem").count() == 1
    assert leid_opnieuw_af() == 0


@pytest.mark.django_db
def test_verdwenen_plaatsen_maken_de_waarde_onbekend(mensen: Bijpersonen) -> None:
    mensen.stel_op(A1)
    with als_superuser():
        Districtsformatie.objects.filter(soort="wijkagenten").delete()
    assert leid_opnieuw_af() == 1
    wijk = _geldend(WIJKAGENTEN)
    assert wijk.onbekend
    assert leid_opnieuw_af() == 0


@pytest.mark.django_db
def test_een_gesloten_kwartaal_houdt_de_cijfers_waarmee_het_sloot(mensen: Bijpersonen) -> None:
    mensen.stel_op(A1)
    Afsluiting.objects.create(jaar=2025, kwartaal=1, gesloten_door=UserFactory(), gesloten_op=timezone.now())
    Districtsformatie.objects.filter(soort="basisteam").update(fte=50)
    assert leid_opnieuw_af() == 0


@pytest.mark.django_db
def test_ook_het_geheel_van_een_bezette_plek_wordt_niet_getypt(mensen: Bijpersonen) -> None:
    mensen.stel_op(A1)
    for onderdeel in ("A", "RE07"):
        with pytest.raises(InvoerFout, match="volgt uit de vastgestelde bezetting"):
            dien_in([_getypt(onderdeel=onderdeel)], door=mensen.analist, herkomst="proef")


def _getypt(**velden: object) -> Waarneming:
    basis = Waarneming(
        1, VERSCHIL, "A1", 2025, 1, Decimal(-3), None, None, None, False, "definitief", None, "Uit een bestand."
    )
    return replace(basis, **velden)  # type: ignore[arg-type]  # fields of Waarneming


@pytest.mark.django_db
def test_waar_bezetting_is_wordt_de_waarde_niet_ingelezen_en_anders_wel(mensen: Bijpersonen) -> None:
    mensen.stel_op(A1)
    with pytest.raises(InvoerFout, match="volgt uit de vastgestelde bezetting"):
        dien_in([_getypt()], door=mensen.analist, herkomst="proef")
    dien_in([_getypt(kwartaal=4, jaar=2024)], door=mensen.analist, herkomst="proef")


@pytest.mark.django_db
@pytest.mark.parametrize("eerder", ["vastgesteld", "ingediend", "correctie"])
def test_wat_eerder_is_ingelezen_maakt_plaats(mensen: Bijpersonen, eerder: str) -> None:
    plek = {"indicator__code": VERSCHIL, "onderdeel__code": "A1", "waarde": Decimal(-3)}
    oud = MetingFactory(**plek, wachtend=eerder == "ingediend")
    if eerder == "correctie":
        MetingFactory(**plek | {"waarde": Decimal(-2)}, wachtend=True, vervangt=oud, vervangreden="Nageteld.")
    mensen.stel_op(A1)
    verschil = _geldend(VERSCHIL)
    assert verschil.waarde == Decimal("-4.5")
    assert not Meting.objects.filter(staat=Staat.INGEDIEND).exists()
    assert (verschil.vervangt == oud) is (eerder != "ingediend")


@pytest.mark.django_db
def test_een_chef_zonder_recht_op_metingen_levert_ze_toch_via_de_bezetting(mensen: Bijpersonen) -> None:
    chef = maak_persoon("districtschef", onderdeel="A")
    stel_op(A1, door=chef, vaststeller=mensen.vaststeller)
    assert Meting.objects.filter(ingevoerd_door=chef).count() == 2


FTE = st.decimals(min_value=0, max_value=60, places=2)


class TestOptelling(TestCase):
    """Random bezetting: what the monitor shows of wijkagenten is the sum of the teams, at every level."""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.tuples(FTE, FTE, FTE), min_size=len(TEAMS), max_size=len(TEAMS)))
    def test_tellers_en_noemers_zijn_de_som_van_de_teams(self, cijfers: list[tuple[Decimal, ...]]) -> None:
        maak_wereld()
        vaststeller: User = maak_persoon("vaststeller")
        for team, (nos, wijk, expert) in zip(TEAMS, cijfers, strict=True):
            BezettingFactory(
                onderdeel__code=team, os=Decimal(120), nos=nos, wijkagenten=wijk, wijkagenten_expert=expert,
                wachtend=True,
            )  # fmt: skip
        stel_vast(BEZETTING, list(Bezetting.objects.all()), door=vaststeller, herkomst="proef")
        werk_wachtrij_af(vandaag=VANDAAG)
        bezet = {team: wijk + expert for team, (_, wijk, expert) in zip(TEAMS, cijfers, strict=True)}
        tekort = {team: 120 + nos - 100 for team, (nos, *_) in zip(TEAMS, cijfers, strict=True)}
        for team, over in tekort.items():
            assert Meting.objects.get(indicator__code=VERSCHIL, onderdeel__code=team).waarde == over
        for code, teams in {"RE07": TEAMS, "A": TEAMS[:3], "B": TEAMS[3:], "A2": TEAMS[1:2]}.items():
            plek = {"onderdeel__code": code, "jaar": 2025, "kwartaal": 1}
            wijk = Doelbereik.objects.get(indicator__code=WIJKAGENTEN, **plek)
            assert (wijk.teller, wijk.noemer) == (sum((bezet[team] for team in teams), NIETS), 20 * len(teams))


@pytest.mark.django_db
@pytest.mark.parametrize(("wijk", "expert"), [("6", None), (None, "1"), (None, None), ("6", "0")])
def test_zonder_een_van_de_twee_soorten_wijkagenten_is_hun_som_nergens_bekend(
    mensen: Bijpersonen, wijk: str | None, expert: str | None
) -> None:
    """The indicator, the page of the team and of the district, and a scenario say the same."""
    velden = {"wijkagenten": wijk and Decimal(wijk), "wijkagenten_expert": expert and Decimal(expert)}
    mensen.stel_op(*(van(team, rij=n, **velden) for n, team in enumerate(("A1", "A2", "A3"))))
    samen = None if wijk is None or expert is None else Decimal(wijk) + Decimal(expert)
    meting, q1 = _geldend(WIJKAGENTEN), Kwartaal(2025, 1)
    assert (meting.onbekend, meting.teller) == (samen is None, samen)
    team = get_bezet(mensen.analist, "A", ["A1"], [q1]).van(q1)["A1", "basisteam"]
    som = next(som for som in get_opgeteld(mensen.analist, [q1], ["A"]))
    proef = get_uitgangspunt(mensen.analist, Onderdeel.objects.get(code="A"), q1).teams[0]
    assert (team.wijkagenten, proef.wijkagenten) == (samen, samen)
    volledig = replace(som, verwacht=som.gemeld)
    assert als_mensen(volledig).wijkagenten == (samen and 3 * samen)
