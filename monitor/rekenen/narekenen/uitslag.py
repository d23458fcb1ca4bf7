"""What came of computing the figures by another road. Without pandas, for who only reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

RIJ_WEG, RIJ_TE_VEEL = "rij ontbreekt", "rij te veel"


@dataclass(frozen=True, slots=True)
class Rekenverschil:
    """One field that differs, by its codes; ``veld`` says so where a whole row is missing, or one too many is there."""

    indicator: str
    onderdeel: str
    jaar: int
    kwartaal: int
    veld: str
    opgeslagen: str
    nagerekend: str

    @property
    def waar(self) -> str:
        return f"{self.indicator}, {self.onderdeel}, Q{self.kwartaal} {self.jaar}"

    def __str__(self) -> str:
        if self.veld in (RIJ_WEG, RIJ_TE_VEEL):
            return f"{self.waar}: {self.veld}"
        return f"{self.waar}: {self.veld} is {self.opgeslagen or 'leeg'}, nagerekend {self.nagerekend or 'leeg'}"


@dataclass(frozen=True, slots=True)
class Narekening:
    """What was compared, what differs, and the codes of the indicators that were being recomputed just then."""

    rijen: int
    indicatoren: int
    verschillen: Sequence[Rekenverschil]
    wachtend: Sequence[str]

    @property
    def in_woorden(self) -> str:
        """For the foot of a page: after "Cijfers nagerekend op …:"."""
        aantal = len(self.verschillen)
        delen = [("1 verschil" if aantal == 1 else f"{aantal} verschillen") if aantal else "geen verschillen"]
        if self.wachtend:
            een = len(self.wachtend) == 1
            wie = "1 indicator wordt" if een else f"{len(self.wachtend)} indicatoren worden"
            delen.append(f"{wie} nog berekend")
        return "; ".join(delen)
