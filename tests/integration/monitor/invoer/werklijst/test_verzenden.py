"""What waits, by mail: over a mail server that fails, a worker that is killed and two at once, it goes once."""

from __future__ import annotations

import re
import socketserver
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection
from django.test import Client, override_settings

from common.jobs import JobRun
from monitor.invoer.werklijst.herinneren import NietVerzonden, stuur_herinneringen
from monitor.models import Herinnering, Indicator
from tests.factories import (
    MetingFactory,
    UserFactory,
    maak_eenheid,
)
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


def test_een_dag_zonder_mailserver_verliest_niets_en_verstuurt_niets_dubbel(een_waarde: Indicator) -> None:
    """Asked for every five minutes; tried about every hour, and after it is back everything goes, in one message."""
    zet(persoon("vaststeller"), "meteen")
    ander = UserFactory(username="invoerder")
    MetingFactory(indicator=een_waarde, kwartaal=3, wachtend=True, ingevoerd_door=ander, ingediend_op=om(8))
    with patch.object(EmailMessage, "send", side_effect=ConnectionRefusedError("dicht")) as poging:
        for minuten in range(0, 16 * 60, 5):
            with suppress(NietVerzonden):
                stuur_herinneringen(om(8) + timedelta(minutes=minuten))
        MetingFactory(indicator=een_waarde, kwartaal=4, wachtend=True, ingevoerd_door=ander, ingediend_op=om(23))
    herinnering = Herinnering.objects.get()
    assert (poging.call_count, herinnering.pogingen, herinnering.verzonden_op) == (18, 18, None)
    assert herinnering.fout == "ConnectionRefusedError: dicht"
    assert set(JobRun.objects.values_list("afloop", flat=True)) == {JobRun.Afloop.MISLUKT}
    morgen = OP_DE_DAG + timedelta(days=1)
    assert [stuur_herinneringen(om(uur, morgen)) for uur in (7, 8, 9)] == [1, 0, 0]
    assert "2 waarden vast te stellen:" in mail.outbox[0].body
    assert len(mail.outbox) == 1


def test_wie_gedood_werd_voor_het_noteren_stuurt_hetzelfde_onder_dezelfde_naam(een_waarde: Indicator) -> None:
    """The mailbox can know that it is the same message; one with more in it has another name."""
    persoon("analist")
    stuur_herinneringen(om(7))
    Herinnering.objects.update(verzonden_op=None)  # as when the worker was killed before it marked it
    assert stuur_herinneringen(om(7)) == 1
    Herinnering.objects.update(verzonden_op=None)
    MetingFactory(indicator=een_waarde, kwartaal=4, jaar=2024, staat="vastgesteld")
    maak_indicator("nieuw")
    assert stuur_herinneringen(om(7)) == 1
    namen = [bericht.extra_headers["Message-ID"] for bericht in mail.outbox]
    assert namen[0] == namen[1] != namen[2]
    assert namen[0].endswith("@site.example>")


def test_de_link_logt_niemand_in(een_waarde: Indicator, client: Client) -> None:
    persoon("analist")
    stuur_herinneringen(om(7))
    adressen = re.findall(r"https://site\.example(\S+)", str(mail.outbox[0].body))
    assert len(adressen) == 3
    for adres in adressen:
        assert client.get(adres.split("#")[0]).headers["Location"].startswith("/inloggen/")


def test_na_een_storing_komt_het_bericht_alsnog_en_de_anderen_wachten_er_niet_op(een_waarde: Indicator) -> None:
    persoon("analist", "eerste")
    persoon("analist", "tweede")
    echt = EmailMessage.send

    def een_keer_stuk(bericht: EmailMessage) -> int:
        if bericht.to == ["eerste@site.example"] and not mail.outbox:
            raise TimeoutError("geen antwoord")
        return echt(bericht)

    with patch.object(EmailMessage, "send", een_keer_stuk):
        with pytest.raises(NietVerzonden):
            stuur_herinneringen(om(7))
        assert stuur_herinneringen(om(8)) == 1
    assert ontvangers() == ["tweede@site.example", "eerste@site.example"]


def test_de_database_kent_een_onverzonden_bericht_per_persoon(een_waarde: Indicator) -> None:
    eerste = Herinnering.objects.create(user=persoon("analist"), dag=OP_DE_DAG, onderwerp="x", tekst="x")
    with pytest.raises(IntegrityError, match="herinnering_een_onverzonden"):
        Herinnering.objects.create(user=eerste.user, dag=OP_DE_DAG, onderwerp="x", tekst="x")


@pytest.mark.django_db(transaction=True)
def test_van_twee_workers_tegelijk_stuurt_er_een() -> None:
    maak_eenheid()
    maak_indicator()
    persoon("analist")
    tegelijk, verstuurd = Barrier(2), []

    def doe() -> None:
        tegelijk.wait(30)
        try:
            verstuurd.append(stuur_herinneringen(om(7)))
        finally:
            connection.close()

    draden = [Thread(target=doe) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert sorted(verstuurd) == [0, 1]
    assert len(mail.outbox) == 1
    assert Herinnering.objects.get().pogingen == 1


class Postbus(socketserver.StreamRequestHandler):
    """Just enough of a mail server: takes every message, or refuses every receiver."""

    def handle(self) -> None:
        self.wfile.write(b"220 proef\r\n")
        in_bericht = False
        for regel in self.rfile:
            if in_bericht and regel == b".\r\n":
                in_bericht = False
                self.wfile.write(b"250 ok\r\n")
            elif in_bericht:
                self.server.regels.append(regel)  # type: ignore[attr-defined]
            elif regel.upper().startswith(b"DATA"):
                in_bericht = True
                self.wfile.write(b"354 verder\r\n")
            elif regel.upper().startswith(b"RCPT") and self.server.weigert:  # type: ignore[attr-defined]
                self.wfile.write(b"550 onbekend\r\n")
            elif regel.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 dag\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def postbus() -> Iterator[Any]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postbus) as server:
        server.daemon_threads = True
        server.regels, server.weigert = [], False  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, daemon=True).start()
        smtp = "django.core.mail.backends.smtp.EmailBackend"
        with override_settings(EMAIL_BACKEND=smtp, EMAIL_HOST="127.0.0.1", EMAIL_PORT=server.server_address[1]):
            yield server
        server.shutdown()


def test_over_smtp_komt_het_bericht_aan(een_waarde: Indicator, postbus: Any) -> None:
    persoon("analist")
    assert stuur_herinneringen(om(7)) == 1
    ontvangen = b"".join(postbus.regels).decode()
    for tekst in ("From: monitor@site.example", "To: analist@site.example", "- Verdachten, RE07"):
        assert tekst in ontvangen


def test_een_geweigerd_adres_blijft_bewaard(een_waarde: Indicator, postbus: Any) -> None:
    postbus.weigert = True
    persoon("analist")
    with pytest.raises(NietVerzonden):
        stuur_herinneringen(om(7))
    assert "SMTPRecipientsRefused" in Herinnering.objects.get().fout
