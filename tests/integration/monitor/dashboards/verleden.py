"""A monitor with a past: days on which values and targets were approved and corrected, the same for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from monitor.models import Doelstelling, Indicator, Meting
from monitor.rekenen.herberekenen import herbereken
from tests.boom import Knoop, gevouwen, lees
from tests.factories import DoelstellingFactory, MetingFactory
from tests.pagina import Pagina

DAGEN = [date(2025, 11, 24), date(2025, 12, 31), date(2026, 1, 20), date(2026, 2, 14), date(2026, 4, 1)]
EINDE = date(2026, 5, 6)
VELDEN = ("indicator", "onderdeel", "jaar", "kwartaal", "waarde", "teller", "noemer", "marge", "onbekend", "status")
DOELVELDEN = ("indicator", "onderdeel", "jaar", "soort", "streefwaarde", "marge", "geldig_vanaf")


def stel_klok(monkeypatch: pytest.MonkeyPatch, dag: date) -> None:
    """Let it be that day for every page; the moments of approvals are given, not read from the clock."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: dag)


def moment(dag: date, uur: int = 12) -> datetime:
    return datetime(dag.year, dag.month, dag.day, uur, tzinfo=UTC)


def corrigeer(oud: Meting, op: datetime, **anders: Any) -> Meting:
    Meting.objects.filter(pk=oud.pk).update(staat="vervangen", vervangen_op=op)
    inhoud = {veld: getattr(oud, veld) for veld in VELDEN} | anders
    return MetingFactory(**inhoud, vervangt=oud, vervangreden="Nageteld.", vastgesteld_op=op, demo=oud.demo)


def wijzig_doel(oud: Doelstelling, op: datetime, **anders: Any) -> Doelstelling:
    Doelstelling.objects.filter(pk=oud.pk).update(staat="vervangen", vervangen_op=op)
    inhoud = {veld: getattr(oud, veld) for veld in DOELVELDEN} | anders
    inhoud["geldig_vanaf"] = max(oud.geldig_vanaf, date(oud.jaar - 1, 12, 31)) + timedelta(days=1)
    return DoelstellingFactory(**inhoud, vervangt=oud, vervangreden="Besloten.", vastgesteld_op=op)


class Verleden:
    """Something random happens on each day, and is computed that day."""

    def __init__(self, zaad: int) -> None:
        self.toeval = random.Random(zaad)

    def beleef(self, dag: date, keer: int = 4) -> None:
        for nummer in range(keer):
            self.toeval.choice(self.gebeurtenissen())(moment(dag, 8 + nummer))
        herbereken(vandaag=dag)

    def gebeurtenissen(self) -> list[Callable[[datetime], object]]:
        return [
            self.verander,
            self.verander,
            self.maak_onbekend,
            self.maak_definitief,
            self.vul_aan,
            self.verander_doel,
        ]

    def _een(self, rijen: Any) -> Any:
        return self.toeval.choice(list(rijen.order_by("pk").select_related("indicator", "onderdeel")))

    def verander(self, op: datetime) -> None:
        oud = self._een(Meting.objects.geldend().filter(onbekend=False))
        if oud.noemer is None:
            corrigeer(oud, op, waarde=Decimal(self.toeval.randint(0, 20)))
        else:
            corrigeer(oud, op, teller=Decimal(self.toeval.randint(0, int(oud.noemer))))

    def maak_onbekend(self, op: datetime) -> None:
        corrigeer(
            self._een(Meting.objects.geldend()), op, waarde=None, teller=None, noemer=None, marge=None, onbekend=True
        )

    def maak_definitief(self, op: datetime) -> None:
        oud = self._een(Meting.objects.geldend())
        corrigeer(oud, op, status="voorlopig" if oud.status == "definitief" else "definitief")

    def vul_aan(self, op: datetime) -> None:
        """A value that was not there: of a later quarter, or one that was missing."""
        voorbeeld = self._een(Meting.objects.geldend().filter(onbekend=False))
        jaar, kwartaal = self.toeval.choice([(2025, 2), (2025, 4), (2026, 1), (2024, 4)])
        plek = {"indicator": voorbeeld.indicator, "onderdeel": voorbeeld.onderdeel, "jaar": jaar, "kwartaal": kwartaal}
        if not Meting.objects.filter(**plek).exists():
            cijfers = {veld: getattr(voorbeeld, veld) for veld in ("waarde", "teller", "noemer")}
            MetingFactory(**plek, **cijfers, vastgesteld_op=op, status="voorlopig")

    def verander_doel(self, op: datetime) -> None:
        if self.toeval.random() < 0.3:
            self._nieuw_doel(op)
            return
        oud = self._een(Doelstelling.objects.geldend().exclude(streefwaarde=None))
        wijzig_doel(
            oud, op, streefwaarde=Decimal(self.toeval.randint(0, 90)), geldig_vanaf=oud.geldig_vanaf + timedelta(days=1)
        )

    def _nieuw_doel(self, op: datetime) -> None:
        """The first target of what had none: from then on values are due in other years."""
        deel = Indicator.objects.get(code="verdachten-jong")
        plek = {
            "indicator": deel,
            "onderdeel": self._een(Meting.objects.filter(indicator=deel)).onderdeel,
            "jaar": 2025,
        }
        if not Doelstelling.objects.filter(**plek).exists():
            DoelstellingFactory(**plek, streefwaarde=5, vastgesteld_op=op)


