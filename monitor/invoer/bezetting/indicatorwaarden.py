"""The measurements that follow from approved bezetting and the plan: written in the transaction of the approval.

Per basisteam, on the last day of the quarter: how many of the places for wijkagenten are filled, and bezetting minus
formatie. From there on they are values like any other: versions, audit trail, roll-up by teller and noemer. The
two persons who answer for the bezetting answer for what follows from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.locks import Slot, houd_slot
from common.tekst.cijfers import FTE, LosseMaat, exact_in_woorden
from common.tekst.periode import Kwartaal
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.model import OPENSTAAND, Staat
from formatie.models import Bezetting, Districtsformatie
from monitor.invoer.bezetting.kader import Planplaatsen, lees_plaatsen
from monitor.invoer.meting.vergelijken import AFGELEID, cijfers_van
from monitor.invoer.regels.toetsgegevens import lees_gesloten, lees_indicatorfeiten
from monitor.invoer.regels.validatie import IndicatorFeiten
from monitor.invoer.vaststellen.eisen import houd_kwartalen
from monitor.models import Indicator, Meting
from monitor.rekenen.wachtrij import vraag_herberekeningen

HERKOMST_AFGELEID = "afgeleid van bezetting"
WIJKAGENTEN, VERSCHIL = AFGELEID
NIEUWE_BEZETTING = "Nieuwe bezetting vastgesteld."
ANDER_PLAN = "Formatieplan gewijzigd."
VERVALLEN = "Deze waarde volgt nu uit de vastgestelde bezetting."
PLAATSEN = LosseMaat("plaatsen")

_Plek = tuple[int, int, int, int]  # indicator, onderdeel, year, quarter
_Cijfers = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Uitkomst:
    """What one bezetting says about one indicator; ``cijfers`` None: nothing can be computed."""

    bezetting: Bezetting
    indicator: Indicator
    cijfers: _Cijfers | None

    @property
    def plek(self) -> _Plek:
        return (self.indicator.pk, self.bezetting.onderdeel_id, self.bezetting.jaar, self.bezetting.kwartaal)


def leid_af(
    bezetting: Iterable[Bezetting], *, door: User | None, op: datetime, reden: str = NIEUWE_BEZETTING
) -> list[Meting]:
    """Write what follows from approved bezetting, as new versions; what is equal already is left alone.

    The caller holds the transaction, the open quarters and ``Slot.METING``.
    """
    uitkomsten = _uitkomsten([b for b in bezetting if b.soort == Bezetting.Soort.BASISTEAM])
    if not uitkomsten:
        return []
    bestaand = _vergrendel(uitkomsten)
    _wijs_rivalen_af([m for m in bestaand if m.staat in OPENSTAAND], uitkomsten, door, op)
    geldend = {_plek(m): m for m in bestaand if m.staat == Staat.VASTGESTELD}
    nieuw = [_versie(u, geldend.get(u.plek), op, reden) for u in uitkomsten if _is_anders(u, geldend.get(u.plek))]
    _schrijf(nieuw, door, op)
    return nieuw


@transaction.atomic
def leid_opnieuw_af(*, op: datetime | None = None, reden: str = ANDER_PLAN) -> int:
    """Derive everything once more, after the plan changed; gives how many values that changed.

    A closed quarter keeps the figures it was closed with.
    """
    geldend = Bezetting.objects.geldend().filter(soort=Bezetting.Soort.BASISTEAM)
    kwartalen = set(geldend.values_list("jaar", "kwartaal"))
    houd_kwartalen(kwartalen)
    houd_slot(Slot.METING)
    open_ = kwartalen - lees_gesloten()
    rijen = geldend.select_related("onderdeel", "vastgesteld_door").order_by("pk")
    gekozen = [rij for rij in rijen if (rij.jaar, rij.kwartaal) in open_]
    return len(leid_af(gekozen, door=None, op=op or timezone.now(), reden=reden))


def _uitkomsten(teams: Sequence[Bezetting]) -> list[_Uitkomst]:
    if not teams:
        return []
    plaatsen = lees_plaatsen({Kwartaal(b.jaar, b.kwartaal) for b in teams})
    afgeleid = Indicator.objects.filter(code__in=_REGELS, herkomst=Indicator.Herkomst.AFGELEID)
    feiten = lees_indicatorfeiten()
    return [
        _Uitkomst(b, indicator, cijfers_uit(indicator.code, b, plaatsen[Kwartaal(b.jaar, b.kwartaal)]))
        for indicator in afgeleid.order_by("pk")
        for b in teams
        if _gaat_over(feiten[indicator.code], b)
    ]


def _gaat_over(feiten: IndicatorFeiten, bezetting: Bezetting) -> bool:
    """Whether an agenda up to that year prints the indicator, and it applies to this team then."""
    telt_nog = feiten.laatste_jaar is None or bezetting.jaar <= feiten.laatste_jaar
    return telt_nog and bezetting.onderdeel.code not in feiten.in_jaar(bezetting.jaar).niet_voor


def cijfers_uit(code: str, bezetting: Bezetting, plaatsen: Planplaatsen) -> _Cijfers | None:
    """The figures of one derived indicator for one team; None without a plan in force or places in it."""
    soort, regel = _REGELS[code]
    plekken = plaatsen.per_plek.get((bezetting.onderdeel.code, soort))
    if plekken is None:
        return None
    leeg = {"waarde": None, "teller": None, "noemer": None, "marge": None, "onbekend": False, "toelichting": ""}
    zeker = {"status": bezetting.status, "meetdatum": bezetting.meetdatum}
    return {**leeg, **zeker, **regel(bezetting, plekken)}


def _wijkagenten(bezetting: Bezetting, plekken: Decimal) -> _Cijfers:
    """A place is filled at most once: what a team has too many fills no place of another."""
    delen = (bezetting.wijkagenten, bezetting.wijkagenten_expert)
    if None in delen:
        return {"onbekend": True, "toelichting": "Het aantal wijkagenten is niet opgegeven."}
    mensen = sum((deel for deel in delen if deel is not None), Decimal(0))
    if mensen <= plekken:
        return {"teller": mensen, "noemer": plekken}
    over = f"{exact_in_woorden(mensen, FTE)} op {exact_in_woorden(plekken, PLAATSEN)}: alle plaatsen zijn bezet."
    return {"teller": plekken, "noemer": plekken, "toelichting": over}


def _verschil(bezetting: Bezetting, plekken: Decimal) -> _Cijfers:
    return {"waarde": bezetting.fte - plekken}


_REGELS = {
    WIJKAGENTEN: (Districtsformatie.Soort.WIJKAGENTEN.value, _wijkagenten),
    VERSCHIL: (Districtsformatie.Soort.BASISTEAM.value, _verschil),
}


def _vergrendel(uitkomsten: Sequence[_Uitkomst]) -> list[Meting]:
    """The approved and open values at these places, locked; in the order in which everyone locks values."""
    plekken = {u.plek for u in uitkomsten}
    rijen = Meting.objects.filter(
        indicator__in={indicator for indicator, *_ in plekken},
        onderdeel__in={onderdeel for _, onderdeel, *_ in plekken},
        jaar__in={jaar for *_, jaar, _ in plekken},
        kwartaal__in={kwartaal for *_, kwartaal in plekken},
        staat__in=(*OPENSTAAND, Staat.VASTGESTELD),
    ).select_related("indicator", "onderdeel")
    return [m for m in rijen.order_by("pk").select_for_update(of=("self",)) if _plek(m) in plekken]


def _plek(meting: Meting) -> _Plek:
    return (meting.indicator_id, meting.onderdeel_id, meting.jaar, meting.kwartaal or 0)


def _is_anders(uitkomst: _Uitkomst, nu: Meting | None) -> bool:
    return (uitkomst.cijfers is not None and nu is None) or (nu is not None and cijfers_van(nu) != _gewenst(uitkomst))


_NIET_TE_BEREKENEN: Mapping[str, object] = {
    **dict.fromkeys(("waarde", "teller", "noemer", "marge", "meetdatum")),
    "onbekend": True,
    "status": Meting.Zekerheid.DEFINITIEF.value,
    "toelichting": "Het formatieplan geeft hier geen plaatsen.",
}


def _gewenst(uitkomst: _Uitkomst) -> Mapping[str, object]:
    return uitkomst.cijfers or _NIET_TE_BEREKENEN


_PERSONEN = ("ingevoerd_door_id", "ingevoerd_op", "ingediend_op", "vastgesteld_door_id")
_VAN_DE_BEZETTING = ("onderdeel", "jaar", "kwartaal", "demo", *_PERSONEN)


def _versie(uitkomst: _Uitkomst, nu: Meting | None, op: datetime, reden: str) -> Meting:
    bron = uitkomst.bezetting
    return Meting(
        indicator=uitkomst.indicator,
        **{naam: getattr(bron, naam) for naam in _VAN_DE_BEZETTING},
        **_gewenst(uitkomst),
        staat=Staat.VASTGESTELD,
        vastgesteld_op=op,
        vervangt=nu,
        vervangreden=reden if nu else "",
    )


def _schrijf(nieuw: list[Meting], door: User | None, op: datetime) -> None:
    oud = [m.vervangt_id for m in nieuw if m.vervangt_id]
    Meting.objects.filter(pk__in=oud).update(staat=Staat.VERVANGEN, vervangen_op=op)
    Meting.objects.bulk_create(nieuw, batch_size=2000)
    leg_vast([_spoor(m, door, op) for m in nieuw])
    vraag_herberekeningen(sorted({(m.indicator_id, m.onderdeel_id, m.jaar) for m in nieuw}))


def _spoor(meting: Meting, door: User | None, op: datetime) -> AuditEvent:
    oud = cast("Meting | None", meting.vervangt)
    return gebeurtenis(
        "opnieuw afgeleid" if oud else "afgeleid",
        meting,
        door=door,
        herkomst=HERKOMST_AFGELEID,
        van=cijfers_van(oud) if oud else None,
        naar=cijfers_van(meting),
        reden=meting.vervangreden,
        op=op,
    )


def _wijs_rivalen_af(open_: Sequence[Meting], uitkomsten: Sequence[_Uitkomst], door: User | None, op: datetime) -> None:
    """What someone typed or imported for the same place goes back: two values cannot count at once."""
    if not open_:
        return
    bronnen = {u.plek: u.bezetting for u in uitkomsten}
    for meting in open_:
        meting.staat, meting.afgekeurd_op, meting.afkeurreden = Staat.AFGEKEURD, op, VERVALLEN
        meting.afgekeurd_door_id = bronnen[_plek(meting)].vastgesteld_door_id
        meting.vervangt, meting.vervangreden = None, ""
    velden = ["staat", "afgekeurd_door", "afgekeurd_op", "afkeurreden", "vervangt", "vervangreden"]
    Meting.objects.bulk_update(open_, velden, batch_size=2000)
    leg_vast(
        [gebeurtenis("teruggestuurd", m, door=door, herkomst=HERKOMST_AFGELEID, reden=VERVALLEN, op=op) for m in open_]
    )
