"""What the pages of upkeep show: what is known on a day with its source, and what waits for a decision."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count

from accounts.models import User
from common.tekst.getallen import toon
from common.vaststellen.model import OPENSTAAND, Staat
from formatie.bijhouden.inhoud import Inhoud
from formatie.models import Gemeente, Inwonertal, Onderdeel, Organisatiebesluit
from formatie.models.plan import geldig_op
from formatie.plan.gemeenten import Werkkring, get_werkkringen
from monitor.agenda.bijhouden import inhoud_van_agenda
from monitor.invoer.voorstellen.organisatie.inhouden import geldt_nu, in_woorden
from strategie.models import Agenda

MET_INWONERS = (Onderdeel.Soort.EENHEID, Onderdeel.Soort.DISTRICT)
"""Of which the monitor uses a population: for the norm of inhabitants per wijkagent."""


@dataclass(frozen=True)
class Voorstelrij:
    """An open proposal beside what counts now, for one reader."""

    besluit: Organisatiebesluit
    nieuw: str
    nu: str
    is_eigen: bool
    gevolgen: Sequence[str] = ()

    @property
    def is_terug(self) -> bool:
        return self.besluit.staat == Staat.AFGEKEURD


def get_voorstellen(user: User, inhoud: Inhoud) -> list[Voorstelrij]:
    """What is open of one kind, the oldest first."""
    open_ = Organisatiebesluit.objects.filter(soort=inhoud.soort, staat__in=OPENSTAAND)
    besluiten = open_.select_related("ingevoerd_door", "afgekeurd_door").order_by("ingediend_op", "pk")
    return [
        Voorstelrij(b, in_woorden(b), geldt_nu(b), b.ingevoerd_door_id == user.pk, inhoud.gevolgen(b.rijen))
        for b in besluiten
    ]


def wachtend_per_plek(voorstellen: Sequence[Voorstelrij]) -> dict[str, Organisatiebesluit]:
    """What each place waits for: so that a list marks it before anybody fills in another."""
    wachtend = [rij.besluit for rij in voorstellen if not rij.is_terug]
    return {plek: besluit for besluit in wachtend for plek in (besluit.plek, *besluit.plek.split("+"))}


@dataclass(frozen=True)
class Inwonerrij:
    """A place with its population as last known on a day; None where none is."""

    plek: Gemeente | Onderdeel
    inwoners: Inwonertal | None

    @property
    def aantal(self) -> str:
        return toon(Decimal(self.inwoners.aantal), 0) if self.inwoners else ""

    @property
    def vraag(self) -> str:
        """As the form asks for it."""
        return f"{self.plek.slug}:" if isinstance(self.plek, Gemeente) else f":{self.plek.code}"


def get_inwonerrijen(dag: date) -> list[Inwonerrij]:
    """Of the municipalities of a day, those without a population first, and of the unit and its districts."""
    bekend = Inwonertal.objects.filter(peildatum__lte=dag).order_by("peildatum")
    laatste = {(rij.gemeente_id, rij.onderdeel_id): rij for rij in bekend}
    boven = Onderdeel.objects.filter(geldig_op(dag), soort__in=MET_INWONERS)
    van_gemeenten = [Inwonerrij(g, laatste.get((g.pk, None))) for g in Gemeente.objects.filter(geldig_op(dag))]
    van_gemeenten.sort(key=lambda rij: rij.inwoners is not None)
    return [*van_gemeenten, *(Inwonerrij(o, laatste.get((None, o.pk))) for o in boven)]


def get_agendarijen() -> list[tuple[Agenda, dict[str, int]]]:
    """Every agenda with how much it holds, in order."""
    return [(agenda, inhoud_van_agenda(agenda)) for agenda in Agenda.objects.order_by("begin_jaar")]


def tel_wachtende() -> Counter[str]:
    """How many proposals wait for a decision, per kind; one query."""
    wacht = Organisatiebesluit.objects.filter(staat=Staat.INGEDIEND).order_by()
    return Counter(dict(wacht.values_list("soort").annotate(Count("pk"))))


def get_gemeenterijen(dag: date) -> Sequence[Werkkring]:
    """The municipalities of a day, those of which no team is known first."""
    return sorted(get_werkkringen(dag), key=lambda kring: (bool(kring.gebieden), kring.gemeente.naam))


def get_teamrijen() -> list[tuple[Onderdeel, list[Onderdeel]]]:
    """Each district with every team it has, had or will have, and what became of it; four queries."""
    lijnen = ("voorgangers__van", "opvolgingen__naar", "eerdere_namen")
    teams = Onderdeel.objects.filter(soort=Onderdeel.Soort.BASISTEAM).select_related("ouder")
    per_district: dict[Onderdeel, list[Onderdeel]] = {}
    for team in teams.prefetch_related(*lijnen):
        if team.ouder:
            per_district.setdefault(team.ouder, []).append(team)
    return sorted(per_district.items(), key=lambda paar: (paar[0].volgorde, paar[0].code))
