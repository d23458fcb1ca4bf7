"""An attacker who keeps everything that was ever shown, and solves for what was not.

Figures about people come in, are corrected and are withdrawn in random order. After every step a reader of districts
and the chief of district A write down what they can read, in the end also of every earlier day; each value of a part
is an unknown, each figure that was shown a sum of these. Linear programming then looks how far every part that was not
shown can be narrowed down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pytest
from django.db.models import Q

from accounts.models import User
from formatie.models import Onderdeel
from monitor import zicht
from monitor.dashboards.terugkijken import bekend_van
from monitor.dashboards.verkennen.reeksen import Reekskeuze, get_reeksen
from monitor.models import Doelstelling, Indicator, Meting
from monitor.rekenen.herberekenen import herbereken
from tests.factories import (
    AgendaFactory,
    DoelstellingFactory,
    MetingFactory,
    MonitorregelFactory,
    maak_eenheid,
    maak_persoon,
)
from tests.integration.monitor.dashboards.verleden import moment
from tests.unit.formatie.bezetting.aanval import uitersten

pytestmark = pytest.mark.django_db
DREMPEL = 5
DISTRICTEN = ("A", "B", "C", "D")
KWARTALEN = (1, 2)
STAPPEN = len(DISTRICTEN) * len(KWARTALEN) + 5
BEGIN = date(2025, 4, 2)
RONDEN, DAGEN = 160, 4
ZADEN = [pytest.param(zaad, marks=[] if zaad < 1 else pytest.mark.chaos) for zaad in range(50)]
Plek = tuple[str, int]
"""A district and a quarter."""


@dataclass
class Ronde:
    """One indicator: what its parts are now, and what each of them was ever."""

    indicator: Indicator
    toeval: Random
    weet_wie: bool = False
    """Whether the attacker knows of which part a value was corrected; else any of that quarter could have been."""
    nu: dict[Plek, Meting] = field(default_factory=dict)
    keren: dict[Plek, int] = field(default_factory=lambda: defaultdict(int))
    waarden: dict[tuple[Plek, int], Meting] = field(default_factory=dict)
    standen: list[dict[Plek, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.nog_niet = [(district, kwartaal) for district in DISTRICTEN for kwartaal in KWARTALEN]
        self.toeval.shuffle(self.nog_niet)
        self.nog_niet.sort(key=lambda plek: plek[1] if self.toeval.random() < 0.8 else 0)

    def stap(self, op: Any, onderdelen: dict[str, Onderdeel]) -> tuple[Meting, Meting | None]:
        """A part delivers, or one that did is corrected or withdrawn."""
        oud = None
        if self.nog_niet and (not self.nu or self.toeval.random() < 0.65):
            plek = self.nog_niet.pop(0)
        else:
            plek = self.toeval.choice(sorted(self.nu))
            oud = self.nu[plek]
            for ander in [plek] if self.weet_wie else [(district, plek[1]) for district in DISTRICTEN]:
                self.keren[ander] += 1
        self.nu[plek] = self._meting(onderdelen[plek[0]], plek[1], oud, op)
        return self.nu[plek], oud

    def _meting(self, onderdeel: Onderdeel, kwartaal: int, oud: Meting | None, op: Any) -> Meting:
        weg = oud is not None and not oud.onbekend and self.toeval.random() < 0.3
        teller, rest = (Decimal(self._aantal()) for _ in range(2))
        inhoud: dict[str, Any] = {"onbekend": True} if weg else {"teller": teller, "noemer": teller + rest}
        if oud:
            inhoud |= {"vervangt": oud, "vervangreden": "Nageteld."}
        return MetingFactory.build(
            indicator=self.indicator, onderdeel=onderdeel, jaar=2025, kwartaal=kwartaal, waarde=None, **inhoud,
            vastgesteld_op=op, ingevoerd_door=_PERSONEN["invoerder"], vastgesteld_door=_PERSONEN["goedkeurder"],
        )  # fmt: skip

    def _aantal(self) -> int:
        return self.toeval.choice(
            (0, self.toeval.randint(1, 6), self.toeval.randint(7, 30), self.toeval.randint(7, 200))
        )

    def onthoud(self) -> None:
        """How it stands after a step."""
        stand = {plek: self.keren[plek] for plek, meting in self.nu.items() if not meting.onbekend}
        self.standen.append(stand)
        self.waarden |= {(plek, keer): self.nu[plek] for plek, keer in stand.items()}


_PERSONEN: dict[str, User] = {}
Som = frozenset[tuple[Plek, int]]


class Lezer:
    """What one person has written down: per indicator the sums of parts that were shown."""

    def __init__(self, user: User, ronden: Iterable[Ronde], codes: dict[int, str]) -> None:
        self.user, self.codes = user, codes
        self.ronden = {ronde.indicator.pk: ronde for ronde in ronden}
        self.gezien: dict[int, set[Som]] = defaultdict(set)

    def lees(self, stap: int, dag: date | None = None) -> None:
        bekend = bekend_van(self.user, dag)
        for rij in bekend.leesbaar(list(bekend.overal({}))):
            ronde = self.ronden[rij.indicator_id]
            for kwartalen, teller, noemer in (
                ([rij.kwartaal], rij.teller, rij.noemer),
                (range(1, rij.kwartaal + 1), rij.cum_teller, rij.cum_noemer),
                ([rij.vorige_kwartaal], rij.vorige, rij.vorige_noemer),
            ):
                if teller is not None:
                    self._schrijf_op(
                        ronde, ronde.standen[stap], self.codes[rij.onderdeel_id], kwartalen, teller, noemer
                    )
        self._lees_reeksen(stap, dag)

    def _lees_reeksen(self, stap: int, dag: date | None) -> None:
        """The tidy set: it shows a share as well, which is as good as both its figures to who knows one of them."""
        per_code = {ronde.indicator.code: ronde for ronde in self.ronden.values()}
        for rij in get_reeksen(self.user, Reekskeuze(), dag):
            ronde, tot = per_code[rij.indicator], rij.kwartaal.nummer
            if rij.teller is not None:
                inhoud = (rij.teller, rij.noemer or Decimal(0))
                self._schrijf_op(ronde, ronde.standen[stap], rij.onderdeel, [tot], *inhoud)
            for getal, kwartalen in ((rij.waarde, [tot]), (rij.cumulatief, range(1, tot + 1))):
                if getal is not None:
                    self.gezien[ronde.indicator.pk].add(self._delen(ronde.standen[stap], rij.onderdeel, kwartalen))

    @staticmethod
    def _delen(stand: dict[Plek, int], code: str, kwartalen: Iterable[int]) -> Som:
        """What a figure of this onderdeel and these quarters is the sum of."""
        return frozenset(
            (plek, keer) for plek, keer in stand.items() if plek[1] in kwartalen and code in ("RE07", plek[0])
        )

    def _schrijf_op(
        self,
        ronde: Ronde,
        stand: dict[Plek, int],
        code: str,
        kwartalen: Iterable[int],
        teller: Decimal,
        noemer: Decimal,
    ) -> None:
        delen = self._delen(stand, code, kwartalen)
        van = [ronde.waarden[deel] for deel in delen]
        assert (teller, noemer) == (sum(m.teller for m in van), sum(m.noemer for m in van)), (
            "the attacker adds up wrong"
        )
        self.gezien[ronde.indicator.pk].add(delen)

    def lekken(self, precies: str = "") -> list[tuple[str, Plek, str]]:
        return [
            (ronde.indicator.code, plek, kolom)
            for ronde in self.ronden.values()
            for kolom in ("teller", "rest")
            for plek in self._te_smal(ronde, kolom, precies)
        ]

    def _te_smal(self, ronde: Ronde, kolom: str, precies: str) -> list[Plek]:
        """The parts that are narrowed down to less than the threshold, and than what the unit itself leaves."""
        delen = sorted(ronde.waarden)
        waarheid = {deel: _waarde(ronde.waarden[deel], kolom) for deel in delen}
        sommen = np.array(
            [[float(deel in som) for deel in delen] for som in self.gezien[ronde.indicator.pk]] or [[0.0] * len(delen)]
        )
        verborgen = [frozenset([deel]) not in self.gezien[ronde.indicator.pk] for deel in delen]
        zoek = [weg and waarheid[deel] > 0 for deel, weg in zip(delen, verborgen, strict=True)]
        uiterst = uitersten(sommen, -np.eye(len(delen)), np.array([waarheid[d] for d in delen]), zoek, DREMPEL)
        breedte = uiterst[1] - uiterst[0]
        return [
            deel[0]
            for n, deel in enumerate(delen)
            if zoek[n] and breedte[n] < min(DREMPEL, _samen(ronde, deel, kolom, precies)) - 1e-3
        ]


def _waarde(meting: Meting, kolom: str) -> float:
    return float(meting.teller if kolom == "teller" else meting.noemer - meting.teller)


def _samen(ronde: Ronde, deel: tuple[Plek, int], kolom: str, precies: str) -> float:
    """The least that the unit's own figure of that quarter ever was, with that value in it."""
    (_, kwartaal), _ = deel
    sommen = [
        sum(
            _waarde(ronde.waarden[plek, keer], kolom)
            for plek, keer in stand.items()
            if plek[1] == kwartaal and plek[0] != precies
        )
        for stand in ronde.standen
        if stand.get(deel[0]) == deel[1]
    ]
    return min(sommen)


