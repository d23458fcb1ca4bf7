"""What a thought comes down to, in sentences. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from common.tekst.cijfers import FTE, exact_in_woorden
from common.tekst.tekens import en, hoofdletter
from formatie.grafiek import met_plus
from formatie.scenario.doorrekenen import Doorrekening, Kwartaalstand
from formatie.scenario.verschuiving import BUITEN, Verschuiving, Wat

KEUZEN = {
    Wat.PLAATSEN: ("Plaatsen verschuiven", "Het plan verandert, er verhuist niemand."),
    Wat.MENSEN: ("Mensen verschuiven", "De bezetting verandert, het plan blijft."),
}


ALLEEN_TEAMS = "Alleen de basisteams tellen hier mee, zonder leiding, flexteam en districtsrecherche."


def uitkomstzin(uitkomst: Doorrekening, wat: Wat | None, verschuivingen: Sequence[Verschuiving]) -> str:
    """For example: 3 fte aan mensen van A1 naar A3: A1 +1,5, A3 -0,4."""
    anders = _anders(uitkomst)
    standen = ", ".join(f"{dan.code} {_stand(dan.verschil)}" for _, dan in anders)
    if not anders:
        return "Er verandert niets."
    zin = hoofdletter(en([_verschuifzin(een, wat) for een in verschuivingen])) or "Na deze veranderingen"
    vooruit = len(uitkomst.kwartalen) - 1
    if vooruit == 1:
        return f"{zin}: {standen}."
    per = f"Elk kwartaal {zin[:1].lower()}{zin[1:]}, {vooruit} kwartalen lang" if verschuivingen else zin
    return f"{per}: eind {uitkomst.kwartalen[-1].leesbaar} {standen}."


def _anders(uitkomst: Doorrekening) -> list[tuple[Kwartaalstand, Kwartaalstand]]:
    """The teams at which something changes: now and then."""
    paren = [(standen[0], standen[-1]) for standen in uitkomst.teams.values()]
    return [(nu, dan) for nu, dan in paren if _cijfers(nu) != _cijfers(dan)]


def _cijfers(stand: Kwartaalstand) -> tuple[Decimal | None, ...]:
    return stand.plaatsen, stand.plaatsen_wijk, stand.mensen, stand.wijkagenten


def _verschuifzin(een: Verschuiving, wat: Wat | None) -> str:
    hoeveel = exact_in_woorden(een.fte, FTE) + (f" aan {wat}" if wat else "")
    wijk = f" (waarvan {exact_in_woorden(een.wijkagenten, FTE)} wijkagent)" if een.wijkagenten else ""
    van = "van buiten" if een.van == BUITEN else f"van {een.van}"
    naar = "naar buiten" if een.naar == BUITEN else f"naar {een.naar}"
    return f"{hoeveel}{wijk} {van} {naar}"


def _stand(verschil: Decimal | None) -> str:
    if verschil is None:
        return "niet bekend"
    return met_plus(verschil) if verschil else "precies genoeg"


def uitlegzin(uitkomst: Doorrekening, wat: Wat | None) -> str:
    """What changes and what stays, where the teams are now, and what it does to all of them together."""
    zinnen = [KEUZEN[wat][1]] if wat else []
    if anders := _anders(uitkomst):
        nu = en([f"{stand.code} {_stand(stand.verschil)}" for stand, _ in anders])
        zinnen.append(f"Nu is het {nu}: dat is mensen min plaatsen, in fte.")
    samen = _samenzin(uitkomst.district[0].verschil, uitkomst.district[-1].verschil)
    return " ".join([*zinnen, samen, ALLEEN_TEAMS])


def _samenzin(nu: Decimal | None, dan: Decimal | None) -> str:
    if nu is None or dan is None:
        return "Van een of meer teams is de bezetting niet bekend. Daarom is er geen totaal."
    if nu == dan:
        return f"Alle basisteams samen blijven op {_stand(nu)}."
    return f"Alle basisteams samen gaan van {_stand(nu)} naar {_stand(dan)}."
