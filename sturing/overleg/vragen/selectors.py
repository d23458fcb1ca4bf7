"""What a question can be about, found by what an address says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from common.tekst.periode import Kwartaal
from common.tekst.tekens import lees_sleutel
from formatie.models import Onderdeel
from monitor.models import Indicator, Monitorregel
from strategie.models import Ambitie, Thema
from sturing.lezen.jaarplan import lees_jaarplan, lees_titels
from sturing.models import Planactiviteit, Vraag


@dataclass(frozen=True)
class Onderwerp:
    """What a question is about: the figure of a quarter, an ambition, or an activity."""

    indicator: Indicator | None = None
    onderdeel: Onderdeel | None = None
    kwartaal: Kwartaal | None = None
    ambitie: Ambitie | None = None
    plan: Planactiviteit | None = None

    @property
    def velden(self) -> dict[str, Any]:
        jaar, nummer = (self.kwartaal.jaar, self.kwartaal.nummer) if self.kwartaal else (None, None)
        plek = {"indicator": self.indicator, "onderdeel": self.onderdeel, "ambitie": self.ambitie, "plan": self.plan}
        return {**plek, "jaar": jaar, "kwartaal": nummer}

    @property
    def themas(self) -> set[str]:
        return Vraag(**self.velden).themas


@dataclass(frozen=True)
class Gevonden:
    """What ``?bij=`` names, and what a reader calls it."""

    onderwerp: Onderwerp
    soort: str
    naam: str


def zoek_onderwerp(bij: str) -> Gevonden:
    """``indicator:<code>``, ``ambitie:<slug>/<nummer>`` of the last agenda, or ``activiteit:<pk>``. Raises Http404."""
    soort, _, sleutel = bij.partition(":")
    zoeken = {"indicator": _indicator, "ambitie": _ambitie, "activiteit": _activiteit}
    gevonden = zoeken[soort](sleutel) if soort in zoeken else None
    if gevonden is None:
        raise Http404
    return gevonden


def get_vraagkeuzes(thema: Thema, vandaag: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """All of a theme that can be asked about, under what it is: how ``?bij=`` names it, and its name; three queries."""
    regels = Monitorregel.objects.filter(thema=thema).select_related("indicator").order_by("volgorde", "pk")
    plan = lees_jaarplan(vandaag.year).filter(plan__hoofdlijn__thema=thema)
    groepen = [
        ("Ambities", [(f"ambitie:{thema.slug}/{een.nummer}", een.tekst) for een in thema.ambities.all()]),
        ("Cijfers", [(f"indicator:{regel.indicator.code}", regel.indicator.naam) for regel in regels]),
        (f"Jaarplan {vandaag.year}", [(f"activiteit:{versie.plan_id}", versie.titel) for versie in plan]),
    ]
    return [groep for groep in groepen if groep[1]]


def _indicator(code: str) -> Gevonden | None:
    gevonden = Indicator.objects.prefetch_related("monitorregels__thema").filter(code=code[:100]).first()
    return Gevonden(Onderwerp(indicator=gevonden), "indicator", gevonden.naam) if gevonden else None


def _ambitie(sleutel: str) -> Gevonden | None:
    slug, _, nummer = sleutel.partition("/")
    alle = Ambitie.objects.select_related("thema").filter(thema__slug=slug, nummer=lees_sleutel(nummer) or 0)
    gevonden = alle.order_by("-thema__agenda__begin_jaar").first()
    return Gevonden(Onderwerp(ambitie=gevonden), "ambitie", f"{gevonden}: {gevonden.tekst}") if gevonden else None


def _activiteit(pk: str) -> Gevonden | None:
    plan = Planactiviteit.objects.select_related("hoofdlijn__thema").filter(pk=lees_sleutel(pk) or 0).first()
    return (
        Gevonden(Onderwerp(plan=plan), "activiteit", lees_titels([plan.pk]).get(plan.pk, str(plan))) if plan else None
    )
