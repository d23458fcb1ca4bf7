"""What was there before the trail kept rows is taken over: the check finds nothing, until something changes."""

from importlib import import_module

import pytest
from django.db import connection

from formatie.models import Organisatiebesluit
from monitor.invoer.toezicht.controle import controleer
from monitor.invoer.toezicht.waarden import BEWAAKT
from monitor.models import Eigenaarschap, Meting, Opmerking
from tests.factories import BezettingFactory, DoelstellingFactory, MetingFactory, maak_persoon

pytestmark = pytest.mark.django_db
MIGRATIE = import_module("monitor.migrations.0015_toezicht")


def test_rijen_van_voor_het_spoor_volgen_eruit_na_de_migratie() -> None:
    later = {Eigenaarschap, Opmerking, Organisatiebesluit}  # had a trail from their first row on
    erbij = [soort for soort in BEWAAKT if soort in later or soort._meta.app_label == "sturing"]
    toen = {soort._meta.model_name: soort._meta.db_table for soort in BEWAAKT if soort not in erbij}
    assert toen == MIGRATIE.TABELLEN
    meting = MetingFactory()
    BezettingFactory(onderdeel=meting.onderdeel)
    DoelstellingFactory(indicator=meting.indicator, onderdeel=meting.onderdeel)
    maak_persoon("beheerder")
    assert len(controleer().fouten) > 4
    with connection.cursor() as cursor:
        for een in MIGRATIE.TABELLEN.items():
            cursor.execute(MIGRATIE.neem_over(*een))
    connection.check_constraints()  # the end of a transaction
    assert controleer().fouten == ()
    Meting.objects.update(staat="vervangen", vervangen_op=meting.vastgesteld_op)
    [fout] = controleer().fouten
    assert fout.startswith(f"Meting {meting.pk} (meting {meting.pk}): staat en vervangen op")
