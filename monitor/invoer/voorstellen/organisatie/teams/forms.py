"""The form on which a change of teams is proposed: first typed, then read what follows from it, then proposed."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from common.tekst.periode import Kwartaal
from formatie.bezetting.plekken import get_basisteams
from formatie.bijhouden import opvolging
from formatie.bijhouden.opvolging import Opvolger, Teamwijziging, Verandering
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
_REGEL = re.compile(r"(\S+)\s*(.*)")


class Teamformulier(Bijhoudformulier):
    """What changes of teams from a day, and who goes on."""

    kop, knop = "Stel een wijziging voor", "Bekijk wat er gebeurt"
    field_order = ("soort", "vanaf", "van", "naar", "naam", "district")
    vanafveld = "vanaf"

    soort = forms.ChoiceField(label="Wat verandert er?", choices=[(een.value, een.label) for een in Verandering])
    vanaf = datumveld(
        "Vanaf", "De eerste dag van de nieuwe indeling. Kies bij voorkeur de eerste dag van een kwartaal."
    )
    van = forms.MultipleChoiceField(
        label="Basisteam of teams",
        widget=forms.CheckboxSelectMultiple,
        help_text="Wie splitst, samengaat, ophoudt of anders gaat heten. Bij een nieuw team: niemand.",
    )
    naar = forms.CharField(
        label="Wie gaat door?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Bij splitsen, samenvoegen of een nieuw team: één team per regel. Een nieuw team met code en naam "
            "(A4 Vlaardingen), een team dat er al is met zijn code alleen (A1)."
        ),
    )
    naam = forms.CharField(label="Nieuwe naam", max_length=120, help_text="Alleen als een team anders gaat heten.")
    district = forms.ChoiceField(
        label="District",
        help_text="Waar een nieuw team onder valt. Leeg: onder het district van het team waaruit het komt.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = get_basisteams()
        nu = [(team.code, str(team)) for team in self.teams.values() if team.tot is None]
        self.fields["van"].choices = nu  # type: ignore[attr-defined]  # a field with choices
        districten = [(code, f"{code} {naam}") for code, naam in get_districtnamen().items()]
        self.fields["district"].choices = [("", "Kies"), *districten]  # type: ignore[attr-defined]  # as above

    @staticmethod
    def begin(gevraagd: Mapping[str, str], dag: date) -> dict[str, Any]:
        vanaf = Kwartaal.van(dag).volgende().begin()
        return {"soort": gevraagd.get("soort", ""), "vanaf": vanaf.isoformat(), "van": [gevraagd.get("team", "")]}

    @staticmethod
    def uit(besluit: Organisatiebesluit) -> dict[str, Any]:
        rij = besluit.rijen["verandering"][0]
        regels = [f"{code} {naam}".strip() for code, naam in zip(rij["naar"], rij["namen"], strict=True)]
        return {**rij, "naar": "\n".join(regels)}

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
        if dag is None or getypt["soort"] not in set(map(str, Verandering)):
            return None
        naar = [Opvolger(*gevonden.groups()) for gevonden in map(_REGEL.match, self._regels()) if gevonden]
        # The page has one form for every kind: what is not asked of this kind is not read.
        soort = Verandering(getypt["soort"])
        gaat_door = soort in (Verandering.SPLITSEN, Verandering.SAMENVOEGEN, Verandering.BEGINNEN)
        return Teamwijziging(
            soort,
            dag,
            () if soort is Verandering.BEGINNEN else tuple(self.data.getlist("van")),  # type: ignore[attr-defined]  # what a request posted
            tuple(naar) if gaat_door else (),
            getypt["naam"] if soort is Verandering.HERNOEMEN else "",
            getypt["district"] if gaat_door else "",
        )

    def _regels(self) -> list[str]:
        return [regel.strip() for regel in self.getypt["naar"].splitlines() if regel.strip()]

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
