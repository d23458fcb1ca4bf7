"""Mails about accounts: what happened to whose account, and the link to set a password.

A message is a row, written with what it speaks of. A worker sends it, tries three times, and makes the secret of a
link only then: it stands in no queue and no table.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Bericht, Toegangslink, User
from common.locks import Slot, sessieslot
from common.tekst.tekens import zichtbaar

LINK = "{link}"
MEESTE_POGINGEN = 3
LINK_GELDT = timedelta(hours=24)
_SLOT = "Klopt dit niet? Meld het meteen bij een beheerder.\n\nStrategiemonitor, {site}\n"


def leg_klaar(personen: Iterable[User], onderwerp: str, *zinnen: str, link: Toegangslink | None = None) -> None:
    """A message for each of these persons who has an address; call it in the transaction of the change itself."""
    for persoon in personen:
        leg_klaar_voor_adres(persoon.email, onderwerp, *zinnen, link=link)


def leg_klaar_voor_adres(adres: str, onderwerp: str, *zinnen: str, link: Toegangslink | None = None) -> None:
    if adres:
        tekst = "\n\n".join([*zinnen, _SLOT.replace("{site}", settings.SITE_URL)])
        Bericht.objects.create(aan=adres, onderwerp=f"Strategiemonitor: {onderwerp}"[:200], tekst=tekst, link=link)


def kies_herinnering(user: User, keuze: str) -> None:
    User.objects.filter(pk=user.pk).update(herinnering=keuze)


def verstuur_berichten() -> int:
    """Send what waits, oldest first; gives how many went. One worker at a time."""
    with sessieslot(Slot.ACCOUNTS, 1) as alleen:
        wachtend = Bericht.objects.filter(verzonden_op=None, pogingen__lt=MEESTE_POGINGEN) if alleen else ()
        return sum(_verstuur(bericht) for bericht in wachtend)


def _verstuur(bericht: Bericht) -> bool:
    """Counted before it goes: a worker killed in between sends it once more, and not for ever."""
    bericht.pogingen += 1
    bericht.save(update_fields=["pogingen"])
    tekst = bericht.tekst if bericht.link is None else _met_link(bericht.tekst, bericht.link)
    try:
        if tekst:
            send_mail(zichtbaar(bericht.onderwerp), zichtbaar(tekst), None, [bericht.aan])
        bericht.verzonden_op, bericht.fout = timezone.now(), "" if tekst else "de link was al vervallen"
    except (OSError, ValueError) as fout:  # of the server and the network, or of an address that is none
        bericht.fout = f"{type(fout).__name__}: {fout}"[:300]
    bericht.save(update_fields=["verzonden_op", "fout"])
    return bool(bericht.verzonden_op and tekst)


def _met_link(tekst: str, link: Toegangslink) -> str:
    sleutel = geef_geheim(link)
    return tekst.replace(LINK, link_adres(sleutel)) if sleutel else ""


@transaction.atomic
def geef_geheim(link: Toegangslink) -> str:
    """A new secret for a link that still counts, which starts its 24 hours; nothing for one that no longer does."""
    levend = Toegangslink.objects.select_for_update().filter(pk=link.pk, gebruikt_op=None, vervallen_op=None).first()
    if levend is None:
        return ""
    sleutel = secrets.token_urlsafe(32)
    levend.zet_geheim(sleutel, timezone.now() + LINK_GELDT)
    return sleutel


def link_adres(sleutel: str) -> str:
    return settings.SITE_URL.rstrip("/") + reverse("toegang_link", args=[sleutel])
