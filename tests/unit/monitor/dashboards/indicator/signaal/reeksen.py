"""Rows of one indicator as the database would hand them over, and the picture made of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal as D
from types import SimpleNamespace as Rij
from typing import Any

from common.tekst.periode import Kwartaal
from monitor.dashboards.indicator.signaal.selectors import maak_beeld
from monitor.dashboards.indicator.signaal.verloop import Procesbeeld
from monitor.models import Indicator

NU = Kwartaal(2026, 3)


def indicator(**velden: object) -> Indicator:
    gewoon = {"aggregatie": "som", "richting": "hoger", "frequentie": "kwartaal", "niveau": "eenheid"}
    return Indicator(code="x", naam="Verdachten", **(gewoon | {"eenheid": "verdachten", "herkomst": "invoer"} | velden))


def rij(jaar: int, kwartaal: int, teller: object, noemer: object = None, **velden: Any) -> Rij:
    basis = {"moet_leveren": 1, "geleverd": 1, "heel_jaar": False, "voorlopig": False, "marge": None}
    getallen = {naam: None if w is None else D(str(w)) for naam, w in (("teller", teller), ("noemer", noemer))}
    stand = "geleverd" if teller is not None else "geen_meting"
    return Rij(jaar=jaar, kwartaal=kwartaal, **({"stand": stand} | getallen | basis | velden))


def reeks(*waarden: object, tot: Kwartaal = NU) -> list[Rij]:
    begin = tot.index - len(waarden) + 1
    perioden = [Kwartaal.van_index(begin + n) for n in range(len(waarden))]
    return [rij(k.jaar, k.nummer, w) for k, w in zip(perioden, waarden, strict=True)]


def oordeel(soort: str = "jaarvolume", doel: object = 30, **velden: object) -> Rij:
    streefwaarde = None if doel is None else D(str(doel))
    return Rij(jaar=2026, doelstelling=Rij(soort=soort, streefwaarde=streefwaarde), **velden)


def beeld(rijen: Sequence[Rij], regel: Rij | None = None, **velden: object) -> Procesbeeld:
    return maak_beeld(indicator(**velden), NU, regel, rijen)
