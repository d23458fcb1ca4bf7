"""The measurements that follow from approved bezetting and the plan: written in the transaction of the approval.

On the last day of the quarter. Per basisteam: how many wijkagenten there are for how many places; that adds up by
teller and noemer. Per basisteam, district and unit: bezetting minus formatie. A district is more than its teams, so
its difference is made of all its places against the total that the plan prints, as on the pages of the formation, and
only when the bezetting of each of them is approved. From there on they are values like any other: versions, audit
trail. The two persons who answer for the bezetting answer for what follows from it; of a whole those of its last part.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.locks import Slot, houd_slot
from common.tekst.cijfers import fte, fte_in_woorden
from common.tekst.periode import Kwartaal
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.model import OPENSTAAND, Staat
from formatie.bezetting.sommen import Mensen, Sleutel, Stand, tel_mensen_op
from formatie.models import Bezetting, Districtsformatie, Onderdeel
from monitor.invoer.bezetting.kader import Planplaatsen, lees_plaatsen
from monitor.invoer.bezetting.validatie import PLAATSSOORTEN
from monitor.invoer.kwartaal.gesloten import bewaar_gesloten
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
GEHELEN = (Onderdeel.Soort.DISTRICT, Onderdeel.Soort.EENHEID)

_Plek = tuple[int, int, int, int]  # indicator, onderdeel, year, quarter
_Cijfers = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Uitkomst:
    """What is known of one indicator of one onderdeel; ``cijfers`` None: nothing can be computed.

    The persons of ``bezetting`` answer for it.
    """

    bezetting: Bezetting
    indicator: Indicator
    onderdeel: Onderdeel
    cijfers: _Cijfers | None

    @property
    def plek(self) -> _Plek:
        return (self.indicator.pk, self.onderdeel.pk, self.bezetting.jaar, self.bezetting.kwartaal)


def leid_af(
    bezetting: Iterable[Bezetting], *, door: User | None, op: datetime, reden: str = NIEUWE_BEZETTING
) -> list[Meting]:
    """Write what follows from approved bezetting, as new versions; what is equal already is left alone.

    The caller holds the transaction, the open quarters and ``Slot.METING``.
    """
    uitkomsten = _uitkomsten(list(bezetting))
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

    A closed quarter keeps the figures it was closed with. Raises
    KwartaalGesloten when another would change its verdict.
    """
    with bewaar_gesloten(Indicator.objects.filter(code__in=AFGELEID).values_list("pk", flat=True)):
        return _leid_open_kwartalen_af(op or timezone.now(), reden)


def _leid_open_kwartalen_af(op: datetime, reden: str) -> int:
    geldend = Bezetting.objects.geldend()
    kwartalen = set(geldend.order_by().values_list("jaar", "kwartaal"))
    houd_kwartalen(kwartalen)
    houd_slot(Slot.METING)
    open_ = kwartalen - lees_gesloten()
    rijen = geldend.select_related("onderdeel", "vastgesteld_door").order_by("pk")
    gekozen = [rij for rij in rijen if (rij.jaar, rij.kwartaal) in open_]
    return len(leid_af(gekozen, door=None, op=op, reden=reden))


def voorspel_waarden(bezetting: Iterable[Bezetting], op: datetime) -> list[Meting]:
    """What would follow from these once approved; nothing is written."""
    uitkomsten = _uitkomsten(list(bezetting))
    return [_versie(uitkomst, None, op, "") for uitkomst in uitkomsten if uitkomst.cijfers is not None]


def _uitkomsten(rijen: Sequence[Bezetting]) -> list[_Uitkomst]:
    if not rijen:
        return []
    plaatsen = lees_plaatsen({_kwartaal(b) for b in rijen})
    teams = [b for b in rijen if b.soort == Bezetting.Soort.BASISTEAM]
    afgeleid = Indicator.objects.filter(code__in=AFGELEID, herkomst=Indicator.Herkomst.AFGELEID).order_by("pk")
    feiten = lees_indicatorfeiten()
    alle: list[_Uitkomst] = []
    for indicator in afgeleid:
        uit = [_Uitkomst(b, indicator, b.onderdeel, _van_team(indicator.code, b, plaatsen)) for b in teams]
        uit += _van_gehelen(indicator, rijen, plaatsen) if indicator.code == VERSCHIL else []
        alle += [een for een in uit if _gaat_over(feiten[indicator.code], een.onderdeel, een.bezetting.jaar)]
    return alle


