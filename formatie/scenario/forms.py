"""What a person types for a scenario: a name, how far ahead, and four numbers per team. Typed text always stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django import forms

from common.tekst.cijfers import celtekst
from common.tekst.getallen import GetalFout, Notatie, lees
from formatie.scenario.doorrekenen import Ingreep, Team
from formatie.scenario.selectors import MEESTE_KWARTALEN

INGREEPVELDEN = (
    ("verschuiving", "Plaatsen erbij of eraf"),
    ("verschuiving_wijkagenten", "Plaatsen voor wijkagenten erbij of eraf"),
    ("instroom", "Mensen erbij of eraf per kwartaal"),
    ("instroom_wijkagenten", "Wijkagenten erbij of eraf per kwartaal"),
)
MEER_DAN_EEN_DECIMAAL = "Schrijf hoogstens één decimaal, bijvoorbeeld 1,5."
TE_GROOT = "Dit is te veel: hoogstens 999 fte."
GRENS = Decimal(999)


class Naamformulier(forms.Form):
    naam = forms.CharField(
        label="Naam", max_length=80, error_messages={"required": "Geef deze wat-als-berekening een naam."}
    )


class Kopformulier(Naamformulier):
    kwartalen = forms.IntegerField(
        label="Kwartalen vooruit",
        min_value=1,
        max_value=MEESTE_KWARTALEN,
        error_messages={"invalid": "Schrijf een heel getal.", "required": "Schrijf een heel getal."},
    )

    def alleen_lezen(self) -> None:
        """For who reads a shared thought: the fields can be reached and read, and not typed in."""
        for veld in self.fields.values():
            veld.widget.attrs["readonly"] = True


@dataclass(frozen=True)
class Vak:
    """One number of one team, as typed, with what is wrong with it."""

    naam: str
    label: str
    tekst: str
    fout: str = ""


@dataclass(frozen=True)
class Teamvakken:
    team: Team
    vakken: Sequence[Vak]


@dataclass
class Ingrepenformulier:
    """The numbers of all teams: ``ingrepen`` holds those that can be read, ``geldig`` says whether all can."""

    rijen: list[Teamvakken] = field(default_factory=list)
    ingrepen: dict[str, Ingreep] = field(default_factory=dict)

    @property
    def geldig(self) -> bool:
        return not any(vak.fout for rij in self.rijen for vak in rij.vakken)


def lees_ingrepen(teams: Sequence[Team], getypt: Mapping[str, str]) -> Ingrepenformulier:
    """Read what was typed; an empty field is no change."""
    formulier = Ingrepenformulier()
    for team in teams:
        vakken, waarden = [], {}
        for veld, label in INGREEPVELDEN:
            naam = f"{team.code}-{veld}"
            tekst = getypt.get(naam, "").strip()
            waarden[veld], fout = _lees(tekst)
            vakken.append(Vak(naam, f"{label}, {team.naam}", tekst, fout))
        formulier.rijen.append(Teamvakken(team, vakken))
        formulier.ingrepen[team.code] = Ingreep(**waarden)
    return formulier


def als_getypt(ingrepen: Mapping[str, Ingreep]) -> dict[str, str]:
    """The kept numbers as the fields show them; no change is an empty field."""
    return {
        f"{code}-{veld}": celtekst(getattr(ingreep, veld))
        for code, ingreep in ingrepen.items()
        for veld, _ in INGREEPVELDEN
        if getattr(ingreep, veld)
    }


def _lees(tekst: str) -> tuple[Decimal, str]:
    if not tekst:
        return Decimal(0), ""
    try:
        waarde = lees(tekst, Notatie.HOEVEELHEID)
    except GetalFout as fout:
        return Decimal(0), str(fout)
    if waarde != waarde.quantize(Decimal("0.1")):
        return Decimal(0), MEER_DAN_EEN_DECIMAAL
    return (waarde, "") if abs(waarde) <= GRENS else (Decimal(0), TE_GROOT)
