"""Reminders by e-mail: one digest per person and round, sent once, tried three times.

One worker at a time does a round. The row of a person is written before the message goes and marked when it went: a
worker killed in between sends it once more, never silently not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from common.jobs import job
from common.locks import Slot, sessieslot
from monitor.invoer.werklijst.herinnermoment import Ronde, ronde_op
from monitor.invoer.werklijst.opgaven import Opgave, lees_opgaven
from monitor.models import Herinnering

VANAF_UUR = 7
MEESTE_POGINGEN = 3
GEEN_ADRES = "geen adres"


class NietVerzonden(Exception):
    """A message could not be sent; the next round tries again, until it has tried often enough."""


def herinner(nu: datetime | None = None) -> int:
    """Send what belongs to this moment and was not sent yet; gives the number of messages sent."""
    nu = timezone.localtime(nu)
    ronde = ronde_op(nu.date(), settings.INLEVERTERMIJN_DAGEN) if nu.hour >= VANAF_UUR else None
    if ronde is None:
        return 0
    with sessieslot(Slot.HERINNERING, 0) as alleen:
        return _doe_ronde(ronde, nu.date()) if alleen else 0


def _doe_ronde(ronde: Ronde, vandaag: date) -> int:
    opgaven = _onbehandeld(ronde, vandaag)
    if not opgaven:
        return 0
    with job("herinneringen", f"uiterste dag van {ronde.kwartaal.leesbaar}") as run:
        uitkomsten = {persoon: _stuur(persoon, opgave, ronde, vandaag) for persoon, opgave in opgaven}
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


def _onbehandeld(ronde: Ronde, vandaag: date) -> list[tuple[User, Opgave]]:
    """Who has something to do and was not reached in this round, nor given up on."""
    gedaan = Herinnering.objects.filter(dag=ronde.dag).exclude(
        Q(verzonden_op=None) & Q(pogingen__lt=MEESTE_POGINGEN)
    )  # fmt: skip
    klaar = set(gedaan.values_list("user", flat=True))
    return [(persoon, opgave) for persoon, opgave in lees_opgaven(vandaag) if persoon.pk not in klaar]


def _stuur(persoon: User, opgave: Opgave, ronde: Ronde, vandaag: date) -> str:
    """Claim, send, mark. Gives why it was not sent, nothing when it was."""
    onderwerp, tekst = build_bericht(opgave, ronde, vandaag)
    herinnering, _ = Herinnering.objects.update_or_create(
        user=persoon, dag=ronde.dag, defaults={"onderwerp": onderwerp, "tekst": tekst}
    )
    herinnering.pogingen = herinnering.pogingen + 1 if persoon.email else MEESTE_POGINGEN
    herinnering.fout = "" if persoon.email else GEEN_ADRES
    herinnering.save()
    if not herinnering.fout:
        _verzend(herinnering, persoon.email)
    return herinnering.fout


def _verzend(herinnering: Herinnering, adres: str) -> None:
    try:
        send_mail(herinnering.onderwerp, herinnering.tekst, None, [adres])
        herinnering.verzonden_op = timezone.now()
    except (OSError, ValueError) as fout:  # of the server and the network, or of an address that is none
        herinnering.fout = f"{type(fout).__name__}: {fout}"
    herinnering.save()


def build_bericht(opgave: Opgave, ronde: Ronde, vandaag: date) -> tuple[str, str]:
    """Subject and text of one digest."""
    context = {"opgave": opgave, "opening": _opening(ronde, vandaag), "site": settings.SITE_URL}
    tekst = render_to_string("monitor/invoer/werklijst/herinnering.txt", context)
    return f"Strategiemonitor: er wacht werk op u ({ronde.kwartaal.leesbaar})", tekst.strip() + "\n"


def _opening(ronde: Ronde, vandaag: date) -> str:
    kwartaal, dag = ronde.kwartaal.leesbaar, f"{ronde.uiterste_dag:%d-%m-%Y}"
    dagen = (ronde.uiterste_dag - vandaag).days
    if dagen == 0:
        return f"Vandaag, {dag}, is de uiterste dag om {kwartaal} te leveren. Dit wacht nog op u."
    aantal = "1 dag" if abs(dagen) == 1 else f"{abs(dagen)} dagen"
    if dagen > 0:
        return f"Over {aantal}, op {dag}, is de uiterste dag om {kwartaal} te leveren. Dit wacht nog op u."
    return f"De uiterste dag om {kwartaal} te leveren was {dag}, {aantal} geleden. Dit wacht nog op u."
