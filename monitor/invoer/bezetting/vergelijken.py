"""Hold bezetting against what is approved and what is still open, and name what cannot go together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from common.tekst.cijfers import celtekst
from common.tekst.periode import Kwartaal
from common.vaststellen.model import OPENSTAAND, Staat
from formatie.models import Bezetting
from monitor.invoer.bezetting.kader import lees_plaatsen, lees_versies, lees_vorige
from monitor.invoer.bezetting.validatie import CIJFERS, NAMEN, Opgave, Plek, Sleutel, twijfels
from monitor.invoer.regels.toetsgegevens import lees_gesloten
from monitor.invoer.regels.twijfel import Twijfel
from monitor.invoer.regels.waarneming import Fout

GEZIEN = "gezien"  # the column of a fault about what someone else wrote meanwhile


@dataclass(slots=True)
class Bezettingvergelijking:
    """What a set of opgaven would do to what is there; ``twijfels`` by row, of what is new or changed."""

    nieuw: list[Opgave] = field(default_factory=list)
    gewijzigd: list[tuple[Opgave, Bezetting]] = field(default_factory=list)
    gelijk: list[Opgave] = field(default_factory=list)
    fouten: list[Fout] = field(default_factory=list)
    twijfels: dict[int, list[Twijfel]] = field(default_factory=dict)

    def te_schrijven(self) -> list[Opgave]:
        return [*self.nieuw, *(opgave for opgave, _ in self.gewijzigd)]


def inhoud_van(bron: Opgave | Bezetting) -> dict[str, object]:
    """What two persons answer for, comparable with each other."""
    return {naam: getattr(bron, naam) for naam in Bezetting.INHOUD}


def als_opgave(rij: Bezetting) -> Opgave:
    """What was proposed, to be held against the same rules once more; its row is its key."""
    return Opgave(rij.pk, rij.onderdeel.code, rij.soort, rij.jaar, rij.kwartaal, **inhoud_van(rij))  # type: ignore[arg-type]  # the same fields


def vergelijk_bezetting(opgaven: Iterable[Opgave], gezien: Mapping[Plek, str] | None = None) -> Bezettingvergelijking:
    """Compare with the open version where there is one, else with the approved. Reads, writes nothing.

    ``gezien``: per place the fingerprint of the version its author looked at, empty for none.
    """
    uitkomst, opgaven = Bezettingvergelijking(), list(opgaven)
    versies = lees_versies({opgave.sleutel for opgave in opgaven})
    _meld_dubbele(opgaven, uitkomst.fouten)
    for opgave in opgaven:
        _deel_in(opgave, versies.get(opgave.sleutel, []), gezien, uitkomst)
    _meld_gesloten(uitkomst)
    uitkomst.twijfels = twijfels_bij_bezetting(uitkomst.te_schrijven())
    return uitkomst


def twijfels_bij_bezetting(opgaven: Sequence[Opgave]) -> dict[int, list[Twijfel]]:
    """By row what is doubtful, in three queries."""
    if not opgaven:
        return {}
    vorige = lees_vorige({opgave.sleutel for opgave in opgaven})
    plaatsen = lees_plaatsen({Kwartaal(opgave.jaar, opgave.kwartaal) for opgave in opgaven})
    gevonden = {}
    for opgave in opgaven:
        eerder, plan = vorige.get(opgave.sleutel), plaatsen[Kwartaal(opgave.jaar, opgave.kwartaal)]
        formatie = plan.per_plek.get(opgave.plek) if plan else None
        gevonden[opgave.rij] = twijfels(opgave, eerder.fte if eerder else None, formatie, plan=plan is not None)
    return {rij: lijst for rij, lijst in gevonden.items() if lijst}


def _meld_dubbele(opgaven: Sequence[Opgave], fouten: list[Fout]) -> None:
    eerste: dict[Sleutel, int] = {}
    for opgave in opgaven:
        rij = eerste.setdefault(opgave.sleutel, opgave.rij)
        if rij != opgave.rij:
            fouten.append(Fout(opgave.rij, "", f"Deze bezetting staat ook op rij {rij}. Laat er één staan."))


def _deel_in(
    opgave: Opgave, versies: Sequence[Bezetting], gezien: Mapping[Plek, str] | None, uitkomst: Bezettingvergelijking
) -> None:
    open_versie = next((versie for versie in versies if versie.staat in OPENSTAAND), None)
    vorige = open_versie or next(iter(versies), None)
    gelijk = vorige is not None and inhoud_van(opgave) == inhoud_van(vorige)
    if gezien is not None and not gelijk and gezien.get(opgave.plek, "") != (vorige.vingerafdruk if vorige else ""):
        uitkomst.fouten.append(Fout(opgave.rij, GEZIEN, _intussen(opgave, vorige)))
    elif vorige is None:
        uitkomst.nieuw.append(opgave)
    elif gelijk and vorige.staat not in (Staat.CONCEPT, Staat.AFGEKEURD):
        uitkomst.gelijk.append(opgave)
    elif vorige.staat == Staat.INGEDIEND:
        uitkomst.fouten.append(Fout(opgave.rij, "", _LIGT_TER_VASTSTELLING))
    else:
        uitkomst.gewijzigd.append((opgave, vorige))


_LIGT_TER_VASTSTELLING = (
    "Voor dit kwartaal ligt al een andere bezetting ter vaststelling. Laat die eerst vaststellen of neem die terug."
)


def _intussen(opgave: Opgave, vorige: Bezetting | None) -> str:
    """Both versions, so that a person can choose; nothing was written."""
    if vorige is None:
        return "Wat hier stond toen u begon, is er niet meer. Kijk uw invoer na en dien opnieuw in."
    anders = [
        f"{NAMEN[naam]} {celtekst(getattr(vorige, naam)) or 'leeg'} (u: {celtekst(getattr(opgave, naam)) or 'leeg'})"
        for naam in CIJFERS
        if getattr(vorige, naam) != getattr(opgave, naam)
    ]
    wat = ", ".join(anders) or "een andere toelichting of status"
    return f"{vorige.ingevoerd_door} vulde dit in terwijl u bezig was: {wat}. Dien opnieuw in als uw invoer klopt."


def _meld_gesloten(uitkomst: Bezettingvergelijking) -> None:
    gesloten = lees_gesloten()
    uitkomst.fouten += [
        Fout(o.rij, "kwartaal", f"Q{o.kwartaal} {o.jaar} is gesloten. Vraag op de pagina Invoer om heropening.")
        for o in uitkomst.te_schrijven()
        if (o.jaar, o.kwartaal) in gesloten
    ]
