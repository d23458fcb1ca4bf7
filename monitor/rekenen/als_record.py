"""A verdict with its figures, as other programs read it: fixed names, decimals as text, absent as null."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from common.tekst.getallen import voor_programma
from monitor.rekenen.cijfers import Afgeleid
from monitor.rekenen.regels.oordeelrij import Oordeelrij

_CIJFERS = (
    "waarde",
    "cumulatief",
    "verwachting",
    "streefwaarde",
    "tempo",
    "verschil",
    "nog_nodig",
    "nodig_per_kwartaal",
)


def als_gegevens(
    rij: Any,
    afgeleid: Afgeleid,
    *,
    indicator: str,
    onderdeel: str,
    berekend_op: datetime | None,
    regelversie: str | None,
) -> dict[str, Any]:
    """The keys that are fixed for other programs; ``indicator`` and ``onderdeel`` are codes."""
    return {
        "indicator": indicator,
        "onderdeel": onderdeel,
        "jaar": rij.jaar,
        "kwartaal": rij.kwartaal,
        **kameel({naam: getattr(afgeleid, naam) for naam in _CIJFERS}),
        "oordeel": str(rij.oordeel),
        "stand": afgeleid.stand,
        "reden": afgeleid.reden,
        "volledig": afgeleid.volledig,
        "ontbreekt": list(afgeleid.ontbreekt),
        "status": afgeleid.status,
        "berekendOp": berekend_op.isoformat() if berekend_op else None,
        "regelversie": regelversie,
    }


def invoer_van(rij: Any) -> dict[str, Any]:
    """Every stored field of the record: what the verdict was computed from."""
    overslaan = {"indicator_id", "onderdeel_id", "jaar", "kwartaal", "stand", "oordeel"}
    namen = (veld.name for veld in fields(Oordeelrij) if veld.name not in overslaan)
    return kameel({naam: getattr(rij, naam) for naam in namen})


def kameel(gegevens: Mapping[str, Any]) -> dict[str, Any]:
    return {_kameel(naam): leesbaar(waarde) for naam, waarde in gegevens.items()}


def tekst(getal: Decimal | None) -> str | None:
    """A decimal as plain text; None where there is none."""
    return None if getal is None else voor_programma(getal)


def leesbaar(waarde: Any) -> Any:
    if isinstance(waarde, Decimal):
        return tekst(waarde)
    return waarde.isoformat() if hasattr(waarde, "isoformat") else waarde


def _kameel(naam: str) -> str:
    begin, *rest = naam.split("_")
    return begin + "".join(deel.capitalize() for deel in rest)
