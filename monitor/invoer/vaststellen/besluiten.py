"""A batch as it was ticked: what is still as it was seen is done, the rest is named with what became of it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.bewaking import Geweigerd, Verouderd
from common.vaststellen.model import Staat
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.eisen import eis_reden
from monitor.invoer.vaststellen.geschiedenis import lees_spoor
from monitor.invoer.vaststellen.selectors import get_te_besluiten, lees_als_gezien, per_soort
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug, vraag_correctie
from monitor.invoer.vaststellen.soort import Soort

_Doen = Callable[[Soort, Sequence[Any]], object]
_Bron = Callable[[Soort, User], QuerySet[Any]]
ONLEESBAAR = "Een keuze die niet te lezen is."
VERDWENEN = "Een regel die er niet meer is."


@dataclass(slots=True)
class Besluituitslag:
    """How much was done of each kind, why the rest could not be, and which rows were something else by then."""

    gedaan: dict[Soort, int] = field(default_factory=dict)
    fouten: list[Fout] = field(default_factory=list)
    overgeslagen: list[str] = field(default_factory=list)

    @property
    def is_schoon(self) -> bool:
        return not self.fouten and not self.overgeslagen

    @property
    def reden_mist(self) -> bool:
        return any(fout.kolom == "reden" for fout in self.fouten)

    @property
    def is_onvolledig(self) -> bool:
        """The form was not filled in: nothing was tried."""
        return any(fout.kolom in ("reden", "keuze") for fout in self.fouten)

    def voeg_toe(self, fouten: Iterable[Fout]) -> None:
        """Each reason once, whatever the number of kinds it is of."""
        bekend = {fout.reden for fout in self.fouten}
        self.fouten += [fout for fout in fouten if fout.reden not in bekend]


def besluit(keuzes: Collection[str], *, door: User, herkomst: str, reden: str | None = None) -> Besluituitslag:
    """Approve what was ticked, or send it back with a reason; each kind by itself."""
    wie: dict[str, Any] = {"door": door, "herkomst": herkomst}
    if reden is None:
        return _verwerk(keuzes, door, get_te_besluiten, partial(stel_vast, **wie))
    return _met_reden(keuzes, door, get_te_besluiten, partial(stuur_terug, reden=reden, **wie), reden)


def vraag_correcties(keuzes: Collection[str], *, door: User, herkomst: str, reden: str) -> Besluituitslag:
    """Ask the authors of what was ticked, and approved before, for a correction."""
    doen = partial(vraag_correctie, reden=reden, door=door, herkomst=herkomst)
    return _met_reden(keuzes, door, get_te_corrigeren, doen, reden)


def get_te_corrigeren(soort: Soort, user: User) -> QuerySet[Any]:
    """What counts now and can be given back to its author by this person."""
    rijen = soort.met_staat(Staat.VASTGESTELD)
    if soort.is_voorstel or not user.mag_overal(soort.besluit):
        return rijen.none()
    return soort.zichtbaar(rijen, user)


def _met_reden(keuzes: Collection[str], door: User, bron: _Bron, doen: _Doen, reden: str) -> Besluituitslag:
    try:
        eis_reden(reden, "Schrijf waarom; de invoerder leest die reden. Uw vinkjes staan er nog.")
    except InvoerFout as fout:
        return Besluituitslag(fouten=list(fout.fouten))
    return _verwerk(keuzes, door, bron, doen)


def _verwerk(keuzes: Collection[str], door: User, bron: _Bron, doen: _Doen) -> Besluituitslag:
    uitslag, gekozen = Besluituitslag(), per_soort(keuzes)
    if sum(map(len, gekozen.values())) < len(set(keuzes)):
        uitslag.overgeslagen.append(ONLEESBAAR)
    for soort, van_soort in gekozen.items():
        rijen: Sequence[Any] = lees_als_gezien(soort, van_soort, bron(soort, door))
        try:
            rijen = _doe_wat_kan(soort, rijen, doen, door)
            uitslag.gedaan |= {soort: len(rijen)} if rijen else {}
        except Geweigerd as fout:
            uitslag.voeg_toe([Fout(0, "", str(fout))])
        except InvoerFout as fout:
            uitslag.voeg_toe(fout.fouten)
        uitslag.overgeslagen += leg_uit(soort, van_soort.keys() - {rij.pk for rij in rijen}, door)
    return uitslag


def _doe_wat_kan(soort: Soort, rijen: Sequence[Any], doen: _Doen, door: User) -> Sequence[Any]:
    """All at once, and when some were changed meanwhile the others; each round asks for less."""
    if not door.mag_overal(soort.besluit):
        doen(soort, rijen)  # refused, and that it was tried stays in the trail
    while rijen:
        try:
            doen(soort, rijen)
            break
        except Verouderd as fout:
            rijen = [rij for rij in rijen if rij.pk not in fout.sleutels] if fout.sleutels else []
    return rijen


def leg_uit(soort: Soort, sleutels: Collection[int], user: User) -> list[str]:
    """What became of rows that are not as they were seen, by name; nothing of what this person may not read."""
    if not sleutels or not user.mag_overal(soort.besluit):
        return []
    alle = soort.model.objects.filter(pk__in=sleutels)
    leesbaar = {rij.pk: rij for rij in soort.zichtbaar(alle.select_related(*soort.verwant), user)}
    verborgen = set(alle.values_list("pk", flat=True)) - leesbaar.keys()
    laatste = {int(een.object_id): een for een in lees_spoor(soort.code, sleutels).reverse()}
    return [_zin(soort, leesbaar.get(pk), {} if pk in verborgen else laatste, pk, user) for pk in sorted(sleutels)]


def _zin(soort: Soort, rij: Any, laatste: Mapping[int, AuditEvent], pk: int, user: User) -> str:
    if rij is None and pk not in laatste:
        return VERDWENEN
    wat = soort.naam(rij) if rij else laatste[pk].object_naam
    if (rij and rij.staat == Staat.INGEDIEND) or pk not in laatste:
        return f"{wat}: is anders dan u zag. De nieuwe stand staat hieronder."
    if rij and rij.staat == Staat.VERVANGEN:
        return f"{wat}: er geldt intussen een nieuwere versie."
    return f"{wat}: {_door_wie(laatste[pk], user)}."


def _door_wie(gebeurtenis: AuditEvent, user: User) -> str:
    wie = "uzelf" if gebeurtenis.door_id == user.pk else gebeurtenis.door_naam
    return f"{gebeurtenis.handeling} door {wie} op {timezone.localtime(gebeurtenis.op):%d-%m-%Y om %H:%M}"
