"""The fictitious jaarplan: every status and a history, marked, never later than the story, gone when wiped."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from io import StringIO
from typing import Any, cast

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from monitor.demo.sturing.jaarplan import vertel_jaarplan
from monitor.demo.verhaal import Verhaal
from monitor.demo.wissen import wis_demo
from sturing.lezen.jaarplan import Status, lees_jaarplan, planregels
from sturing.models import Activiteitversie, Mijlpaal, Planactiviteit
from tests.factories import maak_eenheid, maak_persoon, maak_planactiviteit

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 14, 12, tzinfo=UTC)
MENSEN = {
    "analist": {"rol": "analist"},
    "analist-2": {"rol": "analist"},
    "vaststeller": {"rol": "vaststeller"},
    "programmadirecteur": {"rol": "programmadirecteur"},
    "districtschef-a": {"rol": "districtschef", "onderdeel": "A"},
    "portefeuillehouder": {"rol": "portefeuillehouder", "thema": "opsporing-en-ondermijning"},
}


@pytest.fixture
def verhaal() -> Verhaal:
    maak_eenheid()
    call_command("laad_agenda", stdout=StringIO())
    personen = {naam: maak_persoon(naam=naam, **waar) for naam, waar in MENSEN.items()}
    User.objects.filter(pk__in=[persoon.pk for persoon in personen.values()]).update(demo=True)
    mensen = {naam: User.objects.get(pk=persoon.pk) for naam, persoon in personen.items()}
    return Verhaal(cast("Any", None), NU, mensen, settings.FIXTURES_DIR / "demo")


def test_het_verhaal_heeft_elke_status_wat_te_laat_is_en_een_geschiedenis(verhaal: Verhaal) -> None:
    vertel_jaarplan(verhaal)
    assert Planactiviteit.objects.count() >= 60
    geldend = Activiteitversie.objects.filter(vervangen_op=None)
    assert set(geldend.values_list("status", flat=True)) == set(Status.values)
    regels = planregels(lees_jaarplan(2026), NU.date())
    assert 5 < sum(regel.te_laat for regel in regels) < len(regels) / 2
    assert any(regel.versie.eigenaar is None for regel in regels)
    assert Counter(geldend.values_list("nummer", flat=True)).most_common(1)[0][0] > 1
    assert all(versie.titel.startswith("Fictief: ") and versie.demo for versie in Activiteitversie.objects.all())
    assert not Activiteitversie.objects.filter(op__gt=NU).exists()
    assert Mijlpaal.objects.filter(versie__vervangen_op=None, gereed_op=None, datum__lt=NU.date()).exists()


def test_een_tweede_keer_en_naast_een_eigen_jaarplan_komt_er_niets_bij(verhaal: Verhaal) -> None:
    eigen = maak_planactiviteit(jaar=2026, begin="2026-01-01", eind="2026-12-31")
    vertel_jaarplan(verhaal)
    assert list(Planactiviteit.objects.filter(jaar=2026)) == [eigen.plan]
    aantal = Activiteitversie.objects.count()
    vertel_jaarplan(verhaal)
    assert Activiteitversie.objects.count() == aantal


def test_wissen_haalt_alleen_het_verzonnen_plan_weg(verhaal: Verhaal) -> None:
    eigen = maak_planactiviteit(jaar=2026, begin="2026-01-01", eind="2026-12-31")
    vertel_jaarplan(verhaal)
    wis_demo()
    assert list(Activiteitversie.objects.all()) == [eigen]
    assert list(Planactiviteit.objects.all()) == [eigen.plan]
