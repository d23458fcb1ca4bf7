"""What one person decides alone, done twice at the same moment; and somebody who leaves while being chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from accounts.beheer.personen import zet_uit
from accounts.models import User
from common.models import AuditEvent
from sturing.gebeurtenissen.services import INGETROKKEN, Wat, noteer_gebeurtenis, trek_gebeurtenis_in
from sturing.jaarplan.services import wijzig
from sturing.lezen.volgingen import lees_volgstand
from sturing.models import Actieversie, Activiteitversie, Gebeurtenis, Volging
from sturing.overleg.acties.services import maak_actie, verzet
from sturing.overleg.services import neem_besluit, voeg_punt_toe
from sturing.volgen.services import GEVOLGD, NIET_MEER, meld_gezien, volg, volg_niet_meer
from tests.factories import maak_hoofdlijn, maak_persoon, maak_planactiviteit, plantekst
from tests.integration.sturing.overleg.opstelling import maak_mensen, overleg, wie
from tests.integration.sturing.tegelijk import tegelijk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("rassen")]
RONDES = [pytest.param(3, id="kort"), pytest.param(50, id="lang", marks=pytest.mark.chaos)]
HERKOMST = {"herkomst": "proef"}


@pytest.fixture(autouse=True)
def _opstelling(transactional_db: None) -> None:
    maak_mensen()


def _sporen(handeling: str) -> int:
    return AuditEvent.objects.filter(handeling=handeling).count()


@pytest.mark.parametrize("rondes", RONDES)
def test_wie_tegelijk_dezelfde_gebeurtenis_noteren_doen_dat_een_keer(rondes: int) -> None:
    mensen = [wie("anna"), maak_persoon("analist", naam="arie")]
    for ronde in range(rondes):
        wat = Wat("campagne", date(2025, 5, 12), f"Ronde {ronde}", "Brief", alle_indicatoren=True, overal=True)
        uit = tegelijk(*(partial(noteer_gebeurtenis, wat, door=een, **HERKOMST) for een in mensen))
        assert sorted(uit) == ["InvoerFout", "gelukt"]
        assert Gebeurtenis.objects.filter(titel=wat.titel).count() == 1


@pytest.mark.parametrize("rondes", RONDES)
def test_van_wie_een_gebeurtenis_tegelijk_intrekken_doet_een_het(rondes: int) -> None:
    mensen = [wie("anna"), maak_persoon("analist", naam="arie")]
    for ronde in range(rondes):
        wat = Wat("campagne", date(2025, 5, 12), f"Ronde {ronde}", "Brief", alle_indicatoren=True, overal=True)
        pk = noteer_gebeurtenis(wat, door=mensen[0], **HERKOMST).pk
        uit = tegelijk(*(partial(trek_gebeurtenis_in, pk, reden="Dubbel.", door=een, **HERKOMST) for een in mensen))
        assert sorted(uit) == ["Verouderd", "gelukt"]
        assert _sporen(INGETROKKEN) == ronde + 1


@pytest.mark.parametrize("rondes", RONDES)
def test_wie_op_twee_apparaten_volgt_volgt_een_keer_en_stopt_een_keer(rondes: int) -> None:
    rob = wie("rob")
    volgt = partial(volg, "indicator", "een", door=rob, **HERKOMST)
    stopt = partial(volg_niet_meer, "indicator", "een", door=rob, **HERKOMST)
    for ronde in range(rondes):
        assert tegelijk(volgt, volgt, partial(meld_gezien, rob)) == ["gelukt"] * 3
        assert (Volging.objects.filter(user=rob).count(), _sporen(GEVOLGD)) == (1, ronde + 1)
        assert lees_volgstand(rob).gezien_op
        assert tegelijk(stopt, stopt) == ["gelukt"] * 2
        assert (Volging.objects.filter(user=rob).count(), _sporen(NIET_MEER)) == (0, ronde + 1)


def _als_actie(ronde: int) -> Callable[[User], Any]:
    dirk, morgen = {"door": wie("dirk"), **HERKOMST}, timezone.localdate() + timedelta(days=1)
    besluit = neem_besluit(
        voeg_punt_toe(overleg(timezone.localdate(), f"RVO {ronde}"), "Punt", **dirk), "Doen.", **dirk
    )
    return lambda vertrekker: maak_actie(besluit, "Zoek het uit", vertrekker, morgen, **dirk)


def _als_nieuwe_eigenaar(ronde: int) -> Callable[[User], Any]:
    dirk, morgen = {"door": wie("dirk"), **HERKOMST}, timezone.localdate() + timedelta(days=1)
    actie = _als_actie(ronde)(wie("anna"))
    return lambda vertrekker: verzet(actie, morgen, "Overdragen.", gezien=1, eigenaar=vertrekker, **dirk)


def _als_eigenaar_van_een_activiteit(ronde: int) -> Callable[[User], Any]:
    versie, dirk = maak_planactiviteit(maak_hoofdlijn()), wie("dirk")
    ander = partial(plantekst, titel=versie.titel)  # its own title: another activity of the main line has the usual one
    return lambda vertrekker: wijzig(versie.plan_id, ander(eigenaar=vertrekker), 1, door=dirk, **HERKOMST)


KIEZEN = (_als_actie, _als_nieuwe_eigenaar, _als_eigenaar_van_een_activiteit)


@pytest.mark.parametrize("kies", KIEZEN)
@pytest.mark.parametrize("rondes", RONDES)
def test_wie_vertrekt_terwijl_die_wordt_gekozen_is_gekozen_of_geweigerd(
    kies: Callable[[int], Callable[[User], Any]], rondes: int
) -> None:
    bea = wie("bea")
    for ronde in range(rondes):
        vertrekker, doe = maak_persoon("analist", naam=f"weg-{ronde}"), kies(ronde)
        weg, gekozen = tegelijk(partial(zet_uit, vertrekker, door=bea, **HERKOMST), partial(doe, vertrekker))
        assert weg == "gelukt"
        assert gekozen in ("gelukt", "InvoerFout")
        van = sum(soort.objects.filter(eigenaar=vertrekker).count() for soort in (Actieversie, Activiteitversie))
        assert van == (gekozen == "gelukt")
