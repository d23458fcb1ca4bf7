"""What is explained and promised, as far as one person may read it, and who is asked to write it.

A text may hold figures: who may not read the figure of a place reads no duiding of it either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from common.vaststellen.model import ONDERWEG, OPENSTAAND, Staat
from formatie.models import Onderdeel
from monitor import zicht
from monitor.models import Indicator, Meting
from monitor.reikwijdte import lees_reikwijdte
from sturing.models import Duiding

SOORTEN = (Onderdeel.Soort.EENHEID, Onderdeel.Soort.DISTRICT)
"""Of what a duiding can be: the unit, and districts for who leads them."""
VERWANT = ("indicator", "onderdeel", "wie", "vorige__wie")


@dataclass(frozen=True, slots=True)
class Duidingsplek:
    """What a duiding is of."""

    indicator: Indicator
    onderdeel: Onderdeel
    kwartaal: Kwartaal


@dataclass(frozen=True, slots=True)
class Gezien:
    """What stood on the page: the version that is open or else counts, and the earlier promise; "" is none."""

    versie: str = ""
    vorige: str = ""

    @classmethod
    def van(cls, versie: Duiding | None, vorige: Duiding | None) -> Gezien:
        return cls(
            f"{versie.pk}-{versie.staat}-{versie.vingerafdruk}" if versie else "", str(vorige.pk) if vorige else ""
        )


def mag_duiden(user: User, indicator: Indicator, onderdeel: Onderdeel) -> bool:
    """Whether this person writes about that figure: the right reaches it, and they may read it."""
    reikt = lees_reikwijdte(user, Recht.DUIDING_SCHRIJVEN).bevat(indicator.code, onderdeel.code)
    return reikt and onderdeel.soort in SOORTEN and mag_lezen(user, indicator, onderdeel)


def mag_lezen(user: User, indicator: Indicator, onderdeel: Onderdeel, jaar: int | None = None) -> bool:
    """Whether the figure of that place may be read at all; of who reads no small numbers also in which year."""
    te_klein = zicht.get_te_klein(user, van=indicator).get((indicator.pk, jaar), ()) if jaar else ()
    return user.mag(Recht.CIJFERS_LEZEN) and not zicht.waarom_niet(user, indicator, onderdeel, te_klein)


def draagt_belofte(persoon: User) -> bool:
    """Whether somebody can answer for a promise: they read the figure that it must move."""
    return persoon.is_active and persoon.mag(Recht.CIJFERS_LEZEN)


def leesbaar(user: User, rijen: Iterable[Duiding], moment: datetime | None = None) -> list[Duiding]:
    """Of rows of ``zichtbaar`` those whose figure this person reads whole: of some parts it may give them away."""
    gelezen = list(rijen)
    beperkt = {rij.indicator_id: rij.indicator for rij in gelezen if not zicht.leest_delen(user, rij.indicator)}
    half = zicht.get_half_gevuld(beperkt, Meting.objects.zoals_bekend_op(moment)) if beperkt else {}
    return [rij for rij in gelezen if rij.kwartaal not in _half_van(rij, half)]


def _half_van(rij: Duiding, half: zicht.Half) -> Collection[int]:
    return half.get((rij.indicator_id, rij.jaar), {}) if rij.onderdeel.soort in zicht.BOVENIN else ()


def zichtbaar(rijen: QuerySet[Duiding], user: User) -> QuerySet[Duiding]:
    """Of what was decided, and of what waits as far as the right to read concepts reaches."""
    return zicht.alleen_zichtbaar(rijen, user).select_related(*VERWANT)


def get_vastgesteld(user: User, moment: datetime | None = None) -> list[Duiding]:
    """Everything that counts (as known at a moment) and this person may read, the latest quarter first."""
    geldend = Duiding.objects.zoals_bekend_op(moment).select_related(*VERWANT)
    zien = zicht.alleen_destijds_zichtbaar if moment else zicht.alleen_zichtbaar
    rijen = zien(geldend, user).order_by("-jaar", "-kwartaal", "indicator__volgorde", "onderdeel__volgorde")
    return leesbaar(user, rijen, moment)


def per_indicator(
    geldend: QuerySet[Duiding], onderdeel: Onderdeel, kwartaal: Kwartaal, indicatoren: Iterable[Indicator]
) -> dict[int, Duiding]:
    """Of these versions the one of each indicator in this quarter; one query, none without indicators."""
    gevraagd = list(indicatoren)
    if not gevraagd:
        return {}
    van = geldend.filter(indicator__in=gevraagd, onderdeel=onderdeel, jaar=kwartaal.jaar, kwartaal=kwartaal.nummer)
    return {rij.indicator_id: rij for rij in van.select_related(*VERWANT)}


def lees_onderweg(
    onderdeel: Onderdeel, kwartaal: Kwartaal, indicatoren: Iterable[Indicator], moment: datetime | None
) -> dict[int, str]:
    """The state of what is open, or was then, of these indicators, of which one may know; at most one query."""
    if not (gevraagd := [indicator.pk for indicator in indicatoren]):
        return {}
    plek = {"onderdeel_id": onderdeel.pk, "jaar": kwartaal.jaar, "kwartaal": kwartaal.nummer}
    open_ = Duiding.objects.openstaand_op(moment, indicator_id__in=gevraagd, **plek)
    return {rij.indicator_id: rij.staat for rij in open_}


def waarom_geen(onderweg: str, *, weet: bool) -> str:
    """Why no duiding is shown where one is asked for; ``weet``: whether one may know of what is open."""
    if not weet:
        return "nog geen duiding vastgesteld"
    return f"duiding {ONDERWEG[onderweg]}" if onderweg else "duiding ontbreekt"


def lees_vorige(indicator: Indicator, onderdeel: Onderdeel, kwartaal: Kwartaal) -> Duiding | None:
    """The last promise of an earlier quarter: what became of it is asked."""
    eerder = Q(jaar__lt=kwartaal.jaar) | Q(jaar=kwartaal.jaar, kwartaal__lt=kwartaal.nummer)
    rijen = Duiding.objects.geldend().filter(eerder, indicator=indicator, onderdeel=onderdeel)
    return rijen.select_related("wie").order_by("jaar", "kwartaal").last()


def lees_versies(
    indicator: Indicator, onderdeel: Onderdeel, kwartaal: Kwartaal
) -> tuple[Duiding | None, Duiding | None]:
    """What counts at this place, and what is open there."""
    plek = {"indicator": indicator, "onderdeel": onderdeel, "jaar": kwartaal.jaar, "kwartaal": kwartaal.nummer}
    personen = ("ingevoerd_door", "vastgesteld_door", "afgekeurd_door")
    versies = list(Duiding.objects.filter(**plek).select_related(*VERWANT, *personen))
    geldend = next((rij for rij in versies if rij.staat == Staat.VASTGESTELD), None)
    return geldend, next((rij for rij in versies if rij.staat in OPENSTAAND), None)


def lees_open_duidingen(kwartaal: Kwartaal) -> list[tuple[str, str]]:
    """State and name of what keeps this quarter from closing."""
    rijen = Duiding.objects.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer, staat__in=OPENSTAAND)
    return list(rijen.order_by("indicator__volgorde").values_list("staat", "indicator__naam"))


# in words


def duidingadres(indicator: str, onderdeel: str, kwartaal: Kwartaal, dag: date | None = None) -> str:
    """The page of this place, as known on a day; of the unit its code is said too, so that one address is one page."""
    toen = f"&peildatum={dag}" if dag else ""
    return f"{reverse('indicator_duiding', args=[indicator])}?kwartaal={kwartaal}&onderdeel={onderdeel}{toen}"


def adres_van_duiding(rij: Duiding) -> str:
    return duidingadres(rij.indicator.code, rij.onderdeel.code, rij.periode)


def bewaard_in_spoor(rij: Duiding) -> dict[str, Any]:
    """What the trail keeps, in words that outlive the rows."""
    plek = {"indicator": rij.indicator.code, "onderdeel": rij.onderdeel.code, "kwartaal": str(rij.periode)}
    tekst = {naam: getattr(rij, naam) for naam in ("wat", "waardoor", "doen", "afloop", "afloop_toelichting")}
    return plek | tekst | {"wie": str(rij.wie), "wanneer": rij.wanneer.isoformat(), "vorige": rij.vorige_id}
