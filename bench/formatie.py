"""The page of a district measured: a unit with one plan against the country with ten versions and forty quarters.

Both in one run, each in a scratch database, the page made anew every time: the same number of queries, and about
the same time, because a page reads its own district and four years however much there is. Each time is taken in turn
with a page without figures, so that a busy machine slows both.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bench.kladdatabase import kladdatabase
from bench.rekenen import Regel

if TYPE_CHECKING:
    from formatie.models import Formatieplan, Onderdeel

KEREN = 40
GRENS = 1.5
LAATSTE = (2026, 3)
# In another order than it is made in: such an address is never kept.
DISTRICT = "/formatie/districten/D0/?sort=fte"
ZONDER_CIJFERS = "/toegankelijkheid/"
ZONDER_MANIFEST = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@dataclass(frozen=True)
class Maat:
    """``teams`` and ``kwartalen`` in all; the plans follow each other with the same time between them."""

    naam: str
    districten: int
    teams: int
    plannen: int
    kwartalen: int


S = Maat("S", 7, 18, 1, 15)
M = Maat("M", 43, 170, 10, 40)


def main() -> int:
    """Print the table; 1 when the number of queries differs or M takes too much longer than S."""
    uitkomsten = [_meet(maat) for maat in (S, M)]
    (klein, maal_klein, queries_klein), (groot, maal_groot, queries_groot) = uitkomsten
    regels = [
        Regel("S: queries", queries_klein),
        Regel("M: queries", queries_groot),
        Regel("queries van M meer dan van S", abs(queries_groot - queries_klein), grens=0),
        Regel("S: p50", klein, " ms"),
        Regel("M: p50", groot, " ms"),
        Regel("S: p50 tegen een pagina zonder cijfers", maal_klein, "×"),
        Regel("M: p50 tegen een pagina zonder cijfers", maal_groot, "×"),
        Regel("p50 van M / S, elk tegen die pagina", maal_groot / maal_klein, "×", GRENS),
    ]
    print(f"\n{'/formatie/districten/D0/':46}{'gemeten':>14}{'grens':>12}")
    for regel in regels:
        print(regel)
    return 0 if all(regel.goed for regel in regels) else 1


def _meet(maat: Maat) -> tuple[float, float, int]:
    """Of the page for its own chief: milliseconds in the middle, times a page without figures, and queries."""
    with kladdatabase():
        from django.test import Client, override_settings

        client = Client(SERVER_NAME="localhost")
        client.force_login(_vul(maat))
        with override_settings(STORAGES=ZONDER_MANIFEST):
            aantal = _tel(client)
            paren = [(_tijd(client, ZONDER_CIJFERS), _tijd(client, DISTRICT)) for _ in range(KEREN + 3)][3:]
    kaal, pagina = (statistics.median(tijden) for tijden in zip(*paren, strict=True))
    return pagina * 1000, pagina / kaal, aantal


def _tel(client: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as gevangen:
        _haal(client, DISTRICT)
    return len(gevangen)


def _tijd(client: Any, adres: str) -> float:
    begin = time.perf_counter()
    _haal(client, adres)
    return time.perf_counter() - begin


def _haal(client: Any, adres: str) -> None:
    antwoord = client.get(adres, secure=True)
    if antwoord.status_code != 200:
        raise RuntimeError(f"{adres}: {antwoord.status_code}")


def _vul(maat: Maat) -> Any:
    from django.db import connection

    from accounts.models import Rolvervulling, User

    districten, teams = _organisatie(maat)
    plannen = [_plan(nummer, maat, districten, teams) for nummer in range(maat.plannen)]
    _bezetting(maat, teams, len(plannen))
    chef = User.objects.create_user("chef")
    Rolvervulling.objects.create(user=chef, rol="districtschef", onderdeel_code="D0")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return chef


def _organisatie(maat: Maat) -> tuple[list[Onderdeel], list[Onderdeel]]:
    from formatie.models import Onderdeel

    def maak(letter: str, nummer: int, soort: str, ouder: Onderdeel) -> Onderdeel:
        return Onderdeel.objects.create(code=f"{letter}{nummer}", naam=f"{soort} {nummer}", soort=soort, ouder=ouder)

    eenheid = Onderdeel.objects.create(code="RE07", naam="Eenheid", soort="eenheid")
    districten = [maak("D", nummer, "district", eenheid) for nummer in range(maat.districten)]
    # The district that is measured has as many teams in either size, so that only what surrounds it differs.
    eerste = [maak("T", nummer, "basisteam", districten[0]) for nummer in range(4)]
    over = range(4, maat.teams)
    return districten, [*eerste, *(maak("T", n, "basisteam", districten[1 + n % (maat.districten - 1)]) for n in over)]


def _plan(nummer: int, maat: Maat, districten: list[Onderdeel], teams: list[Onderdeel]) -> Formatieplan:
    from formatie.models import Controlesom, Districtsformatie, Formatieplan

    begin = _kwartaal(maat, nummer * maat.kwartalen // maat.plannen).begin()
    plan = Formatieplan.objects.create(
        slug=f"plan-{nummer}", naam=f"Plan {nummer}", besluit="Besluit", besluitdatum=date(2015, 1, 1),
        geldig_vanaf=begin, bronregel="1",
    )  # fmt: skip

    def cel(onderdeel: Onderdeel, soort: str, fte: int) -> Districtsformatie:
        plaatsen = Decimal(fte + nummer)
        return Districtsformatie(
            plan=plan, onderdeel=onderdeel, soort=soort, fte=plaatsen, fte_gedrukt=str(plaatsen), bronregel="1"
        )

    per_team = [cel(team, soort, fte) for team in teams for soort, fte in (("basisteam", 100), ("wijkagenten", 20))]
    soorten = (("totaal", 500), ("basisteams", 400), ("wijkagenten", 80))
    per_district = [cel(district, soort, fte) for district in districten for soort, fte in soorten]
    Districtsformatie.objects.bulk_create([*per_team, *per_district])
    Controlesom.objects.bulk_create(
        Controlesom(
            plan=plan, sleutel=f"som-{district.code.lower()}", volgnummer=plek, omschrijving="Som",
            geheel=f"cel:{district.code}:totaal:fte",
            delen=[f"cel:{team.code}:basisteam:fte" for team in teams if team.ouder_id == district.pk],
        )
        for plek, district in enumerate(districten)
    )  # fmt: skip
    return plan


def _kwartaal(maat: Maat, plek: int) -> Any:
    """The quarter with this number, counted from the first of the set."""
    from common.periode import Kwartaal

    return Kwartaal.van_index(Kwartaal(*LAATSTE).index - maat.kwartalen + 1 + plek)


def _bezetting(maat: Maat, teams: list[Onderdeel], verschuiving: int) -> None:
    from django.utils import timezone

    from accounts.models import User
    from common.vaststelling import Staat
    from formatie.models import Bezetting

    wie = {naam: User.objects.create_user(naam) for naam in ("ingevoerd_door", "vastgesteld_door")}
    moment = timezone.now()
    Bezetting.objects.bulk_create(
        Bezetting(
            onderdeel=team, jaar=kwartaal.jaar, kwartaal=kwartaal.nummer, os=Decimal(85 + plek % 10 + verschuiving),
            nos=Decimal(5), aspiranten=Decimal(8), wijkagenten=Decimal(17), wijkagenten_expert=Decimal(2),
            staat=Staat.VASTGESTELD, ingevoerd_op=moment, ingediend_op=moment, vastgesteld_op=moment, demo=True, **wie,
        )
        for plek in range(maat.kwartalen)
        for kwartaal in (_kwartaal(maat, plek),)
        for team in teams
    )  # fmt: skip
