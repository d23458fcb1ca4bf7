"""What should be, in plain Python: places with an approved and an open figure, typed text, and quarters that close.

Each ``mag_…`` says what the act should end in: "" when it succeeds, else the name of the refusal.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ANALISTEN, VASTSTELLERS = {"anna", "bas", "beide"}, {"vera", "wim", "beide"}
PERSONEN = sorted(ANALISTEN | VASTSTELLERS)
TEAMS, KWARTALEN = ("A1", "A2"), (1, 2)
Plek = tuple[str, int]  # team, quarter of 2025
PLEKKEN: list[Plek] = [(team, kwartaal) for team in TEAMS for kwartaal in KWARTALEN]


@dataclass
class Open:
    """A version that nobody approved; ``nummer`` tells one version of a place from another."""

    waarde: int
    staat: str
    auteur: str
    nummer: int


@dataclass
class Plaats:
    geldend: int | None = None
    open: Open | None = None
    tekst: str = ""
    versie: int = 0


@dataclass
class Sluiting:
    door: str
    gevraagd_door: str = ""


@dataclass
class Model:
    plaatsen: dict[Plek, Plaats] = field(default_factory=lambda: {plek: Plaats() for plek in PLEKKEN})
    gesloten: dict[int, Sluiting] = field(default_factory=dict)
    nummer: int = 0

    # typed text

    def bewaar(self, plek: Plek, wie: str, tekst: str, gezien: int) -> str:
        plaats = self.plaatsen[plek]
        if wie not in ANALISTEN:
            return "NietToegestaan"
        if plek[1] in self.gesloten:
            return "KwartaalGesloten"
        if plaats.open and plaats.open.staat == "ingediend":
            return "geweigerd"
        if tekst == plaats.tekst:
            return "gelijk"
        if gezien != plaats.versie:
            return "conflict"
        plaats.tekst, plaats.versie = tekst, plaats.versie + 1
        return "bewaard"

    def _ruim_op(self, plaats: Plaats) -> None:
        if plaats.tekst:
            plaats.tekst, plaats.versie = "", plaats.versie + 1

    # from figure to approved figure

    def dien_in(self, plek: Plek, wie: str, waarde: int) -> str:
        plaats = self.plaatsen[plek]
        if wie not in ANALISTEN:
            return "NietToegestaan"
        if plaats.open and plaats.open.staat == "ingediend":
            gelijk = plaats.open.waarde == waarde
        else:
            gelijk = plaats.open is None and plaats.geldend == waarde
        if not gelijk and (plek[1] in self.gesloten or (plaats.open and plaats.open.staat == "ingediend")):
            return "InvoerFout"
        if not gelijk:
            self.nummer += plaats.open is None
            plaats.open = Open(waarde, "ingediend", wie, plaats.open.nummer if plaats.open else self.nummer)
        self._ruim_op(plaats)
        return ""

    def besluit(self, wat: str, plek: Plek, wie: str, gezien: Open) -> str:
        """Approve, send back or take back what someone saw."""
        plaats = self.plaatsen[plek]
        if wie not in (ANALISTEN if wat == "neem_terug" else VASTSTELLERS):
            return "NietToegestaan"
        if plek[1] in self.gesloten:
            return "KwartaalGesloten"
        nu = plaats.open
        if not nu or nu.staat != "ingediend" or (nu.nummer, nu.waarde) != (gezien.nummer, gezien.waarde):
            return "Verouderd"
        if (wat == "neem_terug") != (nu.auteur == wie):
            return "NietToegestaan"  # of oneself one takes back; on another's one decides
        if wat == "stel_vast":
            plaats.geldend, plaats.open = nu.waarde, None
        else:
            nu.staat = "afgekeurd" if wat == "stuur_terug" else "concept"
        return ""

    # quarters

    def sluit(self, kwartaal: int, wie: str) -> str:
        if wie not in VASTSTELLERS:
            return "NietToegestaan"
        van_kwartaal = [p for (_, k), p in self.plaatsen.items() if k == kwartaal]
        if kwartaal in self.gesloten or any(p.open or p.tekst for p in van_kwartaal):
            return "Geweigerd"
        self.gesloten[kwartaal] = Sluiting(wie)
        return ""

    def vraag_heropening(self, kwartaal: int, wie: str) -> str:
        sluiting = self.gesloten.get(kwartaal)
        if sluiting is None or sluiting.gevraagd_door:
            return "Geweigerd"
        sluiting.gevraagd_door = wie
        return ""

    def heropen(self, kwartaal: int, wie: str) -> str:
        if wie not in VASTSTELLERS:
            return "NietToegestaan"
        sluiting = self.gesloten.get(kwartaal)
        if sluiting is None or not sluiting.gevraagd_door:
            return "Geweigerd"
        if wie in (sluiting.door, sluiting.gevraagd_door):
            return "NietToegestaan"
        del self.gesloten[kwartaal]
        return ""

    def doelbereik(self) -> dict[tuple[str, int], tuple[int | None, int | None]]:
        """Of the quarter itself and of the year up to it: of each team, and of all of them together."""
        uit: dict[tuple[str, int], tuple[int | None, int | None]] = {}
        for naam, teams in {**{team: (team,) for team in TEAMS}, "A": TEAMS, "RE07": TEAMS}.items():
            tot_nu: list[int] = []
            for kwartaal in KWARTALEN:
                nu = [w for team in teams if (w := self.plaatsen[team, kwartaal].geldend) is not None]
                tot_nu += nu
                uit[naam, kwartaal] = (sum(nu) if nu else None, sum(tot_nu) if tot_nu else None)
        return uit
