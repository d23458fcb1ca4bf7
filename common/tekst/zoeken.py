"""Search with what every PostgreSQL has: no extension to install, so the same answers on every server.

A row is found when every word that was typed stands in it somewhere, or when the Dutch text search of the database
finds the words in another form ("activiteiten" for "activiteit"). Case, accents and kinds of dashes make no
difference. An exact code or name comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, F, Func, Model, Q, QuerySet, TextField, When

from common.tekst.woorden import deel, kaal

TAAL = "dutch"
PRECIES = 0

Rijen = TypeVar("Rijen", bound=Model)


def zoek(
    rijen: QuerySet[Rijen], woorden: Sequence[str], *, namen: Sequence[str], teksten: Sequence[str] = ()
) -> QuerySet[Rijen]:
    """The rows in which the words stand, best first. ``namen`` (codes and names) weigh more than ``teksten``.

    A row of which ``zoek_trede`` is PRECIES has exactly that code or name.
    """
    if not woorden:
        return rijen.none()
    per_naam = {f"zoek_naam_{nummer}": Kaal(naam) for nummer, naam in enumerate(namen)}
    vraag = SearchQuery(" & ".join(f"'{woord}':*" for woord in woorden), config=TAAL, search_type="raw")
    return (
        rijen.annotate(**per_naam, zoek_kop=Kaal(*namen), zoek_alles=Kaal(*namen, *teksten))
        .annotate(zoek_vector=SearchVector(F("zoek_alles"), config=TAAL))
        .filter(Q(zoek_vector=vraag) | _overal(woorden, "zoek_alles"))
        .annotate(zoek_trede=_trede(woorden, list(per_naam)))
        .order_by("zoek_trede", SearchRank(F("zoek_vector"), vraag).desc(), *_volgorde(rijen))
    )


def _accenten() -> tuple[str, str]:
    """Every Latin letter with an accent, and the plain lower case letter that belongs to it."""
    paren = [(chr(nummer), kaal(chr(nummer))) for nummer in range(0xC0, 0x180)]
    een_op_een = [(met, zonder) for met, zonder in paren if len(zonder) == 1 and zonder.isascii()]
    return "".join(met for met, _ in een_op_een), "".join(zonder for _, zonder in een_op_een)


class Kaal(Func):
    """In the database what ``kaal`` is here, for the accents of European names; a space stands before every word."""

    output_field = TextField()
    # The letters are constants of this module; nothing from outside goes in.
    template = (
        "(' ' || btrim(regexp_replace(translate(lower(concat_ws(' ', %(expressions)s)), '{}', '{}'), "
        "'[^[:alnum:]]+', ' ', 'g')))"
    ).format(*_accenten())


def _overal(woorden: Sequence[str], veld: str) -> Q:
    samen = Q()
    for woord in woorden:
        samen &= Q(**{f"{veld}__contains": deel(woord)})
    return samen


def _trede(woorden: Sequence[str], namen: Sequence[str]) -> Case:
    """Exactly a name, the beginning of one, somewhere in the names, or only in the text."""
    heel = f" {' '.join(woorden)}"
    precies, begin = Q(), Q()
    for naam in namen:
        precies |= Q(**{naam: heel})
        begin |= Q(**{f"{naam}__startswith": heel})
    treden = (precies, begin, _overal(woorden, "zoek_kop"))
    return Case(*(When(trede, then=nummer) for nummer, trede in enumerate(treden, PRECIES)), default=len(treden))


def _volgorde(rijen: QuerySet[Any]) -> list[str]:
    return [*rijen.model._meta.ordering, "pk"]
