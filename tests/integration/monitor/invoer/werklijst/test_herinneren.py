"""What waits, by mail: what it says, to whom and when it goes, and that it goes once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Rolvervulling, User
from common.jobs import JobRun
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import DEFINITIE, DOEL, METING
from monitor.invoer.werklijst.herinneren import stuur_herinneringen
from monitor.models import Afsluiting, Definitieversie, Herinnering, Indicator, Meting
from tests.databaserol import als_superuser
from tests.factories import (
    AfsluitingFactory,
    BezettingFactory,
    DoelstellingFactory,
    EigenaarschapFactory,
    MetingFactory,
    MonitorregelFactory,
    UserFactory,
    maak_eenheid,
    maak_persoon,
    maak_plan,
)
from tests.golden.vergelijk import vergelijk_met_goud
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import stel_blad_voor, stel_voor
from tests.integration.monitor.invoer.werklijst.opstelling import (
    OP_DE_DAG,
    een_waarde,
    maak_indicator,
    om,
    ontvangers,
    persoon,
    site,
    zet,
)

__all__ = ["een_waarde", "site"]
pytestmark = pytest.mark.django_db
GOUD = Path(__file__).parents[4] / "golden"
TERUG = {"staat": "afgekeurd", "afkeurreden": "Graag de bron erbij."}


def test_het_bericht_zegt_wat_er_wacht_hoeveel_en_tot_wanneer(een_waarde: Indicator) -> None:
    persoon("analist")
    assert stuur_herinneringen(om(7)) == 1
    tekst = str(mail.outbox[0].body)
    assert deel(tekst, "1 waarde te leveren over Q3 2025, uiterlijk 30-10-2025:") == [
        "- Verdachten, RE07 Onderdeel RE07", "https://site.example/invoer/2025-Q3/#cel-verdachten-RE07"
    ]  # fmt: skip
    assert "Alles bij elkaar: https://site.example/voor-mij/" in tekst
    assert mail.outbox[0].subject == "Strategiemonitor: er wacht 1 ding op u"


def test_alleen_als_er_iets_bij_komt_of_dichterbij_en_niet_voor_zeven_uur(een_waarde: Indicator) -> None:
    """Over a quarter of days: when it is over, a week before the last day, on it, and a week later."""
    persoon("analist")
    assert stuur_herinneringen(om(6)) == 0
    begin = date(2025, 9, 25)
    dagen = [begin + timedelta(days=n) for n in range(60)]
    verstuurd = [dag for dag in dagen if stuur_herinneringen(om(9, dag))]
    # On the first of these days the quarters before are open still, and long overdue.
    assert verstuurd == [date(2025, 10, 1), date(2025, 10, 23), date(2025, 10, 30), date(2025, 11, 6)]
    assert [stuur_herinneringen(om(uur, dagen[-1])) for uur in (7, 12, 23)] == [0, 0, 0]


def test_een_dag_uit_is_de_volgende_dag_ingehaald(een_waarde: Indicator) -> None:
    persoon("analist")
    assert stuur_herinneringen(om(9, OP_DE_DAG - timedelta(days=20))) == 1
    assert stuur_herinneringen(om(9, OP_DE_DAG + timedelta(days=4))) == 1  # off since a week before the last day


@pytest.mark.parametrize(
    ("keuze", "verwacht"),
    [("meteen", (1, 0, 0)), ("dagelijks", (0, 1, 0)), ("wekelijks", (0, 0, 1)), ("nooit", (0, 0, 0))],
)
def test_ieder_hoort_het_zo_vaak_als_gekozen(een_waarde: Indicator, keuze: str, verwacht: tuple[int, int, int]) -> None:
    """Something comes on Wednesday at ten: told at once, on Thursday at seven, or on Monday at seven."""
    MetingFactory(indicator=een_waarde, kwartaal=3)
    zet(persoon("vaststeller"), keuze)
    woensdag = date(2025, 11, 12)
    wacht = MetingFactory(indicator=een_waarde, kwartaal=4, wachtend=True, ingevoerd_door=UserFactory(username="i"))
    Meting.objects.filter(pk=wacht.pk).update(ingediend_op=om(10, woensdag))
    op = [om(11, woensdag), om(7, woensdag + timedelta(days=1)), om(7, woensdag + timedelta(days=5))]
    assert tuple(stuur_herinneringen(moment) for moment in op) == verwacht
    assert stuur_herinneringen(op[-1] + timedelta(hours=1)) == 0


def test_wat_al_verteld_is_staat_er_bij_het_volgende_bericht_nog_maar_heet_niet_nieuw(een_waarde: Indicator) -> None:
    vaststeller = zet(persoon("vaststeller"), "meteen")
    ander = UserFactory(username="invoerder")
    MetingFactory(indicator=een_waarde, kwartaal=3, wachtend=True, ingevoerd_door=ander, ingediend_op=om(8))
    assert stuur_herinneringen(om(9)) == 1
    tweede = MetingFactory(indicator=een_waarde, kwartaal=4, wachtend=True, ingevoerd_door=ander, ingediend_op=om(10))
    assert stuur_herinneringen(om(11)) == 1
    assert "2 waarden vast te stellen (1 nieuw):\n- Verdachten, RE07 Onderdeel RE07, Q4 2025" in mail.outbox[1].body
    stuur_terug(METING, [tweede], door=vaststeller, reden="Klopt niet.", herkomst="proef")
    assert stuur_herinneringen(om(12)) == 0  # less is no news
    assert len(mail.outbox) == 2


def test_het_eerste_bericht_vat_samen_en_noemt_niets_nieuw(een_waarde: Indicator) -> None:
    """What waited before anything was told is no news: a few names and the number, and from then on only what comes."""
    zet(persoon("vaststeller"), "meteen")
    wachtend = {"indicator": een_waarde, "wachtend": True, "ingevoerd_door": UserFactory(username="invoerder")}
    for jaar in range(2019, 2024):
        MetingFactory(jaar=jaar, kwartaal=3, ingediend_op=om(8), **wachtend)
    assert stuur_herinneringen(om(9)) == 1
    eerste = str(mail.outbox[0].body)
    assert "Dit is het eerste bericht aan u" in eerste
    assert "nieuw)" not in eerste
    assert len(deel(eerste, "5 waarden vast te stellen:")) == 5  # three names, how many more, the address
    assert "- en nog 2\n" in eerste
    MetingFactory(jaar=2024, kwartaal=3, ingediend_op=om(10), **wachtend)
    assert stuur_herinneringen(om(11)) == 1
    tweede = str(mail.outbox[1].body)
    assert "Nieuw sinds het vorige bericht: 1." in tweede
    assert deel(tweede, "6 waarden vast te stellen (1 nieuw):")[0].endswith("Q3 2024")
    assert "en nog" not in tweede


def test_zonder_werk_geen_bericht(een_waarde: Indicator) -> None:
    MetingFactory(indicator=een_waarde, kwartaal=3)
    persoon("analist")
    persoon("vaststeller")
    assert stuur_herinneringen(om(7)) == 0
    assert not Herinnering.objects.exists()


def test_een_eigenaar_krijgt_het_zijne_en_de_rest_wat_van_niemand_is(een_waarde: Indicator) -> None:
    eigenaar, ander = persoon("analist", "eigenaar"), persoon("analist", "ander")
    EigenaarschapFactory(indicator=een_waarde, persoon=eigenaar)
    stuur_herinneringen(om(7))
    assert ontvangers() == ["eigenaar@site.example"]
    Rolvervulling.objects.filter(user=eigenaar).update(geldig_tot=OP_DE_DAG)
    with als_superuser():
        Herinnering.objects.all().delete()
    stuur_herinneringen(om(8))
    assert ontvangers()[1:] == [ander.email]


def test_wie_een_district_heeft_krijgt_alleen_dat_district() -> None:
    maak_eenheid()
    maak_indicator("team", niveau="basisteam")
    persoon("analist", "van-b", onderdeel="B")
    stuur_herinneringen(om(7))
    assert "2 waarden te leveren over Q3 2025" in mail.outbox[0].body
    assert "- Team, B1 Onderdeel B1\n- Team, B2 Onderdeel B2\n" in mail.outbox[0].body


def test_wie_geen_rol_meer_heeft_of_is_uitgezet_krijgt_niets(een_waarde: Indicator) -> None:
    weg, uit = persoon("analist", "weg"), persoon("analist", "uit")
    Rolvervulling.objects.filter(user=weg).update(geldig_tot=OP_DE_DAG)
    User.objects.filter(pk=uit.pk).update(is_active=False)
    persoon("rvo-lid")
    assert stuur_herinneringen(om(7)) == 0
    Rolvervulling.objects.filter(user=weg).update(geldig_tot=OP_DE_DAG + timedelta(days=1))
    assert stuur_herinneringen(om(8)) == 1


def test_zonder_adres_staat_het_in_de_taken_en_wordt_het_niet_steeds_geprobeerd(een_waarde: Indicator) -> None:
    maak_persoon("analist")
    assert [stuur_herinneringen(om(7)), stuur_herinneringen(om(8))] == [0, 0]
    assert "geen adres: analist" in JobRun.objects.get().omschrijving
    assert Herinnering.objects.get().fout == "geen adres"


def test_een_gesloten_kwartaal_vraagt_niets_meer(een_waarde: Indicator) -> None:
    persoon("analist")
    AfsluitingFactory()
    assert stuur_herinneringen(om(7)) == 0


def test_vaststellers_lezen_wat_op_hen_wacht_maar_niet_hun_eigen_werk(een_waarde: Indicator) -> None:
    vaststeller = persoon("vaststeller")
    for kwartaal, door in ((3, vaststeller), (4, UserFactory(username="invoerder"))):
        MetingFactory(indicator=een_waarde, kwartaal=kwartaal, wachtend=True, ingevoerd_door=door)
    stuur_herinneringen(om(7))
    assert "1 waarde vast te stellen:" in mail.outbox[0].body


def deel(tekst: str, kop: str) -> list[str]:
    """The lines of one block of the message."""
    return tekst.split(kop)[1].split("\n\n")[0].strip().splitlines()


def berichten() -> dict[str, str]:
    return {bericht.to[0].split("@")[0]: str(bericht.body) for bericht in mail.outbox}


@pytest.fixture
def plaatsen(een_waarde: Indicator) -> None:
    """A plan from the third quarter on, and the one value of that quarter is there."""
    MetingFactory(indicator=een_waarde, kwartaal=3)
    teams = {(team, "basisteam"): "100" for team in ("A1", "A2", "B1")}
    geen = {("A3", "basisteam"): "0", ("A1", "wijkagenten"): "20", ("RE07", "leiding"): "9"}
    maak_plan(teams | geen | {("A", "leiding"): "3"}, vanaf=date(2025, 7, 1))


KOP = "bezetting te leveren over Q3 2025, uiterlijk 30-10-2025"


@pytest.mark.usefixtures("plaatsen")
def test_een_chef_leest_welke_bezetting_van_het_eigen_district_nog_moet_komen() -> None:
    chef = persoon("districtschef", "chef", onderdeel="A")
    BezettingFactory(onderdeel__code="A1", kwartaal=3, wachtend=True)
    BezettingFactory(onderdeel__code="A2", kwartaal=3, wachtend=True, staat="concept", ingevoerd_door=chef)
    stuur_herinneringen(om(7))
    _kop, *regels, adres = deel(berichten()["chef"], KOP)
    assert sorted(regels) == ["- Basisteam, A2 Onderdeel A2", "- Leiding en ondersteuning, A Onderdeel A"]
    assert adres == "https://site.example/voor-mij/?soort=bezetting&kwartaal=2025-Q3"


@pytest.mark.usefixtures("plaatsen")
def test_wie_overal_mag_leest_de_districten_zonder_iemand_van_het_district() -> None:
    persoon("districtschef", "chef", onderdeel="A")
    persoon("analist")
    stuur_herinneringen(om(7))
    assert deel(berichten()["analist"], KOP)[1:] == [
        "- Basisteam, B1 Onderdeel B1",
        "https://site.example/invoer/2025-Q3/bezetting/?district=B#B1.basisteam",
    ]


@pytest.mark.usefixtures("plaatsen")
def test_een_gesloten_kwartaal_en_wie_geen_bezetting_invoert_horen_er_niets_over() -> None:
    for rol in ("vaststeller", "rvo-lid", "beheerder"):
        persoon(rol)
    assert stuur_herinneringen(om(7)) == 0
    persoon("districtschef", "chef", onderdeel="B")
    AfsluitingFactory()
    assert stuur_herinneringen(om(8)) == 0


def test_teruggestuurd_van_elke_soort_gaat_naar_wie_het_nog_mag_wijzigen(een_waarde: Indicator) -> None:
    MetingFactory(indicator=een_waarde, kwartaal=3)
    chef, verhuisd = (persoon("districtschef", naam, onderdeel=waar) for naam, waar in (("chef", "A"), ("weg", "B")))
    houder, analist = persoon("portefeuillehouder", "houder", thema="proef"), persoon("analist")
    terug = {"wachtend": True, **TERUG, "afgekeurd_door": UserFactory(), "afgekeurd_op": timezone.now()}
    BezettingFactory(onderdeel__code="A1", kwartaal=3, ingevoerd_door=chef, **terug)
    BezettingFactory(onderdeel__code="A2", kwartaal=3, ingevoerd_door=verhuisd, **terug)
    indicator = MonitorregelFactory(thema__slug="proef", indicator__naam="Van het thema").indicator
    doel, blad = stel_voor(indicator, houder), stel_blad_voor(een_waarde, analist, definitie="Scherper.")
    vaststeller = maak_persoon("vaststeller")
    stuur_terug(DOEL, [doel], door=vaststeller, reden="Welk besluit?", herkomst="proef")
    stuur_terug(DEFINITIE, [blad], door=vaststeller, reden="Te vaag.", herkomst="proef")
    stuur_herinneringen(om(7))
    kop, site = "1 teruggestuurde inzending te verbeteren:", "https://site.example"
    regels = {naam: deel(tekst, kop) for naam, tekst in berichten().items() if kop in tekst}
    assert regels == {
        "chef": [
            "- Bezetting van A1 Onderdeel A1, Q3 2025", f"{site}/invoer/2025-Q3/bezetting/?district=A#A1.basisteam"
        ],
        "houder": [
            "- Doel van Van het thema, 2025, RE07 Onderdeel RE07", f"{site}/indicatoren/{indicator.code}/doelen/"
        ],
        "analist": ["- Definitie van Verdachten", f"{site}/indicatoren/verdachten/definitie/"],
    }  # fmt: skip
    assert not any(reden in str(bericht.body) for bericht in mail.outbox for reden in ("Te vaag.", "Welk besluit?"))


def test_heropening_gaat_naar_wie_erover_mag_beslissen(een_waarde: Indicator) -> None:
    AfsluitingFactory(jaar=2025, kwartaal=1, gevraagd=True)
    for naam in ("sluiter", "vrager", "derde"):
        persoon("vaststeller", naam)
    stuur_herinneringen(om(7))
    assert ontvangers() == ["derde@site.example"]
    assert "1 heropening te beoordelen:\n- Heropening van Q1 2025" in mail.outbox[0].body


@pytest.mark.parametrize("rol", ["analist", "vaststeller"])
def test_het_bericht_is_dat_van_het_bestand(rol: str) -> None:
    """``make golden`` writes the files anew; read them as their receiver would."""
    onderdelen = maak_eenheid()
    user, ander = persoon(rol), UserFactory(username="ander")
    team, enquete = maak_indicator("aanrijdtijd", niveau="basisteam"), maak_indicator("waardebeslag")
    open_ = {"vastgesteld_door": None, "vastgesteld_op": None}
    terug = {**TERUG, **open_, "afgekeurd_door": ander, "afgekeurd_op": timezone.now(), "ingevoerd_door": user}
    MetingFactory(indicator=team, onderdeel=onderdelen["A1"], kwartaal=3, **terug)
    MetingFactory(indicator=enquete, kwartaal=2, wachtend=True, ingevoerd_door=ander)
    maak_plan({("A1", "basisteam"): "100", ("B1", "basisteam"): "90"}, vanaf=date(2025, 7, 1))
    BezettingFactory(onderdeel=onderdelen["A1"], kwartaal=3, **terug)
    BezettingFactory(onderdeel=onderdelen["A2"], kwartaal=3, wachtend=True, ingevoerd_door=ander)
    voorstel = {**open_, "staat": "ingediend", "ingevoerd_door": ander, "ingevoerd_op": timezone.now()}
    DoelstellingFactory(indicator=enquete, onderdeel=onderdelen["RE07"], **voorstel)
    blad = {"naam": "x", "definitie": "x", "telregel": "x", "bron": "x", "frequentie": "kwartaal", "niveau": "eenheid"}
    Definitieversie.objects.create(indicator=enquete, reden="Nieuw.", **blad, **voorstel)
    AfsluitingFactory(jaar=2025, kwartaal=1, gevraagd=True)
    stuur_herinneringen(om(7))
    [bericht] = mail.outbox
    tekst = f"Van: {bericht.from_email}\nAan: {bericht.to[0]}\nOnderwerp: {bericht.subject}\n\n{bericht.body}"
    vergelijk_met_goud(GOUD / f"herinnering-{rol}.txt", re.sub(r"(#keuze-[a-z]+-)\d+", r"\1nummer", tekst))


def test_een_afgewezen_vraag_wacht_op_niemand(een_waarde: Indicator) -> None:
    AfsluitingFactory(jaar=2025, kwartaal=1, gevraagd=True)
    Afsluiting.objects.update(gevraagd_door=None, gevraagd_op=None, heropenreden="")
    persoon("vaststeller", "derde")
    assert stuur_herinneringen(om(7)) == 0