def _gaat_over(feiten: IndicatorFeiten, onderdeel: Onderdeel, jaar: int) -> bool:
    """Whether an agenda up to that year prints the indicator, and it applies to this onderdeel then."""
    telt_nog = feiten.laatste_jaar is None or jaar <= feiten.laatste_jaar
    return telt_nog and onderdeel.code not in feiten.in_jaar(jaar).niet_voor


def _kwartaal(bezetting: Bezetting) -> Kwartaal:
    return Kwartaal(bezetting.jaar, bezetting.kwartaal)


def _zeker(status: str, **cijfers: object) -> _Cijfers:
    leeg = dict.fromkeys(("waarde", "teller", "noemer", "marge", "meetdatum"))
    return {**leeg, "onbekend": False, "toelichting": "", "status": status, **cijfers}


def _van_team(code: str, bezetting: Bezetting, plaatsen: Mapping[Kwartaal, Planplaatsen]) -> _Cijfers | None:
    """The figures of one derived indicator for one team; None without a plan in force or places in it."""
    soort, regel = _REGELS[code]
    plekken = plaatsen[_kwartaal(bezetting)].per_plek.get((bezetting.onderdeel.code, soort))
    if plekken is None:
        return None
    return _zeker(bezetting.status, **{"meetdatum": bezetting.meetdatum} | regel(bezetting, plekken))


def _wijkagenten(bezetting: Bezetting, plekken: Decimal) -> _Cijfers:
    """What a team has too many counts: the sum of all teams is what the unit has for what it should have."""
    delen = (bezetting.wijkagenten, bezetting.wijkagenten_expert)
    if None in delen:
        return {"onbekend": True, "toelichting": "Het aantal wijkagenten is niet opgegeven."}
    mensen = sum((deel for deel in delen if deel is not None), Decimal(0))
    meer = f"{fte_in_woorden(mensen - plekken)} meer dan de {fte(plekken)} plaatsen van het plan."
    return {"teller": mensen, "noemer": plekken, "toelichting": meer if mensen > plekken else ""}


def _verschil(bezetting: Bezetting, plekken: Decimal) -> _Cijfers:
    return {"waarde": Stand(plekken, bezetting.fte).verschil}


_REGELS = {
    WIJKAGENTEN: (Districtsformatie.Soort.WIJKAGENTEN.value, _wijkagenten),
    VERSCHIL: (Districtsformatie.Soort.BASISTEAM.value, _verschil),
}
_Geheel = tuple[Kwartaal, int]  # quarter, pk of a district or unit


def _van_gehelen(
    indicator: Indicator, rijen: Sequence[Bezetting], plaatsen: Mapping[Kwartaal, Planplaatsen]
) -> list[_Uitkomst]:
    """The districts and units that these rows are of, from them and all else that is approved in their quarters."""
    onderdelen = {onderdeel.pk: onderdeel for onderdeel in Onderdeel.objects.all()}
    per_code = {onderdeel.code: onderdeel for onderdeel in onderdelen.values()}
    geraakt = {plek for b in rijen for plek in _gehelen(_kwartaal(b), onderdelen[b.onderdeel_id], onderdelen)}
    bezet: dict[_Geheel, list[Bezetting]] = defaultdict(list)
    vastgesteld = _vastgesteld({kwartaal for kwartaal, _ in geraakt})
    per_plek = {(b.jaar, b.kwartaal, b.onderdeel_id, b.soort): b for b in (*vastgesteld, *rijen)}
    for b in per_plek.values():
        for plek in _gehelen(_kwartaal(b), onderdelen[b.onderdeel_id], onderdelen):
            bezet[plek].append(b)
    nodig: dict[_Geheel, list[Sleutel]] = defaultdict(list)
    for kwartaal, plan in plaatsen.items():
        for code, soort in plan.gevraagd:
            for plek in _gehelen(kwartaal, per_code[code], onderdelen):
                nodig[plek].append((code, soort))
    return [
        _van_geheel(indicator, onderdelen[pk], plaatsen[kwartaal], nodig[kwartaal, pk], bezet[kwartaal, pk])
        for kwartaal, pk in sorted(geraakt)
    ]


