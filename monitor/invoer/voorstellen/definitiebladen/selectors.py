"""The definition sheet of an indicator as its page shows it: what is in force, every change, what is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from common.vaststellen.model import OPENSTAAND
from monitor.invoer.vaststellen.geschiedenis import Stap, vertel
from monitor.invoer.vaststellen.voorstel import als_tekst
from monitor.invoer.voorstellen.definitiebladen.blad import BLAD, Verschil, als_regels, blad_van, gevolgen, verschillen
from monitor.models import Definitieversie, Indicator
from monitor.reikwijdte import lees_reikwijdte


@dataclass(frozen=True, slots=True)
class Bladrij:
    """One version for one reader, with what it changes and what that does."""

    versie: Definitieversie
    verschillen: Sequence[Verschil]
    met_namen: bool
    is_eigen: bool = False
    gevolgen: Sequence[str] = ()


@dataclass(frozen=True)
class Bladbeeld:
    """The page of one indicator's definition sheet."""

    regels: Sequence[tuple[str, str]]
    versies: Sequence[Bladrij]
    open: Bladrij | None
    stappen: Sequence[Stap]


def get_blad(user: User, indicator: Indicator) -> Bladbeeld:
    """Everything of one sheet, in at most three queries; what is open and who did what as far as the rights reach."""
    met_namen = lees_reikwijdte(user, Recht.SPOOR_LEZEN).bevat(indicator.code, "")
    verwant = ("ingevoerd_door", "vastgesteld_door", "afgekeurd_door")
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
        _open(open_, indicator, user) if open_ and mag_open else None,
        vertel(spoor) if met_namen else (),
    )


def _lees_spoor(indicator: Indicator, versies: Sequence[Definitieversie]) -> list[AuditEvent]:
    """What happened, the latest first, also to proposals that were taken back."""
    van_hier = Q(object_id__in=[str(v.pk) for v in versies]) | Q(naar__indicator=indicator.code)
    return list(AuditEvent.objects.filter(van_hier, object_soort="definitieversie").order_by("-op", "-pk"))


def _open(versie: Definitieversie, indicator: Indicator, user: User) -> Bladrij:
    """A proposal beside the sheet in force."""
    anders = verschillen(als_tekst(indicator, BLAD), als_tekst(versie, BLAD))
    doen = gevolgen({indicator.pk: (indicator, blad_van(versie))})
    return Bladrij(versie, anders, True, versie.ingevoerd_door_id == user.pk, doen.get(indicator.pk, ()))
