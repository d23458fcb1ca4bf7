"""One value that is due, who may deliver it, and the mails that went."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from monitor.models import Indicator
from tests.factories import IndicatorFactory, MetingFactory, MonitorregelFactory, maak_eenheid, maak_persoon

OP_DE_DAG = date(2025, 10, 30)  # of the third quarter


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.SITE_URL = "https://site.example"
    settings.DEFAULT_FROM_EMAIL = "monitor@site.example"


def om(uur: int, dag: date = OP_DE_DAG) -> datetime:
    return timezone.make_aware(datetime.combine(dag, datetime.min.time().replace(hour=uur)))


def persoon(rol: str, naam: str = "", **waar: str) -> User:
    user = maak_persoon(rol, naam=naam, **waar)
    User.objects.filter(pk=user.pk).update(email=f"{user.username}@site.example")
    return User.objects.get(pk=user.pk)


def maak_indicator(code: str = "verdachten", **velden: Any) -> Indicator:
    """Due from 2025: with the quarters before it delivered, only the third is open."""
    indicator = IndicatorFactory(code=code, naam=code.capitalize(), **velden)
    MonitorregelFactory(indicator=indicator, agenda__slug="kort", agenda__begin_jaar=2025, agenda__eind_jaar=2025)
    return indicator


@pytest.fixture
def een_waarde() -> Indicator:
    maak_eenheid()
    indicator = maak_indicator()
    for kwartaal in (1, 2):
        MetingFactory(indicator=indicator, kwartaal=kwartaal)
    return indicator


def ontvangers() -> list[str]:
    return [adres for bericht in mail.outbox for adres in bericht.to]


def zet(wie: User, keuze: str) -> User:
    User.objects.filter(pk=wie.pk).update(herinnering=keuze)
    return wie
