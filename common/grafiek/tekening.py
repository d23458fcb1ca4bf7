"""A chart as the template wants it: conclusion, drawing, the numbers as a table, and what it is found back by."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from common.grafiek.beeld import Beeld, merk
from common.grafiek.svg import GROOT, staal, teken, veilig
from common.grafiek.vel import Doek


@dataclass(frozen=True)
class Tekening:
    """``adres`` is where its data for the browser is, when that is not this page; ``legenda`` has looks and names."""

    id: str
    naam: str
    svg: SafeString
    merk: str = ""
    conclusie: str = ""
    koppen: Sequence[str] = ()
    rijen: Sequence[Sequence[str]] = ()
    uitleg: str = ""
    adres: str = ""
    onderschrift: str = ""
    legenda: Sequence[tuple[SafeString, str]] = ()
    noten: Sequence[str] = ()

    @property
    def leeg(self) -> bool:
        return not self.svg


def maak(beeld: Beeld, *, id: str, adres: str = "", doek: Doek = GROOT, svg: str | None = None) -> Tekening:
    """``svg`` is the drawing where it is stored; it must be of this very chart."""
    return Tekening(
        id=id,
        naam=beeld.naam,
        svg=veilig(teken(beeld, doek) if svg is None else svg),
        merk=merk(beeld),
        conclusie=beeld.titel,
        koppen=beeld.koppen,
        rijen=beeld.rijen,
        uitleg=beeld.uitleg,
        adres=adres,
        onderschrift=beeld.onderschrift,
        legenda=_legenda(beeld),
        noten=beeld.noten,
    )


def _legenda(beeld: Beeld) -> list[tuple[SafeString, str]]:
    """Of each name once how it looks; a single one needs no legend."""
    eerste = {spoor.naam: spoor for spoor in reversed(beeld.sporen) if spoor.naam}
    namen = dict.fromkeys(spoor.naam for spoor in beeld.sporen if spoor.naam)
    return [(staal(eerste[naam]), naam) for naam in namen] if len(namen) > 1 else []
