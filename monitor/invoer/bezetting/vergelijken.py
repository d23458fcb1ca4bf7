"""Hold bezetting against what is approved and what is still open, and name what cannot go together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils import timezone

from common.tekst.cijfers import celtekst
from common.tekst.periode import Kwartaal
from formatie.models import Bezetting
from monitor.invoer.bezetting.kader import lees_plaatsen, lees_versies, lees_vorige
from monitor.invoer.bezetting.validatie import FTENAMEN, FTEVELDEN, Bezettingsplek, Opgave, opgavetwijfels
from monitor.invoer.regels.twijfel import Twijfel, lopend
from monitor.invoer.regels.vergelijking import Vergelijking, huidige, is_gelijk
from monitor.invoer.regels.waarneming import Fout

GEZIEN = "gezien"  # the column of a fault about what someone else wrote meanwhile


Bezettingvergelijking = Vergelijking[Opgave, Bezetting]


def inhoud_van(bron: Opgave | Bezetting) -> dict[str, object]:
    """What two persons answer for, comparable with each other."""
    return {naam: getattr(bron, naam) for naam in Bezetting.INHOUD}


def als_opgave(rij: Bezetting) -> Opgave:
    """What was proposed, to be held against the same rules once more; its row is its key."""
    return Opgave(rij.pk, rij.onderdeel.code, rij.soort, rij.jaar, rij.kwartaal, **inhoud_van(rij))  # type: ignore[arg-type]  # the same fields


def vergelijk_bezetting(
    opgaven: Iterable[Opgave], gezien: Mapping[Bezettingsplek, str] | None = None, vandaag: date | None = None
) -> Bezettingvergelijking:
    """Hold opgaven against what is approved and what is still open. Reads, writes nothing.

    ``gezien``: per place the fingerprint of the version its author looked at, empty for none.
    """
    uitkomst, opgaven = Bezettingvergelijking(), list(opgaven)
    versies = lees_versies({opgave.sleutel for opgave in opgaven})
    uitkomst.meld_dubbele(opgaven, "bezetting")
    for opgave in opgaven:
        vorige = huidige(versies.get(opgave.sleutel, []))
        if gezien is not None and _is_ongezien(opgave, vorige, gezien.get(opgave.plek, "")):
            uitkomst.fouten.append(Fout(opgave.rij, GEZIEN, _intussen(opgave, vorige)))
        else:
            uitkomst.deel_in(opgave, vorige, Fout(opgave.rij, "", _LIGT_TER_VASTSTELLING))
    uitkomst.meld_gesloten()
    uitkomst.twijfels = twijfels_bij_bezetting(uitkomst.te_schrijven(), vandaag)
    return uitkomst


def _is_ongezien(opgave: Opgave, vorige: Bezetting | None, gezien: str) -> bool:
    """Whether its author would change a version they did not look at."""
    if vorige is None:
        return gezien != ""
    return gezien != vorige.vingerafdruk and not is_gelijk(opgave, vorige)


def twijfels_bij_bezetting(opgaven: Sequence[Opgave], vandaag: date | None = None) -> dict[int, list[Twijfel]]:
    """By row what is doubtful today, in three queries."""
    if not opgaven:
        return {}
    vorige = lees_vorige({opgave.sleutel for opgave in opgaven})
    plaatsen = lees_plaatsen({Kwartaal(opgave.jaar, opgave.kwartaal) for opgave in opgaven})
    gevonden, dag = {}, vandaag or timezone.localdate()
    for opgave in opgaven:
        kwartaal = Kwartaal(opgave.jaar, opgave.kwartaal)
        eerder, plan = vorige.get(opgave.sleutel), plaatsen[kwartaal]
        formatie, fte = plan.per_plek.get(opgave.plek), eerder.fte if eerder else None
        over_cijfers = opgavetwijfels(opgave, fte, formatie, plan=bool(plan.plan))
        gevonden[opgave.rij] = [*lopend(kwartaal, dag), *over_cijfers]
    return {rij: lijst for rij, lijst in gevonden.items() if lijst}


_LIGT_TER_VASTSTELLING = (
    "Voor dit kwartaal ligt al een andere bezetting ter vaststelling. Laat die eerst vaststellen of neem die terug."
)


def _intussen(opgave: Opgave, vorige: Bezetting | None) -> str:
    """Both versions, so that a person can choose; nothing was written."""
    if vorige is None:
        return "Wat hier stond toen u begon, is er niet meer. Kijk uw invoer na en dien opnieuw in."
    anders = [
        f"{FTENAMEN[naam]} {celtekst(was) or 'leeg'} (u: {celtekst(wordt) or 'leeg'})"
        for naam in FTEVELDEN
        if (was := getattr(vorige, naam)) != (wordt := getattr(opgave, naam))
    ]
    wat = ", ".join(anders) or "een andere toelichting of status"
    return f"{vorige.ingevoerd_door} vulde dit in terwijl u bezig was: {wat}. Dien opnieuw in als uw invoer klopt."
