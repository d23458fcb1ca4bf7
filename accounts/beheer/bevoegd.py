"""Who may change accounts, and what may never become of them: one lock, a beheerder at work, and never none left."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Rolvervulling, User
from accounts.rollen import ROLLEN, Recht
from common.locks import Slot, houd_slot
from common.pagina.tonen import is_demo
from common.vaststellen.bewaking import Geweigerd, NietToegestaan, bewaakt

BEHEERROLLEN = tuple(rol.code for rol in ROLLEN.values() if Recht.GEBRUIKERS_BEHEREN in rol.rechten)
Periode = tuple[date | None, date | None]
"""First day, first day after; None is without end on that side."""


@contextmanager
def als_beheerder(handeling: str, *, door: User | None, herkomst: str) -> Iterator[None]:
    """One change at a time, by who is a beheerder now and not only when the page was opened.

    ``door`` None is a command: a person with a shell, for whom the caller decides what may be done.
    """
    if door is None:
        with transaction.atomic():
            houd_slot(Slot.ACCOUNTS)
            yield
        return
    with bewaakt(handeling, door=door, herkomst=herkomst):
        houd_slot(Slot.ACCOUNTS)
        if not beheerders().filter(pk=door.pk).exists():
            raise NietToegestaan("U bent geen beheerder meer.")
        yield


def beheerders(dag: date | None = None) -> QuerySet[User]:
    """Who can manage users on a day: with the role, with the account on, and with a password to log in with."""
    vervullingen = Rolvervulling.objects.geldig_op(dag or timezone.localdate()).filter(rol__in=BEHEERROLLEN)
    return _kan_inloggen().filter(pk__in=vervullingen.values("user"))


def _kan_inloggen() -> QuerySet[User]:
    return User.objects.filter(is_active=True).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def is_in_gebruik() -> bool:
    """Whether a beheerder has begun: until then, and in a demo, the command that makes accounts gives their roles.

    Who sets up a site is alone; from the first log-in of a beheerder on, two persons decide.
    """
    blijvend = Rolvervulling.objects.ooit_vanaf(timezone.localdate()).filter(rol__in=BEHEERROLLEN)
    begonnen = _kan_inloggen().filter(last_login__isnull=False, pk__in=blijvend.values("user"))
    return not is_demo() and begonnen.exists()


def weiger_eigen_account(user: User, door: User | None, zin: str) -> None:
    if door is not None and door.pk == user.pk:
        raise NietToegestaan(zin)


@contextmanager
def nooit_zonder_beheerder() -> Iterator[None]:
    """Refuse what leaves a day from today on without a beheerder that has one now; under the lock of a beheerder."""
    vandaag = timezone.localdate()
    voor = _beheerperioden(vandaag)
    yield
    dag = eerste_dag_zonder(voor, _beheerperioden(vandaag), vandaag)
    if dag is not None:
        wanneer = "nu" if dag == vandaag else f"op {dag:%d-%m-%Y}"
        raise Geweigerd(f"Dan is er {wanneer} geen beheerder meer die kan inloggen. Regel eerst een andere beheerder.")


def _beheerperioden(vandaag: date) -> list[Periode]:
    rijen = Rolvervulling.objects.ooit_vanaf(vandaag).filter(rol__in=BEHEERROLLEN, user__in=_kan_inloggen())
    return list(rijen.values_list("geldig_vanaf", "geldig_tot"))


def eerste_dag_zonder(voor: Collection[Periode], na: Collection[Periode], vandaag: date) -> date | None:
    """The first day from today that was covered and no longer is.

    Coverage is lost only today, on a day that a period ends afterwards, or on one that a period began before.
    """
    dagen = {vandaag, *(tot for _, tot in na if tot), *(vanaf for vanaf, _ in voor if vanaf)}
    kwijt = (dag for dag in dagen if dag >= vandaag and _gedekt(voor, dag) and not _gedekt(na, dag))
    return min(kwijt, default=None)


def _gedekt(perioden: Collection[Periode], dag: date) -> bool:
    return any((vanaf is None or vanaf <= dag) and (tot is None or tot > dag) for vanaf, tot in perioden)
