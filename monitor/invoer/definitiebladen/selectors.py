"""The definition sheet of an indicator as its page shows it: what is in force, every change, what is open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from monitor.invoer.definitiebladen.services import BLAD, blad_van, gevolgen
from monitor.invoer.vaststellen.geschiedenis import Stap, vertel
from monitor.invoer.vaststellen.selectors import gekozen, keuze_van
from monitor.invoer.vaststellen.services import OPENSTAAND, als_tekst, wachtende
from monitor.invoer.vaststellen.verschil import Verschil, verschil
from monitor.models import Definitieversie, Indicator
from monitor.reikwijdte import lees_reikwijdte

NAMEN = {
    "naam": "Naam",
    "definitie": "Wat is het?",
    "telregel": "Hoe wordt het geteld?",
    "bron": "Bron van de cijfers",
    "frequentie": "Hoe vaak gemeten",
    "eerste_jaar": "Eerste jaar van een meting elke twee jaar",
    "niveau": "Laagste niveau waarop gemeten wordt",
    "eigenaar": "Eigenaar",
    "opmerking": "Let op",
}
_KEUZES: Mapping[str, Any] = {"frequentie": Indicator.Frequentie, "niveau": Indicator.Niveau}
_ZINNEN = {
    "voorgesteld": "{door} stelde een wijziging voor.",
    "opnieuw voorgesteld": "{door} stelde opnieuw een wijziging voor.",
    "vastgesteld": "{door} stelde de wijziging vast.",
    "teruggestuurd": "{door} stuurde het voorstel terug.",
    "ingetrokken": "{door} trok het voorstel in.",
}
Tekst = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bladrij:
    """One version for one reader, with what it changes and what that does."""

    versie: Definitieversie
    verschillen: Sequence[Verschil]
    met_namen: bool
    is_eigen: bool = False
    gevolgen: Sequence[str] = ()

    @property
    def keuze(self) -> str:
        return keuze_van(self.versie, *_sleutels(self.versie.indicator))


@dataclass(frozen=True)
class Bladbeeld:
    """The page of one indicator's definition sheet."""

    regels: Sequence[tuple[str, str]]
    versies: Sequence[Bladrij]
    open: Bladrij | None
    stappen: Sequence[Stap]


def _sleutels(indicator: Indicator) -> list[object]:
    return [getattr(indicator, Indicator._meta.get_field(naam).attname) for naam in BLAD]  # type: ignore[union-attr]


def als_regels(bron: Indicator) -> list[tuple[str, str]]:
    """The sheet in words, without what is not filled in."""
    blad = als_tekst(bron, BLAD)
    return [(NAMEN[naam], tekst) for naam in BLAD if (tekst := _toon(naam, blad[naam]))]


def _toon(naam: str, waarde: object) -> str:
    if waarde is None or waarde == "":
        return ""
    return str(_KEUZES[naam](waarde).label) if naam in _KEUZES else str(waarde)


def verschillen(oud: Tekst, nieuw: Tekst) -> list[Verschil]:
    """What differs between two sheets, field by field."""
    paren = ((naam, _toon(naam, oud.get(naam)), _toon(naam, nieuw.get(naam))) for naam in BLAD)
    return [verschil(NAMEN[naam], was, wordt) for naam, was, wordt in paren if was != wordt]


def get_blad(user: User, indicator: Indicator) -> Bladbeeld:
    """Everything of one sheet, in at most three queries; what is open and who did what as far as the rights reach."""
    met_namen = lees_reikwijdte(user, Recht.SPOOR_LEZEN).bevat(indicator.code, "")
    verwant = ("ingevoerd_door", "vastgesteld_door", "afgekeurd_door", "eigenaar")
    versies = list(indicator.definitieversies.select_related(*verwant).order_by("-pk"))
    spoor = _lees_spoor(indicator, versies)
    besloten = {g.object_id: g for g in spoor if g.handeling == "vastgesteld"}
    rijen = [
        Bladrij(v, verschillen(g.van or {}, g.naar or {}) if (g := besloten.get(str(v.pk))) else (), met_namen)
        for v in versies
        if v.staat not in OPENSTAAND
    ]
    open_ = next((v for v in versies if v.staat in OPENSTAAND), None)
    mag_open = open_ and lees_reikwijdte(user, Recht.CONCEPT_LEZEN).bevat(indicator.code, "")
    return Bladbeeld(
        als_regels(indicator),
        rijen,
        _naast([(open_, indicator)], user)[0] if open_ and mag_open else None,
        vertel(spoor, _ZINNEN, lambda _: "") if met_namen else (),
    )


def _lees_spoor(indicator: Indicator, versies: Sequence[Definitieversie]) -> list[AuditEvent]:
    """What happened, the latest first, also to proposals that were taken back."""
    van_hier = Q(object_id__in=[str(v.pk) for v in versies]) | Q(naar__indicator=indicator.code)
    return list(AuditEvent.objects.filter(van_hier, object_soort="definitieversie").order_by("-op", "-pk"))


def _naast(paren: Sequence[tuple[Definitieversie, Indicator]], user: User) -> list[Bladrij]:
    """Proposals beside the sheet in force."""
    doen = gevolgen({indicator.pk: (indicator, blad_van(versie)) for versie, indicator in paren})
    rijen = []
    for versie, indicator in paren:
        anders = verschillen(als_tekst(indicator, BLAD), als_tekst(versie, BLAD))
        eigen = versie.ingevoerd_door_id == user.pk
        rijen.append(Bladrij(versie, anders, True, eigen, doen.get(indicator.pk, ())))
    return rijen


def get_wachtende_bladen(user: User, pks: Collection[int] | None = None) -> list[Bladrij]:
    """The proposals that wait, each beside the sheet in force, in at most two queries."""
    rijen = wachtende(Definitieversie.objects.all())
    rijen = rijen if pks is None else rijen.filter(pk__in=pks)
    versies = list(rijen.select_related("indicator__eigenaar", "ingevoerd_door", "eigenaar"))
    return _naast([(versie, versie.indicator) for versie in versies], user)


def lees_bladkeuze(keuzes: Sequence[str], user: User) -> list[Definitieversie]:
    """The proposals that were ticked. Raises Verouderd when one is not as it was on the screen."""
    return [rij.versie for rij in gekozen(keuzes, lambda pks: get_wachtende_bladen(user, pks))]
