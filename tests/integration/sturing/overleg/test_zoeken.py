"""A meeting, an action and a question are found in the words of their pages, by who may read them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from common.tekst.zoeken import woorden_van
from monitor.dashboards.zoeken import Treffer, zoek
from sturing.models import Antwoord
from sturing.overleg.acties.services import maak_actie, trek_actie_in
from sturing.overleg.services import neem_besluit, trek_in, voeg_punt_toe
from sturing.overleg.vragen.services import beantwoord, geef_vrij, trek_vraag_in
from tests.integration.sturing.overleg.opstelling import MENSEN, door, maak_mensen, overleg, vraag, wie
from tests.querytelling import controleer, tel

pytestmark = pytest.mark.django_db
VANDAAG = timezone.localdate
D = timedelta(days=1)


@pytest.fixture(autouse=True)
def _opstelling(db: None) -> None:
    maak_mensen()


def vind(naam: str, vraag: str) -> dict[str, list[Treffer]]:
    return {groep.naam: list(groep.treffers) for groep in zoek(wie(naam), woorden_van(vraag), VANDAAG())}


def vinders(vraag: str, soort: str) -> set[str]:
    return {naam for naam in MENSEN if soort in vind(naam, vraag)}


def test_een_vraag_vindt_alleen_wie_haar_leest_en_een_antwoord_alleen_als_het_vrij_is() -> None:
    soort, eerst = "Vragen en adviezen", {"rob", "anna", "porte", "dirk", "dora"}
    gesteld = vraag(tekst="Waarom zwaluwnest?")
    beantwoord(gesteld, "Door kwikstaart.", gezien=0, **door("anna"))
    assert vinders("zwaluwnest", soort) == eerst
    assert vinders("kwikstaart", soort) == set()
    [treffer] = vind("anna", "zwaluw")[soort]
    assert treffer.adres == gesteld.adres
    assert "Vraag van rob, 02-11-2025, over Een" in treffer.waar
    assert "antwoord nog niet vrijgegeven: dat doet" in treffer.waar
    assert "vrijgegeven" not in vind("rob", "zwaluw")[soort][0].waar
    geef_vrij(gesteld, gezien=1, **door("dirk"))
    assert vinders("kwikstaart", soort) == set(MENSEN) - {"bea"}
    beantwoord(gesteld, "Door ijsvogel.", gezien=1, **door("anna"))
    assert vinders("ijsvogel", soort) == set()
    assert Antwoord.objects.count() == 2


def test_een_ingetrokken_vraag_actie_of_overleg_zegt_dat() -> None:
    weg = vraag(tekst="Waarom zwaluwnest?")
    trek_vraag_in(weg, "Al gehoord.", **door("rob"))
    van = overleg(VANDAAG() - D, "Zwaluwoverleg")
    besluit = neem_besluit(
        voeg_punt_toe(van, "Nesten", **door("dirk", timezone.now())), "Doen.", **door("dirk", timezone.now())
    )
    laat = maak_actie(besluit, "Zwaluwen tellen", wie("anna"), VANDAAG() - D, **door("dirk", timezone.now() - 2 * D))
    trek_in(overleg(VANDAAG() + D, "Zwaluw later"), "Vervalt.", **door("dirk"))
    gevonden = vind("rob", "zwaluw")
    assert gevonden["Vragen en adviezen"][0].waar.endswith(" · ingetrokken")
    assert [een.waar.endswith(" · ingetrokken") for een in gevonden["Overleggen"]] == [False, True]
    assert gevonden["Acties"][0].waar == f"anna, uiterlijk {VANDAAG() - D:%d-%m-%Y} · Open, te laat · uit Zwaluwoverleg"
    trek_actie_in(laat, "Hoeft niet.", gezien=1, **door("dirk", timezone.now()))
    assert " · Ingetrokken · " in vind("rob", "zwaluwen tellen")["Acties"][0].waar


def test_een_overleg_is_te_vinden_op_zijn_agenda_en_voor_wie_cijfers_leest_op_zijn_besluiten() -> None:
    van, nu = overleg(VANDAAG()), door("dirk", timezone.now())
    punt = voeg_punt_toe(van, "Zwaluwnest", "Met kwikstaart.", **nu)
    neem_besluit(punt, "Vóór ijsvogel.", **nu)
    trek_in(voeg_punt_toe(van, "Roerdomp", **nu), "Vervalt.", **nu)
    assert vinders("zwaluwnest", "Overleggen") == set(MENSEN)
    assert vinders("kwikstaart", "Overleggen") == vinders("ijsvogel", "Overleggen") == set(MENSEN) - {"bea"}
    assert vinders("roerdomp", "Overleggen") == set()
    [treffer] = vind("rob", "ijsvogel")["Overleggen"]
    assert (treffer.adres, treffer.tekst) == (van.adres, "Vóór <mark>ijsvogel</mark>.")


@pytest.mark.queries
@pytest.mark.parametrize("aantal", [1, 12])
def test_een_vast_aantal_queries(client: Client, aantal: int) -> None:
    nu = door("dirk", timezone.now())
    for nummer in range(aantal):
        van = overleg(VANDAAG(), f"Zwaluw {nummer}")
        besluit = neem_besluit(voeg_punt_toe(van, "Punt", **nu), "Doen.", **nu)
        maak_actie(besluit, f"Zwaluw {nummer}", wie("anna"), VANDAAG(), **nu)
        beantwoord(vraag(tekst=f"Zwaluw {nummer}?"), "Zo.", gezien=0, **door("anna"))
        vraag(tekst=f"Nog een zwaluw {nummer}?")
    client.force_login(wie("anna"))
    controleer("zoeken_overleg", *tel(client, "/zoeken/?q=zwaluw"))
