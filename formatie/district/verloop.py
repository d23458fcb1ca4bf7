"""The course of places and people over quarters, as it is drawn and as its table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from common.tekst.cijfers import fte, fte_in_woorden, met_teken
from common.tekst.periode import Kwartaal
from formatie.bezetting.plekken import Erfgenamen
from formatie.bezetting.sommen import Mensen, Sleutel, Stand, met_plaatsen, som, tel_mensen_op
from formatie.bezetting.voor_lezer import SOORTEN, Bezet
from formatie.district.soort import ALLES, Personeelsoort
from formatie.district.zinnen import verschilwoorden
from formatie.plan.rijen import Cel

KOPPEN = ("Kwartaal", "Formatie (fte)", "Bezetting (fte)", "Verschil (fte)", "Opmerking")
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
        return [
            (k.leesbaar, _cijfer(s.formatie), _cijfer(s.bezetting), _verschil(s.verschil), self._noot(k, s))
            for k, s in paren
        ]

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


def _verschil(waarde: Decimal | None) -> str:
    return _ONBEKEND if waarde is None else met_teken(fte(waarde), waarde)


def gelijke_assen(verlopen: Iterable[Verloop]) -> list[tuple[Decimal, Decimal]]:
    """Per chart its lowest and highest number: each around its own course, all as long as the longest.

    So a distance of one fte is as high in each of them, however many people a team has.
    """
    grenzen = [_grenzen(verloop) for verloop in verlopen]
    lengte = max((hoog - laag for laag, hoog in grenzen), default=Decimal(0)) or Decimal(1)
    bodems = [max((laag + hoog - lengte) / 2, min(laag, Decimal(0))) for laag, hoog in grenzen]
    return [(bodem, bodem + lengte) for bodem in bodems]


def _grenzen(verloop: Verloop) -> tuple[Decimal, Decimal]:
    alle = [w for stand in verloop.standen for w in (stand.formatie, stand.bezetting) if w is not None]
    return (min(alle), max(alle)) if alle else (Decimal(0), Decimal(1))


AANTAL_KWARTALEN = 16
"""Four years: as long as a plan usually lasts, and as much as a small chart can hold."""


@dataclass(frozen=True)
class Koers:
    """Per quarter what the plan then in force gives, and who were there."""

    code: str
    plaatsen: Mapping[Kwartaal, Mapping[Sleutel, Decimal]]
    bezet: Bezet
    erfgenamen: Erfgenamen = field(default_factory=lambda: Erfgenamen(wisselt=False))

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
        return tel_mensen_op(self.gevraagd(kwartaal), self.bezet.van(kwartaal))

    def gevraagd(self, kwartaal: Kwartaal) -> list[Sleutel]:
        """The places of which people are asked at the end of a quarter."""
        return self.erfgenamen.plekken(met_plaatsen(self.delen(kwartaal)), kwartaal.einde())

    def stand(self, kwartaal: Kwartaal, soort: Personeelsoort = ALLES) -> Stand:
        """The whole district: the total as printed, beside everybody of this kind who works there."""
        return Stand(self.plaatsen[kwartaal].get((self.code, soort.geheel)), self._van_soort(kwartaal, soort))

    def _van_soort(self, kwartaal: Kwartaal, soort: Personeelsoort) -> Decimal | None:
        """Only teams have wijkagenten: no other part needs to have reported them."""
        if not soort.alleen_teams or not self.bezet.ziet_teams:
            return soort.van(self.mensen(kwartaal))
        teams = [code for code, waar in self.plaatsen[kwartaal] if waar == soort.cel and code != self.code]
        return som(soort.van(self._mensen_van((code, Cel.BASISTEAM), kwartaal)) for code in teams)

    def stand_van(self, plek: Sleutel, kwartaal: Kwartaal, soort: Personeelsoort = ALLES) -> Stand:
        plaats = (plek[0], soort.cel) if plek[1] == Cel.BASISTEAM else plek if soort is ALLES else ("", "")
        return Stand(self.plaatsen[kwartaal].get(plaats), soort.van(self._mensen_van(plek, kwartaal)))

    def _mensen_van(self, plek: Sleutel, kwartaal: Kwartaal) -> Mensen:
        return self.bezet.van(kwartaal).get(plek, Mensen())

    def verloop(self, naam: str, soort: Personeelsoort = ALLES) -> Verloop:
        kwartalen = self.kwartalen
        voorlopig = frozenset(k for k in kwartalen if self.mensen(k).voorlopig)
        return Verloop(self.code, naam, kwartalen, tuple(self.stand(k, soort) for k in kwartalen), voorlopig)

    def verlopen(self, plekken: Iterable[tuple[Sleutel, str]], soort: Personeelsoort = ALLES) -> list[Verloop]:
        """The course of each of these places, with its name, that had people in these quarters."""
        verlopen = [self._verloop_van(plek, naam, soort) for plek, naam in plekken]
        return [verloop for verloop in verlopen if not verloop.leeg]

    def _verloop_van(self, plek: Sleutel, naam: str, soort: Personeelsoort) -> Verloop:
        kwartalen = self.kwartalen
        voorlopig = frozenset(k for k in kwartalen if self._mensen_van(plek, k).voorlopig)
        standen = tuple(self.stand_van(plek, k, soort) for k in kwartalen)
        return Verloop(plek[0], naam, kwartalen, standen, voorlopig)

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
