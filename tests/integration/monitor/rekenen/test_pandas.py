"""A second opinion: the same figures computed again with pandas and fractions, sharing no line with the rules."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest

from formatie.models import Onderdeel
from monitor.models import Doelbereik, Doelstelling, Indicator, Meting
from monitor.rekenen import herberekenen as herberekening
from tests.integration.monitor.rekenen.wereld import VANDAAG, Wereld

pytestmark = pytest.mark.django_db
VOLGORDE = ["eenheid", "district", "basisteam"]
SLEUTEL = ["indicator", "onderdeel", "jaar", "kwartaal"]


@pytest.mark.parametrize("zaad", [1, *(pytest.param(zaad, marks=pytest.mark.chaos) for zaad in (2, 3))])
def test_pandas_komt_op_hetzelfde_uit(zaad):
    wereld = Wereld(zaad)
    wereld.vul_gewoon()
    herberekening.herbereken(vandaag=VANDAAG)
    verwacht = pd.concat([Opnieuw(indicator).tabel() for indicator in wereld.indicatoren]).set_index(SLEUTEL)
    velden = ["teller", "noemer", "cum_teller", "cum_noemer", "moet_leveren", "geleverd", "oordeel"]
    stored = Doelbereik.objects.filter(jaar__gte=2022).values(
        "indicator_id", "onderdeel_id", "jaar", "kwartaal", *velden
    )
    gekregen = (
        pd.DataFrame(stored)
        .rename(columns={"indicator_id": "indicator", "onderdeel_id": "onderdeel"})
        .set_index(SLEUTEL)
    )
    assert set(gekregen.index) == set(verwacht.index)
    assert len(gekregen) > 3000
    for veld in velden:
        paren = pd.concat([gekregen[veld], verwacht[veld]], axis=1, keys=["gekregen", "verwacht"])
        anders = paren[[schoon(a) != schoon(b) for a, b in paren.itertuples(index=False)]]
        assert anders.empty, f"{veld}:\n{anders.head(20)}"


def schoon(waarde: Any) -> Any:
    if waarde is None or (isinstance(waarde, float) and pd.isna(waarde)):
        return None
    return waarde if isinstance(waarde, str) else Fraction(waarde)


class Opnieuw:
    """One indicator, computed from its values; years from 2022, when the plan of the test begins."""

    def __init__(self, indicator: Indicator) -> None:
        self.indicator = indicator
        self.onderdelen = {o.pk: o for o in Onderdeel.objects.all()}
        self.niet_voor = set(indicator.niet_voor.values_list("pk", flat=True))
        rijen = Meting.objects.filter(indicator=indicator, onbekend=False)
        self.metingen = {(m.onderdeel_id, m.jaar, m.kwartaal): m for m in rijen}
        nb = Meting.objects.filter(indicator=indicator, onbekend=True)
        self.nb = set(nb.values_list("onderdeel_id", "jaar", "kwartaal"))
        self.doelen = {(d.onderdeel_id, d.jaar): d for d in Doelstelling.objects.filter(indicator=indicator)}

    def lijn(self, pk: int) -> list[int]:
        ouder = self.onderdelen[pk].ouder_id
        return [pk, *(self.lijn(ouder) if ouder else [])]

    def gevraagd(self, pk: int, jaar: int, kwartaal: int) -> bool:
        onderdeel, i = self.onderdelen[pk], self.indicator
        wanneer = {"kwartaal": (1, 2, 3, 4), "halfjaar": (2, 4)}.get(i.frequentie, (4,))
        if i.frequentie == "tweejaarlijks" and (jaar - i.eerste_jaar) % 2:
            return False
        einde = date(jaar + kwartaal // 4, kwartaal * 3 % 12 + 1, 1) - timedelta(days=1)
        er = (onderdeel.geldig_vanaf or einde) <= einde and (
            onderdeel.geldig_tot is None or einde < onderdeel.geldig_tot
        )
        niveau = {i.niveau}
        if self.per_niveau:
            niveau = set(VOLGORDE[: VOLGORDE.index(i.niveau) + 1])
        return er and kwartaal in wanneer and onderdeel.soort in niveau and self._plan(pk, jaar)

    @property
    def per_niveau(self) -> bool:
        """Measured at each level by itself, and never added up."""
        i = self.indicator
        return i.aggregatie == "enquete" or (i.aggregatie == "stand" and i.herkomst == "afgeleid")

    def _plan(self, pk: int, jaar: int) -> bool:
        return bool(self.doelen) or jaar >= min(j for _, j, _ in self.metingen)

    def tabel(self) -> pd.DataFrame:
        rijen = [rij for pk in self.onderdelen for rij in self._blad(pk)]
        bladen = pd.DataFrame(rijen, columns=[*SLEUTEL, "boven", "teller", "noemer", "heeft", "vraagt", "nvt", "nb"])
        bladen["levert"] = bladen.heeft & bladen.vraagt
        groepen = bladen.groupby(["boven", "jaar", "kwartaal"])
        som = groepen.agg(
            teller=("teller", "sum"), noemer=("noemer", "sum"), geleverd=("levert", "sum"),
            heeft=("heeft", "any"), moet_leveren=("vraagt", "sum"), nvt=("nvt", "any"), nb=("nb", "any"),
        ).reset_index().rename(columns={"boven": "onderdeel"})  # fmt: skip
        som = som[som.heeft | (som.moet_leveren > 0) | som.nvt | som.nb]
        return pd.DataFrame([self._rij(rij, som) for rij in som.itertuples() if rij.jaar >= 2022])

    def _blad(self, pk: int) -> list[tuple]:
        """The own value of one onderdeel per quarter, once for every onderdeel it counts in."""
        buiten = bool(self.niet_voor & set(self.lijn(pk)))
        tel_mee = [pk] if self.per_niveau else self.lijn(pk)
        uit = []
        for jaar in range(2021, 2027):
            for kwartaal in range(1, 5):
                m = None if buiten else self.metingen.get((pk, jaar, kwartaal))
                teller = 0 if m is None else Fraction(m.waarde if m.teller is None else m.teller)
                noemer = 0 if m is None else Fraction(m.noemer or 0)
                vraagt = self.gevraagd(pk, jaar, kwartaal)
                vast = (self.indicator.pk, pk, jaar, kwartaal)
                nb = (pk, jaar, kwartaal) in self.nb and not buiten
                eigen = (teller, noemer, m is not None, vraagt and not buiten, vraagt and buiten, nb)
                uit += [(*vast, boven, *eigen) for boven in tel_mee]
        return uit

    def _rij(self, rij: Any, som: pd.DataFrame) -> dict[str, Any]:
        reeks = som[som.onderdeel == rij.onderdeel]
        jaar = reeks[(reeks.jaar == rij.jaar) & (reeks.kwartaal <= rij.kwartaal)]
        telt_op = self.indicator.aggregatie in ("som", "verhouding") and self.indicator.tijd == "optellen"
        cum = [sum(jaar[w]) if telt_op else getattr(rij, w) for w in ("teller", "noemer")]
        mist = bool((jaar.geleverd < jaar.moet_leveren).any()) if telt_op else rij.geleverd < rij.moet_leveren
        is_verhouding = self.indicator.aggregatie == "verhouding"
        return {
            "indicator": self.indicator.pk, "onderdeel": rij.onderdeel, "jaar": rij.jaar, "kwartaal": rij.kwartaal,
            "teller": rij.teller if rij.heeft else None, "noemer": rij.noemer if rij.heeft and is_verhouding else None,
            "cum_teller": cum[0] if rij.heeft else None, "cum_noemer": cum[1] if rij.heeft and is_verhouding else None,
            "moet_leveren": rij.moet_leveren, "geleverd": rij.geleverd,
            "oordeel": self._oordeel(rij, reeks, cum, mist),
        }  # fmt: skip

    def _doel(self, pk: int, jaar: int) -> Doelstelling | None:
        for plek in self.lijn(pk):
            doel = self.doelen.get((plek, jaar))
            if doel:
                return doel if plek == pk or doel.soort != "jaarvolume" else None
        return None

    def _oordeel(self, rij: Any, reeks: pd.DataFrame, cum: list, mist: bool) -> str:
        verschuldigd = (rij.jaar, rij.kwartaal) < (2026, 4)
        if rij.nvt and not rij.moet_leveren and not rij.heeft and not rij.nb:
            return "geen_doel"
        if not rij.heeft:
            return "geen_meting" if verschuldigd else "nog_niet_verschuldigd"
        doel = self._doel(rij.onderdeel, rij.jaar)
        if doel is None:
            return "geen_doel"
        if doel.soort in ("monitoring", "onbekend"):
            return {"monitoring": "alleen_monitoring", "onbekend": "doel_onbekend"}[doel.soort]
        if self.indicator.richting == "geen":
            return "alleen_monitoring"
        if mist:
            return "onvolledig"
        if self.indicator.aggregatie == "verhouding" and cum[1] == 0:
            return "geen_meting"
        uit = getattr(self, f"_{doel.soort}")(rij, reeks, cum, doel)
        if rij.kwartaal == 4:
            return {"op_koers": "behaald", "aandacht": "niet_behaald", "achter": "niet_behaald"}.get(uit, uit)
        return uit

    def _waarde(self, teller: Fraction, noemer: Fraction) -> Fraction:
        return 100 * teller / noemer if self.indicator.aggregatie == "verhouding" else teller

    def _minimum(self, rij: Any, reeks: pd.DataFrame, cum: list, doel: Doelstelling) -> str:
        tekort = Fraction(doel.streefwaarde) - self._waarde(*cum)
        return "op_koers" if tekort <= 0 else "aandacht" if tekort <= Fraction(doel.marge or 0) else "achter"

    def _maximum(self, rij: Any, reeks: pd.DataFrame, cum: list, doel: Doelstelling) -> str:
        te_veel = self._waarde(*cum) - Fraction(doel.streefwaarde)
        return "op_koers" if te_veel <= 0 else "aandacht" if te_veel <= Fraction(doel.marge or 0) else "achter"

    def _verbetering(self, rij: Any, reeks: pd.DataFrame, cum: list, doel: Doelstelling) -> str:
        eerder = reeks[reeks.heeft & (reeks.geleverd >= reeks.moet_leveren)]
        eerder = eerder[(eerder.jaar < rij.jaar) | ((eerder.jaar == rij.jaar) & (eerder.kwartaal < rij.kwartaal))]
        if eerder.empty:
            return "geen_meting"
        vorig = eerder.sort_values(["jaar", "kwartaal"]).iloc[-1]
        if self.indicator.aggregatie == "verhouding" and 0 in (rij.noemer, vorig.noemer):
            return "geen_meting"
        verschil = self._waarde(rij.teller, rij.noemer) - self._waarde(vorig.teller, vorig.noemer)
        marges = [self._marge(rij.onderdeel, x.jaar, x.kwartaal) for x in (rij, vorig)]
        if verschil**2 <= sum(m**2 for m in marges):
            return "niet_te_onderscheiden"
        return "op_koers" if (verschil > 0) == (self.indicator.richting == "hoger") else "achter"

    def _marge(self, pk: int, jaar: int, kwartaal: int) -> Fraction:
        meting = self.metingen.get((pk, jaar, kwartaal))
        return Fraction(meting.marge or 0) if meting else Fraction(0)

    def _jaarvolume(self, rij: Any, reeks: pd.DataFrame, cum: list, doel: Doelstelling) -> str:
        streef, marge, gedaan = Fraction(doel.streefwaarde), Fraction(doel.marge or Decimal(0)) / 100, cum[0]
        verwacht = streef * self._deel(rij, reeks)
        if self.indicator.richting == "lager":
            return "op_koers" if gedaan <= verwacht else "aandacht" if gedaan <= verwacht * (1 + marge) else "achter"
        if gedaan >= verwacht or gedaan >= streef:
            return "op_koers"
        return "aandacht" if gedaan >= verwacht * (1 - marge) else "achter"

    def _deel(self, rij: Any, reeks: pd.DataFrame) -> Fraction:
        """The part of the year that should be done by this quarter."""
        if self.indicator.verwachting == "stap":
            return Fraction(int(rij.kwartaal >= self.indicator.stap_kwartaal))
        delen = []
        for _, jaar in reeks[reeks.jaar < rij.jaar].groupby("jaar"):
            gevraagd = (2, 4) if self.indicator.frequentie == "halfjaar" else (1, 2, 3, 4)
            binnen = jaar[jaar.kwartaal.isin(gevraagd)]
            compleet = len(binnen) == len(gevraagd) and bool(
                (binnen.heeft & (binnen.geleverd >= binnen.moet_leveren)).all()
            )
            if compleet and sum(jaar.teller) > 0:
                delen.append(Fraction(sum(jaar.teller[jaar.kwartaal <= rij.kwartaal]), sum(jaar.teller)))
        if self.indicator.verwachting == "seizoen" and len(delen) >= 2:
            return sum(delen) / len(delen)
        return Fraction(rij.kwartaal, 4)
