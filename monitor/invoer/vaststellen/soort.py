"""What a kind of thing that two persons decide on is made of; the kinds themselves are in ``soorten``."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from common.vaststellen.model import OPENSTAAND, Staat
from monitor.invoer.vaststellen.eisen import Kwartalen
from monitor.invoer.vaststellen.naast import Naast
from monitor.reikwijdte import Reikwijdte

Rijen = Sequence[Any]


@dataclass(frozen=True, eq=False, kw_only=True)
class Soort:
    """One kind of what one person enters or proposes and another decides on.

    The functions take rows of ``model``. A row that is not ``is_voorstel`` belongs to a quarter: nothing of it moves
    once that is closed, and taken back it is a concept again. A proposal is its author's: taken back it is gone.
    """

    enkel: str
    meer: str
    tab: str
    inleiding: str
    """What follows from approving."""
    komt_van: str
    """When there is something to decide on."""
    pagina: str
    model: type[Any]
    invoer: Recht
    besluit: Recht
    kent: Recht
    """Who has this knows that there is such a page."""
    is_voorstel: bool
    met_opmerkingen: bool = False
    """Whether people talk about a row of it: it has a page for that."""
    verwant: tuple[str, ...]
    volgorde: tuple[str, ...]

    in_bereik: Callable[[Reikwijdte, Any], bool]
    kwartalen: Callable[[Rijen], Kwartalen]
    """The quarters that approving these would change."""
    raakt: Callable[[Rijen], set[int]]
    """The indicators whose verdicts approving these can reach."""
    houd: Callable[[Rijen], None]
    """Take the lock of who writes this kind; after the quarters and before the rows."""
    toets: Callable[[Rijen, Rijen], None] = lambda gezien, open_: None
    """Hold the locked rows against what their reader saw beside them. Raises Verouderd or InvoerFout."""
    gevolg: Callable[[Rijen, User, datetime], None]
    gevolgzin: str = "De oordelen worden nu bijgewerkt."

    zichtbaar: Callable[[QuerySet[Any], User], QuerySet[Any]] = lambda rijen, user: rijen
    naast: Callable[[Rijen], list[Naast]]
    ernaast: Callable[[Any], tuple[object, ...]] = lambda rij: ()
    """What a reader saw beside the row, besides what the row itself says."""
    inhoud: Callable[[Any], dict[str, Any]]
    """What the audit trail keeps of it."""
    nu: Callable[[Any], dict[str, Any] | None]
    """The same of what it replaces."""
    in_de_weg: Callable[[Kwartaal], Iterable[tuple[str, str]]]
    """State and name of what keeps this quarter from closing."""
    gaat_in: Callable[[Any], date | None] = lambda rij: None
    """The day on which what was approved begins to count, of what says so."""
    naam: Callable[[Any], str]
    in_woorden: Callable[[Any], str]
    """What it says, without what it is about."""
    adres: Callable[[Any], str]
    """The page on which it is handed in, with the reason when it came back."""

    @property
    def code(self) -> str:
        """As the audit trail and a form call it."""
        return str(self.model._meta.model_name)

    @property
    def terug_te_nemen(self) -> tuple[str, ...]:
        return OPENSTAAND if self.is_voorstel else (Staat.INGEDIEND,)

    def hoeveel(self, aantal: int) -> str:
        return f"1 {self.enkel}" if aantal == 1 else f"{aantal} {self.meer}"

    @property
    def plek(self) -> tuple[str, ...]:
        """The relations from which its name, its page and within whose reach it lies are read."""
        return tuple(naam for naam in self.verwant if not naam.startswith(("ingevoerd_door", "vervangt")))

    def wachtend(self) -> QuerySet[Any]:
        return self.met_staat(Staat.INGEDIEND)

    def met_staat(self, staat: Staat) -> QuerySet[Any]:
        rijen = self.model.objects.filter(staat=staat).select_related(*self.verwant)
        return rijen.order_by(*self.volgorde, "pk")
