"""Bezetting in words and beside what counts now, the same on every page."""

from dataclasses import dataclass
from decimal import Decimal

from common.tekst.cijfers import celtekst, met_teken
from common.tekst.getallen import toon_kort
from common.tekst.tekens import kleine_letter
from formatie.models import Bezetting
from monitor.invoer.bezetting.validatie import DELEN_VAN_OS, FTENAMEN, FTEVELDEN

NIET_OPGEGEVEN = "niet opgegeven"


def bezetting_in_woorden(rij: Bezetting) -> str:
    """For example ``OS 143,5 en NOS 12, waarvan 20 aspiranten en 17,5 wijkagenten, 8 ziek, voorlopig``."""
    delen = [
        f"{toon_kort(getal)} {kleine_letter(FTENAMEN[deel])}"
        for deel in DELEN_VAN_OS
        if (getal := getattr(rij, deel)) is not None
    ]
    tekst = f"OS {toon_kort(rij.os)} en NOS {toon_kort(rij.nos)}"
    tekst += f", waarvan {' en '.join(delen)}" if delen else ""
    tekst += f", {toon_kort(rij.ziek)} ziek" if rij.ziek is not None else ""
    return tekst + (", voorlopig" if rij.status == Bezetting.Zekerheid.VOORLOPIG else "")


def plaatsnaam(rij: Bezetting) -> str:
    """A team by its own name; other places by what they are and of which district."""
    if rij.soort == Bezetting.Soort.BASISTEAM:
        return str(rij.onderdeel)
    return f"{rij.get_soort_display()} {rij.onderdeel}"


@dataclass(frozen=True, slots=True)
class Naastelkaar:
    """One figure: as proposed, as it counts now, and how much that differs; empty where there is nothing to say."""

    kop: str
    nieuw: str
    oud: str = ""
    verschil: str = ""


def naast_elkaar(rij: Bezetting, nu: Bezetting | None) -> list[Naastelkaar]:
    """Every figure of a proposal beside the approved one."""
    return [_naast(FTENAMEN[kolom], getattr(rij, kolom), getattr(nu, kolom) if nu else None, nu) for kolom in FTEVELDEN]


def _naast(kop: str, nieuw: Decimal | None, oud: Decimal | None, nu: Bezetting | None) -> Naastelkaar:
    nieuwe, oude = (celtekst(getal) or NIET_OPGEGEVEN for getal in (nieuw, oud))
    if nu is None or nieuw == oud:
        return Naastelkaar(kop, nieuwe)
    verschil = None if nieuw is None or oud is None else nieuw - oud
    return Naastelkaar(kop, nieuwe, oude, "" if verschil is None else met_teken(toon_kort(verschil), verschil))
