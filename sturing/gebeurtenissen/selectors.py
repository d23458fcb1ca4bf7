"""Events as their page lists them, and how far one person may keep them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.tekens import en, hoofdletter
from formatie.models import Onderdeel
from monitor.dashboards.keuze import Blik
from monitor.models import Indicator
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte
from strategie.models import Agenda, Thema
from sturing.lezen.gebeurtenissen import met_reikwijdte
from sturing.models import Gebeurtenis


@dataclass(frozen=True)
class Gebeurtenisregel:
    """One event with what it touches; ``codes`` None: every indicator. ``weg``: withdrawn, as far as is known."""

    rij: Gebeurtenis
    codes: frozenset[str] | None
    geldt_voor: str
    mag_intrekken: bool
    weg: datetime | None

    @property
    def rijklasse(self) -> str:
        return "ingetrokken" if self.weg else ""

    @property
    def stand(self) -> str:
        if self.weg is None:
            return "geldt"
        return f"ingetrokken op {timezone.localtime(self.weg):%d-%m-%Y}: {self.rij.intrekreden}"

    def in_jaar(self, jaar: int) -> bool:
        return self.rij.datum.year <= jaar <= (self.rij.tot or self.rij.datum).year


def lees_gebeurtenissen(blik: Blik, bereik: Reikwijdte) -> list[Gebeurtenisregel]:
    """Those known on the day of the view, with what was withdrawn by then; the latest first. Three queries."""
    moment = blik.bekend.moment
    alle = Gebeurtenis.objects.filter(op__lte=moment) if moment else Gebeurtenis.objects.all()
    rijen = met_reikwijdte(alle.select_related("thema")).order_by("-datum", "-pk")
    namen = dict(Indicator.objects.values_list("code", "naam"))
    plekken = {onderdeel.pk: str(onderdeel) for onderdeel in Onderdeel.objects.all()}
    return [_regel(rij, namen, plekken, bereik, moment) for rij in rijen]


def _regel(
    rij: Gebeurtenis, namen: Mapping[str, str], plekken: Mapping[int, str], bereik: Reikwijdte, moment: datetime | None
) -> Gebeurtenisregel:
    eigen: list[str] = rij.codes  # type: ignore[attr-defined]  # annotated, as the next two
    codes: list[str] = rij.themacodes if rij.thema_id else eigen  # type: ignore[attr-defined]
    over = [namen[code] for code in eigen if code in namen]
    waar = [plekken[pk] for pk in rij.plekken if pk in plekken]  # type: ignore[attr-defined]
    wat = f"thema {rij.thema}" if rij.thema else en(over) if over else "alle indicatoren"
    alles = frozenset(codes) if rij.thema_id or codes else None
    weg = None if moment and rij.ingetrokken_op and rij.ingetrokken_op > moment else rij.ingetrokken_op
    mag = moment is None and weg is None and reikt(bereik, rij.thema, eigen)
    return Gebeurtenisregel(rij, alles, hoofdletter(f"{wat}, {en(waar)}" if waar else wat), mag, weg)


def reikt(bereik: Reikwijdte, thema: Thema | None, codes: Iterable[str]) -> bool:
    """Whether who reaches this far keeps events about it: what is about everything only who reaches everything."""
    gekozen = set(codes)
    if bereik.alles or thema is not None:
        return bereik.alles or (thema is not None and bereik.bevat_thema(thema.slug))
    return bool(gekozen) and gekozen <= bereik.indicatoren


def mag_bijhouden(user: User) -> Reikwijdte:
    return lees_reikwijdte(user, Recht.GEBEURTENIS_BIJHOUDEN)


def dagen_van(agendas: Sequence[Agenda], begin: date) -> tuple[date, date]:
    """The first and the last day that any chart has."""
    return begin, max((agenda.kwartalen[1].einde() for agenda in agendas), default=begin)
