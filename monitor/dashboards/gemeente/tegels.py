"""The municipalities as a map of tiles: one square each, placed by hand as they lie, west to east and north to south.

A municipality that has no place here (one that is gone, or new) stands in the table beside the map alone.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from common.tekst.tekens import en, hoeveel_van
from formatie.models import Onderdeel
from formatie.plan.gemeenten import Werkkring
from monitor.dashboards.gemeente.selectors import Lenscel, Lensregel
from monitor.dashboards.gemeente.zinnen import straks
from monitor.dashboards.oordeel.uiterlijk import RANG, UITERLIJK, get_woord

ZONDER_TEAM, WEG, GEMENGD = "onbekend", "weg", "gemengd"


class Tegelplek(NamedTuple):
    """Both count from 1; ``kort`` is the name as it fits, with | where it may be broken."""

    rij: int
    kolom: int
    kort: str = ""


PLEKKEN = {
    "lansingerland": Tegelplek(1, 5, "Lansinger|land"),
    "maassluis": Tegelplek(2, 2),
    "vlaardingen": Tegelplek(2, 3, "Vlaar|dingen"),
    "schiedam": Tegelplek(2, 4),
    "rotterdam": Tegelplek(2, 5, "Rotter|dam"),
    "capelle-aan-den-ijssel": Tegelplek(2, 6, "Capelle a/d IJssel"),
    "krimpen-aan-den-ijssel": Tegelplek(2, 7, "Krimpen a/d IJssel"),
    "voorne-aan-zee": Tegelplek(3, 1),
    "nissewaard": Tegelplek(3, 2, "Nisse|waard"),
    "albrandswaard": Tegelplek(3, 3, "Albrands|waard"),
    "barendrecht": Tegelplek(3, 4, "Barend|recht"),
    "ridderkerk": Tegelplek(3, 5, "Ridder|kerk"),
    "alblasserdam": Tegelplek(3, 6, "Alblasser|dam"),
    "molenlanden": Tegelplek(3, 7, "Molen|landen"),
    "goeree-overflakkee": Tegelplek(4, 2, "Goeree-Over|fl."),
    "hoeksche-waard": Tegelplek(4, 3),
    "zwijndrecht": Tegelplek(4, 4, "Zwijnd|recht"),
    "hendrik-ido-ambacht": Tegelplek(4, 5, "H.I. Ambacht"),
    "papendrecht": Tegelplek(4, 6, "Papend|recht"),
    "sliedrecht": Tegelplek(4, 7, "Slied|recht"),
    "hardinxveld-giessendam": Tegelplek(4, 8, "Hardinx|veld-G."),
    "gorinchem": Tegelplek(4, 9, "Gorin|chem"),
    "dordrecht": Tegelplek(5, 5, "Dord|recht"),
}


@dataclass(frozen=True)
class Tegel:
    """One municipality on the map. ``cellen`` are of its teams, or of their districts where those are not shown."""

    kring: Werkkring
    adres: str
    cellen: Sequence[Lenscel]

    @property
    def plek(self) -> Tegelplek | None:
        return PLEKKEN.get(self.kring.gemeente.slug)

    @property
    def naam(self) -> SafeString:
        """With a soft hyphen where it may be broken."""
        delen = ((self.plek and self.plek.kort) or str(self.kring.gemeente)).split("|")
        return format_html_join(SafeString("&shy;"), "{}", ((deel,) for deel in delen))

    @property
    def getoond(self) -> list[Lenscel]:
        return [cel for cel in self.cellen if cel.toont_oordeel]

    @property
    def tellingen(self) -> list[tuple[str, int]]:
        """Of how many onderdelen each verdict is, worst first."""
        geteld = Counter(cel.oordeel for cel in self.getoond)
        return sorted(geteld.items(), key=lambda paar: RANG[paar[0]])

    @property
    def oordeel(self) -> str:
        """The one that all have; empty where they differ, so that one team never colours a whole city."""
        return self.tellingen[0][0] if len(self.tellingen) == 1 else ""

    @property
    def soort(self) -> str:
        """Which look the tile has: the tone of its verdict, or why it has none."""
        if self.oordeel:
            return f"toon-{UITERLIJK[self.oordeel].toon}"
        return GEMENGD if self.getoond else WEG if self.cellen else ZONDER_TEAM

    @property
    def cijfer(self) -> str:
        """The figure, or of how many the verdict is, or why there is none; empty where verdicts differ."""
        if not self.getoond:
            return "niet getoond" if self.cellen else "team niet bekend"
        if len(self.getoond) > 1:
            return hoeveel_van(len(self.getoond), len(self.getoond)) if self.oordeel else ""
        return self.getoond[0].regel.waarde_tekst or self.getoond[0].ontbreekt

    @property
    def woorden(self) -> str:
        """What a screen reader and the mouse say besides the name."""
        if not self.getoond:
            return f"{self.cijfer}. {straks(self.kring)}" if self.kring.straks and not self.cellen else self.cijfer
        gemengd = en([f"{aantal} {get_woord(oordeel).lower()}" for oordeel, aantal in self.tellingen])
        kern = ", ".join(dict.fromkeys((self.cijfer, get_woord(self.oordeel).lower()))) if self.oordeel else gemengd
        return f"{kern}; {en([cel.kop for cel in self.getoond])}"


def maak_tegel(kring: Werkkring, adres: str, rij: Lensregel | None) -> Tegel:
    """``rij`` has the cells of all onderdelen; a tile keeps those of what works in its municipality."""
    if rij is None:
        return Tegel(kring, adres, [])
    werkt = kring.teams if soort_op_kaart(rij) == Onderdeel.Soort.BASISTEAM else kring.districten
    pks = {onderdeel.pk for onderdeel in werkt}
    return Tegel(kring, adres, [cel for cel in rij.cellen if cel.onderdeel.pk in pks])


def soort_op_kaart(rij: Lensregel) -> str:
    """Teams, unless this reader sees none of them and does see a district."""
    is_district = not rij.teams and rij.van(Onderdeel.Soort.DISTRICT)
    return Onderdeel.Soort.DISTRICT if is_district else Onderdeel.Soort.BASISTEAM


def oordelen(tegels: Sequence[Tegel]) -> list[str]:
    """Those on the map, worst first: its legend."""
    return sorted({oordeel for tegel in tegels for oordeel, _ in tegel.tellingen}, key=RANG.__getitem__)


def op_de_kaart(tegels: Sequence[Tegel]) -> list[Tegel]:
    """In the order in which one reads: Tab goes from left to right, row by row."""
    return sorted((t for t in tegels if t.plek), key=lambda t: t.plek or Tegelplek(0, 0))


def kaartzin(tegels: Sequence[Tegel], naam: str, dag: date) -> str:
    """How many municipalities have what, in one sentence; which team works where is as on ``dag``."""
    geteld, soorten = Counter(tegel.oordeel for tegel in tegels), Counter(tegel.soort for tegel in tegels)
    delen = [f"{geteld[oordeel]} {get_woord(oordeel).lower()}" for oordeel in oordelen(tegels) if geteld[oordeel]]
    delen += [f"{soorten[GEMENGD]} gemengd"] if soorten[GEMENGD] else []
    zin = f"{naam}: {en(delen)}" if delen else f"{naam}: nergens een oordeel dat u kunt zien"
    wie = "1 gemeente" if soorten[ZONDER_TEAM] == 1 else f"{soorten[ZONDER_TEAM]} gemeenten"
    if not soorten[ZONDER_TEAM]:
        return f"{zin}."
    later = sum(bool(tegel.kring.straks) for tegel in tegels if tegel.soort == ZONDER_TEAM)
    daarna = f", van {later} daarvan wel vanaf een latere dag" if later else ""
    return f"{zin}; van {wie} is niet bekend welk basisteam er op {dag:%d-%m-%Y} werkte{daarna}."
