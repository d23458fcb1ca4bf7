"""The course of places and people over quarters, as it is drawn and as its table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from common.tekst.cijfers import fte, fte_in_woorden
from common.tekst.periode import Kwartaal
from formatie.bezetting.sommen import Mensen, Sleutel, Stand, tel_mensen_op
from formatie.bezetting.voor_lezer import SOORTEN, Bezet
from formatie.district.zinnen import verschilwoorden
from formatie.plan.rijen import Cel

KOPPEN = ("Kwartaal", "Formatie (fte)", "Bezetting (fte)", "Opmerking")
_ONBEKEND = "–"


@dataclass(frozen=True)
class Verloop:
    """One place through the quarters; a quarter without people is a gap, one without a plan has no places."""

    code: str
    naam: str
    kwartalen: tuple[Kwartaal, ...]
    standen: tuple[Stand, ...]
    voorlopig: frozenset[Kwartaal] = frozenset()

    @property
    def leeg(self) -> bool:
        """Nothing to draw: places alone are in the table of the plan already."""
        return all(stand.bezetting is None for stand in self.standen)

    @property
    def rijen(self) -> list[tuple[str, ...]]:
        """Exactly the plotted numbers."""
        paren = zip(self.kwartalen, self.standen, strict=True)
        return [(k.leesbaar, _cijfer(s.formatie), _cijfer(s.bezetting), self._noot(k, s)) for k, s in paren]

    def _noot(self, kwartaal: Kwartaal, stand: Stand) -> str:
        noten = []
        if stand.formatie is None:
            noten.append("geen plan")
        if stand.bezetting is None:
            noten.append("geen volledige bezetting")
        elif kwartaal in self.voorlopig:
            noten.append("voorlopig")
        if kwartaal in self.stappen:
            noten.append("plan gewijzigd")
        return ", ".join(noten)

    @property
    def stappen(self) -> set[Kwartaal]:
        """The quarters in which the places differ from those of the quarter before."""
        paren = zip(self.kwartalen[1:], self.standen[1:], self.standen, strict=False)
        return {k for k, nu, toen in paren if nu.formatie != toen.formatie and None not in (nu.formatie, toen.formatie)}

    @property
    def conclusie(self) -> str:
        """From the first to the last quarter that is known, in one sentence."""
        bekend = [(k, s) for k, s in zip(self.kwartalen, self.standen, strict=True) if s.bezetting is not None]
        if not bekend:
            return "Er is geen vastgestelde bezetting in deze kwartalen."
        (eerste, begin), (laatste, eind) = bekend[0], bekend[-1]
        slot = "" if eind.verschil is None else f", {verschilwoorden(eind.verschil)}"
        if len(bekend) == 1 or begin.bezetting is None or eind.bezetting is None:
            return f"In {laatste.leesbaar} {_cijfer(eind.bezetting)} fte{slot}."
        van = f"Van {fte_in_woorden(begin.bezetting)} in {eerste.leesbaar}"
        return f"{van} naar {fte(eind.bezetting)} in {laatste.leesbaar}{slot}."


def _cijfer(waarde: Decimal | None) -> str:
    return _ONBEKEND if waarde is None else fte(waarde)


def gelijke_as(verlopen: Iterable[Verloop]) -> tuple[Decimal, Decimal]:
    """The lowest and highest number of charts that share one axis."""
    standen = chain.from_iterable(verloop.standen for verloop in verlopen)
    alle = [waarde for stand in standen for waarde in (stand.formatie, stand.bezetting) if waarde is not None]
    return (min(alle), max(alle)) if alle else (Decimal(0), Decimal(1))


AANTAL_KWARTALEN = 16
"""Four years: as long as a plan usually lasts, and as much as a small chart can hold."""


@dataclass(frozen=True)
class Koers:
    """Per quarter what the plan then in force gives, and who were there."""

    code: str
    plaatsen: Mapping[Kwartaal, Mapping[Sleutel, Decimal]]
    bezet: Bezet

    @property
    def kwartalen(self) -> tuple[Kwartaal, ...]:
        return tuple(sorted(self.plaatsen))

    def delen(self, kwartaal: Kwartaal) -> dict[Sleutel, Decimal]:
        """The places of the plan that people are reported for."""
        return {plek: fte for plek, fte in self.plaatsen[kwartaal].items() if plek[1] in SOORTEN}

    def mensen(self, kwartaal: Kwartaal) -> Mensen:
        """Of the whole district."""
        if not self.bezet.ziet_teams:
            return self.bezet.opgeteld.get(kwartaal, Mensen())
        return tel_mensen_op(self.delen(kwartaal), self.bezet.van(kwartaal))

    def stand(self, kwartaal: Kwartaal) -> Stand:
        """The whole district: the total as printed, beside everybody who works there."""
        return Stand(self.plaatsen[kwartaal].get((self.code, Cel.TOTAAL)), self.mensen(kwartaal).fte)

    def stand_van(self, plek: Sleutel, kwartaal: Kwartaal) -> Stand:
        return Stand(self.plaatsen[kwartaal].get(plek), self._mensen_van(plek, kwartaal).fte)

    def _mensen_van(self, plek: Sleutel, kwartaal: Kwartaal) -> Mensen:
        return self.bezet.van(kwartaal).get(plek, Mensen())

    def verloop(self, naam: str) -> Verloop:
        kwartalen = self.kwartalen
        voorlopig = frozenset(k for k in kwartalen if self.mensen(k).voorlopig)
        return Verloop(self.code, naam, kwartalen, tuple(self.stand(k) for k in kwartalen), voorlopig)

    def teams(self, namen: Mapping[str, str]) -> list[Verloop]:
        """The course of each team that had people or places in these quarters, in the order of ``namen``."""
        plekken = [(code, str(Cel.BASISTEAM)) for code in namen if code != self.code]
        verlopen = [self._verloop_van(plek, namen[plek[0]]) for plek in plekken]
        return [verloop for verloop in verlopen if not verloop.leeg]

    def _verloop_van(self, plek: Sleutel, naam: str) -> Verloop:
        kwartalen = self.kwartalen
        voorlopig = frozenset(k for k in kwartalen if self._mensen_van(plek, k).voorlopig)
        return Verloop(plek[0], naam, kwartalen, tuple(self.stand_van(plek, k) for k in kwartalen), voorlopig)

    def verandering(self, namen: Mapping[str, str], nu: Kwartaal, toen: Kwartaal) -> list[tuple[str, Decimal | None]]:
        """Per part how many people came or went between two quarters."""
        plekken = dict.fromkeys([*self.delen(nu), *self.bezet.van(nu)])
        return [
            (self._naam(plek, namen), _anders(self.stand_van(plek, nu), self.stand_van(plek, toen))) for plek in plekken
        ]

    def _naam(self, plek: Sleutel, namen: Mapping[str, str]) -> str:
        return namen.get(plek[0], plek[0]) if plek[1] == Cel.BASISTEAM else Cel(plek[1]).label.lower()


def _anders(nu: Stand, toen: Stand) -> Decimal | None:
    return None if nu.bezetting is None or toen.bezetting is None else nu.bezetting - toen.bezetting
