"""The limits of an indicator as its page shows them: every start that was decided on, what is open, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.model import OPENSTAAND, Staat
from formatie.models import Onderdeel
from monitor.invoer.vaststellen.geschiedenis import Stap, vertel
from monitor.models import Doelbereik, Grensbesluit, Indicator
from monitor.reikwijdte import lees_reikwijdte
from monitor.rekenen.regels.signaalregels import vraagt_nieuwe_grenzen
from monitor.rekenen.signaal import maak_proces
from monitor.rekenen.signaalzin import signaalzin
from monitor.zicht import leesbaar_bovenin


@dataclass(frozen=True)
class Grenzenbeeld:
    """For one reader; ``met_namen``: they may see who proposed and approved."""

    besluiten: Sequence[Grensbesluit]
    open: Grensbesluit | None
    met_namen: bool
    stappen: Sequence[Stap]


def get_grenzen(user: User, indicator: Indicator) -> Grenzenbeeld:
    """In at most two queries; what is open and who did what as far as the rights reach."""
    spoor, concepten = (lees_reikwijdte(user, recht) for recht in (Recht.SPOOR_LEZEN, Recht.CONCEPT_LEZEN))
    verwant = ("ingevoerd_door", "vastgesteld_door", "afgekeurd_door")
    versies = list(indicator.grensbesluiten.select_related(*verwant).order_by("-jaar", "-kwartaal", "-pk"))
    open_ = [versie for versie in versies if versie.staat in OPENSTAAND and concepten.bevat(indicator.code, "")]
    met_namen = spoor.bevat(indicator.code, "")
    return Grenzenbeeld(
        besluiten=[versie for versie in versies if versie.staat not in OPENSTAAND],
        open=open_[0] if open_ else None,
        met_namen=met_namen,
        stappen=_stappen(indicator) if met_namen else (),
    )


@dataclass(frozen=True)
class Advies:
    """Why new limits could be proposed, and from which quarter."""

    indicator: Indicator
    begin: Kwartaal
    zin: str


def lees_adviezen(user: User, indicatoren: Sequence[Indicator]) -> list[Advies]:
    """For which of these the values lie on one side for long, and nothing is proposed yet.

    Only indicators for which this person may propose, from the rows of the unit as they may read them.
    """
    mag = lees_reikwijdte(user, Recht.DEFINITIE_VOORSTELLEN)
    van_mij = [i for i in indicatoren if i.aggregatie != Indicator.Aggregatie.ENQUETE and mag.bevat(i.code, "")]
    if not van_mij:
        return []
    besluiten = list(Grensbesluit.objects.filter(indicator__in=van_mij).order_by("jaar", "kwartaal"))
    open_ = {besluit.indicator_id for besluit in besluiten if besluit.staat in OPENSTAAND}
    van_eenheid = Doelbereik.objects.filter(indicator__in=van_mij, onderdeel__soort=Onderdeel.Soort.EENHEID)
    rijen = leesbaar_bovenin(van_eenheid.order_by("onderdeel__volgorde"), user, van_mij)
    adviezen = []
    for indicator in van_mij:
        eigen = [rij for rij in rijen if rij.indicator_id == indicator.pk]
        begin = [b.begin for b in besluiten if b.indicator_id == indicator.pk and b.staat == Staat.VASTGESTELD]
        advies = None if indicator.pk in open_ else _advies(indicator, eigen, begin)
        adviezen += [advies] if advies else []
    return adviezen


def _advies(indicator: Indicator, rijen: Sequence[Doelbereik], begin: Sequence[Kwartaal]) -> Advies | None:
    """Of the first unit, where a force has several."""
    per = {Kwartaal(r.jaar, r.kwartaal): r for r in rijen if r.onderdeel_id == rijen[0].onderdeel_id}
    if not per:
        return None
    proces = maak_proces(indicator, max(per), per, begin)
    lang = vraagt_nieuwe_grenzen(proces.waarden, proces.huidig) if proces.huidig else None
    if lang is None:
        return None
    van = proces.perioden[lang.van]
    zin = signaalzin(lang, proces, indicator)
    return Advies(indicator, van, f"{zin} Is er iets afgesproken en veranderd? Stel dan nieuwe grenzen voor.")


def _stappen(indicator: Indicator) -> list[Stap]:
    """The latest first, also of proposals that were taken back."""
    gebeurtenissen = AuditEvent.objects.filter(object_soort="grensbesluit", naar__indicator=indicator.code)
    return vertel(gebeurtenissen.order_by("-op", "-pk"), _bewaard)


def _bewaard(bewaard: dict[str, Any] | None) -> str:
    return Grensbesluit(jaar=bewaard["jaar"], kwartaal=bewaard["kwartaal"]).in_woorden if bewaard else ""
