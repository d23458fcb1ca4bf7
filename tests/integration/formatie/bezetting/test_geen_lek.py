"""Thousands of times (in chaos ten) somebody asks for something: no number shows that is not theirs to see.

Every team has figures that occur nowhere else, so a leak is found by reading the answer as text. What may be shown is
worked out here, from the roles alone, and from nothing the site decides. Part of the questions goes to the selectors
that every page, file and answer is made from, with the codes and quarters of the whole organisation; the others go
through the whole site: address, log-in, page, print, export, API, history, scenario. Files are opened and read.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from common.tekst.periode import Kwartaal
from formatie.bezetting.terugkijken import bekend_van
from formatie.bezetting.zicht import get_bezetting, get_opgeteld
from formatie.models import Bezetting, Onderdeel, Scenario
from formatie.scenario.selectors import get_scenarios, get_uitgangspunt
from monitor.dashboards.indicator.weergave import Weergave
from monitor.dashboards.verkennen.vraag import Opzet
from monitor.models import Meting
from tests.factories import MetingFactory, MonitorregelFactory, maak_eenheid, maak_persoon
from tests.figuren import teken_meteen
from tests.integration.formatie.personeel import Q1, leg_vast, maak_plan
from tests.integration.monitor.dashboards.verkennen.opstelling import leg_meteen
from tests.integration.site import bewaar_menu

pytestmark = pytest.mark.django_db
VRAGEN = [2_500, pytest.param(9_000, marks=pytest.mark.chaos)]  # to the selectors
VAKER = [0, pytest.param(1_700, marks=pytest.mark.chaos)]  # through the whole site, beside each address as each role
KWARTALEN = [Q1, Q1.volgende()]
TEAMS = {"A": ("A1", "A2", "A3"), "B": ("B1", "B2"), "C": ("C1", "C2")}
PERSONEN = {
    "analist": {}, "vaststeller": {}, "rvo-lid": {}, "beheerder": {},
    "districtschef": {"onderdeel": "A"}, "portefeuillehouder": {"thema": "x"},
}  # fmt: skip
ADRESSEN = (
    "/formatie/?kwartaal={k}", "/formatie/?_export={f}&_tabel={t}&kwartaal={k}", "/formatie/?zoek={o}",
    "/formatie/districten/{d}/?kwartaal={k}", "/formatie/districten/{d}/?_export={f}&_tabel={t}&kwartaal={k}",
    "/formatie/?kwartaal={k}&peildatum={p}", "/formatie/?_export={f}&_tabel={t}&kwartaal={k}&peildatum={p}",
    "/formatie/?zoek={o}&peildatum={p}", "/formatie/districten/{d}/?kwartaal={k}&peildatum={p}",
    "/formatie/districten/{d}/?_export={f}&_tabel={t}&kwartaal={k}&peildatum={p}",
    "/formatie/districten/{d}/scenarios/", "/formatie/districten/{d}/scenarios/{s}/",
    "/indicatoren/bezetting-wijkagenten/?kwartaal={k}",
    "/indicatoren/bezetting-wijkagenten/?kwartaal={k}&_export={f}&_tabel={t}",
    "/indicatoren/bezetting-wijkagenten/?kwartaal={k}&weergave={w}",
    "/indicatoren/bezetting-wijkagenten/?kwartaal={k}&weergave={w}&_figuur=figuur-bezetting-wijkagenten",
    "/verkennen/?indicator=bezetting-wijkagenten&onderdeel={o}&onderdeel=teams-{d}&als={a}", "/onderdelen/{o}/",
    "/indicatoren/bezetting-wijkagenten/?kwartaal={k}&peildatum=2025-11-02",
    "/indicatoren/bezetting-wijkagenten/?kwartaal={k}&peildatum=2025-11-02&weergave={w}&_figuur=figuur-bezetting-wijkagenten",
    "/onderdelen/{o}/?peildatum=2025-11-02",
    "/indicatoren/bezetting-wijkagenten/?kwartaal={k}&peildatum=2025-11-02&_export={f}&_tabel={t}",
    "/indicatoren/bezetting-wijkagenten/oordeel/?kwartaal={k}&onderdeel={o}",
    "/indicatoren/bezetting-wijkagenten/oordeel/?kwartaal={k}&onderdeel={o}&peildatum=2025-11-02",
    "/invoer/{k}/bezetting/?district={d}", "/invoer/importeren/uitvoer.csv", "/vaststellen/bezetting/",
    *("/metingen/{m}/geschiedenis/", "/bezetting/{b}/geschiedenis/") * 3,
    *("/api/v1/metingen?onderdeel={o}", "/api/v1/doelbereik?onderdeel={o}&kwartaal={n}") * 5,
    *("/api/v1/doelbereik?onderdeel={o}&peildatum=2025-11-02", "/api/v1/onderdelen"),
    *("/api/v1/reeksen?onderdeel={o}&vanaf={k}", "/api/v1/reeksen?onderdeel={o},{d}&peildatum=2025-11-02") * 3,
    *("/api/v1/metingen?indicator=bezetting-wijkagenten&pagina={n}", "/api/v1/districtsformatie") * 3,
)  # fmt: skip
DAGEN = ("2025-10-31", "2025-11-01", "2025-11-02", "02-11-2025", "2999-01-01")
OP = (None, date(2025, 11, 1), date(2025, 11, 20))
DICHT = (302, 400, 403, 404)


def _merk(nummer: int, kwartaal: int) -> tuple[Decimal, Decimal]:
    """Figures of one team that no sum and no other figure of the test equals: os, and wijkagenten."""
    return Decimal(f"{1234 + 97 * nummer + 11 * kwartaal}.57"), Decimal(f"{400 + 13 * nummer + kwartaal}.31")


@pytest.fixture
def merken() -> dict[str, str]:
    """Marker as text → the team it belongs to."""
    onderdelen = maak_eenheid({district: len(teams) for district, teams in TEAMS.items()})
    maak_plan(onderdelen)
    indicator = MonitorregelFactory(
        indicator__code="bezetting-wijkagenten", indicator__percentage=True, indicator__personeel=True
    ).indicator
    gevonden: dict[str, str] = {}
    for nummer, team in enumerate(team for teams in TEAMS.values() for team in teams):
        for n, kwartaal in enumerate(KWARTALEN):
            os, wijk = _merk(nummer, n)
            leg_vast(onderdelen[team], kwartaal, os=os, nos="3.13", wijkagenten=wijk, ziek="1.07")
            MetingFactory(
                indicator=indicator, onderdeel=onderdelen[team], jaar=kwartaal.jaar, kwartaal=kwartaal.nummer,
                waarde=None, teller=wijk, noemer=wijk + 100,
            )  # fmt: skip
            gevonden |= {vorm: team for getal in (os, wijk, os + Decimal("3.13")) for vorm in _schrijfwijzen(getal)}
    return gevonden


def _schrijfwijzen(getal: Decimal) -> list[str]:
    engels = f"{getal:.2f}"
    heel, _, rest = engels.partition(".")
    gegroepeerd = f"{int(heel):,}".replace(",", ".")
    return [engels, f"{heel},{rest}", f"{gegroepeerd},{rest}"]


def _mag(rol: str, team: str) -> bool:
    """The oracle: the table of rights, in one line."""
    return rol in ("analist", "vaststeller") or (rol == "districtschef" and team[0] == "A")


def _gelekt(tekst: str, rol: str, merken: dict[str, str]) -> list[str]:
    return [f"{merk} van {team}" for merk, team in merken.items() if merk in tekst and not _mag(rol, team)]


def _vraag(toeval: Random, user: User) -> str:
    """One random question to what every page is made from; the answer as text."""
    kwartalen, op = toeval.sample(KWARTALEN, toeval.randint(0, 2)), toeval.choice(OP)
    codes = toeval.sample([*TEAMS, *(t for teams in TEAMS.values() for t in teams), "RE07", "X9"], toeval.randint(0, 4))
    keuze = toeval.random()
    if keuze < 0.7:
        rijen = get_bezetting(
            user,
            kwartalen=kwartalen or None,
            onderdelen=codes if toeval.random() < 0.8 else None,
            bekend=bekend_van(op),
        ).values_list("onderdeel__code", "os", "nos", "wijkagenten", "ziek")
        return repr([tuple(map(str, rij)) for rij in rijen])
    if keuze < 0.95:
        return repr(
            get_bezetting(user, kwartalen=kwartalen, bekend=bekend_van(op))
            .filter(onderdeel__code__in=codes)
            .values_list("os", "ziek")
        )
    rijen = get_opgeteld(user, kwartalen, bekend=bekend_van(op))
    assert not _verboden(rijen, user)
    assert op is None or _mag(user.username, "B1") or {rij.onderdeel for rij in rijen} <= {"RE07", "A"}
    return " ".join(str(cel.waarde) for rij in rijen for cel in rij.cellen.values())


def _verboden(rijen: list, user: User) -> list[str]:
    """What of the sums is not theirs: another district, or a number of people that is small."""
    rol, eigen = user.username, {"beheerder": set(), "portefeuillehouder": {"RE07"}, "districtschef": {"RE07", "A"}}
    vreemd = {rij.onderdeel for rij in rijen} - eigen.get(rol, {"RE07", *TEAMS})
    return sorted(vreemd) + [
        rij.onderdeel
        for rij in rijen
        for cel in rij.cellen.values()
        if cel.waarde is not None and 0 < cel.waarde < 5 and not _mag(rol, rij.onderdeel)
    ]


@pytest.mark.parametrize("aantal", VRAGEN)
def test_geen_vraag_geeft_een_lek(merken: dict[str, str], aantal: int) -> None:
    toeval = Random(20250401)
    personen = {rol: maak_persoon(rol, **waar) for rol, waar in PERSONEN.items()}
    gezien = set()
    for _ in range(aantal):
        rol = toeval.choice(list(PERSONEN))
        antwoord = _vraag(toeval, personen[rol])
        gezien |= {team for merk, team in merken.items() if rol == "districtschef" and merk in antwoord}
        assert not _gelekt(antwoord, rol, merken)
    assert gezien == set(TEAMS["A"])  # the test can see: a chief does get the own teams


@pytest.mark.traag
@pytest.mark.timeout(600)  # hundreds of pages, in chaos two thousand
@pytest.mark.parametrize("aantal", VAKER)
def test_ook_langs_de_hele_site_geen_lek(merken: dict[str, str], aantal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every kind of address as every role, with what it is about by chance; and so often more at random."""
    leg_meteen(monkeypatch)
    bewaar_menu(monkeypatch)
    monkeypatch.setattr("common.pagina.figuren.vraag", teken_meteen)
    toeval, clients = Random(7), {rol: Client() for rol in PERSONEN}
    for rol, waar in PERSONEN.items():
        clients[rol].force_login(maak_persoon(rol, **waar))
    nummers = _maak_scenarios() | {
        "m": list(Meting.objects.values_list("pk", flat=True)),
        "b": list(Bezetting.objects.values_list("pk", flat=True)),
    }
    gezien: set[str] = set()
    alle = list(product(PERSONEN, ADRESSEN))
    for rol, vorm in [*toeval.sample(alle, len(alle)), *toeval.choices(alle, k=aantal)]:
        adres = _adres(toeval, vorm, nummers)
        antwoord = clients[rol].get(adres)
        assert antwoord.status_code in (200, 202, *DICHT), adres  # 202: a figure that is being drawn
        tekst = _als_tekst(antwoord)
        assert not _gelekt(tekst, rol, merken), adres
        gezien |= {adres.split("/")[1] for merk in merken if merk in tekst}
    assert {"formatie", "bezetting", "api"} <= gezien  # the test can see: who may, does get figures there


