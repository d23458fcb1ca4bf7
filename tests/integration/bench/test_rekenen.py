from __future__ import annotations

import pytest

from bench import gegevens, rekenen
from monitor.rekenen import herberekenen as herberekening
from tests.databaserol import als_superuser


@pytest.mark.django_db
def test_de_met_de_hand_geschreven_sql_geeft_dezelfde_rijen():
    """What the bench compares for speed is the same work: equal row for row on a small set."""
    gegevens.maak(gegevens.PROEF)
    with als_superuser():
        rekenen.maak_referentietabel()
    uitkomst = herberekening.herbereken(vandaag=gegevens.VANDAAG)
    with als_superuser():
        rekenen.referentie(gegevens.PROEF.eerste_jaar)
    assert uitkomst.berekend > 5000
    with als_superuser():
        assert rekenen.verschillen() == 0
