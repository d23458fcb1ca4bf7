"""The plan of the agenda itself, and a plan of an invented, much larger unit beside it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from functools import partial

from django.conf import settings
from django.test import Client

from accounts.models import User
from common.bestanden.toml import Fouten
from common.tekst.periode import Kwartaal
from formatie.models import Bezetting, Controlesom, Districtsformatie, Formatieplan, Formatieregel, Onderdeel
from formatie.plan import laden, lezen
from tests.factories import BezettingFactory, UserFactory, maak_persoon

Q3 = Kwartaal(2026, 3)
GROOT = {"districten": 43, "teams": 4, "regels": 90}


def laad_plan() -> Formatieplan:
    """The fixtures of the project: organisation and formation plan."""
    fouten = Fouten()
    organisatie = lezen.lees_organisatie(settings.FIXTURES_DIR, fouten)
    plannen = lezen.lees_plannen(settings.FIXTURES_DIR, organisatie, fouten)
    assert not fouten
    laden.laad(organisatie, plannen)
    return Formatieplan.objects.get(slug="2023-2026")


def vergroot(plan: Formatieplan) -> None:
    """Add 43 districts of four teams, 90 rows with a waarvan each, and a comparison that differs for every one."""
    eenheid = Onderdeel.objects.get(code="RE07")
    maak = partial(Onderdeel, soort=Onderdeel.Soort.DISTRICT, ouder=eenheid, volgorde=500)
    districten = Onderdeel.objects.bulk_create(
        maak(code=f"X{n}", naam=f"District {n}") for n in range(GROOT["districten"])
    )
    teams = Onderdeel.objects.bulk_create(
        Onderdeel(code=f"{d.code}T{n}", naam=f"Team {n}", soort=Onderdeel.Soort.BASISTEAM, ouder=d, volgorde=501)
        for d in districten
        for n in range(GROOT["teams"])
    )
    cellen = [_cel(plan, d, "totaal", "40") for d in districten] + [_cel(plan, t, "basisteam", "9") for t in teams]
    Districtsformatie.objects.bulk_create(cellen)
    _vergroot_regels(plan)
    Controlesom.objects.bulk_create(_som(plan, nummer, d.code) for nummer, d in enumerate(districten))


def _cel(plan: Formatieplan, onderdeel: Onderdeel, soort: str, gedrukt: str) -> Districtsformatie:
    return Districtsformatie(
        plan=plan, onderdeel=onderdeel, soort=soort, fte=Decimal(gedrukt), fte_gedrukt=gedrukt, bronregel="1"
    )


def _regel(plan: Formatieplan, nummer: int, ouder: Formatieregel | None = None) -> Formatieregel:
    return Formatieregel(
        plan=plan,
        sleutel=f"extra-{nummer}",
        volgnummer=nummer,
        dienst=f"Dienst {nummer // 10}",
        naam=f"Regel {nummer}",
        soort="waarvan" if ouder else "regel",
        ouder=ouder,
        fte=Decimal(1),
        fte_os=Decimal(1),
        fte_gedrukt="1",
        fte_os_gedrukt="1",
        bronregel="1",
    )


def _vergroot_regels(plan: Formatieplan) -> None:
    ouders = Formatieregel.objects.bulk_create(_regel(plan, 1000 + n) for n in range(GROOT["regels"]))
    Formatieregel.objects.bulk_create(_regel(plan, 2000 + n, ouder) for n, ouder in enumerate(ouders))


def _som(plan: Formatieplan, nummer: int, code: str) -> Controlesom:
    return Controlesom(
        plan=plan,
        sleutel=f"extra-{code.lower()}",
        volgnummer=1000 + nummer,
        omschrijving=f"Totaal van {code}",
        geheel=f"cel:{code}:totaal:fte",
        delen=[f"cel:{code}T{n}:basisteam:fte" for n in range(GROOT["teams"])],
    )


def vul_bezetting(
    tot: Kwartaal = Q3,
    aantal: int = 6,
    zonder: Collection[tuple[str, Kwartaal]] = (),
    plan: str = "2023-2026",
) -> None:
    """People at every place of a plan, a little fewer than it gives and changing a little each quarter."""
    alle = Districtsformatie.objects.filter(plan__slug=plan).select_related("onderdeel")
    cellen = [cel for cel in alle if cel.soort in Bezetting.Soort.values and cel.onderdeel.soort != "eenheid"]
    wijk = {cel.onderdeel_id: cel.fte for cel in alle if cel.soort == "wijkagenten"}
    wie = {
        "ingevoerd_door": UserFactory(username="invoerder"),
        "vastgesteld_door": UserFactory(username="goedkeurder"),
    }
    Bezetting.objects.bulk_create(
        _mensen(cel, kwartaal, stap, wijk.get(cel.onderdeel_id) or Decimal(0), wie)
        for stap in range(aantal)
        for kwartaal in (Kwartaal.van_index(tot.index - stap),)
        for cel in cellen
        if cel.fte and (cel.onderdeel.code, kwartaal) not in zonder
    )


def _mensen(
    cel: Districtsformatie, kwartaal: Kwartaal, stap: int, wijkagenten: Decimal, wie: dict[str, User]
) -> Bezetting:
    assert cel.fte is not None
    fte = round(cel.fte * Decimal(960 - 5 * stap) / 1000, 1)
    nos = round(fte / 20, 1)
    team = cel.soort == "basisteam"
    return BezettingFactory.build(
        onderdeel=cel.onderdeel, soort=cel.soort, jaar=kwartaal.jaar, kwartaal=kwartaal.nummer, os=fte - nos, nos=nos,
        aspiranten=round(fte / 10, 1), wijkagenten=max(wijkagenten - 1, Decimal(0)) if team else Decimal(0),
        wijkagenten_expert=Decimal("0.5") if team else Decimal(0), **wie,
    )  # fmt: skip


def nieuw_plan(plan: Formatieplan, slug: str, vanaf: date, tot: date | None = None) -> Formatieplan:
    """A next version in force from a day, in which every team has some places more."""
    nieuw = Formatieplan.objects.create(
        slug=slug, naam=f"Plan {slug}", besluit="Gewijzigd vastgesteld", besluitdatum=vanaf, geldig_vanaf=vanaf,
        geldig_tot=tot, bronregel="1",
    )  # fmt: skip
    cellen = list(plan.districtscellen.all())
    for cel in cellen:
        cel.pk, cel.plan = None, nieuw
        if cel.soort == "basisteam" and cel.fte is not None:
            cel.fte += 5
            cel.fte_gedrukt = f"{cel.fte}".replace(".", ",")
    Districtsformatie.objects.bulk_create(cellen)
    return nieuw


def leeg_plan() -> Formatieplan:
    """A plan in force that prints nothing at all."""
    dag = date(2023, 1, 1)
    return Formatieplan.objects.create(
        slug="leeg", naam="Leeg plan", besluit="Besluit", besluitdatum=dag, geldig_vanaf=dag, bronregel="1"
    )


def als(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client
