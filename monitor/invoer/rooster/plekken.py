"""Which values are typed for a quarter: of which indicator, for which onderdeel. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from common.tekst.periode import Kwartaal
from monitor.invoer.regels.validatie import IndicatorFeiten, Kader, OnderdeelFeiten
from monitor.rekenen.regels.verschuldigd import is_gevraagd, is_meetmoment

Plek = tuple[str, str]  # indicator, onderdeel

# What a person types of one value, in the order of the grid.
CELKOLOMMEN = ("waarde", "teller", "noemer", "marge", "status", "meetdatum", "toelichting")


def wordt_getypt(indicator: IndicatorFeiten, onderdeel: OnderdeelFeiten, kwartaal: Kwartaal) -> bool:
    """Whether this value is asked for this quarter and comes from a person, in whatever year."""
    return (
        indicator.herkomst != "afgeleid"
        and is_gevraagd(indicator.aggregatie, indicator.niveau, onderdeel.soort)
        and onderdeel.code not in indicator.niet_voor
        and onderdeel.bestaat_in(kwartaal.einde(), kwartaal.einde())
        and is_meetmoment(indicator.frequentie, indicator.eerste_jaar, kwartaal.jaar, kwartaal.nummer)
    )


def kolommen_van(indicator: IndicatorFeiten) -> tuple[str, ...]:
    """The columns that have a meaning for this indicator."""
    cijfers = {"verhouding": ("teller", "noemer"), "enquete": ("waarde", "marge")}
    return (*cijfers.get(indicator.aggregatie, ("waarde",)), "status", "meetdatum", "toelichting")


def als_rij(plek: Plek, kwartaal: Kwartaal, cellen: Mapping[str, str], kader: Kader) -> dict[str, str]:
    """The row that a file would hold for this cell. A survey is about the whole year."""
    indicator, onderdeel = plek
    van_jaar = kader.indicatoren[indicator].aggregatie == "enquete"
    plaats = {"indicator": indicator, "onderdeel": onderdeel, "jaar": str(kwartaal.jaar)}
    return {**plaats, "kwartaal": "" if van_jaar else str(kwartaal.nummer), **cellen}
