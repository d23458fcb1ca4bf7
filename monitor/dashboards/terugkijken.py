"""What is known of the figures, as far as one user may read it: now, from the stored rows, or as of an earlier day.

Of an earlier day the rows are computed on request, read once for everything on the page, and never stored.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Max, Q, QuerySet, prefetch_related_objects

from accounts.models import User
from common.grafiek.figuur import Figuur
from common.grafiek.tijdlijn import Tijdlijn
from common.pagina.peildatum import Nu, Toen
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor import zicht
from monitor.models import Berekening, Doelbereik, Grensbesluit, Indicator, Meting
from monitor.rekenen.peildatum import doelbereik_op
from monitor.rekenen.regels.beoordelen import KOLOMSOORTEN
from monitor.rekenen.regels.oordeelregels import REGELVERSIE
from sturing.lezen.gebeurtenissen import lees_tijdlijn

_Rijen = dict[int, list[Any]]
"""Per indicator its rows, in order of time."""
ONDER = (Onderdeel.Soort.DISTRICT, Onderdeel.Soort.BASISTEAM)
ALLEEN_NU = "alleen te zien zoals nu bekend"
OP_NAAM = ("indicator__code", "onderdeel__code", "jaar", "kwartaal")


class Uitsnede(NamedTuple):
    """Which rows are asked for: of these indicators, of a unit or of what lies below it, from quarter to quarter.

    ``wissels`` are per indicator the quarters in which a later agenda begins, and what that changes in words.
    """

    eenheid: Onderdeel
    indicatoren: Sequence[Indicator]
    van: Kwartaal
    tot: Kwartaal
    wissels: Mapping[int, Sequence[tuple[Kwartaal, str]]] = {}

    @property
    def een(self) -> Indicator | None:
        """The indicator, where it is the only one."""
        return self.indicatoren[0] if len(self.indicatoren) == 1 else None

    @property
    def periode(self) -> Q:
        return Q(indicator__in=self.indicatoren) & _tussen(self.van, self.tot)

    @property
    def onder(self) -> Q:
        hieronder = Q(onderdeel__ouder=self.eenheid) | Q(onderdeel__ouder__ouder=self.eenheid)
        return Q(onderdeel__soort__in=ONDER) & hieronder

    def knip(self, rijen: Iterable[Doelbereik]) -> list[Doelbereik]:
        return [rij for rij in rijen if self.van <= Kwartaal(rij.jaar, rij.kwartaal) <= self.tot]


class _Gebeurd(Nu):
    @cached_property
    def tijdlijn(self) -> Tijdlijn:
        """The events on the time axis; one query, for who draws."""
        return lees_tijdlijn(self.moment)


class CijfersNu(_Gebeurd):
    nog_niets = False
    """Whether no value at all was approved."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._half: dict[int, zicht.Half] = {}

    def geschiedenis(self, uit: Uitsnede) -> _Rijen:
        """The rows of the unit; of each indicator the last has its target, fetched apart for these few."""
        rijen = zicht.alleen_bovenin(Doelbereik.objects.filter(uit.periode, onderdeel=uit.eenheid), self.user)
        gelezen = list(rijen.order_by("indicator_id", "jaar", "kwartaal"))
        per_indicator = _per_indicator(self._zoals_leesbaar(gelezen, uit.indicatoren))
        prefetch_related_objects([rijen[-1] for rijen in per_indicator.values()], "doelstelling")
        return per_indicator

    def grensbesluiten(self, indicatoren: Sequence[Indicator]) -> _Rijen:
        """The decisions on new limits, in order of their quarter; one query."""
        return _besluiten(indicatoren, None)

    def reeks(self, uit: Uitsnede) -> _Rijen:
        """The rows of the unit with their targets, whole, for a chart. For whoever reads figures."""
        rijen = Doelbereik.objects.filter(uit.periode, onderdeel=uit.eenheid).select_related("doelstelling__vervangt")
        gelezen = list(rijen.order_by("indicator_id", "jaar", "kwartaal"))
        return _per_indicator(self._zoals_leesbaar(gelezen, uit.indicatoren))

    def onder(self, uit: Uitsnede) -> list[Doelbereik]:
        """The rows of districts and teams, with their onderdeel, the one above it, and their target."""
        rijen = self.zichtbaar(Doelbereik.objects.filter(uit.periode, uit.onder), uit.een)
        # The few onderdelen and targets are fetched apart, not once per row.
        return list(rijen.prefetch_related("doelstelling", "onderdeel__ouder"))

    def van_onderdelen(self, uit: Uitsnede, onderdelen: Sequence[Onderdeel]) -> Iterable[Doelbereik]:
        """The rows of the unit or below it that are of these onderdelen."""
        rijen = list(self.zichtbaar(Doelbereik.objects.filter(uit.periode, onderdeel__in=onderdelen), uit.een))
        self._zoals_leesbaar([rij for rij in rijen if rij.onderdeel_id == uit.eenheid.pk], uit.indicatoren)
        return rijen

    def overal(
        self, keuze: Mapping[str, Any], van: Kwartaal | None = None, tot: Kwartaal | None = None
    ) -> Sequence[Doelbereik] | QuerySet[Doelbereik]:
        """Every row that may be seen, with its indicator, onderdeel and target, in the order of ``OP_NAAM``.

        ``keuze`` are filters on the fields of ``OP_NAAM``.
        """
        rijen = self.zichtbaar(Doelbereik.objects.all()).filter(_tussen(van, tot), **keuze)
        return rijen.select_related("indicator__berekening", "onderdeel", "doelstelling").order_by(*OP_NAAM)

    def leesbaar(self, rijen: Sequence[Doelbereik]) -> Sequence[Doelbereik]:
        """A page of the rows of ``overal``, as this user may read them."""
        bovenin = [rij for rij in rijen if rij.onderdeel.soort in zicht.BOVENIN]
        self._zoals_leesbaar(bovenin, {rij.indicator_id: rij.indicator for rij in bovenin}.values())
        return rijen

    def _zoals_leesbaar(self, rijen: Sequence[Doelbereik], indicatoren: Iterable[Indicator]) -> Sequence[Doelbereik]:
        """Where figures are half filled is read once for all indicators of a page."""
        per_pk = {indicator.pk: indicator for indicator in indicatoren}
        nieuw = {pk: i for pk, i in per_pk.items() if pk not in self._half and not zicht.leest_delen(self.user, i)}
        half = zicht.get_half_gevuld(nieuw, self.geldend(Meting.objects))
        self._half |= {pk: {waar: k for waar, k in half.items() if waar[0] == pk} for pk in nieuw}
        van_deze = {waar: k for pk in per_pk for waar, k in self._half.get(pk, {}).items()}
        return zicht.zoals_leesbaar(self.user, rijen, per_pk, van_deze)

    def zichtbaar(self, rijen: QuerySet[Any], van: Indicator | None = None) -> QuerySet[Any]:
        """Of rows or versions those this user may see; ``van`` one indicator."""
        return zicht.alleen_zichtbaar(rijen, self.user, van=van)

    def te_klein(self, van: Indicator | None = None) -> Mapping[zicht.Jaargang, set[int]]:
        """The districts that are left out because too few people are in them."""
        return zicht.get_te_klein(self.user, van=van)

    def waarom_niet(self, indicator: Indicator, onderdeel: Onderdeel, te_klein: Collection[int]) -> str:
        """Why there is no row of this onderdeel for this user."""
        return zicht.waarom_niet(self.user, indicator, onderdeel, te_klein)

    def toont_minder(self, indicator: Indicator) -> bool:
        """Whether this user misses districts or teams that the page of today does show."""
        return False

    def figuren(self) -> QuerySet[Figuur]:
        """The drawings that are stored."""
        return Figuur.objects.all()

    def merk(self, indicator: Indicator, rijen: Sequence[Doelbereik]) -> str:
        """Differs with anything in the rows of the unit, and with who may read what; empty before any computation."""
        berekening = self.berekening(indicator)
        return f"{berekening.generatie}{self.lezing(indicator)}" if berekening else ""

    def lezing(self, indicator: Indicator) -> str:
        """Whether figures about people are read with their parts, which others read only once all are in."""
        return "h" if zicht.is_van_mensen(indicator) and zicht.leest_delen(self.user, indicator) else ""

    def berekening(self, indicator: Indicator) -> Berekening | None:
        """Load it with ``select_related("berekening")``: this asks for it once per indicator otherwise."""
        return getattr(indicator, "berekening", None)

    def berekend(self, rij: Doelbereik) -> tuple[datetime, str]:
        """When a row of ``overal`` was computed, and by which rules."""
        return rij.indicator.berekening.berekend_op, rij.indicator.berekening.regelversie

    def laatst_berekend(self) -> datetime | None:
        """When any of the figures was last computed; None before the first time."""
        return Berekening.objects.aggregate(op=Max("berekend_op"))["op"]


