"""Keys with which a program reads the API as a person: made by that person, limited, shown once, withdrawn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.beheer.bevoegd import beheerders
from accounts.berichten.services import leg_klaar
from accounts.models import ApiToken, User
from accounts.rollen import Recht
from accounts.services import schrijf_op
from common.locks import Slot, houd_slot
from common.vaststellen.audit import gebeurtenis
from common.vaststellen.bewaking import Geweigerd, NietToegestaan, bewaakt

LIJSTEN = (
    *("indicatoren", "onderdelen", "formatieregels", "districtsformatie", "metingen", "doelbereik", "reeksen"),
    "duidingen",
    *("ambitiestanden", "gebeurtenissen"),
    *("agendadelen", "koppelingen"),
    "planactiviteiten",
    *("overleggen", "vragen", "acties"),
    "wijzigingen",
)
"""The lists of the API, by the last part of their address."""
LANGST_GELDIG = timedelta(days=366)
MEESTE_SLEUTELS = 20
LANGSTE_SLEUTELNAAM = 100


@transaction.atomic
def maak_sleutel(
    user: User, *, naam: str, geldig_tot: date, lijsten: Collection[str] = (), door: User | None, herkomst: str
) -> str:
    """Make a key and give it; it is kept nowhere. ``geldig_tot`` is its last day, ``lijsten`` empty is every list.

    ``door`` is the person, or None for a command. Raises Geweigerd with a sentence.
    """
    houd_slot(Slot.ACCOUNTS)
    if not user.is_active or not User.objects.get(pk=user.pk).mag(Recht.CIJFERS_LEZEN):
        raise Geweigerd("Een sleutel leest cijfers: alleen wie zelf cijfers mag lezen, kan er een hebben.")
    _eis_grenzen(user, naam, geldig_tot, lijsten)
    sleutel = ApiToken.maak(user, naam, geldig_tot, [lijst for lijst in LIJSTEN if lijst in lijsten])
    token = ApiToken.objects.select_related("user").latest("pk")
    naar = {"naam": naam, "lijsten": token.lijsten, "geldig_tot": geldig_tot.isoformat()}
    schrijf_op(gebeurtenis("sleutel gemaakt", token, door=door, herkomst=herkomst, naar=naar))
    zin = f"Er is op uw naam een sleutel gemaakt waarmee een programma leest: {token.naam}."
    leg_klaar(
        [user], "er is een sleutel op uw naam gemaakt", zin, f"De sleutel geldt tot en met {geldig_tot:%d-%m-%Y}."
    )
    return sleutel


def _eis_grenzen(user: User, naam: str, geldig_tot: date, lijsten: Collection[str]) -> None:
    vandaag = timezone.localdate()
    if not naam.strip() or len(naam) > LANGSTE_SLEUTELNAAM:
        raise Geweigerd(f"Schrijf waarvoor de sleutel is, in hoogstens {LANGSTE_SLEUTELNAAM} tekens.")
    if not vandaag <= geldig_tot <= vandaag + LANGST_GELDIG:
        raise Geweigerd("Een sleutel geldt hoogstens een jaar en ten minste vandaag.")
    if onbekend := sorted(set(lijsten) - set(LIJSTEN)):
        raise Geweigerd(f"Deze lijst is er niet: {', '.join(onbekend)}. Wel: {', '.join(LIJSTEN)}.")
    if ApiToken.objects.bruikbaar().filter(user=user).count() >= MEESTE_SLEUTELS:
        raise Geweigerd(f"Er zijn al {MEESTE_SLEUTELS} sleutels. Trek er eerst een in.")


def trek_sleutel_in(pk: int, *, door: User | None, herkomst: str) -> ApiToken:
    """Withdraw a key: the next request with it is refused. By its owner, a beheerder, or a command."""
    if door is None:
        return _trek_in(pk, None, herkomst)
    with bewaakt("sleutel intrekken", door=door, herkomst=herkomst):
        eigen = ApiToken.objects.filter(pk=pk, user=door).exists()
        if not eigen and not beheerders().filter(pk=door.pk).exists():
            raise NietToegestaan("Alleen de eigenaar of een beheerder trekt een sleutel in.")
        return _trek_in(pk, door, herkomst)


@transaction.atomic
def _trek_in(pk: int, door: User | None, herkomst: str) -> ApiToken:
    open_ = ApiToken.objects.select_for_update(of=("self",)).select_related("user").filter(ingetrokken_op=None)
    token = open_.filter(pk=pk).first()
    if token is None:
        raise Geweigerd("Deze sleutel is er niet, of is al ingetrokken.")
    token.ingetrokken_op = timezone.now()
    token.save(update_fields=["ingetrokken_op"])
    schrijf_op(gebeurtenis("sleutel ingetrokken", token, door=door, herkomst=herkomst))
    return token


def token_bij(sleutel: str) -> ApiToken | None:
    """The usable token of this key; that it was used today is kept."""
    token = ApiToken.bij(sleutel)
    vandaag = timezone.localdate()
    if token is not None and token.laatst_gebruikt != vandaag:
        _noteer_gebruik(token, vandaag)
    return token


def _noteer_gebruik(token: ApiToken, dag: date) -> None:
    """While nothing can be written the figures can still be read."""
    try:
        with transaction.atomic():
            ApiToken.objects.filter(pk=token.pk).update(laatst_gebruikt=dag)
    except DatabaseError:
        return
