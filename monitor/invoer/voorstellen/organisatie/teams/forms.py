"""The form on which a change of teams is proposed: first typed, then read what follows from it, then proposed."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from common.tekst.periode import Kwartaal
from formatie.bezetting.plekken import get_basisteams
from formatie.bijhouden import opvolging
from formatie.bijhouden.opvolging import MEESTE_OPVOLGERS, Basisteam, Opvolger, Teamwijziging, Verandering
from formatie.bijhouden.organisatie import (
    Aanhang,
    aanhang,
    gaan_naar,
    get_districtnamen,
    get_gebieden_van,
    in_het_kort,
    teamrijen_van,
)
from formatie.models import Organisatiebesluit, Werkgebied
from monitor.invoer.voorstellen.organisatie.forms import Bijhoudformulier, datumveld, lees_dag

ALLE = "alle"
_GAAT_DOOR = {Verandering.SPLITSEN: MEESTE_OPVOLGERS, Verandering.SAMENVOEGEN: 1, Verandering.BEGINNEN: 1}
"""How many teams can be named that go on, of the kinds that ask for them."""
_VAN_EEN = (Verandering.SPLITSEN, Verandering.HERNOEMEN)
_WIE = {
    Verandering.SPLITSEN: "Welk team wordt gesplitst?",
    Verandering.SAMENVOEGEN: "Welke teams gaan samen?",
    Verandering.HERNOEMEN: "Welk team gaat anders heten?",
    Verandering.BEEINDIGEN: "Welk team houdt op?",
}


class Teamformulier(Bijhoudformulier):
    """What changes of teams from a day, and who goes on; only the fields that the kind of change asks for."""

    kop, knop = "Stel een wijziging voor", "Bekijk wat er gebeurt"
    field_order = ("soort", "van", "naam", "vanaf", "district")
    naast = ("vanaf", "district")
    vanafveld = "vanaf"

    soort = forms.ChoiceField(widget=forms.HiddenInput, choices=[(een.value, een.label) for een in Verandering])
    van = forms.MultipleChoiceField(label="Basisteam of teams", widget=forms.CheckboxSelectMultiple)
    naam = forms.CharField(label="Nieuwe naam", max_length=120)
    vanaf = datumveld(
        "Vanaf", "De eerste dag van de nieuwe indeling. Kies bij voorkeur de eerste dag van een kwartaal."
    )
    district = forms.ChoiceField(
        label="District",
        help_text="Waar een nieuw team onder valt. Leeg: onder het district van het team waaruit het komt.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = get_basisteams()
        self.districten = get_districtnamen()
        nu = [(team.code, str(team)) for team in self.teams.values() if team.tot is None]
        self.fields["van"].choices = nu  # type: ignore[attr-defined]  # a field with choices
        self.fields["van"].label = _WIE.get(self.verandering) if self.verandering else None
        districten = [(code, f"{code} {naam}") for code, naam in self.districten.items()]
        self.fields["district"].choices = [("", "Kies"), *districten]  # type: ignore[attr-defined]  # as above
        self._maak_passend()

    @property
    def verandering(self) -> Verandering | None:
        """The kind that was chosen, or None."""
        gekozen = (self.data if self.is_bound else self.initial).get("soort", "")
        return Verandering(gekozen) if gekozen in set(map(str, Verandering)) else None

    @property
    def veranderingen(self) -> list[Verandering]:
        return list(Verandering)

    @property
    def is_van_een(self) -> bool:
        return self.verandering in _VAN_EEN

    def _maak_passend(self) -> None:
        """Leave out what is not of this kind of change, and add two fields per team that can go on."""
        soort = self.verandering
        weg = {
            "van": soort is Verandering.BEGINNEN,
            "naam": soort is not Verandering.HERNOEMEN,
            "district": soort not in _GAAT_DOOR,
        }
        for veld in [veld for veld, is_weg in weg.items() if is_weg]:
            del self.fields[veld]
        for nummer in range(1, self._aantal_opvolgers() + 1):
            for veld, label in (("code", "Code"), ("naam", "Naam")):
                self.fields[f"{veld}_{nummer}"] = forms.CharField(label=f"{label} van team {nummer}", required=False)
        if self.is_bound:
            self.data = self._aangesloten()

    def _aantal_opvolgers(self) -> int:
        return _GAAT_DOOR.get(self.verandering, 0) if self.verandering else 0

    def _aangesloten(self) -> Any:
        """What was typed, without empty rows between the teams that go on: row and team then have one number."""
        getypt = self.data.copy()  # type: ignore[attr-defined]  # what a request posted
        kan = self._aantal_opvolgers()
        for nummer, (code, naam) in enumerate([*self._opvolgers(), *[("", "")] * kan][:kan], 1):
            getypt[f"code_{nummer}"], getypt[f"naam_{nummer}"] = code, naam
        return getypt

    def _opvolgers(self) -> list[tuple[str, str]]:
        """Code and name of each team that goes on."""
        velden = [[f"code_{nummer}", f"naam_{nummer}"] for nummer in range(1, self._aantal_opvolgers() + 1)]
        rijen = [[str(self.data.get(veld, "")).replace("\x00", "").strip() for veld in rij] for rij in velden]
        return [(code, naam) for code, naam in rijen if code or naam]

    @staticmethod
    def begin(gevraagd: Mapping[str, str], dag: date) -> dict[str, Any]:
        vanaf = Kwartaal.van(dag).volgende().begin()
        return {"soort": gevraagd.get("wat", ""), "vanaf": vanaf.isoformat(), "van": [gevraagd.get("team", "")]}

    @staticmethod
    def uit(besluit: Organisatiebesluit) -> dict[str, Any]:
        rij = besluit.rijen["verandering"][0]
        naar = enumerate(zip(rij["naar"], rij["namen"], strict=True), 1)
        velden = {
            f"{veld}_{nr}": tekst for nr, paar in naar for veld, tekst in zip(("code", "naam"), paar, strict=True)
        }
        return {**rij, **velden}

    def voorstel(self) -> dict[str, Any]:
        getypt = self.getypt
        wijziging = self.wijziging
        rijen = (
            teamrijen_van(wijziging, self._verdeling(), getypt["bron"])
            if wijziging
            else {"verandering": [self._ruw()], "werkgebied": []}
        )
        return {"rijen": rijen, **self._kop(getypt["vanaf"])}

    @property
    def wijziging(self) -> Teamwijziging | None:
        """What was typed as a change; None while its kind or day cannot be read."""
        getypt, dag = self.getypt, lees_dag(self.getypt["vanaf"])
        if dag is None or self.verandering is None:
            return None
        return Teamwijziging(
            self.verandering,
            dag,
            tuple(een for een in self.data.getlist("van") if "\x00" not in een) if "van" in self.fields else (),  # type: ignore[attr-defined]  # what a request posted
            tuple(Opvolger(*paar) for paar in self._opvolgers()),
            getypt.get("naam", ""),
            getypt.get("district", ""),
        )

    @property
    def gewone_velden(self) -> list[BoundField]:
        """What is neither a choice of teams nor a team that goes on."""
        namen = ("naam", "vanaf", "district", "bron", "reden")
        return [self[naam] for naam in namen if naam in self.fields]

    @property
    def per_district(self) -> list[tuple[str, list[tuple[Basisteam, bool]]]]:
        """The teams to choose from by district, and whether each is chosen."""
        gekozen = self["van"].value() or []
        nu = [team for team in self.teams.values() if team.tot is None]
        return [
            (f"{code} {naam}", [(team, team.code in gekozen) for team in nu if team.district == code])
            for code, naam in self.districten.items()
            if any(team.district == code for team in nu)
        ]

    @property
    def opvolgerrijen(self) -> list[tuple[BoundField, BoundField]]:
        """Per team that can go on the field of its code and of its name."""
        return [(self[f"code_{nr}"], self[f"naam_{nr}"]) for nr in range(1, self._aantal_opvolgers() + 1)]

    def _ruw(self) -> dict[str, Any]:
        return {"soort": self.getypt["soort"], "vanaf": self.getypt["vanaf"]}

    def _verdeling(self) -> dict[int, list[str]]:
        """Per work area that was asked about who works there from the day."""
        wijziging = self.wijziging
        if wijziging is None:
            return {}
        codes = [opvolger.code for opvolger in wijziging.naar]
        gekozen = {gebied.pk: self.data.get(_veld(gebied)) for gebied in get_gebieden_van(wijziging)}
        return {
            pk: codes if keuze == ALLE else [keuze] if keuze in codes else [""]
            for pk, keuze in gekozen.items()
            if keuze is not None
        }

    def nog_te_lezen(self) -> bool:
        """What follows from exactly this change must have been on the page."""
        return str(self.data.get("gelezen", "")) != self.merk

    @property
    def merk(self) -> str:
        return hashlib.sha256(repr(self.wijziging).encode()).hexdigest()[:20]

    @property
    def in_het_kort(self) -> str:
        return in_het_kort(self.wijziging) if self.wijziging else ""

    @property
    def gevolgen(self) -> list[str]:
        return opvolging.gevolgen(self.wijziging, self.teams) if self.wijziging else []

    @property
    def aanhang(self) -> list[Aanhang]:
        return aanhang(self.wijziging) if self.wijziging else []

    @property
    def gebieden(self) -> list[tuple[str, Werkgebied, list[tuple[str, str, bool]]]]:
        """Per work area the name of its field, and who can work there: code, words, and whether that is chosen."""
        wijziging = self.wijziging
        if wijziging is None:
            return []
        keuzes = [(op.code, f"{op.code} {op.naam or self.teams[op.code].naam}") for op in wijziging.naar]
        keuzes += [(ALLE, "alle opvolgers")] if len(keuzes) > 1 else []
        keuzes += [("", "nog niet bekend")]
        [vanzelf] = gaan_naar(wijziging)[:1]
        return [
            (veld, gebied, [(code, naam, code == self.data.get(veld, vanzelf)) for code, naam in keuzes])
            for gebied in get_gebieden_van(wijziging)
            for veld in [_veld(gebied)]
        ]


def _veld(gebied: Werkgebied) -> str:
    return f"gebied-{gebied.pk}"