class CijfersToen(Toen, _Gebeurd):
    """``vanaf_jaar`` is the first year whose rows are computed; without it all are."""

    def __init__(self, user: User, dag: date, vanaf_jaar: int | None = None) -> None:
        super().__init__(dag)
        self.user, self.vanaf_jaar = user, vanaf_jaar
        self._eenheid: _Rijen = {}
        self._onder: _Rijen = {}

    @cached_property
    def nog_niets(self) -> bool:
        return not Meting.objects.filter(vastgesteld_op__lte=self.moment).exists()

    def reeks(self, uit: Uitsnede) -> _Rijen:
        nieuw = {i.pk: i for i in uit.indicatoren if i.pk not in self._eenheid}
        if nieuw and zicht.leest_bovenin(self.user, uit.eenheid):
            rijen = self._zoals_leesbaar(self._lees(nieuw, {uit.eenheid.pk}), nieuw)
            self._eenheid |= {pk: [] for pk in nieuw} | _per_indicator(rijen)
        return {i.pk: uit.knip(self._eenheid.get(i.pk, [])) for i in uit.indicatoren}

    geschiedenis = reeks

    def grensbesluiten(self, indicatoren: Sequence[Indicator]) -> _Rijen:
        return _besluiten(indicatoren, self.moment)

    def onder(self, uit: Uitsnede) -> list[Doelbereik]:
        nieuw = [i.pk for i in uit.indicatoren if i.pk not in self._onder]
        if nieuw:
            rijen = self._van_plekken(Doelbereik.objects.filter(uit.onder, indicator__in=nieuw))
            self._onder |= {pk: [] for pk in nieuw} | _per_indicator(rijen)
        return [rij for i in uit.indicatoren for rij in uit.knip(self._onder[i.pk])]

    def van_onderdelen(self, uit: Uitsnede, onderdelen: Sequence[Onderdeel]) -> Iterable[Doelbereik]:
        rijen = [*chain.from_iterable(self.reeks(uit).values()), *self.onder(uit)]
        gevraagd = {onderdeel.pk for onderdeel in onderdelen}
        return [rij for rij in rijen if rij.onderdeel_id in gevraagd]

    def overal(
        self, keuze: Mapping[str, Any], van: Kwartaal | None = None, tot: Kwartaal | None = None
    ) -> Sequence[Doelbereik] | QuerySet[Doelbereik]:
        periode = {veld: keuze[veld] for veld in ("jaar", "kwartaal") if veld in keuze}
        plek = {veld: waarde for veld, waarde in keuze.items() if veld not in periode}
        rijen = self._van_plekken(Doelbereik.objects.filter(**plek))
        indicatoren = Indicator.objects.in_bulk({rij.indicator_id for rij in rijen})
        for rij in rijen:
            rij.indicator = indicatoren[rij.indicator_id]
        self._zoals_leesbaar([rij for rij in rijen if rij.onderdeel.soort in zicht.BOVENIN], indicatoren)
        gevraagd = [rij for rij in rijen if all(getattr(rij, veld) == waarde for veld, waarde in periode.items())]
        gevraagd = [rij for rij in gevraagd if _ligt_tussen(Kwartaal(rij.jaar, rij.kwartaal), van, tot)]
        return sorted(gevraagd, key=lambda rij: (rij.indicator.code, rij.onderdeel.code, rij.jaar, rij.kwartaal))

    def leesbaar(self, rijen: Sequence[Doelbereik]) -> Sequence[Doelbereik]:
        return rijen  # read whole by ``overal``: of one page the other quarters are not known

    def _zoals_leesbaar(
        self, rijen: Sequence[Doelbereik], indicatoren: Mapping[int, Indicator]
    ) -> Sequence[Doelbereik]:
        beperkt = {pk: i for pk, i in indicatoren.items() if not zicht.leest_delen(self.user, i)}
        van_toen = [rij for rij in rijen if rij.indicator_id in beperkt]
        half = zicht.get_half_gevuld(beperkt, self.geldend(Meting.objects), van_toen)
        return zicht.zoals_leesbaar(self.user, rijen, indicatoren, half)

    def zichtbaar(self, rijen: QuerySet[Any], van: Indicator | None = None) -> QuerySet[Any]:
        alle = zicht.alleen_destijds_zichtbaar(rijen, self.user)
        return alle.filter(indicator=van) if van else alle

    def te_klein(self, van: Indicator | None = None) -> Mapping[zicht.Jaargang, set[int]]:
        """Of staff all or nothing is shown then: ``toont_minder``."""
        return {}

    def waarom_niet(self, indicator: Indicator, onderdeel: Onderdeel, te_klein: Collection[int]) -> str:
        """By the rights of now; figures about staff are shown to who reads small numbers there only."""
        nu = zicht.waarom_niet(self.user, indicator, onderdeel, te_klein)
        return nu or (ALLEEN_NU if indicator.personeel else "")

    def toont_minder(self, indicator: Indicator) -> bool:
        if not indicator.personeel:
            return False
        vandaag = zicht.alleen_zichtbaar(Doelbereik.objects.all(), self.user, van=indicator)
        onder = vandaag.exclude(onderdeel__soort__in=zicht.BOVENIN)
        return onder.exists() and not self.zichtbaar(onder).exists()

    def figuren(self) -> QuerySet[Figuur]:
        """None: what was known on each day is without end, so it is drawn on request."""
        return Figuur.objects.none()

    def merk(self, indicator: Indicator, rijen: Sequence[Doelbereik]) -> str:
        inhoud = [[str(getattr(rij, kolom)) for kolom in KOLOMSOORTEN] for rij in rijen]
        return f"{self.dag.isoformat()}.{hashlib.sha256(json.dumps(inhoud).encode()).hexdigest()[:16]}"

    def lezing(self, indicator: Indicator) -> str:
        return ""

    def berekening(self, indicator: Indicator) -> Berekening | None:
        return None

    def berekend(self, rij: Doelbereik) -> tuple[datetime, str]:
        return self.moment, REGELVERSIE

    def laatst_berekend(self) -> datetime | None:
        return None

    def _van_plekken(self, gezocht: QuerySet[Doelbereik]) -> list[Doelbereik]:
        """The rows of the places of these stored rows, as far as this user reads what was known there."""
        plekken = set(self.zichtbaar(gezocht).values_list("indicator_id", "onderdeel_id").distinct())
        alle = self._lees({indicator for indicator, _ in plekken}, {onderdeel for _, onderdeel in plekken})
        rijen = [rij for rij in alle if (rij.indicator_id, rij.onderdeel_id) in plekken]
        onderdelen = Onderdeel.objects.select_related("ouder").in_bulk({rij.onderdeel_id for rij in rijen})
        for rij in rijen:
            rij.onderdeel = onderdelen[rij.onderdeel_id]
        return rijen

    def _lees(self, indicatoren: Iterable[int], onderdelen: set[int]) -> list[Doelbereik]:
        gevraagd = sorted(indicatoren) if onderdelen else []
        return doelbereik_op(self.dag, gevraagd, onderdelen, vanaf_jaar=self.vanaf_jaar)


