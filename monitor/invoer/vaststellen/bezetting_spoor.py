"""The history of the bezetting of one place and quarter: its versions, and what happened to them as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from accounts.rollen import Recht
from formatie.models import Bezetting
from monitor.invoer.bezetting.services import mag_bezetting
from monitor.invoer.bezetting.validatie import CIJFERS
from monitor.invoer.bezetting.weergave import in_woorden
from monitor.invoer.vaststellen.geschiedenis import Stap, lees_spoor, vertel
from monitor.reikwijdte import lees_reikwijdte

_ZINNEN = {
    "ingediend": "{door} stelde voor: {naar}.",
    "opnieuw ingediend": "{door} stelde opnieuw voor: {naar}, in plaats van {van}.",
    "correctie ingediend": "{door} stelde een correctie voor: {naar}, in plaats van {van}.",
    "vastgesteld": "{door} stelde vast: {naar}.",
    "teruggestuurd": "{door} stuurde de bezetting terug.",
    "teruggenomen": "{door} nam het voorstel terug om het te wijzigen.",
}


@dataclass(frozen=True, slots=True)
class Versie:
    rij: Bezetting
    waarde: str


def get_met_spoor(user: User, pk: int) -> Bezetting | None:
    """The bezetting, when this person may read both it and its history; None otherwise."""
    rij = Bezetting.objects.select_related("onderdeel").filter(pk=pk).first()
    rechten = (Recht.SPOOR_LEZEN, Recht.PERSONEEL_TEAM)
    if rij and all(mag_bezetting(lees_reikwijdte(user, recht), rij.onderdeel.code) for recht in rechten):
        return rij
    return None


def get_versies(rij: Bezetting) -> list[Versie]:
    """Every version for the same place and quarter, the newest first."""
    plek = {naam: getattr(rij, naam) for naam in ("onderdeel", "soort", "jaar", "kwartaal")}
    versies = Bezetting.objects.filter(**plek).select_related("ingevoerd_door", "vastgesteld_door")
    return [Versie(versie, in_woorden(versie)) for versie in versies.order_by("-pk")]


def get_stappen(versies: Sequence[Bezetting]) -> list[Stap]:
    return vertel(lees_spoor("bezetting", [versie.pk for versie in versies]), _ZINNEN, _woorden)


def _woorden(bewaard: dict | None) -> str:
    """The figures of that moment; they were kept as text and are read back exactly."""
    if not bewaard:
        return "een andere bezetting"
    cijfers = {kolom: None if bewaard[kolom] is None else Decimal(bewaard[kolom]) for kolom in CIJFERS}
    return in_woorden(Bezetting(status=bewaard["status"], **cijfers))
