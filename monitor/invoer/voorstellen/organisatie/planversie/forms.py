"""The form on which a version of the plan is proposed: from a sheet in the form of our export, or changed by hand."""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.utils.text import slugify

from common.pagina.uitvoer import naar_csv
from formatie.bezetting.plekken import get_basisteams
from formatie.bijhouden.formatieplan import (
    get_laatste,
    namen_en_soorten,
    planrijen_van,
    uitkomsten,
    verschillen,
)
from formatie.bijhouden.planblad import Bladfout, als_blad, lees_blad, met_cijfers
from formatie.models import Organisatiebesluit
from formatie.plan.controle import Bevinding, Uitkomst
from formatie.plan.versies import Wijziging
from monitor.invoer.importeren.bestand.csv import lees_csv
from monitor.invoer.importeren.bestand.kindproces import lees_apart
from monitor.invoer.importeren.bestand.rijen import PLANREGELS, Ingelezen
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.voorstellen.organisatie.forms import Bijhoudformulier, datumveld, lees_dag

_MEESTE_FOUTEN = 50


class Planformulier(Bijhoudformulier):
    """A version as a whole: its name and decision, and its figures as the text of a sheet."""

    kop, knop = "Stel een nieuwe versie voor", "Bekijk wat er verandert"
    field_order = ("naam", "besluit", "besluitdatum", "geldig_vanaf", "bestand", "blad")

    naam = forms.CharField(label="Naam", max_length=120, help_text="Bijvoorbeeld: Formatieplan 2027.")
    besluit = forms.CharField(label="Besluit", max_length=200, help_text="Wie het vaststelde, zoals het besluit zegt.")
    besluitdatum = datumveld("Datum van het besluit")
    geldig_vanaf = datumveld("Geldig vanaf", "De vorige versie eindigt op die dag.")
    bestand = forms.FileField(
        label="Bestand",
        allow_empty_file=True,
        help_text="Het gewijzigde blad: csv, xlsx of ods. Zonder bestand gelden de getallen hieronder.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
    )
    blad = forms.CharField(
        label="Getallen",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "wrap": "off"}),
        help_text="Eén getallenrij per regel, met puntkomma’s. U kunt ze hier ook met de hand wijzigen.",
    )

    @staticmethod
    def begin(gevraagd: Mapping[str, str], dag: date) -> dict[str, Any]:
        plan = get_laatste(None)
        return {"blad": _als_tekst(als_blad(planrijen_van(plan), *namen_en_soorten()))} if plan else {}

    @staticmethod
    def uit(besluit: Organisatiebesluit) -> dict[str, Any]:
        return {**besluit.rijen["plan"][0], "blad": _als_tekst(als_blad(besluit.rijen, *namen_en_soorten()))}

    def voorstel(self) -> dict[str, Any]:
        """Raises InvoerFout when the sheet cannot be read; ``bladfouten`` then names row and column."""
        if self.bladfouten:
            zijn = "is 1 getal" if len(self.bladfouten) == 1 else f"zijn {len(self.bladfouten)} dingen"
            raise InvoerFout([Fout(0, "blad", f"Er {zijn} niet goed in het blad; bovenaan staat wat en waar.")])
        return {"rijen": self.rijen, **self._kop(self.getypt["geldig_vanaf"])}

    @cached_property
    def _huidig(self) -> Mapping[str, Any]:
        plan = get_laatste(lees_dag(self.getypt["geldig_vanaf"])) or get_laatste(None)
        return planrijen_van(plan) if plan else {"regel": [], "cel": [], "som": [], "oorzaak": [], "opmerking": []}

    @cached_property
    def _gelezen(self) -> tuple[Mapping[str, Any], list[Bladfout]]:
        """The figures of the file or of what was typed; what was read of a file stands in the form from then on."""
        try:
            gelezen = self._lees()
        except InvoerFout as fout:
            return {}, [Bladfout(*een) for een in fout.fouten]
        if gelezen.vorm is not PLANREGELS:
            return {}, [
                Bladfout(0, "", "Dit is geen blad van het formatieplan. Neem het blad dat u hierboven opslaat.")
            ]
        namen, soorten = namen_en_soorten()
        rijen = [(rij.nummer, rij.cellen) for rij in gelezen.rijen]
        if self.files.get("bestand"):
            kop = list(PLANREGELS.kolommen)
            tekst = _als_tekst([kop, *([cellen.get(kolom, "") for kolom in kop] for _, cellen in rijen)])
            self.data = {**self.data.dict(), "blad": tekst}  # type: ignore[attr-defined]  # what a request posted
        cijfers, fouten = lees_blad(rijen, self._huidig, namen, soorten)
        return cijfers, [*(Bladfout(*een) for een in gelezen.fouten), *fouten]

    def _lees(self) -> Ingelezen:
        bestand = self.files.get("bestand")
        return lees_apart(bestand.read()) if bestand else lees_csv(str(self.data.get("blad", "")).encode())

    @property
    def bladfouten(self) -> list[Bladfout]:
        return self._gelezen[1][:_MEESTE_FOUTEN]

    @cached_property
    def rijen(self) -> dict[str, Any]:
        districten = {team.code: team.district for team in get_basisteams().values()}
        inhoud = met_cijfers(self._huidig, self._gelezen[0], districten)
        namen = ("naam", "besluit", "besluitdatum", "geldig_vanaf")
        kop = {naam: self.getypt[naam] for naam in namen} | {"slug": slugify(self.getypt["naam"])[:50]}
        return {"plan": [{**kop, "bronregel": ""}], **inhoud}

    def nog_te_lezen(self) -> bool:
        return bool(self.files.get("bestand")) or str(self.data.get("gelezen", "")) != self.merk

    @property
    def merk(self) -> str:
        """Of the figures and the day: what of these follows must have been on the page."""
        gelezen = (sorted(self._gelezen[0].items()), self.getypt["geldig_vanaf"])
        return hashlib.sha256(repr(gelezen).encode()).hexdigest()[:20]

    @cached_property
    def verschillen(self) -> list[Wijziging]:
        return verschillen(self.rijen)

    @cached_property
    def sommen(self) -> list[Uitkomst]:
        return uitkomsten(self.rijen)

    @property
    def kloppen_niet(self) -> list[Uitkomst]:
        return [uitkomst for uitkomst in self.sommen if uitkomst.bevinding is Bevinding.GEEN_AFRONDING]


def _als_tekst(blad: list[list[Any]]) -> str:
    """As a csv, the way it is read back."""
    return naar_csv("", blad).decode("utf-8-sig").replace("\r\n", "\n").rstrip()