def _gehelen(kwartaal: Kwartaal, onderdeel: Onderdeel, alle: Mapping[int, Onderdeel]) -> Iterator[_Geheel]:
    """The district and the unit that an onderdeel is, or is a part of."""
    hier: Onderdeel | None = onderdeel
    while hier:
        if hier.soort in GEHELEN:
            yield kwartaal, hier.pk
        hier = alle[hier.ouder_id] if hier.ouder_id else None


def _vastgesteld(kwartalen: Collection[Kwartaal]) -> Iterator[Bezetting]:
    jaren = {kwartaal.jaar for kwartaal in kwartalen}
    van = Bezetting.objects.geldend().filter(jaar__in=jaren, onderdeel__soort__in=PLAATSSOORTEN.values())
    rijen = van.select_related("onderdeel", "vastgesteld_door")
    return (b for b in rijen.order_by("vastgesteld_op", "pk") if _kwartaal(b) in kwartalen)


def _van_geheel(
    indicator: Indicator,
    geheel: Onderdeel,
    plan: Planplaatsen,
    nodig: Sequence[Sleutel],
    bezet: Sequence[Bezetting],
) -> _Uitkomst:
    """All people of a whole against all its places as printed; ``bezet`` ends with the row approved last."""
    delen = {(b.onderdeel.code, b.soort): Mensen(fte=b.fte, voorlopig=b.status == _VOORLOPIG) for b in bezet}
    mensen = tel_mensen_op(nodig, delen)
    stand = Stand(plan.totalen.get(geheel.code), mensen.fte)
    if stand.verschil is None or stand.formatie is None or stand.bezetting is None:
        return _Uitkomst(bezet[-1], indicator, geheel, None)
    op = f"{fte_in_woorden(stand.bezetting)} bezet van {fte_in_woorden(stand.formatie)} formatie."
    status = _VOORLOPIG if mensen.voorlopig else _DEFINITIEF
    return _Uitkomst(bezet[-1], indicator, geheel, _zeker(status, waarde=stand.verschil, toelichting=op))


_VOORLOPIG, _DEFINITIEF = Meting.Zekerheid.VOORLOPIG.value, Meting.Zekerheid.DEFINITIEF.value


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


GEEN_PLAATSEN = "Het formatieplan geeft hier geen plaatsen."
NIET_COMPLEET = "De bezetting is niet van elk onderdeel vastgesteld, of het formatieplan drukt geen totaal."


def _gewenst(uitkomst: _Uitkomst) -> Mapping[str, object]:
    if uitkomst.cijfers is not None:
        return uitkomst.cijfers
    waarom = NIET_COMPLEET if uitkomst.onderdeel.soort in GEHELEN else GEEN_PLAATSEN
    return _zeker(uitkomst.bezetting.status, onbekend=True, toelichting=waarom)


_PERSONEN = ("ingevoerd_door_id", "ingevoerd_op", "ingediend_op", "vastgesteld_door_id")
_VAN_DE_BEZETTING = ("jaar", "kwartaal", "demo", *_PERSONEN)


def _versie(uitkomst: _Uitkomst, nu: Meting | None, op: datetime, reden: str) -> Meting:
    bron = uitkomst.bezetting
    return Meting(
        indicator=uitkomst.indicator,
        onderdeel=uitkomst.onderdeel,
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
