"""What a decision about the organisation can say, and what follows when it is approved: it walks over ``INHOUDEN``."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from formatie.bijhouden.formatieplan import FORMATIEPLAN
from formatie.bijhouden.inhoud import Inhoud, pas_toe
from formatie.bijhouden.inwonertal import INWONERTAL
from formatie.bijhouden.organisatie import TEAMS
from formatie.bijhouden.werkgebied import WERKGEBIED
from formatie.models import Organisatiebesluit
from monitor.agenda.bijhouden import AGENDA
from monitor.invoer.bezetting.indicatorwaarden import leid_opnieuw_af
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.models import Indicator
from monitor.rekenen.wachtrij import vraag_herberekeningen

INHOUDEN = (WERKGEBIED, INWONERTAL, AGENDA, TEAMS, FORMATIEPLAN)
PER_SOORT = {inhoud.soort.value: inhoud for inhoud in INHOUDEN}


def besluitinhoud(besluit: Organisatiebesluit) -> Inhoud:
    return PER_SOORT[besluit.soort]


def in_woorden(besluit: Organisatiebesluit) -> str:
    return besluitinhoud(besluit).nieuw(besluit.rijen)


def geldt_nu(besluit: Organisatiebesluit) -> str:
    return besluitinhoud(besluit).nu(besluit.rijen)


def voorsteladres(besluit: Organisatiebesluit) -> str:
    """The page on which it is proposed, at this proposal."""
    return f"{reverse(besluitinhoud(besluit).pagina)}?{urlencode({'plek': besluit.plek})}#voorstel"


def geraakte_indicatoren(besluiten: Sequence[Organisatiebesluit]) -> set[int]:
    """All of them when one of these can change a verdict: closed quarters are held against it with and without."""
    raakt = any(besluitinhoud(besluit).raakt_oordelen for besluit in besluiten)
    return set(Indicator.objects.values_list("pk", flat=True)) if raakt else set()


def voer_besluiten_door(besluiten: Sequence[Organisatiebesluit], door: User, op: datetime) -> None:
    """Write each, in order, as the files would be; what does not fit what stands by then takes all back.

    Raises InvoerFout with the name of the decision that does not fit.
    """
    for besluit in besluiten:
        bezwaren = pas_toe(besluitinhoud(besluit), besluit.rijen, timezone.localdate(op))
        if bezwaren:
            raise InvoerFout([Fout(0, "", f"{besluit.naam}: {bezwaar.reden}") for bezwaar in bezwaren])
    if any(besluitinhoud(besluit).raakt_formatie for besluit in besluiten):
        leid_opnieuw_af()
    vraag_herberekeningen((pk, None, None) for pk in sorted(geraakte_indicatoren(besluiten)))
