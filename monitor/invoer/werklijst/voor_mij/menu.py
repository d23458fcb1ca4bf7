"""How much waits for who reads, in the menu and in a few words on the first page."""

from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.pagina.cache import bewaard
from common.pagina.gedeeld import Lezer
from monitor.invoer.werklijst.punten import Takenlijst
from monitor.invoer.werklijst.takenlijst import lees_takenlijst

HANDELT = (
    *(Recht.METING_INVOEREN, Recht.METING_VASTSTELLEN, Recht.BEZETTING_INVOEREN, Recht.BEZETTING_VASTSTELLEN),
    *(Recht.DOEL_VOORSTELLEN, Recht.DOEL_VASTSTELLEN, Recht.DEFINITIE_VOORSTELLEN, Recht.DEFINITIE_VASTSTELLEN),
    *(Recht.IMPORTEREN, Recht.KWARTAAL_SLUITEN, Recht.GEBRUIKERS_BEHEREN),
    *(Recht.DUIDING_SCHRIJVEN, Recht.DUIDING_VASTSTELLEN),
    *(Recht.VRAAG_STELLEN, Recht.ADVIES_GEVEN, Recht.VRAAG_BEANTWOORDEN, Recht.OVERLEG_VOORBEREIDEN),
)
MEESTE_REGELS = 3


def lees_voor_mij(request: HttpRequest) -> dict[str, Any]:
    """``aantal`` and ``punten``, words with an address; empty, and without a query, for who has no role.

    Kept for all pages until anything changes, and then made from what is shared with other readers. What a beheerder
    decides on is not noted as a change: it is asked anew.
    """
    user: User = request.user  # type: ignore[assignment]  # asked on the next line
    if not user.is_authenticated or not user.vervullingen:
        return {}
    if lijst := getattr(request, "takenlijst", None):  # of the page that shows it whole
        return samengevat(lijst)
    vandaag, wie = timezone.localdate(), ("voor mij", user.pk)
    lezer = Lezer(deelt=not connection.in_atomic_block)
    anders = user.mag(Recht.GEBRUIKERS_BEHEREN)
    return bewaard(
        request, lambda: samengevat(lees_takenlijst(user, vandaag, lezer)), wie, bewaren=not anders, overal=True
    )


def samengevat(lijst: Takenlijst) -> dict[str, Any]:
    """One thing leads to its own place, more to the list of them."""
    groepen = [
        (groep.hoeveel(len(punten)), punten[0].adres if len(punten) == 1 else groep.adres)
        for groep, punten in lijst.groepen.items()
    ]
    return {"aantal": len(lijst.punten), "punten": groepen[:MEESTE_REGELS], "meer": len(groepen) > MEESTE_REGELS}
