"""Dutch numbers: one strict reader for whatever people type or paste, one way to show a number.

Reading never guesses. What can only mean one thing is read; what could mean two is asked back, with
the reading the person probably meant.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from common.tekst.tekens import zichtbaar, zonder_onzichtbare
from common.tekst.verschrijving import MEESTE, leegtevraag, verschrijving

MAX_CIJFERS = 16
MAX_DECIMALEN = 4

_HEEL = re.compile(r"-?\d+", re.ASCII)
# No group of thousands starts with a 0: 0.125 is an English eighth, never 125.
_GEGROEPEERD = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)
_GESPATIEERD = re.compile(r"-?[1-9]\d{0,2}(?: \d{3})+", re.ASCII)
_EEN_PUNT = re.compile(r"-?\d+\.\d+", re.ASCII)
_ENGELS = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d+", re.ASCII)
_LEESBAAR = re.compile(r"[-0-9., ]+", re.ASCII)


class Notatie(Enum):
    """How a number of this kind may be written. HOEVEELHEID: a count that may be in parts, such as fte."""

    TELLING = "een heel getal"
    HOEVEELHEID = "een aantal"
    BEDRAG = "een bedrag"
    MAAT = "een getal"
    PERCENTAGE = "een percentage"


_VOORBEELD = {
    Notatie.TELLING: "1234 of 1.234",
    Notatie.HOEVEELHEID: "1.234 of 24,5",
    Notatie.BEDRAG: "20.917.070 of 1.234,50",
    Notatie.MAAT: "1234,5",
    Notatie.PERCENTAGE: "82,5",
}


class GetalFout(ValueError):
    """The text is not a number we can read; the message says what to type instead.

    ``bedoeld`` is the reading the person probably meant, where there is one.
    """

    def __init__(self, bericht: str, bedoeld: str = "") -> None:
        super().__init__(bericht)
        self.bedoeld = bedoeld


def lees(tekst: str, notatie: Notatie) -> Decimal:
    """Read one number. Raises GetalFout with a Dutch sentence for anything that is not clearly one.

    What is invisible is left out, and every kind of space may stand between thousands.
    """
    schoon = _schoon(tekst, notatie)
    heel, komma, decimalen = schoon.partition(",")
    if _GEGROEPEERD.fullmatch(heel) and not _dubbelzinnig(heel, komma, notatie):
        heel = heel.replace(".", "")
    elif _GESPATIEERD.fullmatch(heel):
        heel = heel.replace(" ", "")
    if not _HEEL.fullmatch(heel) or (komma and not re.fullmatch(r"\d+", decimalen, re.ASCII)):
        raise _onleesbaar(tekst, schoon, notatie)
    _bewaak_lengte(heel, decimalen, notatie)
    return Decimal(f"{heel}.{decimalen or '0'}") if komma else Decimal(heel)


def _schoon(tekst: str, notatie: Notatie) -> str:
    schoon = zonder_onzichtbare(tekst).strip()
    if notatie is Notatie.PERCENTAGE and schoon.endswith("%"):
        schoon = schoon[:-1].rstrip()
    if notatie is Notatie.BEDRAG and schoon.startswith("€"):
        schoon = schoon[1:].lstrip()
    return schoon


def _dubbelzinnig(heel: str, komma: str, notatie: Notatie) -> bool:
    """``1.234`` as a percentage may be 1234 or 1,234; with a second group or a comma it may not."""
    return notatie in (Notatie.MAAT, Notatie.PERCENTAGE) and heel.count(".") == 1 and not komma


def _bewaak_lengte(heel: str, decimalen: str, notatie: Notatie) -> None:
    if notatie is Notatie.TELLING and decimalen:
        raise GetalFout(f"Vul een heel getal in, zonder cijfers achter de komma. Bijvoorbeeld {_VOORBEELD[notatie]}.")
    if notatie is Notatie.BEDRAG and len(decimalen) > 2:
        raise GetalFout("Een bedrag heeft hoogstens twee cijfers achter de komma. Bijvoorbeeld 1.234,50.")
    if len(decimalen) > MAX_DECIMALEN:
        raise GetalFout(f"Gebruik hoogstens {MAX_DECIMALEN} cijfers achter de komma.")
    if len(heel.lstrip("-")) > MAX_CIJFERS:
        raise GetalFout(f"Dit getal is te lang. Gebruik hoogstens {MAX_CIJFERS} cijfers voor de komma.")


def _onleesbaar(tekst: str, schoon: str, notatie: Notatie) -> GetalFout:
    getypt = zichtbaar(tekst.strip()[:MEESTE])
    if _EEN_PUNT.fullmatch(schoon) and notatie is not Notatie.TELLING:
        bedoeld = schoon.replace(".", ",")
        return GetalFout(f"Bedoelt u {bedoeld}? Gebruik een komma voor de decimalen.", bedoeld)
    if not schoon:
        return GetalFout("Vul een getal in, of nb als de waarde nog niet bekend is.")
    if vraag := leegtevraag(tekst, "Vul een getal in"):
        return GetalFout(vraag)
    if _ENGELS.fullmatch(schoon):
        return GetalFout(
            f"“{getypt}” is Engels geschreven. Schrijf het Nederlands, bijvoorbeeld {_VOORBEELD[notatie]}."
        )
    return _verschreven(tekst, notatie) or _geen_getal(getypt, schoon, notatie)


def _verschreven(tekst: str, notatie: Notatie) -> GetalFout | None:
    """What is known to go wrong, with the number that was meant where that can be read."""
    soort = {"is_bedrag": notatie is Notatie.BEDRAG, "is_percentage": notatie is Notatie.PERCENTAGE}
    gevonden = verschrijving(zonder_onzichtbare(tekst).strip(), soort=notatie.value, **soort)
    if gevonden is None:
        return None
    if not _is_leesbaar(gevonden.bedoeld, notatie):
        gevonden = gevonden._replace(bedoeld="")
    return GetalFout(gevonden.zin(tekst.strip()[:MEESTE]), gevonden.bedoeld)


def _is_leesbaar(tekst: str, notatie: Notatie) -> bool:
    try:
        lees(tekst, notatie)
    except GetalFout:
        return False
    return True


def _geen_getal(getypt: str, schoon: str, notatie: Notatie) -> GetalFout:
    if not _LEESBAAR.fullmatch(schoon):
        return GetalFout(f"“{getypt}” is geen getal. Gebruik alleen cijfers, punt, komma en minteken (-).")
    return GetalFout(f"“{getypt}” is niet te lezen als {notatie.value}. Schrijf bijvoorbeeld {_VOORBEELD[notatie]}.")


def toon(waarde: Decimal, decimalen: int) -> str:
    """Dutch notation: a dot between thousands, a comma before decimals; rounded half up for display only."""
    afgerond = waarde.quantize(Decimal(1).scaleb(-decimalen), rounding=ROUND_HALF_UP)
    if afgerond.is_zero():
        afgerond = abs(afgerond)
    return f"{afgerond:,.{decimalen}f}".translate(str.maketrans(",.", ".,"))


def toon_kort(waarde: Decimal) -> str:
    """Dutch notation with exactly the decimals the number has, no more: 22,5 and 23."""
    kaal = waarde.normalize()
    return toon(waarde, max(0, -int(kaal.as_tuple().exponent)))
