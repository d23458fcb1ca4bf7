"""What the organisation is comes through one decision: one proposes rows as the files have them, another approves."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from common.bestanden.toml import Fouten, Tabelrij
from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan
from common.vaststellen.model import Staat
from formatie.bijhouden.inhoud import als_rijen
from formatie.bijhouden.werkgebied import rij_van
from formatie.models import Gemeente, Onderdeel, Organisatiebesluit, Werkgebied
from formatie.plan.gemeenten import lees_werkgebieden
from formatie.plan.laden import laad
from formatie.plan.lezen import Organisatie
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import ORGANISATIE
from tests.factories import GemeenteFactory, maak_eenheid, maak_gebied, maak_persoon
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import analist, vaststeller
from tests.integration.monitor.invoer.voorstellen.organisatie.opstelling import gebied, neem_aan, stel_gebied_voor

pytestmark = pytest.mark.django_db
_VAN_ONDERDEEL = {n: n for n in ("code", "naam", "soort", "volgorde", "geldig_vanaf", "geldig_tot", "bronregel")}
_VAN_ONDERDEEL |= {"ouder": "ouder.code"}
_VAN_GEMEENTE = {n: n for n in ("slug", "naam", "cbs_code", "geldig_vanaf", "geldig_tot", "bronregel")}
_VAN_GEMEENTE |= {"opgegaan_in": "opgegaan_in.slug"}


@pytest.fixture(autouse=True)
def gemeente() -> Gemeente:
    maak_eenheid()
    return GemeenteFactory()


def gebieden() -> list[tuple[Any, ...]]:
    velden = ("basisteam__code", "gemeente__slug", "gebied", "geldig_vanaf", "geldig_tot")
    return list(Werkgebied.objects.order_by("geldig_vanaf", "pk").values_list(*velden))


def fouten_van(*rijen: dict[str, Any], **velden: Any) -> set[tuple[str, str]]:
    with pytest.raises(InvoerFout) as fout:
        stel_gebied_voor(*rijen, **velden)
    return {(een.kolom, een.reden) for een in fout.value.fouten}


def test_het_geldt_pas_als_een_ander_het_vaststelt() -> None:
    besluit = stel_gebied_voor()
    assert (besluit.staat, str(besluit), gebieden()) == (Staat.INGEDIEND, "Werkgebied in Proefgemeente", [])
    neem_aan(besluit)
    assert gebieden() == [("A1", "proefgemeente", "", date(2025, 1, 1), None)]
    spoor = AuditEvent.objects.filter(object_soort="organisatiebesluit").order_by("pk")
    assert list(spoor.values_list("handeling", "van")) == [("voorgesteld", None), ("vastgesteld", {"geldt": ""})]
    assert spoor[1].naar["rijen"]["werkgebied"][0]["basisteam"] == "A1"


def test_een_beheerder_stelt_voor_en_alleen_een_vaststeller_besluit() -> None:
    beheerder = maak_persoon("beheerder")
    besluit = stel_gebied_voor(door=beheerder)
    for wie in (beheerder, maak_persoon("analist", naam="ander"), maak_persoon("rvo-lid")):
        with pytest.raises(NietToegestaan):
            stel_vast(ORGANISATIE, [besluit], door=wie, herkomst="proef")
    for rol in ("rvo-lid", "vaststeller"):
        with pytest.raises(NietToegestaan):
            stel_gebied_voor(gebied("A2"), door=maak_persoon(rol, naam=f"proef-{rol}"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisatiebesluit.objects.filter(pk=besluit.pk).update(
            staat=Staat.VASTGESTELD, vastgesteld_door=beheerder, vastgesteld_op=besluit.ingediend_op
        )


def test_een_team_stopt_en_een_ander_begint_in_een_besluit(gemeente: Gemeente) -> None:
    nu = maak_gebied(gemeente, "A1")
    neem_aan(stel_gebied_voor(rij_van(nu, geldig_tot="2026-01-01"), gebied("A2", geldig_vanaf="2026-01-01")))
    assert [(team, vanaf, tot) for team, _, _, vanaf, tot in gebieden()] == [
        ("A2", date(2026, 1, 1), None),
        ("A1", None, date(2026, 1, 1)),
    ]


def test_wat_ophield_kan_opnieuw_beginnen(gemeente: Gemeente) -> None:
    maak_gebied(gemeente, "A1", geldig_tot=date(2024, 1, 1))
    neem_aan(stel_gebied_voor())
    assert len(gebieden()) == 2


@pytest.mark.parametrize(
    ("anders", "veld", "reden"),
    [
        ({"geldig_tot": "2024-12-31"}, "geldig_tot", "“Tot” ligt niet na “Vanaf”."),
        ({"geldig_vanaf": ""}, "geldig_vanaf", "“Vanaf” ontbreekt."),
        ({"geldig_vanaf": "31-12"}, "geldig_vanaf", "“Vanaf” moet een datum zijn (jjjj-mm-dd), er staat tekst."),
        ({"basisteam": "A"}, "basisteam", "“Basisteam” noemt geen basisteam: 'A'."),
        ({"gemeente": "elders"}, "gemeente", "“Gemeente” noemt een onbekende gemeente 'elders'."),
        ({"bron": " "}, "bron", "“Bron” is leeg."),
        ({"gebied": "x" * 81}, "gebied", "“Deel van de gemeente” is 81 tekens lang, 80 mag."),
    ],
)
def test_wat_niet_kan_staat_bij_zijn_veld(anders: dict[str, str], veld: str, reden: str) -> None:
    assert (veld, reden) in fouten_van(gebied(**anders), vanaf="2025-01-01")
    assert not Organisatiebesluit.objects.exists()


def test_een_team_of_gemeente_die_er_op_die_dag_niet_is(gemeente: Gemeente) -> None:
    Gemeente.objects.filter(pk=gemeente.pk).update(geldig_tot=date(2023, 1, 1))
    assert ("gemeente", "“Gemeente” Proefgemeente bestaat sinds 01-01-2023 niet meer.") in fouten_van(gebied())
    Gemeente.objects.filter(pk=gemeente.pk).update(geldig_tot=None)
    team = maak_gebied(gemeente, "A2", geldig_tot=date(2020, 1, 1)).basisteam
    type(team).objects.filter(pk=team.pk).update(geldig_tot=date(2024, 6, 1))
    [(veld, reden)] = fouten_van(gebied("A2"))
    assert veld == "geldig_tot"
    assert "bestaat tot 2024-06-01" in reden


def test_een_gemeente_is_van_een_team_als_geheel_of_in_delen(gemeente: Gemeente) -> None:
    maak_gebied(gemeente, "A1")
    heel = ("gemeente", "“Gemeente” proefgemeente hoort al geheel of voor een deel bij A1.")
    assert heel in fouten_van(gebied("A2"))
    assert heel in fouten_van(gebied("A2", gebied="Haven"))
    assert fouten_van(gebied("A1")) == {("basisteam", "“Basisteam” A1 werkt hier dan al; beëindig dat eerst.")}


def test_twee_voorstellen_over_een_gemeente_kunnen_niet_tegelijk_liggen() -> None:
    stel_gebied_voor()
    [(veld, reden)] = fouten_van(gebied("A2"), door=maak_persoon("beheerder"))
    assert (veld, reden.startswith("Er ligt al een voorstel van analist")) == ("", True)


def test_wat_intussen_niet_meer_past_wordt_niet_vastgesteld(gemeente: Gemeente) -> None:
    besluit = stel_gebied_voor()
    maak_gebied(gemeente, "A2")
    with pytest.raises(InvoerFout, match="Werkgebied in Proefgemeente: “Gemeente” proefgemeente hoort al"):
        neem_aan(besluit)
    besluit.refresh_from_db()
    assert (besluit.staat, len(gebieden())) == (Staat.INGEDIEND, 1)


def test_teruggestuurd_krijgt_het_de_nieuwe_inhoud() -> None:
    besluit = stel_gebied_voor()
    stuur_terug(ORGANISATIE, [besluit], door=vaststeller(), reden="Welke brief?", herkomst="proef")
    weer = stel_gebied_voor(gebied("A3"), door=analist())
    assert (weer.pk, weer.rijen["werkgebied"][0]["basisteam"], weer.staat) == (besluit.pk, "A3", Staat.INGEDIEND)


def test_de_bestanden_opnieuw_laden_draait_het_niet_terug(gemeente: Gemeente, tmp_path: Path) -> None:
    """What the file says of a municipality counts until it was decided on the site."""
    GemeenteFactory(slug="ander")
    inhoud = _bestand(tmp_path, "proefgemeente", "ander")
    laad(inhoud, [])
    [eerste] = Werkgebied.objects.filter(gemeente=gemeente)
    neem_aan(stel_gebied_voor(rij_van(eerste, geldig_tot="2026-01-01"), gebied("A2", geldig_vanaf="2026-01-01")))
    besloten = sorted(gebieden(), key=str)
    Werkgebied.objects.filter(gemeente__slug="ander").update(bron="oud")
    laad(inhoud, [])
    assert sorted(gebieden(), key=str) == besloten
    assert Werkgebied.objects.get(gemeente__slug="ander").bron == "proef"


def _bestand(map_: Path, *slugs: str) -> Organisatie:
    (map_ / "organisatie").mkdir()
    onderdelen, gemeenten = (
        [
            Tabelrij(
                "proef",
                "",
                {
                    naam: waarde or "" if naam in ("ouder", "opgegaan_in") else waarde
                    for naam, waarde in rij.waarden.items()
                },
            )
            for rij in lijst
        ]
        for lijst in (
            als_rijen(Onderdeel.objects.all(), **_VAN_ONDERDEEL),
            als_rijen(Gemeente.objects.all(), **_VAN_GEMEENTE),
        )
    )
    tekst = "\n".join(
        f'[[werkgebied]]\ngrond = "bron"\nbron = "proef"\nbasisteam = "A1"\ngemeente = "{slug}"' for slug in slugs
    )
    (map_ / "organisatie" / "werkgebieden.toml").write_text(tekst, encoding="utf-8")
    fouten = Fouten()
    rijen = lees_werkgebieden(map_, onderdelen, gemeenten, fouten)
    assert not fouten
    return Organisatie(onderdelen, gemeenten, [], rijen)