def speel(zaad: int, ronden: int, *, weet_wie: bool = False) -> tuple[list[Any], list[Any], int]:
    """What a reader of districts and the chief of A find out in these rounds, and how many figures they saw."""
    AgendaFactory()
    onderdelen = maak_eenheid(dict.fromkeys(DISTRICTEN, 0))
    _PERSONEN.update({naam: maak_persoon("analist", naam=naam) for naam in ("invoerder", "goedkeurder")})
    toeval = Random(zaad)
    alle = [Ronde(_indicator(n, onderdelen["RE07"], toeval), Random(f"{zaad} {n}"), weet_wie) for n in range(ronden)]
    codes = {onderdeel.pk: code for code, onderdeel in onderdelen.items()}
    lezers = [
        Lezer(maak_persoon("rvo-lid"), alle, codes),
        Lezer(maak_persoon("districtschef", onderdeel="A"), alle, codes),
    ]
    dagen = [BEGIN + timedelta(days=20 * stap) for stap in range(STAPPEN)]
    for stap, dag in enumerate(dagen):
        _leg_vast([ronde.stap(moment(dag), onderdelen) for ronde in alle], moment(dag))
        for ronde in alle:
            ronde.onthoud()
        herbereken(vandaag=dag)
        for lezer in lezers:
            lezer.lees(stap)
    for stap in sorted(toeval.sample(range(STAPPEN), DAGEN)):
        for lezer in lezers:
            lezer.lees(stap, dagen[stap])
    gezien = sum(len(sommen) for lezer in lezers for sommen in lezer.gezien.values())
    return lezers[0].lekken(), lezers[1].lekken("A"), gezien


