"""What a person types for a thought: from where, to where, how many. Typed text always stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from common.tekst.cijfers import celtekst
from common.tekst.getallen import GetalFout, Notatie, lees
from formatie.scenario.doorrekenen import Team
from formatie.scenario.selectors import MEESTE_KWARTALEN
from formatie.scenario.verschuiving import BUITEN, GEEN_FTE, Verschuiving, Wat

MEESTE_RIJEN = 12
MEER_DAN_EEN_DECIMAAL = "Schrijf hoogstens één decimaal, bijvoorbeeld 1,5."
TE_GROOT = "Dit is te veel: hoogstens 999 fte."
NIET_BOVEN_NUL = "Schrijf een getal boven nul. De richting kiest u bij “van” en “naar”."
GRENS = Decimal(999)
INVULVELDEN = ("van", "naar", "fte", "wijk")
GEEN_KWARTALEN = f"Schrijf een heel getal van 1 tot en met {MEESTE_KWARTALEN}."


class Naamformulier(forms.Form):
    naam = forms.CharField(
        label="Naam", max_length=80, error_messages={"required": "Geef deze wat-als-berekening een naam."}
    )


@dataclass(frozen=True)
class Vak:
    """One field as typed, with what is wrong with it."""

    id: str
    label: str
    tekst: str = ""
    fout: str = ""


@dataclass(frozen=True)
class Verschuifrij:
    """The fields of one move."""

    van: Vak
    naar: Vak
    fte: Vak
    wijk: Vak

    @property
    def leeg(self) -> bool:
        return not any(vak.tekst for vak in self.vakken)

    @property
    def vakken(self) -> tuple[Vak, ...]:
        return self.van, self.naar, self.fte, self.wijk

    @property
    def fouten(self) -> list[Vak]:
        return [vak for vak in self.vakken if vak.fout]


@dataclass
class Verschuifformulier:
    """All moves of one thought. ``verschuivingen`` holds those that can be read, ``geldig`` says whether all can."""

    wat: Wat
    teams: Sequence[Team]
    rijen: list[Verschuifrij] = field(default_factory=list)
    verschuivingen: list[Verschuiving] = field(default_factory=list)
    kwartalen: Vak = Vak("id_kwartalen", "Hoeveel kwartalen", "1")
    vooruit: int = 1

    @property
    def leeg(self) -> bool:
        return all(rij.leeg for rij in self.rijen)

    @property
    def fouten(self) -> list[Vak]:
        gevonden = [vak for rij in self.rijen for vak in rij.fouten]
        return [*gevonden, *([self.kwartalen] if self.kwartalen.fout else [])]

    @property
    def keuzes(self) -> list[tuple[str, str]]:
        """Where one can move from and to; people also from or to outside."""
        teams = [(team.code, team.naam) for team in self.teams]
        return [*teams, (BUITEN, "buiten deze teams")] if self.wat is Wat.MENSEN else teams

    def meld(self, team: str, fout: str) -> None:
        """Say at the field what cannot be: where most is taken from this team, or else brought to it."""
        raakt = [i for i, rij in enumerate(self.rijen) if rij.van.tekst == team] or [
            i for i, rij in enumerate(self.rijen) if rij.naar.tekst == team
        ]
        if raakt:
            rij = self.rijen[raakt[-1]]
            self.rijen[raakt[-1]] = replace(rij, fte=replace(rij.fte, fout=fout))


def lees_verschuivingen(wat: Wat, teams: Sequence[Team], getypt: QueryDict, *, extra: bool) -> Verschuifformulier:
    """Read what was typed; empty rows are no move. ``extra``: one more row to fill in."""
    formulier = Verschuifformulier(wat, teams)
    kolommen = [getypt.getlist(naam)[:MEESTE_RIJEN] for naam in INVULVELDEN]
    aantal = max(map(len, kolommen))
    for plek in range(aantal):
        teksten = [kolom[plek].strip() if plek < len(kolom) else "" for kolom in kolommen]
        if any(teksten):
            _lees_rij(formulier, teksten)
    if extra or not formulier.rijen:
        formulier.rijen.append(_rij(len(formulier.rijen), ["", "", "", ""], ["", "", "", ""]))
    if wat is Wat.MENSEN:
        _lees_kwartalen(formulier, getypt.get("kwartalen", "").strip() or "1")
    return formulier


def _lees_rij(formulier: Verschuifformulier, teksten: list[str]) -> None:
    codes = {code for code, _ in formulier.keuzes}
    van, naar = teksten[:2]
    fte, fte_fout = _lees_fte(teksten[2])
    wijk, wijk_fout = _lees_fte(teksten[3]) if teksten[3] else (GEEN_FTE, "")
    naar_fout = "" if naar in codes else "Kies waarheen."
    if naar in codes and naar == van:
        naar_fout = "Kies een ander team dan bij “van”."
    if not wijk_fout and not fte_fout and wijk > fte:
        wijk_fout = "Dit is meer dan er in totaal verschuift."
    fouten = ["" if van in codes else "Kies waarvandaan.", naar_fout, fte_fout, wijk_fout]
    formulier.rijen.append(_rij(len(formulier.rijen), teksten, fouten))
    if not any(fouten):
        formulier.verschuivingen.append(Verschuiving(van, naar, fte, wijk))


def _rij(nummer: int, teksten: Sequence[str], fouten: Sequence[str]) -> Verschuifrij:
    labels = ("van", "naar", "hoeveel fte", "waarvan wijkagenten (fte)")
    volgt = f", verschuiving {nummer + 1}" if nummer else ""
    vakken = zip(INVULVELDEN, labels, teksten, fouten, strict=True)
    return Verschuifrij(*(Vak(f"id_{naam}_{nummer}", f"{label}{volgt}", t, fout) for naam, label, t, fout in vakken))


def _lees_fte(tekst: str) -> tuple[Decimal, str]:
    if not tekst:
        return GEEN_FTE, "Schrijf hoeveel fte, bijvoorbeeld 1,5."
    try:
        waarde = lees(tekst, Notatie.HOEVEELHEID)
    except GetalFout as fout:
        return GEEN_FTE, str(fout)
    if waarde <= 0:
        return GEEN_FTE, NIET_BOVEN_NUL
    if waarde != waarde.quantize(Decimal("0.1")):
        return GEEN_FTE, MEER_DAN_EEN_DECIMAAL
    return (waarde, "") if waarde <= GRENS else (GEEN_FTE, TE_GROOT)


def _lees_kwartalen(formulier: Verschuifformulier, tekst: str) -> None:
    goed = tekst.isascii() and tekst.isdigit() and len(tekst) <= 2 and 1 <= int(tekst) <= MEESTE_KWARTALEN
    formulier.vooruit = int(tekst) if goed else 1
    formulier.kwartalen = replace(formulier.kwartalen, tekst=tekst, fout="" if goed else GEEN_KWARTALEN)


def als_vraag(wat: Wat, verschuivingen: Iterable[Verschuiving], vooruit: int) -> list[tuple[str, Any]]:
    """The same thought as an address."""
    vraag: list[tuple[str, Any]] = [("wat", wat.value)]
    for een in verschuivingen:
        vraag += zip(INVULVELDEN, (een.van, een.naar, celtekst(een.fte), celtekst(een.wijkagenten or "")), strict=True)
    return [*vraag, ("kwartalen", vooruit)] if wat is Wat.MENSEN else vraag
