"""What waits, by mail: to each person as often as they chose, and only when there is something new to tell.

One worker at a time does a round. The row of a message is written before it goes and marked when it went; only then is
what it tells no longer new. So a mail server that is away for a day costs nobody anything: what is new by then goes in
one message. A worker killed between sending and marking sends the same message once more, under the same Message-ID.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from common.jobs import job
from common.locks import Slot, sessieslot
from common.tekst.tekens import zichtbaar
from monitor.invoer.werklijst.herinnermoment import VANAF_UUR, hoort_vanaf
from monitor.invoer.werklijst.punten import Takenlijst, TeDoen, Wachtgroep
from monitor.invoer.werklijst.takenlijst import lees_opgaven
from monitor.models import Herinnering

MEESTE_NAMEN, MEESTE_EERST = 10, 3
"""Of each group in a message, and in the first one to a person; the page has them all."""
OPNIEUW, VEEL_LATER = timedelta(minutes=55), timedelta(hours=23)
VEEL_POGINGEN = 24
_TAAK = "herinneringen"
GEEN_ADRES = "geen adres"


class NietVerzonden(Exception):
    """A message could not be sent; a later round tries again."""


@dataclass(frozen=True, slots=True)
class Nieuws:
    """What one person is to be told now; ``nieuw`` are the keys of what no message told before.

    ``is_eerste``: nothing was told this person yet. All of it then waits, and none of it is news: it is summed up.
    """

    persoon: User
    lijst: Takenlijst
    nieuw: Collection[str]
    is_eerste: bool


def stuur_herinneringen(nu: datetime | None = None) -> int:
    """Send who has something new to hear by now what waits for them; gives the number of messages sent."""
    nu = timezone.localtime(nu)
    if nu.hour < VANAF_UUR:
        return 0
    with sessieslot(Slot.HERINNERING, 0) as alleen:
        return _doe_ronde(nu) if alleen else 0


def _doe_ronde(nu: datetime) -> int:
    berichten = _te_vertellen(nu)
    if not berichten:
        return 0
    with job(_TAAK, "wat op mensen wacht") as run:
        uitkomsten = {nieuws.persoon: _stuur(nieuws, nu) for nieuws in berichten}
        mislukt = [f"{persoon}: {fout}" for persoon, fout in uitkomsten.items() if fout not in ("", GEEN_ADRES)]
        zonder = [str(persoon) for persoon, fout in uitkomsten.items() if fout == GEEN_ADRES]
        run.gelezen, run.gewijzigd = len(uitkomsten), sum(not fout for fout in uitkomsten.values())
        run.omschrijving = _omschrijving(run.omschrijving, zonder, len(mislukt))
        if mislukt:
            raise NietVerzonden("; ".join(mislukt))
        return run.gewijzigd


def _omschrijving(begin: str, zonder: Sequence[str], mislukt: int) -> str:
    """For who looks at the tasks: whom no message could reach."""
    delen = [begin, *([f"{GEEN_ADRES}: {', '.join(zonder)}"] if zonder else [])]
    return "; ".join([*delen, *([f"{mislukt} niet verzonden"] if mislukt else [])])[:200]


def _te_vertellen(nu: datetime) -> list[Nieuws]:
    """Who chose to hear by now of something that no message told yet."""
    verteld, wachtend = _lees_verteld(), {h.user_id: h for h in Herinnering.objects.filter(verzonden_op=None)}
    berichten = []
    for persoon, lijst in lees_opgaven(nu.date()):
        vanaf, bekend = hoort_vanaf(persoon.herinnering, nu), verteld.get(persoon.pk, set())
        nieuw = [punt for punt in lijst.punten if punt.sleutel not in bekend]
        # What seems to come later than now came before a clock was put back.
        if (
            vanaf
            and any(not vanaf < punt.sinds <= nu for punt in nieuw)
            and mag_weer(wachtend.get(persoon.pk), persoon, nu)
        ):
            berichten.append(Nieuws(persoon, lijst, {punt.sleutel for punt in nieuw}, is_eerste=not bekend))
    return berichten


def _lees_verteld() -> Mapping[int, set[str]]:
    """Per person what the latest message that went told."""
    verzonden = Herinnering.objects.exclude(verzonden_op=None).order_by("user", "-pk").distinct("user")
    return {user: set(regels) for user, regels in verzonden.values_list("user", "regels")}


class Verzending(Protocol):
    """A message that did not go yet, and how often that was tried."""

    geprobeerd_op: Any
    pogingen: Any
    fout: Any


def mag_weer(wachtend: Verzending | None, persoon: User, nu: datetime) -> bool:
    """A message that did not go is tried again every hour, after a day once a day; also when a clock was put back."""
    if wachtend is None or wachtend.geprobeerd_op is None or not wachtend.fout:
        return True
    if wachtend.fout == GEEN_ADRES and persoon.email:
        return True
    vaak = wachtend.pogingen < VEEL_POGINGEN and wachtend.fout != GEEN_ADRES
    return abs(nu - wachtend.geprobeerd_op) >= (OPNIEUW if vaak else VEEL_LATER)


def _stuur(nieuws: Nieuws, nu: datetime) -> str:
    """Claim, send, mark. Gives why it was not sent, nothing when it was."""
    onderwerp, tekst = build_bericht(nieuws)
    regels = sorted(punt.sleutel for punt in nieuws.lijst.punten)
    velden = {"onderwerp": onderwerp, "tekst": tekst, "regels": regels, "dag": nu.date(), "geprobeerd_op": nu}
    herinnering, _ = Herinnering.objects.update_or_create(user=nieuws.persoon, verzonden_op=None, defaults=velden)
    herinnering.pogingen += 1
    herinnering.fout = "" if nieuws.persoon.email else GEEN_ADRES
    herinnering.save()
    if not herinnering.fout:
        _verzend(herinnering, nieuws.persoon.email)
    return herinnering.fout


def _verzend(herinnering: Herinnering, adres: str) -> None:
    herinnering.fout = verstuur(herinnering.onderwerp, herinnering.tekst, adres, _merk(herinnering))
    herinnering.verzonden_op = None if herinnering.fout else timezone.now()
    herinnering.save()


def _merk(herinnering: Herinnering) -> str:
    """The same for the same message, so that one which arrives twice can be known as one."""
    wat = sha256(" ".join(herinnering.regels).encode()).hexdigest()[:16]
    return f"<herinnering-{herinnering.pk}-{wat}@{urlsplit(settings.SITE_URL).hostname or 'strategiemonitor'}>"


def verstuur(onderwerp: str, tekst: str, adres: str, merk: str = "") -> str:
    """Send one message. Gives why it could not be sent, nothing when it was."""
    koppen = {"Auto-Submitted": "auto-generated"} | ({"Message-ID": merk} if merk else {})
    try:
        EmailMessage(zichtbaar(onderwerp), zichtbaar(tekst), None, [adres], headers=koppen).send()
    except (OSError, ValueError) as fout:  # of the server and the network, or of an address that is none
        return f"{type(fout).__name__}: {fout}"
    return ""


def build_bericht(nieuws: Nieuws) -> tuple[str, str]:
    """Subject and text of one message. It holds no figure and no reason, and its links log nobody in."""
    meeste, nieuw = (MEESTE_EERST, ()) if nieuws.is_eerste else (MEESTE_NAMEN, nieuws.nieuw)
    groepen = [_deel(groep, punten, nieuw, meeste) for groep, punten in nieuws.lijst.groepen.items()]
    aantal, site = len(nieuws.lijst.punten), settings.SITE_URL.rstrip("/")
    context = {"lijst": nieuws.lijst, "groepen": groepen, "nieuw": len(nieuw), "site": site}
    tekst = render_to_string("monitor/invoer/werklijst/herinnering.txt", context)
    wacht = "wacht" if aantal == 1 else "wachten"
    stuks = "ding" if aantal == 1 else "dingen"
    return f"Strategiemonitor: er {wacht} {aantal} {stuks} op u", tekst.strip() + "\n"


def _deel(groep: Wachtgroep, punten: Sequence[TeDoen], nieuw: Collection[str], meeste: int) -> dict[str, object]:
    """What is new stands first; what is not named is counted."""
    op_nieuw = sorted(punten, key=lambda punt: punt.sleutel not in nieuw)
    return {
        "groep": groep,
        "hoeveel": groep.hoeveel(len(punten)),
        "nieuw": sum(punt.sleutel in nieuw for punt in punten),
        "punten": op_nieuw[:meeste],
        "meer": max(0, len(punten) - meeste),
        "adres": punten[0].adres if len(punten) == 1 else groep.adres,
    }
