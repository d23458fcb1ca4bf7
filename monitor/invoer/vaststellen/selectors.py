"""What waits for a decision, as who decides must see it, and what of it was ticked."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.model import Staat, Vaststelling
from monitor.invoer.opmerkingen.selectors import lees_bij, plek_bij
from monitor.invoer.vaststellen.geschiedenis import lees_eerder_terug, vertel_terug
from monitor.invoer.vaststellen.naast import Naast, correctie_in_woorden
from monitor.invoer.vaststellen.soort import Soort
from monitor.invoer.vaststellen.soorten import PER_CODE, SOORTEN
from monitor.models import Opmerking

PER_BLADZIJDE = 200
WACHT_LANG = 14  # days after which what waits is marked
_KEUZE = re.compile(r"([a-z]{1,20}):(\d{1,18}):[0-9a-f]{20}", re.ASCII)
PerInvoerder = Counter[int | None]
_Terug = Mapping[tuple[str, int], AuditEvent]
_STATEN = (Staat.INGEDIEND, Staat.AFGEKEURD)


@dataclass(frozen=True, slots=True)
class Wachtend:
    """One row that waits, beside what counts now, for one reader; ``keuze`` is what a form sends back.

    ``opmerkingen`` is what people said about it; only of what has a page for that there is an ``opmerkadres``.
    """

    rij: Any
    naast: Naast
    keuze: str
    is_eigen: bool
    uitleg: Sequence[str]
    """What its author says of it, and before that why it came back to its author before and what it said then."""
    opmerkingen: Sequence[Opmerking] = ()
    opmerkadres: str = ""

    @property
    def dagen(self) -> int:
        """How long it waits, in whole days."""
        return (timezone.localdate() - timezone.localdate(self.rij.ingediend_op)).days

    @property
    def wacht_lang(self) -> bool:
        return self.dagen > WACHT_LANG

    @property
    def anker(self) -> str:
        return f"keuze-{self.keuze.rpartition(':')[0].replace(':', '-')}"


@dataclass(frozen=True, slots=True)
class Groep:
    """What is decided on together: of one indicator and period, or of one district and quarter."""

    naam: str
    id: str
    rijen: list[Wachtend]

    @property
    def keuzes(self) -> list[str]:
        """What its reader may decide on."""
        return [wacht.keuze for wacht in self.rijen if not wacht.is_eigen]

    @property
    def elders(self) -> list[str]:
        return [zin for wacht in self.rijen for zin in wacht.naast.elders]


@dataclass(frozen=True, slots=True)
class Soortblok:
    """What waits of one kind, in groups."""

    soort: Soort
    groepen: list[Groep]

    @property
    def eerste(self) -> Naast:
        return self.groepen[0].rijen[0].naast

    @property
    def met_oordeel(self) -> bool:
        """Whether approving any of it does something to say beside its row."""
        return any(wacht.naast.gevolgen for groep in self.groepen for wacht in groep.rijen)


def get_te_besluiten(soort: Soort, user: User) -> QuerySet[Any]:
    """Everything of this kind that this person may decide on."""
    rijen = soort.wachtend()
    return soort.zichtbaar(rijen, user) if user.mag_overal(soort.besluit) else rijen.none()


def besluitadres(soort: Soort, rij: Vaststelling, plaats: int) -> str:
    """The place to decide on this row, the ``plaats``-th (from 0) of ``get_te_besluiten``."""
    bladzijde = plaats // PER_BLADZIJDE + 1
    vraag = f"?page={bladzijde}" if bladzijde > 1 else ""
    return f"{reverse(soort.pagina)}{vraag}#keuze-{soort.code}-{rij.pk}"


def lees_blokken(aantallen: Mapping[Soort, int], stuk: range, user: User) -> list[Soortblok]:
    """The rows of this stretch of all that waits, kind after kind; a number of queries per kind."""
    gelezen, begin = dict[Soort, list[Any]](), 0
    for soort, aantal in aantallen.items():
        van, tot = max(stuk.start - begin, 0), min(stuk.stop - begin, aantal)
        gelezen[soort] = list(get_te_besluiten(soort, user)[van:tot]) if van < tot else []
        begin += aantal
    terug = lees_eerder_terug({soort.code: [rij.pk for rij in rijen] for soort, rijen in gelezen.items()})
    return [Soortblok(soort, _groepeer(soort, rijen, user, terug)) for soort, rijen in gelezen.items() if rijen]


def _groepeer(soort: Soort, rijen: Sequence[Any], user: User, terug: _Terug) -> list[Groep]:
    per_naam: dict[str, list[Wachtend]] = defaultdict(list)
    gezegd = lees_bij(rijen) if soort.met_opmerkingen else {}
    for rij, naast in zip(rijen, soort.naast(rijen), strict=True):
        erbij = (gezegd[rij.pk], plek_bij(rij).adres) if soort.met_opmerkingen else ()
        is_eigen, uitleg = rij.ingevoerd_door_id == user.pk, _uitleg(rij, naast, terug.get((soort.code, rij.pk)))
        wacht = Wachtend(rij, naast, keuze_van(soort, rij), is_eigen, uitleg, *erbij)
        per_naam[naast.groep].append(wacht)
    return [Groep(naam, f"{soort.code}-{slugify(naam)}", lijst) for naam, lijst in per_naam.items()]


def _uitleg(rij: Any, naast: Naast, een: AuditEvent | None) -> list[str]:
    """Who asked for a correction wrote its reason: it is not told once more as its author's."""
    if een is None:
        return list(naast.uitleg)
    eigen = [tekst for tekst in naast.uitleg if tekst != correctie_in_woorden(een.reden)]
    return [vertel_terug(een, rij), *eigen]


