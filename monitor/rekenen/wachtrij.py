"""What must be recomputed: asked for in the transaction of the value itself, worked off by a worker or a sweep.

The row in PostgreSQL is the truth; the message on the queue only hurries. A queue that is gone, full or frozen
therefore costs time and never a figure. However many requests come, one worker is at it, in one run that goes on as
long as they keep coming, and no message is sent while another will do.
"""

import logging
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from celery import current_app
from celery.exceptions import OperationalError
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from redis import RedisError

from common.hartslag import klop
from common.jobs import GEDULD, JobRun, job, stuur
from common.locks import Slot, is_bezet, probeer_slot, sessieslot
from monitor.models import Herberekenverzoek
from monitor.rekenen import herberekenen
from monitor.rekenen.herberekenen import Herberekening

_log = logging.getLogger(__name__)

HERBEREKENTAAK = "monitor.rekenen.tasks.herbereken_wachtrij"
_SOORT, KALENDER = "herberekening", "kalender"
_MAX_POGINGEN = 3
VEEL = 12  # onderdelen of one indicator; beyond that the whole indicator is the quicker road

RUST = 3.0  # seconds without a request after which a run is over
KIJK = 0.5  # seconds between two looks at the requests of one run
LANGST = 60.0  # seconds that one worker stays at it while requests keep coming; the sweep goes on from there
TE_LANG = timedelta(seconds=20)  # that a request waits for who works off the others
_VAN_DE_WACHTRIJ = ("celery*", "unacked*", "_kombu*")  # messages, those under way, and results

Verzoek = tuple[int, int | None, int | None]  # indicator, onderdeel (None: all), from which year (None: all)


def vraag_herberekeningen(verzoeken: Iterable[Verzoek]) -> None:
    """Ask for many at once; the queue is hurried one time, after the transaction is safely written."""
    rijen = [Herberekenverzoek(indicator_id=i, onderdeel_id=o, vanaf_jaar=j) for i, o, j in verzoeken]
    if not rijen:
        return
    Herberekenverzoek.objects.bulk_create(rijen, batch_size=2000)
    if not any(functie is _haast_zo_nodig for _, functie, *_ in connection.run_on_commit):
        transaction.on_commit(_haast_zo_nodig)


def _haast_zo_nodig() -> None:
    """Not when a worker is at it, or when another request waits: of that one the message is under way, or lost.

    Whoever is at it looks again after letting go, so that it cannot miss what was written before we found it at work.
    """
    try:
        onderweg = is_bezet(Slot.WACHTRIJ) or _wacht_langer(timedelta(seconds=1))
    except Exception as fout:  # the value is saved: nothing here may say otherwise
        _log.warning("Niet te zien of er al herberekend wordt: %s", fout)
        onderweg = False
    if not onderweg:
        haast()


def _wacht_langer(dan: timedelta) -> bool:
    """Whether a request that did not fail yet waits longer than this."""
    wacht = Herberekenverzoek.objects.filter(geparkeerd=False, pogingen=0)
    return wacht.filter(aangemaakt_op__lt=timezone.now() - dan).exists()


def haast() -> None:
    """Tell a worker that there is work; the sweep finds the request where that does not come through."""
    stuur(HERBEREKENTAAK)


class WachtrijWeg(Exception):
    """The queue cannot be reached; one Dutch line."""


def leeg_wachtrij() -> int:
    """Forget every message and result, for a database that was put back; gives how many keys were dropped.

    What had to be done is in the database. Other keys on the same server are left alone.
    """
    try:
        with current_app.connection_for_write(connect_timeout=GEDULD) as verbinding:
            client = verbinding.default_channel.client
            sleutels = [sleutel for patroon in _VAN_DE_WACHTRIJ for sleutel in client.scan_iter(patroon)]
            return int(client.delete(*sleutels)) if sleutels else 0
    except (OperationalError, RedisError) as fout:
        raise WachtrijWeg(f"De wachtrij is niet bereikbaar en kan niet worden geleegd: {fout}") from None


def houd_bij(meld: Callable[[Herberekening], object]) -> None:
    """Work off every open request, and what comes until it has been quiet for a while, as one run of one worker.

    ``meld`` is told what changed: at once after the first round, so that one approval is shown at once, and of all that
    followed at the end. Another worker leaves it to the one at work, unless a request waits long: it may be frozen.
    """
    met_rust: set[int] = set()
    eind = time.monotonic() + LANGST
    while time.monotonic() < eind and _open_indicatoren(met_rust):
        with sessieslot(Slot.WACHTRIJ, 0) as alleen:
            if not (alleen or _wacht_langer(TE_LANG)):
                return
            _blijf_erbij(met_rust, meld, eind)


def _blijf_erbij(met_rust: set[int], meld: Callable[[Herberekening], object], eind: float) -> None:
    with job(_SOORT, "wachtrij") as run:
        meld(_doe_ronde(run, met_rust))
        daarna, laatste = Herberekening(), time.monotonic()
        while time.monotonic() < min(laatste + RUST, eind):
            time.sleep(KIJK)
            if _open_indicatoren(met_rust):
                daarna += _doe_ronde(run, met_rust)
                laatste = time.monotonic()
        meld(daarna)


