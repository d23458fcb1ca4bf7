"""The form of an activity, and the choice of what a page of the jaarplan shows. What was typed is read by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from accounts.models import User
from common.pagina.velden import Formulier
from common.tekst.tekens import lees_sleutel
from monitor.invoer.vaststellen.voorleggen import Keuzeveld, Voorstelformulier
from monitor.models import Indicator
from strategie.models import Hoofdlijn, Thema
from sturing.jaarplan.services import mogelijke_eigenaren
from sturing.lezen.jaarplan import TE_LAAT, Planregel, Status
from sturing.models import Activiteitversie
from sturing.regels.planinvoer import LANGSTE_TITEL, MEESTE_MIJLPALEN, Activiteittekst, Mijlpaaltekst

EXTRA_MIJLPALEN = 3  # empty lines below what is there
VAN_MIJ, VAN_NIEMAND = "mij", "niemand"
_MIJLPAALVELDEN = {"datum": "Dag", "titel": "Naam", "gereed": "Bereikt op"}


@dataclass(frozen=True, slots=True)
class Invulveld:
    """A field of a milestone: its name and id, its label, what is in it, what is wrong with it."""

    naam: str
    label: str
    soort: str
    tekst: str
    fout: str
    is_aan_de_beurt: bool


def dagveld(label: str, uitleg: str = "") -> forms.CharField:
    """A day as text, so that what cannot be read comes back as it was typed."""
    return forms.CharField(label=label, help_text=uitleg, widget=forms.DateInput(attrs={"type": "date"}))


class Activiteitformulier(Voorstelformulier):
    """All of an activity; who only owns it finds the fields of how it goes."""

    naast = ("begin", "eind")
    voortgang = ("status", "reden")

    hoofdlijn = forms.ModelChoiceField(label="Hoofdlijn", queryset=Hoofdlijn.objects.all(), empty_label=None)
    titel = forms.CharField(label="Titel", help_text=f"Hoogstens {LANGSTE_TITEL} tekens.")
    eigenaar = Keuzeveld(label="Eigenaar", help_text="Wie het uitvoert en bijhoudt hoe het gaat.")
    begin = dagveld("Begin")
    eind = dagveld("Einde", "De laatste dag.")
    status = Keuzeveld(label="Status", choices=Status.choices)
    reden = forms.CharField(
        label="Reden",
        help_text="Waarom de status zo is. Verandert de status, schrijf dan waarom.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    indicatoren = forms.MultipleChoiceField(
        label="Indicatoren die dit moet bewegen", widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        vandaag: date,
        hoofdlijnen: Sequence[Hoofdlijn] = (),
        volledig: bool = True,
        versie: Activiteitversie | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_nieuw = versie is None
        if not volledig:
            for naam in set(self.fields) - set(self.voortgang):
                del self.fields[naam]
            return
        if versie is not None:
            del self.fields["hoofdlijn"]
        else:
            per_thema = _per_thema(hoofdlijnen)
            self.fields["hoofdlijn"].choices = per_thema  # type: ignore[attr-defined]  # a field with choices
        eigenaren = _eigenaarkeuzes(vandaag, versie)
        self.fields["eigenaar"].choices = eigenaren  # type: ignore[attr-defined]  # as above
        codes = [(indicator.code, indicator.naam) for indicator in Indicator.objects.order_by("naam")]
        self.fields["indicatoren"].choices = codes  # type: ignore[attr-defined]  # as above

    @staticmethod
    def uit(versie: Activiteitversie) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        return {
            "titel": versie.titel,
            "eigenaar": versie.eigenaar_id or "",
            "begin": versie.begin.isoformat(),
            "eind": versie.eind.isoformat(),
            "status": versie.status,
            "reden": versie.reden,
            "indicatoren": [indicator.code for indicator in versie.indicatoren.all()],
            "mijlpalen": [
                (m.datum.isoformat(), m.titel, m.gereed_op.isoformat() if m.gereed_op else "")
                for m in versie.mijlpalen.all()
            ],
        }

    @property
    def tekst(self) -> Activiteittekst:
        getypt = {naam: str(self.data.get(naam, "")) for naam in self.fields}
        return Activiteittekst(
            titel=getypt.get("titel", ""),
            begin=getypt.get("begin", ""),
            eind=getypt.get("eind", ""),
            status=getypt["status"],
            reden=getypt["reden"],
            mijlpalen=self._getypte_mijlpalen,
            eigenaar=lees_sleutel(getypt.get("eigenaar", "")),
            indicatoren=self.data.getlist("indicatoren") if hasattr(self.data, "getlist") else (),
        )

    @property
    def _getypte_mijlpalen(self) -> list[Mijlpaaltekst]:
        """In the places they have on the page, up to a little more than are allowed."""
        namen = [[f"mijlpaal-{nr}-{deel}" for deel in _MIJLPAALVELDEN] for nr in range(MEESTE_MIJLPALEN * 2)]
        rijen = [Mijlpaaltekst(*(str(self.data.get(naam, "")) for naam in rij)) for rij in namen]
        laatste = max((nr for nr, rij in enumerate(rijen) if not rij.is_leeg), default=-1)
        return rijen[: laatste + 1]

    mijlpaalfouten: Mapping[str, str] = {}
    """By the name of a field of a milestone, for these are no fields of Django."""
    dubbel: Activiteitversie | None = None
    """The activity that has the title already."""

    @property
    def mijlpalen(self) -> list[list[Invulveld]]:
        """The lines of the form: what is there, and empty ones to fill in; who asks for more begins at the first."""
        rijen = (
            self._getypte_mijlpalen if self.is_bound else [Mijlpaaltekst(*m) for m in self.initial.get("mijlpalen", ())]
        )
        leeg = [Mijlpaaltekst("", "", "")] * EXTRA_MIJLPALEN * (1 + self.vraagt_meer)
        return [
            [self._veld(nr, deel, tekst, nr == len(rijen)) for deel, tekst in zip(_MIJLPAALVELDEN, rij, strict=True)]
            for nr, rij in enumerate([*rijen, *leeg])
        ]

    @property
    def vraagt_meer(self) -> bool:
        """Whether it was sent for more lines, and not to be kept."""
        return "meer" in self.data

    def _veld(self, nr: int, deel: str, tekst: str, is_eerste_lege: bool) -> Invulveld:
        naam, soort = f"mijlpaal-{nr}-{deel}", "text" if deel == "titel" else "date"
        aan_de_beurt = self.vraagt_meer and is_eerste_lege and deel == "datum"
        return Invulveld(naam, _MIJLPAALVELDEN[deel], soort, tekst, self.mijlpaalfouten.get(naam, ""), aan_de_beurt)


def _per_thema(hoofdlijnen: Iterable[Hoofdlijn]) -> list[tuple[str, list[tuple[int, str]]]]:
    per_thema: dict[str, list[tuple[int, str]]] = {}
    for lijn in hoofdlijnen:
        naam = f"{lijn.nummer}. {lijn.titel}" if lijn.nummer else lijn.titel
        per_thema.setdefault(lijn.thema.naam, []).append((lijn.pk, naam))
    return list(per_thema.items())


def _eigenaarkeuzes(vandaag: date, versie: Activiteitversie | None = None) -> list[tuple[int | str, str]]:
    """Who is the owner now stays to be chosen, so that the form says what it is; the services say what is wrong."""
    keuzes: dict[int | str, str] = {persoon.pk: str(persoon) for persoon in mogelijke_eigenaren(vandaag)}
    if versie is not None and versie.eigenaar is not None:
        keuzes.setdefault(versie.eigenaar.pk, f"{versie.eigenaar} (kan het niet meer bijhouden)")
    return [("", "Niemand"), *keuzes.items()]


class Overneemformulier(Formulier):
    """Who is to do what is taken from the agenda; the activities themselves are ticked on the page."""

    eigenaar = Keuzeveld(label="Eigenaar", required=False)

    def __init__(self, *args: Any, vandaag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["eigenaar"].choices = _eigenaarkeuzes(vandaag)  # type: ignore[attr-defined]  # a field with choices

    @property
    def gekozen_eigenaar(self) -> int | None:
        return lees_sleutel(str(self.data.get("eigenaar", "")))


class Plankeuze(forms.Form):
    """What of a year is shown. A choice that does not exist chooses everything."""

    thema = forms.ChoiceField(label="Thema", required=False)
    status = forms.ChoiceField(label="Status", required=False)
    eigenaar = forms.ChoiceField(label="Eigenaar", required=False)

    def __init__(self, *args: Any, themas: Iterable[Thema], regels: Iterable[Planregel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statussen = [("", "Alle"), (TE_LAAT, "Te laat"), *Status.choices]
        wie = {r.versie.eigenaar.username: str(r.versie.eigenaar) for r in regels if r.versie.eigenaar}
        personen = sorted(wie.items(), key=lambda paar: paar[1].casefold())
        keuzes = {
            "thema": [("", "Alle thema's"), *((thema.slug, thema.naam) for thema in themas)],
            "status": statussen,
            "eigenaar": [("", "Iedereen"), (VAN_MIJ, "Van mij"), (VAN_NIEMAND, "Van niemand"), *personen],
        }
        for naam, mogelijk in keuzes.items():
            self.fields[naam].choices = mogelijk  # type: ignore[attr-defined]  # a field with choices

    def kies(self, regels: Iterable[Planregel], lezer: User) -> list[Planregel]:
        self.is_valid()
        keuze = self.cleaned_data
        thema, status, wie = (keuze.get(naam, "") for naam in ("thema", "status", "eigenaar"))
        return [
            regel
            for regel in regels
            if thema in ("", regel.versie.plan.hoofdlijn.thema.slug)
            and (status in ("", regel.versie.status) or (status == TE_LAAT and regel.te_laat))
            and _is_van(regel, wie, lezer)
        ]


def _is_van(regel: Planregel, wie: str, lezer: User) -> bool:
    eigenaar: User | None = regel.versie.eigenaar
    if wie == VAN_NIEMAND:
        return eigenaar is None
    return not wie or (eigenaar is not None and (eigenaar == lezer if wie == VAN_MIJ else eigenaar.username == wie))
