"""What every act around a meeting asks for: the right, a text that fits, and a day that can be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.tekens import kaal, zonder_onzichtbare
from common.vaststellen.audit import AuditEvent, gebeurtenis
from common.vaststellen.bewaking import NietToegestaan
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from sturing.models.overleg import LANGSTE_TEKST, Intrekbaar

EERSTE_DAG, LAATSTE_DAG = date(2000, 1, 1), date(2100, 12, 31)


def geschoond(tekst: str) -> str:
    """A line end is one character; what only looks like a text is none."""
    kort = tekst.replace("\r\n", "\n").strip()
    return kort if zonder_onzichtbare(kort).strip() else ""


def tekstfouten(veld: str, tekst: str, leeg: str, langste: int = LANGSTE_TEKST) -> list[Fout]:
    """``leeg`` is what to say of an empty text; without it the text may be empty."""
    if not tekst and leeg:
        return [Fout(0, veld, leeg)]
    if (te_veel := len(tekst) - langste) > 0:
        zin = f"Dit is {len(tekst)} tekens lang; er passen er {langste}. Laat er {te_veel} weg."
        return [Fout(0, veld, zin)]
    return []


def dagfouten(veld: str, dag: date | None, leeg: str) -> list[Fout]:
    if dag is None:
        return [Fout(0, veld, leeg)]
    if not EERSTE_DAG <= dag <= LAATSTE_DAG:
        return [Fout(0, veld, f"Kies een dag van {EERSTE_DAG.year} tot en met {LAATSTE_DAG.year}.")]
    return []


def al_gezegd(veld: str, tekst: str, rijen: Iterable[Any], zin: str) -> list[Fout]:
    """Sent from a second tab: with the way to the first. Capitals, accents and signs make no difference."""
    zelfde = (rij for rij in rijen if (kaal(getattr(rij, veld)) or getattr(rij, veld)) == (kaal(tekst) or tekst))
    weg = '{} <a href="{}">Bekijk wat er al staat</a>.'
    return [Fout(0, veld, format_html(weg, zin, rij.adres)) for rij in zelfde][:1]


def eis_geen(fouten: Iterable[Fout]) -> None:
    """Raises InvoerFout with every fault there is."""
    if gevonden := list(fouten):
        raise InvoerFout(gevonden)


def eis_voorbereider(door: User) -> None:
    if not door.mag_overal(Recht.OVERLEG_VOORBEREIDEN):
        raise NietToegestaan("Alleen de programmadirecteur bereidt een overleg voor. Er is niets gewijzigd.")


def eis_geldend(ding: Intrekbaar, zin: str, veld: str = "") -> None:
    """Nothing is added to what was withdrawn."""
    if ding.ingetrokken_op:
        raise InvoerFout([Fout(0, veld, f"{zin} is ingetrokken: {ding.intrekreden} Er is niets gewijzigd.")])


def trek_rij_in(ding: Intrekbaar, reden: str, handeling: str, *, door: User, herkomst: str, op: datetime) -> AuditEvent:
    """Mark it withdrawn; the caller holds it and has asked what stands in the way."""
    ding.ingetrokken_door, ding.ingetrokken_op, ding.intrekreden = door, op, reden
    ding.save(update_fields=["ingetrokken_door", "ingetrokken_op", "intrekreden"])
    return gebeurtenis(handeling, ding, door=door, herkomst=herkomst, reden=reden, op=op)
