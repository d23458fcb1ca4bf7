"""Have a worker lay the figures: it loads pandas, a web process does not.

Question and answer are both plain data. The question holds the rows themselves, as this reader may see them, and is
called by its content: whoever asks the same about the same rows gets what was made before, and nothing else can be
asked for by it. Nothing depends on the answer: without it the page shows the rows.
"""

import json
import logging
import time
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from celery import current_app, states

from common.grafiek.beeld import TEKENVERSIE
from common.grafiek.tijdlijn import Voorval
from common.hartslag import get_achtergrond
from common.tekst.cijfers import Maat
from monitor.dashboards.oordeel.uiterlijk import get_woord
from monitor.dashboards.verkennen.reeksen import Reeksrij
from monitor.dashboards.verkennen.uitkomst import Legopdracht, Uitkomst
from monitor.dashboards.verkennen.vraag import Verkenvraag
from monitor.models import Indicator, Stand

LEGTAAK = "monitor.dashboards.verkennen.tasks.leg"
VORMVERSIE = 5
"""Part of what a question is called by: raise it when the laying changes."""
WACHT_OP_BEELD, KORT, TUSSENPOOS, GELDIG = 2.0, 0.3, 0.04, 15
"""Seconds a page waits, one that asks again, between two looks, and after which what nobody took is asked no more."""
ZONDER_KWARTAAL = "geen kwartaalcijfer"
_log = logging.getLogger(__name__)


def build_opdracht(
    vraag: Verkenvraag,
    rijen: Sequence[Reeksrij],
    indicatoren: Sequence[Indicator],
    plekken: Mapping[str, str],
    gebeurd: Mapping[str, Mapping[str, Sequence[Voorval]]] | None = None,
) -> Legopdracht:
    """``plekken`` are the names of the chosen onderdelen in their order; of ``rijen`` none is left out.

    ``gebeurd`` are per indicator and that name the events of which a picture speaks.
    """
    vanaf, tot = min(r.kwartaal for r in rijen), max(r.kwartaal for r in rijen)
    return {
        "opzet": str(vraag.opzet),
        "per": str(vraag.per),
        "vanaf": vanaf.index,
        "tot": tot.index,
        "indicatoren": {i.code: _maat(i, i.naam, i.aggregatie == Indicator.Aggregatie.SOM) for i in indicatoren},
        "onderdelen": dict(plekken),
        "rijen": [_cellen(rij) for rij in rijen],
        "gebeurd": {
            code: {naam: [_gebeurtenis(v) for v in wat] for naam, wat in per.items() if wat}
            for code, per in (gebeurd or {}).items()
        },
    }


def _gebeurtenis(v: Voorval) -> list[str | None]:
    return [v.datum.isoformat(), v.titel, v.soort, v.tot.isoformat() if v.tot else None]


def _maat(maat: Maat, naam: str, telt_op: bool) -> dict[str, Any]:
    return {
        "naam": naam,
        "eenheid": maat.eenheid,
        "enkelvoud": maat.eenheid_enkelvoud,
        "decimalen": maat.decimalen,
        "telt_op": telt_op,
    }


def _cellen(rij: Reeksrij) -> list[Any]:
    getallen = [None if g is None else str(g) for g in (rij.waarde, rij.cumulatief, rij.streefwaarde)]
    ontbreekt = ZONDER_KWARTAAL if rij.stand == Stand.GELEVERD else Stand(rij.stand).label.lower()
    return [
        rij.indicator,
        rij.onderdeel,
        rij.kwartaal.index,
        *getallen,
        get_woord(rij.oordeel),
        bool(rij.voorlopig),
        ontbreekt,
    ]


def vraag_uitkomst(opdracht: Legopdracht, *, opnieuw: bool = False) -> Uitkomst | None:
    """What a worker made of it; None when it is not there in time, or cannot be made."""
    if "worker" in get_achtergrond().stil:
        return None
    naam = _naam(opdracht)
    try:
        return _lees(naam) or _vraag(naam, opdracht, KORT if opnieuw else WACHT_OP_BEELD)
    except Exception as fout:  # whatever stands between us and the worker, the page has its rows
        _log.warning("De worker is niet bereikbaar, de grafiek blijft weg: %s", fout)
        return None


def _naam(opdracht: Legopdracht) -> str:
    inhoud = json.dumps([VORMVERSIE, TEKENVERSIE, opdracht], sort_keys=True)
    return f"verkennen-{sha256(inhoud.encode()).hexdigest()}"


def _vraag(naam: str, opdracht: Legopdracht, seconden: float) -> Uitkomst | None:
    current_app.send_task(LEGTAAK, args=[opdracht], task_id=naam, expires=GELDIG, retry=False)
    eind = time.monotonic() + seconden
    while time.monotonic() < eind:
        if gevonden := _lees(naam):
            return gevonden
        time.sleep(TUSSENPOOS)
    return None


def _lees(naam: str) -> Uitkomst | None:
    antwoord = current_app.backend.get_task_meta(naam)
    return Uitkomst.van_gegevens(antwoord["result"]) if antwoord["status"] == states.SUCCESS else None
