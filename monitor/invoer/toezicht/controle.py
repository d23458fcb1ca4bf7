"""The whole check of the trail: is the chain whole, are the noted heads in it, does everything follow from it."""

from dataclasses import dataclass

from common.spoor.keten import Ketenfout, Kop, lees_kop, vind_ketenfouten
from common.spoor.koppen import vind_kopfouten
from monitor.invoer.toezicht.waarden import vind_afwijkingen


@dataclass(frozen=True, slots=True)
class Uitslag:
    """The head that was checked, and every fault in a sentence that names its object; never a figure."""

    kop: Kop | None
    fouten: tuple[str, ...]


def controleer(*, met_koppen: bool = True) -> Uitslag:
    """Of a copy ``met_koppen`` is False: what was noted after it was made is not in it.

    Each part reads in one query of one moment, so that whoever works meanwhile is not taken for a forger.
    """
    keten = [_in_woorden(fout) for fout in vind_ketenfouten()]
    afwijkingen = [afwijking.in_woorden for afwijking in vind_afwijkingen()]
    koppen = vind_kopfouten() if met_koppen else []
    return Uitslag(lees_kop(), (*koppen, *keten, *afwijkingen))


def _in_woorden(fout: Ketenfout) -> str:
    wat = f"Gebeurtenis nr {fout.nummer}" if fout.nummer else f"Gebeurtenis {fout.gebeurtenis}"
    waarover = f" over {fout.soort} {fout.sleutel} ({fout.naam})" if fout.soort else ""
    return f"{wat}{waarover} {fout.wat}."
