"""What the page of a meeting reads for one person: its agenda, the questions before it, and what is still open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from accounts.models import User, lees_werkenden
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal, laatst_verschuldigde
from common.vaststellen.model import OPENSTAAND
from formatie.models import Onderdeel
from monitor.models import Doelbereik, Indicator
from monitor.reikwijdte import lees_reikwijdte
from monitor.zicht import alleen_zichtbaar
from strategie.models import Thema
from sturing.lezen.acties import get_acties, get_open_acties
from sturing.lezen.duidingen import adres_van_duiding, duidingadres, leesbaar, waarom_geen, zichtbaar
from sturing.lezen.jaarplan import agendajaar, lees_jaarplannen
from sturing.lezen.overleggen import Punt, lees_agenda, lees_volgend
from sturing.lezen.vragen import Leesbeeld, lees_vragen, voor_overleg
from sturing.models import Actieversie, Agendapunt, Besluit, Duiding, Overleg
from sturing.regels.ladder import vraagt_duiding

_Cijfer = tuple[int | None, Kwartaal | None]
Keuzegroep = tuple[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Besluitregel:
    """A decision with what followed from it."""

    besluit: Besluit
    acties: Sequence[Actieversie]


@dataclass(frozen=True)
class Puntduiding:
    """What is explained about the figure of a point and where that stands; None: it is asked for, and why not there."""

    duiding: Duiding | None
    adres: str
    waarom_geen: str = ""


@dataclass(frozen=True)
class Agendaregel:
    """A point with its decisions, where it is one the question that it is, and what is said about its figure."""

    punt: Punt
    besluiten: Sequence[Besluitregel]
    vraag: Leesbeeld | None
    duiding: Puntduiding | None


@dataclass(frozen=True)
class Overlegbeeld:
    """A meeting as one person reads it; ``is_volgend``: it is the next one, so what is still open comes back there."""

    overleg: Overleg
    is_geweest: bool
    is_volgend: bool
    regels: Sequence[Agendaregel]
    vragen: Sequence[Leesbeeld]
    acties: Sequence[Actieversie]
    eraf: Sequence[Agendapunt]


def lees_overleg(overleg: Overleg, user: User, dag: date, moment: datetime | None = None) -> Overlegbeeld:
    """In a dozen queries, whatever the number of points; of figures nothing for who reads none.

    As known now, or at ``moment``, the end of ``dag``. Which duiding is missing is known of now only.
    """
    volgend, leest = lees_volgend(dag, moment), user.mag(Recht.CIJFERS_LEZEN)
    punten = lees_agenda(overleg, user, moment)
    vragen = lees_vragen(user, voor_overleg(overleg, volgend), moment=moment)
    op_agenda = {punt.punt.vraag_id for punt in punten if punt.punt.vraag_id}
    geagendeerd = lees_vragen(user, pk__in=op_agenda, moment=moment) if op_agenda else []
    per_vraag = {beeld.vraag.pk: beeld for beeld in geagendeerd}
    per_besluit: dict[int, list[Actieversie]] = defaultdict(list)
    for versie in get_acties(moment).filter(actie__besluit__punt__overleg=overleg) if leest else ():
        per_besluit[versie.actie.besluit_id].append(versie)
    cijfers: set[_Cijfer] = {(p.punt.indicator_id, p.kwartaal) for p in punten if p.kwartaal} if leest else set()
    duidingen = _duidingen(user, cijfers, moment)
    regels = [
        Agendaregel(
            punt,
            [Besluitregel(besluit, per_besluit[besluit.pk]) for besluit in punt.besluiten],
            per_vraag.get(punt.punt.vraag_id or 0),
            duidingen.get((punt.punt.indicator_id, punt.kwartaal)),
        )
        for punt in punten
    ]
    open_ = list(get_open_acties(moment)) if overleg == volgend and leest else []
    overig = [een for een in vragen if een.vraag.pk not in per_vraag and not een.vraag.is_weg(moment)]
    weg = Agendapunt.objects.ingetrokken(moment).filter(overleg=overleg).select_related("ingetrokken_door")
    eraf = list(weg.order_by("ingetrokken_op", "pk")) if leest else []
    return Overlegbeeld(overleg, overleg.is_geweest(dag), overleg == volgend, regels, overig, open_, eraf)


def _duidingen(user: User, cijfers: set[_Cijfer], moment: datetime | None) -> dict[_Cijfer, Puntduiding]:
    """Of these figures of the unit what is explained as it counts now, or that it is asked for; a few queries."""
    if not cijfers:
        return {}
    jaren = {kwartaal.jaar for _, kwartaal in cijfers if kwartaal}
    waar = {"indicator__in": {pk for pk, _ in cijfers}, "jaar__in": jaren, "onderdeel__soort": Onderdeel.Soort.EENHEID}
    nu = Doelbereik.objects.none() if moment else Doelbereik.objects.filter(**waar)
    concepten, open_ = lees_reikwijdte(user, Recht.CONCEPT_LEZEN), Duiding.objects.filter(**waar, staat__in=OPENSTAAND)
    onderweg = {} if concepten.is_leeg else {(rij.indicator_id, rij.periode): rij.staat for rij in open_}
    mist: dict[_Cijfer, Puntduiding] = {}
    for rij in alleen_zichtbaar(nu.select_related("indicator", "onderdeel"), user):
        if vraagt_duiding(rij.oordeel):
            code, waarvan, kwartaal = rij.indicator.code, rij.onderdeel.code, Kwartaal(rij.jaar, rij.kwartaal)
            weet, staat = concepten.bevat(code, waarvan), onderweg.get((rij.indicator_id, kwartaal), "")
            adres = duidingadres(code, waarvan, kwartaal)
            mist[rij.indicator_id, kwartaal] = Puntduiding(None, adres, waarom_geen(staat, weet=weet))
    geschreven = list(zichtbaar(Duiding.objects.zoals_bekend_op(moment).filter(**waar), user))
    er_is = {(rij.indicator_id, rij.periode) for rij in geschreven}
    gevonden = {plek: een for plek, een in mist.items() if plek not in er_is}
    for duiding in leesbaar(user, geschreven):
        gevonden[duiding.indicator_id, duiding.periode] = Puntduiding(duiding, adres_van_duiding(duiding))
    return gevonden


def get_uitvoerders(vandaag: date) -> list[User]:
    """Who can be given something to do: everyone who may work today and reads figures."""
    return [persoon for persoon in lees_werkenden(vandaag) if persoon.mag(Recht.CIJFERS_LEZEN)]


def get_onderwerpen(vandaag: date) -> list[Keuzegroep]:
    """What a point can be about, of the agendas that figures are still due of, or else the last: a key and its name."""
    jaar = agendajaar(laatst_verschuldigde(vandaag, settings.INLEVERTERMIJN_DAGEN).jaar)
    themas = Thema.objects.filter(agenda__eind_jaar__gte=jaar).order_by("soort", "nummer")
    indicatoren = Indicator.objects.filter(monitorregels__agenda__eind_jaar__gte=jaar).distinct()
    plannen = lees_jaarplannen().filter(plan__jaar__range=(jaar, vandaag.year))
    return [
        ("Thema's", [(f"thema:{thema.pk}", thema.naam) for thema in themas]),
        ("Indicatoren", [(f"indicator:{een.pk}", een.naam) for een in indicatoren.order_by("naam")]),
        ("Jaarplan", [(f"activiteit:{versie.plan_id}", versie.titel) for versie in plannen]),
    ]
