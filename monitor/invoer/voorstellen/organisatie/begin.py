"""The first page of upkeep: a card per page for who may open it, with how much waits there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Rolvoorstel
from accounts.rollen import Recht
from accounts.toegang import mag
from formatie.models import Organisatiebesluit
from monitor.invoer.voorstellen.organisatie.selectors import tel_wachtende

_Soort = Organisatiebesluit.Soort
_VAN_ORGANISATIE = (Recht.ORGANISATIE_BIJHOUDEN, Recht.ORGANISATIE_VASTSTELLEN)


@dataclass(frozen=True)
class Kaart:
    """A page with one sentence; ``wacht`` is what of the proposals there is counted beside it."""

    naam: str
    pagina: str
    zin: str
    rechten: tuple[Recht, ...] = _VAN_ORGANISATIE
    wacht: str = ""


KAARTEN = (
    Kaart(
        "Accounts en rollen",
        "beheer_accounts",
        "Wie kan inloggen, met welke rol, en wat op een tweede beheerder wacht.",
        (Recht.GEBRUIKERS_BEHEREN,),
        "rolvoorstel",
    ),
    Kaart(
        "Eigenaren",
        "eigenaren",
        "Wie een indicator, een onderdeel of een thema levert, met een vervanger, vanaf en tot een dag.",
        (Recht.EIGENAREN_TOEWIJZEN,),
    ),
    Kaart(
        "Werkgebieden",
        "beheer_werkgebieden",
        "Welk basisteam in welke gemeente werkt, vanaf welke dag, met de bron.",
        wacht=_Soort.WERKGEBIED,
    ),
    Kaart(
        "Inwoners",
        "beheer_inwoners",
        "Hoeveel mensen er wonen, per gemeente, district en eenheid, met dag en bron.",
        wacht=_Soort.INWONERTAL,
    ),
    Kaart(
        "Organisatie",
        "beheer_organisatie",
        "Teams die splitsen, samengaan, ophouden, erbij komen of anders gaan heten, vanaf een dag.",
        wacht=_Soort.ORGANISATIE,
    ),
    Kaart(
        "Formatieplan",
        "beheer_formatieplan",
        "De versies van het plan; een nieuwe versie uit een bestand of met de hand.",
        wacht=_Soort.FORMATIEPLAN,
    ),
    Kaart(
        "Agenda's",
        "beheer_agendas",
        "Welke jaren een agenda telt en wat die bevat; een ander einde voorstellen.",
        wacht=_Soort.AGENDA,
    ),
    Kaart("Taken", "taken", "Wat er op de achtergrond liep, wat wacht en wat mislukte.", (Recht.TAKEN_LEZEN,)),
    Kaart(
        "Spoor en controle",
        "spoor",
        "Wie wat wanneer deed, en of de cijfers uit het spoor volgen.",
        (Recht.SPOOR_BEWAKEN,),
    ),
)
RECHTEN = tuple(dict.fromkeys(recht for kaart in KAARTEN for recht in kaart.rechten))


def lees_kaarten(request: HttpRequest) -> list[tuple[Kaart, str, int]]:
    """For this reader: each card with its address and how much waits there."""
    eigen = [kaart for kaart in KAARTEN if any(mag(request, recht) for recht in kaart.rechten)]
    wacht: Mapping[str, int] = tel_wachtende()
    tel: dict[str, Callable[[], int]] = {"rolvoorstel": lambda: Rolvoorstel.objects.open().count()}
    return [(k, reverse(k.pagina), tel[k.wacht]() if k.wacht in tel else wacht[k.wacht]) for k in eigen]
