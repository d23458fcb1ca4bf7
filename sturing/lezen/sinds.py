"""What changed in the jaarplan, and what the trail says of explanations, questions and decisions, between two days.

Only what a reader may see: of what is internal or still open nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.tekens import en, kleine_letter
from common.vaststellen.audit import AuditEvent
from monitor.models import Indicator
from monitor.zicht import alleen_destijds_zichtbaar
from sturing.lezen.duidingen import adres_van_duiding
from sturing.lezen.vergadering import Tijdvak
from sturing.lezen.vragen import lees_vragen
from sturing.models import Actieversie, Activiteitversie, Duiding, Mijlpaal, thema_van
from sturing.regels.jaarplan import Mijlpaalstand
from sturing.regels.sinds import (
    Activiteitstand,
    Duidingstand,
    Rubriek,
    Verandering,
    Waarover,
    activiteitwissel,
    duidingwissel,
    te_laat_geworden,
)

LANGSTE_AANHALING, MEESTE_LETTERS = 160, 80
_TELLEND = ("vertraagd", "gereed", "vervallen")
Themas = Mapping[str, str]
"""Code of an indicator → slug of its theme."""


def lees_activiteiten(user: User, vak: Tijdvak) -> list[Verandering]:
    """One line per activity that changed or became late, in the order of the agenda; two queries."""
    gewijzigd = Q(plan__in=Activiteitversie.objects.filter(vak.erin("op")).values("plan")) | _voorbij(vak)
    toen = Q(op__lte=vak.van_moment) & (Q(vervangen_op=None) | Q(vervangen_op__gt=vak.van_moment))
    nu = Q(op__lte=vak.tot_moment) & Q(vervangen_op__gt=vak.tot_moment) if vak.tot_moment else Q(pk__in=[])
    versies = Activiteitversie.objects.filter(toen | nu | Q(vervangen_op=None), gewijzigd)
    op_volgorde = versies.select_related("plan__hoofdlijn__thema", "eigenaar").prefetch_related("mijlpalen")
    per_plan: dict[int, list[Activiteitversie]] = {}
    for versie in op_volgorde.order_by("plan__hoofdlijn__thema", "plan__hoofdlijn__nummer", "plan__nummer", "nummer"):
        per_plan.setdefault(versie.plan_id, []).append(versie)
    regels = (_activiteit(user, van_plan, vak) for van_plan in per_plan.values())
    return [regel for regel in regels if regel]


def _voorbij(vak: Tijdvak) -> Q:
    """Of versions with a day that passed."""
    erin = {veld: Q(**{f"{veld}__gte": vak.van, f"{veld}__lt": vak.tot}) for veld in ("begin", "eind", "datum")}
    open_ = Mijlpaal.objects.filter(erin["datum"], gereed_op=None).values("versie")
    return erin["begin"] | erin["eind"] | Q(pk__in=open_)


def _activiteit(user: User, versies: list[Activiteitversie], vak: Tijdvak) -> Verandering | None:
    eerst, later = (_geldend(versies, moment) for moment in (vak.van_moment, vak.tot_moment))
    toen, nu = (_stand(versie) if versie else None for versie in (eerst, later))
    if later is None or nu is None:
        return None
    laat = te_laat_geworden(nu, vak.van, vak.tot)
    zinnen = [*activiteitwissel(toen, nu), *([f"te laat ({en([een.zin for een in laat])})"] if laat else [])]
    if not zinnen:
        return None
    anders = toen is not None and toen.status != nu.status
    naam, kort, thema = nu.titel.rstrip("."), "; ".join(zinnen), later.plan.hoofdlijn.thema.slug
    dagen = [timezone.localtime(later.op).date(), *(een.sinds for een in laat if een.sinds)]
    # A reason is written by people and may hold a figure.
    reden = f" (“{Truncator(nu.reden).chars(LANGSTE_AANHALING)}”)" if anders and nu.reden else ""
    return Verandering(
        Rubriek.ACTIVITEIT,
        naam,
        kort + (reden if user.mag(Recht.CIJFERS_LEZEN) else ""),
        reverse("planactiviteit", args=[later.plan_id]),
        thema,
        max(dagen),
        frozenset({("activiteit", str(later.plan_id)), ("thema", thema)}),
        f"{naam}: {kort}",
        nu.status if anders and nu.status in _TELLEND else "te-laat" if laat else "",
    )


def _geldend(versies: Iterable[Activiteitversie], moment: datetime | None) -> Activiteitversie | None:
    """Which of one activity held at that moment; None is now."""
    if moment is None:
        return next((versie for versie in versies if versie.vervangen_op is None), None)
    tot_dan = (versie for versie in versies if versie.op <= moment)
    return next((v for v in tot_dan if v.vervangen_op is None or v.vervangen_op > moment), None)


def _stand(versie: Activiteitversie) -> Activiteitstand:
    return Activiteitstand(
        versie.titel,
        versie.status,
        kleine_letter(versie.get_status_display()),
        versie.begin,
        versie.eind,
        str(versie.eigenaar or ""),
        versie.reden,
        tuple(Mijlpaalstand(m.datum, m.titel, m.gereed_op) for m in versie.mijlpalen.all()),
    )


@dataclass(frozen=True)
class Spoorregel:
    """What one act in the trail on one kind of object is told as.

    ``soort`` is the name of a model of this app; without it nothing is told. ``over`` gives what a row is about, the
    functions take the row itself, so that what is gone or was withdrawn is told no more; ``weg`` is the other way: that
    what was there was withdrawn. ``anders`` says it of a version whose place had one already, empty where that said the
    same. ``verwant`` and ``erbij`` are what is read with it, one and many. ``leesbaar`` keeps of these rows the keys of
    those that one person may read. ``per_plek``: it is about the figure of an onderdeel, and read by who may read what
    was known of that. ``in_bericht`` is its name in a mail, where people wrote it themselves.
    """

    soort: str
    handeling: str
    rubriek: Rubriek
    naam: Callable[[Any], str]
    zin: Callable[[Any], str]
    adres: Callable[[Any], str]
    over: Callable[[Any], Iterable[Waarover]] = lambda rij: ()
    verwant: tuple[str, ...] = ()
    recht: Recht = Recht.CIJFERS_LEZEN
    per_plek: bool = False
    telt: Callable[[Any], str] = lambda rij: ""
    toont: Callable[[Any], bool] = lambda rij: True
    erbij: tuple[str, ...] = ()
    leesbaar: Callable[[User, Collection[int]], Collection[int]] = lambda user, sleutels: sleutels
    in_bericht: str = ""
    anders: Callable[[Any, Any], str] | None = None
    weg: bool = False

    @property
    def model(self) -> type[Model] | None:
        return apps.all_models["sturing"].get(self.soort)


def _duidingzin(rij: Any) -> str:
    """Of a promise that is made again with another day that it was moved."""
    vorige = rij.vorige
    weer = vorige is not None and vorige.doen == rij.doen and vorige.wanneer != rij.wanneer
    verzet = duidingwissel(_duiding(vorige), _duiding(rij))[:1] if weer else []
    afloop = [f"de vorige toezegging: {kleine_letter(rij.get_afloop_display())}"] if rij.afloop else []
    return "; ".join([f"duiding van {rij.periode.leesbaar} vastgesteld", *afloop, *verzet])


def _andere_duiding(toen: Any, rij: Any) -> str:
    wissel = duidingwissel(_duiding(toen), _duiding(rij))
    return f"duiding van {rij.periode.leesbaar}: {'; '.join(wissel)}" if wissel else ""


def _duiding(rij: Any) -> Duidingstand:
    afloop = kleine_letter(rij.get_afloop_display()) if rij.afloop else ""
    return Duidingstand((rij.wat, rij.waardoor), rij.doen, str(rij.wie), rij.wanneer, afloop)


def _andere_stand(toen: Any, rij: Any) -> str:
    was, nu = (kleine_letter(een.get_oordeel_display()) for een in (toen, rij))
    if was != nu:
        return f"van {was} naar {nu} ({rij.halfjaar.leesbaar})"
    zelfde = (toen.tekst, toen.bewijs) == (rij.tekst, rij.bewijs)
    return "" if zelfde else f"toelichting gewijzigd ({rij.halfjaar.leesbaar})"


def _andere_koppeling(toen: Any, rij: Any) -> str:
    if toen.geldt != rij.geldt:
        return kleine_letter(rij.in_woorden)
    return "" if toen.reden == rij.reden else "reden gewijzigd"


def _kort(tekst: str) -> str:
    return Truncator(tekst).chars(MEESTE_LETTERS)


def _van_plek(rij: Any) -> Iterator[Waarover]:
    yield "indicator", rij.indicator.code
    yield "onderdeel", rij.onderdeel.code


def _van_koppeling(rij: Any) -> Iterator[Waarover]:
    for ding in (rij.boven.ding, rij.onder.ding):
        yield ("indicator", ding.code) if isinstance(ding, Indicator) else ("thema", thema_van(ding).slug)


def _van_gebeurtenis(rij: Any) -> Iterator[Waarover]:
    if rij.thema:
        yield "thema", rij.thema.slug
    yield from (("indicator", indicator.code) for indicator in rij.indicatoren.all())
    yield from (("onderdeel", onderdeel.code) for onderdeel in rij.onderdelen.all())


def _van_punt(punt: Any) -> Iterator[Waarover]:
    if punt.vraag:
        yield from _van_vraag(punt.vraag)
    if punt.indicator:
        yield "indicator", punt.indicator.code
    if punt.thema:
        yield "thema", punt.thema.slug
    if punt.plan:
        yield from _van_plan(punt.plan)


def _van_vraag(vraag: Any) -> Iterator[Waarover]:
    if vraag.indicator:
        yield "indicator", vraag.indicator.code
    if vraag.ambitie:
        yield "thema", vraag.ambitie.thema.slug
    if vraag.plan:
        yield from _van_plan(vraag.plan)


def _van_plan(plan: Any) -> Iterator[Waarover]:
    yield "activiteit", str(plan.pk)
    yield "thema", plan.hoofdlijn.thema.slug


def _leesbare_vragen(user: User, sleutels: Collection[int]) -> set[int]:
    return {beeld.vraag.pk for beeld in lees_vragen(user, pk__in=sleutels)}


_OVER = ("indicator", "ambitie__thema", "plan__hoofdlijn__thema")
_VRAAG = tuple(f"vraag__{naam}" for naam in _OVER)
_PUNT = ("indicator", "thema", "plan__hoofdlijn__thema", *_VRAAG)
_DEEL = ("ambitie__thema", "hoofdlijn__thema", "activiteit__hoofdlijn__thema", "indicator")
_BEIDE = tuple(f"{kant}__{deel}" for kant in ("boven", "onder") for deel in _DEEL)
_VAN_ACTIE = ("eigenaar", *(f"actie__besluit__punt__{naam}" for naam in _PUNT))
_AFLOOP_TELT = {Duiding.Afloop.NAGEKOMEN, Duiding.Afloop.NIET}
_GEZEGD: tuple[Spoorregel, ...] = (
    Spoorregel(
        "duiding", "vastgesteld", Rubriek.DUIDING, lambda d: str(d.indicator), _duidingzin, adres_van_duiding,
        _van_plek, ("indicator", "onderdeel", "wie", "vorige__wie"), per_plek=True, anders=_andere_duiding,
        telt=lambda d: d.afloop if d.afloop in _AFLOOP_TELT else "",
    ),
    Spoorregel(
        "ambitiestand", "vastgesteld", Rubriek.AMBITIE, lambda s: f"Ambitie {s.ambitie.nummer}",
        lambda s: f"{kleine_letter(s.get_oordeel_display())} ({s.halfjaar.leesbaar})",
        lambda s: reverse("ambitie", args=[s.ambitie.thema.slug, s.ambitie.nummer]),
        lambda s: [("thema", s.ambitie.thema.slug)], ("ambitie__thema",), anders=_andere_stand,
    ),
    Spoorregel(
        "koppeling", "vastgesteld", Rubriek.KOPPELING, lambda k: _kort(f"{k.boven} – {k.onder}"),
        lambda k: kleine_letter(k.in_woorden), lambda k: reverse("koppelingen"), _van_koppeling, _BEIDE,
        anders=_andere_koppeling,
    ),
    Spoorregel(
        "gebeurtenis", "genoteerd", Rubriek.GEBEURTENIS, lambda g: g.titel,
        lambda g: f"van {g.datum:%d-%m-%Y}, op de tijdas gezet", lambda g: reverse("gebeurtenissen"), _van_gebeurtenis,
        verwant=("thema",), erbij=("indicatoren", "onderdelen"), in_bericht="Een gebeurtenis",
    ),
    *(
        Spoorregel(
            "vraag", f"{soort} gesteld", Rubriek.VRAAG, lambda v: _kort(v.tekst), lambda v: f"{v.soort} gesteld",
            lambda v: v.adres, _van_vraag, _OVER, leesbaar=_leesbare_vragen,
            in_bericht="Een vraag of advies",
        )
        for soort in ("vraag", "advies")
    ),
    Spoorregel(
        "antwoord", "antwoord vrijgegeven", Rubriek.VRAAG, lambda a: _kort(a.vraag.tekst),
        lambda a: "beantwoord", lambda a: a.vraag.adres, lambda a: _van_vraag(a.vraag), _VRAAG,
        telt=lambda a: "antwoord",
        toont=lambda a: a.vrijgegeven_op is not None and a.vraag.ingetrokken_op is None,
        in_bericht="Een vraag",
    ),
    Spoorregel(
        "overleg", "overleg gepland", Rubriek.BESLUIT, lambda o: o.titel, lambda o: f"gepland op {o.datum:%d-%m-%Y}",
        lambda o: o.adres, recht=Recht.AGENDA_LEZEN,
    ),
    Spoorregel(
        "besluit", "besluit vastgelegd", Rubriek.BESLUIT, lambda b: _kort(b.tekst), lambda b: "besloten",
        lambda b: b.punt.overleg.adres, lambda b: _van_punt(b.punt),
        ("punt__overleg", *(f"punt__{naam}" for naam in _PUNT)), telt=lambda b: "besluit",
        in_bericht="Een besluit",
    ),
    Spoorregel(
        "actie", "actie afgesproken", Rubriek.BESLUIT, lambda a: a.wat, lambda a: "afgesproken",
        lambda a: a.adres, lambda a: _van_punt(a.besluit.punt),
        tuple(f"besluit__punt__{naam}" for naam in _PUNT), in_bericht="Een actie",
    ),
    *(
        Spoorregel(
            "actieversie", handeling, Rubriek.BESLUIT, lambda v: v.actie.wat, zin, lambda v: v.actie.adres,
            lambda v: _van_punt(v.actie.besluit.punt), _VAN_ACTIE, telt=telt, in_bericht="Een actie",
        )
        for handeling, zin, telt in (
            ("actie verzet", lambda v: f"nu van {v.eigenaar}, uiterlijk {v.datum:%d-%m-%Y}", lambda v: ""),
            ("actie ingetrokken", lambda v: "ingetrokken", lambda v: ""),
            ("actie gereed", lambda v: "gereed", lambda v: "actie"),
        )
    ),
)  # fmt: skip
_WEG = {"vraag": "vraag ingetrokken", "overleg": "overleg ingetrokken", "besluit": "besluit ingetrokken"}
SPOOR: tuple[Spoorregel, ...] = (
    *_GEZEGD,
    *(
        replace(regel, handeling=handeling, zin=lambda rij: "ingetrokken", telt=lambda rij: "", weg=True)
        for soort, handeling in (_WEG | {"gebeurtenis": "ingetrokken"}).items()
        for regel in _GEZEGD
        if regel.soort == soort and regel.handeling != "advies gesteld"
    ),
)
"""Everything of the trail that readers are told of; what is not in it stays untold."""


def lees_spoor(user: User, vak: Tijdvak, themas: Themas) -> list[Verandering]:
    """One line per object and act, in order of time; one query, and one for each kind that something happened to."""
    regels = {(r.soort, r.handeling): r for r in SPOOR if r.model and user.mag(r.recht)}
    if not regels:
        return []
    soorten, handelingen = ({sleutel[n] for sleutel in regels} for n in range(2))
    spoor = AuditEvent.objects.filter(vak.erin("op"), object_soort__in=soorten, handeling__in=handelingen)
    gebeurd: dict[Spoorregel, dict[int, datetime]] = {}
    for soort, handeling, sleutel, op in spoor.order_by("op", "pk").values_list(
        "object_soort", "handeling", "object_id", "op"
    ):
        if regel := regels.get((soort, handeling)):
            gebeurd.setdefault(regel, {})[int(sleutel)] = op
    return [een for regel, standen in gebeurd.items() for een in _vertel(user, regel, standen, vak, themas)]


def _vertel(
    user: User, regel: Spoorregel, standen: Mapping[int, datetime], vak: Tijdvak, themas: Themas
) -> Iterator[Verandering]:
    rijen = regel.model._default_manager.filter(pk__in=regel.leesbaar(user, standen))  # type: ignore[union-attr]  # asked before
    zichtbaar = alleen_destijds_zichtbaar(rijen, user) if regel.per_plek else rijen
    met_verwant = list(zichtbaar.select_related(*regel.verwant).prefetch_related(*regel.erbij))
    destijds = _destijds(regel, met_verwant, vak.van_moment)
    for rij in sorted(met_verwant, key=lambda rij: standen[rij.pk]):
        toen = destijds.get(_plek(rij)) if destijds else None
        zin = regel.anders(toen, rij) if toen and regel.anders else regel.zin(rij)
        if zin and _is_nieuws(regel, rij, vak) and regel.toont(rij):
            telt = "" if toen and regel.telt(toen) == regel.telt(rij) else regel.telt(rij)
            yield _regel(regel, rij, zin, timezone.localtime(standen[rij.pk]).date(), themas, telt)


def _destijds(regel: Spoorregel, rijen: Iterable[Any], moment: datetime) -> dict[tuple[Any, ...], Any]:
    """What their places said then; no query where none of them took the place of another."""
    opvolgers = [rij for rij in rijen if regel.anders and rij.vervangt_id]
    if not opvolgers:
        return {}
    plekken = zip(opvolgers[0].PLEK, zip(*map(_plek, opvolgers), strict=True), strict=True)
    waar = {f"{veld}__in": set(waarden) for veld, waarden in plekken}
    versies = type(opvolgers[0]).objects.zoals_bekend_op(moment).filter(**waar)
    return {_plek(versie): versie for versie in versies.select_related(*regel.verwant)}


def _plek(rij: Any) -> tuple[Any, ...]:
    return tuple(getattr(rij, rij._meta.get_field(veld).attname) for veld in rij.PLEK)


def _is_nieuws(regel: Spoorregel, rij: Any, vak: Tijdvak) -> bool:
    """Of what was withdrawn: whether it was there before; of all else: whether it was neither that nor replaced."""
    if regel.weg:
        return bool(rij.op <= vak.van_moment)
    einden = (getattr(rij, veld, None) for veld in ("ingetrokken_op", "vervangen_op"))
    return all(op is None or (vak.tot_moment is not None and op > vak.tot_moment) for op in einden)


_VERLOPEN = next(regel for regel in SPOOR if regel.soort == "actieversie")


def lees_verlopen(user: User, vak: Tijdvak, themas: Themas) -> list[Verandering]:
    """The open actions whose last day passed; one query, none for who reads no figures."""
    if not user.mag(_VERLOPEN.recht):
        return []
    versies = Actieversie.objects.zoals_bekend_op(vak.tot_moment).open().filter(datum__gte=vak.van, datum__lt=vak.tot)
    rijen = versies.select_related(*_VERLOPEN.verwant).order_by("datum", "pk")
    zinnen = ((rij, f"te laat, uiterlijk {rij.datum:%d-%m-%Y}") for rij in rijen)
    sinds = timedelta(days=1)
    return [_regel(_VERLOPEN, rij, zin, rij.datum + sinds, themas, "actie-te-laat") for rij, zin in zinnen]


def _regel(regel: Spoorregel, rij: Any, zin: str, dag: date, themas: Themas, telt: str = "") -> Verandering:
    """Also of the themes of the indicators that it is about."""
    van_rij = frozenset(regel.over(rij))
    over = van_rij | {("thema", themas[code]) for soort, code in van_rij if soort == "indicator" and code in themas}
    thema = next((slug for soort, slug in sorted(over) if soort == "thema"), "")
    naam = regel.naam(rij).rstrip(".")
    kort = f"{regel.in_bericht or naam}: {zin}"
    return Verandering(regel.rubriek, naam, zin, regel.adres(rij), thema, dag, over, kort, telt)
