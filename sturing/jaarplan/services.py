"""The one way in for the jaarplan: an activity is added, and changed by a new version. One person decides, for it
changes no figure; nothing is removed, for what is dropped is a status with a reason.

Who changes an activity names the version they saw, so that of two who do the second is told what the first wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import User, lees_werkenden
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.bewaking import NietToegestaan, Verouderd, bewaakt
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.models import Indicator
from strategie.models import Activiteit, Hoofdlijn, Thema
from sturing.jaarplan.versies import plansleutel
from sturing.lezen.jaarplan import inhoud_van, uit_agenda
from sturing.models import Activiteitversie, Mijlpaal, Planactiviteit
from sturing.regels.jaarplan import VERVALLEN
from sturing.regels.planinvoer import LANGSTE_TITEL, Activiteittekst, Inhoud, Veldfout, lees_inhoud

TOEGEVOEGD, GEWIJZIGD, VERVALLEN_VERKLAARD = "toegevoegd aan het jaarplan", "gewijzigd", "vervallen verklaard"
NIET_UW_PLAN = "U houdt het jaarplan van dit thema niet bij. Er is niets gewijzigd."


class StaatAl(InvoerFout):
    """Another activity of the main line has this title that year."""

    def __init__(self, ander: Activiteitversie) -> None:
        zin = f"Dit staat al in het jaarplan, als {plansleutel(ander)}. Werk dat bij, of kies een andere titel."
        super().__init__([Fout(0, "titel", zin)])
        self.ander = ander


@dataclass(frozen=True, slots=True)
class Handeling:
    """Who does something, by which door and when; the events of the trail that it makes, to be written at its end."""

    door: User
    herkomst: str
    op: datetime
    spoor: list[AuditEvent] = field(default_factory=list)

    @property
    def dag(self) -> date:
        return timezone.localdate(self.op)

    def noteer(self, wat: str, over: Any, **kanten: Any) -> None:
        self.spoor.append(gebeurtenis(wat, over, door=self.door, herkomst=self.herkomst, op=self.op, **kanten))


def houdt_bij(door: User, thema: Thema) -> bool:
    """Everywhere, or for the own theme."""
    recht = Recht.JAARPLAN_BIJHOUDEN
    return door.is_active and (door.mag_overal(recht) or thema.slug in door.themas_met(recht))


def mag_voortgang(door: User, versie: Activiteitversie) -> bool:
    """Who keeps the plan, and of the own activity its owner: status, reason and milestones."""
    is_eigenaar = versie.eigenaar_id == door.pk and door.is_active and door.mag(Recht.CIJFERS_LEZEN)
    return is_eigenaar or houdt_bij(door, versie.plan.hoofdlijn.thema)


def mogelijke_eigenaren(dag: date) -> list[User]:
    """Everyone who works that day and may read what is written about an activity."""
    return [persoon for persoon in lees_werkenden(dag) if persoon.mag(Recht.CIJFERS_LEZEN)]


def voeg_toe(
    jaar: int,
    hoofdlijn: Hoofdlijn,
    tekst: Activiteittekst,
    *,
    uit: Activiteit | None = None,
    door: User,
    herkomst: str,
    op: datetime | None = None,
) -> Activiteitversie:
    """A new activity of that year. Raises InvoerFout with every fault at once, NietToegestaan."""
    met = Handeling(door, herkomst, op or timezone.now())
    with bewaakt("activiteit toevoegen", door=door, herkomst=herkomst):
        versie = neem_op(jaar, hoofdlijn, tekst, met, uit=uit)
        leg_vast(met.spoor)
    return versie


def neem_op(
    jaar: int, hoofdlijn: Hoofdlijn, tekst: Activiteittekst, met: Handeling, *, uit: Activiteit | None = None
) -> Activiteitversie:
    """``voeg_toe`` within a transaction of its caller, who writes the trail."""
    if not houdt_bij(met.door, hoofdlijn.thema):
        raise NietToegestaan(NIET_UW_PLAN)
    inhoud = _getoetst(tekst, jaar, met.dag)
    _eis_op_agenda(jaar, hoofdlijn, uit)
    houd_slot(Slot.JAARPLAN, hoofdlijn.pk)
    if uit is None:
        _eis_eigen_titel(inhoud.titel, Planactiviteit.objects.filter(jaar=jaar, hoofdlijn=hoofdlijn))
    vorige = Planactiviteit.objects.filter(jaar=jaar, hoofdlijn=hoofdlijn).aggregate(laatste=Max("nummer"))["laatste"]
    plan = Planactiviteit.objects.create(
        jaar=jaar, hoofdlijn=hoofdlijn, nummer=(vorige or 0) + 1, activiteit=uit, demo=met.door.demo
    )
    met.noteer(TOEGEVOEGD, plan, naar={"jaar": jaar, "hoofdlijn": str(hoofdlijn), "nummer": plan.nummer})
    return _schrijf(plan, 1, inhoud, met, TOEGEVOEGD, van=None)


def _eis_eigen_titel(titel: str, andere: QuerySet[Planactiviteit]) -> None:
    """What the agenda itself names twice stays; raises StaatAl."""
    versies = Activiteitversie.objects.filter(plan__in=andere, vervangen_op=None, titel__iexact=titel)
    if ander := versies.select_related("plan__hoofdlijn__thema").first():
        raise StaatAl(ander)


def _eis_op_agenda(jaar: int, hoofdlijn: Hoofdlijn, uit: Activiteit | None) -> None:
    agenda = hoofdlijn.thema.agenda
    if not agenda.begin_jaar <= jaar <= agenda.eind_jaar:
        raise InvoerFout([Fout(0, "hoofdlijn", f"De agenda {agenda.jaren} loopt niet in {jaar}.")])
    if uit is not None and uit.hoofdlijn_id != hoofdlijn.pk:
        raise InvoerFout([Fout(0, "hoofdlijn", "Deze activiteit van de agenda hoort bij een andere hoofdlijn.")])


def wijzig(
    pk: int, tekst: Activiteittekst, gezien: int | None, *, door: User, herkomst: str, op: datetime | None = None
) -> Activiteitversie:
    """A new version, unless nothing is different. ``gezien``: the version that was seen.

    Who is its owner and does not keep the plan changes status, reason and milestones; the rest of ``tekst`` is not
    looked at. Raises InvoerFout with every fault at once, Verouderd, NietToegestaan.
    """
    met = Handeling(door, herkomst, op or timezone.now())
    with bewaakt("activiteit wijzigen", door=door, herkomst=herkomst):
        versie = werk_bij(pk, tekst, gezien, met)
        leg_vast(met.spoor)
    return versie


def werk_bij(pk: int, tekst: Activiteittekst, gezien: int | None, met: Handeling) -> Activiteitversie:
    """``wijzig`` within a transaction of its caller, who writes the trail."""
    plan = Planactiviteit.objects.select_for_update(of=("self",)).select_related("hoofdlijn__thema").get(pk=pk)
    nu = plan.versies.select_related("eigenaar").prefetch_related("mijlpalen", "indicatoren").get(vervangen_op=None)
    nu.plan = plan
    if not mag_voortgang(met.door, nu):
        raise NietToegestaan(NIET_UW_PLAN)
    vorige, volledig = inhoud_van(nu), houdt_bij(met.door, plan.hoofdlijn.thema)
    inhoud = _getoetst(tekst if volledig else _voortgang_van(tekst, vorige), plan.jaar, met.dag, vorige)
    if inhoud == vorige:
        return nu
    if gezien != nu.nummer:
        wie, waar = ("U", " in een ander venster") if nu.door_id == met.door.pk else (nu.door, "")
        raise Verouderd(
            f"{wie} wijzigde deze activiteit intussen{waar}. Er is niets opgeslagen; wat u typte, staat er nog."
        )
    if inhoud.titel.casefold() != vorige.titel.casefold():
        zelfde_lijn = Planactiviteit.objects.filter(jaar=plan.jaar, hoofdlijn=plan.hoofdlijn)
        _eis_eigen_titel(inhoud.titel, zelfde_lijn.exclude(pk=plan.pk))
    met = replace(met, op=max(met.op, nu.op))  # who waited for the other is the later one
    wat = VERVALLEN_VERKLAARD if VERVALLEN == inhoud.status != vorige.status else GEWIJZIGD
    Activiteitversie.objects.filter(pk=nu.pk).update(vervangen_op=met.op)
    met.noteer("vervangen", nu)
    return _schrijf(plan, nu.nummer + 1, inhoud, met, wat, van=in_woorden(vorige, _namen(nu)))


def _voortgang_van(tekst: Activiteittekst, vorige: Inhoud) -> Activiteittekst:
    return Activiteittekst(
        titel=vorige.titel,
        begin=vorige.begin.isoformat(),
        eind=vorige.eind.isoformat(),
        status=tekst.status,
        reden=tekst.reden,
        mijlpalen=tekst.mijlpalen,
        eigenaar=vorige.eigenaar,
        indicatoren=vorige.indicatoren,
    )


def _getoetst(tekst: Activiteittekst, jaar: int, dag: date, vorige: Inhoud | None = None) -> Inhoud:
    inhoud, fouten = toets(tekst, jaar, dag, vorige)
    if fouten:
        raise InvoerFout([Fout(0, veld, zin) for veld, zin in fouten])
    return inhoud


def toets(
    tekst: Activiteittekst, jaar: int, dag: date, vorige: Inhoud | None = None
) -> tuple[Inhoud, Sequence[Veldfout]]:
    """What was typed with every fault in it, also where it names who does not work here or what is not measured."""
    inhoud, fouten = lees_inhoud(tekst, jaar, dag, vorige)
    if inhoud == vorige and not fouten:
        return inhoud, ()
    fouten = [*fouten, *eigenaarfouten(inhoud.eigenaar, dag)]
    if onbekend := inhoud.indicatoren - set(Indicator.objects.values_list("code", flat=True)):
        fouten.append(Veldfout("indicatoren", f"{', '.join(sorted(onbekend))[:200]} is er niet. Kies uit de lijst."))
    return inhoud, fouten


def eigenaarfouten(eigenaar: int | None, dag: date) -> Iterable[Veldfout]:
    """Who owns an activity works here, and may read it."""
    if eigenaar is None or any(persoon.pk == eigenaar for persoon in mogelijke_eigenaren(dag)):
        return
    persoon = User.objects.filter(pk=eigenaar).first()
    waarom = (
        "Deze persoon is er niet meer"
        if persoon is None
        else f"{persoon} heeft geen rol waarmee het jaarplan te lezen is"
        if persoon.is_active
        else f"Het account van {persoon} staat uit"
    )
    yield Veldfout("eigenaar", f"{waarom}. Kies een ander, of niemand.")


def _schrijf(
    plan: Planactiviteit, nummer: int, inhoud: Inhoud, met: Handeling, wat: str, *, van: dict[str, Any] | None
) -> Activiteitversie:
    versie = Activiteitversie.objects.create(
        plan=plan,
        nummer=nummer,
        titel=inhoud.titel,
        eigenaar_id=inhoud.eigenaar,
        begin=inhoud.begin,
        eind=inhoud.eind,
        status=inhoud.status,
        reden=inhoud.reden,
        door=met.door,
        op=met.op,
        demo=plan.demo,
    )
    versie.indicatoren.set(Indicator.objects.filter(code__in=inhoud.indicatoren))
    Mijlpaal.objects.bulk_create(
        Mijlpaal(versie=versie, titel=m.titel, datum=m.datum, gereed_op=m.gereed_op, demo=plan.demo)
        for m in inhoud.mijlpalen
    )
    met.noteer(wat, versie, van=van, naar=in_woorden(inhoud, _namen(versie)), reden=inhoud.reden)
    return versie


def _namen(versie: Activiteitversie) -> dict[int, str]:
    return {versie.eigenaar_id: str(versie.eigenaar)} if versie.eigenaar_id else {}


def in_woorden(inhoud: Inhoud, namen: dict[int, str]) -> dict[str, Any]:
    """What a version says, as the trail keeps it."""
    return {
        "titel": inhoud.titel,
        "eigenaar": namen.get(inhoud.eigenaar or 0, ""),
        "begin": inhoud.begin.isoformat(),
        "eind": inhoud.eind.isoformat(),
        "status": inhoud.status,
        "mijlpalen": [
            [m.datum.isoformat(), m.titel, m.gereed_op and m.gereed_op.isoformat()] for m in inhoud.mijlpalen
        ],
        "indicatoren": sorted(inhoud.indicatoren),
    }


def neem_over(
    jaar: int,
    keuze: Sequence[int],
    eigenaar: int | None,
    *,
    door: User,
    herkomst: str,
    op: datetime | None = None,
) -> list[Activiteitversie]:
    """Of the agenda what was chosen, for the whole year and not begun; what is in the plan already stays out.

    Raises InvoerFout, NietToegestaan.
    """
    met = Handeling(door, herkomst, op or timezone.now())
    with bewaakt("activiteiten overnemen", door=door, herkomst=herkomst):
        houd_slot(Slot.JAARPLAN)
        gekozen = list(uit_agenda(jaar).filter(pk__in=keuze).select_related("hoofdlijn__thema__agenda"))
        if not gekozen:
            zin = "Vink aan welke activiteiten u overneemt." if not keuze else "Deze staan al in het jaarplan."
            raise InvoerFout([Fout(0, "keuze", zin)])
        gemaakt = [neem_op(jaar, een.hoofdlijn, _overgenomen(een, jaar, eigenaar), met, uit=een) for een in gekozen]
        leg_vast(met.spoor)
    return gemaakt


def _overgenomen(activiteit: Activiteit, jaar: int, eigenaar: int | None) -> Activiteittekst:
    """A longer text is cut at a word; the whole of it stays with the agenda, which the activity names."""
    titel = activiteit.tekst
    if len(titel) > LANGSTE_TITEL:
        titel = titel[: LANGSTE_TITEL - 1].rpartition(" ")[0] + "…"
    return Activiteittekst(titel, f"{jaar}-01-01", f"{jaar}-12-31", "niet-gestart", "", (), eigenaar)
