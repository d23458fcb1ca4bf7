"""The page of a district measured: a unit with one plan against the country with ten versions and forty quarters.

Both in one run, each in a scratch database, the page made anew every time: the same number of queries, and about
the same time. For its own chief, who reads its teams; and for a reader without the right to small numbers, for whom
what is hidden is decided over all districts: the first time, and after that. Each time is taken in turn with a page
without figures, so that a busy machine slows both.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bench.kladdatabase import kladdatabase
from bench.regel import Regel

if TYPE_CHECKING:
    from formatie.models import Formatieplan, Onderdeel

KOP = "/formatie/districten/D0/"
KEREN = 40
GRENS = 1.5
EERSTE_KEER = 100.0  # times a page without figures
LEZERS = ("chef", "lezer")
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


@dataclass(frozen=True)
class Uitkomst:
    """Of the page for one reader: milliseconds the first time and in the middle, times a page without figures."""

    eerste: float
    p50: float
    maal: float
    queries: int


PROEF_S, PROEF_M = Maat("S", 2, 6, 1, 3), Maat("M", 4, 10, 2, 6)


def meet(*, kort: bool) -> list[Regel]:
    """M against S for each reader; RuntimeError for an answer without the table of the district."""
    klein, groot = (_meet(maat, 2 if kort else KEREN) for maat in ((PROEF_S, PROEF_M) if kort else (S, M)))
    return [regel for lezer in LEZERS for regel in _regels(lezer, klein[lezer], groot[lezer])]


def _regels(lezer: str, klein: Uitkomst, groot: Uitkomst) -> list[Regel]:
    return [
        Regel(f"{lezer}: queries bij S", klein.queries),
        Regel(f"{lezer}: queries van M meer dan van S", abs(groot.queries - klein.queries), grens=0),
        Regel(
            f"{lezer}: de eerste keer bij M ({groot.eerste:.0f} ms) tegen een pagina zonder cijfers",
            groot.eerste / groot.p50 * groot.maal,
            "×",
            EERSTE_KEER,
        ),
        Regel(f"{lezer}: p50 bij S", klein.p50, " ms"),
        Regel(f"{lezer}: p50 bij M", groot.p50, " ms"),
        Regel(f"{lezer}: S tegen een pagina zonder cijfers", klein.maal, "×"),
        Regel(f"{lezer}: M tegen een pagina zonder cijfers", groot.maal, "×"),
        Regel(f"{lezer}: p50 van M / S, elk tegen die pagina", groot.maal / klein.maal, "×", GRENS),
    ]


def _meet(maat: Maat, keren: int) -> dict[str, Uitkomst]:
    with kladdatabase():
        from django.test import override_settings

        _vul(maat)
        with override_settings(STORAGES=ZONDER_MANIFEST):
            return {lezer: _meet_als(lezer, keren) for lezer in LEZERS}


def _meet_als(lezer: str, keren: int) -> Uitkomst:
    """The page without figures first, so that the first time counts no start of the site."""
    from django.test import Client

    from accounts.models import User
    from formatie.bezetting import zicht as optellen

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=lezer))
    for _ in range(3):
        _haal(client, ZONDER_CIJFERS)
        _haal(client, DISTRICT)
    optellen.bewaard.cache_clear()
    eerste = _tijd(client, DISTRICT)
    paren = [(_tijd(client, ZONDER_CIJFERS), _tijd(client, DISTRICT)) for _ in range(keren)]
    kaal, pagina = (statistics.median(tijden) for tijden in zip(*paren, strict=True))
    return Uitkomst(eerste * 1000, pagina * 1000, pagina / kaal, _tel(client))


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
    verwacht = b"<table" if adres == DISTRICT else b"Toegankelijkheid"
    if antwoord.status_code != 200 or verwacht not in antwoord.content:
        raise RuntimeError(f"{adres}: {antwoord.status_code}")


def _vul(maat: Maat) -> None:
    from django.db import connection

    from accounts.models import Rolvervulling, User

    districten, teams = _organisatie(maat)
    plannen = [_plan(nummer, maat, districten, teams) for nummer in range(maat.plannen)]
    _bezetting(maat, teams, len(plannen))
    for naam, rol, waar in (("chef", "districtschef", "D0"), ("lezer", "rvo-lid", "")):
        user = User.objects.create_user(naam)
        Rolvervulling.objects.create(user=user, rol=rol, onderdeel_code=waar)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
    from common.tekst.periode import Kwartaal

    return Kwartaal.van_index(Kwartaal(*LAATSTE).index - maat.kwartalen + 1 + plek)


def _bezetting(maat: Maat, teams: list[Onderdeel], verschuiving: int) -> None:
    from django.utils import timezone

    from accounts.models import User
    from common.vaststellen.model import Staat
    from formatie.models import Bezetting

    wie = {naam: User.objects.create_user(naam) for naam in ("ingevoerd_door", "vastgesteld_door")}
    moment = timezone.now()
    Bezetting.objects.bulk_create(
        Bezetting(
            onderdeel=team, jaar=kwartaal.jaar, kwartaal=kwartaal.nummer, os=Decimal(85 + plek % 10 + verschuiving),
            nos=Decimal(5), aspiranten=Decimal(8), wijkagenten=Decimal(17), **_klein(plek, nummer),
            staat=Staat.VASTGESTELD, ingevoerd_op=moment, ingediend_op=moment, vastgesteld_op=moment, demo=True, **wie,
        )
        for plek in range(maat.kwartalen)
        for kwartaal in (_kwartaal(maat, plek),)
        for nummer, team in enumerate(teams)
    )  # fmt: skip


def _klein(plek: int, nummer: int) -> dict[str, Decimal]:
    """Few people, other ones per team and quarter, so that there is something to hide in every year."""
    getal = (7919 * plek + 104_729 * nummer) % 1000
    return {"wijkagenten_expert": Decimal(getal % 21) / 10, "ziek": Decimal(getal % 41) / 10}
