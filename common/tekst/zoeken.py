"""Search with what every PostgreSQL has: no extension to install, so the same answers on every server.

A row is found when every word that was typed stands in it somewhere, or when the Dutch text search of the database
finds the words in another form ("activiteiten" for "activiteit"). Case, accents and kinds of dashes make no
difference. An exact code or name comes first.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, F, Func, Model, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from common.tekst.tekens import KORT, deel, kaal

LANGSTE_VRAAG = 100
MEESTE_WOORDEN = 8
TAAL = "dutch"
PRECIES = 0

Rijen = TypeVar("Rijen", bound=Model)


def woorden_van(vraag: str) -> tuple[str, ...]:
    """The different words of a question, each once; of a long question the beginning."""
    return tuple(dict.fromkeys(kaal(vraag[:LANGSTE_VRAAG]).split()))[:MEESTE_WOORDEN]


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


def samen(rijen: QuerySet[Any], van: str, veld: str) -> Subquery:
    """That text of all that hangs on a row, to look in; ``van`` is how it names the row."""
    per_rij = rijen.filter(**{van: OuterRef("pk")}).order_by().values(van)
    return Subquery(per_rij.annotate(samen=StringAgg(veld, " · ")).values("samen"))


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
    alle = Q()
    for woord in woorden:
        alle &= Q(**{f"{veld}__contains": deel(woord)})
    return alle


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


LENGTE = 180  # characters of a fragment
AANLOOP = 60  # of which before the first hit
STAM = 4  # the shortest beginning of a word that still says what it is about

_Plek = tuple[int, int]


def markeer(tekst: str, woorden: Sequence[str]) -> SafeString:
    """The whole text with every hit in ``<mark>``."""
    delen, tot = [], 0
    for van, eind in _plekken(tekst, woorden):
        delen += [conditional_escape(tekst[tot:van]), format_html("<mark>{}</mark>", tekst[van:eind])]
        tot = eind
    # Every part above is escaped.
    return mark_safe("".join([*delen, conditional_escape(tekst[tot:])]))  # noqa: S308  # escaped part by part


def beste_fragment(teksten: Sequence[str], woorden: Sequence[str]) -> SafeString:
    """The fragment of the first text in which something is marked; without a hit that of the first."""
    return fragment(next((tekst for tekst in teksten if _plekken(tekst, woorden)), teksten[0]), woorden)


def fragment(tekst: str, woorden: Sequence[str]) -> SafeString:
    """The part of a long text around the first hit, cut between words; a short text whole."""
    if len(tekst) <= LENGTE:
        return markeer(tekst, woorden)
    eerste = next(iter(_plekken(tekst, woorden)), (0, 0))[0]
    van = _woordgrens(tekst, max(0, min(eerste - AANLOOP, len(tekst) - LENGTE)))
    tot = tekst.rfind(" ", van, van + LENGTE) if van + LENGTE < len(tekst) else len(tekst)
    tot = tot if tot > eerste else min(van + LENGTE, len(tekst))
    voor, na = "… " if van else "", " …" if tot < len(tekst) else ""
    return format_html("{}{}{}", voor, markeer(tekst[van:tot], woorden), na)


def _woordgrens(tekst: str, van: int) -> int:
    spatie = tekst.find(" ", van, van + AANLOOP // 2) if van else -1
    return spatie + 1 if spatie >= 0 else van


def _plekken(tekst: str, woorden: Sequence[str]) -> list[_Plek]:
    """Where the words stand, in order and without overlap."""
    plat = "".join(map(_plat, tekst))
    gevonden: list[_Plek] = []
    for van, tot in sorted({plek for woord in woorden for plek in _van_woord(plat, woord)}):
        if gevonden and van <= gevonden[-1][1]:
            gevonden[-1] = (gevonden[-1][0], max(tot, gevonden[-1][1]))
        else:
            gevonden.append((van, tot))
    return gevonden


def _van_woord(plat: str, woord: str) -> Iterator[_Plek]:
    """The word itself, or else the longest beginning of it: the database also finds other forms."""
    for lengte in range(len(woord), min(STAM, len(woord)) - 1, -1):
        grens = r"(?<!\w)" if len(woord) <= KORT or lengte < len(woord) else ""
        hits = [gevonden.span() for gevonden in re.finditer(grens + re.escape(woord[:lengte]), plat)]
        if hits:
            yield from hits
            return


def _plat(teken: str) -> str:
    """One character for one: its plain letter or digit, otherwise a space."""
    basis = unicodedata.normalize("NFKD", teken.casefold())[:1]
    return basis if basis.isalnum() else " "
