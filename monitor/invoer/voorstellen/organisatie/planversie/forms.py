"""The form on which a version of the plan is proposed: from a sheet in the form of our export, or changed by hand."""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.utils.text import slugify

from formatie.bezetting.plekken import get_basisteams
from formatie.bijhouden.formatieplan import (
    get_laatste,
    in_cijfers,
    kapotte_sommen,
    namen_en_soorten,
    planrijen_van,
    somzin,
    uitkomsten,
    verschillen,
)
from formatie.bijhouden.planblad import CIJFERS, EIGEN, Bladfout, lees_blad, met_cijfers
from formatie.models import Organisatiebesluit
from formatie.plan.controle import Uitkomst
from formatie.plan.versies import Wijziging
from monitor.invoer.importeren.bestand.kindproces import lees_apart
from monitor.invoer.importeren.bestand.rijen import PLANREGELS
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.voorstellen.organisatie.forms import Bijhoudformulier, Veldfout, datumveld, lees_dag
from monitor.invoer.voorstellen.organisatie.planversie.tabel import (
    Plancellen,
    Plangroep,
    als_bladrijen,
    maak_groepen,
    met_nieuwe_teams,
    uit_velden,
    zonder_vervallen,
)

MET_DE_HAND = "hand"
_GEEN_BESTAND = Bladfout(0, "", "Kies het gewijzigde blad.")


