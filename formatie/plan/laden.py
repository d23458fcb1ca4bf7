"""The organisation and the formation plan: checked rows → tables. Nothing is deleted."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from common.bestanden.bijwerken import Telling, werk_bij
from common.bestanden.toml import Tabelrij
from formatie.bijhouden.inhoud import besloten_rijen
from formatie.models import (
    Controlesom,
    Districtsformatie,
    Formatieplan,
    Formatieregel,
    Gemeente,
    Inwonertal,
    Onderdeel,
    Organisatiebesluit,
    Werkgebied,
)
from formatie.plan.lezen import SLEUTEL_VAN_INWONERS, Organisatie, Plan


def gedrukt_als(getal: Decimal | None) -> str:
    """The figure as the plan prints it: a decimal comma, and the decimals it was written with."""
    return "" if getal is None else format(getal, "f").replace(".", ",")


def laad(organisatie: Organisatie, plannen: list[Plan]) -> dict[str, Telling]:
    """Write the checked rows; the caller holds the transaction."""
    telling = {naam: Telling() for naam in ("onderdelen", "gemeenten", "werkgebieden", "inwonertallen")}
    telling |= {naam: Telling() for naam in ("formatieplannen", "formatieregels", "districtscellen", "controlesommen")}
    rijen = [[rij.waarden for rij in lijst] for lijst in (organisatie.onderdelen, organisatie.gemeenten)]
    rijen[0] = _zoals_besloten(rijen[0])
    onderdelen = _laad_boom(Onderdeel, "code", "ouder", rijen[0], telling["onderdelen"])
    onderdelen = {onderdeel.code: onderdeel for onderdeel in Onderdeel.objects.all()} | onderdelen
    gemeenten = _laad_boom(Gemeente, "slug", "opgegaan_in", rijen[1], telling["gemeenten"])
    besloten = werkgebieden_van_site()
    vrij = [rij for rij in organisatie.werkgebieden if rij["gemeente"] not in besloten]
    laad_werkgebieden(vrij, onderdelen, gemeenten, telling["werkgebieden"])
    geteld = inwoners_van_site()
    inwoners = [rij for rij in organisatie.inwoners if _plek_van_inwoners(rij.waarden) not in geteld]
    laad_inwoners(inwoners, onderdelen, gemeenten, telling["inwonertallen"])
    for plan in plannen:
        laad_plan(replace(plan, plan=replace(plan.plan, waarden=_tot_besloten(plan.plan))), onderdelen, telling)
    return telling


def _laad_boom(
    model: Any, sleutel: str, ouder: str, rijen: Iterable[dict[str, Any]], telling: Telling, **vast: Any
) -> dict[str, Any]:
    """Rows that name a row of the same table: level by level, the named ones first; ``vast`` holds for all."""
    klaar: dict[str, Any] = {"": None}
    wachtend = list(rijen)
    while wachtend:
        nu = [{**vast, **waarden, ouder: klaar[waarden[ouder]]} for waarden in wachtend if waarden[ouder] in klaar]
        wachtend = [waarden for waarden in wachtend if waarden[ouder] not in klaar]
        geladen = werk_bij(model, (*vast, sleutel), nu, telling)
        klaar |= {getattr(rij, sleutel): rij for rij in geladen.values()}
    return klaar


def werkgebieden_van_site() -> set[str]:
    """The municipalities of which it was decided on the site who works there: the files leave them alone."""
    soorten = (Organisatiebesluit.Soort.WERKGEBIED, Organisatiebesluit.Soort.ORGANISATIE)
    return {rij["gemeente"] for soort in soorten for rij in besloten_rijen(soort, "werkgebied")}


def _zoals_besloten(rijen: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Teams of which it was decided on the site that they changed keep the name and the days that they have there."""
    besluiten = besloten_rijen(Organisatiebesluit.Soort.ORGANISATIE, "verandering")
    codes = {code for rij in besluiten for code in (*rij["van"], *rij["naar"])}
    velden = ("naam", "geldig_vanaf", "geldig_tot")
    staand = {rij["code"]: rij for rij in Onderdeel.objects.filter(code__in=codes).values("code", *velden)}
    return [rij | staand.get(rij["code"], {}) for rij in rijen]


