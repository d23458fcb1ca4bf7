"""What follows from a stored record: derived when it is asked for, never stored, so that it cannot disagree with it.

Nothing here judges: the verdict is in the record. Works on a row of the database and on a computed record alike.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from common.tekst.periode import Kwartaal
from monitor.rekenen.oordeelzin import reden
from monitor.rekenen.regels.feiten import Doeldeel, Indicatordeel
from monitor.rekenen.regels.oordeelregels import factor
from monitor.rekenen.regels.verschuldigd import KWARTALEN_VAN, telt_in


@dataclass(frozen=True, slots=True)
class Afgeleid:
    """Exact figures beside the verdict, in the unit of the indicator; None is absent, never 0.

    ``waarde`` is of the quarter, ``cumulatief`` of the year so far. ``verschil`` is against the target, for a
    year volume against the expectation, for an improvement against the previous measurement.
    """

    waarde: Decimal | None
    cumulatief: Decimal | None
    vorige: Decimal | None
    verwachting: Decimal | None
    streefwaarde: Decimal | None
    marge: Decimal | None
    tempo: Decimal | None
    verschil: Decimal | None
    nog_nodig: Decimal | None
    nodig_per_kwartaal: Decimal | None
    resterend: tuple[int, ...]
    ontbreekt: tuple[str, ...]
    volledig: bool
    status: str | None
    reden: str


def leid_cijfers_af(rij: Any, indicator: Indicatordeel, doel: Doeldeel | None) -> Afgeleid:
    """The figures and the sentence of one record; ``doel`` is the target that the record names, if any."""
    cijfers = _cijfers(rij, indicator, doel)
    return Afgeleid(**cijfers, reden=reden(rij, indicator, doel, cijfers))


def _cijfers(rij: Any, indicator: Indicatordeel, doel: Doeldeel | None) -> dict[str, Any]:
    cumulatief = waarde_van(rij.cum_teller, rij.cum_noemer, indicator)
    waarde = waarde_van(rij.teller, rij.noemer, indicator)
    vorige = waarde_van(rij.vorige, rij.vorige_noemer, indicator)
    resterend = _resterend(rij, indicator)
    nodig = _nog_nodig(cumulatief, indicator, doel)
    heeft_waarde = rij.stand == "geleverd"
    return {
        "waarde": waarde,
        "cumulatief": cumulatief,
        "vorige": vorige,
        "verwachting": _kaal(rij.verwachting),
        "streefwaarde": _kaal(doel.streefwaarde) if doel else None,
        "marge": _kaal(doel.marge) if doel else None,
        "tempo": _kaal(cumulatief / rij.verwachting) if cumulatief is not None and rij.verwachting else None,
        "verschil": _verschil(rij, doel, waarde, cumulatief, vorige),
        "nog_nodig": nodig,
        "nodig_per_kwartaal": _kaal(nodig / len(resterend)) if nodig is not None and resterend else None,
        "resterend": resterend,
        "ontbreekt": tuple(f"Q{k}" for k in (1, 2, 3, 4) if rij.gemist & 1 << (k - 1)),
        "volledig": heeft_waarde and rij.geleverd >= rij.moet_leveren and not rij.gemist,
        "status": ("voorlopig" if rij.voorlopig else "definitief") if heeft_waarde else None,
    }


def _resterend(rij: Any, indicator: Indicatordeel) -> tuple[int, ...]:
    """The later quarters of the year in which a value will come."""
    later = (k for k in KWARTALEN_VAN[indicator.frequentie] if k > rij.kwartaal)
    return tuple(k for k in later if telt_in(indicator, Kwartaal(rij.jaar, k)))


def waarde_van(teller: Decimal | None, noemer: Decimal | None, indicator: Indicatordeel) -> Decimal | None:
    """Teller, or teller ÷ noemer in the unit of the indicator; None where there is nothing to divide by."""
    if teller is None:
        return None
    if indicator.aggregatie != "verhouding":
        return _kaal(teller)
    return _kaal(teller * factor(indicator.eenheid) / noemer) if noemer else None


def _verschil(
    rij: Any, doel: Doeldeel | None, waarde: Decimal | None, cumulatief: Decimal | None, vorige: Decimal | None
) -> Decimal | None:
    if doel is None:
        return None
    tegen = {"jaarvolume": rij.verwachting, "verbetering": vorige}.get(doel.soort, doel.streefwaarde)
    zelf = cumulatief if doel.soort != "verbetering" or waarde is None else waarde
    return None if zelf is None or tegen is None else _kaal(zelf - tegen)


def _nog_nodig(cumulatief: Decimal | None, indicator: Indicatordeel, doel: Doeldeel | None) -> Decimal | None:
    if cumulatief is None or not doel or doel.soort != "jaarvolume" or indicator.richting != "hoger":
        return None
    return _kaal(max(Decimal(0), doel.streefwaarde - cumulatief))


def _kaal(getal: Decimal | None) -> Decimal | None:
    """The same number without trailing zeros, and without an exponent."""
    if getal is None:
        return None
    kaal = getal.normalize()
    return kaal.quantize(Decimal(1)) if kaal.as_tuple().exponent > 0 else kaal  # type: ignore[operator]
