"""The targets of an indicator as its page shows them: every version, what is open, and what happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django.db.models import Q

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from common.tekst.cijfers import celtekst, doel_in_woorden
from common.vaststellen.bewaking import Verouderd
from common.vaststellen.model import OPENSTAAND, Staat
from monitor.invoer.vaststellen.geschiedenis import Stap, vertel
from monitor.models import Doelstelling, Indicator
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte

OORDEELT = ("soort", "streefwaarde", "marge")  # what a verdict is made of


@dataclass(frozen=True, slots=True)
class Doelrij:
    """One version for one reader; ``met_namen``: they may see who proposed and approved it."""

    doel: Doelstelling
    met_namen: bool
    is_eigen: bool = False

    @property
    def tekst(self) -> str:
        return doel_in_woorden(self.doel, self.doel.indicator)

    @property
    def oud(self) -> str:
        """What this one replaces, or would replace."""
        vorige = cast("Doelstelling | None", self.doel.vervangt)
        return doel_in_woorden(vorige, self.doel.indicator) if vorige else ""

    @property
    def plek(self) -> str:
        return f"{self.doel.jaar}, {self.doel.onderdeel}"

    @property
    def geldt(self) -> bool:
        return self.doel.staat == Staat.VASTGESTELD


@dataclass(frozen=True)
class Doelenbeeld:
    """The page of one indicator's targets."""

    versies: Sequence[Doelrij]
    open: Sequence[Doelrij]
    stappen: Sequence[Stap]
    met_namen: bool


def get_doelen(user: User, indicator: Indicator) -> Doelenbeeld:
    """Everything of one indicator, in two queries; what is open and who did what only as far as the rights reach."""
    spoor, concepten = (lees_reikwijdte(user, recht) for recht in (Recht.SPOOR_LEZEN, Recht.CONCEPT_LEZEN))
    verwant = ("onderdeel", "ingevoerd_door", "vastgesteld_door", "afgekeurd_door", "vervangt", "vervanger")
    doelen = list(
        indicator.doelstellingen.select_related(*verwant).order_by(
            "-jaar", "onderdeel__volgorde", "onderdeel__code", "-pk"
        )
    )
    for doel in doelen:
        _met_indicator(doel, indicator)
    rijen = [Doelrij(doel, _bevat(spoor, doel), doel.ingevoerd_door_id == user.pk) for doel in doelen]
    besloten = [rij for rij in rijen if rij.doel.staat not in OPENSTAAND]
    open_ = [rij for rij in rijen if rij.doel.staat in OPENSTAAND and _bevat(concepten, rij.doel)]
    stappen = [] if spoor.is_leeg else _stappen(indicator, doelen, spoor)
    return Doelenbeeld(besloten, open_, stappen, met_namen=any(rij.met_namen for rij in rijen))


def _met_indicator(doel: Doelstelling, indicator: Indicator) -> None:
    doel.indicator = indicator
    vorige = cast("Doelstelling | None", doel.vervangt)
    if vorige:
        vorige.indicator = indicator


def _bevat(reikwijdte: Reikwijdte, doel: Doelstelling) -> bool:
    return reikwijdte.bevat(doel.indicator.code, doel.onderdeel.code)


def _stappen(indicator: Indicator, doelen: Sequence[Doelstelling], spoor: Reikwijdte) -> list[Stap]:
    """What happened, the latest first, also to proposals that were taken back."""
    per_pk = {str(doel.pk): doel for doel in doelen}
    van_hier = Q(object_id__in=per_pk) | Q(naar__indicator=indicator.code)
    gebeurtenissen = list(AuditEvent.objects.filter(van_hier, object_soort="doelstelling").order_by("-op", "-pk"))
    for gebeurtenis in gebeurtenissen:
        _vul_plek_aan(gebeurtenis, per_pk.get(gebeurtenis.object_id))
    binnen = [g for g in gebeurtenissen if spoor.bevat(indicator.code, (g.naar or {}).get("onderdeel", ""))]
    return vertel(binnen, lambda bewaard: _bewaard(bewaard, indicator))


def _vul_plek_aan(gebeurtenis: AuditEvent, doel: Doelstelling | None) -> None:
    """What was loaded from the files kept no place in the trail; its version has it."""
    if doel and gebeurtenis.naar:
        gebeurtenis.naar = {"onderdeel": doel.onderdeel.code, "jaar": doel.jaar} | gebeurtenis.naar


def _bewaard(bewaard: dict[str, Any] | None, indicator: Indicator) -> str:
    """A target as the trail kept it; figures are kept as text and read back exactly."""
    if not bewaard:
        return "nog geen doel"
    getallen = {naam: _getal(bewaard.get(naam)) for naam in ("streefwaarde", "marge")}
    tekst = doel_in_woorden(Doelstelling(soort=bewaard["soort"], **getallen), indicator)
    waar = f"{bewaard['jaar']} ({bewaard['onderdeel']})" if "jaar" in bewaard else ""
    return f"{waar}: {tekst}" if waar else tekst


def _getal(bewaard: object) -> Decimal | None:
    try:
        return None if bewaard is None else Decimal(str(bewaard))
    except InvalidOperation:
        return None


def kwartalen_van_doelen(doelen: Iterable[Doelstelling]) -> set[tuple[int, int]]:
    """The quarters of which these targets would change the verdict; none where only the decision is another."""
    return {kwartaal for doel in doelen if _oordeelt_anders(doel) for kwartaal in kwartalen_van_jaar(doel.jaar)}


def _oordeelt_anders(doel: Doelstelling) -> bool:
    return doel.vervangt is None or any(getattr(doel, naam) != getattr(doel.vervangt, naam) for naam in OORDEELT)


def kwartalen_van_jaar(jaar: int) -> set[tuple[int, int]]:
    return {(jaar, kwartaal) for kwartaal in (1, 2, 3, 4)}


def toets_voorganger(gezien: Sequence[Doelstelling], open_: Sequence[Doelstelling]) -> None:
    """What each proposal replaces is what is in force now. Raises Verouderd."""
    geldend = Doelstelling.objects.geldend().filter(indicator__in={rij.indicator_id for rij in open_})
    plekken = {tuple(plek): pk for pk, *plek in geldend.values_list("pk", *Doelstelling.PLEK)}
    anders = [r.pk for r in open_ if plekken.get((r.indicator_id, r.onderdeel_id, r.jaar)) != r.vervangt_id]
    if anders:
        raise Verouderd(sleutels=anders)


def als_cellen(doel: Doelstelling | None) -> dict[str, str]:
    """A target as the text of a form; nothing of the decision, which is a new one, unless it is open itself."""
    if doel is None:
        return {"soort": Doelstelling.Soort.JAARVOLUME.value}
    cellen = {"soort": doel.soort}
    cellen |= {naam: celtekst(getattr(doel, naam)) for naam in ("streefwaarde", "marge")}
    if doel.staat in OPENSTAAND:
        dag = doel.geldig_vanaf.isoformat()
        cellen |= {"besluit": doel.besluit, "orgaan": doel.orgaan, "geldig_vanaf": dag, "reden": doel.vervangreden}
    return cellen
