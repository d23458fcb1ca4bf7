"""Every sentence that the stored records make, to be read by a person: once per form, with an example and a count."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.dashboards.indicator.signaal.selectors import maak_beeld
from monitor.dashboards.indicator.signaal.toelichting import signaaldeel, slotsom, verwachtingdeel
from monitor.dashboards.oordeel.som import Geval, som
from monitor.models import Doelbereik, Indicator
from monitor.rekenen.cijfers import leid_cijfers_af
from monitor.rekenen.oordeelzin import tempo_zin
from monitor.rekenen.peildatum import doelbereik_op

_GETAL = re.compile(r"\d+(?:[.,]\d+)*")


class Zin(NamedTuple):
    """``over`` is what the sentence is about: oordeel, tempo, som, signaal or verwachting."""

    over: str
    tekst: str

    @property
    def vorm(self) -> str:
        """The sentence without its numbers: two of one form differ in nothing else."""
        return _GETAL.sub("9", self.tekst)


class Vorm(NamedTuple):
    voorbeeld: Zin
    aantal: int


def vormen(zinnen: Iterable[Zin]) -> list[Vorm]:
    """By what they are about, then by how often they are said."""
    gezien: dict[tuple[str, str], list[Any]] = {}
    for zin in zinnen:
        gezien.setdefault((zin.over, zin.vorm), [zin, 0])[1] += 1
    return sorted((Vorm(*paar) for paar in gezien.values()), key=lambda v: (v.voorbeeld.over, -v.aantal, v.voorbeeld))


def zinnen_van_nu() -> Iterator[Zin]:
    """Of every record of every indicator, onderdeel and quarter."""
    alle = Doelbereik.objects.select_related("doelstelling", "indicator", "onderdeel")
    yield from _zinnen(alle.order_by("indicator_id", "onderdeel_id", "jaar", "kwartaal"))


def zinnen_van_toen(dag: date) -> Iterator[Zin]:
    """The same as known at the end of a day, of the units: where a page looks back."""
    indicatoren = Indicator.objects.in_bulk()
    eenheden = Onderdeel.objects.filter(soort=Onderdeel.Soort.EENHEID).in_bulk()
    rijen = doelbereik_op(dag, list(indicatoren), list(eenheden))
    for rij in rijen:
        rij.indicator, rij.onderdeel = indicatoren[rij.indicator_id], eenheden[rij.onderdeel_id]
    yield from _zinnen(rijen)


def _zinnen(rijen: Iterable[Doelbereik]) -> Iterator[Zin]:
    for _, groep in groupby(rijen, key=lambda rij: (rij.indicator_id, rij.onderdeel_id)):
        reeks = list(groep)
        for nummer, rij in enumerate(reeks, 1):
            yield from _van_oordeel(rij, reeks[:nummer])
            if rij.onderdeel.soort == Onderdeel.Soort.EENHEID:
                yield from _van_verloop(rij, reeks[:nummer])


def _van_oordeel(rij: Doelbereik, reeks: Sequence[Doelbereik]) -> Iterator[Zin]:
    cijfers = leid_cijfers_af(rij, rij.indicator, rij.doelstelling)
    yield Zin("oordeel", cijfers.reden)
    if cijfers.resterend and cijfers.nog_nodig and tempo_zin(rij):
        yield Zin("tempo", tempo_zin(rij))
    for regel in som(Geval(rij, rij.indicator, rij.doelstelling, cijfers, reeks)):
        yield Zin("som", f"{regel.naam}: {regel.tekst}")


def _van_verloop(rij: Doelbereik, reeks: Sequence[Doelbereik]) -> Iterator[Zin]:
    beeld = maak_beeld(rij.indicator, Kwartaal(rij.jaar, rij.kwartaal), rij, reeks)
    signaal, verwachting = signaaldeel(beeld), verwachtingdeel(beeld)
    for tekst in (slotsom(beeld), *(zin for _, zin in signaal.feiten), *signaal.eerder, beeld.woord):
        yield Zin("signaal", tekst)
    if verwachting:
        gezegd = (verwachting.geen, verwachting.zin, verwachting.kans, verwachting.fout, beeld.kans_tekst)
        yield from (Zin("verwachting", tekst) for tekst in gezegd if tekst)
