"""What waits for one person, in a few words with the page for it: the same work as in the digest by e-mail."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.pagina.cache import bewaard
from monitor.invoer.werklijst.herinneren import Takenlijst, lees_takenlijst

Punt = tuple[str, str]
"""Words and an address."""
HANDELT = (
    *(Recht.METING_INVOEREN, Recht.METING_VASTSTELLEN, Recht.BEZETTING_INVOEREN, Recht.BEZETTING_VASTSTELLEN),
    *(Recht.DOEL_VOORSTELLEN, Recht.DOEL_VASTSTELLEN, Recht.DEFINITIE_VOORSTELLEN, Recht.DEFINITIE_VASTSTELLEN),
    *(Recht.IMPORTEREN, Recht.KWARTAAL_SLUITEN),
)


def lees_voor_mij(request: HttpRequest) -> dict[str, list[Punt]]:
    """``punten``; empty, and without a query, for who has nothing to act on here. Kept until anything changes."""
    user: User = request.user  # type: ignore[assignment]
    if not user.is_authenticated or not any(user.mag(recht) for recht in HANDELT):
        return {}
    vandaag = timezone.localdate()
    return bewaard(request, lambda: {"punten": [*_punten(lees_takenlijst(user, vandaag))]}, ("voor mij", user.pk))


def _punten(opgave: Takenlijst) -> Iterator[Punt]:
    """What waits for a decision first, then what came back, then what is to be delivered."""
    yield from ((f"{hoeveel} vast te stellen", adres) for hoeveel, adres in opgave.besluiten)
    for afsluiting in opgave.heropeningen:
        yield f"heropening van {afsluiting.periode.leesbaar}", reverse("kwartaal_heropening", args=[afsluiting.periode])
    for adres, namen in opgave.teruggestuurd.items():
        yield f"{len(namen)} teruggestuurd", adres
    for kwartaal, tellingen in opgave.kwartalen:
        aantal = sum(telling.gevraagd for telling in tellingen)
        waarden = "waarde" if aantal == 1 else "waarden"
        yield f"{aantal} {waarden} te leveren over {kwartaal.leesbaar}", reverse("invoer_kwartaal", args=[kwartaal])
    for kwartaal, districten in opgave.bezetting:
        aantal = sum(districten.values())
        regels = "regel" if aantal == 1 else "regels"
        adres = reverse("invoer_bezetting", args=[kwartaal])
        yield f"{aantal} {regels} bezetting te leveren over {kwartaal.leesbaar}", adres
