"""Keep watch over the trail: note its head every hour, check it once a day, and tell the beheerders what is wrong."""

import logging
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Rolvervulling, User
from accounts.rollen import ROLLEN, Recht
from common.jobs import JobRun, job
from common.locks import Slot, sessieslot
from common.spoor.koppen import noteer_kop
from common.tekst.tekens import hoofdletter
from monitor.invoer.toezicht.controle import Uitslag, controleer
from monitor.invoer.werklijst.herinneren import verstuur
from monitor.models import Spooralarm

_log = logging.getLogger("strategie.beveiliging")
TAAK = "controle van het spoor"
MEESTE_IN_BERICHT = 20


def bewaak(nu: datetime | None = None) -> None:
    """What is done every hour: a machine that is off at night checks when it is on. One worker at a time."""
    nu = timezone.localtime(nu)
    with sessieslot(Slot.SPOOR, 1) as alleen:
        if alleen:
            noteer_kop("elk uur")
            if not _is_gecontroleerd(nu):
                doe_controle(nu)
            meld(nu)


def _is_gecontroleerd(nu: datetime) -> bool:
    begin = nu.replace(hour=0, minute=0, second=0, microsecond=0)
    return JobRun.objects.filter(soort=TAAK, afloop=JobRun.Afloop.GESLAAGD, begonnen_op__gte=begin).exists()


def doe_controle(nu: datetime) -> Uitslag:
    """Check, and keep what was found as alarms."""
    with job(TAAK) as run:
        uitslag = controleer()
        werk_alarmen_bij(uitslag.fouten, nu)
        run.gelezen, run.gewijzigd = (uitslag.kop.nummer if uitslag.kop else 0), len(uitslag.fouten)
        run.omschrijving = f"kop {uitslag.kop}" if uitslag.kop else "nog geen gebeurtenissen"
    _log.info("Spoor gecontroleerd tot %s: %d fouten", uitslag.kop, len(uitslag.fouten))
    return uitslag


@transaction.atomic
def werk_alarmen_bij(fouten: Collection[str], nu: datetime, *, over: Spooralarm.Over = Spooralarm.Over.SPOOR) -> None:
    """A fault that is new becomes an alarm; of one that is no longer found the alarm ends, and stays to be read."""
    open_ = Spooralarm.objects.filter(hersteld_op=None, over=over)
    open_.exclude(tekst__in=fouten).update(hersteld_op=nu, gemeld_op=None)
    bekend = set(open_.values_list("tekst", flat=True))
    nieuw = [fout for fout in dict.fromkeys(fouten) if fout not in bekend]
    Spooralarm.objects.bulk_create(Spooralarm(over=over, tekst=fout, gevonden_op=nu) for fout in nieuw)
    for fout in nieuw:
        _log.error("%s: %s", hoofdletter(_BERICHTEN[over].onderwerp), fout)


def meld(nu: datetime) -> int:
    """One message to every beheerder about what they were not told yet; tried again every hour until it went."""
    wacht = list(Spooralarm.objects.filter(gemeld_op=None))
    per_soort = [[alarm for alarm in wacht if alarm.over == over] for over in Spooralarm.Over]
    return sum(_meld(alarmen, nu) for alarmen in per_soort if alarmen)


def _meld(alarmen: Collection[Spooralarm], nu: datetime) -> int:
    adressen = [persoon.email for persoon in beheerders(nu) if persoon.email]
    fouten = [fout for adres in adressen if (fout := verstuur(*_bericht(alarmen), adres))]
    if fouten:
        _log.error("Alarm niet verzonden: %s", "; ".join(fouten))
    elif adressen:
        Spooralarm.objects.filter(pk__in=[alarm.pk for alarm in alarmen]).update(gemeld_op=nu)
    return len(adressen) - len(fouten)


def beheerders(nu: datetime) -> list[User]:
    """Who may keep watch today."""
    rollen = [code for code, rol in ROLLEN.items() if Recht.SPOOR_BEWAKEN in rol.rechten]
    geldig = Rolvervulling.objects.all().geldig_op(timezone.localdate(nu)).filter(rol__in=rollen)
    return list(User.objects.filter(is_active=True, rolvervullingen__in=geldig).distinct())


class _Bericht(NamedTuple):
    onderwerp: str
    uitleg: str
    waar: str


_BERICHTEN: Mapping[str, _Bericht] = {
    Spooralarm.Over.SPOOR: _Bericht(
        "het spoor klopt niet",
        "De dagelijkse controle vond gegevens die niet volgen uit het spoor van wie wat wanneer deed.",
        "spoor",
    ),
    Spooralarm.Over.CIJFERS: _Bericht(
        "nagerekende cijfers wijken af",
        "De cijfers zijn langs een andere weg nagerekend, en er kwam iets anders uit dan er op de pagina's staat.",
        "taken",
    ),
}


def _bericht(alarmen: Collection[Spooralarm]) -> tuple[str, str]:
    """About alarms of one kind."""
    bericht = _BERICHTEN[next(iter(alarmen)).over]
    nieuw = [alarm.tekst for alarm in alarmen if alarm.hersteld_op is None]
    weg = [f"Niet meer gevonden: {alarm.tekst}" for alarm in alarmen if alarm.hersteld_op]
    regels = [*nieuw, *weg]
    meer = [f"En nog {len(regels) - MEESTE_IN_BERICHT}."] if len(regels) > MEESTE_IN_BERICHT else []
    waar = f"{settings.SITE_URL.rstrip('/')}{reverse(bericht.waar)}"
    tekst = "\n\n".join([bericht.uitleg, *regels[:MEESTE_IN_BERICHT], *meer, f"Wat u nu doet, staat op {waar}"])
    return f"Strategiemonitor: {bericht.onderwerp}", f"{tekst}\n"
