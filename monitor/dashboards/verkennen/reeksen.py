"""The tidy set: one row per indicator, onderdeel and quarter, for whoever wants to compute further with the figures.

The page to explore, the list ``/api/v1/reeksen`` and the command ``exporteer_cijfers`` all give these rows. They are
scoped and suppressed by ``Bekend``, as every page is: a row that this user may not see is not in it, and a figure
about people that is not of every part yet has no figures and says so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import MAXYEAR, date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Lower

from accounts.models import User
from common.tekst.periode import Kwartaal
from common.tekst.tekens import zonder_onzichtbare
from formatie.models import Onderdeel
from monitor.dashboards.terugkijken import Bekend, bekend_van
from monitor.models import Doelbereik, Indicator, Stand
from monitor.rekenen.cijfers import gelezen_stand, leid_cijfers_af, waarde_van
from monitor.selectors import Definities
from monitor.zicht import Jaargang

MEESTE_KEUZES = 50
"""Codes of one kind in a question; without any all are meant."""
LANGSTE_CODE = 60
_CODE = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Reekskeuze:
    """What is asked for, in codes; empty is everything, without a quarter from the first or to the last."""

    indicatoren: tuple[str, ...] = ()
    onderdelen: tuple[str, ...] = ()
    vanaf: Kwartaal | None = None
    tot: Kwartaal | None = None


@dataclass(frozen=True, slots=True)
class Reeksrij:
    """One figure in the unit of its indicator; None is absent, never 0, and ``reden`` then says why.

    ``waarde``, ``teller`` and ``noemer`` are of the quarter itself, ``cumulatief`` of the year up to and including it.
    ``stand`` is the state of the value, ``voorlopig`` None where there is none. ``revisie`` is the generation of the
    indicator's figures; None as known on an earlier day, of which nothing is stored. The name and the decimals are
    those of the year.
    """

    indicator: str
    indicator_naam: str
    onderdeel: str
    onderdeel_naam: str
    kwartaal: Kwartaal
    waarde: Decimal | None
    teller: Decimal | None
    noemer: Decimal | None
    cumulatief: Decimal | None
    streefwaarde: Decimal | None
    oordeel: str
    stand: str
    voorlopig: bool | None
    revisie: int | None
    eenheid: str
    decimalen: int
    reden: str


BESTANDSKOP = tuple(veld.name for veld in fields(Reeksrij))
"""The head of a file with these rows, for another program to read."""


def als_bestandsrij(rij: Reeksrij) -> list[Decimal | int | str | None]:
    """The cells of one row in a file: a number is a number, a quarter 2026-Q3, yes and no in Dutch."""
    return [_bestandscel(getattr(rij, naam)) for naam in BESTANDSKOP]


def _bestandscel(cel: Any) -> Decimal | int | str | None:
    if isinstance(cel, bool):
        return "ja" if cel else "nee"
    return str(cel) if isinstance(cel, Kwartaal) else cel


class Weggelaten(NamedTuple):
    """A chosen onderdeel of which this user reads no row of a chosen indicator, and why."""

    indicator: str
    onderdeel: str
    reden: str


class Keuzefout(NamedTuple):
    """What cannot be chosen: the field (``indicator``, ``onderdeel``, ``vanaf``, ``tot``) and a Dutch sentence."""

    veld: str
    zin: str


def get_reeksen(user: User, keuze: Reekskeuze, peildatum: date | None = None) -> list[Reeksrij]:
    """The rows in order of the codes and of time. A fixed number of queries, whatever is chosen."""
    bekend = bekend_van(user, peildatum)
    return leesbare_reeksen(bekend, list(zoek_reeksen(bekend, keuze)))


def zoek_reeksen(bekend: Bekend, keuze: Reekskeuze) -> Sequence[Doelbereik] | QuerySet[Doelbereik]:
    """The stored rows of a choice, to take a page of; only ``leesbare_reeksen`` makes them fit to be seen."""
    codes = (("indicator__code__in", keuze.indicatoren), ("onderdeel__code__in", keuze.onderdelen))
    return bekend.overal({veld: gekozen for veld, gekozen in codes if gekozen}, keuze.vanaf, keuze.tot)


def leesbare_reeksen(bekend: Bekend, rijen: Sequence[Doelbereik]) -> list[Reeksrij]:
    """Stored rows as this user may read them."""
    definities = Definities.lees()
    leesbaar = bekend.leesbaar(rijen)
    return [_als_reeksrij(bekend, rij, definities.in_jaar(rij.indicator, rij.jaar)) for rij in leesbaar]


GEEN_PLAATS = Stand.NIET_VAN_TOEPASSING  # then the target of the others is none of its own


def _als_reeksrij(bekend: Bekend, rij: Doelbereik, indicator: Indicator) -> Reeksrij:
    waarde = waarde_van(rij.teller, rij.noemer, indicator)
    cumulatief = waarde_van(rij.cum_teller, rij.cum_noemer, indicator)
    berekening = bekend.berekening(rij.indicator)
    return Reeksrij(
        indicator=indicator.code,
        indicator_naam=indicator.naam,
        onderdeel=rij.onderdeel.code,
        onderdeel_naam=rij.onderdeel.naam,
        kwartaal=Kwartaal(rij.jaar, rij.kwartaal),
        waarde=waarde,
        teller=rij.teller,
        noemer=rij.noemer,
        cumulatief=cumulatief,
        streefwaarde=rij.doelstelling.streefwaarde if rij.doelstelling and rij.stand != GEEN_PLAATS else None,
        oordeel=str(rij.oordeel),
        stand=gelezen_stand(rij.stand, cumulatief),
        voorlopig=rij.voorlopig if rij.stand == "geleverd" else None,
        revisie=berekening.generatie if berekening else None,
        eenheid=indicator.eenheid,
        decimalen=indicator.decimalen,
        reden=_waarom_leeg(rij, indicator) if waarde is None else "",
    )


def _waarom_leeg(rij: Doelbereik, indicator: Indicator) -> str:
    """Why the quarter has no value; the sentence of the page where the whole row has none."""
    if rij.teller is not None:
        return "De noemer is 0: er valt niets te delen."
    if rij.cum_teller is not None:
        return f"Alleen over heel {rij.jaar} gemeten." if rij.heel_jaar else "Van dit kwartaal is geen waarde geleverd."
    return leid_cijfers_af(rij, indicator, rij.doelstelling).reden


def get_weggelaten(user: User, keuze: Reekskeuze, peildatum: date | None = None) -> list[Weggelaten]:
    """Of the chosen onderdelen those that this user may not read of a chosen indicator in the years of the choice.

    Only what was named on both sides: without names nobody asks why something is not there.
    """
    bekend = bekend_van(user, peildatum)
    indicatoren = Indicator.objects.filter(code__in=keuze.indicatoren).order_by("code")
    onderdelen = list(Onderdeel.objects.filter(code__in=keuze.onderdelen).select_related("ouder").order_by("code"))
    te_klein = bekend.te_klein()
    redenen = (
        (indicator, onderdeel, bekend.waarom_niet(indicator, onderdeel, _in_jaren(te_klein, indicator, keuze)))
        for indicator in indicatoren
        for onderdeel in onderdelen
    )
    return [Weggelaten(i.code, o.code, reden) for i, o, reden in redenen if reden]


def _in_jaren(te_klein: Mapping[Jaargang, set[int]], indicator: Indicator, keuze: Reekskeuze) -> set[int]:
    """The districts that are too small in any year of the choice."""
    van, tot = keuze.vanaf.jaar if keuze.vanaf else 0, keuze.tot.jaar if keuze.tot else MAXYEAR
    van_deze = (weg for (pk, jaar), weg in te_klein.items() if pk == indicator.pk and van <= jaar <= tot)
    return set().union(*van_deze)


def keur_keuze(
    indicatoren: Sequence[str], onderdelen: Sequence[str], vanaf: str = "", tot: str = ""
) -> tuple[Reekskeuze, list[Keuzefout]]:
    """The choice with its codes as they are written, whatever capitals were typed, and every fault in it."""
    fouten: list[Keuzefout] = []
    gekozen = (
        _geschreven(Indicator, "indicator", indicatoren, fouten),
        _geschreven(Onderdeel, "onderdeel", onderdelen, fouten),
    )
    periode = (_kwartaal("vanaf", vanaf, fouten), _kwartaal("tot", tot, fouten))
    if periode[0] and periode[1] and periode[1] < periode[0]:
        fouten.append(Keuzefout("tot", f"Kies een kwartaal vanaf {periode[0]}: {periode[1]} komt daarvoor."))
    return Reekskeuze(*gekozen, *periode), fouten


def _geschreven(
    model: type[Indicator] | type[Onderdeel], naam: str, codes: Sequence[str], fouten: list[Keuzefout]
) -> tuple[str, ...]:
    getypt = {zonder_onzichtbare(code).strip().casefold(): code[:LANGSTE_CODE] for code in codes}
    gevraagd = [code for code in getypt if _CODE.fullmatch(code)]
    if len(gevraagd) > MEESTE_KEUZES:
        fouten.append(Keuzefout(naam, f"Kies er hoogstens {MEESTE_KEUZES}; dit zijn er {len(gevraagd)}."))
        return ()
    hoofdloos = model.objects.annotate(klein=Lower("code")).filter(klein__in=gevraagd)
    bekend = dict(hoofdloos.values_list("klein", "code")) if gevraagd else {}
    fouten += [Keuzefout(naam, f"“{code}” is geen {naam}.") for klein, code in getypt.items() if klein not in bekend]
    return tuple(bekend[code] for code in gevraagd if code in bekend)


def _kwartaal(veld: str, tekst: str, fouten: list[Keuzefout]) -> Kwartaal | None:
    try:
        return Kwartaal.parse(tekst.strip().upper()) if tekst else None
    except ValueError as fout:
        fouten.append(Keuzefout(veld, str(fout)))
        return None
