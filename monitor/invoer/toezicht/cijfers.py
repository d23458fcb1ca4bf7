"""Keep watch over the figures: compute them once a night by another road, and raise an alarm where that differs."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from common.jobs import JobRun, job
from common.locks import Slot, sessieslot
from common.pagina.cache import een_stand
from monitor.invoer.toezicht.services import meld, werk_alarmen_bij
from monitor.models import Herberekenverzoek, Spooralarm
from monitor.rekenen.narekenen.selectors import NAREKENTAAK
from monitor.rekenen.narekenen.uitslag import Narekening, Rekenverschil
from monitor.rekenen.wachtrij import kalender_gedaan

_log = logging.getLogger("strategie.beveiliging")
VROEGST = 3  # the hour of the night, local time
MEESTE_BEWAARD = 1000
MEESTE_PLEKKEN = 5


def bewaak_cijfers(nu: datetime | None = None) -> None:
    """Once a day, after the night, the day's own recompute and what is being recomputed; what was not told yet is told
    again."""
    nu = timezone.localtime(nu)
    if nu.hour >= VROEGST and kalender_gedaan() and not (_is_nagerekend(nu) or _wordt_berekend()):
        reken_na(nu)
    meld(nu)


def _is_nagerekend(nu: datetime) -> bool:
    begin = nu.replace(hour=VROEGST, minute=0, second=0, microsecond=0)
    return JobRun.objects.filter(soort=NAREKENTAAK, afloop=JobRun.Afloop.GESLAAGD, begonnen_op__gte=begin).exists()


def _wordt_berekend() -> bool:
    return Herberekenverzoek.objects.filter(geparkeerd=False).exists()


def reken_na(nu: datetime) -> Narekening | None:
    """Everything, as of one moment; None when another is at it. Only a run that came to its end says "checked"."""
    # Here: a web process reads what came of it, and has no use for pandas.
    from monitor.rekenen.narekenen.vergelijken import reken_alles_na

    with sessieslot(Slot.NAREKENEN, 0) as alleen:
        if not alleen:
            return None
        with job(NAREKENTAAK) as run:
            with een_stand():
                uitslag = reken_alles_na(timezone.localdate(nu))
            run.gelezen = run.berekend = uitslag.rijen
            run.gewijzigd, run.omschrijving = len(uitslag.verschillen), uitslag.in_woorden
            run.fout = "\n".join(str(verschil) for verschil in uitslag.verschillen[:MEESTE_BEWAARD])
            werk_alarmen_bij(_zinnen(uitslag.verschillen), nu, over=Spooralarm.Over.CIJFERS)
    _log.info("Cijfers nagerekend, %d rijen: %s", uitslag.rijen, uitslag.in_woorden)
    return uitslag


def _zinnen(verschillen: Sequence[Rekenverschil]) -> list[str]:
    """One alarm per indicator that says where, and never a figure: who keeps watch may not read every one."""
    per_indicator: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for een in verschillen:
        per_indicator[een.indicator][een.waar].append(een.veld.replace("_", " "))
    return [_zin(plekken) for plekken in per_indicator.values()]


def _zin(plekken: dict[str, list[str]]) -> str:
    eerste = [f"{waar} ({', '.join(velden)})" for waar, velden in list(plekken.items())[:MEESTE_PLEKKEN]]
    meer = len(plekken) - len(eerste)
    return f"Nagerekend komt er iets anders uit: {'; '.join(eerste)}{f'; en nog {meer}' if meer else ''}."