Bekend = CijfersNu | CijfersToen


def bekend_van(user: User, dag: date | None, vanaf_jaar: int | None = None) -> Bekend:
    """What was known at the end of an earlier day; without a day, what is known now."""
    return CijfersToen(user, dag, vanaf_jaar) if dag else CijfersNu(user)


def _tussen(van: Kwartaal | None, tot: Kwartaal | None) -> Q:
    """The rows from quarter to quarter, both included; None is without an end."""
    vanaf = Q(jaar__gte=van.jaar) & ~Q(jaar=van.jaar, kwartaal__lt=van.nummer) if van else Q()
    return vanaf & (Q(jaar__lte=tot.jaar) & ~Q(jaar=tot.jaar, kwartaal__gt=tot.nummer) if tot else Q())


def _ligt_tussen(kwartaal: Kwartaal, van: Kwartaal | None, tot: Kwartaal | None) -> bool:
    return (van is None or van <= kwartaal) and (tot is None or kwartaal <= tot)


def _besluiten(indicatoren: Sequence[Indicator], moment: datetime | None) -> _Rijen:
    besluiten = Grensbesluit.objects.zoals_bekend_op(moment).filter(indicator__in=indicatoren)
    return _per_indicator(besluiten.order_by("jaar", "kwartaal"))


def _per_indicator(rijen: Iterable[Any]) -> _Rijen:
    gevonden: _Rijen = defaultdict(list)
    for rij in rijen:
        gevonden[rij.indicator_id].append(rij)
    return gevonden