_BEREKEND = r"; berekend \d\d-\d\d-\d{4} \d\d:\d\d|Berekend \d\d-\d\d-\d{4} \d\d:\d\d\."
DAG_VAN_KIJKEN = re.compile(
    rf"(peildatum=[\d-]+|kwartaal=\d{{4}}-Q\d)&?|, zoals bekend op \d\d-\d\d-\d{{4}}|{_BEREKEND}"
)

# Who looks back is not asked to write; the same link then leads to what there was.
_UITNODIGING = {"Schrijf de duiding": "Duidingen en beloften"}


def zichtbaar(client: Client, adres: str) -> Pagina:
    """What a page shows: the whole of ``main``, without what only a page that looks back may have."""
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    [main] = [knoop for knoop in lees(antwoord.content.decode()).alle() if knoop.naam == "main"]
    _snoei(main)
    return Pagina([main], main)


def alles(pagina: Pagina) -> list[object]:
    """All there is on a page, to compare: every element with its attributes, and every text."""
    return [wat for knoop in pagina._knopen for wat in _alles(knoop)]


def _alles(knoop: Knoop) -> Iterator[object]:
    kenmerken = {naam: _zonder_dag(waarde) for naam, waarde in knoop.kenmerken.items()}
    yield knoop.naam, kenmerken | {"data-generatie": ""}
    for kind in knoop.kinderen:
        if isinstance(kind, Knoop):
            yield from _alles(kind)
        elif tekst := gevouwen(DAG_VAN_KIJKEN.sub("", kind)):
            yield _UITNODIGING.get(tekst, tekst)


def _zonder_dag(kenmerk: str) -> str:
    return DAG_VAN_KIJKEN.sub("", kenmerk).rstrip("?&")


def _snoei(knoop: Knoop) -> None:
    knoop.kinderen = [k for k in knoop.kinderen if isinstance(k, str) or not _is_van_de_dag_van_kijken(k)]
    for kind in knoop.elementen:
        _snoei(kind)


def _is_van_de_dag_van_kijken(knoop: Knoop) -> bool:
    return (
        knoop["aria-label"] == "Terugblik"
        or knoop["role"] == "note"
        or knoop["aria-labelledby"] == "voor-mij"  # what waits for the reader waits now
        or knoop["name"] in ("peildatum", "csrfmiddlewaretoken")
        or knoop["id"] == "kolomkeuze"
        or (knoop.naam in ("dt", "dd") and _kop(knoop) == "Berekend")
        or (knoop.naam == "li" and knoop.tekst().startswith("Berekend op "))
        or (knoop.naam == "p" and knoop.tekst().startswith("Dit is de definitie zoals die nu geldt."))
    )


def _kop(knoop: Knoop) -> str:
    """The name that this value, or this name itself, belongs to."""
    elementen = knoop.ouder.elementen if knoop.ouder else []
    return [dt.tekst() for dt in elementen if dt.naam == "dt" and dt.begin <= knoop.begin][-1]
