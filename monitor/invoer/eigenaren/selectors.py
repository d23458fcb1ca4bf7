"""Everything that may have an owner, as far as one person may assign it: who owns it, who comes, and who counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accounts.models import User, lees_werkenden
from accounts.rollen import Recht
from formatie.models import Onderdeel
from monitor.eigenaars import Eigenaars, Voorwerp, voorwerp_van
from monitor.models import Eigenaarschap, Indicator, Monitorregel
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte
from strategie.models import Agenda, Thema

ZONDER_ROL = "heeft geen rol waarmee waarden in te voeren zijn"


@dataclass(frozen=True, slots=True)
class Draagwijdte:
    """The values that something owns: codes; None is every indicator, or every onderdeel."""

    indicatoren: Collection[str] | None = None
    onderdelen: Collection[str] | None = None

    def bezwaar_tegen(self, persoon: User, bereik: Reikwijdte) -> str:
        """Why this person cannot answer for it; nothing where they can for at least some of its values."""
        if not persoon.is_active:
            return f"Het account van {persoon} staat uit"
        if bereik.is_leeg:
            return f"{persoon} {ZONDER_ROL}"
        return "" if bereik.alles or self._raakt(bereik) else f"{persoon} mag hiervoor geen waarden invoeren"

    def _raakt(self, bereik: Reikwijdte) -> bool:
        paren = ((self.indicatoren, bereik.indicatoren), (self.onderdelen, bereik.onderdelen))
        return any(mag if codes is None else not mag.isdisjoint(codes) for codes, mag in paren)


@dataclass(frozen=True, slots=True)
class Eigenaarregel:
    """One thing with its rows, the earliest first; ``onder`` is who is asked for it where no owner of itself counts."""

    voorwerp: Voorwerp
    ding: Indicator | Onderdeel | Thema
    groep: str
    omvang: Draagwijdte
    rijen: Sequence[Eigenaarschap]
    nu: Eigenaarschap | None
    straks: Sequence[Eigenaarschap]
    bezwaren: Sequence[str]
    telt: bool
    onder: str

    @property
    def sleutel(self) -> str:
        return "{}-{}".format(*self.voorwerp)

    @property
    def titel(self) -> str:
        return str(self.ding)

    @property
    def naam(self) -> tuple[str, str]:
        """What files and addresses call it."""
        return self.voorwerp[0], self.ding.slug if isinstance(self.ding, Thema) else self.ding.code

    @property
    def gezien(self) -> str:
        """Another text as soon as anybody changes who owns it."""
        return ",".join(f"{rij.pk}:{rij.geldig_tot or ''}" for rij in self.rijen)

    @property
    def is_zonder(self) -> bool:
        return not (self.telt or self.onder)


@dataclass(frozen=True)
class Eigenarenbeeld:
    """What one person may assign today, and who may be an owner."""

    vandaag: date
    regels: Mapping[str, Eigenaarregel]
    eigenaars: Eigenaars
    kandidaten: Sequence[User]

    def bezwaar(self, regel: Eigenaarregel, persoon: User) -> str:
        return regel.omvang.bezwaar_tegen(persoon, self.eigenaars.bereik_van(persoon.pk))


def lees_beeld(user: User, vandaag: date) -> Eigenarenbeeld:
    """In some eight queries, whatever the number of rows."""
    return _Lezing(user, vandaag).beeld()


class _Lezing:
    """One reading of what is there, each part once."""

    def __init__(self, user: User, vandaag: date) -> None:
        self.vandaag, self.mag = vandaag, lees_reikwijdte(user, Recht.EIGENAREN_TOEWIJZEN)
        self.onderdelen = [o for o in Onderdeel.objects.all() if o.geldig_tot is None or o.geldig_tot > vandaag]
        self.eenheid = next((o for o in self.onderdelen if o.soort == Onderdeel.Soort.EENHEID), None)
        self.rijen: dict[Voorwerp, list[Eigenaarschap]] = defaultdict(list)
        for rij in Eigenaarschap.objects.select_related("persoon", "vervanger", "indicator", "onderdeel", "thema"):
            self.rijen[voorwerp_van(rij)].append(rij)
        self.werkenden = lees_werkenden(vandaag)
        alle = [rij for rijen in self.rijen.values() for rij in rijen]
        self.eigenaars = Eigenaars(alle, self.werkenden, self.onderdelen)

    def beeld(self) -> Eigenarenbeeld:
        regels = [*self._indicatoren(), *(self._themas() if self.mag.alles else ())]
        regels += self._onderdelen() if self.mag.alles else ()
        kandidaten = [p for p in self.werkenden if p.mag(Recht.METING_INVOEREN)]
        return Eigenarenbeeld(self.vandaag, {r.sleutel: r for r in regels}, self.eigenaars, kandidaten)

    @cached_property
    def agendas(self) -> list[Agenda]:
        """Those that are not over; the last one where all are."""
        alle = list(Agenda.objects.order_by("begin_jaar"))
        return [agenda for agenda in alle if agenda.eind_jaar >= self.vandaag.year] or alle[-1:]

    @cached_property
    def monitorregels(self) -> list[Monitorregel]:
        regels = Monitorregel.objects.filter(agenda__in=self.agendas).select_related("indicator", "thema")
        return list(regels.order_by("agenda__begin_jaar", "volgorde", "pk"))

    def _indicatoren(self) -> Iterator[Eigenaarregel]:
        gezien: set[int] = set()
        for regel in self.monitorregels:
            indicator = regel.indicator
            if indicator.pk not in gezien and self.mag.bevat(indicator.code, ""):
                gezien.add(indicator.pk)
                groep, onder = regel.thema.naam, self._onder(indicator, regel.thema_id)
                yield self._regel(("indicator", indicator.pk), indicator, groep, Draagwijdte({indicator.code}), onder)

    def _themas(self) -> Iterator[Eigenaarregel]:
        codes: dict[int, set[str]] = defaultdict(set)
        for regel in self.monitorregels:
            codes[regel.thema_id].add(regel.indicator.code)
        for thema in Thema.objects.filter(agenda__in=self.agendas).select_related("agenda"):
            omvang = Draagwijdte(codes[thema.pk])
            yield self._regel(("thema", thema.pk), thema, f"Agenda {thema.agenda.jaren}", omvang)

    def _onderdelen(self) -> Iterator[Eigenaarregel]:
        for onderdeel in self.onderdelen:
            omvang = Draagwijdte(None, {o.code for o in self.onderdelen if self._ligt_in(o, onderdeel)})
            yield self._regel(("onderdeel", onderdeel.pk), onderdeel, onderdeel.get_soort_display(), omvang)

    def _ligt_in(self, plek: Onderdeel, onderdeel: Onderdeel) -> bool:
        ouder = next((o for o in self.onderdelen if o.pk == plek.ouder_id), None)
        return plek == onderdeel or (ouder is not None and self._ligt_in(ouder, onderdeel))

    def _onder(self, indicator: Indicator, thema: int) -> str:
        """Who is asked for the figure of the unit, whichever row says so."""
        beurt = self.eenheid and self.eigenaars.beurt(indicator, self.eenheid, thema, self.vandaag)
        return str(beurt or "")

    def _regel(
        self, voorwerp: Voorwerp, ding: Indicator | Onderdeel | Thema, groep: str, omvang: Draagwijdte, onder: str = ""
    ) -> Eigenaarregel:
        rijen = self.rijen[voorwerp]
        nu = next((rij for rij in rijen if rij.geldt_op(self.vandaag)), None)
        straks = [rij for rij in rijen if rij.geldig_vanaf > self.vandaag and rij.geldig_tot != rij.geldig_vanaf]
        wie = [persoon for persoon in (nu.persoon, nu.vervanger) if persoon] if nu else []
        bezwaren = [zin for p in wie if (zin := omvang.bezwaar_tegen(p, self.eigenaars.bereik_van(p.pk)))]
        telt = len(bezwaren) < len(wie)
        onder = "" if telt else onder
        return Eigenaarregel(voorwerp, ding, groep, omvang, rijen, nu, straks, bezwaren, telt, onder)
