"""Two at once on one activity, and on one main line: one of them wins, the other is told, nothing is written twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from common.vaststellen.bewaking import Verouderd
from monitor.invoer.regels.waarneming import InvoerFout
from sturing.jaarplan.services import neem_over, voeg_toe, wijzig
from sturing.models import Activiteitversie, Planactiviteit
from tests.factories import maak_hoofdlijn, maak_persoon, maak_planactiviteit, plantekst

pytestmark = pytest.mark.django_db(transaction=True)


def tegelijk(handelingen: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each gives or raises, begun at one moment on a connection of its own."""
    start, uit = Barrier(len(handelingen)), [None] * len(handelingen)

    def _doe(plek: int, handeling: Callable[[], Any]) -> None:
        start.wait()
        try:
            uit[plek] = handeling()
        except Exception as fout:
            uit[plek] = fout
        finally:
            connection.close()

    draden = [Thread(target=_doe, args=paar) for paar in enumerate(handelingen)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return uit


def personen() -> list[User]:
    return [maak_persoon("programmadirecteur", naam=f"directeur-{nr}") for nr in range(4)]


def test_van_wie_een_versie_tegelijk_wijzigen_wint_er_een() -> None:
    versie = maak_planactiviteit()
    uit = tegelijk(
        [
            lambda wie=wie: wijzig(versie.plan_id, plantekst(titel=f"Van {wie}"), 1, door=wie, herkomst="proef")
            for wie in personen()
        ]
    )
    gelukt = [een for een in uit if isinstance(een, Activiteitversie)]
    assert [type(een) for een in uit if een not in gelukt] == [Verouderd] * 3
    assert [een.nummer for een in gelukt] == [2]
    geldt = Activiteitversie.objects.get(vervangen_op=None)
    assert geldt == gelukt[0]
    assert versie.plan.versies.get(nummer=1).vervangen_op == geldt.op


def test_wie_tegelijk_toevoegen_krijgen_elk_een_eigen_nummer() -> None:
    lijn = maak_hoofdlijn()
    uit = tegelijk(
        [
            lambda wie=wie: voeg_toe(2025, lijn, plantekst(titel=f"Van {wie}"), door=wie, herkomst="proef")
            for wie in personen()
        ]
    )
    assert all(isinstance(een, Activiteitversie) for een in uit), uit
    assert sorted(Planactiviteit.objects.values_list("nummer", flat=True)) == [1, 2, 3, 4]


def test_wie_tegelijk_hetzelfde_overnemen_maken_het_een_keer() -> None:
    lijn = maak_hoofdlijn(activiteiten=2)
    keuze = [een.pk for een in lijn.activiteiten.all()]
    uit = tegelijk([lambda wie=wie: neem_over(2025, keuze, None, door=wie, herkomst="proef") for wie in personen()])
    assert sorted(type(een).__name__ for een in uit) == ["InvoerFout"] * 3 + ["list"], uit
    assert Planactiviteit.objects.count() == 2
    assert all("staan al" in str(een) for een in uit if isinstance(een, InvoerFout))
