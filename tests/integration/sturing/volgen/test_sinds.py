"""What changed between two days: every kind in a line, for each reader what that reader may see, and nothing twice."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.vaststellen.audit import gebeurtenis, leg_vast
from formatie.models import Onderdeel, Organisatiebesluit
from monitor.dashboards.overzicht.sinds import lees_sinds
from monitor.models import Definitieversie, Doelstelling, Grensbesluit, Indicator, Meting
from monitor.rekenen.herberekenen import herbereken
from sturing.lezen import sinds as spoorlezer
from sturing.lezen.sinds import Spoorregel
from sturing.lezen.vergadering import Tijdvak, begin_vanzelf
from sturing.models import Planactiviteit, Volgstand
from sturing.regels.sinds import Rubriek, Verandering, tel
from tests.factories import DoelstellingFactory, MetingFactory, UserFactory, maak_persoon
from tests.integration.monitor.dashboards.opstelling import maak_monitor
from tests.integration.monitor.dashboards.verleden import (
    EINDE,
    corrigeer,
    moment,
    stel_klok,
    wijzig_doel,
)
from tests.integration.sturing.volgen.opstelling import maak_activiteit, zet_versie
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
VAN = date(2025, 11, 24)
ERNA = VAN + timedelta(days=3)


@pytest.fixture
def onderdelen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Onderdeel]:
    stel_klok(monkeypatch, EINDE)
    return maak_monitor()


def als(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


def regels(user: User, van: date = VAN, tot: date = EINDE, onderdelen: tuple[str, ...] = ()) -> list[Verandering]:
    return list(lees_sinds(user, Tijdvak(van, tot, EINDE), onderdelen).regels)


def teksten(user: User, rubriek: Rubriek, **anders: Any) -> list[str]:
    return [regel.tekst for regel in regels(user, **anders) if regel.rubriek is rubriek]


def een(code: str, onderdeel: str = "RE07", kwartaal: int = 3) -> Meting:
    return Meting.objects.geldend().get(indicator__code=code, onderdeel__code=onderdeel, jaar=2025, kwartaal=kwartaal)


def test_een_dag_waarop_niets_gebeurde_heeft_geen_regels(onderdelen: dict[str, Onderdeel]) -> None:
    lid = maak_persoon("rvo-lid")
    assert regels(lid, ERNA, ERNA + timedelta(days=1)) == []
    pagina = Pagina.van(als("analist").get(f"/sinds/?van={ERNA}&tot={ERNA + timedelta(days=1)}"))
    assert pagina.heeft("er is niets veranderd")


def test_een_correctie_geeft_een_ander_oordeel_achteraf_en_zegt_beide_cijfers(
    onderdelen: dict[str, Onderdeel],
) -> None:
    corrigeer(een("verdachten"), moment(ERNA), waarde=Decimal(40))
    herbereken(vandaag=EINDE)
    lid = maak_persoon("rvo-lid")
    assert teksten(lid, Rubriek.WAARDE) == ["Verdachten: Q3 2025 gecorrigeerd, van 6 verdachten naar 40 verdachten"]
    [regel] = [r for r in regels(lid, tot=ERNA) if r.rubriek is Rubriek.OORDEEL]
    assert regel.tekst == "Verdachten: Q3 2025 herzien, van aandacht naar op koers"
    assert regel.adres.startswith("/indicatoren/verdachten/")
    assert ("thema", "opsporing") in regel.over
    assert regels(lid, ERNA) == regels(lid, ERNA, EINDE)
    assert not [r for r in regels(lid, ERNA) if r.rubriek is Rubriek.WAARDE]


def test_een_nieuw_kwartaal_staat_naast_het_vorige(onderdelen: dict[str, Onderdeel]) -> None:
    indicator = Indicator.objects.get(code="verdachten")
    MetingFactory(
        indicator=indicator,
        onderdeel=onderdelen["RE07"],
        kwartaal=4,
        waarde=Decimal(1),
        vastgesteld_op=moment(date(2026, 1, 20)),
    )
    herbereken(vandaag=EINDE)
    lid = maak_persoon("rvo-lid")
    [regel] = [r for r in regels(lid, tot=date(2026, 2, 14)) if r.naam == "Verdachten" and r.rubriek is Rubriek.OORDEEL]
    assert regel.zin == "van aandacht (Q3 2025) naar niet behaald (Q4 2025)"
    assert regel.telt == "oordeel"


def test_veertig_waarden_van_een_kwartaal_zijn_een_regel(onderdelen: dict[str, Onderdeel]) -> None:
    tijd = Indicator.objects.get(code="aanrijdtijd")
    for nummer in range(1, 9):
        team = Onderdeel.objects.create(
            code=f"A{nummer + 10}", naam=f"Team {nummer}", soort="basisteam", ouder=onderdelen["A"]
        )
        MetingFactory(
            indicator=tijd, onderdeel=team, kwartaal=3, waarde=None, teller=8, noemer=10, vastgesteld_op=moment(ERNA)
        )
    zinnen = teksten(maak_persoon("rvo-lid"), Rubriek.WAARDE)
    assert zinnen == ["Aanrijdtijd: cijfers van Q3 2025 vastgesteld voor 8 basisteams"]


def test_correcties_onder_de_eenheid_zijn_een_regel_en_een_enkele_zegt_zijn_cijfers(
    onderdelen: dict[str, Onderdeel],
) -> None:
    lid = maak_persoon("rvo-lid")
    corrigeer(een("aanrijdtijd", "A1"), moment(ERNA), teller=50)
    [zin] = teksten(lid, Rubriek.WAARDE)
    assert zin == "Aanrijdtijd: Q3 2025, A1 Onderdeel A1 gecorrigeerd, van 80,0% naar 50,0%"
    corrigeer(een("aanrijdtijd", "B1"), moment(ERNA), teller=51)
    assert teksten(lid, Rubriek.WAARDE) == ["Aanrijdtijd: Q3 2025 gecorrigeerd voor A1 en B1"]


def test_wat_na_de_laatste_dag_gebeurde_telt_niet(onderdelen: dict[str, Onderdeel]) -> None:
    """Corrected twice: until the day in between the first of the two, until now the second."""
    lid = maak_persoon("rvo-lid")
    eerste = corrigeer(een("verdachten"), moment(ERNA), waarde=Decimal(7))
    corrigeer(eerste, moment(ERNA + timedelta(days=5)), waarde=Decimal(8))
    tussen = teksten(lid, Rubriek.WAARDE, tot=ERNA)
    assert tussen == ["Verdachten: Q3 2025 gecorrigeerd, van 6 verdachten naar 7 verdachten"]
    assert teksten(lid, Rubriek.WAARDE) == ["Verdachten: Q3 2025 gecorrigeerd, van 6 verdachten naar 8 verdachten"]


def test_besluiten_over_doelen_definities_grenzen_en_de_organisatie(onderdelen: dict[str, Onderdeel]) -> None:
    lid, indicator = maak_persoon("rvo-lid"), Indicator.objects.get(code="verdachten")
    besloten = {
        "staat": "vastgesteld",
        "ingevoerd_door": UserFactory(username="a"),
        "ingevoerd_op": moment(ERNA),
        "vastgesteld_door": UserFactory(username="b"),
        "vastgesteld_op": moment(ERNA),
    }
    wijzig_doel(Doelstelling.objects.get(indicator=indicator), moment(ERNA), streefwaarde=Decimal(50))
    DoelstellingFactory(
        indicator=Indicator.objects.get(code="verdachten-jong"),
        onderdeel=onderdelen["RE07"],
        streefwaarde=5,
        vastgesteld_op=moment(ERNA),
    )
    blad = {veld: getattr(indicator, veld) for veld in Definitieversie.BLAD}
    Definitieversie.objects.create(indicator=indicator, **blad, reden="Geheim 12.", **besloten)
    Grensbesluit.objects.create(indicator=indicator, jaar=2025, kwartaal=1, reden="Anders geteld.", **besloten)
    for soort in Organisatiebesluit.Soort.values:
        Organisatiebesluit.objects.create(
            soort=soort, plek=soort, naam=f"Over {soort}", vanaf=ERNA, bron="x", rijen={}, **besloten
        )
    assert teksten(lid, Rubriek.DOEL) == [
        "Verdachten jong: doel 2025 vastgesteld: 5 verdachten (jaarvolume, marge 10% van de norm)",
        "Verdachten: doel 2025 gewijzigd, van 30 verdachten naar 50 verdachten",
    ]
    assert teksten(lid, Rubriek.DEFINITIE) == [
        "Verdachten: definitie gewijzigd",
        "Verdachten: grenzen van de gewone schommeling beginnen opnieuw vanaf Q1 2025",
    ]
    assert len(teksten(lid, Rubriek.ORGANISATIE)) == 5
    beheerder = maak_persoon("beheerder")
    assert teksten(beheerder, Rubriek.ORGANISATIE) == ["Over agenda: agenda gewijzigd vanaf 27-11-2025"]
    assert {regel.rubriek for regel in regels(beheerder)} == {Rubriek.ORGANISATIE}


def test_een_activiteit_zegt_alles_wat_eraan_veranderde(onderdelen: dict[str, Onderdeel]) -> None:
    plan, lid = maak_activiteit(), maak_persoon("rvo-lid")
    zet_versie(plan, moment(ERNA), titel="Tussen")  # replaced within the period: nobody needs to hear of it
    klaar = (("Start", date(2025, 3, 1), date(2025, 3, 4)),)
    zet_versie(
        plan,
        moment(ERNA, 14),
        klaar,
        titel="Pilot in de wijk",
        status="vertraagd",
        reden="Slechts 3 agenten.",
        eind=date(2026, 3, 31),
    )
    nieuw = maak_activiteit(op=ERNA, titel="Nieuwe")
    [een_, twee] = [r for r in regels(lid) if r.rubriek is Rubriek.ACTIVITEIT]
    assert een_.tekst == (
        "Pilot in de wijk: van op schema naar vertraagd; mijlpaal “Start” bereikt op 04-03-2025; "
        "eind verschoven van 31-12-2025 naar 31-03-2026; te laat (het einde was 31-03-2026) (“Slechts 3 agenten.”)"
    )
    assert "Slechts" not in een_.in_bericht
    assert een_.over == {("activiteit", str(plan.pk)), ("thema", "wijk")}
    assert (een_.telt, twee.telt) == ("vertraagd", "te-laat")  # its end passed too
    assert twee.tekst.startswith("Nieuwe: nieuw in het jaarplan, op schema")
    assert twee.adres == f"/jaarplan/activiteiten/{nieuw.pk}/"
    [zonder_reden, _] = [r for r in regels(maak_persoon("beheerder")) if r.rubriek is Rubriek.ACTIVITEIT]
    assert "Slechts" not in zonder_reden.zin


def test_het_spoor_vertelt_alleen_wat_in_de_tabel_staat_en_er_nog_is(
    onderdelen: dict[str, Onderdeel], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, weg, lid = maak_activiteit(), maak_activiteit(titel="Weg"), maak_persoon("rvo-lid")
    regel = Spoorregel(
        "planactiviteit", "besproken", Rubriek.BESLUIT, lambda p: "Geheime tekst", lambda p: "besloten",
        lambda p: f"/overleg/{p.pk}/", lambda p: [("indicator", "verdachten")], telt=lambda p: "besluit",
        in_bericht="Een besluit",
    )  # fmt: skip
    zonder_model = Spoorregel("bestaat-niet", "besproken", Rubriek.BESLUIT, str, str, str)
    monkeypatch.setattr(spoorlezer, "SPOOR", (regel, zonder_model))
    for voorwerp, handeling in ((plan, "besproken"), (plan, "besproken"), (plan, "ingediend"), (weg, "besproken")):
        leg_vast([gebeurtenis(handeling, voorwerp, door=lid, herkomst="proef", op=moment(ERNA))])
    verteld = [r for r in regels(lid) if r.rubriek is Rubriek.BESLUIT]
    assert [r.adres for r in verteld] == [f"/overleg/{plan.pk}/", f"/overleg/{weg.pk}/"]
    assert verteld[0].thema == "opsporing"  # that of the indicator it is about
    assert verteld[0].in_bericht == "Een besluit: besloten"
    assert tel(verteld) == {"besluit": 2}
    assert not [r for r in regels(maak_persoon("beheerder")) if r.rubriek is Rubriek.BESLUIT]
    monkeypatch.setattr(Planactiviteit, "ingetrokken_op", moment(ERNA), raising=False)
    assert not [r for r in regels(lid) if r.rubriek is Rubriek.BESLUIT]


def test_elke_regel_van_de_tabel_is_voor_wie_cijfers_leest_of_alleen_tekst_van_de_agenda() -> None:
    """What people write may hold a figure: by default only who reads figures is told."""
    assert len({(r.soort, r.handeling) for r in spoorlezer.SPOOR}) == len(spoorlezer.SPOOR)
    assert [r.soort for r in spoorlezer.SPOOR if r.recht is not spoorlezer.Recht.CIJFERS_LEZEN] == ["overleg"] * 2


class TestWieWat:
    """Nobody reads here what their pages of these days do not show."""

    def test_de_chef_leest_het_eigen_district_en_geen_ander(self, onderdelen: dict[str, Onderdeel]) -> None:
        for team in ("A1", "A2", "A3", "B1", "B2"):
            corrigeer(een("verzuim", team), moment(ERNA), teller=30)
            corrigeer(een("aanrijdtijd", team), moment(ERNA), teller=95)
        herbereken(vandaag=EINDE)
        pagina = Pagina.van(als("districtschef", onderdeel="A").get(f"/sinds/?van={VAN}&tot={ERNA}"))
        assert pagina.heeft("Aanrijdtijd, A Onderdeel A")
        assert pagina.heeft("Verzuim: Q3 2025 gecorrigeerd voor A1, A2 en A3")
        assert not pagina.heeft("B Onderdeel B")
        lid = Pagina.van(als("rvo-lid").get(f"/sinds/?van={VAN}&tot={ERNA}"))
        assert not lid.heeft("Verzuim: Q3 2025 gecorrigeerd")
        assert not lid.heeft("A Onderdeel A")

    def test_een_gevoelige_indicator_zegt_niets_onder_de_eenheid(self, onderdelen: dict[str, Onderdeel]) -> None:
        csv_ = Indicator.objects.get(code="csv")
        MetingFactory(
            indicator=csv_, onderdeel=onderdelen["A1"], kwartaal=3, waarde=Decimal(2), vastgesteld_op=moment(ERNA)
        )
        for rol, waar in (("rvo-lid", {}), ("analist", {}), ("districtschef", {"onderdeel": "A"})):
            persoon = maak_persoon(rol, **waar)
            assert not [r for r in regels(persoon, onderdelen=("A", "A1")) if ("indicator", "csv") in r.over]

    def test_de_beheerder_leest_geen_cijfer_en_geen_oordeel(self, onderdelen: dict[str, Onderdeel]) -> None:
        corrigeer(een("verdachten"), moment(ERNA), waarde=Decimal(40))
        herbereken(vandaag=EINDE)
        antwoord = als("beheerder").get(f"/sinds/?van={VAN}")
        assert not Pagina.van(antwoord).heeft("Verdachten")
        assert not Pagina.van(als("beheerder").get("/")).heeft("oordelen veranderd")

    def test_een_concept_en_wat_is_teruggestuurd_staat_er_niet(self, onderdelen: dict[str, Onderdeel]) -> None:
        indicator = Indicator.objects.get(code="verdachten")
        MetingFactory(indicator=indicator, kwartaal=4, wachtend=True, ingediend_op=moment(ERNA))
        assert regels(maak_persoon("analist"), tot=ERNA) == []


class TestKeuze:
    @pytest.mark.parametrize(
        ("vraag", "zin"),
        [
            ("van=2026-12-31", "Van: De dag 31-12-2026 ligt in de toekomst."),
            ("van=gisteren", "Van: Dit is geen datum."),
            ("van=2025-13-01", "Van: Dit is geen datum."),
            ("tot=1999-01-01", "Tot en met: Kies een dag vanaf 01-01-2000."),
            (
                "van=2026-02-01&tot=2026-01-01",
                "Van: de eerste dag moet vóór de laatste liggen. Kies een dag vóór",
            ),
            ("van=2026-02-01&tot=2026-02-01", "Van: de eerste dag moet vóór de laatste liggen"),
            ("van=2026-05-06", "Van: de eerste dag moet vóór de laatste liggen"),
        ],
    )
    def test_wat_niet_kan_is_een_zin_bij_zijn_veld_en_wat_getypt_is_staat_er_nog(
        self, onderdelen: dict[str, Onderdeel], vraag: str, zin: str
    ) -> None:
        antwoord = als("rvo-lid").get(f"/sinds/?{vraag}")
        assert antwoord.status_code == 400
        pagina = Pagina.van(antwoord)
        assert pagina.heeft(zin)
        getypt = dict(deel.split("=") for deel in vraag.split("&"))
        for veld, waarde in getypt.items():
            assert f'name="{veld}" value="{waarde}"' in antwoord.content.decode()

    @pytest.mark.parametrize(
        "vraag",
        ["van=2001-01-01", "van=2001-01-01&tot=2001-02-01", "keuze=niets", "van=%00", "van=2025-11-24&_export=csv"],
    )
    def test_een_dag_voor_de_agenda_en_een_keuze_die_niet_bestaat_geven_een_pagina(
        self, onderdelen: dict[str, Onderdeel], vraag: str
    ) -> None:
        assert als("rvo-lid").get(f"/sinds/?{vraag}").status_code in (200, 400)

    def test_zonder_keuze_sinds_het_eind_van_het_vorige_kwartaal(self, onderdelen: dict[str, Onderdeel]) -> None:
        assert begin_vanzelf(EINDE).dag == date(2026, 3, 31)
        assert Pagina.van(als("rvo-lid").get("/sinds/")).heeft("Sinds het eind van Q1 2026 (31 maart 2026)")

    def test_gezien_begint_de_volgende_keer_daar(self, onderdelen: dict[str, Onderdeel]) -> None:
        client = als("rvo-lid")
        assert client.post("/sinds/").status_code == 302
        stand = Volgstand.objects.get()
        Volgstand.objects.update(gezien_op=moment(ERNA, 15))
        corrigeer(een("verdachten"), moment(ERNA, 17), waarde=Decimal(40))  # later on the same day
        pagina = Pagina.van(client.get("/sinds/?keuze=vorige-keer"))
        assert pagina.heeft("Sinds uw vorige keer (27 november 2025)")
        assert pagina.heeft("Q3 2025 gecorrigeerd")
        # A clock that was put back since: from yesterday.
        Volgstand.objects.update(gezien_op=moment(date(2031, 1, 1)))
        assert client.get("/sinds/?keuze=vorige-keer").status_code == 200
        assert stand.user.username

    def test_het_bestand_heeft_elke_regel_met_een_heel_adres(
        self, onderdelen: dict[str, Onderdeel], settings: Any
    ) -> None:
        settings.SITE_URL = "https://site.example"
        corrigeer(een("verdachten"), moment(ERNA), waarde=Decimal(40))
        herbereken(vandaag=EINDE)
        client, lid = als("rvo-lid"), maak_persoon("rvo-lid", naam="lezer")
        inhoud = client.get(f"/sinds/?van={VAN}&_export=csv").content.decode("utf-8-sig")
        rijen = list(csv.reader(io.StringIO(inhoud), delimiter=";"))
        assert len([rij for rij in rijen if rij and rij[-1].startswith("https://site.example/")]) == len(regels(lid))
        assert ["Opsporing", "Cijfers", "Verdachten"] in [rij[:3] for rij in rijen]
        for formaat in ("xlsx", "ods"):
            assert client.get(f"/sinds/?van={VAN}&_export={formaat}").status_code == 200


def test_de_klok_van_de_dagen_is_die_van_hier(onderdelen: dict[str, Onderdeel]) -> None:
    """The last second of a day belongs to it: half past twelve at night here is the evening before in UTC."""
    laat = moment(ERNA, 22) + timedelta(minutes=59, seconds=59)
    corrigeer(een("verdachten"), laat + timedelta(seconds=1), waarde=Decimal(7))
    lid = maak_persoon("rvo-lid")
    assert teksten(lid, Rubriek.WAARDE, tot=ERNA) == []
    assert len(teksten(lid, Rubriek.WAARDE, tot=ERNA + timedelta(days=1))) == 1
    assert timezone.localtime(laat).date() == ERNA
