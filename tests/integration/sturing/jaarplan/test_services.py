"""Adding and changing an activity: who may, what is refused, what the trail and the database keep."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan, Verouderd
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.toezicht.waarden import BEWAAKT, vind_afwijkingen
from sturing.jaarplan.services import neem_over, voeg_toe, wijzig
from sturing.lezen.jaarplan import lees_jaarplan, uit_agenda
from sturing.models import Activiteitversie, Mijlpaal, Planactiviteit
from tests.factories import IndicatorFactory, maak_hoofdlijn, maak_persoon, maak_planactiviteit, plantekst

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 6, 15)


@pytest.fixture(autouse=True)
def _vandaag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda m=None: timezone.localtime(m).date() if m else VANDAAG)


def moment(maand: int, dag: int = 1) -> datetime:
    return datetime(2025, maand, dag, 12, tzinfo=UTC)


def directeur() -> User:
    return maak_persoon("programmadirecteur", naam="directeur")


def doe(
    versie: Activiteitversie, door: User, *, gezien: int | None = -1, op: datetime | None = None, **anders: Any
) -> Any:
    gelezen = versie.nummer if gezien == -1 else gezien
    tekst = plantekst(**anders)
    return wijzig(versie.plan_id, tekst, gelezen, door=door, herkomst="proef", op=op or moment(6, 15))


def fouten(handeling: Any) -> dict[str, str]:
    with pytest.raises(InvoerFout) as fout:
        handeling()
    return {een.kolom: een.reden for een in fout.value.fouten}


def test_een_wijziging_is_een_nieuwe_versie_en_de_oude_blijft() -> None:
    indicator = IndicatorFactory(code="proef")
    oud = maak_planactiviteit(op=moment(1), mijlpalen=[("2025-03-01", "Begonnen", "")], indicatoren=["proef"])
    nieuw = doe(
        oud, directeur(), status="vertraagd", reden="Ziek.", mijlpalen=[("2025-03-01", "Begonnen", "2025-03-02")]
    )
    oud.refresh_from_db()
    assert (nieuw.nummer, nieuw.status, oud.status) == (2, "vertraagd", "op-schema")
    assert oud.vervangen_op == nieuw.op
    assert [m.gereed_op for m in oud.mijlpalen.all()] == [None]
    assert list(oud.indicatoren.all()) == [indicator]
    toen = lees_jaarplan(2025, moment(3)).get()
    assert (toen, lees_jaarplan(2025).get()) == (oud, nieuw)


def test_wie_niets_verandert_maakt_geen_versie_ook_niet_na_een_ander() -> None:
    versie = maak_planactiviteit(op=moment(1))
    assert doe(versie, directeur()).nummer == 1
    doe(versie, directeur(), titel="Anders")
    assert doe(versie, directeur(), titel="Anders").nummer == 2


def test_de_tweede_van_twee_hoort_dat_een_ander_wijzigde() -> None:
    versie = maak_planactiviteit(op=moment(1))
    doe(versie, directeur(), titel="Van de een")
    with pytest.raises(Verouderd, match="directeur wijzigde deze activiteit intussen"):
        doe(versie, maak_persoon("programmadirecteur", naam="tweede"), titel="Van de ander")
    assert Activiteitversie.objects.get(vervangen_op=None).titel == "Van de een"


def test_wie_niet_zegt_wat_hij_zag_wijzigt_niets() -> None:
    versie = maak_planactiviteit(op=moment(1))
    with pytest.raises(Verouderd):
        doe(versie, directeur(), gezien=None, titel="Blind")


@pytest.mark.parametrize("rol", ["rvo-lid", "analist", "vaststeller", "beheerder", "adviescommissie"])
def test_wie_het_plan_niet_bijhoudt_wijzigt_niets_en_dat_blijft_in_het_spoor(rol: str) -> None:
    versie, persoon = maak_planactiviteit(op=moment(1)), maak_persoon(rol)
    with pytest.raises(NietToegestaan):
        doe(versie, persoon, titel="Anders")
    with pytest.raises(NietToegestaan):
        voeg_toe(2025, versie.plan.hoofdlijn, plantekst(), door=persoon, herkomst="proef")
    assert Activiteitversie.objects.count() == 1
    assert AuditEvent.objects.filter(handeling="geweigerd").count() == 2


def test_een_portefeuillehouder_houdt_alleen_het_eigen_thema_bij() -> None:
    eigen, ander = maak_hoofdlijn("eigen"), maak_hoofdlijn("ander")
    persoon = maak_persoon("portefeuillehouder", thema="eigen")
    assert voeg_toe(2025, eigen, plantekst(), door=persoon, herkomst="proef").nummer == 1
    with pytest.raises(NietToegestaan):
        voeg_toe(2025, ander, plantekst(), door=persoon, herkomst="proef")


def test_de_eigenaar_houdt_bij_hoe_het_gaat_en_verder_niets() -> None:
    eigenaar = maak_persoon("analist")
    versie = maak_planactiviteit(op=moment(1), eigenaar=eigenaar)
    anders = {"titel": "Gekaapt", "eind": "2025-12-31", "eigenaar": None}
    nieuw = doe(versie, eigenaar, status="vertraagd", reden="Ziek.", mijlpalen=[("2025-04-01", "Nieuw", "")], **anders)
    assert (nieuw.titel, nieuw.eind, nieuw.eigenaar) == (versie.titel, versie.eind, eigenaar)
    assert (nieuw.status, nieuw.mijlpalen.get().titel) == ("vertraagd", "Nieuw")


def test_wie_geen_eigenaar_meer_is_of_uit_staat_houdt_niets_bij() -> None:
    eigenaar = maak_persoon("analist")
    versie = maak_planactiviteit(op=moment(1), eigenaar=eigenaar)
    eigenaar.is_active = False
    eigenaar.save()
    with pytest.raises(NietToegestaan):
        doe(versie, eigenaar, status="vertraagd", reden="Ziek.", eigenaar=eigenaar)


def test_een_eigenaar_zonder_rol_of_zonder_account_wordt_geweigerd_met_een_zin_bij_het_veld() -> None:
    lijn, wie = maak_hoofdlijn(), {"door": directeur(), "herkomst": "proef"}
    weg = maak_persoon("analist", naam="weg")
    weg.is_active = False
    weg.save()
    for persoon, zin in ((maak_persoon("beheerder"), "geen rol"), (weg, "staat uit")):
        gevonden = fouten(lambda persoon=persoon: voeg_toe(2025, lijn, plantekst(eigenaar=persoon), **wie))
        assert gevonden.keys() == {"eigenaar"}
        assert zin in gevonden["eigenaar"]
    assert "er niet meer" in fouten(lambda: voeg_toe(2025, lijn, plantekst(eigenaar=999_999), **wie))["eigenaar"]


def test_is_de_eigenaar_weg_dan_kiest_wie_iets_wijzigt_een_ander() -> None:
    eigenaar = maak_persoon("analist")
    versie = maak_planactiviteit(op=moment(1), eigenaar=eigenaar)
    eigenaar.rolvervullingen.update(geldig_tot=VANDAAG)
    assert fouten(lambda: doe(versie, directeur(), titel="Anders", eigenaar=eigenaar)).keys() == {"eigenaar"}
    assert doe(versie, directeur(), titel="Anders", eigenaar=None).eigenaar is None


def test_alle_fouten_van_vorm_en_van_wat_er_is_komen_tegelijk() -> None:
    tekst = plantekst(titel="", eind="2025-01-01", status="vervallen", eigenaar=999_999, indicatoren=["bestaat-niet"])
    gevonden = fouten(lambda: voeg_toe(2025, maak_hoofdlijn(), tekst, door=directeur(), herkomst="proef"))
    assert gevonden.keys() == {"titel", "eind", "reden", "eigenaar", "indicatoren"}
    assert not Planactiviteit.objects.exists()


def test_buiten_de_agenda_is_er_geen_jaarplan() -> None:
    tekst = plantekst(begin="2031-01-01", eind="2031-12-31")
    gevonden = fouten(lambda: voeg_toe(2031, maak_hoofdlijn(), tekst, door=directeur(), herkomst="proef"))
    assert "loopt niet in 2031" in gevonden["hoofdlijn"]


def test_laten_vervallen_is_een_status_met_een_reden() -> None:
    versie = maak_planactiviteit(op=moment(1))
    assert fouten(lambda: doe(versie, directeur(), status="vervallen")).keys() == {"reden"}
    doe(versie, directeur(), status="vervallen", reden="Geen geld.")
    gebeurtenis = AuditEvent.objects.get(handeling="vervallen verklaard")
    assert (gebeurtenis.reden, gebeurtenis.van["status"], gebeurtenis.naar["status"]) == (
        "Geen geld.",
        "op-schema",
        "vervallen",
    )


def test_uit_de_agenda_overnemen_maakt_wat_er_nog_niet_was() -> None:
    lijn = maak_hoofdlijn(activiteiten=3)
    een, twee, _ = lijn.activiteiten.all()
    maak_planactiviteit(lijn, uit=een, op=moment(1))
    gemaakt = neem_over(2025, [een.pk, twee.pk], None, door=directeur(), herkomst="proef")
    assert [(v.titel, v.plan.activiteit, v.plan.nummer, v.status) for v in gemaakt] == [
        ("Wat de agenda noemt, 2", twee, 2, "niet-gestart")
    ]
    assert [een.nummer for een in uit_agenda(2025)] == [3]
    assert "Vink aan" in fouten(lambda: neem_over(2025, [], None, door=directeur(), herkomst="proef"))["keuze"]
    assert "staan al" in fouten(lambda: neem_over(2025, [een.pk], None, door=directeur(), herkomst="proef"))["keuze"]


def test_van_een_ander_thema_neemt_een_portefeuillehouder_niets_over() -> None:
    eigen, ander = maak_hoofdlijn("eigen", activiteiten=1), maak_hoofdlijn("ander", activiteiten=1)
    keuze = [lijn.activiteiten.get().pk for lijn in (eigen, ander)]
    with pytest.raises(NietToegestaan):
        neem_over(2025, keuze, None, door=maak_persoon("portefeuillehouder", thema="eigen"), herkomst="proef")
    assert not Planactiviteit.objects.exists()


def test_elke_rij_volgt_uit_haar_spoor() -> None:
    versie = maak_planactiviteit(op=moment(1))
    doe(versie, directeur(), titel="Anders")
    connection.check_constraints()  # the end of a transaction: then the events are in their order
    eigen = (Planactiviteit, Activiteitversie)
    assert set(eigen) <= set(BEWAAKT)
    assert [een for een in vind_afwijkingen() if een.soort in eigen] == []


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE sturing_activiteitversie SET titel = 'anders'",
        "UPDATE sturing_planactiviteit SET jaar = 2024",
        "UPDATE sturing_mijlpaal SET gereed_op = '2025-01-01'",
        "DELETE FROM sturing_mijlpaal",
        "DELETE FROM sturing_activiteitversie",
    ],
)
def test_de_database_verandert_en_verwijdert_geen_versie(opdracht: str) -> None:
    maak_planactiviteit(op=moment(1), mijlpalen=[("2025-03-01", "Begonnen", "")])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(opdracht)
    assert Mijlpaal.objects.get().gereed_op is None


def test_de_database_weigert_een_tweede_versie_die_geldt() -> None:
    versie = maak_planactiviteit(op=moment(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Activiteitversie.objects.create(
            plan=versie.plan,
            nummer=2,
            titel="Twee",
            begin=versie.begin,
            eind=versie.eind,
            door=versie.door,
            op=versie.op,
        )
