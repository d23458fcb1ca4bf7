"""What the API says: Dutch names in camelCase, decimals as strings, absent as null, times in UTC.

The docstrings of the shapes stand in the description of the API, for its users: they are in Dutch.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from ninja import Schema
from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PlainSerializer,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from common.pagina.peildatum import Uitgelegd, einde_van, lees_dag
from common.tekst.getallen import voor_programma
from monitor.api.problemen import Ongeldig


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


Getal = Annotated[
    Decimal,
    PlainSerializer(voor_programma, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d+)?$", "examples": ["82.5"]}),
]
Moment = Annotated[
    datetime, PlainSerializer(_in_utc, return_type=str), WithJsonSchema({"type": "string", "format": "date-time"})
]
CodeVan = Annotated[str, BeforeValidator(lambda van: getattr(van, "code", van))]
"""What something is called by: its code, or the code of the row that is given."""


class Antwoordvorm(Schema):
    """Een antwoord."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


_Resultaat = TypeVar("_Resultaat")


class Lijst(Antwoordvorm, Generic[_Resultaat]):
    """Een bladzijde van een lijst; totaal telt de rijen van alle bladzijden."""

    resultaten: list[_Resultaat]
    totaal: int


class Doel(Antwoordvorm):
    """Het doel van een jaar, zoals het nu geldt."""

    jaar: int
    soort: str
    streefwaarde: Getal | None
    marge: Getal | None
    geldig_vanaf: date
    besluit: str


