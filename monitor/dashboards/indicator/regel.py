"""One indicator in one quarter, as text a page can show. The verdict and every sum come from the calculation."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse

from common.tekst import cijfers
from common.tekst.cijfers import Weging
from common.tekst.getallen import round_op
from common.tekst.periode import Kwartaal
from common.tekst.tekens import en
from monitor.dashboards.indicator.signaal.verloop import Procesbeeld
from monitor.dashboards.oordeel.uiterlijk import RANG, UITERLIJK, VAN_KOERS, ZONDER_CIJFER, get_woord
from monitor.models import Doelbereik, Doelstelling, Indicator, Monitorregel, Oordeel, Stand
from monitor.rekenen.cijfers import Afgeleid, leid_cijfers_af
from monitor.rekenen.oordeelzin import tempo_zin
from monitor.rekenen.prognose import Prognose
from monitor.rekenen.signaalzin import samenzin

TEGEN = "Vergeleken met"
JAREN_GETOOND = 2  # what is measured once in two years still stands on a page
_VIERDE = 4
NIET_BEREKEND = "Dit cijfer is nog niet berekend."
GEEN_GETAL: dict[str, str] = {
    Doelstelling.Soort.VERBETERING: "beter dan vorige",
    Doelstelling.Soort.MONITORING: "alleen volgen",
    Doelstelling.Soort.ONBEKEND: "nb",
}
VERSCHILNAMEN = {
    Doelstelling.Soort.JAARVOLUME: "Verschil met norm",
    Doelstelling.Soort.MINIMUM: "Verschil met doel",
    Doelstelling.Soort.MAXIMUM: "Verschil met doel",
    Doelstelling.Soort.VERBETERING: "Verschil met vorige",
}


class Getoond(NamedTuple):
    """The figures of one row, rounded to be shown; ``tegen`` is what the value is judged against."""

    waarde: Decimal | None
    doel: Decimal | None
    tegen: Decimal | None = None
    verschil: Decimal | None = None


@dataclass(frozen=True)
class Regel:
    """``kwartaal`` is the one the page shows. ``rij`` None: nothing is computed, or this person may not see it.

    ``beeld`` is the signal and the forecast; None below the unit, where neither is shown. ``eerder`` are the records
    of the unit up to this quarter, oldest first, without their targets.
    """

    monitorregel: Monitorregel
    kwartaal: Kwartaal
    rij: Doelbereik | None
    vraag: str = ""
    vonk: str = ""
    beeld: Procesbeeld | None = None
    eerder: Sequence[Any] = ()

    @cached_property
    def afgeleid(self) -> Afgeleid | None:
        return leid_cijfers_af(self.rij, self.indicator, self.rij.doelstelling) if self.rij else None

    @property
    def indicator(self) -> Indicator:
        return self.monitorregel.indicator

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def naam(self) -> str:
        return self.indicator.naam

    @property
    def thema_naam(self) -> str:
        return self.monitorregel.thema.naam

    @property
    def adres(self) -> str:
        return reverse("indicator", args=[self.code]) + self.vraag

    @property
    def oordeeladres(self) -> str:
        """Where the sum behind the verdict is worked out."""
        return reverse("indicator_oordeel", args=[self.code]) + self.vraag

    @property
    def is_waarvan(self) -> bool:
        return self.indicator.waarvan_van_id is not None

    @property
    def oordeel(self) -> str:
        return self.rij.oordeel if self.rij else ""

    @property
    def telt_als(self) -> str:
        """The verdict by which goals are counted: where nothing would be judged, no goal misses its figure."""
        zonder_doel = self.rij is not None and self.oordeel == Oordeel.GEEN_METING and not self._wordt_beoordeeld
        return Oordeel.GEEN_DOEL if zonder_doel else self.oordeel

    @property
    def _wordt_beoordeeld(self) -> bool:
        """Whether a value would get a verdict: the kinds of target that give one, for an indicator that can get it."""
        if self.soort in ("", Doelstelling.Soort.MONITORING, Doelstelling.Soort.ONBEKEND):
            return False
        volgt_richting = self.soort in (Doelstelling.Soort.JAARVOLUME, Doelstelling.Soort.VERBETERING)
        is_volume_van_deel = self.soort == Doelstelling.Soort.JAARVOLUME and self.indicator.aggregatie == "verhouding"
        return not (volgt_richting and self.indicator.richting == Indicator.Richting.GEEN) and not is_volume_van_deel

    @property
    def oordeel_woord(self) -> str:
        return get_woord(self.oordeel)

    @cached_property
    def was(self) -> str:
        """The verdict as the page of the quarter before has it; empty where that has none."""
        tot = self.kwartaal.vorige()
        gelezen = ((Kwartaal(rij.jaar, rij.kwartaal), rij) for rij in reversed(self.eerder))
        laatste = next((rij for periode, rij in gelezen if periode <= tot), None)
        return laatste.oordeel if laatste and laatste.jaar >= tot.jaar - JAREN_GETOOND else ""

    @property
    def toon(self) -> str:
        return UITERLIJK[self.oordeel].toon if self.oordeel else "gat"

    @property
    def rang(self) -> int:
        """Worst first; what was not computed stands with what is missing."""
        return RANG[self.oordeel] if self.oordeel else RANG[Oordeel.GEEN_METING]

    @property
    def van_koers(self) -> bool:
        return self.oordeel in VAN_KOERS

    @property
    def op_koers(self) -> bool:
        return self.oordeel in (Oordeel.OP_KOERS, Oordeel.BEHAALD)

    @property
    def soort(self) -> str:
        return self.rij.doelstelling.soort if self.rij and self.rij.doelstelling else ""

    @property
    def waardenaam(self) -> str:
        return waardenaam(self.indicator)

    @property
    def waarde(self) -> Decimal | None:
        """The figure that is judged: of the year so far, or of the moment."""
        return self.afgeleid.gewogen if self.afgeleid else None

    @property
    def doel(self) -> Decimal | None:
        return self.afgeleid.streefwaarde if self.afgeleid else None

    @property
    def tegen(self) -> Decimal | None:
        """What the value is judged against: the target, the norm up to this quarter or the previous measurement."""
        return self.afgeleid.tegen if self.afgeleid and self.weging else None

    @property
    def verschil(self) -> Decimal | None:
        return self.afgeleid.verschil if self.afgeleid else None

    @property
    def weging(self) -> Weging | None:
        return self.afgeleid.weging if self.afgeleid else None

    @cached_property
    def getoond(self) -> Getoond:
        """The figures as they are written, also in a column without units: they add up and show their verdict."""
        plaatsen, w = self.indicator.decimalen, self.weging
        doel = None if self.doel is None else cijfers.ten_minste_op(self.doel, plaatsen)
        if w is None:
            return Getoond(None if self.waarde is None else round_op(self.waarde, plaatsen), doel)
        return Getoond(w.waarde, doel, cijfers.ten_minste_op(w.grens, plaatsen), w.verschil)

    @property
    def waarde_tekst(self) -> str:
        return self.weging.waarde_tekst if self.weging else self.tekst(self.waarde)

    @property
    def doel_tekst(self) -> str:
        return "" if self.doel is None else cijfers.exact_in_woorden(self.doel, self.indicator)

    @property
    def verschil_tekst(self) -> str:
        return self.weging.verschil_tekst if self.weging else ""

    @cached_property
    def kop(self) -> dict[str, str]:
        """The figures as a headline says them: large amounts of money in millions, which add up all the same."""
        samen, met_doel = self._in_kop(self.tegen), self._in_kop(self.doel)
        return {
            "waarde": samen.waarde_tekst if samen else self._los_in_kop(self.waarde),
            "doel": met_doel.grens_tekst if met_doel else self.doel_tekst,
            "verschil": samen.verschil_tekst if samen else "",
            "nog_nodig": met_doel.afstand_tekst if met_doel and self._nog_nodig else self._los_in_kop(self._nog_nodig),
        }

    def _in_kop(self, grens: Decimal | None) -> Weging | None:
        if self.waarde is None or grens is None or self.weging is None:
            return None
        w = self.weging if grens == self.tegen else cijfers.weeg(self.waarde, grens, self.indicator)
        return cijfers.weeg_in_kop(w, self.waarde, grens)

    def _los_in_kop(self, getal: Decimal | None) -> str:
        return "" if getal is None else cijfers.kop_in_woorden(getal, self.indicator)

    @property
    def _nog_nodig(self) -> Decimal | None:
        return self.afgeleid.nog_nodig if self.afgeleid else None

    @property
    def periode(self) -> str:
        """The quarter of the figure."""
        return Kwartaal(self.rij.jaar, self.rij.kwartaal).leesbaar if self.rij else ""

    @property
    def is_eerder(self) -> bool:
        """Whether the figure is of an earlier quarter than the page: what is measured once in a while."""
        return self.rij is not None and Kwartaal(self.rij.jaar, self.rij.kwartaal) != self.kwartaal

    @property
    def nog_nodig_tekst(self) -> str:
        return self.tekst(self._nog_nodig)

    @property
    def verschilnaam(self) -> str:
        return VERSCHILNAMEN.get(self.soort, "Verschil")  # type: ignore[call-overload]  # a kind of target or none

    @property
    def reden(self) -> str:
        return self.afgeleid.reden if self.afgeleid else NIET_BEREKEND

    @property
    def samenzin(self) -> str:
        """Verdict and trend in one sentence, where there are both."""
        if self.beeld is None or self.beeld.is_enquete or self.is_eerder:
            return ""
        return samenzin(self.oordeel, self.beeld.proces, self.indicator)

    @property
    def is_afgesloten(self) -> bool:
        return self.oordeel in (Oordeel.BEHAALD, Oordeel.NIET_BEHAALD)

    @property
    def kern(self) -> str:
        """The figure beside what it is judged against: a year volume as people say it, else as its verdict does."""
        met_koers = self.is_afgesloten or self.oordeel in (Oordeel.OP_KOERS, Oordeel.AANDACHT, Oordeel.ACHTER)
        if self.rij is None or self.soort != Doelstelling.Soort.JAARVOLUME or not met_koers or self.tegen is None:
            return self.reden
        waarde, tegen = self._naast_elkaar(self.waarde, self.tegen)
        if self.is_afgesloten:
            return f"{waarde} in {self.rij.jaar}, het doel was {tegen}."
        wanneer = f"in {self.rij.jaar}" if self.rij.kwartaal == _VIERDE else f"t/m Q{self.rij.kwartaal}"
        return f"{waarde} {wanneer}, norm {tegen}."

    def _naast_elkaar(self, waarde: Decimal | None, grens: Decimal | None) -> tuple[str, str]:
        """As people say them; neither is on another side of the other than it is."""
        (links, rechts), maat = cijfers.samen_in_kop([waarde], [grens], self.indicator)
        links_tekst = "" if links is None else cijfers.met_eenheid(cijfers.gedrukt(links), maat)
        return links_tekst, "" if rechts is None else cijfers.exact_in_woorden(rechts, maat)

    @property
    def vervolg(self) -> str:
        """Verdict and trend with what the year may still bring, in one sentence; empty where there is neither."""
        zin = "; ".join(deel for deel in (self.samenzin.rstrip("."), self._vooruitzicht) if deel)
        return f"{zin[0].upper()}{zin[1:]}." if zin else ""

    @property
    def _vooruitzicht(self) -> str:
        a, prognose = self.afgeleid, self.beeld.prognose if self.beeld else None
        if a is None or not a.resterend or self.is_eerder or self.is_afgesloten:
            return ""
        if isinstance(prognose, Prognose) and self.doel is not None:
            (laag, hoog, doel), maat = cijfers.samen_in_kop([prognose.laag, prognose.hoog], [self.doel], self.indicator)
            verwacht = cijfers.tussen_in_woorden(laag, hoog, maat)
            return f"verwacht {verwacht}, doel {cijfers.exact_in_woorden(doel or self.doel, maat)}"
        nog = f"nog {self._los_in_kop(a.nog_nodig)} nodig in {en([f'Q{n}' for n in a.resterend])}"
        return nog if a.nog_nodig and self.kern != self.reden else ""

    @property
    def tempo_zin(self) -> str:
        """How often the pace that is still needed was reached before; empty when nothing is needed any more."""
        nodig = self.afgeleid is not None and self.afgeleid.resterend and self.afgeleid.nog_nodig
        return tempo_zin(self.rij) if nodig else ""

    @property
    def toont_trend(self) -> bool:
        """Not beside a figure that is missing: a trend there would be read as how it stands now."""
        return self.beeld is not None and self.waarde is not None and self.oordeel not in ZONDER_CIJFER

    @property
    def trendwoord(self) -> str:
        if self.beeld is None:
            return "niet berekend"
        if self.toont_trend:
            return self.beeld.woord
        return self.oordeel_woord.lower() if self.oordeel == Oordeel.NOG_NIET_VERSCHULDIGD else "cijfer mist"

    @property
    def signaalrang(self) -> tuple[int, str]:
        """Unfavourable first, then what is a signal, then what is none."""
        volgorde = {False: 0, True: 1, None: 2}
        if self.beeld is None or not self.toont_trend or not self.beeld.is_signaal:
            return 3 + (not self.toont_trend), ""
        return volgorde[self.beeld.beter], self.beeld.woord

    @property
    def kans_tekst(self) -> str:
        return self.beeld.kans_tekst if self.beeld else ""

    @property
    def kans_kort(self) -> str:
        """Below a heading that says it is a chance."""
        return self.kans_tekst.removeprefix("kans ")

    @property
    def kansrang(self) -> Decimal:
        """The smallest chance first; what has none comes before it."""
        prognose = self.beeld.prognose if self.beeld else None
        kans = prognose.kans if isinstance(prognose, Prognose) else None
        return Decimal(-1) if kans is None else kans

    @property
    def kans_ontbreekt(self) -> str:
        return self.beeld.kans_ontbreekt if self.beeld else ""

    @property
    def ontbreekt(self) -> str:
        """Why there is no value, in the words of the contract."""
        if self.afgeleid is None:
            return "niet berekend"
        return "" if self.waarde is not None else standwoord(self.afgeleid.stand)

    @property
    def doel_ontbreekt(self) -> str:
        """Why there is no number for the target."""
        return GEEN_GETAL.get(self.soort, "geen doel")

    @property
    def verschil_ontbreekt(self) -> str:
        """Where there is no target its own column says why."""
        return "niet te berekenen" if self.doel is not None else "n.v.t."

    @property
    def voorlopig(self) -> bool:
        return bool(self.rij and self.rij.voorlopig and self.waarde is not None)

    def tekst(self, waarde: Decimal | None) -> str:
        return "" if waarde is None else cijfers.waarde_in_woorden(waarde, self.indicator)

    @property
    def status(self) -> str:
        """Provisional or definite; empty where there is no value."""
        return (self.afgeleid.status or "") if self.afgeleid else ""


def standwoord(stand: str) -> str:
    """The state of a value inside a row."""
    return Stand(stand).label.lower()


def waardenaam(indicator: Indicator) -> str:
    """What the judged value is: of the year so far, or of the moment."""
    if indicator.aggregatie == Indicator.Aggregatie.ENQUETE:
        return "Meting"
    return "Stand" if indicator.is_stand else "Jaar tot nu toe"
