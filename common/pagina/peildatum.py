"""What a page looks at: a quarter, as known now or on an earlier day, and which versions stood at its end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.utils import timezone

from common.tekst.periode import Kwartaal, kwartalen, lees_datum
from common.tekst.tekens import zonder_onzichtbare
from common.vaststellen.model import Staat, Vaststelling

EERSTE_DAG = date(2000, 1, 1)  # no value is of an earlier year
EERSTE_KWARTAAL = Kwartaal.van(EERSTE_DAG)
Versie = TypeVar("Versie", bound=Vaststelling)


class Uitgelegd(BadRequest):
    """A bad request whose message is a Dutch sentence for the reader; the page of the refusal shows it."""


class BestaatNiet(Http404):
    """An address that cannot be, with a Dutch sentence for the reader on the page that says so, and where to go."""

    def __init__(self, zin: str, *wegen: tuple[str, str]) -> None:
        super().__init__(zin)
        self.wegen = wegen


class Kwartaalkeuze(ABC):
    """What a page looks at. Each app says which quarters there are, and which one a reader gets without choosing.

    ``bekend`` hands out what is known, as of the day ``bekend_op``: nobody else needs to know whether that is today.
    """

    kwartaal: Kwartaal
    bekend_op: date
    bekend: Nu

    @property
    @abstractmethod
    def reikwijdte(self) -> tuple[Kwartaal, Kwartaal]:
        """The first and the last quarter a reader can choose."""

    @property
    @abstractmethod
    def vanzelf(self) -> Kwartaal:
        """The quarter a reader gets without choosing."""

    @property
    def keuzes(self) -> list[Kwartaal]:
        """The quarters a reader can choose, the latest first."""
        return list(kwartalen(*self.reikwijdte))[::-1]

    @property
    def groepen(self) -> list[tuple[str, list[Kwartaal]]]:
        """The same quarters under the heading they share; without one where all belong together."""
        return [("", self.keuzes)]

    @property
    def gekozen(self) -> Kwartaal | None:
        """The quarter, unless a reader gets it without choosing."""
        return self.kwartaal if self.kwartaal != self.vanzelf else None

    @property
    def vraag(self) -> str:
        """What to add to an address to keep looking at this quarter, as known on this day."""
        return self.bekend.vraag(self.gekozen)

    @property
    def stand(self) -> dict[str, Any]:
        """For the form above the page. It keeps a quarter that the reader chose; tomorrow cannot be chosen."""
        return {
            "kwartaal": self.kwartaal,
            "bekend_op": self.bekend_op,
            "houd_kwartaal": self.gekozen is not None,
            "vandaag": timezone.localdate(),
        }


def gevraagd(request: HttpRequest) -> tuple[str, date, str]:
    """What an address asks to look at, as ``bepaal`` of each app reads it: quarter, today and day."""
    kwartaal, peildatum = (request.GET.get(naam, "") for naam in ("kwartaal", "peildatum"))
    return kwartaal, timezone.localdate(), peildatum


def lees_keuze(kwartaal: str, vandaag: date, peildatum: str) -> tuple[Kwartaal | None, date | None]:
    """The quarter and the earlier day that are asked for; as known today is the ordinary page.

    Raises Uitgelegd for what cannot be read, or is yet to come.
    """
    dag = lees_dag(peildatum, vandaag) if peildatum else vandaag
    return lees_kwartaal(kwartaal) if kwartaal else None, dag if dag < vandaag else None


def lees_dag(tekst: str, vandaag: date) -> date:
    """Read ``2026-06-30`` or ``30-06-2026``. Raises Uitgelegd for what is no day, or one that is yet to come."""
    dag = lees_datum(tekst)
    if dag is None:
        bereik = f"van {EERSTE_DAG:%d-%m-%Y} tot en met {vandaag:%d-%m-%Y}"
        raise Uitgelegd(f"Dit is geen datum. Schrijf de dag als 30-06-2026; kies een dag {bereik}.")
    if dag > vandaag:
        raise Uitgelegd(f"De dag {dag:%d-%m-%Y} ligt in de toekomst. Kies vandaag of een eerdere dag.")
    if dag < EERSTE_DAG:
        raise Uitgelegd(f"Kies een dag vanaf {EERSTE_DAG:%d-%m-%Y}.")
    return dag


def lees_kwartaal(tekst: str) -> Kwartaal:
    """Read ``2026-Q3``. Raises Uitgelegd for anything else."""
    try:
        return Kwartaal.parse(zonder_onzichtbare(tekst).strip())
    except ValueError as fout:
        raise Uitgelegd(str(fout)) from None


class Kwartaalpad:
    """``<kwartaal:kwartaal>`` in an address: 2026-Q3. Of a quarter that has not begun there is no page."""

    regex = r"\d+-Q\d+"

    def to_python(self, tekst: str) -> Kwartaal:
        """Raises BestaatNiet, with the quarters that do exist, for every other one."""
        nu = Kwartaal.van(timezone.localdate())
        kwartaal = Kwartaal.parse(tekst) if Kwartaal.is_geschreven(tekst) else None
        if kwartaal is None or not EERSTE_KWARTAAL <= kwartaal <= nu:
            bereik = f"van {EERSTE_KWARTAAL.leesbaar} tot en met {nu.leesbaar}"
            raise BestaatNiet(f"Het kwartaal {tekst} is hier niet. Kies een kwartaal {bereik}.")
        return kwartaal

    def to_url(self, kwartaal: Kwartaal) -> str:
        return str(kwartaal)


def weiger_buiten(kwartaal: Kwartaal, eerste: Kwartaal, nu: Kwartaal, toen: Kwartaal, bekend_op: date) -> None:
    """Uitgelegd before ``eerste``, after ``nu``, the last one today, and after ``toen``, the last one then."""
    if not eerste <= kwartaal <= nu:
        bereik = f"van {eerste.leesbaar} tot en met {nu.leesbaar}"
        raise Uitgelegd(f"Over {kwartaal.leesbaar} is hier niets te zien. Kies een kwartaal {bereik}.")
    if kwartaal > toen:
        raise Uitgelegd(f"Op {bekend_op:%d-%m-%Y} was {kwartaal.leesbaar} nog niet begonnen. Kies een latere dag.")


def einde_van(peildatum: date) -> datetime:
    """The last moment of a day, in the time zone of the program."""
    morgen = datetime.combine(peildatum + timedelta(days=1), time.min, timezone.get_current_timezone())
    return morgen - timedelta(microseconds=1)


class Nu:
    """As known now: what every page shows that names no day."""

    dag: date | None = None
    moment: datetime | None = None
    noten: Sequence[str] = ()
    """What a file of it says of itself."""
    in_adres: Mapping[str, str] = {}
    terugblik: Mapping[str, Any] | None = None
    """What ``_components/terugblik.html`` needs, above a page of which nothing is corrected afterwards."""

    def vraag(self, kwartaal: Kwartaal | None = None) -> str:
        """What to add to an address to look at this quarter, as known on this day; nothing for what needs no saying."""
        delen = {**({"kwartaal": str(kwartaal)} if kwartaal else {}), **self.in_adres}
        return f"?{urlencode(delen)}" if delen else ""

    def wanneer(self, kwartaal: Kwartaal) -> str:
        """Quarter and, when looking back, day: for the title of a table, on the page and in its file."""
        return kwartaal.leesbaar

    def geldend(self, versies: Any) -> Any:
        """Those of a manager of versions that hold."""
        return versies.zoals_bekend_op(self.moment)

    def zoals(self, versies: Iterable[Versie]) -> list[Versie]:
        """Approved versions, replaced ones included, each as it stands."""
        return list(versies)


class Toen(Nu):
    """As known at the end of an earlier day."""

    dag: date
    moment: datetime

    def __init__(self, dag: date) -> None:
        self.dag, self.moment = dag, einde_van(dag)
        self.noten = (f"Dit is wat op {dag:%d-%m-%Y} bekend was, niet wat nu bekend is.",)
        self.in_adres = {"peildatum": dag.isoformat()}
        self.terugblik = {"op": dag, "noten": (), "gewijzigd": None}

    def wanneer(self, kwartaal: Kwartaal) -> str:
        return f"{kwartaal.leesbaar}, zoals bekend op {self.dag:%d-%m-%Y}"

    def zoals(self, versies: Iterable[Versie]) -> list[Versie]:
        """What was replaced later still held. Never to be saved."""
        gevonden = [versie for versie in versies if versie.vastgesteld_op and versie.vastgesteld_op <= self.moment]
        for versie in gevonden:
            if versie.vervangen_op and versie.vervangen_op > self.moment:
                versie.staat, versie.vervangen_op = Staat.VASTGESTELD, None
        return gevonden


def lees_bekend(request: HttpRequest) -> tuple[Nu, date]:
    """As known today, or on the earlier day that the address asks for."""
    vandaag, gevraagd_op = timezone.localdate(), request.GET.get("peildatum", "")
    dag = lees_dag(gevraagd_op, vandaag) if gevraagd_op else vandaag
    return (Toen(dag), dag) if dag < vandaag else (Nu(), vandaag)
