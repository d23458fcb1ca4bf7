"""Control runs: the lock away, and a meeting point where it would have kept one of the two out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

from django.db.models import QuerySet

from accounts.beheer import bevoegd
from accounts.beheer import services as rollen
from monitor.invoer.kwartaal import services as afsluiten
from monitor.invoer.meting import services
from monitor.invoer.rooster import services as concepten
from monitor.invoer.vaststellen import eisen
from monitor.invoer.vaststellen import services as vaststellen
from monitor.rekenen import herberekenen as bijwerken
from monitor.rekenen import herberekenen as herberekening
from monitor.rekenen import wachtrij

Wacht = Callable[[], None]


def _niets(*_: Any, **__: Any) -> bool:
    return True


def _gooi(*_: Any) -> None:
    """What a worker would only write down is shown."""
    raise  # called while the exception is handled


def _zonder_rijslot(queryset: QuerySet[Any], **_: Any) -> QuerySet[Any]:
    return queryset.all()


def _daarna(functie: Callable[..., Any], wacht: Wacht) -> Callable[..., Any]:
    """The function as it is, and then the meeting point."""

    def met_wachten(*args: Any, **kwargs: Any) -> Any:
        uit = functie(*args, **kwargs)
        wacht()
        return uit

    return met_wachten


@contextmanager
def besluit(wacht: Wacht) -> Iterator[None]:
    """Approving and taking back read the row without locking it, and do not wait for who decides on anything else."""
    with (
        patch.object(eisen, "houd_slot", _niets),
        patch.object(QuerySet, "select_for_update", _zonder_rijslot),
        patch.object(vaststellen, "vergrendel", _daarna(vaststellen.vergrendel, wacht)),
    ):
        yield


@contextmanager
def indienen(wacht: Wacht) -> Iterator[None]:
    """Two may compare with what is there before either writes."""
    with ExitStack() as geheel:
        geheel.enter_context(patch.object(services, "houd_slot", _niets))
        geheel.enter_context(patch.object(services, "vergelijk_metingen", _daarna(services.vergelijk_metingen, wacht)))
        yield


@contextmanager
def sluiten(wacht: Wacht) -> Iterator[None]:
    """A quarter may close while a value of it is on its way."""
    with ExitStack() as geheel:
        for module, laatste in ((services, "vergelijk_metingen"), (concepten, "_lees_vergrendeld")):
            geheel.enter_context(patch.object(module, laatste, _daarna(getattr(module, laatste), wacht)))
        for module in (eisen, services, afsluiten):
            geheel.enter_context(patch.object(module, "houd_slot", _niets))
        in_de_weg = _daarna(afsluiten.wat_in_de_weg_staat, wacht)
        geheel.enter_context(patch.object(afsluiten, "wat_in_de_weg_staat", in_de_weg))
        yield


@contextmanager
def bewaren(wacht: Wacht) -> Iterator[None]:
    """Two may read the version of a text before either saves."""
    with (
        patch.object(QuerySet, "select_for_update", _zonder_rijslot),
        patch.object(concepten, "_lees_vergrendeld", _daarna(concepten._lees_vergrendeld, wacht)),
    ):
        yield


@contextmanager
def accounts(wacht: Wacht) -> Iterator[None]:
    """Two beheerders change accounts at once, each by what was there before the other."""
    with ExitStack() as geheel:
        geheel.enter_context(patch.object(bevoegd, "houd_slot", _niets))
        geheel.enter_context(patch.object(QuerySet, "select_for_update", _zonder_rijslot))
        eis = _daarna(rollen._eis_bevestigbaar, wacht)
        geheel.enter_context(patch.object(rollen, "_eis_bevestigbaar", eis))
        zonder = _daarna(bevoegd.eerste_dag_zonder, wacht)
        geheel.enter_context(patch.object(bevoegd, "eerste_dag_zonder", zonder))
        yield


@contextmanager
def herberekenen(wacht: Wacht) -> Iterator[None]:
    """Two workers take the same requests."""
    with ExitStack() as geheel:
        geheel.enter_context(patch.object(QuerySet, "select_for_update", _zonder_rijslot))
        geheel.enter_context(patch.object(wachtrij, "probeer_slot", _niets))
        for module in (bijwerken, herberekening):
            geheel.enter_context(patch.object(module, "houd_slot", _niets))
        geheel.enter_context(patch.object(wachtrij, "_neem", _daarna(wachtrij._neem, wacht)))
        geheel.enter_context(patch.object(wachtrij, "_noteer_fout", _gooi))
        geheel.enter_context(patch.object(wachtrij._log, "disabled", True))
        yield


ZONDER: dict[str, Callable[[Wacht], AbstractContextManager[Any]]] = {
    "": lambda wacht: nullcontext(),
    "rijslot": besluit,
    "rijslot van een tekst": bewaren,
    "slot van metingen": indienen,
    "slot van het kwartaal": sluiten,
    "slot van herberekening": herberekenen,
    "slot van accounts": accounts,
}
