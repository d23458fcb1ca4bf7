"""Verdicts as they were known on a day: the same rules on the versions approved by then; nothing is stored.

For some indicators and onderdelen: what lies below these is read and rolled up anew.
"""

from collections.abc import Collection, Sequence
from datetime import date

import numpy as np
from django.conf import settings

from common.pagina.peildatum import einde_van
from monitor.models import Doelbereik, Doelstelling
from monitor.rekenen import lezen
from monitor.rekenen.regels.beoordelen import KOLOMSOORTEN, bereken
from monitor.rekenen.regels.feiten import Onderdeelfeit, Rekenfeiten
from monitor.rekenen.regels.oordeelrij import Oordeelrij, als_records


def zoals_bekend_op(
    peildatum: date, indicatoren: Sequence[int], onderdelen: Collection[int], *, vanaf_jaar: int | None = None
) -> list[Oordeelrij]:
    """The records of these indicators and onderdelen as known at the end of the day ``peildatum``.

    They are in the order of the key; ``doelstelling_id`` names the target version that held then. A fixed number of
    queries, whatever the number of indicators and onderdelen.
    """
    if not indicatoren:
        return []
    alle = lezen.lees_onderdelen()
    binnen = omgeving(alle, onderdelen)
    moment = einde_van(peildatum)
    feiten = Rekenfeiten(
        lezen.lees_indicatoren(indicatoren),
        [onderdeel for onderdeel in alle if onderdeel.id in binnen],
        lezen.lees_doelen(indicatoren, moment),
        lezen.lees_metingen_op(moment, indicatoren, binnen),
        peildatum,
        settings.INLEVERTERMIJN_DAGEN,
        lezen.lees_planjaren(indicatoren, moment),
    )
    rijen = bereken(feiten, vanaf_jaar)
    return als_records(rijen.kies(np.isin(rijen.onderdeel_id, list(onderdelen))))


def doelbereik_op(
    peildatum: date, indicatoren: Sequence[int], onderdelen: Collection[int], *, vanaf_jaar: int | None = None
) -> list[Doelbereik]:
    """The same records as rows of Doelbereik with their target, for what shows stored rows. Never to be saved."""
    rijen = [
        Doelbereik(**{kolom: getattr(rij, kolom) for kolom in KOLOMSOORTEN})
        for rij in zoals_bekend_op(peildatum, indicatoren, onderdelen, vanaf_jaar=vanaf_jaar)
    ]
    gevraagd = {rij.doelstelling_id for rij in rijen if rij.doelstelling_id}
    doelen = Doelstelling.objects.select_related("vervangt").in_bulk(gevraagd)
    for rij in rijen:
        rij.doelstelling = doelen.get(rij.doelstelling_id)
    return rijen


def omgeving(alle: Sequence[Onderdeelfeit], onderdelen: Collection[int]) -> set[int]:
    """The onderdelen themselves, everything below them and everything above them (whose norms hold for them)."""
    ouder = {onderdeel.id: onderdeel.ouder for onderdeel in alle}
    gevraagd = set(onderdelen)
    lijnen = {onderdeel.id: _naar_boven(onderdeel.id, ouder) for onderdeel in alle}
    erboven = {boven for onderdeel in gevraagd for boven in lijnen.get(onderdeel, ())}
    return erboven | {onderdeel for onderdeel, lijn in lijnen.items() if gevraagd & set(lijn)}


def _naar_boven(onderdeel: int, ouder: dict[int, int | None]) -> list[int]:
    """The onderdeel and everything above it."""
    lijn: list[int] = []
    huidig: int | None = onderdeel
    while huidig is not None and huidig not in lijn:
        lijn.append(huidig)
        huidig = ouder.get(huidig)
    return lijn
