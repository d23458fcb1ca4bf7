"""The course of a district and its teams over the last quarters, each with the plan then in force. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from common.tekst.periode import Kwartaal
from formatie.bezetting.bezet import Mensen, Sleutel, Stand, tel_op
from formatie.bezetting.voor_lezer import SOORTEN, Bezet
from formatie.district.verloop import Verloop
from formatie.plan.rijen import Cel

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
        return tel_op(self.delen(kwartaal), self.bezet.van(kwartaal))

    def stand(self, kwartaal: Kwartaal) -> Stand:
        """The whole district: the total as printed, beside everybody who works there."""
        return Stand(self.plaatsen[kwartaal].get((self.code, Cel.TOTAAL)), self.mensen(kwartaal).fte)

    def stand_van(self, plek: Sleutel, kwartaal: Kwartaal) -> Stand:
        mensen = self.bezet.van(kwartaal).get(plek, Mensen())
        return Stand(self.plaatsen[kwartaal].get(plek), mensen.fte)

    def verloop(self, naam: str) -> Verloop:
        kwartalen = self.kwartalen
        return Verloop(self.code, naam, kwartalen, tuple(self.stand(kwartaal) for kwartaal in kwartalen))

    def teams(self, namen: Mapping[str, str]) -> list[Verloop]:
        """The course of each team that had people or places in these quarters, in the order of ``namen``."""
        plekken = [(code, str(Cel.BASISTEAM)) for code in namen if code != self.code]
        verlopen = [
            Verloop(plek[0], namen[plek[0]], self.kwartalen, tuple(self.stand_van(plek, k) for k in self.kwartalen))
            for plek in plekken
        ]
        return [verloop for verloop in verlopen if not verloop.leeg]

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
