"""Two people at the same moment, each with a connection of their own: one does, the other hears it, nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from common.tekst.periode import Kwartaal
from monitor.models import Indicator
from sturing.models import Actieversie, Agendapunt, Antwoord, Besluit, Overleg, Vraag
from sturing.overleg.acties.services import maak_actie, meld_gereed, verzet
from sturing.overleg.services import neem_besluit, neem_punten_over, plan_overleg, trek_in, voeg_punt_toe, zet_op_agenda
from sturing.overleg.voordragen import Voordracht
from sturing.overleg.vragen.services import beantwoord, geef_vrij, stel_vraag, trek_vraag_in
from tests.integration.sturing.overleg.opstelling import door, maak_mensen, over, overleg, vraag, wie
from tests.integration.sturing.tegelijk import tegelijk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("rassen")]
RONDES = [pytest.param(3, id="kort"), pytest.param(50, id="lang", marks=pytest.mark.chaos)]
D = timedelta(days=1)


@pytest.fixture(autouse=True)
def _opstelling(transactional_db: None) -> None:
    maak_mensen()


def nu(naam: str) -> dict[str, Any]:
    return door(naam, timezone.now())


@pytest.mark.parametrize("rondes", RONDES)
def test_van_twee_antwoorden_tegelijk_komt_er_een(rondes: int) -> None:
    for ronde in range(rondes):
        gesteld, wie_ = vraag(tekst=f"Ronde {ronde}"), (nu("anna"), nu("porte"))
        uit = tegelijk(*(partial(beantwoord, gesteld, f"Van {w['door']}.", gezien=0, **w) for w in wie_))
        assert sorted(uit) == ["Verouderd", "gelukt"]
        assert gesteld.antwoorden.count() == 1


@pytest.mark.parametrize("rondes", RONDES)
def test_uit_twee_vensters_tegelijk_komt_alles_een_keer(rondes: int) -> None:
    waar, rob, dirk = over(), nu("rob"), nu("dirk")
    van, doet, dag = overleg(timezone.localdate()), wie("anna"), timezone.localdate() + D
    for ronde in range(rondes):
        wat = f"Ronde {ronde}"

        def _twee(*doen: Any) -> None:
            assert sorted(tegelijk(*doen)) == ["InvoerFout", "gelukt"]

        _twee(*(partial(stel_vraag, waar, wat, formulier=f"{wat}{venster}", **rob) for venster in "ab"))
        _twee(*[partial(voeg_punt_toe, van, wat, **dirk)] * 2)
        punten = Agendapunt.objects.filter(titel=wat).select_related("overleg")
        _twee(*(partial(neem_besluit, punten.get(), wat, **dirk) for _ in "ab"))
        _twee(*[partial(maak_actie, Besluit.objects.get(tekst=wat), wat, doet, dag, **dirk)] * 2)


@pytest.mark.parametrize("rondes", RONDES)
def test_van_twee_die_tegelijk_vrijgeven_doet_een_het(rondes: int) -> None:
    for ronde in range(rondes):
        gesteld = vraag(tekst=f"Ronde {ronde}")
        beantwoord(gesteld, "Daarom.", gezien=0, **nu("anna"))
        wie_ = (nu("dirk"), nu("dora"))
        uit = tegelijk(*(partial(geef_vrij, gesteld, gezien=1, **w) for w in wie_))
        assert sorted(uit) == ["Verouderd", "gelukt"]


@pytest.mark.parametrize("rondes", RONDES)
def test_vrijgeven_terwijl_er_een_nieuwe_versie_komt_geeft_nooit_vrij_wat_niet_gelezen_is(rondes: int) -> None:
    for ronde in range(rondes):
        gesteld, wie_ = vraag(tekst=f"Ronde {ronde}"), (nu("dirk"), nu("porte"))
        beantwoord(gesteld, "Gelezen.", gezien=0, **nu("anna"))
        uit = tegelijk(
            lambda g=gesteld, w=wie_[0]: geef_vrij(g, gezien=1, **w),
            lambda g=gesteld, w=wie_[1]: beantwoord(g, "Ongelezen.", gezien=1, **w),
        )
        assert uit in (["gelukt", "gelukt"], ["Verouderd", "gelukt"])
        assert not Antwoord.objects.filter(tekst="Ongelezen.", vrijgegeven_op__isnull=False).exists()


@pytest.mark.parametrize("rondes", RONDES)
def test_een_vraag_ingetrokken_terwijl_zij_wordt_beantwoord(rondes: int) -> None:
    for ronde in range(rondes):
        gesteld, wie_ = vraag(tekst=f"Ronde {ronde}"), (nu("rob"), nu("anna"), nu("dirk"))
        komend = overleg(timezone.localdate() + D * (ronde + 1), f"RVO {ronde}")
        weg, antwoord, agenda = tegelijk(
            lambda g=gesteld, w=wie_[0]: trek_vraag_in(g, "Al gehoord.", **w),
            lambda g=gesteld, w=wie_[1]: beantwoord(g, "Daarom.", gezien=0, **w),
            lambda g=gesteld, w=wie_[2], k=komend: zet_op_agenda(g, k, **w),
        )
        assert weg == "gelukt"
        assert {antwoord, agenda} <= {"gelukt", "InvoerFout"}
        nu_ = Vraag.objects.get(pk=gesteld.pk)
        assert nu_.ingetrokken_op
        assert nu_.antwoorden.count() == (antwoord == "gelukt")


@pytest.mark.parametrize("rondes", RONDES)
def test_een_overleg_dat_tegelijk_wordt_gepland_en_overgenomen_staat_er_een_keer(rondes: int) -> None:
    pk, wie_ = Indicator.objects.get(code="een").pk, (nu("dirk"), nu("dora"))
    voordracht = Voordracht(Agendapunt.Bron.BESPREKEN, pk, Kwartaal(2025, 3), "Een", "Achter.")
    for ronde in range(rondes):
        dag = timezone.localdate() + D * (ronde + 1)
        uit = tegelijk(*(lambda w=w, d=dag: plan_overleg("RVO", d, **w) for w in wie_))
        assert sorted(uit) == ["InvoerFout", "gelukt"]
        komend = Overleg.objects.get(datum=dag)
        assert tegelijk(*(lambda w=w, k=komend: neem_punten_over(k, [voordracht], **w) for w in wie_)) == ["gelukt"] * 2
        assert komend.punten.count() == 1


@pytest.mark.parametrize("rondes", RONDES)
def test_een_punt_ingetrokken_terwijl_er_een_besluit_bij_komt(rondes: int) -> None:
    wie_ = (nu("dirk"), nu("dora"))
    for ronde in range(rondes):
        punt = voeg_punt_toe(overleg(timezone.localdate(), f"RVO {ronde}"), "Punt", **nu("dirk"))
        zelfde = Agendapunt.objects.get(pk=punt.pk)
        uit = tegelijk(partial(neem_besluit, punt, "Akkoord.", **wie_[0]), partial(trek_in, zelfde, "Weg.", **wie_[1]))
        assert sorted(uit) == ["InvoerFout", "gelukt"]


@pytest.mark.parametrize("rondes", RONDES)
def test_een_actie_verzet_terwijl_zij_gereed_wordt_gemeld(rondes: int) -> None:
    besluit = neem_besluit(voeg_punt_toe(overleg(timezone.localdate()), "Punt", **nu("dirk")), "Doen.", **nu("dirk"))
    wie_ = (nu("dirk"), nu("anna"))
    for ronde in range(rondes):
        actie = maak_actie(besluit, f"Ronde {ronde}", wie("anna"), timezone.localdate() + D, **nu("dirk"))
        uit = tegelijk(
            lambda a=actie: verzet(a, timezone.localdate() + 9 * D, "Meer tijd.", gezien=1, **wie_[0]),
            lambda a=actie: meld_gereed(a, "Gedaan.", gezien=1, **wie_[1]),
        )
        assert sorted(uit) == ["Verouderd", "gelukt"]
        assert Actieversie.objects.filter(actie=actie, vervangen_op=None).count() == 1
        assert actie.versies.count() == 2
