"""Who reads which question, who answers it, and which versions of its answer they see. Nowhere else is that decided.

A question is read by who asked it and by who may answer it; by every reader of figures once it is on the agenda of a
meeting or has a released answer. An answer that is not released is read by who may answer, and by nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from accounts.models import User, lees_werkenden
from accounts.rollen import Recht
from common.tekst.tekens import of
from common.tekst.zoeken import samen, zoek
from formatie.models import Onderdeel
from monitor.eigenaars import Eigenaars
from sturing.lezen.jaarplan import lees_eigenaars, lees_titels
from sturing.models import Agendapunt, Antwoord, Overleg, Vraag
from sturing.models.vraag import ADVIES_OVER

_MEESTE_NAMEN = 3
_VERWANT = ("door", "indicator", "onderdeel", "ambitie__thema", "plan__hoofdlijn__thema", "overleg")


@dataclass(frozen=True)
class Stuk:
    """A question with everything that hangs on it, whoever reads; ``eigenaar`` is that of the activity it is about."""

    vraag: Vraag
    antwoorden: Sequence[Antwoord]
    op_agenda: bool
    waarover: str
    eigenaar: int | None

    @property
    def laatste(self) -> Antwoord | None:
        return self.antwoorden[-1] if self.antwoorden else None

    @property
    def vrijgegeven(self) -> list[Antwoord]:
        return [antwoord for antwoord in self.antwoorden if antwoord.vrijgegeven_op]

    @property
    def is_open(self) -> bool:
        """Whether it still asks for an answer."""
        return self.vraag.ingetrokken_op is None and not self.vrijgegeven

    @property
    def wacht_op_vrijgave(self) -> bool:
        laatste = self.laatste
        return self.vraag.ingetrokken_op is None and laatste is not None and laatste.vrijgegeven_op is None


@dataclass(frozen=True)
class Leesbeeld:
    """A question as one person reads it: only the answers that are theirs to read, the newest first.

    ``aan_zet`` names who is to answer or to release, as far as this reader may know; read when it is shown.
    """

    vraag: Vraag
    waarover: str
    antwoorden: Sequence[Antwoord]
    beantwoordt: bool
    op_agenda: bool
    is_open: bool
    aan_zet: Callable[[], str]

    @property
    def beurt(self) -> str:
        """Who is to answer or to release now; empty where nobody is, and of an earlier day."""
        klaar = self.vraag.ingetrokken_op or (self.antwoorden and self.antwoorden[0].vrijgegeven_op)
        return "" if klaar else self.aan_zet()

    @property
    def stand(self) -> str:
        """In a few words with whose turn it is, saying nothing of an answer that this reader may not see."""
        if self.vraag.ingetrokken_op:
            return "ingetrokken"
        if not self.antwoorden:
            return f"wacht op antwoord van {wie}" if (wie := self.beurt) else "wacht op antwoord"
        if self.antwoorden[0].vrijgegeven_op:
            return "beantwoord"
        wat = "beantwoord, nieuwe versie" if any(een.vrijgegeven_op for een in self.antwoorden) else "antwoord"
        return f"{wat} nog niet vrijgegeven" + (f": dat doet {wie}" if (wie := self.beurt) else "")

    @property
    def gezien(self) -> int:
        """The version of the answer that was on the screen; 0 before the first."""
        return self.antwoorden[0].nummer if self.antwoorden else 0


def beantwoordt(persoon: User, stuk: Stuk) -> bool:
    """Everywhere, of the own theme, of the own district, or of the activity one owns; never who reads no figures."""
    if not persoon.mag(Recht.CIJFERS_LEZEN):
        return False
    recht, onderdeel = Recht.VRAAG_BEANTWOORDEN, stuk.vraag.onderdeel
    return (
        persoon.mag_overal(recht)
        or persoon.mag_overal(Recht.OVERLEG_VOORBEREIDEN)
        or bool(stuk.vraag.themas & persoon.themas_met(recht))
        or (onderdeel is not None and onderdeel.code in persoon.districten_met(recht))
        or stuk.eigenaar == persoon.pk
    )


def leest_vraag(persoon: User, stuk: Stuk) -> bool:
    if not persoon.mag(Recht.CIJFERS_LEZEN):
        return False
    openbaar = stuk.op_agenda or bool(stuk.vrijgegeven)
    return openbaar or stuk.vraag.door_id == persoon.pk or beantwoordt(persoon, stuk)


@dataclass(frozen=True)
class Beurten:
    """Whose turn it is with a question, among ``personen``: those who work today."""

    vandaag: date
    personen: Sequence[User]
    eigenaars: Eigenaars

    @classmethod
    def lees(cls) -> Beurten:
        vandaag = timezone.localdate()
        personen = lees_werkenden(vandaag)
        return cls(vandaag, personen, Eigenaars.lees(vandaag, Onderdeel.objects.all(), personen))

    def gevraagd(self, stuk: Stuk) -> list[User]:
        """Of who may answer: the owner of the activity or the figure, else of the theme, else all but who prepares."""
        vraag, mogen = stuk.vraag, [een for een in self.personen if beantwoordt(een, stuk)]
        keuzes = (
            [een for een in mogen if een.pk == stuk.eigenaar],
            [een for een in mogen if self._is_van(een, vraag)],
            [een for een in mogen if vraag.themas & een.themas_met(Recht.VRAAG_BEANTWOORDEN)],
            [een for een in mogen if not een.mag_overal(Recht.OVERLEG_VOORBEREIDEN)],
        )
        return next(filter(None, keuzes), mogen)

    def _is_van(self, persoon: User, vraag: Vraag) -> bool:
        if not (vraag.indicator and vraag.onderdeel):
            return False
        thema = next((een.pk for een in vraag.in_themas), None)
        eigenaars = self.eigenaars.voor(Recht.VRAAG_BEANTWOORDEN)
        beurt = eigenaars.beurt(vraag.indicator, vraag.onderdeel, thema, self.vandaag)
        return beurt is not None and beurt.is_van(persoon)

    def geeft_vrij(self, antwoord: Antwoord) -> list[User]:
        voorbereiders = (een for een in self.personen if een.mag_overal(Recht.OVERLEG_VOORBEREIDEN))
        return [een for een in voorbereiders if een.pk != antwoord.door_id]


def _in_woorden(personen: Sequence[User], lezer: User) -> str:
    """The reader first, as u; of many the first few and how many more."""
    namen = ["u"] * (lezer in personen) + [str(een) for een in personen if een != lezer]
    rest = len(namen) - _MEESTE_NAMEN
    return of([*namen[:_MEESTE_NAMEN], f"{rest} anderen"] if rest > 1 else namen)


def beeld_voor(persoon: User, stuk: Stuk, lees_beurten: Callable[[], Beurten] | None) -> Leesbeeld | None:
    """The question as this person reads it; None where it does not exist for them. Without turns: as it was once."""
    if not leest_vraag(persoon, stuk):
        return None
    mag = beantwoordt(persoon, stuk)
    antwoorden = (stuk.antwoorden if mag else stuk.vrijgegeven)[::-1]

    def _aan_zet() -> str:
        if lees_beurten is None:
            return ""
        beurten = lees_beurten()
        wie = beurten.geeft_vrij(antwoorden[0]) if antwoorden else beurten.gevraagd(stuk)
        return _in_woorden(wie, persoon)

    return Leesbeeld(stuk.vraag, stuk.waarover, antwoorden, mag, stuk.op_agenda, stuk.is_open, _aan_zet)


def vraagwoord(persoon: User, themas: Collection[str]) -> str:
    """What a link to ask about something of these themes says; empty for who may not.

    An RVO member asks about anything, the adviescommissie advises on the theme that lies over the others.
    """
    if not persoon.mag(Recht.CIJFERS_LEZEN):
        return ""
    if persoon.mag(Recht.VRAAG_STELLEN):
        return "Stel een vraag"
    return "Geef advies" if persoon.mag(Recht.ADVIES_GEVEN) and ADVIES_OVER in themas else ""


def lees_stukken(*waar: Any, moment: datetime | None = None, **velden: Any) -> list[Stuk]:
    """The questions of a choice, the newest first, now or as known then: one query while there are none, else six."""
    rijen = Vraag.objects.filter(*waar, **velden).select_related(*_VERWANT)
    if moment:
        rijen = rijen.filter(op__lte=moment)
    antwoorden = Antwoord.objects.zoals_bekend_op(moment).select_related("door", "vrijgegeven_door").order_by("nummer")
    punten = Agendapunt.objects.zoals_bekend_op(moment)
    vragen = list(
        rijen.order_by("-op", "-pk").prefetch_related(
            "indicator__monitorregels__thema",
            Prefetch("antwoorden", antwoorden, to_attr="versies"),
            Prefetch("punten", punten, to_attr="geagendeerd"),
        )
    )
    plannen = {vraag.plan_id for vraag in vragen if vraag.plan_id}
    titels, eigenaars = lees_titels(plannen, moment), lees_eigenaars(plannen, moment)
    return [
        _stuk(vraag, titels.get(vraag.plan_id or 0, ""), eigenaars.get(vraag.plan_id or 0), moment) for vraag in vragen
    ]


def _stuk(vraag: Any, titel: str, eigenaar: int | None, moment: datetime | None) -> Stuk:
    """As known then what was released or withdrawn later was not so yet; what is handed out is never saved."""
    if moment:
        for antwoord in vraag.versies:
            if antwoord.vrijgegeven_op and antwoord.vrijgegeven_op > moment:
                antwoord.vrijgegeven_op = antwoord.vrijgegeven_door = None
        if vraag.ingetrokken_op and vraag.ingetrokken_op > moment:
            vraag.ingetrokken_op = vraag.ingetrokken_door = None
    return Stuk(vraag, vraag.versies, bool(vraag.geagendeerd), titel or vraag.waarover, eigenaar)


def lees_vragen(user: User, *waar: Any, moment: datetime | None = None, **velden: Any) -> list[Leesbeeld]:
    """Of a choice of questions those that this person may read, the newest first."""
    if not user.mag(Recht.CIJFERS_LEZEN):
        return []
    stukken, beurten = lees_stukken(*waar, moment=moment, **velden), None if moment else cache(Beurten.lees)
    return [beeld for stuk in stukken if (beeld := beeld_voor(user, stuk, beurten))]


def zoek_vragen(user: User, woorden: Sequence[str]) -> list[Leesbeeld]:
    """Of those this person may read, by the question and what was released of its answers; withdrawn ones included."""
    vrij = samen(Antwoord.objects.exclude(vrijgegeven_op=None), "vraag", "tekst")
    gevonden = zoek(Vraag.objects.annotate(vrij=vrij), woorden, namen=("tekst",), teksten=("vrij",))
    plek = {rij.pk: nummer for nummer, rij in enumerate(gevonden.only("pk"))}
    return sorted(lees_vragen(user, pk__in=plek), key=lambda beeld: plek[beeld.vraag.pk])


def voor_overleg(overleg: Overleg, volgend: Overleg | None) -> Q:
    """The questions before this meeting; what was asked for none, or for one that was withdrawn, is of the next."""
    zelf = Q(overleg=overleg)
    return zelf | Q(overleg=None) | Q(overleg__ingetrokken_op__isnull=False) if overleg == volgend else zelf


def lees_open_stukken() -> list[Stuk]:
    """Of which somebody has something to do: to answer, to release, or to read the answer to their own question."""
    antwoorden = Antwoord.objects.filter(vraag=OuterRef("pk"))
    nog = Q(vrijgegeven_op=None) | Q(gezien_op=None)
    return lees_stukken(~Exists(antwoorden) | Exists(antwoorden.filter(nog)), ingetrokken_op=None)