def werk_wachtrij_af(*, vandaag: date | None = None) -> Herberekening:
    """Work off every open request, indicator by indicator; shown as one JobRun when there is any.

    An indicator that another worker holds is left to that worker: it looks again when it is done, so a request
    that was written before we found the lock taken cannot be missed.
    """
    if not _open_indicatoren(set()):
        return Herberekening()
    with job(_SOORT, "wachtrij") as run:
        return _doe_ronde(run, set(), vandaag)


def _doe_ronde(run: JobRun, met_rust: set[int], vandaag: date | None = None) -> Herberekening:
    """What is open and what comes meanwhile, until nothing is; ``met_rust`` grows with what cannot be done now."""
    uitkomst = Herberekening()
    while over := _open_indicatoren(met_rust):
        for indicator in over:
            gedaan = _werk_indicator_af(indicator, vandaag)
            met_rust |= set() if gedaan.alles else {indicator}
            uitkomst += gedaan.uitkomst
            klop("worker")
    run.gelezen, run.berekend = run.gelezen + uitkomst.gelezen, run.berekend + uitkomst.berekend
    run.gewijzigd, run.geeindigd_op = run.gewijzigd + uitkomst.gewijzigd, timezone.now()
    return uitkomst


def _open_indicatoren(met_rust: set[int]) -> list[int]:
    """Indicators with open requests, the longest waiting first."""
    vraag = Herberekenverzoek.objects.filter(geparkeerd=False).exclude(indicator_id__in=met_rust)
    return list(dict.fromkeys(vraag.order_by("id").values_list("indicator_id", flat=True)))


@dataclass
class Gedaan:
    """What became of the requests of one indicator; ``alles`` False: leave it alone for the rest of this run."""

    uitkomst: Herberekening
    alles: bool


def _werk_indicator_af(indicator: int, vandaag: date | None, alleen: int | None = None) -> Gedaan:
    """All requests of one indicator in one transaction; when that fails each by itself, to find the bad one."""
    ids: list[int] = []
    try:
        with transaction.atomic():
            verzoeken = _neem(indicator, alleen)
            ids = [verzoek.pk for verzoek in verzoeken]
            uitkomst = _bereken(indicator, verzoeken, vandaag)
            Herberekenverzoek.objects.filter(pk__in=ids).delete()
    except Exception:
        if len(ids) > 1:
            return _een_voor_een(indicator, ids, vandaag)
        _log.exception("De herberekening van indicator %s is mislukt", indicator)
        _noteer_fout(ids, traceback.format_exc())
        return Gedaan(Herberekening(), alles=False)
    return Gedaan(uitkomst, alles=bool(ids))


def _een_voor_een(indicator: int, ids: Sequence[int], vandaag: date | None) -> Gedaan:
    samen = Gedaan(Herberekening(), alles=True)
    for pk in ids:
        gedaan = _werk_indicator_af(indicator, vandaag, alleen=pk)
        samen.uitkomst += gedaan.uitkomst
        samen.alles &= gedaan.alles
    return samen


def _neem(indicator: int, alleen: int | None) -> list[Herberekenverzoek]:
    """The open requests of an indicator, ours until the transaction ends; none when another worker has it."""
    if not probeer_slot(Slot.HERBEREKENING, indicator):
        return []
    vraag = Herberekenverzoek.objects.filter(indicator_id=indicator, geparkeerd=False)
    vraag = vraag.filter(pk=alleen) if alleen else vraag
    return list(vraag.select_for_update(skip_locked=True, of=("self",)).order_by("id"))


def _bereken(indicator: int, verzoeken: Sequence[Herberekenverzoek], vandaag: date | None) -> Herberekening:
    """A few onderdelen one by one, many or "all" as a whole; each onderdeel once, from its earliest year."""
    vanaf: dict[int, int] = {}
    for verzoek in verzoeken:
        if verzoek.onderdeel_id is None or verzoek.vanaf_jaar is None:
            return herberekenen.herbereken([indicator], vandaag=vandaag)
        vanaf[verzoek.onderdeel_id] = min(verzoek.vanaf_jaar, vanaf.get(verzoek.onderdeel_id, verzoek.vanaf_jaar))
    if len(vanaf) > VEEL:
        return herberekenen.herbereken([indicator], vandaag=vandaag)
    uitkomst = Herberekening()
    for onderdeel, jaar in vanaf.items():
        uitkomst += herberekenen.werk_bij(indicator, onderdeel, jaar, vandaag=vandaag)
    return uitkomst


def _noteer_fout(ids: Sequence[int], fout: str) -> None:
    """One attempt more on the record; after the third a request is parked, where a person sees it."""
    Herberekenverzoek.objects.filter(pk__in=ids).update(
        pogingen=F("pogingen") + 1, fout=fout, geparkeerd=Q(pogingen__gte=_MAX_POGINGEN - 1)
    )


def kalender_gedaan() -> bool:
    """Whether the daily run of today succeeded; it may be asked for as often as one likes."""
    vandaag = {"begonnen_op__date": timezone.localdate(), "afloop": JobRun.Afloop.GESLAAGD}
    return JobRun.objects.filter(soort=_SOORT, omschrijving=KALENDER, **vandaag).exists()


def herbereken_vandaag(*, vandaag: date | None = None) -> Herberekening:
    """Everything, with today's date: writes what changes because a day passed on which values were due."""
    with job(_SOORT, KALENDER) as run:
        uitkomst = herberekenen.herbereken(vandaag=vandaag)
        run.gelezen, run.berekend, run.gewijzigd = uitkomst.gelezen, uitkomst.berekend, uitkomst.gewijzigd
    return uitkomst
