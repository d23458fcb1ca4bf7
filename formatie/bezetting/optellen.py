"""Approved bezetting added up by the database, and what is hidden of it. Only ``formatie.bezetting.zicht`` asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    Field,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import MD5, Coalesce

from common.pagina.peildatum import einde_van
from common.vaststellen.model import VaststellingQuerySet
from formatie.bezetting.sommen import KOLOMMEN, VELDEN, Blik, Rij, bepaal_verborgen
from formatie.bezetting.vorm import Plek
from formatie.models import Bezetting, Onderdeel

IS_DISTRICT = Q(onderdeel__soort=Onderdeel.Soort.DISTRICT)
VAN_DISTRICT = Q(onderdeel__ouder__soort=Onderdeel.Soort.DISTRICT)
DISTRICT = Case(When(IS_DISTRICT, then="onderdeel__code"), When(VAN_DISTRICT, then="onderdeel__ouder__code"))
WAARDEN: dict[str, Combinable] = {kolom: F(kolom) for kolom in VELDEN} | {
    "fte": F("os") + F("nos"),
    "wijkagenten_samen": Coalesce(F("wijkagenten") + F("wijkagenten_expert"), "wijkagenten", "wijkagenten_expert"),
}
"""What is added up for each column of one part; nothing where that was not reported."""


def versies_van(op: date | None) -> VaststellingQuerySet:
    """The approved rows that hold now, or that held at the end of an earlier day."""
    return Bezetting.objects.geldend() if op is None else Bezetting.objects.zoals_bekend_op(einde_van(op))


def lees_rijen(jaren: Collection[int], districten: Collection[str] | None = None, op: date | None = None) -> list[Rij]:
    """Every approved row of these years, of every district or of these, added up per district and quarter."""
    team = ExpressionWrapper(Q(soort=Bezetting.Soort.BASISTEAM), BooleanField())
    groepen = _geldend(jaren, op).annotate(district=DISTRICT, is_team=team)
    if districten is not None:
        groepen = groepen.filter(district__in=list(districten))
    rijen = (
        groepen.order_by()
        .values_list("district", "jaar", "kwartaal", "is_team")
        .annotate(
            Count("pk"),
            sommen=_reeks([Sum(WAARDEN[kolom]) for kolom in KOLOMMEN], DecimalField()),
            gemeld=_reeks([Count(WAARDEN[kolom]) for kolom in KOLOMMEN], IntegerField()),
        )
    )
    return [
        Rij(code, jaar, nummer, is_team, aantal, tuple(sommen), tuple(gemeld))
        for code, jaar, nummer, is_team, aantal, sommen, gemeld in rijen
    ]


class Patronen:
    """What is hidden in some years, from whoever asks; of the figures of now, or as known on the day ``op``.

    It depends on every figure of every district and is kept for as long as these are the same, so that most pages
    read the figures of their own district only.
    """

    def __init__(self, jaren: Collection[int], op: date | None = None) -> None:
        self._jaren, self._op = jaren, op

    def van(self, blik: Blik, districten: Collection[str]) -> dict[int, frozenset[Plek]]:
        """Year → the cells hidden from whoever sees this of a unit with these districts."""
        if blik.alles_precies:
            return {}
        drempel, binnen = settings.KLEINSTE_AANTAL, frozenset(districten)
        vakken = {jaar: bewaard(merk, binnen, blik, drempel) for jaar, merk in self._merken.items()}
        if not all(vakken.values()):
            nieuw = bepaal_verborgen([rij for rij in self._alle_rijen if rij.district in binnen], blik, drempel)
            for jaar, vak in vakken.items():
                vak[:] = [nieuw.get(jaar, frozenset())]
        return {jaar: vak[0] for jaar, vak in vakken.items()}

    def rijen(self, districten: Collection[str]) -> list[Rij]:
        """The figures of these districts; no query when all had to be read for a pattern."""
        if "_alle_rijen" not in self.__dict__:
            return lees_rijen(self._jaren, districten, self._op)
        return [rij for rij in self._alle_rijen if rij.district in districten]

    @cached_property
    def _alle_rijen(self) -> list[Rij]:
        return lees_rijen(self._jaren, op=self._op)

    @cached_property
    def _merken(self) -> dict[int, str]:
        """Year → a digest of all that the pattern of that year is made from."""
        rij = Func(
            "kwartaal", DISTRICT, "soort", *VELDEN, template="ROW(%(expressions)s)::text", output_field=TextField()
        )
        merk = MD5(StringAgg(rij, delimiter=Value(";"), order_by="pk"))
        return dict(_geldend(self._jaren, self._op).order_by().values_list("jaar").annotate(merk=merk))


@lru_cache(maxsize=512)
def bewaard(merk: str, districten: frozenset[str], blik: Blik, drempel: Decimal) -> list[frozenset[Plek]]:
    """Where the pattern of one year is kept: empty, or with that one pattern in it."""
    return []


def _geldend(jaren: Collection[int], op: date | None) -> QuerySet[Bezetting]:
    return versies_van(op).filter(IS_DISTRICT | VAN_DISTRICT, jaar__in=jaren)


def _reeks(waarden: Iterable[Aggregate], soort: Field) -> Func:
    """Several sums in one column, because there are thousands of them and Django handles each column on its own."""
    return Func(*waarden, template="ARRAY[%(expressions)s]", output_field=ArrayField(soort))
