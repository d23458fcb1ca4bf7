"""Basisteams that split, merge, end, begin or are renamed from a day: one decision is one change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from common.bestanden.bijwerken import Telling, werk_bij
from common.bestanden.toml import Dag, Fouten, Keuze, Lijst, Schema, Tabelrij, Tekst, weiger_omgekeerd
from common.tekst.periode import Kwartaal, dag_in_woorden
from common.tekst.tekens import en
from formatie.bezetting.plekken import get_basisteams
from formatie.bijhouden import opvolging
from formatie.bijhouden.inhoud import Gelezen, Inhoud, Rijen, als_rijen
from formatie.bijhouden.opvolging import MEESTE_OPVOLGERS, Basisteam, Opvolger, Teamwijziging, Verandering, na
from formatie.bijhouden.werkgebied import GEBIEDSVELDEN, SLEUTEL, rij_van
from formatie.models import Eerderenaam, Gemeente, Onderdeel, Opvolging, Organisatiebesluit, Werkgebied
from formatie.plan.gemeenten import GEBIEDSRIJ, controleer_werkgebieden
from formatie.plan.laden import laad_werkgebieden

VERANDERING = Schema(
    {
        "soort": Keuze(keuzes=tuple(Verandering)),
        "vanaf": Dag(),
        "van": Lijst(verplicht=False),
        "naar": Lijst(verplicht=False),
        "namen": Lijst(verplicht=False),
        "naam": Tekst(verplicht=False, lengte=120),
        "district": Tekst(verplicht=False, lengte=12),
    }
)
NAAM = Schema({"naam": Tekst(lengte=120)})
NERGENS = ""


def get_districtnamen() -> dict[str, str]:
    """Code → name of every district."""
    return dict(Onderdeel.objects.filter(soort=Onderdeel.Soort.DISTRICT).values_list("code", "naam"))


def wijziging_van(rij: Mapping[str, Any] | Tabelrij) -> Teamwijziging:
    """The change that a row says, checked or as it is kept."""
    vanaf = rij["vanaf"]
    namen = [*rij["namen"], *[""] * len(rij["naar"])]
    return Teamwijziging(
        Verandering(rij["soort"]),
        date.fromisoformat(vanaf) if isinstance(vanaf, str) else vanaf,
        tuple(rij["van"]),
        tuple(Opvolger(code, naam.strip()) for code, naam in zip(rij["naar"], namen, strict=False)),
        rij["naam"],
        rij["district"],
    )


def teamrijen_van(
    wijziging: Teamwijziging, verdeling: Mapping[int, Sequence[str]] | None = None, bron: str = ""
) -> dict[str, Any]:
    """A change as the rows of a decision; ``verdeling``: key of a work area → who works there from the day.

    ``bron`` is what says so from that day on: the decision.
    """
    verandering = {
        "soort": wijziging.soort.value,
        "vanaf": wijziging.vanaf.isoformat(),
        "van": list(wijziging.van),
        "naar": [opvolger.code for opvolger in wijziging.naar],
        "namen": [opvolger.naam for opvolger in wijziging.naar],
        "naam": wijziging.naam,
        "district": wijziging.district,
    }
    gebieden = get_gebieden_van(wijziging)
    gekozen = {gebied.pk: (verdeling or {}).get(gebied.pk, gaan_naar(wijziging)) for gebied in gebieden}
    return {"verandering": [verandering], "werkgebied": _gebiedsrijen(wijziging, gebieden, gekozen, bron)}


def get_gebieden_van(wijziging: Teamwijziging) -> list[Werkgebied]:
    """Where the teams that end, or that go on in parts, work on the day."""
    wie = wijziging.van if wijziging.soort is Verandering.SPLITSEN else wijziging.eindigen
    gebieden = Werkgebied.objects.filter(
        Q(geldig_tot=None) | Q(geldig_tot__gt=wijziging.vanaf), basisteam__code__in=wie
    )
    return list(
        gebieden.select_related("basisteam", "gemeente").order_by("basisteam__code", "gemeente__naam", "gebied")
    )


def gaan_naar(wijziging: Teamwijziging) -> list[str]:
    """Who works from the day where who ends worked, as far as that follows by itself: of a split it does not."""
    if wijziging.soort is Verandering.SAMENVOEGEN:
        return [opvolger.code for opvolger in wijziging.naar]
    return [NERGENS]


def _gebiedsrijen(
    wijziging: Teamwijziging, gebieden: Sequence[Werkgebied], verdeling: Mapping[int, Sequence[str]], bron: str
) -> list[dict[str, Any]]:
    """Each area ends with its team and begins at the one that goes on; where that has it already nothing begins."""
    dag, rijen = wijziging.vanaf.isoformat(), dict[tuple[Any, ...], dict[str, Any]]()
    volgens = {"bron": bron, "bronregel": "", "grond": Werkgebied.Grond.BRON.value} if bron else {}
    heeft = set(Werkgebied.objects.filter(geldig_tot=None).values_list("basisteam__code", "gemeente__slug", "gebied"))
    for gebied in gebieden:
        if gebied.basisteam.code in verdeling[gebied.pk]:
            continue
        einde = rij_van(gebied, geldig_tot=dag)
        rijen[_sleutel(einde)] = einde
        for code in filter(None, verdeling[gebied.pk]):
            begin = rij_van(gebied, basisteam=code, geldig_vanaf=dag, geldig_tot=None, **volgens)
            if (code, begin["gemeente"], begin["gebied"]) not in heeft:
                rijen[_sleutel(begin)] = begin
    return list(rijen.values())


def _sleutel(rij: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(rij[naam] for naam in SLEUTEL)


def _toets(gelezen: Gelezen, vandaag: date) -> None:
    rij = gelezen["verandering"][0]
    wijziging, teams = wijziging_van(rij), get_basisteams()
    bezet = Onderdeel.objects.values_list("code", flat=True)
    bezwaren = opvolging.bezwaren(wijziging, teams, list(bezet), get_districtnamen())
    if wijziging.soort is Verandering.HERNOEMEN and wijziging.vanaf > vandaag:
        bezwaren.append(
            ("vanaf", "Een nieuwe naam staat meteen overal: stel hem voor op of na de dag waarop hij ingaat.")
        )
    for veld, zin in dict.fromkeys(bezwaren):
        rij.meld(f"'{veld}': {zin}")
    if not bezwaren:
        _toets_namen(rij, wijziging)
        _toets_later(rij, wijziging)
        _toets_gebieden(gelezen["werkgebied"], na(wijziging, teams))


def _toets_namen(rij: Tabelrij, wijziging: Teamwijziging) -> None:
    """As long and as readable as the column asks."""
    for nummer, opvolger in enumerate(wijziging.naar, 1):
        fouten = Fouten()
        if opvolger.naam:
            NAAM.lees({"naam": opvolger.naam}, "", "", fouten)
        for fout in fouten:
            rij.meld(f"'naam_{nummer}': de naam van {opvolger.code} {fout.reden.removeprefix(repr('naam')).strip()}")


def _toets_later(rij: Tabelrij, wijziging: Teamwijziging) -> None:
    """What a team that ends said of a quarter at whose end it is gone would count beside what its successors say."""
    laatste = max((stuk for code in wijziging.eindigen for stuk in _perioden(code)), default=None)
    if laatste and laatste.einde() >= wijziging.vanaf:
        wie, dag = en(wijziging.eindigen), dag_in_woorden(laatste.volgende().begin())
        rij.meld(
            f"'vanaf': Van {wie} is er al iets ingevoerd over {laatste.leesbaar}, en op de laatste dag daarvan zou het "
            f"niet meer bestaan. Kies {dag} of later, of trek eerst in wat er staat."
        )


def _perioden(code: str) -> list[Kwartaal]:
    """The last quarter of every kind of thing that two persons answer for of this team."""
    gevonden = []
    for relatie in Onderdeel._meta.related_objects:
        model, veld = relatie.related_model, relatie.field.name
        namen = {v.name for v in model._meta.get_fields()}
        if {"jaar", "kwartaal", "ingevoerd_op"} <= namen:
            rijen = model._default_manager.filter(**{f"{veld}__code": code})
            gevonden += [
                Kwartaal(jaar, nr or 4) for jaar, nr in rijen.values_list("jaar", "kwartaal").distinct().order_by()
            ]
    return gevonden


def _toets_gebieden(rijen: list[Tabelrij], daarna: Mapping[str, Basisteam]) -> None:
    """Held against the teams as they will be, and against what is known of other teams."""
    onderdelen = [
        Tabelrij("site", "", {"code": t.code, "soort": "basisteam", "geldig_vanaf": t.vanaf, "geldig_tot": t.tot})
        for t in daarna.values()
    ]
    gemeenten = als_rijen(Gemeente.objects.all(), slug="slug")
    eigen = {tuple(rij[naam] for naam in SLEUTEL) for rij in rijen}
    geldend = als_rijen(Werkgebied.objects.select_related("basisteam", "gemeente"), **GEBIEDSVELDEN)
    blijft = [rij for rij in geldend if tuple(rij[naam] for naam in SLEUTEL) not in eigen]
    weiger_omgekeerd(rijen)
    controleer_werkgebieden([*blijft, *rijen], onderdelen, gemeenten)


def _pas_toe(gelezen: Gelezen) -> None:
    wijziging, teams = wijziging_van(gelezen["verandering"][0]), get_basisteams()
    daarna = na(wijziging, teams)
    schrijf_teams([team for code, team in daarna.items() if team != teams.get(code)], wijziging)
    onderdelen = {onderdeel.code: onderdeel for onderdeel in Onderdeel.objects.all()}
    lijnen = [
        {"van": onderdelen[van], "naar": onderdelen[naar], "vanaf": wijziging.vanaf} for van, naar in wijziging.lijnen
    ]
    werk_bij(Opvolging, ("van", "naar", "vanaf"), lijnen, Telling())
    if wijziging.soort is Verandering.HERNOEMEN:
        oud = teams[wijziging.van[0]]
        eerder = {"onderdeel": onderdelen[oud.code], "naam": oud.naam, "tot": wijziging.vanaf}
        werk_bij(Eerderenaam, ("onderdeel", "tot"), [eerder], Telling())
    gemeenten = {gemeente.slug: gemeente for gemeente in Gemeente.objects.all()}
    laad_werkgebieden(gelezen["werkgebied"], onderdelen, gemeenten, Telling(), SLEUTEL)


def schrijf_teams(teams: Sequence[Basisteam], wijziging: Teamwijziging) -> None:
    """A new team stands in the order of the organisation after the one it comes from."""
    boven = {onderdeel.code: onderdeel for onderdeel in Onderdeel.objects.all()}
    plek = [boven[code].volgorde for code in wijziging.van]
    rijen = [
        {
            "code": team.code,
            "naam": team.naam,
            "soort": Onderdeel.Soort.BASISTEAM,
            "ouder": boven[team.district],
            "geldig_vanaf": team.vanaf,
            "geldig_tot": team.tot,
            "volgorde": boven[team.code].volgorde
            if team.code in boven
            else max(plek or [boven[team.district].volgorde]),
        }
        for team in teams
    ]
    werk_bij(Onderdeel, ("code",), rijen, Telling())


def _plek(rijen: Rijen) -> str:
    """One open change per district at a time would be too few, and per team one could pass by another: by its teams."""
    rij = rijen["verandering"][0]
    return "+".join(sorted([*rij["van"], *(rij["naar"] if not rij["van"] else [])]))[:120]


def _naam(rijen: Rijen) -> str:
    return in_het_kort(wijziging_van(rijen["verandering"][0]))[:200]


def in_het_kort(wijziging: Teamwijziging) -> str:
    """For example: Splitsing van A1 in A4 West en A5 Oost."""
    van, naar = en(list(wijziging.van)), en([f"{op.code} {op.naam}".strip() for op in wijziging.naar])
    match wijziging.soort:
        case Verandering.SPLITSEN:
            return f"Splitsing van {van} in {naar}"
        case Verandering.SAMENVOEGEN:
            return f"Samenvoeging van {van} in {naar}"
        case Verandering.HERNOEMEN:
            return f"Nieuwe naam van {van}: {wijziging.naam}"
        case Verandering.BEEINDIGEN:
            return f"Einde van {van}"
        case Verandering.BEGINNEN:
            return f"Nieuw team {naar}"


def _nu(rijen: Rijen) -> str:
    teams = get_basisteams()
    return en([str(teams[code]) for code in rijen["verandering"][0]["van"] if code in teams])


def _nieuw(rijen: Rijen) -> str:
    wijziging = wijziging_van(rijen["verandering"][0])
    return ". ".join([f"vanaf {dag_in_woorden(wijziging.vanaf)}", *_gaan_over(rijen, wijziging)])


def _gaan_over(rijen: Rijen, wijziging: Teamwijziging) -> list[str]:
    """Who gets which work area; for example: Maassluis naar A4 Maassluis, Vlaardingen naar A5 Vlaardingen."""
    gebieden = get_gebieden_van(wijziging)
    delen = {plek: wie for gebied in gebieden for plek, wie in [_gaat_over(rijen, wijziging, gebied)]}
    return [f"Werkgebieden: {', '.join(f'{plek} {wie}' for plek, wie in delen.items())}"] if delen else []


def _gaat_over(rijen: Rijen, wijziging: Teamwijziging, gebied: Werkgebied) -> tuple[str, str]:
    """A work area and what becomes of it, as the rows of the proposal say."""
    namen = {op.code: f"{op.code} {op.naam}".strip() for op in wijziging.naar}
    hier = [
        rij
        for rij in rijen["werkgebied"]
        if (rij["gemeente"], rij.get("gebied") or "") == (gebied.gemeente.slug, gebied.gebied)
    ]
    dag = wijziging.vanaf.isoformat()
    naar = [rij["basisteam"] for rij in hier if rij.get("geldig_vanaf") == dag]
    plek = f"{gebied.gemeente}{f' ({gebied.gebied})' if gebied.gebied else ''}"
    if naar:
        return plek, f"naar {en([namen.get(code, code) for code in naar])}"
    eindigt = any(rij["basisteam"] == gebied.basisteam.code for rij in hier)
    return plek, ZONDER_TEAM if eindigt else f"blijft bij {gebied.basisteam.code}"


@dataclass(frozen=True)
class Aanhang:
    """One kind of thing that hangs on teams that end or go on in parts, and what becomes of it."""

    wat: str
    aantal: int
    wordt: str


def _gevolgen(rijen: Rijen) -> list[str]:
    """What an approver reads too: the series, and what becomes of what hangs on the teams."""
    wijziging, teams = wijziging_van(rijen["verandering"][0]), get_basisteams()
    if set(wijziging.van) - teams.keys():
        return []
    vervolg = [een.wordt for een in aanhang(wijziging)]
    zonder = any(ZONDER_TEAM in zin for zin in _gaan_over(rijen, wijziging))
    return [*opvolging.gevolgen(wijziging, teams), *vervolg, *([WAT_ZONDER_TEAM] if zonder else [])]


def aanhang(wijziging: Teamwijziging) -> list[Aanhang]:
    """What hangs on the teams that take part, per kind, with what happens to it; only what there is."""
    if wijziging.soort is Verandering.HERNOEMEN:
        return []
    wie, gevonden = list(wijziging.van), []
    for relatie in Onderdeel._meta.related_objects:
        model, veld = relatie.related_model, relatie.field.name
        wordt = _WORDT.get(model._meta.model_name or "")
        rijen = model._default_manager.filter(**{f"{veld}__code__in": wie})
        if wordt and (aantal := rijen.count()):
            gevonden.append(Aanhang(str(model._meta.verbose_name_plural), aantal, wordt))
    return gevonden


ZONDER_TEAM = "nog naar niemand"
WAT_ZONDER_TEAM = (
    "Een werkgebied dat nog naar niemand gaat, heeft vanaf die dag geen basisteam op de site, tot bij Werkgebieden een "
    "team is voorgesteld en vastgesteld."
)
_WORDT = {
    "meting": "Waarden van vóór de dag blijven bij het team dat ze leverde; er wordt niets verdeeld of opgeteld.",
    "bezetting": "Bezetting van vóór de dag blijft bij het team dat haar leverde.",
    "doelstelling": "Doelen gaan niet mee. Stel voor de opvolgers eigen doelen voor, op de pagina van de indicator.",
    "eigenaarschap": "Eigenaren gaan niet mee. Wijs bij Eigenaren aan wie de opvolgers volgt.",
    "districtsformatie": (
        "De plaatsen in het formatieplan blijven staan bij het team dat het plan noemt, tot een nieuwe planversie ze "
        "verdeelt; de bezetting wordt intussen van de opvolgers gevraagd."
    ),
    "werkgebied": "Een werkgebied gaat naar wie het voorstel noemt; een eerder kwartaal toont wie er toen werkte.",
    "inwonertal": "Inwonertallen blijven bij het team waarvoor zij gelden; geef ze voor de opvolgers opnieuw op.",
    "scenarioregel": "Scenario's over dit team blijven bewaard zoals ze zijn.",
}

TEAMS = Inhoud(
    soort=Organisatiebesluit.Soort.ORGANISATIE,
    tabellen={"verandering": VERANDERING, "werkgebied": GEBIEDSRIJ},
    sleutels={"verandering": ("soort",), "werkgebied": SLEUTEL},
    labels={
        "soort": "Wat verandert er?",
        "van": "Basisteam of teams",
        **{f"code_{nummer}": f"Code van team {nummer}" for nummer in range(1, MEESTE_OPVOLGERS + 1)},
        **{f"naam_{nummer}": f"Naam van team {nummer}" for nummer in range(1, MEESTE_OPVOLGERS + 1)},
        "naam": "Nieuwe naam",
        "district": "District",
        "vanaf": "Vanaf",
        "bron": "Bron",
        "reden": "Toelichting",
    },
    pagina="beheer_organisatie",
    plek=_plek,
    naam=_naam,
    nu=_nu,
    nieuw=_nieuw,
    toets=_toets,
    gevolgen=_gevolgen,
    pas_toe=_pas_toe,
    raakt_oordelen=True,
    raakt_formatie=True,
)