class Planformulier(Bijhoudformulier):
    """A version as a whole: its name and decision, and its figures in a sheet or each in a field of its own.

    What was read of a file stands in the fields from then on, so that it can be put right there.
    """

    kop, knop = "Stel een nieuwe versie voor", "Bekijk wat er verandert"
    field_order = ("naam", "besluit", "besluitdatum", "geldig_vanaf", "bron", "reden", "bestand")
    naast = ("naam", "besluit", "besluitdatum", "geldig_vanaf")

    naam = forms.CharField(label="Naam", max_length=120, help_text="Bijvoorbeeld: Formatieplan 2027.")
    besluit = forms.CharField(label="Besluit", max_length=200, help_text="Wie het vaststelde, zoals het besluit zegt.")
    besluitdatum = datumveld("Datum van het besluit")
    geldig_vanaf = datumveld("Geldig vanaf", "De vorige versie eindigt op die dag.")
    bestand = forms.FileField(
        label="Bestand",
        allow_empty_file=True,
        help_text="Het gewijzigde blad: csv, xlsx of ods.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.met_de_hand:
            del self.fields["bestand"]

    @staticmethod
    def begin(gevraagd: Mapping[str, str], dag: date) -> dict[str, Any]:
        return {"wat": gevraagd.get("wat", "")}

    @staticmethod
    def uit(besluit: Organisatiebesluit) -> dict[str, Any]:
        return {**besluit.rijen["plan"][0], "wat": MET_DE_HAND, "rijen": besluit.rijen}

    def voorstel(self) -> dict[str, Any]:
        """Raises InvoerFout when the figures cannot be read; ``veldfouten`` then names each with its field or row."""
        if self.met_velden:
            self.fields.pop("bestand", None)
        if fouten := self._gelezen[1]:
            waar, veld = (".", "") if self.met_velden else ("; bovenaan staat wat en waar.", "bestand")
            raise InvoerFout([Fout(0, veld, _samengevat(fouten, waar))])
        return {"rijen": self.rijen, **self._kop(self.getypt["geldig_vanaf"])}

    @property
    def met_de_hand(self) -> bool:
        return (self.data if self.is_bound else self.initial).get("wat") == MET_DE_HAND

    @property
    def met_velden(self) -> bool:
        """By hand, and after a file in which every row is one of the plan."""
        if self.met_de_hand or not self.is_bound:
            return self.met_de_hand
        rijen, _ = self._blad
        return bool(rijen) and all(fout.rij and fout.kolom in CIJFERS for fout in self._gelezen[1])

    @cached_property
    def _huidig(self) -> Mapping[str, Any]:
        vanaf = lees_dag(self.getypt["geldig_vanaf"]) if self.is_bound else None
        plan = get_laatste(vanaf) or get_laatste(None)
        return planrijen_van(plan) if plan else {"regel": [], "cel": [], "som": [], "oorzaak": [], "opmerking": []}

    @cached_property
    def _blad(self) -> tuple[list[Plancellen], list[Bladfout]]:
        """The rows of the fields or of the file, and what of a file cannot be read."""
        if self.met_de_hand:
            return uit_velden(self.data), []
        if not (bestand := self.files.get("bestand")):
            return [], [_GEEN_BESTAND]
        try:
            gelezen = lees_apart(bestand.read())
        except InvoerFout as fout:
            return [], [Bladfout(*een) for een in fout.fouten]
        if gelezen.vorm is not PLANREGELS:
            zin = "Dit is geen blad van het formatieplan. Neem het blad dat u hierboven opslaat."
            return [], [Bladfout(0, "", zin)]
        rijen: list[Plancellen] = [(rij.nummer, {EIGEN: "", **rij.cellen}) for rij in gelezen.rijen]
        return rijen, [Bladfout(*een) for een in gelezen.fouten]

    @cached_property
    def _gelezen(self) -> tuple[Mapping[str, Any], list[Bladfout]]:
        rijen, fouten = self._blad
        if fouten and not rijen:
            return {}, fouten
        staand = zonder_vervallen(rijen, self._huidig) if self.met_de_hand else rijen
        cijfers, meer = lees_blad(staand, self._huidig, *namen_en_soorten())
        return cijfers, [*fouten, *meer]

    @cached_property
    def groepen(self) -> list[Plangroep]:
        """The fields, filled with what was typed or read, else with what was sent back or with what is in force."""
        rijen = self._blad[0] if self.is_bound else als_bladrijen(self.initial.get("rijen", self._huidig))
        fouten = self._gelezen[1] if self.is_bound else []
        return maak_groepen(met_nieuwe_teams(rijen, self._huidig), self._huidig, fouten)

    @property
    def veldfouten(self) -> list[Veldfout]:
        fouten = self._gelezen[1] if self.is_bound else []
        if fouten == [_GEEN_BESTAND]:
            return []
        los = [Veldfout("", _plek(fout), fout.reden) for fout in fouten if fout.kolom not in CIJFERS]
        if self.met_velden:
            velden = [veld for groep in self.groepen for rij in groep.rijen for veld in rij.eigen]
            return [*los, *(Veldfout(veld.naam, veld.label, zin) for veld in velden for zin in veld.fouten)]
        return [*los, *(Veldfout("", _plek(fout), fout.reden) for fout in fouten if fout.kolom in CIJFERS)]

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
    def verschilrijen(self) -> list[tuple[Wijziging, str, str]]:
        """Each difference with the old and the new figure beside each other."""
        paren = ((een, in_cijfers(een.oud, een.nieuw)) for een in self.verschillen)
        return [(een, oud, nieuw) for een, (oud, nieuw) in paren]

    @cached_property
    def kloppen_niet(self) -> tuple[list[str], list[str]]:
        """The control sums that rounding cannot explain: those of this version, and those that were so before."""
        nieuw, bekend = kapotte_sommen(self.rijen)
        return [somzin(uitkomst) for uitkomst in nieuw], [somzin(uitkomst) for uitkomst in bekend]


def _samengevat(fouten: list[Bladfout], waar: str) -> str:
    if len(fouten) == 1 and not fouten[0].rij:
        return fouten[0].reden
    zijn = "is 1 getal" if len(fouten) == 1 else f"zijn {len(fouten)} getallen"
    return f"Er {zijn} niet goed{waar}"


def _plek(fout: Bladfout) -> str:
    rij = f"Rij {fout.rij}" if fout.rij else "Het blad"
    return f"{rij}, {fout.kolom}" if fout.kolom else rij
