"""An activity of the jaarplan with its versions, and the moments of days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from strategie.models import Hoofdlijn, Thema
from sturing.models import Activiteitversie, Mijlpaal, Planactiviteit
from tests.factories import UserFactory
from tests.integration.monitor.dashboards.verleden import moment


def maak_activiteit(slug: str = "wijk", op: date = date(2025, 1, 6), **velden: Any) -> Planactiviteit:
    thema = Thema.objects.get(slug=slug)
    woorden = {"titel": "Lijn", "tekst": "Lijn", "bronregel": "1"}
    lijn, _ = Hoofdlijn.objects.get_or_create(thema=thema, nummer=1, defaults=woorden)
    nummer = Planactiviteit.objects.filter(hoofdlijn=lijn).count() + 1
    plan = Planactiviteit.objects.create(jaar=2025, hoofdlijn=lijn, nummer=nummer)
    zet_versie(plan, moment(op), **{"titel": "Pilot in de wijk", **velden})
    return plan


def zet_versie(
    plan: Planactiviteit, op: datetime, mijlpalen: tuple[tuple[str, date, date | None], ...] = (), **anders: Any
) -> Activiteitversie:
    """The next version, as the one before it but for what is said."""
    vorige = Activiteitversie.objects.filter(plan=plan).order_by("-nummer").first()
    basis: dict[str, Any] = {
        "titel": "Pilot",
        "begin": date(2025, 1, 1),
        "eind": date(2025, 12, 31),
        "status": "op-schema",
        "reden": "",
        "eigenaar": None,
    }
    if vorige:
        basis = {veld: getattr(vorige, veld) for veld in basis}
        Activiteitversie.objects.filter(pk=vorige.pk).update(vervangen_op=op)
    nummer = vorige.nummer + 1 if vorige else 1
    door = UserFactory(username="planner")
    versie = Activiteitversie.objects.create(plan=plan, nummer=nummer, door=door, op=op, **(basis | anders))
    for titel, datum, gereed_op in mijlpalen:
        Mijlpaal.objects.create(versie=versie, titel=titel, datum=datum, gereed_op=gereed_op)
    return versie
