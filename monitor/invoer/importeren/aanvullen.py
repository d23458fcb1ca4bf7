"""What a row of a file leaves unsaid: a column that is not there changes nothing, a row without a value says nothing.

A value that is there is never taken away by a file: a row that would empty it is asked back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monitor.invoer.importeren.soorten import Importsoort
from monitor.invoer.regels.validatie import Kader
from monitor.invoer.regels.waarneming import Fout, Invoerrij

Teksten = Mapping[str, str]
_NB = "nb"  # stands for all figures of a row, in whichever column
HAALT_NIET_WEG = "Hier is al iets ingevuld, en een bestand haalt niets weg. Vul {wat} in, of laat deze rij weg."


@dataclass(slots=True)
class Aangevuld:
    """The rows as a file with every column would have them; ``overgeslagen`` are the numbers of those without a value.

    ``leunt``: some row holds what was there when it was read.
    """

    rijen: list[Invoerrij] = field(default_factory=list)
    overgeslagen: list[int] = field(default_factory=list)
    fouten: list[Fout] = field(default_factory=list)
    leunt: bool = False


def maak_volledig(
    rijen: Sequence[Invoerrij],
    soort: Importsoort[Any, Any],
    kader: Kader,
    *,
    buiten: Collection[int],
    houd: Collection[int],
) -> Aangevuld:
    """Complete every row from what is there. Of a row ``buiten`` reach nothing is looked up.

    A row of ``houd`` has a fault already and is not passed over.
    """
    uit = Aangevuld()
    staand = _staand([rij for rij in rijen if rij.nummer not in buiten and _zwijgt(rij, soort)], soort, kader)
    for rij in rijen:
        teksten = staand.get(rij.nummer, {})
        vol = _aangevuld(rij, teksten, soort)
        uit.leunt |= vol is not rij
        if rij.nummer in houd:
            uit.rijen.append(vol)
        else:
            _deel_in(vol, teksten, soort, uit)
    return uit


def _zwijgt(rij: Invoerrij, soort: Importsoort[Any, Any]) -> bool:
    return not set(soort.celkolommen) <= rij.cellen.keys() or _is_leeg(rij, soort.waarden)


def _is_leeg(rij: Invoerrij, kolommen: Iterable[str]) -> bool:
    return not any(rij.cellen.get(kolom, "").strip() for kolom in kolommen)


def _staand(rijen: Iterable[Invoerrij], soort: Importsoort[Any, Any], kader: Kader) -> dict[int, Teksten]:
    """By row the texts of the version that is there, as someone would have typed them."""
    sleutels = {rij.nummer: sleutel for rij in rijen if (sleutel := soort.sleutel(rij, kader))}
    teksten = soort.staand(set(sleutels.values())) if sleutels else {}
    return {nummer: teksten[sleutel] for nummer, sleutel in sleutels.items() if sleutel in teksten}


def _aangevuld(rij: Invoerrij, staand: Teksten, soort: Importsoort[Any, Any]) -> Invoerrij:
    mist = [kolom for kolom in soort.celkolommen if kolom not in rij.cellen]
    if staand and _spreekt_tegen(rij, staand, soort):
        mist = [kolom for kolom in mist if kolom not in soort.cijfers]
    if not staand or not mist:
        return rij
    gehouden = {kolom: staand.get(kolom, "") for kolom in mist}
    if _is_nb(staand, soort):
        gehouden |= {kolom: _NB for kolom in mist if kolom in soort.waarden}
    return Invoerrij(rij.nummer, {**gehouden, **rij.cellen})


def _spreekt_tegen(rij: Invoerrij, staand: Teksten, soort: Importsoort[Any, Any]) -> bool:
    """Whether of the figures in the row and those that are there one is nb and the other a number."""
    gegeven = {tekst for kolom in soort.cijfers if (tekst := rij.cellen.get(kolom, "").strip().lower())}
    return bool(gegeven) and (_NB in gegeven) != _is_nb(staand, soort)


def _is_nb(staand: Teksten, soort: Importsoort[Any, Any]) -> bool:
    return any(staand.get(kolom) == _NB for kolom in soort.cijfers)


def _deel_in(rij: Invoerrij, staand: Teksten, soort: Importsoort[Any, Any], uit: Aangevuld) -> None:
    if not _is_leeg(rij, soort.waarden):
        uit.rijen.append(rij)
    elif staand:
        kolom = next((kolom for kolom in soort.waarden if staand.get(kolom)), soort.waarden[0])
        uit.fouten.append(Fout(rij.nummer, kolom, HAALT_NIET_WEG.format(wat=soort.wat)))
    elif _is_leeg(rij, (kolom for kolom in soort.celkolommen if kolom != "status")):
        uit.overgeslagen.append(rij.nummer)
    else:
        uit.rijen.append(rij)
