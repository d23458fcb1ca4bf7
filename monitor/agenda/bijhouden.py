"""Another last year of an agenda, by a decision; the text of an agenda comes from its files alone."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from common.bestanden.bijwerken import Telling, werk_bij
from common.bestanden.toml import Tabelrij
from common.tekst.tekens import en
from formatie.bijhouden.inhoud import Gelezen, Inhoud, Rijen, als_rijen, besloten_rijen
from formatie.models import Organisatiebesluit
from monitor.models import Doelstelling, Meting, Monitorregel
from strategie.lezen import AGENDA as SCHEMA
from strategie.lezen import AgendaRijen, controleer_aansluiting
from strategie.models import Agenda

_VELDEN = {naam: naam for naam in ("slug", "titel", "bron", "begin_jaar", "eind_jaar")}


def rij_van(agenda: Agenda, eind_jaar: object) -> dict[str, Any]:
    [rij] = als_rijen([agenda], **_VELDEN)
    return {**rij.waarden, "eind_jaar": eind_jaar}


def agendas_met_besluit(agendas: Iterable[AgendaRijen]) -> list[AgendaRijen]:
    """The agendas of the files, each with the last year that was decided on the site; what then does not join is noted.

    A next agenda begins in the year after, also when that year was decided on the site.
    """
    besloten = {rij["slug"]: rij["eind_jaar"] for rij in besloten_rijen(Organisatiebesluit.Soort.AGENDA, "agenda")}
    rijen = [replace(rij, agenda=_met_eind(rij.agenda, besloten)) for rij in agendas]
    if besloten:
        controleer_aansluiting([rij.agenda for rij in rijen])
    return rijen


def _met_eind(kop: Tabelrij, besloten: Mapping[str, int]) -> Tabelrij:
    return replace(kop, waarden=kop.waarden | {"eind_jaar": besloten.get(kop["slug"], kop["eind_jaar"])})


def _toets(gelezen: Gelezen, vandaag: date) -> None:
    alle = {agenda.slug: agenda for agenda in Agenda.objects.all()}
    blijft = als_rijen([a for a in alle.values() if a.slug not in {r["slug"] for r in gelezen["agenda"]}], **_VELDEN)
    for rij in gelezen["agenda"]:
        if rij["slug"] not in alle:
            rij.meld(f"'slug' noemt een onbekende agenda: {rij['slug']}")
        elif rij["eind_jaar"] == alle[rij["slug"]].eind_jaar:
            rij.meld("'eind_jaar' is al zo; er is niets voorgesteld")
        elif rij["eind_jaar"] < max(rij["begin_jaar"], vandaag.year):
            rij.meld(f"'eind_jaar' ligt voor {max(rij['begin_jaar'], vandaag.year)}; een jaar dat voorbij is, blijft")
        _weiger_gat_of_dubbel(rij, blijft)


def _weiger_gat_of_dubbel(rij: Tabelrij, andere: Iterable[Tabelrij]) -> None:
    """Every year has one agenda."""
    later = sorted(een["begin_jaar"] for een in andere if een["begin_jaar"] > rij["begin_jaar"])
    if later and rij["eind_jaar"] != later[0] - 1:
        hoe = "staat er een jaar in twee agenda's" if rij["eind_jaar"] >= later[0] else "heeft een jaar geen agenda"
        rij.meld(f"'eind_jaar' moet {later[0] - 1} zijn: de volgende begint in {later[0]}, anders {hoe}")


def _twijfels(rijen: Rijen) -> list[str]:
    """What would lie outside the agenda; it stays, and is not asked or judged any more."""
    [rij] = rijen["agenda"]
    buiten = Q(jaar__gt=rij["eind_jaar"], indicator__monitorregels__agenda__slug=rij["slug"])
    doelen = Doelstelling.objects.geldend().filter(buiten).distinct().count()
    metingen = Meting.objects.geldend().filter(buiten).distinct().count()
    if not (doelen or metingen):
        return []
    return [f"Na {rij['eind_jaar']} liggen {doelen} doelen en {metingen} vastgestelde waarden; die vallen erbuiten."]


def _gevolgen(rijen: Rijen) -> list[str]:
    """Which quarters are asked or no longer, and of a year that comes which targets are missing."""
    [rij] = rijen["agenda"]
    agenda = Agenda.objects.filter(slug=rij["slug"]).first()
    if agenda is None:
        return []
    eerste, laatste = sorted((agenda.eind_jaar, rij["eind_jaar"]))
    over = f"Q1 {eerste + 1} tot en met Q4 {laatste}"
    if rij["eind_jaar"] < agenda.eind_jaar:
        return [f"Over {over} worden geen waarden meer gevraagd of beoordeeld; wat er staat, blijft bewaard."]
    return [
        f"Ook over {over} worden waarden gevraagd en beoordeeld.",
        *(zin for jaar in range(eerste + 1, laatste + 1) for zin in _zonder_doel(agenda, jaar)),
        f"De tekst van de agenda verandert niet: ambities die {eerste} noemen, blijven dat noemen.",
    ]


def _zonder_doel(agenda: Agenda, jaar: int) -> list[str]:
    """The indicators with a target in the last year of the agenda, and none in this one."""
    doelen = Doelstelling.objects.geldend()
    met = {n: set(doelen.filter(jaar=n).values_list("indicator", flat=True)) for n in (agenda.eind_jaar, jaar)}
    mist = met[agenda.eind_jaar] - met[jaar]
    regels = Monitorregel.objects.filter(agenda=agenda, indicator__in=mist).order_by("volgorde")
    namen = list(dict.fromkeys(regels.values_list("indicator__naam", flat=True)))
    if not namen:
        return []
    wie = "1 indicator" if len(namen) == 1 else f"{len(namen)} indicatoren"
    zin = f"Van {wie} met een doel voor {agenda.eind_jaar} is er nog geen doel voor {jaar}, en zonder doel geen oordeel"
    return [f"{zin}: {en(namen)}."]


def inhoud_van_agenda(agenda: Agenda) -> dict[str, int]:
    """How much an agenda holds: themes, indicators, and targets in its years."""
    regels = Monitorregel.objects.filter(agenda=agenda)
    jaren = (agenda.begin_jaar, agenda.eind_jaar)
    doelen = Doelstelling.objects.geldend().filter(indicator__in=regels.values("indicator"), jaar__range=jaren)
    return {"themas": agenda.themas.count(), "indicatoren": regels.count(), "doelen": doelen.count()}


def _pas_toe(gelezen: Gelezen) -> None:
    jaren = [{"slug": rij["slug"], "eind_jaar": rij["eind_jaar"]} for rij in gelezen["agenda"]]
    werk_bij(Agenda, ("slug",), jaren, Telling())


def _nu(rijen: Rijen) -> str:
    agenda = Agenda.objects.filter(slug=rijen["agenda"][0]["slug"]).first()
    return f"tot en met {agenda.eind_jaar}" if agenda else ""


def _naam(rijen: Rijen) -> str:
    titel = str(rijen["agenda"][0]["titel"])
    return (titel if "agenda" in titel.casefold() else f"Agenda {titel}")[:200]


AGENDA = Inhoud(
    soort=Organisatiebesluit.Soort.AGENDA,
    tabellen={"agenda": SCHEMA},
    sleutels={"agenda": ("slug",)},
    labels={
        "slug": "Agenda",
        "eind_jaar": "Laatste jaar",
        "vanaf": "Laatste jaar",
        "bron": "Bron",
        "reden": "Toelichting",
    },
    pagina="beheer_agendas",
    plek=lambda rijen: str(rijen["agenda"][0]["slug"]),
    naam=_naam,
    nu=_nu,
    nieuw=lambda rijen: f"tot en met {rijen['agenda'][0]['eind_jaar']}",
    toets=_toets,
    twijfels=_twijfels,
    gevolgen=_gevolgen,
    pas_toe=_pas_toe,
    raakt_oordelen=True,
)
