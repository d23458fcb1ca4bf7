"""A closed quarter keeps its verdict, whatever is changed and along whichever road: nothing may slip through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from common.vaststellen.bewaking import Geweigerd
from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.invoer.kwartaal.gesloten import bewaar_gesloten
from monitor.invoer.meting.services import dien_in
from monitor.invoer.regels.waarneming import InvoerFout, Waarneming
from monitor.invoer.vaststellen.eisen import KwartaalGesloten
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import METING
from monitor.invoer.voorstellen.doelen.gevolgen import gevolgen_van_doelen
from monitor.models import Afsluiting, Doelbereik, Doelstelling, Indicator, Meting
from monitor.rekenen.herberekenen import herbereken
from tests.factories import (
    AfsluitingFactory,
    DoelstellingFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    OnderdeelFactory,
    maak_eenheid,
    maak_persoon,
)
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import stel_voor, wijzig
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
HERKOMST = "proef"


@dataclass(frozen=True)
class Wereld:
    indicator: Indicator
    analist: User
    vaststeller: User

    def meet(self, jaar: int, kwartaal: int | None, waarde: int, onderdeel: str = "RE07") -> Waarneming:
        nul = dict.fromkeys(("teller", "noemer", "marge", "meetdatum"))
        return Waarneming(
            rij=2, indicator=self.indicator.code, onderdeel=onderdeel, jaar=jaar, kwartaal=kwartaal,
            waarde=Decimal(waarde), onbekend=False, status="definitief", toelichting="Nageteld.", **nul,
        )  # fmt: skip

    def dien_in(self, *waarnemingen: Waarneming) -> list[Meting]:
        return dien_in(waarnemingen, door=self.analist, herkomst=HERKOMST)[0]

    def stel_vast(self, *metingen: Meting) -> None:
        stel_vast(METING, metingen, door=self.vaststeller, herkomst=HERKOMST)


def maak_wereld(**velden: Any) -> Wereld:
    maak_eenheid()
    regel = MonitorregelFactory(indicator=IndicatorFactory(code="verdachten", naam="Verdachten", **velden))
    return Wereld(regel.indicator, maak_persoon("analist"), maak_persoon("vaststeller"))


@pytest.fixture
def wereld() -> Wereld:
    wereld = maak_wereld()
    DoelstellingFactory(indicator=wereld.indicator, onderdeel=OnderdeelFactory(code="RE07"))
    return wereld


def vul(wereld: Wereld, jaar: int, *waarden: int | None) -> None:
    for kwartaal, waarde in enumerate(waarden, start=1):
        if waarde is not None:
            MetingFactory(indicator=wereld.indicator, jaar=jaar, kwartaal=kwartaal, waarde=waarde)


ZIN = (
    r"Dit verandert het oordeel over {} van Verdachten\. .* gesloten\. "
    "Vraag op de pagina Invoer om heropening; een vaststeller die het kwartaal niet sloot, beslist"
)


def test_een_eerder_open_kwartaal_verandert_geen_gesloten_kwartaal(wereld: Wereld) -> None:
    vul(wereld, 2025, 9, 6, 6)
    AfsluitingFactory(jaar=2025, kwartaal=3)
    with pytest.raises(KwartaalGesloten, match=ZIN.format("Q3 2025")):
        wereld.dien_in(wereld.meet(2025, 1, 12))
    assert not Meting.objects.filter(staat=Staat.INGEDIEND).exists()


def test_wat_al_wachtte_wordt_bij_vaststellen_geweigerd(wereld: Wereld) -> None:
    vul(wereld, 2025, 9, 6, 6)
    [meting] = wereld.dien_in(wereld.meet(2025, 1, 12))
    AfsluitingFactory(jaar=2025, kwartaal=3)
    with pytest.raises(KwartaalGesloten, match=ZIN.format("Q3 2025")):
        wereld.stel_vast(meting)
    meting.refresh_from_db()
    assert meting.staat == Staat.INGEDIEND


def test_een_later_kwartaal_en_een_ander_jaar_mogen_gewoon(wereld: Wereld) -> None:
    vul(wereld, 2025, 9, 6)
    AfsluitingFactory(jaar=2025, kwartaal=2)
    wereld.stel_vast(*wereld.dien_in(wereld.meet(2025, 3, 8), wereld.meet(2026, 1, 8)))


def test_na_heropening_mag_het_en_daarna_is_het_weer_dicht(wereld: Wereld) -> None:
    vul(wereld, 2025, 9, 6, 6)
    afsluiting = AfsluitingFactory(jaar=2025, kwartaal=3)
    Afsluiting.objects.filter(pk=afsluiting.pk).update(
        gevraagd_door=wereld.analist, gevraagd_op=datetime.now(UTC), heropenreden="Nageteld.",
        heropend_door=wereld.vaststeller, heropend_op=datetime.now(UTC),
    )  # fmt: skip
    wereld.stel_vast(*wereld.dien_in(wereld.meet(2025, 1, 12)))
    AfsluitingFactory(jaar=2025, kwartaal=3)
    with pytest.raises(KwartaalGesloten):
        wereld.dien_in(wereld.meet(2025, 1, 13))


def test_een_vorige_meting_van_een_verbetering() -> None:
    wereld = maak_wereld(frequentie="jaar", aggregatie="stand")
    for jaar in (2023, 2024, 2025):
        MetingFactory(indicator=wereld.indicator, jaar=jaar, kwartaal=4, waarde=jaar - 2000)
    velden = {"soort": "verbetering", "streefwaarde": None, "marge": None}
    DoelstellingFactory(indicator=wereld.indicator, onderdeel=OnderdeelFactory(code="RE07"), **velden)
    AfsluitingFactory(jaar=2025, kwartaal=4)
    with pytest.raises(KwartaalGesloten, match=ZIN.format("Q4 2025")):
        wereld.dien_in(wereld.meet(2024, 4, 30))
    wereld.stel_vast(*wereld.dien_in(wereld.meet(2023, 4, 30)))  # not the previous one


def test_een_seizoen_uit_eerdere_jaren() -> None:
    wereld = maak_wereld(verwachting="seizoen")
    for jaar in (2023, 2024):
        vul(wereld, jaar, 5, 5, 5, 15)
    vul(wereld, 2025, 6)
    DoelstellingFactory(indicator=wereld.indicator, onderdeel=OnderdeelFactory(code="RE07"))
    AfsluitingFactory(jaar=2025, kwartaal=1)
    with pytest.raises(KwartaalGesloten, match=ZIN.format("Q1 2025")):
        wereld.dien_in(wereld.meet(2023, 1, 15))


def test_een_heel_jaar_over_een_gesloten_kwartaal(wereld: Wereld) -> None:
    """Its quarters would not be asked for any more."""
    AfsluitingFactory(jaar=2025, kwartaal=1)
    with pytest.raises(KwartaalGesloten, match=ZIN.format("Q1 2025")):
        wereld.dien_in(wereld.meet(2025, None, 30))


def test_een_doel_van_een_jaar_met_een_gesloten_kwartaal(wereld: Wereld) -> None:
    vul(wereld, 2025, 9, 6, 6)
    AfsluitingFactory(jaar=2025, kwartaal=1)
    with pytest.raises(KwartaalGesloten, match="Q1 2025 is gesloten"):
        stel_voor(wereld.indicator)


def test_een_eerste_doel_voor_een_ander_jaar_dat_de_oude_jaren_gevraagd_maakt() -> None:
    """Without targets values are due since the first one; with one only in its own years."""
    wereld = maak_wereld(niveau="district")
    MetingFactory(indicator=wereld.indicator, onderdeel=OnderdeelFactory(code="A"), jaar=2024, kwartaal=1)
    AfsluitingFactory(jaar=2025, kwartaal=1)
    with pytest.raises(KwartaalGesloten, match=ZIN.format("Q1 2025")):
        wijzig(wereld.indicator, jaar="2026", geldig_vanaf="1-1-2026")


def test_de_organisatie(wereld: Wereld) -> None:
    """A district that ends in the past is not asked any more in a quarter that was closed with it."""
    indicator = MonitorregelFactory(indicator__code="per-district", indicator__niveau="district").indicator
    MetingFactory(indicator=indicator, onderdeel=OnderdeelFactory(code="A"), kwartaal=1)
    AfsluitingFactory(jaar=2025, kwartaal=1)
    with pytest.raises(KwartaalGesloten, match="Q1 2025"), transaction.atomic(), bewaar_gesloten():
        Onderdeel.objects.filter(code="B").update(geldig_tot=date(2025, 2, 1))
    assert not Onderdeel.objects.filter(geldig_tot__isnull=False).exists()
    with transaction.atomic(), bewaar_gesloten():
        Onderdeel.objects.filter(code="B").update(geldig_tot=date(2025, 6, 1))


@pytest.mark.parametrize("anders", [{"niveau": "district"}, {"verwachting": "stap", "stap_kwartaal": 4}])
def test_een_definitie(wereld: Wereld, anders: dict[str, object]) -> None:
    vul(wereld, 2025, 9, 6, 6)
    AfsluitingFactory(jaar=2025, kwartaal=3)
    with pytest.raises(KwartaalGesloten, match="Q3 2025"), transaction.atomic(), bewaar_gesloten():
        Indicator.objects.filter(pk=wereld.indicator.pk).update(**anders)
    with transaction.atomic(), bewaar_gesloten():
        Indicator.objects.filter(pk=wereld.indicator.pk).update(naam="Verdachten van mensenhandel")


def test_een_lopende_definitieve_waarde_die_al_wachtte(wereld: Wereld) -> None:
    """Handed in before it was refused: who approves is told from which day it can be."""
    meting = MetingFactory(indicator=wereld.indicator, jaar=2026, kwartaal=4, wachtend=True)
    op = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)  # a minute before midnight in Amsterdam
    with pytest.raises(Geweigerd, match="definitief kan vanaf 1 januari 2027"):
        stel_vast(METING, [meting], door=wereld.vaststeller, herkomst=HERKOMST, op=op)
    stel_vast(METING, [meting], door=wereld.vaststeller, herkomst=HERKOMST, op=op.replace(hour=23, minute=0))


def rijen_van(kwartaal: tuple[int, int]) -> list[tuple[object, ...]]:
    """Every verdict of a quarter as it is stored, but for which version of its target it names."""
    velden = [veld.attname for veld in Doelbereik._meta.concrete_fields if veld.attname != "doelstelling_id"]
    rijen = Doelbereik.objects.filter(jaar=kwartaal[0], kwartaal=kwartaal[1])
    return list(rijen.order_by("indicator_id", "onderdeel_id").values_list(*velden))


DADEN = st.one_of(
    st.tuples(
        st.just("meet"), st.sampled_from(["A", "B"]), st.integers(2023, 2025), st.sampled_from([None, 1, 2, 3, 4]),
        st.integers(0, 9),
    ),
    st.tuples(st.just("doel"), st.sampled_from(["RE07", "A"]), st.integers(2024, 2026), st.integers(1, 40)),
    st.tuples(st.just("sluit"), st.integers(2024, 2025), st.integers(1, 4)),
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    daden=st.lists(DADEN, min_size=8, max_size=20),
    soort=st.sampled_from(["som", "stand"]),
    verwachting=st.sampled_from(["lineair", "seizoen"]),
)
def test_geen_geschiedenis_verandert_een_gesloten_kwartaal(
    django_db_blocker: Any, daden: list[tuple[Any, ...]], soort: str, verwachting: str
) -> None:
    with transaction.atomic():
        wereld = maak_wereld(niveau="district", aggregatie=soort, verwachting=verwachting)
        for onderdeel in "AB":
            MetingFactory(indicator=wereld.indicator, onderdeel=OnderdeelFactory(code=onderdeel), jaar=2024)
        dicht: dict[tuple[int, int], list[tuple[object, ...]]] = {}
        for daad in daden:
            _doe(wereld, daad, dicht)
            herbereken(vandaag=date(2026, 11, 28))
            for kwartaal, toen in dicht.items():
                assert rijen_van(kwartaal) == toen, (kwartaal, daad)
        transaction.set_rollback(True)


def _doe(wereld: Wereld, daad: tuple[Any, ...], dicht: dict[tuple[int, int], list[tuple[object, ...]]]) -> None:
    wat, *rest = daad
    if wat == "sluit":
        herbereken(vandaag=date(2026, 11, 28))
        if tuple(rest) not in dicht:
            AfsluitingFactory(jaar=rest[0], kwartaal=rest[1])
            dicht[rest[0], rest[1]] = rijen_van((rest[0], rest[1]))
        return
    try:
        with transaction.atomic():
            if wat == "meet":
                onderdeel, jaar, kwartaal, waarde = rest
                wereld.stel_vast(*wereld.dien_in(wereld.meet(jaar, kwartaal, waarde, onderdeel)))
            else:
                _wijzig_doel(wereld.indicator, *rest)
    except (InvoerFout, Geweigerd):
        return


def _wijzig_doel(indicator: Indicator, onderdeel: str, jaar: int, waarde: int) -> None:
    versies = Doelstelling.objects.geldend().filter(indicator=indicator, jaar=jaar, onderdeel__code=onderdeel)
    dag = date(jaar, 1, 1 + versies.count())
    soort = "minimum" if indicator.aggregatie == "stand" else "jaarvolume"
    wijzig(
        indicator, onderdeel=onderdeel, jaar=str(jaar), streefwaarde=str(waarde), soort=soort,
        geldig_vanaf=dag.isoformat(), reden=f"{waarde} is bedoeld.",
    )  # fmt: skip


def test_wat_een_doel_doet_staat_er_voor_het_besluit(wereld: Wereld) -> None:
    vul(wereld, 2025, 9, 6, 6)
    doel = stel_voor(wereld.indicator, streefwaarde="28", geldig_vanaf="1-6-2025")
    assert gevolgen_van_doelen([doel]) == {doel.pk: ["Q3 2025: nu Aandacht, dan Op koers."]}
    paginas = {"/vaststellen/doelen/": wereld.vaststeller, "/indicatoren/verdachten/doelen/": wereld.analist}
    for adres, persoon in paginas.items():
        client = Client()
        client.force_login(persoon)
        assert Pagina.van(client.get(adres)).heeft("Q3 2025: nu Aandacht, dan Op koers.")


def test_een_doel_dat_niets_verandert_zegt_dat(wereld: Wereld) -> None:
    doel = stel_voor(wereld.indicator, streefwaarde="31")
    assert gevolgen_van_doelen([doel]) == {doel.pk: ["Geen oordeel over 2025 verandert."]}


@pytest.mark.parametrize(
    ("dag", "zin"),
    [
        ("1-1-2026", "Dit doel is van 2025: de datum ligt niet na 31 december 2025."),
        ("1-1-2023", "Vul een latere datum in: het doel dat nu geldt, geldt vanaf 1 januari 2023."),
        ("31-12-2022", "Vul een latere datum in: het doel dat nu geldt, geldt vanaf 1 januari 2023."),
    ],
)
def test_vanaf_wanneer_een_doel_geldt(wereld: Wereld, dag: str, zin: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        stel_voor(wereld.indicator, geldig_vanaf=dag)
    assert [(een.kolom, een.reden) for een in fout.value.fouten] == [("geldig_vanaf", zin)]


@pytest.mark.parametrize("dag", [date(2026, 1, 1), date(2023, 1, 1)])
def test_ook_de_database_weigert_zo_n_dag(wereld: Wereld, dag: date) -> None:
    oud = Doelstelling.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        DoelstellingFactory(
            indicator=wereld.indicator, onderdeel=oud.onderdeel, geldig_vanaf=dag, vervangt=oud, vervangreden="x",
            staat=Staat.INGEDIEND, vastgesteld_op=None, ingevoerd_door=wereld.analist,
        )  # fmt: skip
