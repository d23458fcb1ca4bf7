"""The agreed text of the agendas: checked rows → tables. Nothing is deleted."""

from collections.abc import Mapping
from typing import Any

from common.bestanden.bijwerken import Telling, werk_bij
from common.bestanden.toml import Tabelrij
from strategie.lezen import AgendaRijen, ThemaRijen
from strategie.models import Activiteit, Agenda, Agendafeit, Ambitie, Hoofdlijn, Opdracht, Thema, Trend, Zetel

SOORTEN = (
    *("agenda's", "opdrachten", "trends", "thema's", "ambities", "hoofdlijnen", "activiteiten"),
    *("feiten uit de agenda", "RVO-zetels"),
)
Hoofdlijnen = Mapping[tuple[int, int], Hoofdlijn]
"""By the key of its theme and its number."""


def laad(agendas: list[AgendaRijen], zetels: list[Tabelrij]) -> dict[str, Telling]:
    """Write the checked rows; the caller holds the transaction."""
    telling = {soort: Telling() for soort in SOORTEN}
    for agenda in agendas:
        _laad_agenda(agenda, telling)
    werk_bij(Zetel, ("ambt", "gebied"), [zetel.waarden for zetel in zetels], telling["RVO-zetels"])
    return telling


def _laad_agenda(rijen: AgendaRijen, telling: dict[str, Telling]) -> None:
    agenda = werk_bij(Agenda, ("slug",), [rijen.agenda.waarden], telling["agenda's"])[rijen.agenda["slug"]]
    waarden = [{"agenda": agenda, **opdracht.waarden} for opdracht in rijen.opdrachten]
    geladen = werk_bij(Opdracht, ("agenda", "nummer"), waarden, telling["opdrachten"])
    opdrachten = {opdracht.nummer: opdracht for opdracht in geladen.values()}
    van_trends = [
        {"agenda": agenda, **trend.waarden, "opdracht": opdrachten[trend["opdracht"]]} for trend in rijen.trends
    ]
    trends = werk_bij(Trend, ("agenda", "nummer"), van_trends, telling["trends"])
    themas = [
        {"agenda": agenda, **thema.thema.waarden, "opdracht": opdrachten.get(thema.thema["opdracht"])}
        for thema in rijen.themas
    ]
    op_slug = {t.slug: t for t in werk_bij(Thema, ("agenda", "slug"), themas, telling["thema's"]).values()}
    lijnen = _laad_teksten([(op_slug[thema.thema["slug"]], thema) for thema in rijen.themas], telling)
    op_nummer = {trend.nummer: trend for trend in trends.values()}
    feiten = [
        {"agenda": agenda, "soort": soort, **feit.waarden, **_plek(feit, op_nummer, op_slug, lijnen)}
        for soort, van_soort in rijen.feiten.items()
        for feit in van_soort
    ]
    werk_bij(Agendafeit, ("agenda", "soort", "nummer"), feiten, telling["feiten uit de agenda"])


def _plek(
    feit: Tabelrij, trends: Mapping[int, Trend], themas: Mapping[str, Thema], lijnen: Hoofdlijnen
) -> dict[str, Any]:
    """Where it stands, at exactly one place, and to which theme it leads."""
    thema, nummer = themas.get(feit["thema"]), feit["hoofdlijn"]
    lijn = lijnen[thema.pk, nummer] if thema and nummer is not None else None
    return {
        "trend": trends.get(feit["trend"]),
        "thema": None if lijn else thema,
        "hoofdlijn": lijn,
        "naar": themas.get(feit.waarden.get("naar", "")),
    }


def _laad_teksten(themas: list[tuple[Thema, ThemaRijen]], telling: dict[str, Telling]) -> Hoofdlijnen:
    """Ambitions, main lines and activities of all themes of one agenda; gives the main lines."""
    ambities = [{"thema": thema, **ambitie.waarden} for thema, rijen in themas for ambitie in rijen.ambities]
    werk_bij(Ambitie, ("thema", "nummer"), ambities, telling["ambities"])
    paren = [(thema, lijn) for thema, rijen in themas for lijn in rijen.hoofdlijnen]
    lijnen = [
        {"thema": thema} | {naam: waarde for naam, waarde in lijn.lijn.waarden.items() if naam != "activiteit"}
        for thema, lijn in paren
    ]
    geladen = werk_bij(Hoofdlijn, ("thema", "nummer"), lijnen, telling["hoofdlijnen"])
    activiteiten = [
        {"hoofdlijn": geladen[thema.pk, lijn.lijn["nummer"]], **activiteit.waarden}
        for thema, lijn in paren
        for activiteit in lijn.activiteiten
    ]
    werk_bij(Activiteit, ("hoofdlijn", "nummer"), activiteiten, telling["activiteiten"])
    return geladen
