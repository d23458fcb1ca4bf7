"""Hold every row two persons answer for, and all that is steered on, owned, said or allowed, against its trail.

The last event of an object says how its row stands. Only that a version was replaced is not an event of its own: it
follows from the trail of its successor.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model

from accounts.models import Rolvervulling, User
from common.tekst.tekens import en
from common.vaststellen.audit import stand_in_sql
from monitor.invoer.vaststellen.soorten import SOORTEN
from monitor.models import Afsluiting, Eigenaarschap, Opmerking
from sturing.models import (
    Actie,
    Actieversie,
    Activiteitversie,
    Agendapunt,
    Antwoord,
    Besluit,
    Gebeurtenis,
    Overleg,
    Planactiviteit,
    Vraag,
)

# Not what a person follows: that is a preference of their own, which changes no figure, right or duty. It is on the
# trail, and goes with the account; whoever stops following leaves no row to hold against it.
BEWAAKT: tuple[type[Model], ...] = (
    *(soort.model for soort in SOORTEN),
    *(Afsluiting, Eigenaarschap, Opmerking, Rolvervulling, User),
    *(Overleg, Agendapunt, Besluit, Vraag, Antwoord, Actie, Actieversie),
    *(Planactiviteit, Activiteitversie, Gebeurtenis),
)

_AFWIJKING = """
WITH laatste AS MATERIALIZED (
    SELECT DISTINCT ON (g.object_id) g.object_id, g.object_naam, s.nummer, g.stand
    FROM common_auditevent AS g LEFT JOIN common_schakel AS s ON s.gebeurtenis = g.id
    WHERE g.object_soort = %s
    ORDER BY g.object_id, s.nummer DESC NULLS LAST
),
opgevolgd AS (
    SELECT stand ->> 'vervangt_id' AS object_id,
        jsonb_build_object('staat', 'vervangen', 'vervangen_op', stand -> 'vastgesteld_op') AS anders
    FROM laatste
    WHERE stand ->> 'vervangt_id' IS NOT NULL AND stand ->> 'staat' IN ('vastgesteld', 'vervangen')
),
verwacht AS (
    SELECT object_id, object_naam, nummer, stand || coalesce(anders, '{}') AS stand
    FROM laatste LEFT JOIN opgevolgd USING (object_id)
),
nu AS (SELECT id::text AS object_id, <stand> AS stand FROM <tabel> AS rij)
SELECT coalesce(nu.object_id, verwacht.object_id), coalesce(verwacht.object_naam, ''), verwacht.nummer,
    verwacht.stand IS NOT NULL, nu.stand IS NOT NULL,
    ARRAY(SELECT key FROM jsonb_each(verwacht.stand) WHERE nu.stand -> key IS DISTINCT FROM value ORDER BY key)
FROM nu FULL JOIN verwacht ON verwacht.object_id = nu.object_id
WHERE (nu.stand IS NULL) <> (verwacht.stand IS NULL) OR NOT nu.stand @> verwacht.stand
ORDER BY 3, 1
LIMIT %s
"""
MEESTE_AFWIJKINGEN = 200


@dataclass(frozen=True, slots=True)
class Afwijking:
    """A row that does not follow from its trail: which fields differ, and the number of its last event."""

    soort: type[Model]
    sleutel: str
    naam: str
    nummer: int | None
    in_spoor: bool
    is_er: bool
    velden: tuple[str, ...]

    @property
    def in_woorden(self) -> str:
        """Never what the fields hold: who keeps watch may not read every figure."""
        wat = f"{str(self.soort._meta.verbose_name).capitalize()} {self.sleutel}"
        wie = f"{wat} ({self.naam})" if self.naam else wat
        if not self.is_er:
            return f"{wie} is verdwenen; het spoor zegt niet dat iemand dat deed (nr {self.nummer})."
        if not self.in_spoor:
            return f"{wie} staat er zonder dat het spoor zegt waar het vandaan komt."
        return f"{wie}: {en([self._kop(naam) for naam in self.velden])} volgt niet uit het spoor (nr {self.nummer})."

    def _kop(self, kolom: str) -> str:
        velden = {veld.column: veld.verbose_name for veld in self.soort._meta.concrete_fields}
        return str(velden.get(kolom, kolom))


def vind_afwijkingen() -> list[Afwijking]:
    """Of every kind, at most ``MEESTE_AFWIJKINGEN`` each; one query per kind."""
    return [afwijking for soort in BEWAAKT for afwijking in _afwijkingen(soort)]


def _afwijkingen(soort: type[Model]) -> list[Afwijking]:
    opdracht = _AFWIJKING.replace("<stand>", stand_in_sql(soort)).replace("<tabel>", soort._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(opdracht, [soort._meta.model_name, MEESTE_AFWIJKINGEN])
        return [_als_afwijking(soort, *rij) for rij in cursor.fetchall()]


def _als_afwijking(soort: type[Model], *rij: Any) -> Afwijking:
    sleutel, naam, nummer, in_spoor, is_er, velden = rij
    return Afwijking(soort, sleutel, naam, nummer, in_spoor, is_er, tuple(velden))
