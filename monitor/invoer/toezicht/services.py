"""Keep watch over the trail: note its head every hour, check it once a day, and tell the beheerders what is wrong."""

import logging
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Rolvervulling, User
from accounts.rollen import ROLLEN, Recht
from common.jobs import JobRun, job
from common.locks import Slot, sessieslot
from common.spoor.koppen import noteer_kop
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
def werk_alarmen_bij(fouten: Collection[str], nu: datetime) -> None:
    """A fault that is new becomes an alarm; of one that is no longer found the alarm ends, and stays to be read."""
    open_ = Spooralarm.objects.filter(hersteld_op=None)
    open_.exclude(tekst__in=fouten).update(hersteld_op=nu, gemeld_op=None)
    bekend = set(open_.values_list("tekst", flat=True))
    nieuw = [fout for fout in dict.fromkeys(fouten) if fout not in bekend]
    Spooralarm.objects.bulk_create(Spooralarm(tekst=fout, gevonden_op=nu) for fout in nieuw)
    for fout in nieuw:
        _log.error("Het spoor klopt niet: %s", fout)


def meld(nu: datetime) -> int:
    """One message to every beheerder about what they were not told yet; tried again every hour until it went."""
    alarmen = list(Spooralarm.objects.filter(gemeld_op=None))
    adressen = [persoon.email for persoon in beheerders(nu) if persoon.email] if alarmen else []
    fouten = [fout for adres in adressen if (fout := verstuur(*_bericht(alarmen), adres))]
    if fouten:
        _log.error("Alarm over het spoor niet verzonden: %s", "; ".join(fouten))
    elif adressen:
        Spooralarm.objects.filter(pk__in=[alarm.pk for alarm in alarmen]).update(gemeld_op=nu)
    return len(adressen) - len(fouten)


def beheerders(nu: datetime) -> list[User]:
    """Who may keep watch today."""
    rollen = [code for code, rol in ROLLEN.items() if Recht.SPOOR_BEWAKEN in rol.rechten]
    geldig = Rolvervulling.objects.all().geldig_op(timezone.localdate(nu)).filter(rol__in=rollen)
    return list(User.objects.filter(is_active=True, rolvervullingen__in=geldig).distinct())


def _bericht(alarmen: Collection[Spooralarm]) -> tuple[str, str]:
    nieuw = [alarm.tekst for alarm in alarmen if alarm.hersteld_op is None]
    weg = [f"Niet meer gevonden: {alarm.tekst}" for alarm in alarmen if alarm.hersteld_op]
    regels = [*nieuw, *weg]
    meer = [f"En nog {len(regels) - MEESTE_IN_BERICHT}."] if len(regels) > MEESTE_IN_BERICHT else []
    waar = f"{settings.SITE_URL.rstrip('/')}{reverse('spoor')}"
    uitleg = "De dagelijkse controle vond gegevens die niet volgen uit het spoor van wie wat wanneer deed."
    tekst = "\n\n".join([uitleg, *regels[:MEESTE_IN_BERICHT], *meer, f"Wat u nu doet, staat op {waar}"])
    return "Strategiemonitor: het spoor klopt niet", f"{tekst}\n"
