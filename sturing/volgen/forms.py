"""Between which two days a reader wants to know what changed, as the address asks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from common.pagina.peildatum import Uitgelegd, lees_dag
from common.tekst.periode import dag_in_woorden
from sturing.lezen.vergadering import Begin, Tijdvak, begin_vanzelf

VORIGE_KEER, EIGEN_DAG, VERGADERING = "vorige-keer", "eigen-dag", "vergadering"
_VELDEN = {"van": "Van", "tot": "Tot en met"}


@dataclass(frozen=True)
class Sindskeuze:
    """What was asked. ``fouten`` are sentences with the field they are of; then there is no ``vak``.

    ``vanzelf`` is where it begins for who chooses nothing.
    """

    keuze: str
    begin: Begin
    vak: Tijdvak | None
    van: str
    tot: str
    vanzelf: Begin
    fouten: list[tuple[str, str]] = field(default_factory=list)

    @property
    def kop(self) -> str:
        if self.vak is None or self.vak.tot == self.vak.vandaag:
            return f"Sinds {self.begin.woorden}"
        return f"Van {dag_in_woorden(self.vak.van)} tot en met {dag_in_woorden(self.vak.tot)}"


def lees_sindskeuze(vraag: Mapping[str, str], gezien_op: datetime | None, vandaag: date) -> Sindskeuze:
    """Without a choice since the meeting before; a choice that does not exist is none."""
    van, tot = vraag.get("van", "").strip(), vraag.get("tot", "").strip()
    vanzelf = begin_vanzelf(vandaag)
    if van or tot:
        return _eigen_dagen(van, tot, vandaag, vanzelf)
    eigen = vraag.get("keuze") == VORIGE_KEER and gezien_op
    begin = begin_na(gezien_op, vandaag) if eigen and gezien_op else vanzelf
    vak = Tijdvak(begin.dag, vandaag, vandaag)
    dagen = (begin.dag.isoformat(), vandaag.isoformat())
    return Sindskeuze(VORIGE_KEER if eigen else VERGADERING, begin, vak, *dagen, vanzelf)


def begin_na(gezien_op: datetime, vandaag: date) -> Begin:
    """With all of the day itself, so that nothing falls in between; also where a clock was put back since."""
    op = min(timezone.localtime(gezien_op).date(), vandaag)
    return Begin(op - timedelta(days=1), "uw vorige keer", op)


def _eigen_dagen(van: str, tot: str, vandaag: date, vanzelf: Begin) -> Sindskeuze:
    """Without one of the two: since the meeting before, or until today."""
    fouten: list[tuple[str, str]] = []
    eerste = _dag("van", van, vandaag, fouten) if van else vanzelf.dag
    laatste = _dag("tot", tot, vandaag, fouten) if tot else vandaag
    if eerste and laatste and eerste >= laatste:
        zin = f"Kies een dag vóór {laatste:%d-%m-%Y}, of een latere laatste."
        zin = f"Van: de eerste dag moet vóór de laatste liggen. {zin}"
        fouten.append(("van", zin))
    begin = Begin(eerste or vandaag, "")
    vak = Tijdvak(eerste, laatste, vandaag) if eerste and laatste and not fouten else None
    dagen = (_in_veld(eerste, van), _in_veld(laatste, tot))
    return Sindskeuze(EIGEN_DAG, begin, vak, *dagen, vanzelf, fouten)


def _dag(veld: str, tekst: str, vandaag: date, fouten: list[tuple[str, str]]) -> date | None:
    try:
        return lees_dag(tekst, vandaag)
    except Uitgelegd as fout:
        fouten.append((veld, f"{_VELDEN[veld]}: {fout}"))
        return None


def _in_veld(dag: date | None, getypt: str) -> str:
    """What was typed stays, where it is no day."""
    return dag.isoformat() if dag else getypt
