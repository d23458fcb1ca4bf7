"""What follows from a stored record: derived when it is asked for, never stored, so that it cannot disagree with it.

Nothing here judges: the verdict is in the record. Works on a row of the database and on a computed record alike.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from common.tekst.cijfers import Weging, weeg
from common.tekst.periode import Kwartaal
from monitor.rekenen.oordeelzin import foutmarges, reden
from monitor.rekenen.regels.feiten import Doeldeel, Indicatordeel
from monitor.rekenen.regels.oordeelregels import factor
from monitor.rekenen.regels.verschuldigd import KWARTALEN_VAN, telt_in


@dataclass(frozen=True, slots=True)
class Afgeleid:
    """Exact figures beside the verdict, in the unit of the indicator; None is absent, never 0.

    ``waarde`` is of the quarter, ``cumulatief`` of the year so far. ``gewogen`` is the one that is judged, ``tegen``
    what it is judged against: the target, for a year volume the expectation, for an improvement the previous
    measurement. ``weging`` is the same as shown, with the difference and the margin.
    """

    waarde: Decimal | None
    cumulatief: Decimal | None
    vorige: Decimal | None
    verwachting: Decimal | None
    streefwaarde: Decimal | None
    marge: Decimal | None
    tempo: Decimal | None
    gewogen: Decimal | None
    tegen: Decimal | None
    verschil: Decimal | None
    weging: Weging | None
    stand: str
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
    verbetering = doel is not None and doel.soort == "verbetering"
    gewogen = waarde if verbetering and waarde is not None else cumulatief
    tegen = _tegen(rij, doel, vorige)
    samen = None if gewogen is None or tegen is None else (gewogen, tegen)
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
        "gewogen": gewogen,
        "tegen": tegen,
        "verschil": _kaal(samen[0] - samen[1]) if samen else None,
        "weging": weeg(*samen, indicator, **_ruimte(rij, doel)) if samen else None,
        "stand": gelezen_stand(rij.stand, cumulatief),
        "nog_nodig": nodig,
        "nodig_per_kwartaal": _kaal(nodig / len(resterend)) if nodig is not None and resterend else None,
        "resterend": resterend,
        "ontbreekt": tuple(f"Q{k}" for k in (1, 2, 3, 4) if rij.gemist & 1 << (k - 1)),
        "volledig": heeft_waarde and rij.geleverd >= rij.moet_leveren and not rij.gemist,
        "status": ("voorlopig" if rij.voorlopig else "definitief") if heeft_waarde else None,
    }


def gelezen_stand(stand: Any, waarde: Decimal | Fraction | None) -> str:
    """The state of a value as it is read: delivered, but with nothing to divide by, is a state of its own."""
    return "noemer_nul" if stand == "geleverd" and waarde is None else str(stand)


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


def waarde_van_periode(indicator: Indicatordeel, rij: Any) -> Fraction | None:
    """The exact value of the period itself; None where not everyone delivered, or where it is of a whole year."""
    if rij is None or rij.stand != "geleverd" or rij.teller is None or rij.geleverd < rij.moet_leveren:
        return None
    if rij.heel_jaar and indicator.frequentie == "kwartaal":
        return None
    if indicator.aggregatie != "verhouding":
        return Fraction(rij.teller)
    return Fraction(rij.teller) * factor(indicator.eenheid) / Fraction(rij.noemer) if rij.noemer else None


def is_geteld(indicator: Any, rij: Any) -> bool:
    """Whether a ratio is a share of what was counted one by one, so that chance alone moves it."""
    if indicator.aggregatie != "verhouding" or indicator.herkomst == "afgeleid":
        return False
    heel = rij.teller % 1 == 0 and rij.noemer % 1 == 0
    return bool(heel and 0 <= rij.teller <= rij.noemer)


def _tegen(rij: Any, doel: Doeldeel | None, vorige: Decimal | None) -> Decimal | None:
    if doel is None:
        return None
    return _kaal({"jaarvolume": rij.verwachting, "verbetering": vorige}.get(doel.soort, doel.streefwaarde))


def _ruimte(rij: Any, doel: Doeldeel | None) -> dict[str, Any]:
    """The margin as ``weeg`` wants it: of an improvement the margins of error of both measurements together."""
    if doel is None or doel.soort != "verbetering":
        return {"marge": doel and doel.marge, "deel": doel is not None and doel.soort == "jaarvolume"}
    return {"marge": foutmarges(rij) if rij.marge or rij.vorige_marge else None}


def _nog_nodig(cumulatief: Decimal | None, indicator: Indicatordeel, doel: Doeldeel | None) -> Decimal | None:
    if cumulatief is None or not doel or doel.soort != "jaarvolume" or indicator.richting != "hoger":
        return None
    return _kaal(max(Decimal(0), doel.streefwaarde - cumulatief))


def _kaal(getal: Decimal | None) -> Decimal | None:
    """The same number without trailing zeros, and without an exponent."""
    if getal is None:
        return None
    kaal = getal.normalize()
    return kaal.quantize(Decimal(1)) if kaal.as_tuple().exponent > 0 else kaal  # type: ignore[operator]  # a finite number