class IndicatorUit(Antwoordvorm):
    """De definitie van een indicator, zijn plaats in de agenda en zijn doelen.

    ``agenda`` zijn de jaren van de laatste begonnen agenda waar hij in staat: 2023-2026.
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


class OnderdeelUit(Antwoordvorm):
    """Een onderdeel van de organisatie; geldigTot is de eerste dag waarop het er niet meer is."""

    code: str
    naam: str
    soort: str
    ouder: CodeVan | None
    geldig_vanaf: date | None
    geldig_tot: date | None


class FormatieregelUit(Antwoordvorm):
    """Een gedrukte regel van het formatieplan, met de som van zijn delen; null waar er geen delen zijn."""

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


class DistrictsformatieUit(Antwoordvorm):
    """Een gedrukte cel van de tabellen per district."""

    onderdeel: CodeVan
    soort: str
    fte: Getal | None
    inwoners_per_wijkagent: int | None
    bronregel: str


class DoelbereikUit(Antwoordvorm):
    """Wat een onderdeel van een indicator bereikt heeft aan het eind van een kwartaal, en het oordeel.

    Omvang is van bezetting min formatie het deel van het plan waar het over gaat; bij al het andere leeg.
    """

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
    omvang: str | None
    volledig: bool
    ontbreekt: list[str]
    nog_nodig: Getal | None
    nodig_per_kwartaal: Getal | None
    status: str | None
    berekend_op: Moment
    regelversie: str


class ReeksUit(Antwoordvorm):
    """Een cijfer van een onderdeel in een kwartaal, om mee verder te rekenen; waar het er niet is, zegt reden waarom.

    Waarde, teller en noemer zijn van het kwartaal, cumulatief is van het jaar tot en met dat kwartaal. Revisie telt hoe
    vaak de cijfers van de indicator veranderd zijn; met een peildatum is zij leeg.
    """

    indicator: str
    indicator_naam: str
    onderdeel: str
    onderdeel_naam: str
    jaar: int
    kwartaal: int
    waarde: Getal | None
    teller: Getal | None
    noemer: Getal | None
    cumulatief: Getal | None
    streefwaarde: Getal | None
    oordeel: str
    stand: str
    voorlopig: bool | None
    revisie: int | None
    eenheid: str
    decimalen: int
    reden: str


class MetingUit(Antwoordvorm):
    """Een versie van een waarde; staat zegt hoe ver zij is: concept, ingediend, vastgesteld of vervangen."""

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


class IndicatorLijst(Lijst[IndicatorUit]):
    """Een bladzijde van de indicatoren; totaal telt de rijen van alle bladzijden."""


class OnderdeelLijst(Lijst[OnderdeelUit]):
    """Een bladzijde van de onderdelen; totaal telt de rijen van alle bladzijden."""


class FormatieregelLijst(Lijst[FormatieregelUit]):
    """Een bladzijde van het formatieplan; totaal telt de rijen van alle bladzijden."""


class DistrictsformatieLijst(Lijst[DistrictsformatieUit]):
    """Een bladzijde van de formatie per district; totaal telt de rijen van alle bladzijden."""


class DoelbereikLijst(Lijst[DoelbereikUit]):
    """Een bladzijde van het doelbereik; totaal telt de rijen van alle bladzijden."""


class ReeksLijst(Lijst[ReeksUit]):
    """Een bladzijde van de reeksen; totaal telt de rijen van alle bladzijden."""


class MetingLijst(Lijst[MetingUit]):
    """Een bladzijde van de metingen; totaal telt de rijen van alle bladzijden."""


PER_PAGINA, HOOGSTENS = 100, 1000

Bron = TypeVar("Bron")
Uit = TypeVar("Uit")


class Vraagvorm(Schema):
    """Base of every question: a parameter that it does not know, or that stands there twice, is a fault."""

    model_config = ConfigDict(populate_by_name=True)
    MEER_KEREN: ClassVar[tuple[str, ...]] = ()
    """The parameters that may stand there more than once."""

    @model_validator(mode="wrap")
    @classmethod
    def ken_elke_parameter(
        cls, data: Any, handler: ModelWrapValidatorHandler["Vraagvorm"], info: ValidationInfo
    ) -> "Vraagvorm":
        fouten = list(cls._vreemd((info.context or {})["request"].GET))
        try:
            vraag = handler(data)
        except ValidationError as fout:
            fouten += [cls._begrensd(item) for item in fout.errors()]
        if fouten:
            raise ValidationError.from_exception_data(cls.__name__, fouten)
        return vraag

    @classmethod
    def _begrensd(cls, item: ErrorDetails) -> InitErrorDetails:
        """The same fault; one about a bound names both bounds of its field."""
        velden = {veld.alias or naam: veld for naam, veld in cls.model_fields.items()}
        grenzen = {type(grens).__name__.lower(): grens for grens in velden[str(item["loc"][-1])].metadata}
        context = item.get("ctx", {}) | {n: getattr(g, n) for n, g in grenzen.items() if n in ("ge", "le")}
        soort = PydanticCustomError(item["type"], item["type"], context)
        return InitErrorDetails(type=soort, loc=item["loc"], input=item["input"])

    @classmethod
    def _vreemd(cls, gevraagd: QueryDict) -> Iterator[InitErrorDetails]:
        bekend = [veld.alias or naam for naam, veld in cls.model_fields.items()]
        for naam, waarden in gevraagd.lists():
            if naam not in bekend:
                fout = PydanticCustomError("onbekend", "onbekend", {"bekend": ", ".join(bekend)})
                yield InitErrorDetails(type=fout, loc=(naam,), input=None)
            elif len(waarden) > 1 and naam not in cls.MEER_KEREN:
                yield InitErrorDetails(type=PydanticCustomError("dubbel", "dubbel"), loc=(naam,), input=None)


class Bladzijde(Vraagvorm):
    """Welke bladzijde van de lijst er gevraagd wordt."""

    pagina: int = Field(1, ge=1, le=1_000_000, description="De hoeveelste bladzijde.")
    per_pagina: int = Field(
        PER_PAGINA, ge=1, le=HOOGSTENS, alias="perPagina", description="Hoeveel rijen per bladzijde."
    )


class OpPeildatum(Bladzijde):
    """Met een peildatum: zoals bekend aan het eind van die dag."""

    peildatum: date | None = Field(None, description="Zoals bekend aan het eind van deze dag.")

    def gekeurde_dag(self) -> date | None:
        """The day that is asked for, none for today; Ongeldig for one that is yet to come, or before any figure."""
        vandaag = timezone.localdate()
        dag = keur_dag("peildatum", self.peildatum, vandaag) if self.peildatum else None
        return dag if dag != vandaag else None

    def gekeurd_moment(self) -> datetime | None:
        """The end of that day; None is now."""
        dag = self.gekeurde_dag()
        return einde_van(dag) if dag else None


def keur_dag(naam: str, dag: date, vandaag: date) -> date:
    """A day that the pages have too; Ongeldig, in their words, for another."""
    try:
        return lees_dag(dag.isoformat(), vandaag)
    except Uitgelegd as fout:
        raise Ongeldig((naam, str(fout))) from None


def blader(
    rijen: QuerySet[Any] | Sequence[Bron],
    bladzijde: Bladzijde,
    maak: Callable[[Any], Uit],
    leesbaar: Callable[[list[Any]], Sequence[Any]] = list,
) -> dict[str, list[Uit] | int]:
    """One page of rows, as ``leesbaar`` makes it, and how many there are in all."""
    begin = (bladzijde.pagina - 1) * bladzijde.per_pagina
    totaal = rijen.count() if isinstance(rijen, QuerySet) else len(rijen)
    pagina = leesbaar(list(rijen[begin : begin + bladzijde.per_pagina]))
    return {"resultaten": [maak(rij) for rij in pagina], "totaal": totaal}
