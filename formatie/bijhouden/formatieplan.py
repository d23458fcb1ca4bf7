"""A new version of the formation plan: whole, with its own figures and sums, in force from a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from common.bestanden.bijwerken import Telling
from common.bestanden.toml import Schema, Tabelrij, Tekst, weiger_omgekeerd
from common.tekst.getallen import toon
from common.tekst.periode import dag_in_woorden
from common.tekst.tekens import en
from common.vaststellen.model import Staat
from formatie.bezetting.plekken import get_basisteams
from formatie.bijhouden.inhoud import Gelezen, Inhoud, Rijen, lees
from formatie.bijhouden.opvolging import Basisteams
from formatie.bijhouden.organisatie import wijziging_van
from formatie.bijhouden.planblad import cijfers_van
from formatie.models import Districtsformatie, Formatieplan, Onderdeel, Organisatiebesluit
from formatie.plan.controle import Bevinding, Plansom, Uitkomst, controleer
from formatie.plan.laden import laad_plan
from formatie.plan.lezen import (
    CEL,
    PLAN,
    REGEL,
    SOM,
    UITGELEGD,
    UITLEG,
    Plan,
    controleer_cellen,
    controleer_regels,
    maak_sommen,
)
from formatie.plan.selectors import SOMVELDEN, get_inhoud
from formatie.plan.versies import Plancijfer, Wijziging, wijzigingen

MEESTE_GENOEMD = 3
MEESTE_SOMMEN = 10
_GEEN_REGEL = {"bronregel": Tekst(verplicht=False, lengte=40)}
"""What was decided on the site stands in no line of the agenda."""


def _van_site(schema: Schema) -> Schema:
    return replace(schema, velden=schema.velden | _GEEN_REGEL)


def planrijen_van(plan: Formatieplan) -> dict[str, list[dict[str, Any]]]:
    """A plan as the rows of its files, without those about the version itself; four queries."""
    sommen = list(plan.controlesommen.exclude(soort="rij").values(*SOMVELDEN))
    uitgelegd = list(plan.controlesommen.values("sleutel", *UITGELEGD))
    regels = plan.regels.select_related("ouder")
    return {
        "regel": [_regelrij(regel) for regel in regels],
        "cel": [_celrij(cel) for cel in plan.districtscellen.select_related("onderdeel")],
        "som": [_somrij(som) for som in sommen],
        **{s: [{"som": som["sleutel"], "tekst": som[s]} for som in uitgelegd if som[s]] for s in UITGELEGD},
    }


def _regelrij(regel: Any) -> dict[str, Any]:
    namen = ("sleutel", "volgnummer", "dienst", "naam", "soort", "herleiding", "bronregel")
    gedrukt = {"fte": regel.fte_gedrukt, "os": regel.fte_os_gedrukt, "nos": regel.fte_nos_gedrukt}
    rij = {naam: getattr(regel, naam) for naam in namen} | {"ouder": regel.ouder.sleutel if regel.ouder else ""}
    return rij | {kolom: _punt(tekst) for kolom, tekst in gedrukt.items()}


def _celrij(cel: Districtsformatie) -> dict[str, Any]:
    rij = {naam: getattr(cel, naam) for naam in ("soort", "herleiding", "bronregel")}
    return rij | {
        "onderdeel": cel.onderdeel.code,
        "fte": _punt(cel.fte_gedrukt),
        "inwoners": cel.inwoners_per_wijkagent,
    }


def _punt(gedrukt: str) -> str | None:
    """As printed, with the point of a file; the decimals stay."""
    return gedrukt.replace(",", ".") or None


def _somrij(som: Mapping[str, Any]) -> dict[str, Any]:
    """A sum of one column, as a file would name it."""
    geheel, _, kolom = som["geheel"].rpartition(":")
    return {
        "sleutel": som["sleutel"].removesuffix(f"-{kolom}"),
        "soort": som["soort"],
        "omschrijving": som["omschrijving"],
        "geheel": geheel,
        "kolommen": [kolom],
        "delen": [deel.rpartition(":")[0] for deel in som["delen"]],
    }


def plekken_van(rijen: Rijen) -> dict[str, Plancijfer]:
    """Every figure by reference, with where it stands, to hold two versions against each other."""
    regels = {f"regel:{rij['sleutel']}": (str(rij["dienst"]), str(rij["naam"])) for rij in rijen["regel"]}
    namen, soorten = namen_en_soorten()
    gevonden = {}
    for kenmerk, cijfers in cijfers_van(rijen).items():
        soort, code, *meer = kenmerk.split(":")
        waar = regels[kenmerk] if soort == "regel" else (f"{code} {namen.get(code, '')}", soorten.get(meer[0], meer[0]))
        for naam, waarde in cijfers.items():
            kolom = "inwoners per wijkagent" if naam == "inwoners" else naam.upper()
            if waarde is not None:
                gevonden[f"{kenmerk}:{naam}"] = Plancijfer(*waar, kolom, waarde)
    return gevonden


def verschillen(rijen: Rijen) -> list[Wijziging]:
    """What a proposed version changes of the one that is in force on the day before it would be."""
    eerder = get_vorige(rijen)
    return wijzigingen(plekken_van(planrijen_van(eerder)) if eerder else {}, plekken_van(rijen))


def get_vorige(rijen: Rijen) -> Formatieplan | None:
    """The version that a proposed one would follow."""
    return get_laatste(_begin(rijen))


def get_laatste(voor: date | None) -> Formatieplan | None:
    """The version that came into force last, of all or of those before a day."""
    plannen = Formatieplan.objects.filter(geldig_vanaf__lt=voor) if voor else Formatieplan.objects.all()
    return plannen.order_by("-geldig_vanaf").first()


def namen_en_soorten() -> tuple[dict[str, str], dict[str, str]]:
    """Code → name of every onderdeel, and the words for each kind of places."""
    return dict(Onderdeel.objects.values_list("code", "naam")), dict(Districtsformatie.Soort.choices)


def uitkomsten(rijen: Rijen) -> list[Uitkomst]:
    """The control sums of a proposed version; none while its rows hold a fault."""
    gelezen, fouten = lees(FORMATIEPLAN, rijen)
    sommen = _sommen(gelezen)
    if fouten:
        return []
    cijfers = {
        f"{k}:{n}": w for k, van in cijfers_van(_als_rijen(gelezen)).items() for n, w in van.items() if w is not None
    }
    velden = [{naam: som[naam] for naam in SOMVELDEN} for som in sommen]
    return [controleer(Plansom(**{**som, "delen": tuple(som["delen"])}), cijfers) for som in velden]


def _als_rijen(gelezen: Gelezen) -> Rijen:
    return {naam: [rij.waarden for rij in lijst] for naam, lijst in gelezen.items()}


def _sommen(gelezen: Gelezen) -> list[dict[str, Any]]:
    return maak_sommen(gelezen["regel"], gelezen["cel"], gelezen["som"], {s: gelezen[s] for s in UITGELEGD})


def _toets(gelezen: Gelezen, vandaag: date) -> None:
    kop = gelezen["plan"][0]
    codes = set(Onderdeel.objects.values_list("code", flat=True))
    weiger_omgekeerd([kop])
    controleer_regels(gelezen["regel"])
    controleer_cellen(gelezen["cel"], codes)
    _toets_kop(kop, vandaag)
    _toets_teams(gelezen["cel"], kop)
    _sommen(gelezen)
    eerder = get_vorige(_als_rijen(gelezen))
    if eerder and cijfers_van(planrijen_van(eerder)) == cijfers_van(_als_rijen(gelezen)):
        kop.meld(f"er verandert geen enkel getal ten opzichte van {eerder}; er is niets voorgesteld")


def _toets_kop(kop: Tabelrij, vandaag: date) -> None:
    if kop["besluitdatum"] > vandaag:
        kop.meld("'besluitdatum': Deze dag moet nog komen. Stel het plan voor als het is vastgesteld.")
    if dezelfde := Formatieplan.objects.filter(Q(geldig_vanaf=kop["geldig_vanaf"]) | Q(slug=kop["slug"])).first():
        veld = "geldig_vanaf" if dezelfde.geldig_vanaf == kop["geldig_vanaf"] else "naam"
        wat = (
            "gaat op die dag al in. Kies een andere dag"
            if veld == "geldig_vanaf"
            else "heet al zo. Kies een andere naam"
        )
        kop.meld(f"'{veld}': {dezelfde.naam} {wat}.")


def _toets_teams(cellen: Iterable[Tabelrij], kop: Tabelrij) -> None:
    """Places are for teams that are there on the day the plan begins."""
    teams, dag = get_basisteams(), kop["geldig_vanaf"]
    weg = {cel["onderdeel"] for cel in cellen if (team := teams.get(cel["onderdeel"])) and not team.bestaat_op(dag)}
    if weg:
        wie = en(sorted(weg))
        kop.meld(f"'cellen': {wie} bestaat niet op {dag_in_woorden(dag)}. Haal die rijen weg en verdeel de plaatsen.")


def _pas_toe(gelezen: Gelezen) -> None:
    kop = gelezen["plan"][0]
    plan = Plan(kop, gelezen["regel"], gelezen["cel"], _sommen(gelezen))
    laad_plan(plan, {onderdeel.code: onderdeel for onderdeel in Onderdeel.objects.all()}, defaultdict(Telling))
    begin = kop["geldig_vanaf"]
    eerder = Formatieplan.objects.filter(Q(geldig_tot=None) | Q(geldig_tot__gt=begin), geldig_vanaf__lt=begin)
    eerder.update(geldig_tot=begin)
    later = Formatieplan.objects.filter(geldig_vanaf__gt=begin).order_by("geldig_vanaf").first()
    if later:
        Formatieplan.objects.filter(Q(geldig_tot=None) | Q(geldig_tot__gt=later.geldig_vanaf), slug=kop["slug"]).update(
            geldig_tot=later.geldig_vanaf
        )


def _nu(rijen: Rijen) -> str:
    eerder = get_vorige(rijen)
    return f"{eerder.naam}, sinds {dag_in_woorden(eerder.geldig_vanaf)}" if eerder else ""


def _nieuw(rijen: Rijen) -> str:
    """For example: vanaf 1 januari 2027: 1 getal anders (A1 Waterweg, Basisteam, FTE: 166,5 wordt 170,0)."""
    anders = _lijst(rijen)
    genoemd = f" ({'; '.join(anders)})" if len(anders) <= MEESTE_GENOEMD else ""
    hoeveel = "1 getal" if len(anders) == 1 else f"{len(anders)} getallen"
    return f"vanaf {dag_in_woorden(_begin(rijen))}: {hoeveel} anders{genoemd}"


def _begin(rijen: Rijen) -> date:
    vanaf = rijen["plan"][0]["geldig_vanaf"]
    return date.fromisoformat(vanaf) if isinstance(vanaf, str) else vanaf


def _lijst(rijen: Rijen) -> list[str]:
    """Every figure that changes."""
    return [_in_woorden(een) for een in verschillen(rijen)]


def _in_woorden(een: Wijziging) -> str:
    oud, nieuw = in_cijfers(een.oud, een.nieuw)
    return f"{een.tabel}, {een.naam}, {een.kolom}: {oud} wordt {nieuw}"


def in_cijfers(*waarden: Decimal | None) -> list[str]:
    """Side by side, so with the same decimals: one as soon as one of them is not whole or was printed with one."""
    decimalen = max((min(1, -int(w.as_tuple().exponent)) for w in waarden if w is not None), default=0)
    return ["niets" if w is None else toon(w, max(0, decimalen)) for w in waarden]


def kapotte_sommen(rijen: Rijen) -> tuple[list[Uitkomst], list[Uitkomst]]:
    """The control sums that rounding cannot explain: those of this version, and those that did not add up before it."""
    eerder = get_vorige(rijen)
    bekend = {u.som.sleutel for u in get_inhoud(eerder).verschillen if _is_kapot(u)} if eerder else set()
    kapot = [uitkomst for uitkomst in uitkomsten(rijen) if _is_kapot(uitkomst)]
    nieuw = [uitkomst for uitkomst in kapot if uitkomst.som.sleutel not in bekend]
    return nieuw, [uitkomst for uitkomst in kapot if uitkomst.som.sleutel in bekend]


def _is_kapot(uitkomst: Uitkomst) -> bool:
    return uitkomst.bevinding is Bevinding.GEEN_AFRONDING


def somzin(uitkomst: Uitkomst) -> str:
    """For example: Totaal basisteams van E is de som van de teams: dat klopt niet. Gedrukt staat 503,8; ..."""
    gedrukt, berekend = in_cijfers(uitkomst.gedrukt, uitkomst.berekend)
    hoe = "gewogen is het" if uitkomst.som.soort == "gewogen" else "de delen samen zijn"
    return f"{uitkomst.som.omschrijving}: dat klopt niet. Gedrukt staat {gedrukt}; {hoe} {berekend}."


def _twijfels(rijen: Rijen) -> list[str]:
    """Which control sums no longer add up, and which teams the plan does not fit; what was so already is no news."""
    nieuw, _ = kapotte_sommen(rijen)
    return [*(somzin(uitkomst) for uitkomst in nieuw[:MEESTE_SOMMEN]), *_teamtwijfels(rijen)]


def _gevolgen(rijen: Rijen) -> list[str]:
    """The control sums that did not add up before, and still do not."""
    eerder, (_, bekend) = get_vorige(rijen), kapotte_sommen(rijen)
    return [f"Klopte al niet in {eerder}: {somzin(uitkomst)}" for uitkomst in bekend] if eerder else []


def _teamtwijfels(rijen: Rijen) -> list[str]:
    """Teams that are there on its day without places, unless that was so, and teams that end with places."""
    teams, dag = get_basisteams(), _begin(rijen)
    met = {cel["onderdeel"] for cel in rijen["cel"] if cel["soort"] == Districtsformatie.Soort.BASISTEAM}
    mist = _had_rij(get_vorige(rijen), teams) - met
    zonder = [str(team) for code, team in teams.items() if code in mist and team.bestaat_op(dag)]
    zinnen = [f"Zonder rij in dit plan, en er wel op {dag_in_woorden(dag)}: {en(zonder)}."] if zonder else []
    einden = [(teams[code], teams[code].tot) for code in sorted(met & teams.keys())]
    zinnen += [
        f"{team} houdt op {dag_in_woorden(tot)} op; daarna staan zijn plaatsen bij een team dat er niet is."
        for team, tot in einden
        if tot and tot > dag
    ]
    return [*zinnen, *_wachtend_einde(met, dag)]


def _had_rij(eerder: Formatieplan | None, teams: Basisteams) -> set[str]:
    """The teams with places in the version before, and those that were not there yet when that began."""
    if eerder is None:
        return set(teams)
    cellen = eerder.districtscellen.filter(soort=Districtsformatie.Soort.BASISTEAM)
    nieuw = {code for code, team in teams.items() if not team.bestaat_op(eerder.geldig_vanaf)}
    return nieuw | set(cellen.values_list("onderdeel__code", flat=True))


def _wachtend_einde(met: set[str], dag: date) -> list[str]:
    """What is proposed of these teams, and would end them on or before the day the plan begins."""
    open_ = Organisatiebesluit.objects.filter(soort=Organisatiebesluit.Soort.ORGANISATIE, staat=Staat.INGEDIEND)
    paren = [(besluit, wijziging_van(besluit.rijen["verandering"][0])) for besluit in open_]
    return [
        f"Er wacht een voorstel waardoor {en(sorted(met & set(wijziging.eindigen)))} op "
        f"{dag_in_woorden(wijziging.vanaf)} ophoudt: {besluit}."
        for besluit, wijziging in paren
        if wijziging.vanaf <= dag and met & set(wijziging.eindigen)
    ]


FORMATIEPLAN = Inhoud(
    soort=Organisatiebesluit.Soort.FORMATIEPLAN,
    tabellen={
        "plan": _van_site(PLAN),
        "regel": _van_site(REGEL),
        "cel": _van_site(CEL),
        "som": SOM,
        **dict.fromkeys(UITGELEGD, UITLEG),
    },
    sleutels={
        "plan": ("slug",),
        "regel": ("sleutel",),
        "cel": ("onderdeel", "soort"),
        "som": ("sleutel", "geheel", "kolommen"),
        **dict.fromkeys(UITGELEGD, ("som",)),
    },
    labels={
        "naam": "Naam",
        "slug": "Naam",
        "besluit": "Besluit",
        "besluitdatum": "Datum van het besluit",
        "geldig_vanaf": "Geldig vanaf",
        "geldig_tot": "Geldig tot",
        "cellen": "Getallen",
        "vanaf": "Geldig vanaf",
        "bron": "Bron",
        "reden": "Toelichting",
    },
    pagina="beheer_formatieplan",
    plek=lambda rijen: str(rijen["plan"][0].get("slug", "")),
    naam=lambda rijen: str(rijen["plan"][0].get("naam", "")),
    nu=_nu,
    nieuw=_nieuw,
    toets=_toets,
    twijfels=_twijfels,
    gevolgen=_gevolgen,
    lijst=_lijst,
    pas_toe=_pas_toe,
    raakt_oordelen=True,
    raakt_formatie=True,
)
