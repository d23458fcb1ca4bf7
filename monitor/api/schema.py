"""What the API says: Dutch names in camelCase, decimals as strings, absent as null, times in UTC."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Query, Schema
from pydantic import BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic.alias_generators import to_camel


def _als_tekst(waarde: Decimal) -> str:
    """No exponent and no trailing zeros: 82.5, 20917070, 0."""
    return f"{waarde.normalize():f}" if waarde else "0"


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


Getal = Annotated[Decimal, PlainSerializer(_als_tekst, return_type=str)]
Moment = Annotated[datetime, PlainSerializer(_in_utc, return_type=str)]
CodeVan = Annotated[str, BeforeValidator(lambda van: getattr(van, "code", van))]
"""What something is called by: its code, or the code of the row that is given."""


class _Antwoordvorm(Schema):
    """Base of every answer."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


_Resultaat = TypeVar("_Resultaat")


class Lijst(_Antwoordvorm, Generic[_Resultaat]):
    """One page of a list; ``totaal`` counts all pages."""

    resultaten: list[_Resultaat]
    totaal: int


class Doel(_Antwoordvorm):
    """A target of one year, in its version in force."""

    jaar: int
    soort: str
    streefwaarde: Getal | None
    marge: Getal | None
    geldig_vanaf: date
    besluit: str


class IndicatorUit(_Antwoordvorm):
    """The definition of an indicator, its place in the agenda and its targets.

    ``agenda`` are the years of the last agenda that has begun and prints it: 2023-2026.
    """

    code: str
    naam: str
    rubriek: str | None
    thema: str | None
    agenda: str | None
    aggregatie: str
    richting: str
    frequentie: str
    niveau: str
    eenheid: str
    waarvan_van: str | None
    gedrukt_doel: str | None
    bronregel: str | None
    definitie: str
    doelstellingen: list[Doel]


class OnderdeelUit(_Antwoordvorm):
    """A node of the organisation; ``geldigTot`` is the first day without it."""

    code: str
    naam: str
    soort: str
    ouder: CodeVan | None
    geldig_vanaf: date | None
    geldig_tot: date | None


class FormatieregelUit(_Antwoordvorm):
    """A printed row of the service table, with what its parts add up to; null where it has none."""

    volgnummer: int
    dienst: str
    naam: str
    soort: str
    fte: Getal | None
    fte_os: Getal | None
    fte_nos: Getal | None
    berekend_fte: Getal | None
    berekend_fte_os: Getal | None
    berekend_fte_nos: Getal | None
    verschil_fte: Getal | None
    verschil_fte_os: Getal | None
    verschil_fte_nos: Getal | None
    bronregel: str


class DistrictsformatieUit(_Antwoordvorm):
    """One printed cell of the district tables."""

    onderdeel: CodeVan
    soort: str
    fte: Getal | None
    inwoners_per_wijkagent: int | None
    bronregel: str


class DoelbereikUit(_Antwoordvorm):
    """The attainment of an indicator by an onderdeel at the end of a quarter, and the verdict."""

    indicator: str
    onderdeel: str
    jaar: int
    kwartaal: int
    waarde: Getal | None
    cumulatief: Getal | None
    verwachting: Getal | None
    streefwaarde: Getal | None
    tempo: Getal | None
    verschil: Getal | None
    oordeel: str
    stand: str
    reden: str
    volledig: bool
    ontbreekt: list[str]
    nog_nodig: Getal | None
    nodig_per_kwartaal: Getal | None
    status: str | None
    berekend_op: Moment
    regelversie: str


class MetingUit(_Antwoordvorm):
    """One version of one value; ``staat`` is its place in the life cycle."""

    id: int
    indicator: str
    onderdeel: str
    jaar: int
    kwartaal: int | None
    waarde: Getal | None
    teller: Getal | None
    noemer: Getal | None
    marge: Getal | None
    onbekend: bool
    status: str
    staat: str
    ingevoerd_door: str | None
    vastgesteld_door: str | None
    vastgesteld_op: Moment | None
    vervangt: int | None
    toelichting: str


PER_PAGINA, HOOGSTENS = 100, 1000

Bron = TypeVar("Bron")
Uit = TypeVar("Uit")


class Bladzijde(Schema):
    """Which page is asked for."""

    model_config = ConfigDict(populate_by_name=True)

    pagina: int = Field(1, ge=1, le=1_000_000)
    per_pagina: int = Field(PER_PAGINA, ge=1, le=HOOGSTENS, alias="perPagina")


BladzijdeVraag = Query[Bladzijde]


def blader(
    rijen: QuerySet[Any] | Sequence[Bron], bladzijde: Bladzijde, maak: Callable[[Any], Uit]
) -> dict[str, list[Uit] | int]:
    """One page of rows, and how many there are in all."""
    begin = (bladzijde.pagina - 1) * bladzijde.per_pagina
    totaal = rijen.count() if isinstance(rijen, QuerySet) else len(rijen)
    return {"resultaten": [maak(rij) for rij in rijen[begin : begin + bladzijde.per_pagina]], "totaal": totaal}
