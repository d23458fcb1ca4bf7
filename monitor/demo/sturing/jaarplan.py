"""The fictitious jaarplan: planned in the year before, and told from step to step through the one service."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from monitor.demo.levering import Beschrijving
from monitor.demo.verhaal import Verhaal
from monitor.models import Indicator
from strategie.models import Activiteit, Hoofdlijn
from sturing.jaarplan.services import voeg_toe, wijzig
from sturing.models import Planactiviteit
from sturing.regels.planinvoer import LANGSTE_TITEL, Activiteittekst, Mijlpaaltekst

_MIDDAG = time(14)


def vertel_jaarplan(verhaal: Verhaal) -> None:
    """Nothing of a year that has a jaarplan already, of the demo or of people; no step later than the story goes."""
    verteld = set(Planactiviteit.objects.values_list("jaar", flat=True))
    beschrijving = verhaal.lees("jaarplan")
    lijnen = {
        f"{lijn.thema.slug}/{lijn.nummer}": lijn
        for lijn in Hoofdlijn.objects.select_related("thema__agenda").prefetch_related("activiteiten")
    }
    codes = set(Indicator.objects.values_list("code", flat=True))
    for geval in beschrijving["activiteit"]:
        if geval["lijn"] in lijnen and geval["jaar"] not in verteld:
            _vertel(geval, beschrijving, lijnen[geval["lijn"]], codes, verhaal)


def _vertel(geval: Beschrijving, alles: Beschrijving, lijn: Hoofdlijn, codes: set[str], verhaal: Verhaal) -> None:
    gepland = _moment(date(geval["jaar"] - 1, *alles["gepland"]))
    if gepland > verhaal.nu:
        return
    uit = next((een for een in lijn.activiteiten.all() if een.nummer == geval.get("uit")), None)
    tekst = _tekst(geval, uit, codes, verhaal)
    directeur = alles["door"]
    versie = voeg_toe(geval["jaar"], lijn, tekst("niet-gestart"), uit=uit, **verhaal.wie(directeur, gepland))
    for stap, op in _stappen(geval, alles["verloop"][geval["hoe"]], verhaal.nu):
        wie = verhaal.wie(geval.get("wie") or directeur, op)
        nieuw = tekst(stap["status"], stap.get("reden", versie.reden), op.date())
        versie = wijzig(versie.plan_id, nieuw, versie.nummer, **wie)


def _stappen(
    geval: Beschrijving, verloop: list[Beschrijving], nu: datetime
) -> Iterator[tuple[Mapping[str, Any], datetime]]:
    begin, eind = (_dag(geval, kant) for kant in ("van", "tot"))
    for stap in verloop:
        op = _moment(begin + timedelta(days=(eind - begin).days * stap["na"] // 100))
        if op <= nu:
            yield stap, op


def _tekst(geval: Beschrijving, uit: Activiteit | None, codes: set[str], verhaal: Verhaal) -> Any:
    """What the form would say at a step: the milestones that are past by then were reached."""
    wie = geval.get("wie")
    titel = geval.get("titel") or _ingekort(f"Fictief: {uit.tekst if uit else geval['lijn']}")
    mijlpalen = [(f"{geval['jaar']}-{een[:5]}", een[6:]) for een in geval.get("mijlpalen", ())]

    def _op(status: str, reden: str = "", dag: date = date.min) -> Activiteittekst:
        return Activiteittekst(
            titel=titel,
            begin=_dag(geval, "van").isoformat(),
            eind=_dag(geval, "tot").isoformat(),
            status=status,
            reden=reden,
            mijlpalen=[
                Mijlpaaltekst(datum, naam, datum if datum <= dag.isoformat() else "") for datum, naam in mijlpalen
            ],
            eigenaar=verhaal.personen[wie].pk if wie else None,
            indicatoren=[code for code in geval.get("indicatoren", ()) if code in codes],
        )

    return _op


def _ingekort(titel: str) -> str:
    return titel if len(titel) <= LANGSTE_TITEL else titel[: LANGSTE_TITEL - 1].rpartition(" ")[0] + "…"


def _dag(geval: Beschrijving, kant: str) -> date:
    return date.fromisoformat(f"{geval['jaar']}-{geval[kant]}")


def _moment(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, _MIDDAG))
