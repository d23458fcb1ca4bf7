"""The count in the menu is that of the list, for every role, whatever was written since what is shared was read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import Rolvervulling, User
from common.pagina.gedeeld import Lezer
from common.tekst.periode import Kwartaal
from formatie.models import Bezetting, Onderdeel
from monitor.demo.laden import laad_demo
from monitor.invoer.werklijst.takenlijst import Stapel, gedeeld, lees_lijst
from monitor.invoer.werklijst.voor_mij.menu import samengevat
from monitor.models import Concept, Doelbereik, Eigenaarschap, Indicator, Meting
from monitor.rekenen.herberekenen import herbereken
from strategie.models import Hoofdlijn, Thema
from sturing.models import Ambitiestand, Duiding, Overleg
from tests.databaserol import als_superuser
from tests.factories import (
    AfsluitingFactory,
    MetingFactory,
)
from tests.factories.jaarplan import maak_planactiviteit
from tests.factories.overleg import maak_actie, maak_antwoord, maak_punt, maak_vraag

pytestmark = pytest.mark.django_db
VANDAAG = date(2023, 8, 28)
NU = datetime(2023, 8, 28, 12, tzinfo=UTC)
JAAR, _NU = 2023, {"jaar": 2023, "kwartaal": 2}
DELEN = [naam for naam, deel in vars(Stapel).items() if isinstance(deel, gedeeld)]


@pytest.fixture(autouse=True)
def _demo(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda op=None: timezone.localtime(op).date() if op else VANDAAG)
    call_command("laad_agenda", stdout=StringIO())
    laad_demo(map_=settings.BASE_DIR / "fixtures" / "demo", tot=Kwartaal(2023, 2), zaad=1, nu=NU)
    herbereken()
    cache.clear()


def _lijsten(stapel: Stapel) -> dict[str, Any]:
    return {wie.username: lees_lijst(wie, stapel) for wie in User.objects.order_by("pk")}


def _wie(naam: str) -> User:
    return User.objects.get(username=naam)


def _cel() -> dict[str, Any]:
    """Of a value that somebody must hand in."""
    cel = Stapel(VANDAAG).werk[0].cel
    return {"indicator": cel.indicator, "onderdeel": cel.onderdeel}


def _typ() -> None:
    """Over a value that counts: a correction that is not handed in."""
    er_is = Meting.objects.get(staat="vastgesteld", **_NU, indicator__code="waardebeslag", onderdeel__code="RE07")
    plek = {veld: getattr(er_is, veld) for veld in ("indicator", "onderdeel", "jaar", "kwartaal")}
    Concept.objects.create(**plek, cellen={"waarde": "9"}, door=_wie("analist"))


def _duid() -> None:
    teksten = dict.fromkeys(("wat", "waardoor", "doen"), "Zo is het.") | {"wie": _wie("analist"), "wanneer": VANDAAG}
    door = {"ingevoerd_door": _wie("analist"), "ingevoerd_op": NU, "ingediend_op": NU, "staat": "ingediend"}
    gevraagd = next(p for p in lees_lijst(_wie("analist"), Stapel(VANDAAG)).punten if p.groep.bezigheid == "duiden")
    code = gevraagd.adres.split("/")[2]
    plek = {"indicator": Indicator.objects.get(code=code), "onderdeel": Onderdeel.objects.get(code="RE07")}
    Duiding.objects.create(**plek, **_NU, **teksten, **door)


def _zeg() -> None:
    ambitie = Stapel(VANDAAG).ambities[0]
    door = {"ingevoerd_door": _wie("programmadirecteur"), "ingevoerd_op": NU, "ingediend_op": NU, "staat": "ingediend"}
    Ambitiestand.objects.create(ambitie=ambitie, jaar=JAAR, helft=1, oordeel="niet-te-zeggen", tekst="Zo.", **door)


def _stuur_terug() -> None:
    rij = Meting.objects.filter(staat="ingediend", **_NU).first()
    terug = {"afgekeurd_op": NU, "afgekeurd_door": _wie("vaststeller-2"), "afkeurreden": "Zonder bron."}
    Meting.objects.filter(pk=rij.pk).update(staat="afgekeurd", **terug)  # type: ignore[union-attr]  # there is one


def _vraag() -> Any:
    return maak_vraag(_wie("rvo-lid"), Indicator.objects.get(code="waardebeslag"), Onderdeel.objects.get(code="RE07"))


SCHRIJF: tuple[Callable[[], Any], ...] = (
    _typ,
    lambda: MetingFactory(**_cel(), jaar=VANDAAG.year, kwartaal=4, wachtend=True),
    _stuur_terug,
    lambda: Eigenaarschap.objects.filter(indicator__isnull=False).delete(),
    lambda: Doelbereik.objects.filter(**_NU).update(oordeel="achter"),
    _duid,
    _zeg,
    lambda: Bezetting.objects.filter(**_NU, vervangt=None, vervanger=None).delete(),
    _vraag,
    lambda: maak_antwoord(_vraag(), _wie("analist")),
    lambda: maak_antwoord(_vraag(), _wie("analist"), vrij=_wie("programmadirecteur")),
    lambda: maak_actie(maak_punt(Overleg.objects.first()), _wie("analist"), VANDAAG),  # type: ignore[arg-type]  # there is one
    lambda: maak_planactiviteit(Hoofdlijn.objects.first(), jaar=JAAR, begin=f"{JAAR}-01-02", eind=f"{JAAR}-03-31"),
    lambda: Thema.objects.update(naam="Anders"),
    lambda: Indicator.objects.update(naam="Anders"),
    lambda: Onderdeel.objects.update(naam="Anders"),
    lambda: Rolvervulling.objects.filter(user__username="portefeuillehouder").update(geldig_tot=VANDAAG),
    lambda: User.objects.filter(username="districtschef-a").update(is_active=False),
    lambda: User.objects.filter(username="analist").update(first_name="Anders"),
    lambda: AfsluitingFactory(**_NU, gesloten_door=_wie("vaststeller"), gevraagd=True),
)  # fmt: skip


@pytest.mark.timeout(300)
def test_wat_gedeeld_wordt_is_na_elk_soort_schrijven_wat_er_staat() -> None:
    was: dict[str, Any] = {}
    for schrijf in (lambda: None, *SCHRIJF):
        with als_superuser():
            schrijf()
        nu = _lijsten(Stapel(VANDAAG))
        assert nu != was, "something was to change"
        assert _lijsten(Stapel(VANDAAG, Lezer(deelt=True))) == nu
        with pytest.MonkeyPatch.context() as zonder:
            zonder.setattr(Lezer, "_lees_zelf", None)  # all is there now: nothing is read anew
            gedeeld_ = _lijsten(Stapel(VANDAAG, Lezer(deelt=True)))
        assert [*map(samengevat, gedeeld_.values())] == [*map(samengevat, nu.values())]
        was = nu
    _kent_elke_tabel()


def _kent_elke_tabel() -> None:
    """Each part the same tables, whether it is read first or last, and all of them noted when they are written to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'noteer_wijziging'")
        genoteerd = {tabel for (tabel,) in cursor.fetchall()}
    for deel in DELEN:
        eerst, laatst = _tabellen([deel]), _tabellen([*(d for d in DELEN if d != deel), deel])
        assert eerst == laatst, deel
        assert eerst <= genoteerd, deel


def _tabellen(delen: list[str]) -> frozenset[str]:
    """Of the last of these parts."""
    cache.clear()
    lezer = Lezer(deelt=True)
    stapel = Stapel(VANDAAG, lezer)
    for deel in delen:
        getattr(stapel, deel)
    return lezer._gelezen[f"{delen[-1]}-{VANDAAG}"][1]