def _maak_scenarios() -> dict[str, list[int]]:
    """Of every district one that is shared, with the teams of that district in it."""
    eigenaar, eerste = maak_persoon("analist", naam="denker"), KWARTALEN[0]
    gemaakt = []
    for code, teams in TEAMS.items():
        proef = Scenario.objects.create(
            eigenaar=eigenaar, district=Onderdeel.objects.get(code=code), naam=f"Proef {code}", gedeeld=True,
            jaar=eerste.jaar, kwartaal=eerste.nummer,
        )  # fmt: skip
        proef.regels.create(onderdeel=Onderdeel.objects.get(code=teams[0]), instroom=1)
        gemaakt.append(proef.pk)
    return {"s": gemaakt}


def _adres(toeval: Random, vorm: str, nummers: dict[str, list[int]]) -> str:
    """Somewhere, of any district, team, quarter and object; one in ten objects does not exist."""
    kies = {soort: toeval.choice([*pks, max(pks) + 1]) for soort, pks in nummers.items()}
    return vorm.format(
        d=toeval.choice(list(TEAMS)),
        k=toeval.choice(KWARTALEN),
        p=toeval.choice(DAGEN),
        o=toeval.choice(["A", "B", "A1", "B1", "C2", "RE07"]),
        f=toeval.choice(["csv", "csv", "xlsx", "ods"]),
        t=toeval.choice(["formatie", "wijkagenten", "districten", "bezetting", "onderdelen"]),
        n=toeval.randint(1, 2),
        w=toeval.choice(list(Weergave)),
        a=toeval.choice(list(Opzet)),
        **kies,
    )


def _als_tekst(antwoord: Any) -> str:
    """What a person could read in it; a spreadsheet is opened, its numbers also as Dutch text."""
    inhoud = b"".join(antwoord) if antwoord.streaming else antwoord.content
    if not inhoud.startswith(b"PK"):
        return str(inhoud.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
        return " ".join(pak.read(naam).decode(errors="replace") for naam in pak.namelist())


def test_een_scenario_begint_nooit_met_teams_van_een_ander(merken: dict[str, str]) -> None:
    chef, b = maak_persoon("districtschef", onderdeel="A"), Onderdeel.objects.get(code="B")
    assert all(team.mensen is None for team in get_uitgangspunt(chef, b, Kwartaal(2025, 1)).teams)
    assert not get_scenarios(chef, b).exists()
