"""What a page of the jaarplan looks at: which year, as known on which day, and where it stands on the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse

from common.pagina.peildatum import Nu, lees_bekend
from common.pagina.tonen import Context
from strategie.models import Agenda
from sturing.regels.jaarplan import in_cijfers

STIJLBLAD = "sturing/jaarplan.css"


@dataclass(frozen=True)
class Planblik:
    """Of which year, and as known on which day."""

    jaar: int
    bekend: Nu
    dag: date

    @property
    def titel(self) -> str:
        wanneer = f", zoals bekend op {in_cijfers(self.dag)}" if self.bekend.dag else ""
        return f"Jaarplan {self.jaar}{wanneer}"

    @property
    def vraag(self) -> str:
        return self.bekend.vraag()

    @property
    def kader(self) -> Context:
        zin = f"Jaarplan {self.jaar}, zoals bekend op {in_cijfers(self.dag)}"
        return {"stand": {"tekst": zin}, "terugblik": self.bekend.terugblik, "stijlblad": STIJLBLAD, "met_htmx": True}


def lees_planblik(request: HttpRequest, jaar: int) -> Planblik:
    """Raises Http404 for a year of no agenda."""
    if not Agenda.objects.filter(begin_jaar__lte=jaar, eind_jaar__gte=jaar).exists():
        raise Http404
    return Planblik(jaar, *lees_bekend(request))


def plankruimels(jaar: int, *verder: str) -> list[tuple[str, str]]:
    eigen = [(f"Jaarplan {jaar}", reverse("jaarplan_jaar", args=[jaar]) if verder else "")]
    return [("Overzicht", reverse("overzicht")), *eigen, *((naam, "") for naam in verder)]