def _tot_besloten(plan: Tabelrij) -> dict[str, Any]:
    """A version of the files ends when one that was decided on the site begins."""
    besloten = besloten_rijen(Organisatiebesluit.Soort.FORMATIEPLAN, "plan")
    dagen = [date.fromisoformat(rij["geldig_vanaf"]) for rij in besloten]
    eindes = [dag for dag in (plan["geldig_tot"], *dagen) if dag and dag > plan["geldig_vanaf"]]
    return plan.waarden | {"geldig_tot": min(eindes, default=None)}


def inwoners_van_site() -> set[tuple[str, ...]]:
    """Of which place and day a population was decided on the site."""
    return {_plek_van_inwoners(rij) for rij in besloten_rijen(Organisatiebesluit.Soort.INWONERTAL, "inwoners")}


def _plek_van_inwoners(rij: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(rij.get(naam) or "") for naam in SLEUTEL_VAN_INWONERS)


def laad_inwoners(
    rijen: list[Tabelrij], onderdelen: dict[str, Any], gemeenten: dict[str, Any], telling: Telling
) -> None:
    """``onderdelen`` and ``gemeenten`` by code and slug, with None for the empty one."""
    waarden = [
        {**rij.waarden, "onderdeel": onderdelen[rij["onderdeel"]], "gemeente": gemeenten[rij["gemeente"]]}
        for rij in rijen
    ]
    werk_bij(Inwonertal, SLEUTEL_VAN_INWONERS, waarden, telling)


def laad_werkgebieden(
    rijen: list[Tabelrij],
    onderdelen: dict[str, Any],
    gemeenten: dict[str, Any],
    telling: Telling,
    sleutel: tuple[str, ...] = ("basisteam", "gemeente", "gebied"),
) -> None:
    """A file has one row per team and part, of which the begin may be corrected; on the site that is a new row."""
    waarden = [
        {**rij.waarden, "basisteam": onderdelen[rij["basisteam"]], "gemeente": gemeenten[rij["gemeente"]]}
        for rij in rijen
    ]
    werk_bij(Werkgebied, sleutel, waarden, telling)


def laad_plan(plan: Plan, onderdelen: dict[str, Any], telling: dict[str, Telling]) -> None:
    rij = werk_bij(Formatieplan, ("slug",), [plan.plan.waarden], telling["formatieplannen"])[plan.plan["slug"]]
    _laad_boom(Formatieregel, "sleutel", "ouder", map(_regelwaarden, plan.regels), telling["formatieregels"], plan=rij)
    cellen = [{"plan": rij, **_celwaarden(cel), "onderdeel": onderdelen[cel["onderdeel"]]} for cel in plan.cellen]
    werk_bij(Districtsformatie, ("plan", "onderdeel", "soort"), cellen, telling["districtscellen"])
    sommen = [{"plan": rij, **som} for som in plan.sommen]
    werk_bij(Controlesom, ("plan", "sleutel"), sommen, telling["controlesommen"])


def _regelwaarden(regel: Tabelrij) -> dict[str, Any]:
    namen = ("sleutel", "volgnummer", "dienst", "naam", "soort", "ouder", "herleiding", "bronregel")
    return {naam: regel[naam] for naam in namen} | {
        "fte": regel["fte"],
        "fte_os": regel["os"],
        "fte_nos": regel["nos"],
        "fte_gedrukt": gedrukt_als(regel["fte"]),
        "fte_os_gedrukt": gedrukt_als(regel["os"]),
        "fte_nos_gedrukt": gedrukt_als(regel["nos"]),
    }


def _celwaarden(cel: Tabelrij) -> dict[str, Any]:
    return {naam: cel[naam] for naam in ("soort", "fte", "herleiding", "bronregel")} | {
        "fte_gedrukt": gedrukt_als(cel["fte"]),
        "inwoners_per_wijkagent": cel["inwoners"],
    }