def _indicator(nummer: int, eenheid: Onderdeel, toeval: Random) -> Indicator:
    indicator = MonitorregelFactory(
        indicator__code=f"i{nummer}", indicator__niveau="district", indicator__personeel=True,
        indicator__percentage=True, indicator__richting="lager",
    ).indicator  # fmt: skip
    if toeval.random() < 0.5:
        soort = toeval.choice((Doelstelling.Soort.MAXIMUM, Doelstelling.Soort.VERBETERING))
        norm = {"streefwaarde": 6, "marge": 1} if soort == Doelstelling.Soort.MAXIMUM else {"streefwaarde": None}
        DoelstellingFactory(indicator=indicator, onderdeel=eenheid, soort=soort, **norm)
    return indicator


def _leg_vast(paren: list[tuple[Meting, Meting | None]], op: Any) -> None:
    Meting.objects.filter(pk__in=[oud.pk for _, oud in paren if oud]).update(staat="vervangen", vervangen_op=op)
    Meting.objects.bulk_create([nieuw for nieuw, _ in paren])


@pytest.mark.parametrize("zaad", ZADEN)
def test_wie_alles_bewaart_en_oplost_komt_geen_deel_te_weten(zaad: int) -> None:
    lid, chef, gezien = speel(zaad, RONDEN)
    assert gezien > RONDEN
    assert (lid, chef) == ([], [])


def test_zonder_de_regel_van_half_vindt_de_aanval_het_lek(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zicht, "_rust_half", lambda *_: 0)
    monkeypatch.setattr(zicht, "_half_gevulde_districten", lambda *_: Q(pk__in=[]))
    lid, chef, _ = speel(1, 10)
    assert lid
    assert chef
