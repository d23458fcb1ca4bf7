"""What can be chosen on the page, what a choice stands for, and the questions that were kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import User
from common.pagina.peildatum import Uitgelegd
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.dashboards.indicator.teams import boomvolgorde
from monitor.dashboards.keuze import Blik
from monitor.dashboards.verkennen.reeksen import Reekskeuze
from monitor.dashboards.verkennen.vraag import (
    MEESTE_INDICATOREN,
    MEESTE_JAREN,
    MEESTE_ONDERDELEN,
    Opzet,
    Verkenvraag,
)
from monitor.models import Indicator, Monitorregel, Verkenning

DISTRICTEN, TEAMS, TEAMS_VAN = "districten", "teams", "teams-"
_PRIO1, _PRIO2 = "indicator=aanrijdtijd-prio1", "indicator=aanrijdtijd-prio2"
BEGIN_MET = (
    ("Prio 1 van alle teams", f"{_PRIO1}&onderdeel=teams&als=naast"),
    ("Prio 1 per district, over de tijd", f"{_PRIO1}&onderdeel=districten"),
    ("Prio 1 tegen prio 2, per team", f"{_PRIO1}&{_PRIO2}&onderdeel=teams&als=tegen"),
    ("Waardebeslag per jaar", "indicator=waardebeslag&per=jaar"),
    ("Bezetting min formatie per district", "indicator=formatie-bezetting&onderdeel=districten&als=naast"),
    ("Ziekteverzuim per district", "indicator=ziekteverzuim&onderdeel=districten"),
)
"""Questions that many have: each a link, as far as its indicators are there."""


@dataclass(frozen=True)
class Aanbod:
    """``groepen`` are the indicators under the theme that prints them, ``onderdelen`` the unit and what is below it."""

    blik: Blik
    groepen: Mapping[str, Sequence[Indicator]]
    onderdelen: Mapping[str, Onderdeel]

    @cached_property
    def indicatoren(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for groep in self.groepen.values() for indicator in groep}

    @property
    def teams(self) -> list[Onderdeel]:
        return [o for o in self.onderdelen.values() if o.soort == Onderdeel.Soort.BASISTEAM]

    @property
    def districten(self) -> list[Onderdeel]:
        return [o for o in self.onderdelen.values() if o.soort == Onderdeel.Soort.DISTRICT]

    @cached_property
    def plekken(self) -> dict[str, list[Onderdeel]]:
        """What each choice of onderdelen stands for."""
        van = {f"{TEAMS_VAN}{d.code}": [t for t in self.teams if t.ouder_id == d.pk] for d in self.districten}
        groepen = {DISTRICTEN: self.districten, TEAMS: self.teams, **van}
        return {code: [o] for code, o in self.onderdelen.items()} | {naam: o for naam, o in groepen.items() if o}

    @property
    def groepnamen(self) -> list[tuple[str, str]]:
        """The groups that can be chosen at once, as people call them."""
        vast = {DISTRICTEN: "Alle districten", TEAMS: "Alle teams"}
        van = {f"{TEAMS_VAN}{d.code}": f"Alle teams van district {d}" for d in self.districten}
        return [(code, naam) for code, naam in (vast | van).items() if code in self.plekken]

    @property
    def boom(self) -> list[tuple[str, list[Onderdeel]]]:
        """The unit and each district with its teams, one by one."""
        delen = [(f"District {d}", [d, *(t for t in self.teams if t.ouder_id == d.pk)]) for d in self.districten]
        return [("Eenheid", [self.blik.eenheid]), *delen]

    @property
    def kwartalen(self) -> list[Kwartaal]:
        """Those that can be chosen, the latest first."""
        eerste, laatste = self.blik.begin, self.blik.reikwijdte[1]
        return [Kwartaal.van_index(index) for index in range(laatste.index, eerste.index - 1, -1)]

    def vanaf(self, vraag: Verkenvraag) -> Kwartaal:
        return vraag.vanaf or min(self.blik.agenda.kwartalen[0], self.tot(vraag))

    def tot(self, vraag: Verkenvraag) -> Kwartaal:
        return vraag.tot or self.blik.vanzelf

    def gekozen(self, vraag: Verkenvraag) -> list[Onderdeel]:
        """The onderdelen of a question, each once, as they lie; the unit where none was chosen."""
        codes = {o.code for plek in vraag.plekken for o in self.plekken[plek]} or {self.blik.eenheid.code}
        return [o for code, o in self.onderdelen.items() if code in codes]

    def reekskeuze(self, vraag: Verkenvraag) -> Reekskeuze:
        codes = tuple(o.code for o in self.gekozen(vraag))
        return Reekskeuze(vraag.indicatoren, codes, self.vanaf(vraag), self.tot(vraag))

    def keur(self, vraag: Verkenvraag) -> None:
        """Raises Uitgelegd for what does not exist: an indicator, an onderdeel, a quarter."""
        _, weg = vraag.binnen(set(self.indicatoren), set(self.plekken))
        if weg:
            raise Uitgelegd(f"“{weg[0][:60]}” is hier niet. Kies een indicator en een onderdeel uit de lijst.")
        eerste, laatste = self.kwartalen[-1], self.kwartalen[0]
        if buiten := [k for k in (vraag.vanaf, vraag.tot) if k and not eerste <= k <= laatste]:
            bereik = f"van {eerste.leesbaar} tot en met {laatste.leesbaar}"
            raise Uitgelegd(f"Over {buiten[0].leesbaar} is hier niets te zien. Kies een kwartaal {bereik}.")

    def bezwaar(self, vraag: Verkenvraag) -> str:
        """Why a choice that can be made gives no picture, and what to choose; empty where it does."""
        vanaf, tot, onderdelen = self.vanaf(vraag), self.tot(vraag), self.gekozen(vraag)
        if not vraag.indicatoren:
            return "Kies ten minste één indicator."
        if len(vraag.indicatoren) > MEESTE_INDICATOREN:
            return f"U koos {len(vraag.indicatoren)} indicatoren. Kies er hoogstens {MEESTE_INDICATOREN}."
        if len(onderdelen) > MEESTE_ONDERDELEN:
            return f"U koos {len(onderdelen)} onderdelen. Kies er hoogstens {MEESTE_ONDERDELEN}."
        if tot < vanaf:
            return f"De periode begint in {vanaf.leesbaar}, na het eind in {tot.leesbaar}. Kies een eerder begin."
        if tot.index - vanaf.index >= MEESTE_JAREN * 4:
            return f"De periode is langer dan {MEESTE_JAREN} jaar. Kies een later begin of een eerder eind."
        if vraag.opzet == Opzet.TEGEN and len(vraag.indicatoren) != 2:
            return "Kies precies twee indicatoren om ze tegen elkaar te zetten."
        return ""

    def begin_met(self) -> list[tuple[str, str]]:
        """Name and question of what to begin with."""
        return [
            (naam, vraag)
            for naam, vraag in BEGIN_MET
            if all(d.removeprefix("indicator=") in self.indicatoren for d in vraag.split("&") if d[:10] == "indicator=")
        ]


def get_aanbod(blik: Blik) -> Aanbod:
    """Two queries, whatever there is."""
    regels = Monitorregel.objects.filter(agenda__in=blik.agendas).select_related("indicator", "thema")
    groepen: dict[str, list[Indicator]] = {}
    gezien: set[int] = set()
    for regel in regels.order_by("-agenda__begin_jaar", "volgorde", "pk"):
        if regel.indicator_id not in gezien:
            groepen.setdefault(regel.thema.naam, []).append(
                blik.definities.in_jaar(regel.indicator, blik.kwartaal.jaar)
            )
            gezien.add(regel.indicator_id)
    return Aanbod(blik, groepen, {o.code: o for o in [blik.eenheid, *_hieronder(blik.eenheid)]})


def _hieronder(eenheid: Onderdeel) -> list[Onderdeel]:
    """Districts and their teams, each team under its district."""
    district = Q(soort=Onderdeel.Soort.DISTRICT, ouder=eenheid)
    team = Q(soort=Onderdeel.Soort.BASISTEAM, ouder__ouder=eenheid)
    return sorted(Onderdeel.objects.filter(district | team).select_related("ouder"), key=boomvolgorde)


def get_verkenningen(user: User) -> QuerySet[Verkenning]:
    """What this person kept, and what others share."""
    return Verkenning.objects.filter(Q(eigenaar=user) | Q(gedeeld=True)).select_related("eigenaar")


def get_verkenning(user: User, nummer: int) -> Verkenning:
    """One of these; raises Http404."""
    gevonden = get_verkenningen(user).filter(pk=nummer).first()
    if gevonden is None:
        raise Http404
    return gevonden
