"""The history of what two persons decide on: its versions, and what happened to them as sentences, for every kind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from formatie.models import Bezetting
from monitor.invoer.bezetting.validatie import FTEVELDEN
from monitor.invoer.bezetting.weergave import bezetting_in_woorden, plaatsnaam
from monitor.invoer.opmerkingen.selectors import get_opmerkingen, plek_bij
from monitor.invoer.regels.validatie import CIJFERKOLOMMEN
from monitor.invoer.regels.weergave import meting_in_woorden, periode
from monitor.models import Meting, Opmerking
from monitor.reikwijdte import lees_reikwijdte
from monitor.selectors import get_metingen, leest_opmerkingen

ZINNEN: Mapping[str, Mapping[str, str]] = {
    "meting": {
        "ingediend": "{door} diende {naar} in.",
        "opnieuw ingediend": "{door} diende opnieuw in: {naar} in plaats van {van}.",
        "correctie ingediend": "{door} diende een correctie in: {naar} in plaats van {van}.",
        "vastgesteld": "{door} stelde {naar} vast.",
        "teruggestuurd": "{door} stuurde de waarde terug.",
        "afgeleid": "{naar} volgt uit de bezetting die {door} vaststelde.",
        "opnieuw afgeleid": "Opnieuw afgeleid van formatie en bezetting: {naar} in plaats van {van}.",
        "correctie gevraagd": "{door} vroeg om een correctie van {naar}.",
        "teruggenomen": "{door} nam de ingediende waarde terug om die te wijzigen.",
    },
    "bezetting": {
        "ingediend": "{door} stelde voor: {naar}.",
        "opnieuw ingediend": "{door} stelde opnieuw voor: {naar}, in plaats van {van}.",
        "correctie ingediend": "{door} stelde een correctie voor: {naar}, in plaats van {van}.",
        "vastgesteld": "{door} stelde vast: {naar}.",
        "teruggestuurd": "{door} stuurde de bezetting terug.",
        "correctie gevraagd": "{door} vroeg om een correctie van {naar}.",
        "teruggenomen": "{door} nam het voorstel terug om het te wijzigen.",
    },
    "doelstelling": {
        "voorgesteld": "{door} stelde voor: {naar}.",
        "opnieuw voorgesteld": "{door} stelde opnieuw voor: {naar}.",
        "vastgesteld": "{door} stelde vast: {naar}. Daarvoor: {van}.",
        "teruggestuurd": "{door} stuurde het voorstel terug: {naar}.",
        "ingetrokken": "{door} trok het voorstel in: {naar}.",
        "doel vastgesteld": "Geladen uit de agenda: {naar}.",
    },
    "definitieversie": {
        "voorgesteld": "{door} stelde een wijziging voor.",
        "opnieuw voorgesteld": "{door} stelde opnieuw een wijziging voor.",
        "vastgesteld": "{door} stelde de wijziging vast.",
        "teruggestuurd": "{door} stuurde het voorstel terug.",
        "ingetrokken": "{door} trok het voorstel in.",
    },
    "grensbesluit": {
        "voorgesteld": "{door} stelde voor: {naar}.",
        "opnieuw voorgesteld": "{door} stelde opnieuw voor: {naar}.",
        "vastgesteld": "{door} stelde vast: {naar}.",
        "teruggestuurd": "{door} stuurde het voorstel terug: {naar}.",
        "ingetrokken": "{door} trok het voorstel in: {naar}.",
    },
    "duiding": {
        "ingediend": "{door} diende een duiding in.",
        "opnieuw ingediend": "{door} diende de duiding opnieuw in.",
        "correctie ingediend": "{door} diende een correctie van de duiding in.",
        "vastgesteld": "{door} stelde de duiding vast.",
        "teruggestuurd": "{door} stuurde de duiding terug.",
        "correctie gevraagd": "{door} vroeg om een correctie van de duiding.",
        "teruggenomen": "{door} nam de duiding terug om die te wijzigen.",
    },
    "organisatiebesluit": {
        "voorgesteld": "{door} stelde voor: {naar}.",
        "opnieuw voorgesteld": "{door} stelde opnieuw voor: {naar}.",
        "vastgesteld": "{door} stelde vast: {naar}.",
        "teruggestuurd": "{door} stuurde het voorstel terug: {naar}.",
        "ingetrokken": "{door} trok het voorstel in: {naar}.",
    },
    "ambitiestand": {
        "voorgesteld": "{door} schreef: {naar}.",
        "opnieuw voorgesteld": "{door} schreef opnieuw: {naar}.",
        "vastgesteld": "{door} stelde vast: {naar}.",
        "teruggestuurd": "{door} stuurde terug: {naar}.",
        "ingetrokken": "{door} trok in: {naar}.",
    },
    "koppeling": {
        "voorgesteld": "{door} stelde voor: {naar}.",
        "opnieuw voorgesteld": "{door} stelde opnieuw voor: {naar}.",
        "vastgesteld": "{door} stelde vast: {naar}.",
        "teruggestuurd": "{door} stuurde het voorstel terug: {naar}.",
        "ingetrokken": "{door} trok het voorstel in: {naar}.",
    },
    "afsluiting": {
        "gesloten": "{door} sloot het kwartaal.",
        "heropening gevraagd": "{door} vroeg om heropening.",
        "heropening ingetrokken": "{door} trok de vraag om heropening in.",
        "heropening afgewezen": "{door} wees de vraag om heropening af.",
        "heropend": "{door} heropende het kwartaal.",
    },
}
"""Per kind of object and act; ``van`` and ``naar`` are what was kept of before and after, in words."""
_TERUG = {"teruggestuurd": "Teruggestuurd", "correctie gevraagd": "Correctie gevraagd"}
_Rij = Meting | Bezetting
Woorden = Callable[[dict[str, Any] | None], str]


@dataclass(frozen=True, slots=True)
class Stap:
    """One thing that happened: when, in a sentence, why and by which road."""

    op: datetime
    zin: str
    reden: str
    herkomst: str


@dataclass(frozen=True, slots=True)
class Geschiedenis:
    """Of one place and period: what it is about, every version with its value in words, and what happened."""

    onderwerp: str
    plek: str
    adres: str
    versies: Sequence[tuple[_Rij, str]]
    stappen: Sequence[Stap]
    opmerkadres: str = ""
    opmerkingen: int = 0


def van_meting(user: User, pk: int) -> Geschiedenis | None:
    """None when this person may not read the value or its history."""
    meting = get_metingen(user).filter(pk=pk).first()
    if meting is None or not _mag_spoor(user, meting):
        return None
    naam, adres = meting.indicator.naam, reverse("indicator", args=[meting.indicator.code])
    return _geschiedenis(user, meting, naam, f"{meting.onderdeel}, {periode(meting)}", adres)


def van_bezetting(user: User, pk: int) -> Geschiedenis | None:
    """None when this person may not read the bezetting or its history."""
    rij = Bezetting.objects.select_related("onderdeel__ouder").filter(pk=pk).first()
    rechten = (Recht.SPOOR_LEZEN, Recht.PERSONEEL_TEAM)
    if rij is None or not all(lees_reikwijdte(user, recht).bevat("", rij.onderdeel.code) for recht in rechten):
        return None
    return _geschiedenis(user, rij, f"de bezetting van {plaatsnaam(rij)}", f"Q{rij.kwartaal} {rij.jaar}", "")


def _geschiedenis(user: User, rij: _Rij, onderwerp: str, waar: str, adres: str) -> Geschiedenis:
    versies, plek = get_versies(rij), plek_bij(rij)
    leest = leest_opmerkingen(user, plek)
    gezegd = vertel_opmerkingen(get_opmerkingen(plek)) if leest else []
    stappen = sorted([*get_stappen(versies), *gezegd], key=lambda stap: stap.op, reverse=True)
    in_woorden = [(versie, _in_woorden(versie)) for versie in versies]
    adres_erbij = plek.adres if leest else ""
    return Geschiedenis(onderwerp, waar, adres, in_woorden, stappen, adres_erbij, len(gezegd))


def vertel_opmerkingen(opmerkingen: Iterable[Opmerking]) -> list[Stap]:
    """What people said about it, as steps among what was done."""
    return [Stap(een.op, f"{een.door} schreef: “{een.tekst}”", "", "opmerking") for een in opmerkingen]


def _in_woorden(rij: _Rij) -> str:
    return meting_in_woorden(rij) if isinstance(rij, Meting) else bezetting_in_woorden(rij)


def _mag_spoor(user: User, meting: Meting) -> bool:
    """Everywhere, in the own district, or of the own theme."""
    if user.mag_overal(Recht.SPOOR_LEZEN):
        return True
    ouder = meting.onderdeel.ouder
    district = {meting.onderdeel.code, ouder.code if ouder else ""}
    themas = meting.indicator.monitorregels.values_list("thema__slug", flat=True)
    return bool(district & user.districten_met(Recht.SPOOR_LEZEN) or set(themas) & user.themas_met(Recht.SPOOR_LEZEN))


def get_versies(rij: _Rij) -> list[_Rij]:
    """Every version for the same place and period, the newest first."""
    plek = {naam: getattr(rij, naam) for naam in type(rij).PLEK}
    verwant = [naam for naam in plek if naam == "indicator"]
    versies = type(rij).objects.filter(**plek).select_related("ingevoerd_door", "vastgesteld_door", *verwant)
    return list(versies.order_by("-pk"))


def get_stappen(versies: Sequence[_Rij]) -> list[Stap]:
    """What happened to these versions, the latest first, in one query."""
    soort = versies[0]._meta.model_name or ""
    return vertel(lees_spoor(soort, [versie.pk for versie in versies]), lambda bewaard: _bewaard(bewaard, versies[0]))


def lees_spoor(soort: str, sleutels: Iterable[int]) -> QuerySet[AuditEvent]:
    """What happened to these objects of one kind, the latest first."""
    gebeurtenissen = AuditEvent.objects.filter(object_soort=soort, object_id__in=[str(pk) for pk in sleutels])
    return gebeurtenissen.order_by("-op", "-pk")


def lees_eerder_terug(per_soort: Mapping[str, Iterable[int]]) -> dict[tuple[str, int], AuditEvent]:
    """Of rows that were sent back before, or that came of a request to correct, the last time; one query."""
    sleutels = [str(pk) for pks in per_soort.values() for pk in pks]
    alle = AuditEvent.objects.filter(object_soort__in=per_soort, object_id__in=sleutels, handeling__in=_TERUG)
    return {(een.object_soort, int(een.object_id)): een for een in alle.order_by("op", "pk")}


def vertel_terug(een: AuditEvent, rij: Any) -> str:
    """For whom it comes back to: when, by whom and why it went, and what it said then."""
    wanneer = f"{timezone.localtime(een.op):%d-%m-%Y}"
    zin = f"{_TERUG[een.handeling]} op {wanneer} door {een.door_naam}: “{een.reden.rstrip('.')}”."
    if not isinstance(rij, Meting | Bezetting):
        return zin
    toen = _bewaard(een.naar, rij)
    gelijk = toen == _in_woorden(rij)
    return f"{zin} De waarde is sindsdien niet gewijzigd." if gelijk else f"{zin} Toen stond er: {toen}."


def vertel(gebeurtenissen: Iterable[AuditEvent], woorden: Woorden = lambda _: "") -> list[Stap]:
    """Events as sentences; ``woorden`` says what was kept of before and after."""
    return [_stap(gebeurtenis, woorden) for gebeurtenis in gebeurtenissen]


def _stap(gebeurtenis: AuditEvent, woorden: Woorden) -> Stap:
    zin = ZINNEN[gebeurtenis.object_soort].get(gebeurtenis.handeling, "{door}: " + gebeurtenis.handeling + ".")
    kanten = {kant: woorden(getattr(gebeurtenis, kant)) for kant in ("van", "naar")}
    return Stap(
        gebeurtenis.op, zin.format(door=gebeurtenis.door_naam, **kanten), gebeurtenis.reden, gebeurtenis.herkomst
    )


def _bewaard(bewaard: dict[str, Any] | None, rij: _Rij) -> str:
    """The figures of that moment in words; they were kept as text and are read back exactly."""
    if not bewaard:
        return "een waarde" if isinstance(rij, Meting) else "een andere bezetting"
    if isinstance(rij, Meting):
        velden = {naam: bewaard[naam] for naam in ("onbekend", "status")}
        return meting_in_woorden(Meting(indicator=rij.indicator, **velden, **_getallen(bewaard, CIJFERKOLOMMEN)))
    return bezetting_in_woorden(Bezetting(status=bewaard["status"], **_getallen(bewaard, FTEVELDEN)))


def _getallen(bewaard: dict[str, Any], namen: Iterable[str]) -> dict[str, Decimal | None]:
    return {naam: None if bewaard[naam] is None else Decimal(bewaard[naam]) for naam in namen}
