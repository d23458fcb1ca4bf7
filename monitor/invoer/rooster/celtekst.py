"""A value as the text of its cells, and the token that tells whether someone touched them. Pure."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from common.tekst.periode import Kwartaal
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.regels.validatie import CIJFERKOLOMMEN, IndicatorFeiten, Kader, OnderdeelFeiten
from monitor.invoer.regels.waarneming import Invoerrij
from monitor.rekenen.regels.verschuldigd import wordt_gemeten

_TOKEN = re.compile(r"(\d{1,9}):([0-9a-f]{16})", re.ASCII)


def schoon(cellen: Mapping[str, str]) -> dict[str, str]:
    """The columns that hold text. The status alone says nothing: it is filled in for every value."""
    gevuld = {kolom: tekst.strip() for kolom, tekst in cellen.items() if tekst.strip()}
    return gevuld if set(gevuld) - {"status"} else {}


def teksten_van(inhoud: Mapping[str, Any], *, verhouding: bool) -> dict[str, str]:
    """What someone would have typed for this value, so that reading it gives the same value again."""
    cijfers = {naam: _getal(inhoud[naam]) for naam in CIJFERKOLOMMEN}
    if inhoud["onbekend"]:
        cijfers["teller" if verhouding else "waarde"] = "nb"
    dag: date | None = inhoud["meetdatum"]
    datum = f"{dag:%d-%m-%Y}" if dag else ""
    return schoon({**cijfers, "status": inhoud["status"], "meetdatum": datum, "toelichting": inhoud["toelichting"]})


def _getal(waarde: Decimal | None) -> str:
    """Without dots: 1.234 could be read as a percentage in two ways."""
    return "" if waarde is None else f"{waarde.normalize():f}".replace(".", ",")


def maak_token(versie: int, cellen: Mapping[str, str]) -> str:
    """The version of the concept, and a mark of the texts as they stood on the page."""
    return f"{versie}:{_merk(cellen)}"


def lees_token(token: str, cellen: Mapping[str, str]) -> tuple[int, bool] | None:
    """The version that was seen, and whether the texts differ from those on the page; None for what is no token."""
    vorm = _TOKEN.fullmatch(token)
    return (int(vorm[1]), vorm[2] != _merk(cellen)) if vorm else None


def _merk(cellen: Mapping[str, str]) -> str:
    """A field of one line has no line ends and a browser may change spaces: these do not count."""
    gevuld = {kolom: " ".join(tekst.split()) for kolom, tekst in schoon(cellen).items()}
    return hashlib.sha256(json.dumps(gevuld, sort_keys=True).encode()).hexdigest()[:16]


def wordt_getypt(indicator: IndicatorFeiten, onderdeel: OnderdeelFeiten, kwartaal: Kwartaal) -> bool:
    """Whether this value is asked for this quarter and comes from a person, by the definition of its year."""
    indicator = indicator.in_jaar(kwartaal.jaar)
    uitgezonderd = onderdeel.code in indicator.niet_voor
    return indicator.herkomst != "afgeleid" and wordt_gemeten(indicator, onderdeel, kwartaal, uitgezonderd=uitgezonderd)


def kolommen_van(indicator: IndicatorFeiten) -> tuple[str, ...]:
    """The columns that have a meaning for this indicator."""
    cijfers = {"verhouding": ("teller", "noemer"), "enquete": ("waarde", "marge")}
    return (*cijfers.get(indicator.aggregatie, ("waarde",)), "status", "meetdatum", "toelichting")


def als_rij(nummer: int, plek: Meetplek, kwartaal: Kwartaal, cellen: Mapping[str, str], kader: Kader) -> Invoerrij:
    """The row that a file would hold for this cell. A survey is about the whole year."""
    indicator, onderdeel = plek
    van_jaar = kader.indicatoren[indicator].aggregatie == "enquete"
    plaats = {"indicator": indicator, "onderdeel": onderdeel, "jaar": str(kwartaal.jaar)}
    return Invoerrij(nummer, {**plaats, "kwartaal": "" if van_jaar else str(kwartaal.nummer), **cellen})
