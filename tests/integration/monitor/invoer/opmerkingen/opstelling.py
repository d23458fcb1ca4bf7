"""A value and a row of bezetting of district A that wait, and who works on them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from accounts.models import User
from formatie.models import Bezetting, Onderdeel
from monitor.invoer.opmerkingen.selectors import plek_bij
from monitor.invoer.opmerkingen.services import plaats_opmerking
from monitor.models import Import, Indicator, Meting, Opmerking
from tests.factories import (
    BezettingFactory,
    IndicatorFactory,
    MetingFactory,
    MonitorregelFactory,
    maak_eenheid,
    maak_persoon,
)


@dataclass(frozen=True)
class Wereld:
    onderdelen: dict[str, Onderdeel]
    indicator: Indicator
    meting: Meting
    bezetting: Bezetting
    anna: User  # analyst, who entered the value
    vera: User  # approver
    chef: User  # of district A
    piet: User  # of the theme

    @property
    def plek(self) -> Opmerking:
        return plek_bij(self.meting)

    @property
    def bij_bezetting(self) -> Opmerking:
        return plek_bij(self.bezetting)

    def bij_import(self, door: User) -> Opmerking:
        return Opmerking(bestand=Import.objects.create(naam="cijfers.csv", inhoud=b"x", sha256="x", door=door))


def maak_wereld() -> Wereld:
    onderdelen = maak_eenheid()
    indicator = IndicatorFactory(code="proef", naam="Proefcijfer", niveau="basisteam")
    MonitorregelFactory(indicator=indicator, thema__slug="proefthema")
    anna, vera = maak_persoon("analist", naam="anna"), maak_persoon("vaststeller", naam="vera")
    chef = maak_persoon("districtschef", naam="chef", onderdeel="A")
    piet = maak_persoon("portefeuillehouder", naam="piet", thema="proefthema")
    van = {"onderdeel": onderdelen["A1"], "wachtend": True, "ingevoerd_door": anna}
    meting, bezetting = MetingFactory(indicator=indicator, **van), BezettingFactory(**van)
    return Wereld(onderdelen, indicator, meting, bezetting, anna, vera, chef, piet)


def zeg(plek: Opmerking, door: User, tekst: str = "Klopt dit?", *aan: User) -> Opmerking:
    return plaats_opmerking(plek, tekst, door=door, aan=aan, formulier=uuid4().hex, herkomst="proef")
