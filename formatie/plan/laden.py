"""The organisation and the formation plan: checked rows → tables. Nothing is deleted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from common.bestanden.bijwerken import Telling, werk_bij
from common.bestanden.toml import Rij
from formatie.models import (
    Controlesom,
    Districtsformatie,
    Formatieplan,
    Formatieregel,
    Gemeente,
    Inwonertal,
    Onderdeel,
    Werkgebied,
)
from formatie.plan.lezen import Organisatie, Plan


def gedrukt_als(getal: Decimal | None) -> str:
    """The figure as the plan prints it: a decimal comma, and the decimals it was written with."""
    return "" if getal is None else format(getal, "f").replace(".", ",")


def laad(organisatie: Organisatie, plannen: list[Plan]) -> dict[str, Telling]:
    """Write the checked rows; the caller holds the transaction."""
    telling = {naam: Telling() for naam in ("onderdelen", "gemeenten", "werkgebieden", "inwonertallen")}
    telling |= {naam: Telling() for naam in ("formatieplannen", "formatieregels", "districtscellen", "controlesommen")}
    rijen = [rij.waarden for rij in organisatie.onderdelen]
    onderdelen = _laad_boom(Onderdeel, ("code",), "ouder", rijen, telling["onderdelen"])
    rijen = [rij.waarden for rij in organisatie.gemeenten]
    gemeenten = _laad_boom(Gemeente, ("slug",), "opgegaan_in", rijen, telling["gemeenten"])
    gebieden = [
        {**rij.waarden, "basisteam": onderdelen[rij["basisteam"]], "gemeente": gemeenten[rij["gemeente"]]}
        for rij in organisatie.werkgebieden
    ]
    werk_bij(Werkgebied, ("basisteam", "gemeente", "gebied"), gebieden, telling["werkgebieden"])
    inwoners = [{**rij.waarden, "onderdeel": onderdelen[rij["onderdeel"]]} for rij in organisatie.inwoners]
    werk_bij(Inwonertal, ("onderdeel", "peildatum"), inwoners, telling["inwonertallen"])
    for plan in plannen:
        _laad_plan(plan, onderdelen, telling)
    return telling


def _laad_boom(
    model: Any, sleutels: tuple[str, ...], ouder: str, wachtend: list[dict[str, Any]], telling: Telling
) -> dict[str, Any]:
    """Rows that name a row of the same table by the last of their keys: level by level, the named ones first."""
    klaar: dict[str, Any] = {"": None}
    while wachtend:
        nu = [waarden for waarden in wachtend if waarden[ouder] in klaar]
        wachtend = [waarden for waarden in wachtend if waarden[ouder] not in klaar]
        geladen = werk_bij(model, sleutels, [{**w, ouder: klaar[w[ouder]]} for w in nu], telling)
        klaar |= {getattr(rij, sleutels[-1]): rij for rij in geladen.values()}
    return klaar


def _laad_plan(plan: Plan, onderdelen: dict[str, Any], telling: dict[str, Telling]) -> None:
    rij = werk_bij(Formatieplan, ("slug",), [plan.plan.waarden], telling["formatieplannen"])[plan.plan["slug"]]
    regels = [{"plan": rij, **_regelwaarden(regel)} for regel in plan.regels]
    _laad_boom(Formatieregel, ("plan", "sleutel"), "ouder", regels, telling["formatieregels"])
    cellen = [{"plan": rij, **_celwaarden(cel), "onderdeel": onderdelen[cel["onderdeel"]]} for cel in plan.cellen]
    werk_bij(Districtsformatie, ("plan", "onderdeel", "soort"), cellen, telling["districtscellen"])
    sommen = [{"plan": rij, **som} for som in plan.sommen]
    werk_bij(Controlesom, ("plan", "sleutel"), sommen, telling["controlesommen"])


def _regelwaarden(regel: Rij) -> dict[str, Any]:
    namen = ("sleutel", "ouder", "volgnummer", "dienst", "naam", "soort", "herleiding", "bronregel")
    return {naam: regel[naam] for naam in namen} | {
        "fte": regel["fte"],
        "fte_os": regel["os"],
        "fte_nos": regel["nos"],
        "fte_gedrukt": gedrukt_als(regel["fte"]),
        "fte_os_gedrukt": gedrukt_als(regel["os"]),
        "fte_nos_gedrukt": gedrukt_als(regel["nos"]),
    }


def _celwaarden(cel: Rij) -> dict[str, Any]:
    return {naam: cel[naam] for naam in ("soort", "fte", "herleiding", "bronregel")} | {
        "fte_gedrukt": gedrukt_als(cel["fte"]),
        "inwoners_per_wijkagent": cel["inwoners"],
    }
