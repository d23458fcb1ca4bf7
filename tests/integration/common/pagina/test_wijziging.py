"""What was written is noted by the database itself, so that a page made before is never an old one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import user_logged_in
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from common.jobs import job
from common.pagina.cache import Wijziging, lees_stand, lees_standen, ruim_op
from monitor.models import Concept
from tests.databaserol import als_superuser
from tests.factories import ConceptFactory, IndicatorFactory, MetingFactory, UserFactory, maak_eenheid

pytestmark = pytest.mark.django_db
# No kept page is made from these: figures drawn from rows that are noted, requests to compute, files and comments,
# which only their own, never kept pages show, e-mails, and alarms and what somebody follows, which stand around what
# is kept.
ONGEZIEN = {"common_figuur", "monitor_herberekenverzoek", "monitor_import", "monitor_importregel"}
ONGEZIEN |= {
    "monitor_herinnering",
    "monitor_kolomkoppeling",
    "monitor_opmerking",
    "formatie_scenario",
    "formatie_scenarioregel",
    "monitor_spooralarm",
    "monitor_verkenning",
    "sturing_volging",
    "sturing_volgstand",
}


def _met_trigger() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'noteer_wijziging'")
        return {tabel for (tabel,) in cursor.fetchall()}


def test_elke_tabel_waaruit_paginas_gemaakt_worden_heeft_de_trigger() -> None:
    """A new table of these apps must be noted, or be named here with the reason why not."""
    tabellen = {
        model._meta.db_table
        for app in ("formatie", "strategie", "monitor", "sturing")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }
    assert _met_trigger() == tabellen - ONGEZIEN | {"accounts_user", "accounts_rolvervulling"}


def test_elk_soort_schrijven_geeft_een_andere_stand() -> None:
    indicator = IndicatorFactory()
    standen = [lees_stand()]
    IndicatorFactory()
    standen.append(lees_stand())
    indicator.naam = "Anders"
    indicator.save()
    standen.append(lees_stand())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE monitor_indicator SET naam = 'Nog anders'")
    standen.append(lees_stand())
    with als_superuser():
        indicator.delete()
    standen.append(lees_stand())
    assert len(set(standen)) == len(standen)


def test_getypte_tekst_telt_alleen_in_wat_wacht() -> None:
    indicator = IndicatorFactory()
    stand, standen = lees_stand(), lees_standen()
    ConceptFactory(indicator=indicator, onderdeel=maak_eenheid()["A1"], door=UserFactory())
    tussen = lees_stand()
    Concept.objects.update(cellen={"waarde": "10"})
    assert lees_stand()[:2] == tussen[:2]
    assert lees_stand()[2:] != tussen[2:] != stand[2:]
    assert lees_standen()["monitor_concept"][0] == 2
    assert lees_standen()["monitor_indicator"] == standen["monitor_indicator"]


def test_inloggen_en_taken_tellen_niet() -> None:
    user = UserFactory()
    MetingFactory()
    stand = lees_stand()
    user_logged_in.send(type(user), request=RequestFactory().get("/"), user=user)
    with job("proef"):
        pass
    assert lees_stand() == stand
    user.first_name = "Anders"
    user.save()
    assert lees_stand() != stand


def test_opruimen_laat_een_stand_nooit_terugkomen() -> None:
    IndicatorFactory()
    stand = lees_stand()
    ruim_op()
    assert lees_stand() == stand
    with als_superuser():
        Wijziging.objects.update(op=timezone.now() - timedelta(days=2))
    ruim_op()
    assert lees_stand()[0] == 1
    assert lees_stand()[1] > stand[1]
