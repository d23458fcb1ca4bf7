"""What each person must still do, for the reminders: read once for everybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Rolvervulling, User
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from monitor.invoer.regels.weergave import periode
from monitor.invoer.werklijst.selectors import (
    RECENT,
    Celstaat,
    Telling,
    Werk,
    lees_afsluitingen,
    lees_plan,
    lees_werk,
    tel,
)
from monitor.models import Afsluiting, Definitieversie, Doelstelling, Meting
from monitor.reikwijdte import lees_reikwijdte

_Per = Counter[int | None]  # per author


@dataclass(frozen=True, slots=True)
class Opgave:
    """What one person must do."""

    naam: str
    kwartalen: Sequence[tuple[Kwartaal, list[Telling]]] = ()
    teruggestuurd: Sequence[str] = ()
    wacht: int = 0
    doelen: int = 0
    definities: int = 0
    heropeningen: Sequence[Afsluiting] = ()

    @property
    def is_leeg(self) -> bool:
        delen = (self.kwartalen, self.teruggestuurd, self.wacht, self.doelen, self.definities, self.heropeningen)
        return not any(delen)


@dataclass(frozen=True, slots=True)
class _Stapel:
    """Everything that waits for somebody."""

    werk: Sequence[Werk]
    invoerders: frozenset[int]
    teruggestuurd: dict[int | None, list[str]]
    wacht: _Per
    doelen: _Per
    definities: _Per
    heropeningen: Sequence[Afsluiting]


def lees_opgaven(vandaag: date) -> list[tuple[User, Opgave]]:
    """Per person with a role today what waits for them; who has nothing to do is left out."""
    personen = _personen(vandaag)
    stapel = _lees_stapel(vandaag, frozenset(p.pk for p in personen if p.mag(Recht.METING_INVOEREN)))
    opgaven = ((persoon, _opgave(persoon, stapel)) for persoon in personen)
    return [(persoon, opgave) for persoon, opgave in opgaven if not opgave.is_leeg]


def _personen(vandaag: date) -> list[User]:
    """Everyone who may work today, with the roles of that day."""
    geldig = Rolvervulling.objects.all().geldig_op(vandaag).filter(user__is_active=True)
    rollen: dict[User, list[Rolvervulling]] = defaultdict(list)
    for vervulling in geldig.select_related("user").order_by("user__username"):
        rollen[vervulling.user].append(vervulling)
    for persoon, vervullingen in rollen.items():
        persoon.vervullingen = vervullingen
    return list(rollen)


def _lees_stapel(vandaag: date, invoerders: frozenset[int]) -> _Stapel:
    plan, gesloten = lees_plan(), lees_afsluitingen()
    open_ = [kwartaal for kwartaal in plan.kwartalen(vandaag)[:RECENT] if kwartaal not in gesloten]
    werk = lees_werk(open_, plan, vandaag)
    return _Stapel(
        werk=[een for lijst in werk.values() for een in lijst if een.staat in (Celstaat.TE_LEVEREN, Celstaat.CONCEPT)],
        invoerders=invoerders,
        teruggestuurd=_lees_teruggestuurd(),
        wacht=_per_invoerder(Meting),
        doelen=_per_invoerder(Doelstelling),
        definities=_per_invoerder(Definitieversie),
        heropeningen=[afsluiting for afsluiting in gesloten.values() if afsluiting.gevraagd_op],
    )


def _lees_teruggestuurd() -> dict[int | None, list[str]]:
    """Per author what was sent back; the reason is not sent by e-mail, for it may quote a figure."""
    metingen = Meting.objects.filter(staat=Staat.AFGEKEURD).select_related("indicator", "onderdeel")
    plekken: dict[int | None, list[str]] = defaultdict(list)
    for m in metingen.order_by("indicator__volgorde", "onderdeel__volgorde", "jaar", "kwartaal"):
        plekken[m.ingevoerd_door_id].append(f"{m.indicator.naam}, {m.onderdeel}, {periode(m)}")
    return plekken


def _per_invoerder(model: type[Meting | Doelstelling | Definitieversie]) -> _Per:
    ingediend = model.objects.filter(staat=Staat.INGEDIEND).order_by()
    return Counter(ingediend.values_list("ingevoerd_door", flat=True))


def _opgave(persoon: User, stapel: _Stapel) -> Opgave:
    return Opgave(
        str(persoon),
        _te_leveren(persoon, stapel) if persoon.pk in stapel.invoerders else (),
        stapel.teruggestuurd.get(persoon.pk, ()) if persoon.pk in stapel.invoerders else (),
        _van_anderen(persoon, Recht.METING_VASTSTELLEN, stapel.wacht),
        _van_anderen(persoon, Recht.DOEL_VASTSTELLEN, stapel.doelen),
        _van_anderen(persoon, Recht.DEFINITIE_VASTSTELLEN, stapel.definities),
        _te_beslissen(persoon, stapel.heropeningen),
    )


def _te_leveren(persoon: User, stapel: _Stapel) -> list[tuple[Kwartaal, list[Telling]]]:
    """Of the own indicators, and of those whose owner is nobody (any more), within reach; per quarter."""
    reikwijdte = lees_reikwijdte(persoon, Recht.METING_INVOEREN)
    per_kwartaal: dict[Kwartaal, list[Werk]] = defaultdict(list)
    for een in stapel.werk:
        eigenaar = een.cel.indicator.eigenaar_id
        van_mij = eigenaar == persoon.pk or eigenaar not in stapel.invoerders
        if van_mij and reikwijdte.bevat(een.cel.indicator.code, een.cel.onderdeel.code):
            per_kwartaal[een.cel.kwartaal].append(een)
    return [(kwartaal, _per_indicator(werk)) for kwartaal, werk in per_kwartaal.items()]


def _per_indicator(werk: Iterable[Werk]) -> list[Telling]:
    return tel(werk, lambda een: een.cel.indicator.naam)


def _van_anderen(persoon: User, recht: Recht, per_invoerder: _Per) -> int:
    return per_invoerder.total() - per_invoerder[persoon.pk] if persoon.mag(recht) else 0


def _te_beslissen(persoon: User, heropeningen: Iterable[Afsluiting]) -> list[Afsluiting]:
    """Not by who asked and not by who closed."""
    if not persoon.mag(Recht.KWARTAAL_SLUITEN):
        return []
    return [a for a in heropeningen if persoon.pk not in (a.gevraagd_door_id, a.gesloten_door_id)]
