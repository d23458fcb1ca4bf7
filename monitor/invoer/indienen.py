"""Write what a comparison found: new versions, corrections and open versions that are handed in again.

Written once for every kind. The caller holds the transaction and the lock under which was compared.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, cast

from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.model import Staat
from monitor.invoer.regels.vergelijking import R, V, Vergelijking
from monitor.invoer.regels.waarneming import Fout, InvoerFout


@dataclass(frozen=True, slots=True)
class Invoersoort(Generic[R, V]):
    """``plaats`` are the fields that say of what and when a version is; a row has the code where it has an object.

    ``vervangreden`` is why a row corrects an approved version, empty when nobody said so; ``antwoord`` is the column
    in which a doubt is answered, empty for the one that is doubtful.
    """

    model: type[V]
    plaats: tuple[str, ...]
    vervangreden: Callable[[R, V, str], str]
    antwoord: str = ""


def leg_neer(
    uitkomst: Vergelijking[R, V],
    soort: Invoersoort[R, V],
    *,
    door: User,
    herkomst: str,
    reden: str = "",
    op: datetime | None = None,
    demo: bool = False,
) -> list[V]:
    """Hand in everything that is new or changed, or raise InvoerFout with every reason why not."""
    if fouten := bezwaren(uitkomst, soort, reden):
        raise InvoerFout(fouten)
    op = op or timezone.now()
    nieuw = _maak_versies(uitkomst, soort, reden, {**_ingediend(door, op), "demo": demo})
    herzien = [(versie, versie.inhoud) for _, versie in uitkomst.herzieningen()]
    _neem_over(uitkomst, soort, _ingediend(door, op))
    wie: list[dict[str, Any]] = [{"door": door, "op": op, "herkomst": bron} for bron in _bronnen(uitkomst, herkomst)]
    eerste, opnieuw = wie[: len(nieuw)], wie[len(nieuw) :]
    leg_vast(
        [
            *(_spoor_nieuw(versie, van) for versie, van in zip(nieuw, eerste, strict=True)),
            *(
                gebeurtenis("opnieuw ingediend", v, van=voor, naar=v.inhoud, **van)
                for (v, voor), van in zip(herzien, opnieuw, strict=True)
            ),
        ]
    )
    return [*nieuw, *(versie for versie, _ in herzien)]


def bezwaren(uitkomst: Vergelijking[R, V], soort: Invoersoort[R, V], reden: str = "") -> list[Fout]:
    """Every reason why this cannot be handed in, by row."""
    fouten = [*uitkomst.fouten, *_onbeantwoord(uitkomst, soort), *zonder_reden(uitkomst, soort, reden)]
    return sorted(fouten, key=lambda fout: fout.rij)


def _bronnen(uitkomst: Vergelijking[R, V], herkomst: str) -> list[str]:
    """Where each row came from, in the order in which versions are written: new, corrections, handed in again."""
    paren = [*uitkomst.correcties(), *uitkomst.herzieningen()]
    rijen = [*uitkomst.nieuw, *(rij for rij, _ in paren)]
    return [uitkomst.bron.get(rij.rij, herkomst) for rij in rijen]


def _onbeantwoord(uitkomst: Vergelijking[R, V], soort: Invoersoort[R, V]) -> list[Fout]:
    """The doubts about rows that carry no remark."""
    return [
        Fout(rij, soort.antwoord or twijfel.kolom, f"{twijfel.reden} Klopt het? Schrijf dan een toelichting.")
        for rij in uitkomst.onbeantwoord()
        for twijfel in uitkomst.twijfels[rij]
    ]


def zonder_reden(uitkomst: Vergelijking[R, V], soort: Invoersoort[R, V], reden: str = "") -> list[Fout]:
    """The rows that correct something approved while nobody said why."""
    zin = f"Deze {soort.model._meta.verbose_name} was al vastgesteld. Schrijf waarom die verandert."
    return [
        Fout(rij.rij, "toelichting", zin)
        for rij, vorige in uitkomst.correcties()
        if not soort.vervangreden(rij, vorige, reden)
    ]


def _ingediend(door: User, op: datetime) -> dict[str, Any]:
    return {"staat": Staat.INGEDIEND, "ingevoerd_door": door, "ingevoerd_op": op, "ingediend_op": op}


def _maak_versies(
    uitkomst: Vergelijking[R, V], soort: Invoersoort[R, V], reden: str, gedeeld: Mapping[str, Any]
) -> list[V]:
    """First versions, and corrections of approved ones."""
    paren: list[tuple[R, V | None]] = [*((rij, None) for rij in uitkomst.nieuw), *uitkomst.correcties()]
    objecten = _objecten(soort, [rij for rij, _ in paren])
    versies = [
        soort.model(
            **{naam: objecten.get((naam, waarde), waarde) for naam, waarde in _velden(rij, soort.plaats)},
            **dict(_velden(rij, soort.model.INHOUD)),
            **gedeeld,
            vervangt=vorige,
            vervangreden=soort.vervangreden(rij, vorige, reden) if vorige else "",
        )
        for rij, vorige in paren
    ]
    return cast("list[V]", soort.model._default_manager.bulk_create(versies, batch_size=2000))


def _velden(rij: R, namen: Iterable[str]) -> list[tuple[str, Any]]:
    return [(naam, getattr(rij, naam)) for naam in namen]


def _objecten(soort: Invoersoort[R, V], rijen: Iterable[R]) -> dict[tuple[str, str], Model]:
    """By field and code what the rows speak of, in one query for each field that points at something."""
    rijen, verwant = list(rijen), {n: soort.model._meta.get_field(n).related_model for n in soort.plaats}
    return {
        (naam, voorwerp.code): voorwerp  # type: ignore[attr-defined]  # whatever a row speaks of has a code
        for naam, model in verwant.items()
        if model
        for voorwerp in model._default_manager.filter(code__in={getattr(rij, naam) for rij in rijen})
    }


def _neem_over(uitkomst: Vergelijking[R, V], soort: Invoersoort[R, V], gedeeld: Mapping[str, Any]) -> None:
    """What was taken back or sent back takes what the row says and waits for approval (again)."""
    anders = {**gedeeld, "afgekeurd_door": None, "afgekeurd_op": None, "afkeurreden": ""}
    for rij, versie in uitkomst.herzieningen():
        for naam, waarde in (*_velden(rij, versie.INHOUD), *anders.items()):
            setattr(versie, naam, waarde)
    herzien = [versie for _, versie in uitkomst.herzieningen()]
    soort.model._default_manager.bulk_update(herzien, [*soort.model.INHOUD, *anders], batch_size=2000)


def _spoor_nieuw(versie: V, wie: Mapping[str, Any]) -> AuditEvent:
    vorige = cast("V | None", versie.vervangt)
    handeling = "correctie ingediend" if vorige else "ingediend"
    van = vorige.inhoud if vorige else None
    return gebeurtenis(handeling, versie, van=van, naar=versie.inhoud, reden=versie.vervangreden, **wie)
