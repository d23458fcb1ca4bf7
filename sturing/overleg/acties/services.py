"""Giving somebody something to do, and how it goes: moved, done or withdrawn, each a new version with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.bewaking import NietToegestaan, Verouderd, bewaakt
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from sturing.models import Actie, Actieversie, Besluit
from sturing.models.overleg import LANGSTE_PUNT
from sturing.overleg.eisen import (
    al_gezegd,
    dagfouten,
    eis_geen,
    eis_geldend,
    eis_voorbereider,
    geschoond,
    tekstfouten,
)

_Status = Actieversie.Status


def maak_actie(
    besluit: Besluit | None,
    wat: str,
    eigenaar: User | None,
    datum: date | None,
    *,
    door: User,
    herkomst: str,
    op: datetime | None = None,
) -> Actie:
    """A decision becomes something that one person does before a day is over. Raises InvoerFout, NietToegestaan."""
    wat, op = geschoond(wat), op or timezone.now()
    with bewaakt("actie maken", door=door, herkomst=herkomst):
        eis_voorbereider(door)
        fouten = [*tekstfouten("wat", wat, "Schrijf op wat er moet gebeuren.", LANGSTE_PUNT)]
        fouten += [*_eigenaarfouten(eigenaar), *_datumfouten(datum, timezone.localdate(op))]
        if besluit is None or eigenaar is None or datum is None:
            geen = [Fout(0, "besluit", "Kies uit welk besluit de actie volgt.")] if besluit is None else []
            raise InvoerFout([*geen, *fouten])
        besluit = Besluit.objects.select_for_update(of=("self",)).get(pk=besluit.pk)
        eis_geldend(besluit, "Dit besluit", "besluit")
        # The same for another person is another action.
        nog = Actieversie.objects.zoals_bekend_op(None).filter(eigenaar=eigenaar, actie__besluit=besluit).open()
        zin = f"Dit is al afgesproken met {eigenaar}, en nog open."
        fouten += al_gezegd("wat", wat, Actie.objects.filter(versies__in=nog), zin)
        eis_geen(fouten)
        actie = Actie.objects.create(besluit=besluit, wat=wat, demo=door.demo)
        eerste = Actieversie.objects.create(
            actie=actie, nummer=1, eigenaar=eigenaar, datum=datum, door=door, op=op, demo=door.demo
        )
        leg_vast(
            [gebeurtenis("actie afgesproken", een, door=door, herkomst=herkomst, op=op) for een in (actie, eerste)]
        )
    return actie


def verzet(
    actie: Actie,
    datum: date | None,
    reden: str,
    *,
    gezien: int | None,
    eigenaar: User | None = None,
    door: User,
    herkomst: str,
    op: datetime | None = None,
) -> Actieversie:
    """Another day, or another owner; the owner moves the day, only the programmadirecteur gives it to another.

    Raises InvoerFout, NietToegestaan, or Verouderd where another changed it since version ``gezien`` was read.
    """
    reden, op = geschoond(reden), op or timezone.now()
    with bewaakt("actie verzetten", door=door, herkomst=herkomst):
        nu = _neem(actie, gezien, door)
        nieuwe = eigenaar or nu.eigenaar
        if nieuwe != nu.eigenaar:
            eis_voorbereider(door)
        fouten = [*_datumfouten(datum, timezone.localdate(op)), *_eigenaarfouten(nieuwe)]
        fouten += tekstfouten("reden", reden, "Schrijf op waarom dit verandert.")
        if not fouten and (datum, nieuwe) == (nu.datum, nu.eigenaar):
            anders = " of een andere eigenaar" if door.mag_overal(Recht.OVERLEG_VOORBEREIDEN) else ""
            fouten = [Fout(0, "datum", f"Dit is al zo. Kies een andere dag{anders}.")]
        if datum is None or fouten:
            raise InvoerFout(fouten)
        return _volgende(nu, nieuwe, datum, _Status.OPEN, reden, "actie verzet", door=door, herkomst=herkomst, op=op)


def meld_gereed(
    actie: Actie, reden: str, *, gezien: int | None, door: User, herkomst: str, op: datetime | None = None
) -> Actieversie:
    """The owner says that it is done, and with what result. Raises as ``verzet``."""
    return _rond_af(actie, _Status.GEREED, reden, "Schrijf op wat er is gedaan.", gezien, door, herkomst, op)


def trek_actie_in(
    actie: Actie, reden: str, *, gezien: int | None, door: User, herkomst: str, op: datetime | None = None
) -> Actieversie:
    """Only by the programmadirecteur. Raises as ``verzet``."""
    waarom = "Schrijf op waarom de actie niet meer hoeft."
    return _rond_af(actie, _Status.INGETROKKEN, reden, waarom, gezien, door, herkomst, op)


def _rond_af(
    actie: Actie,
    status: Actieversie.Status,
    reden: str,
    leeg: str,
    gezien: int | None,
    door: User,
    herkomst: str,
    op: datetime | None,
) -> Actieversie:
    reden, handeling = geschoond(reden), f"actie {status.label.lower()}"
    with bewaakt(handeling, door=door, herkomst=herkomst):
        nu = _neem(actie, gezien, door)
        if status == _Status.INGETROKKEN:
            eis_voorbereider(door)
        eis_geen(tekstfouten("reden", reden, leeg))
        op = op or timezone.now()
        return _volgende(nu, nu.eigenaar, nu.datum, status, reden, handeling, door=door, herkomst=herkomst, op=op)


def mag_bijwerken(persoon: User, versie: Actieversie) -> bool:
    return persoon.pk == versie.eigenaar_id or persoon.mag_overal(Recht.OVERLEG_VOORBEREIDEN)


def _neem(actie: Actie, gezien: int | None, door: User) -> Actieversie:
    """The version that counts, held until the transaction ends, as this person saw it and may change it."""
    Actie.objects.select_for_update(of=("self",)).get(pk=actie.pk)
    nu = Actieversie.objects.zoals_bekend_op(None).select_related("eigenaar", "actie").get(actie=actie)
    if not mag_bijwerken(door, nu):
        raise NietToegestaan("Dit is niet uw actie (meer). Er is niets gewijzigd.")
    if gezien != nu.nummer:
        raise Verouderd(
            "Een ander wijzigde deze actie intussen. Er is niets gedaan. Hieronder staat wat nu geldt; wat u typte "
            "staat er nog."
        )
    if not nu.is_open:
        raise InvoerFout([Fout(0, "", f"Deze actie is al {nu.get_status_display().lower()}. Er is niets gewijzigd.")])
    return nu


def _volgende(
    nu: Actieversie,
    eigenaar: User,
    datum: date,
    status: Actieversie.Status,
    reden: str,
    handeling: str,
    *,
    door: User,
    herkomst: str,
    op: datetime,
) -> Actieversie:
    nu.vervangen_op = op
    nu.save(update_fields=["vervangen_op"])
    nieuw = Actieversie.objects.create(
        actie=nu.actie,
        nummer=nu.nummer + 1,
        eigenaar=eigenaar,
        datum=datum,
        status=status,
        reden=reden,
        door=door,
        op=op,
        demo=door.demo,
    )
    stappen = [("actieversie vervangen", nu, ""), (handeling, nieuw, reden)]
    leg_vast([gebeurtenis(h, rij, door=door, herkomst=herkomst, reden=r, op=op) for h, rij, r in stappen])
    return nieuw


def _eigenaarfouten(eigenaar: User | None) -> Iterator[Fout]:
    """An action is for who can read it: an account that is on, with a role that reads figures."""
    if eigenaar is None:
        yield Fout(0, "eigenaar", "Kies wie dit doet.")
    elif not eigenaar.is_active:
        yield Fout(0, "eigenaar", f"Het account van {eigenaar} staat uit. Kies een ander.")
    elif not eigenaar.mag(Recht.CIJFERS_LEZEN):
        yield Fout(0, "eigenaar", f"{eigenaar} heeft geen rol waarmee deze actie te lezen is. Kies een ander.")


def _datumfouten(datum: date | None, vandaag: date) -> list[Fout]:
    fouten = dagfouten("datum", datum, "Kies de dag waarop het klaar moet zijn.")
    if datum is not None and not fouten and datum < vandaag:
        return [Fout(0, "datum", f"{datum:%d-%m-%Y} is al voorbij. Kies een dag vanaf vandaag.")]
    return fouten
