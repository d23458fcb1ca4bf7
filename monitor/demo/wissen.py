"""Remove what the demo made, and nothing else. The audit trail stays: it only grows, and it says what the demo made."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import transaction
from django.db.models import PROTECT, Q, QuerySet

from accounts.models import Rolvervulling, User
from common.database.rollen import als_eigenaar
from common.locks import Slot, houd_slot
from common.models import AuditEvent
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.model import OPENSTAAND, Staat
from formatie.models import Bezetting, Organisatiebesluit
from monitor.demo.verhaal import HERKOMST
from monitor.invoer.eigenaren.services import AANGEWEZEN
from monitor.invoer.voorstellen.definitiebladen.blad import BLAD
from monitor.models import (
    Afsluiting,
    Concept,
    Definitieversie,
    Doelstelling,
    Eigenaarschap,
    Grensbesluit,
    Import,
    Indicator,
    Meting,
    Opmerking,
)
from monitor.rekenen.wachtrij import vraag_herberekeningen
from sturing.models import (
    Actie,
    Actieversie,
    Activiteitversie,
    Agendapunt,
    Ambitiestand,
    Antwoord,
    Besluit,
    Boomdeel,
    Duiding,
    Gebeurtenis,
    Koppeling,
    Overleg,
    Planactiviteit,
    Volging,
    Vraag,
)

_EIGEN_WERK = (Import, Concept)  # goes with the account that made it
_VOORSTELLEN: tuple[type[Doelstelling | Definitieversie | Grensbesluit], ...] = (
    Doelstelling,
    Definitieversie,
    Grensbesluit,
)

# In the order in which they go, each with what keeps it: something real, or what something real kept.
_VAN_OVERLEG: tuple[tuple[Any, Q], ...] = (
    (Actieversie, Q(actie__versies__demo=False)),
    (Actie, Q(versies__isnull=False)),
    (Besluit, Q(acties__isnull=False)),
    (Agendapunt, Q(besluiten__isnull=False)),
    (Antwoord, Q(vraag__antwoorden__demo=False)),
    (Vraag, Q(antwoorden__isnull=False) | Q(punten__isnull=False)),
    (Overleg, Q(punten__isnull=False) | Q(vragen__isnull=False)),
)


@dataclass(frozen=True, slots=True)
class WisTelling:
    metingen: int
    bezetting: int
    gebruikers: int
    uitgezet: int


class DemoInGebruik(Exception):
    """Something real replaces something fictitious; removing that would break its history."""


@als_eigenaar()
@transaction.atomic
def wis_demo() -> WisTelling:
    """Remove exactly what ``laad_demo`` made, as the owner of the tables: the site removes no value.

    A demo account that really entered or decided something cannot go; it is switched off.
    """
    houd_slot(Slot.LADEN)
    _eis_niets_echts_erop()
    with pgtrigger.ignore("monitor.Vermelding:niet_verwijderen"):
        _verwijder(Opmerking.objects.filter(demo=True))
    _wis_duidingen()
    _wis_overleg()
    _verwijder(Activiteitversie.objects.filter(demo=True))
    _verwijder(Planactiviteit.objects.filter(demo=True))
    _verwijder(Volging.objects.filter(demo=True))
    _verwijder(Afsluiting.objects.filter(pk__in=_van_demo(Afsluiting, "gesloten")))
    _verwijder(Eigenaarschap.objects.filter(pk__in=_van_demo(Eigenaarschap, AANGEWEZEN)))
    for soort in (Ambitiestand, Gebeurtenis):
        _verwijder(soort.objects.filter(demo=True))
    indicatoren = set(Indicator.objects.filter(metingen__demo=True).values_list("pk", flat=True))
    for voorstellen in _VOORSTELLEN:
        indicatoren |= _wis_voorstellen(voorstellen)
    _wis_over_organisatie()
    _wis_koppelingen()
    aantal = _wis(Meting)
    vraag_herberekeningen((pk, None, None) for pk in sorted(indicatoren))
    return WisTelling(aantal, _wis(Bezetting), *_wis_gebruikers())


def _eis_niets_echts_erop() -> None:
    soorten = (Meting, Bezetting, Ambitiestand)
    if any(soort.objects.filter(demo=False, vervangt__demo=True).exists() for soort in soorten):
        raise DemoInGebruik(
            "Een echte meting, bezetting of stand van een ambitie vervangt een fictieve. Laat die eerst vervallen en "
            "probeer het opnieuw."
        )
    if Duiding.objects.filter(Q(vorige__demo=True) | Q(vervangt__demo=True), demo=False).exists():
        raise DemoInGebruik("Een echte duiding gaat verder op een fictieve. Begin dan met een lege database.")
    for soort in (*_VOORSTELLEN, Koppeling):
        eigen = _van_demo(soort, "voorgesteld")
        if echt := soort.objects.filter(vervangt__in=eigen).exclude(pk__in=eigen).first():
            raise DemoInGebruik(
                f"Op een fictief besluit volgt een echt: {echt}. Trek dat eerst in; is het al vastgesteld, "
                "begin dan met een lege database."
            )


def _van_demo(soort: type[Any], handeling: str) -> list[int]:
    """The keys of what the trail says that the demo made; a key is never given out twice."""
    gemaakt = AuditEvent.objects.filter(herkomst=HERKOMST, object_soort=soort._meta.model_name, handeling=handeling)
    return [int(pk) for pk in gemaakt.order_by().values_list("object_id", flat=True)]


def _wis_voorstellen(soort: type[Doelstelling | Definitieversie | Grensbesluit]) -> set[int]:
    """What was in force before is in force again. Gives the indicators about which it was.

    The trigger that keeps what was decided knows no demo: only here it is passed over, for the rows the trail names.
    """
    rijen = soort.objects.filter(pk__in=_van_demo(soort, "voorgesteld"))
    besloten = rijen.filter(staat=Staat.VASTGESTELD)
    indicatoren = set(rijen.values_list("indicator", flat=True))
    vorige = list(besloten.values_list("vervangt", flat=True))
    if soort is Definitieversie:
        _zet_bladen_terug(besloten)
    with pgtrigger.ignore(f"{soort._meta.label}:niet_verwijderen"):
        _verwijder(rijen)
    soort.objects.filter(pk__in=vorige).update(staat=Staat.VASTGESTELD, vervangen_op=None)
    return indicatoren


def _wis_duidingen() -> None:
    """From the last promise back to the first."""
    while _verwijder(Duiding.objects.filter(demo=True, vervanger=None, opvolgers=None)):
        pass


def _wis_over_organisatie() -> None:
    """The demo only proposes; what a person approved since is a real decision, and stays with who proposed it."""
    eigen = Organisatiebesluit.objects.filter(pk__in=_van_demo(Organisatiebesluit, "voorgesteld"))
    with pgtrigger.ignore("formatie.Organisatiebesluit:niet_verwijderen"):
        _verwijder(eigen.filter(staat__in=OPENSTAAND))


def _wis_koppelingen() -> None:
    """Also the parts that nothing links any more; what a link of the demo replaced is in force again."""
    rijen = Koppeling.objects.filter(pk__in=_van_demo(Koppeling, "voorgesteld"))
    vorige = [rij.vervangt_id for rij in rijen if rij.staat == Staat.VASTGESTELD and rij.vervangt_id]
    with pgtrigger.ignore("sturing.Koppeling:niet_verwijderen"):
        while _verwijder(rijen.filter(vervanger=None)):  # from the newest version of a pair back to the first
            pass
    Koppeling.objects.filter(pk__in=vorige).update(staat=Staat.VASTGESTELD, vervangen_op=None)
    Boomdeel.objects.filter(koppelingen_omlaag=None, koppelingen_omhoog=None).delete()


def _wis_overleg() -> None:
    """From what follows back to what it follows from; where people built something real on it, it stays whole."""
    for soort, blijft in _VAN_OVERLEG:
        _verwijder(soort.objects.filter(demo=True).exclude(pk__in=soort.objects.filter(blijft).values("pk")))


def _zet_bladen_terug(versies: Iterable[Any]) -> None:
    """The sheet as the trail says that it was when the version was approved."""
    for versie in versies:
        bewaard = _blad_voor(versie)
        Indicator.objects.filter(pk=versie.indicator_id).update(**{naam: bewaard[naam] for naam in BLAD})


def _blad_voor(versie: Definitieversie) -> dict[str, Any]:
    spoor = AuditEvent.objects.filter(object_soort=versie._meta.model_name, object_id=versie.pk)
    return spoor.get(handeling="vastgesteld").van or {}


def _wis(soort: type[Meting | Bezetting]) -> int:
    """From the newest version of each value back to the first; what follows from bezetting goes as any value."""
    aantal = 0
    while weg := _verwijder(soort.objects.filter(demo=True, vervanger=None)):
        aantal += weg
    return aantal


def _verwijder(rijen: QuerySet[Any]) -> int:
    """Rows with their trail, which says of each that it went; gives how many."""
    weg = list(rijen.select_related())  # what their names are made of
    rijen.delete()
    _leg_vast("demo gewist", weg)
    return len(weg)


def _leg_vast(handeling: str, voorwerpen: Iterable[Any]) -> None:
    leg_vast([gebeurtenis(handeling, een, door=None, herkomst=HERKOMST) for een in voorwerpen])


def _wis_gebruikers() -> tuple[int, int]:
    demo = User.objects.filter(demo=True)
    gebruikt = Q(pk__in=_in_gebruik())
    blijft = list(demo.filter(gebruikt))
    uitgezet = demo.filter(gebruikt).update(is_active=False)
    _leg_vast("account uitgezet", blijft)
    weg: QuerySet[User] = demo.exclude(gebruikt)
    for eigen in _EIGEN_WERK:
        eigen.objects.filter(door__in=weg).delete()
    _verwijder(Rolvervulling.objects.filter(user__in=weg))
    return _verwijder(weg), uitgezet


def _in_gebruik() -> set[int]:
    """The demo accounts whose name something must keep; their own files and typed text go with them."""
    personen: set[int] = set()
    for relatie in User._meta.get_fields(include_hidden=True):
        if getattr(relatie, "on_delete", None) is PROTECT and relatie.related_model not in _EIGEN_WERK:
            veld = relatie.field.name  # type: ignore[union-attr]  # a relation from its other side
            rijen = relatie.related_model._base_manager.filter(**{f"{veld}__demo": True})  # type: ignore[union-attr]  # a model, by now
            personen.update(rijen.order_by().values_list(veld, flat=True).distinct())
    # Of a file about which something real was said.
    return personen | set(Opmerking.objects.filter(bestand__door__demo=True).values_list("bestand__door", flat=True))