def in_groepen(keuzes: Iterable[str], user: User) -> dict[Soort, list[str]]:
    """Of what was ticked and still waits, of each kind the group that each row is in."""
    gekozen = {s: lees_als_gezien(s, van_s, get_te_besluiten(s, user)) for s, van_s in per_soort(keuzes).items()}
    return {soort: [naast.groep for naast in soort.naast(rijen)] for soort, rijen in gekozen.items() if rijen}


def keuze_van(soort: Soort, rij: Vaststelling) -> str:
    """Which row, and exactly what its reader saw of it and of what stood beside it."""
    ernaast = soort.ernaast(rij)
    gezien = repr((rij.vingerafdruk, *ernaast)) if ernaast else ""
    merk = hashlib.sha256(gezien.encode()).hexdigest()[:20] if gezien else rij.vingerafdruk
    return f"{soort.code}:{rij.pk}:{merk}"


def per_soort(keuzes: Iterable[str]) -> dict[Soort, dict[int, str]]:
    """What was ticked, by kind and key; what cannot be read is left out."""
    gevonden: dict[Soort, dict[int, str]] = defaultdict(dict)
    for keuze in keuzes:
        vorm = _KEUZE.fullmatch(keuze)
        if vorm and vorm[1] in PER_CODE:
            gevonden[PER_CODE[vorm[1]]][int(vorm[2])] = keuze
    return {soort: gevonden[soort] for soort in SOORTEN if soort in gevonden}


def lees_als_gezien(soort: Soort, keuzes: Mapping[int, str], rijen: QuerySet[Any]) -> list[Any]:
    """Of these rows, read anew, those that are exactly as they were on the screen."""
    return [rij for rij in rijen.filter(pk__in=keuzes) if keuze_van(soort, rij) == keuzes[rij.pk]]


def tel_wachtend(user: User) -> dict[Soort, int]:
    """How much waits of each kind that this person may decide on, in one query."""
    eigen = {soort: get_te_besluiten(soort, user) for soort in SOORTEN if user.mag(soort.besluit)}
    return {soort: per_invoerder.total() for soort, per_invoerder in _tel(eigen).items()}


def tel_per_invoerder(soorten: Sequence[Soort] = SOORTEN) -> Mapping[Soort, PerInvoerder]:
    """How much waits for a decision, per kind and author; one query."""
    return tel_per_staat(soorten)[Staat.INGEDIEND]


def tel_per_staat(soorten: Sequence[Soort] = SOORTEN) -> Mapping[str, Mapping[Soort, PerInvoerder]]:
    """The same, and how much was sent back; one query.

    The first page asks it, so it is written out: Django takes longer over the words than PostgreSQL over the answer.
    """
    per_staat: dict[str, dict[Soort, PerInvoerder]] = {staat: {s: Counter() for s in soorten} for staat in _STATEN}
    if soorten:
        with connection.cursor() as cursor:
            cursor.execute(_telvraag(tuple(soorten)), [[*_STATEN]] * len(soorten))
            for plek, staat, invoerder, aantal in cursor.fetchall():
                per_staat[staat][soorten[plek]][invoerder] = aantal
    return per_staat


@lru_cache(maxsize=64)
def _telvraag(soorten: tuple[Soort, ...]) -> str:
    een = "SELECT {}, staat, ingevoerd_door_id, count(*) FROM {} WHERE staat = ANY(%s) GROUP BY 2, 3"
    return " UNION ALL ".join(een.format(plek, s.model._meta.db_table) for plek, s in enumerate(soorten))


def _tel(rijen: Mapping[Soort, QuerySet[Any]]) -> Mapping[Soort, PerInvoerder]:
    per_soort: dict[Soort, PerInvoerder] = {soort: Counter() for soort in rijen}
    per_pagina = {soort.pagina: soort for soort in rijen}
    if not rijen:
        return per_soort
    een, *meer = (
        van.select_related(None)
        .order_by()
        .values("ingevoerd_door", pagina=Value(soort.pagina))
        .annotate(aantal=Count("pk"))
        .values_list("pagina", "ingevoerd_door", "aantal")
        for soort, van in rijen.items()
    )
    for pagina, invoerder, aantal in een.union(*meer, all=True) if meer else een:
        per_soort[per_pagina[pagina]][invoerder] = aantal
    return per_soort
