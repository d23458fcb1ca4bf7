"""Who is mentioned in a comment hears of it by the road of everything that waits, and never a word of what it says."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from accounts.models import Rolvervulling, User
from monitor.invoer.opmerkingen.services import meld_gezien, plaats_opmerking
from monitor.invoer.werklijst.herinneren import NietVerzonden, stuur_herinneringen
from monitor.invoer.werklijst.punten import Bezigheid
from monitor.invoer.werklijst.takenlijst import lees_takenlijst
from monitor.models import Opmerking
from tests.integration.monitor.invoer.opmerkingen.opstelling import Wereld, maak_wereld
from tests.integration.monitor.invoer.werklijst.opstelling import OP_DE_DAG, om, site, zet

__all__ = ["site"]
pytestmark = pytest.mark.django_db
GEHEIM = "Het zijn er 4711."


@pytest.fixture
def w() -> Wereld:
    wereld = maak_wereld()
    for persoon in (wereld.anna, wereld.vera, wereld.chef, wereld.piet):
        zet(persoon, "nooit")
    User.objects.filter(pk=wereld.piet.pk).update(email="piet@site.example")
    return wereld


def _noem(w: Wereld, uur: int, formulier: str = "f") -> Opmerking:
    return plaats_opmerking(
        w.plek, GEHEIM, door=w.anna, aan=[w.piet], formulier=formulier, herkomst="proef", op=om(uur)
    )


def _genoemd(persoon: User) -> list[str]:
    lijst = lees_takenlijst(User.objects.get(pk=persoon.pk), OP_DE_DAG)
    return [punt.naam for punt in lijst.punten if punt.groep.bezigheid is Bezigheid.GENOEMD]


def test_een_dag_zonder_mailserver_verliest_niets_en_zegt_niets_dubbel(w: Wereld) -> None:
    zet(w.piet, "meteen")
    _noem(w, 8)
    with patch.object(EmailMessage, "send", side_effect=ConnectionRefusedError("dicht")):
        for uur in range(8, 24):
            with suppress(NietVerzonden):
                stuur_herinneringen(om(uur))
    _noem(w, 23, "g")
    morgen = OP_DE_DAG + timedelta(days=1)
    assert [stuur_herinneringen(om(uur, morgen)) for uur in (7, 8, 9)] == [1, 0, 0]
    [bericht] = mail.outbox
    assert bericht.to == ["piet@site.example"]
    assert "2 opmerkingen waarin u bent genoemd:" in bericht.body
    assert "- Proefcijfer, A1 Onderdeel A1, Q1 2025" in bericht.body
    assert "4711" not in bericht.body + bericht.subject
    assert "https://site.example/voor-mij/?soort=genoemd" in bericht.body


def test_een_enkele_vermelding_leidt_naar_het_gesprek(w: Wereld) -> None:
    zet(w.piet, "meteen")
    _noem(w, 8)
    stuur_herinneringen(om(9))
    assert "https://site.example/opmerkingen/2025-Q1/proef/A1/" in mail.outbox[0].body


def test_wie_nooit_koos_krijgt_niets_en_vindt_het_op_de_lijst(w: Wereld) -> None:
    _noem(w, 8)
    assert stuur_herinneringen(om(9)) == 0
    assert _genoemd(w.piet) == ["Proefcijfer, A1 Onderdeel A1, Q1 2025"]
    assert _genoemd(w.chef) == []
    meld_gezien(w.plek, door=w.piet)
    assert _genoemd(w.piet) == []


def test_wie_het_niet_meer_mag_lezen_hoort_er_niets_meer_van(w: Wereld) -> None:
    _noem(w, 8)
    Rolvervulling.objects.filter(user=w.piet).update(thema_slug="elders")
    assert _genoemd(w.piet) == []
    assert stuur_herinneringen(om(9)) == 0
