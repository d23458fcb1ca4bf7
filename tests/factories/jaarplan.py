"""Activities of a jaarplan, made through their own service so that the trail knows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from strategie.models import Activiteit, Hoofdlijn
from sturing.jaarplan.services import voeg_toe
from sturing.models import Activiteitversie
from sturing.regels.planinvoer import Activiteittekst, Mijlpaaltekst
from tests.factories.agenda import ThemaFactory
from tests.factories.personen import maak_persoon

TEKST: dict[str, Any] = {
    "titel": "Proef met wijkteams",
    "begin": "2025-02-01",
    "eind": "2025-10-31",
    "status": "op-schema",
    "reden": "",
}


def maak_hoofdlijn(slug: str = "proefthema", nummer: int = 1, activiteiten: int = 0) -> Hoofdlijn:
    thema = ThemaFactory(slug=slug, naam=slug.capitalize())
    lijn, _ = Hoofdlijn.objects.get_or_create(
        thema=thema,
        nummer=nummer,
        defaults={"titel": f"Hoofdlijn {nummer}", "tekst": "Zo doen we het.", "bronregel": "1"},
    )
    for nr in range(1, activiteiten + 1):
        tekst = f"Wat de agenda noemt, {nr}"
        Activiteit.objects.get_or_create(hoofdlijn=lijn, nummer=nr, defaults={"tekst": tekst, "bronregel": "2"})
    return lijn


def plantekst(**anders: Any) -> Activiteittekst:
    """``mijlpalen`` as (day, title, reached on)."""
    mijlpalen = [Mijlpaaltekst(*een) for een in anders.pop("mijlpalen", ())]
    eigenaar = anders.pop("eigenaar", None)
    return Activiteittekst(
        **(TEKST | anders), mijlpalen=mijlpalen, eigenaar=eigenaar.pk if isinstance(eigenaar, User) else eigenaar
    )


def maak_planactiviteit(
    lijn: Hoofdlijn | None = None,
    *,
    jaar: int = 2025,
    op: datetime | None = None,
    uit: Activiteit | None = None,
    **anders: Any,
) -> Activiteitversie:
    lijn = lijn or maak_hoofdlijn()
    door = maak_persoon("programmadirecteur", naam="plan-directeur")
    if "titel" not in anders and (al := Activiteitversie.objects.filter(plan__jaar=jaar, plan__hoofdlijn=lijn).count()):
        anders["titel"] = f"{TEKST['titel']} {al + 1}"  # a title stands once in a main line
    return voeg_toe(jaar, lijn, plantekst(**anders), uit=uit, door=door, herkomst="proef", op=op or timezone.now())
