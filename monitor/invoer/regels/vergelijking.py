"""What entered rows would do to the versions that are there; the same for every kind that is entered."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

from common.vaststellen.model import OPENSTAAND, Staat, Vaststelling
from monitor.invoer.regels.toetsgegevens import lees_gesloten
from monitor.invoer.regels.twijfel import Twijfel
from monitor.invoer.regels.waarneming import Fout

GESLOTEN = "Q{kwartaal} {jaar} is gesloten. Vraag op de pagina Invoer om heropening."


class Ingevoerd(Protocol):
    """One row that could be read. A whole year has no ``kwartaal``, and ends with Q4."""

    @property
    def rij(self) -> int: ...
    @property
    def jaar(self) -> int: ...
    @property
    def kwartaal(self) -> int | None: ...
    @property
    def toelichting(self) -> str: ...
    @property
    def sleutel(self) -> tuple[Any, ...]: ...


R = TypeVar("R", bound=Ingevoerd)
V = TypeVar("V", bound=Vaststelling)


@dataclass(slots=True)
class Vergelijking(Generic[R, V]):
    """What a set of rows would do to what is there; ``twijfels`` by row, of what is new or changed.

    ``bron`` says by row where it came from, where that is more than what they all came from.
    """

    nieuw: list[R] = field(default_factory=list)
    gewijzigd: list[tuple[R, V]] = field(default_factory=list)
    gelijk: list[tuple[R, V]] = field(default_factory=list)
    fouten: list[Fout] = field(default_factory=list)
    twijfels: dict[int, list[Twijfel]] = field(default_factory=dict)
    bron: dict[int, str] = field(default_factory=dict)

    def te_schrijven(self) -> list[R]:
        return [*self.nieuw, *(rij for rij, _ in self.gewijzigd)]

    def correcties(self) -> list[tuple[R, V]]:
        """What would replace something approved."""
        return [(rij, versie) for rij, versie in self.gewijzigd if versie.staat == Staat.VASTGESTELD]

    def herzieningen(self) -> list[tuple[R, V]]:
        """What would change a version that was not approved yet."""
        return [(rij, versie) for rij, versie in self.gewijzigd if versie.staat != Staat.VASTGESTELD]

    def onbeantwoord(self) -> set[int]:
        """The rows that are doubtful and carry no remark of their own: that of what they correct is about that."""
        eerder = {rij.rij: versie.toelichting for rij, versie in self.correcties()}  # type: ignore[attr-defined]  # every kind has one
        return {
            rij.rij
            for rij in self.te_schrijven()
            if rij.rij in self.twijfels and rij.toelichting in ("", eerder.get(rij.rij))
        }

    def deel_in(self, rij: R, vorige: V | None, bezet: Fout) -> None:
        """``bezet``: why another version that waits for approval is not changed."""
        if vorige is None:
            self.nieuw.append(rij)
        elif is_gelijk(rij, vorige) and vorige.staat not in (Staat.CONCEPT, Staat.AFGEKEURD):
            self.gelijk.append((rij, vorige))
        elif vorige.staat == Staat.INGEDIEND:
            self.fouten.append(bezet)
        else:
            self.gewijzigd.append((rij, vorige))

    def meld_dubbele(self, rijen: Iterable[R], wat: str) -> None:
        eerste: dict[tuple[Any, ...], int] = {}
        for rij in rijen:
            eerder = eerste.setdefault(rij.sleutel, rij.rij)
            if eerder != rij.rij:
                self.fouten.append(Fout(rij.rij, "", f"Deze {wat} staat ook op rij {eerder}. Laat er één staan."))

    def meld_gesloten(self) -> None:
        """What would change a closed quarter; what is equal to it may be said again."""
        gesloten = lees_gesloten()
        self.fouten += [
            Fout(rij.rij, "kwartaal", GESLOTEN.format(kwartaal=rij.kwartaal or 4, jaar=rij.jaar))
            for rij in self.te_schrijven()
            if (rij.jaar, rij.kwartaal or 4) in gesloten
        ]

    def licht_toe(self, rijen: Collection[int], toelichting: str) -> None:
        """These rows get a remark; what then says exactly what is approved is no change any more."""
        self.nieuw = [_toegelicht(rij, rijen, toelichting) for rij in self.nieuw]
        paren, self.gewijzigd = self.gewijzigd, []
        for rij, versie in paren:
            self.deel_in(_toegelicht(rij, rijen, toelichting), versie, Fout(rij.rij, "", ""))


def _toegelicht(rij: R, rijen: Collection[int], toelichting: str) -> R:
    return replace(rij, toelichting=toelichting) if rij.rij in rijen else rij  # type: ignore[type-var]  # a dataclass


def is_gelijk(rij: Ingevoerd, versie: Vaststelling) -> bool:
    return all(getattr(rij, naam) == getattr(versie, naam) for naam in versie.INHOUD)


def huidige(versies: Sequence[V]) -> V | None:
    """The open version where there is one (someone's unapproved work), else the approved."""
    return next((versie for versie in versies if versie.staat in OPENSTAAND), None) or next(iter(versies), None)
