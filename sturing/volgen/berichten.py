"""What changed of what a person follows, by mail: as often as they chose for what waits, and only when it changed.

A message tells whole days: those after the last day that was told, up to the day before it goes. That day is noted once
the message went, or when there was nothing to tell. So a mail server that is away loses nothing and doubles nothing; a
worker killed between sending and noting sends the same message once more, under the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User, lees_werkenden
from common.jobs import job
from common.locks import Slot, sessieslot
from monitor.dashboards.overzicht.sinds import lees_sinds
from monitor.invoer.werklijst.herinneren import GEEN_ADRES, NietVerzonden, mag_weer, verstuur
from monitor.invoer.werklijst.herinnermoment import VANAF_UUR, hoort_vanaf
from sturing.lezen.vergadering import Tijdvak
from sturing.lezen.volgingen import Gevolgd, lees_gevolgd, onderdelen_van, sinds_gevolgd, verdeel
from sturing.models import Volging, Volgstand

MEESTE_PER_DING = 8
_TAAK = "volgberichten"
_RONDE = 1  # second key of the lock; the reminders have 0


@dataclass(frozen=True, slots=True)
class Volgnieuws:
    """What one person is to be told of the days of ``vak``."""

    persoon: User
    stand: Volgstand
    vak: Tijdvak
    gevolgd: Sequence[Gevolgd]


def stuur_volgberichten(nu: datetime | None = None) -> int:
    """Tell who is to hear by now; gives the number of messages sent."""
    nu = timezone.localtime(nu)
    if nu.hour < VANAF_UUR:
        return 0
    with sessieslot(Slot.HERINNERING, _RONDE) as alleen:
        return _doe_ronde(nu) if alleen else 0


def _doe_ronde(nu: datetime) -> int:
    nieuws = [een for een in (_bekijk(*volger, nu) for volger in _volgers(nu.date())) if een]
    if not nieuws:
        return 0
    with job(_TAAK, "wat mensen volgen") as run:
        fouten = {str(een.persoon): _stuur(een, nu) for een in nieuws}
        run.gelezen, run.gewijzigd = len(fouten), sum(not fout for fout in fouten.values())
        if mislukt := [f"{wie}: {fout}" for wie, fout in fouten.items() if fout not in ("", GEEN_ADRES)]:
            raise NietVerzonden("; ".join(mislukt))
        return run.gewijzigd


def _volgers(dag: date) -> list[tuple[User, Volgstand]]:
    """Who works and follows anything, with how far they were told; two queries and one for the roles."""
    wie = set(Volging.objects.values_list("user", flat=True))
    standen = {stand.user_id: stand for stand in Volgstand.objects.filter(user__in=wie)}
    personen = lees_werkenden(dag, wie) if wie else []
    return [(persoon, standen.get(persoon.pk) or Volgstand(user=persoon)) for persoon in personen]


def _bekijk(persoon: User, stand: Volgstand, nu: datetime) -> Volgnieuws | None:
    """None where it is not time, where it did not change, or where a message may not be tried again yet."""
    moment = hoort_vanaf(persoon.herinnering, nu)
    gisteren = nu.date() - timedelta(days=1)
    tot = moment.date() - timedelta(days=1) if moment else gisteren
    van = stand.verteld_tot
    # What is never told is not kept for later; nor what a clock told that has been put back since.
    if moment is None or van is None or van > gisteren:
        _noteer(stand, tot)
        return None
    if van >= tot or not mag_weer(stand, persoon, nu):
        return None
    nieuws = Volgnieuws(persoon, stand, Tijdvak(van, tot, nu.date()), _lees(persoon, Tijdvak(van, tot, nu.date())))
    if nieuws.gevolgd:
        return nieuws
    _noteer(stand, tot)
    return None


def _lees(persoon: User, vak: Tijdvak) -> list[Gevolgd]:
    """What changed, by the rights of today."""
    gevolgd = lees_gevolgd(persoon)
    regels = lees_sinds(persoon, vak, onderdelen_van(gevolgd)).regels if gevolgd else []
    return [een for een in map(sinds_gevolgd, verdeel(gevolgd, regels)) if een.regels]


def _noteer(stand: Volgstand, tot: date) -> None:
    if stand.verteld_tot != tot or stand.fout:
        stand.verteld_tot, stand.pogingen, stand.fout = tot, 0, ""
        stand.save()


def _stuur(nieuws: Volgnieuws, nu: datetime) -> str:
    """Try, and note how it went. Gives why it was not sent, nothing when it was."""
    stand, adres = nieuws.stand, nieuws.persoon.email
    fout = verstuur(*build_volgbericht(nieuws), adres, _merk(nieuws)) if adres else GEEN_ADRES
    stand.geprobeerd_op = nu
    if fout:
        stand.pogingen, stand.fout = stand.pogingen + 1, fout
        stand.save()
    else:
        _noteer(stand, nieuws.vak.tot)
    return fout


def _merk(nieuws: Volgnieuws) -> str:
    """The same for the same message."""
    dagen = f"{nieuws.vak.van:%Y%m%d}-{nieuws.vak.tot:%Y%m%d}"
    return f"<volgen-{nieuws.persoon.pk}-{dagen}@{urlsplit(settings.SITE_URL).hostname or 'strategiemonitor'}>"


def build_volgbericht(nieuws: Volgnieuws) -> tuple[str, str]:
    """Subject and text. It holds no figure and no text that people wrote but names, and its links log nobody in."""
    hoeveel = len({regel.in_bericht for een in nieuws.gevolgd for regel in een.regels})
    context: Mapping[str, object] = {
        "naam": str(nieuws.persoon),
        "vak": nieuws.vak,
        "delen": [(een, een.regels[:MEESTE_PER_DING], len(een.regels[MEESTE_PER_DING:])) for een in nieuws.gevolgd],
        "site": settings.SITE_URL.rstrip("/"),
    }
    tekst = render_to_string("sturing/volgen/bericht.txt", dict(context))
    wat = "1 wijziging" if hoeveel == 1 else f"{hoeveel} wijzigingen"
    return f"Strategiemonitor: {wat} in wat u volgt", tekst.strip() + "\n"
