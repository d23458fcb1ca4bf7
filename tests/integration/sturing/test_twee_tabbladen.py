"""Two people with the same page open: the second is told in one sentence, and still has what they typed."""

from __future__ import annotations

from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import AMBITIESTAND
from strategie.models import Ambitie
from sturing.gebeurtenissen.services import noteer_gebeurtenis
from sturing.models import Ambitiestand, Gebeurtenis
from tests.factories import maak_persoon
from tests.integration.sturing.ambities.test_views import VELDEN as STAND
from tests.integration.sturing.gebeurtenissen.test_views import VELDEN as VOORVAL
from tests.integration.sturing.opstelling import HIER, VANDAAG, houder, maak_agenda, noteer, wat
from tests.integration.sturing.overleg.test_tegelijk import tegelijk
from tests.pagina import Pagina


@pytest.fixture
def ambitie(db: None, monkeypatch: pytest.MonkeyPatch) -> Ambitie:
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: moment.date() if moment else VANDAAG)
    return maak_agenda()


def _als(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def beiden(ambitie: Ambitie) -> tuple[Client, Client]:
    return _als(houder("een")), _als(houder("ander"))


def test_van_een_ambitie_die_een_ander_al_voorlegde(beiden: tuple[Client, Client]) -> None:
    een, ander = beiden
    assert een.post(HIER, STAND).status_code == 302
    pagina = Pagina.van(ander.post(HIER, STAND | {"tekst": "Mijn eigen woorden."}))
    assert pagina.ergens("Er ligt al een voorstel van een. Laat dat eerst vaststellen of terugsturen.")
    assert pagina.waarden["tekst"] == "Mijn eigen woorden."
    assert Ambitiestand.objects.get().tekst == "Het gaat vooruit."


def test_van_een_ambitie_die_intussen_is_vastgesteld(beiden: tuple[Client, Client]) -> None:
    een, ander = beiden
    een.post(HIER, STAND)
    [vast] = stel_vast(AMBITIESTAND, [Ambitiestand.objects.get()], door=maak_persoon("vaststeller"), herkomst="proef")
    pagina = Pagina.van(ander.post(HIER, STAND | {"tekst": "Mijn eigen woorden."}))
    assert pagina.ergens("Terwijl u dit invulde, is er iets anders vastgesteld. Er is niets voorgesteld.")
    assert pagina.waarden["tekst"] == "Mijn eigen woorden."
    assert pagina.waarden["gezien"] == str(vast.pk)  # who hands it in again has seen it now
    opnieuw = STAND | {"tekst": "Mijn eigen woorden.", "reden": "Vollediger.", "gezien": str(vast.pk)}
    assert ander.post(HIER, opnieuw).status_code == 302
    assert set(Ambitiestand.objects.values_list("tekst", "staat")) == {
        ("Het gaat vooruit.", "vastgesteld"),
        ("Mijn eigen woorden.", "ingediend"),
    }


def test_van_een_ambitie_die_terugkwam_en_waar_een_ander_al_aan_begon(beiden: tuple[Client, Client]) -> None:
    een, ander = beiden
    een.post(HIER, STAND)
    beslisser = maak_persoon("vaststeller")
    stuur_terug(AMBITIESTAND, [Ambitiestand.objects.get()], reden="Korter.", door=beslisser, herkomst="proef")
    assert ander.post(HIER, STAND | {"tekst": "Korter."}).status_code == 302
    pagina = Pagina.van(een.post(HIER, STAND | {"tekst": "Van mij."}))
    assert pagina.ergens("Er ligt al een voorstel van ander.")
    assert pagina.waarden["tekst"] == "Van mij."
    assert Ambitiestand.objects.get().tekst == "Korter."


def test_een_gebeurtenis_die_een_ander_al_noteerde(beiden: tuple[Client, Client]) -> None:
    een, ander = beiden
    assert een.post("/gebeurtenissen/", VOORVAL).status_code == 302
    pagina = Pagina.van(ander.post("/gebeurtenissen/", VOORVAL | {"bron": "Mijn bron"}))
    assert pagina.ergens("Deze gebeurtenis staat er al, op dezelfde dag.")
    assert pagina.waarden["bron"] == "Mijn bron"
    assert Gebeurtenis.objects.get().bron == "Plan"


def test_een_gebeurtenis_die_een_ander_al_introk(ambitie: Ambitie) -> None:
    rij = noteer()
    een, ander = _als(maak_persoon("analist", naam="een")), _als(maak_persoon("analist", naam="ander"))
    assert een.post("/gebeurtenissen/", {"intrekken": rij.pk, "reden": "Dubbel."}).status_code == 302
    pagina = Pagina.van(ander.post("/gebeurtenissen/", {"intrekken": rij.pk, "reden": "Fout."}))
    assert pagina.ergens("“Andere telling” is al ingetrokken op")
    assert Gebeurtenis.objects.get().intrekreden == "Dubbel."


@pytest.mark.django_db(transaction=True)
@pytest.mark.xdist_group("rassen")
def test_van_twee_die_op_hetzelfde_moment_hetzelfde_noteren_doet_een_het(ambitie: Ambitie) -> None:
    wie = [maak_persoon("analist", naam=f"analist-{nummer}") for nummer in range(3)]
    uit = tegelijk(*(partial(noteer_gebeurtenis, wat(), door=een, herkomst="proef") for een in wie))
    assert sorted(uit) == ["InvoerFout", "InvoerFout", "gelukt"]
    assert Gebeurtenis.objects.count() == 1
