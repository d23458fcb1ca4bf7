"""The forms on which a change of the organisation is proposed; they name their fields as the files name their keys.

A form makes rows as the files have them from what was typed; what is wrong with those is for the services to say.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from formatie.bijhouden.werkgebied import get_gebieden, rij_van
from formatie.models import Gemeente, Onderdeel, Organisatiebesluit, Werkgebied
from monitor.invoer.vaststellen.voorleggen import Voorstelformulier


def datumveld(label: str, uitleg: str = "") -> forms.CharField:
    """A day as text, so that what cannot be read comes back as it was typed."""
    return forms.CharField(label=label, help_text=uitleg, widget=forms.DateInput(attrs={"type": "date"}))


class Bijhoudformulier(Voorstelformulier):
    """What every proposal says of itself, below what it is about (``waarover``)."""

    bron = forms.CharField(label="Bron", max_length=300, help_text="Waar staat dit? Een besluit, brief of publicatie.")
    reden = forms.CharField(
        label="Toelichting",
        help_text="Mag leeg blijven.",
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 2000}),
    )

    vanafveld = "geldig_vanaf"
    """The field that says from when it counts."""

    @staticmethod
    def begin(gevraagd: Mapping[str, str], dag: date) -> dict[str, Any]:
        """What a new proposal begins with, as the address asks and on the day of the page."""
        raise NotImplementedError

    @staticmethod
    def uit(besluit: Organisatiebesluit) -> dict[str, Any]:
        """What was sent back, to be put right."""
        raise NotImplementedError

    @property
    def getypt(self) -> dict[str, str]:
        return {naam: str(self.data.get(naam, "")).strip() for naam in self.fields}

    def voorstel(self) -> dict[str, Any]:
        """The rows, from when they count, and the source: what ``stel_organisatie_voor`` asks."""
        raise NotImplementedError

    def _kop(self, vanaf: str) -> dict[str, str]:
        return {"vanaf": vanaf, "bron": self.getypt["bron"], "reden": self.getypt["reden"]}


class Werkgebiedformulier(Bijhoudformulier):
    """A team begins to work in a municipality, or in a part of it."""

    kop, knop = "Stel een team voor", "Stel dit team voor"
    field_order = ("gemeente", "basisteam", "gebied", "geldig_vanaf", "geldig_tot", "vervangt", "grond")

    gemeente = forms.ChoiceField(label="Gemeente")
    basisteam = forms.ChoiceField(label="Basisteam")
    gebied = forms.CharField(
        label="Deel van de gemeente", max_length=80, help_text="Leeg: het team werkt in de hele gemeente."
    )
    geldig_vanaf = datumveld("Vanaf")
    geldig_tot = datumveld("Tot", "De eerste dag waarop het niet meer zo is. Leeg: het blijft zo.")
    vervangt = forms.BooleanField(label="Wie hier nu werkt, stopt op die dag", required=False)
    grond = forms.ChoiceField(label="Grond", choices=Werkgebied.Grond.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Onderdeel.objects.filter(soort=Onderdeel.Soort.BASISTEAM)
        self.fields["gemeente"].choices = _met_leeg((g.slug, g.naam) for g in Gemeente.objects.all())  # type: ignore[attr-defined]  # a field with choices
        self.fields["basisteam"].choices = _met_leeg((t.code, str(t)) for t in teams)  # type: ignore[attr-defined]  # as above

    @staticmethod
    def begin(gevraagd: Mapping[str, str], dag: date) -> dict[str, Any]:
        return {"gemeente": gevraagd.get("plek", ""), "geldig_vanaf": dag.isoformat(), "grond": Werkgebied.Grond.BRON}

    @staticmethod
    def uit(besluit: Organisatiebesluit) -> dict[str, Any]:
        """What was sent back: the row that begins, which stands last."""
        return {**besluit.rijen["werkgebied"][-1], "vervangt": len(besluit.rijen["werkgebied"]) > 1}

    def voorstel(self) -> dict[str, Any]:
        getypt = self.getypt
        namen = ("gemeente", "basisteam", "gebied", "geldig_vanaf", "geldig_tot", "grond", "bron")
        rij = {naam: getypt[naam] for naam in namen}
        return {
            "rijen": {"werkgebied": [*self._eindes(rij), rij]},
            **self._kop(getypt["geldig_vanaf"] or getypt["geldig_tot"]),
        }

    def _eindes(self, rij: Mapping[str, str]) -> list[dict[str, Any]]:
        """What is said of the municipality on that day, ended on it."""
        gemeente, dag = Gemeente.objects.filter(slug=rij["gemeente"]).first(), lees_dag(rij["geldig_vanaf"])
        if not (gemeente and dag and self.data.get("vervangt")):
            return []
        return [rij_van(gebied, geldig_tot=dag.isoformat()) for gebied in get_gebieden(gemeente, dag)]


class Eindeformulier(Bijhoudformulier):
    """A team stops working in a municipality, or in a part of it."""

    kop, knop = "Beëindig een werkgebied", "Stel dit einde voor"
    field_order = ("einde", "geldig_tot")
    vanafveld = "geldig_tot"

    einde = forms.ModelChoiceField(
        Werkgebied.objects.select_related("basisteam", "gemeente"), label="Werkgebied", empty_label="Kies"
    )
    geldig_tot = datumveld("Tot", "De eerste dag waarop het team hier niet meer werkt.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["einde"].label_from_instance = lambda rij: f"{rij.gemeente}: {rij}"  # type: ignore[attr-defined]  # a field with rows

    @staticmethod
    def begin(gevraagd: Mapping[str, str], dag: date) -> dict[str, Any]:
        return {"einde": gevraagd.get("einde", ""), "geldig_tot": dag.isoformat()}

    def voorstel(self) -> dict[str, Any]:
        getypt = self.getypt
        gebied = self.fields["einde"].clean(getypt["einde"]) if getypt["einde"] else None
        rijen = [rij_van(gebied, geldig_tot=getypt["geldig_tot"])] if gebied else []
        return {"rijen": {"werkgebied": rijen}, **self._kop(getypt["geldig_tot"])}


def lees_dag(tekst: str) -> date | None:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        return None


def _met_leeg(keuzes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", "Kies"), *keuzes]
