"""What a thing that waits for somebody looks like, and of which kind it can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from common.tekst.periode import Kwartaal


class Bezigheid(StrEnum):
    """What a person is asked to do; in the address of the page and in the order of the list."""

    BESLUITEN = "besluiten"
    TERUG = "teruggestuurd"
    GENOEMD = "genoemd"
    DUIDEN = "duiden"
    OVERLEG = "overleg"
    LEVEREN = "leveren"
    BEZETTING = "bezetting"
    AMBITIES = "ambities"
    ACTIVITEITEN = "activiteiten"


@dataclass(frozen=True, slots=True)
class Wachtgroep:
    """Things to do of one kind, of one quarter where they have one; ``meer`` and ``enkel`` are what they are called."""

    bezigheid: Bezigheid
    enkel: str
    meer: str
    rest: str
    kwartaal: Kwartaal | None = None

    @property
    def kop(self) -> str:
        tekst = f"{self.meer} {self.rest}"
        return tekst[0].upper() + tekst[1:]

    @property
    def anker(self) -> str:
        return f"{self.bezigheid}-{sha256(self.kop.encode()).hexdigest()[:6]}"

    @property
    def uiterlijk(self) -> date | None:
        te_leveren = self.bezigheid in (Bezigheid.LEVEREN, Bezigheid.BEZETTING)
        return self.kwartaal.uiterste_dag(settings.INLEVERTERMIJN_DAGEN) if self.kwartaal and te_leveren else None

    @property
    def adres(self) -> str:
        """The page with nothing but this group's kind and quarter."""
        vraag = {"soort": self.bezigheid.value} | ({"kwartaal": str(self.kwartaal)} if self.kwartaal else {})
        return f"{reverse('voor_mij')}?{urlencode(vraag)}"

    def hoeveel(self, aantal: int) -> str:
        return f"{aantal} {self.enkel if aantal == 1 else self.meer} {self.rest}"


@dataclass(frozen=True, slots=True)
class TeDoen:
    """One thing that waits, with the place to do it. ``sinds`` is when it came on the list as it stands there.

    ``kenmerk`` is another one each time it comes on the list anew. ``als`` is for whom this person stands in.
    ``reden`` may quote a figure: it goes in no mail.
    """

    groep: Wachtgroep
    naam: str
    adres: str
    kenmerk: str
    sinds: datetime
    waar: str = ""
    stand: str = ""
    te_laat: bool = False
    als: str = ""
    reden: str = ""

    @property
    def sleutel(self) -> str:
        """Short, for there may be a thousand in a row of what was told."""
        return sha256(self.kenmerk.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Takenlijst:
    """What one person must do, what others wait for first."""

    naam: str
    punten: Sequence[TeDoen] = ()

    @property
    def groepen(self) -> dict[Wachtgroep, list[TeDoen]]:
        gevonden: dict[Wachtgroep, list[TeDoen]] = {}
        for punt in self.punten:
            gevonden.setdefault(punt.groep, []).append(punt)
        return gevonden
