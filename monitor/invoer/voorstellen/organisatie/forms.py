"""The forms on which a change of the organisation is proposed; they name their fields as the files name their keys.

A form makes rows as the files have them from what was typed; what is wrong with those is for the services to say.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms

from common.tekst.getallen import GetalFout, Notatie, lees
from formatie.bijhouden.werkgebied import get_gebieden, rij_van
from formatie.models import Gemeente, Onderdeel, Organisatiebesluit, Werkgebied
from monitor.agenda.bijhouden import rij_van as agendarij
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.voorleggen import Voorstelformulier
from monitor.invoer.voorstellen.organisatie.selectors import MET_INWONERS
from strategie.models import Agenda


def datumveld(label: str, uitleg: str = "") -> forms.CharField:
    """A day as text, so that what cannot be read comes back as it was typed."""
    return forms.CharField(label=label, help_text=uitleg, widget=forms.DateInput(attrs={"type": "date"}))


class Veldfout(NamedTuple):
    """What is wrong with a field that a page makes itself: its id ("" for none), what it is called, and what to do."""

    veld: str
    naam: str
    reden: str


class Bijhoudformulier(Voorstelformulier):
    """What every proposal says of itself, below what it is about (``waarover``)."""

    bron = forms.CharField(label="Bron", max_length=300, help_text="Waar staat dit? Een besluit, brief of publicatie.")
    reden = forms.CharField(
        label="Toelichting",
        help_text="Alleen nodig als de monitor ernaar vraagt.",
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 2000}),
    )

    vanafveld = "geldig_vanaf"
    """The field that says from when it counts."""
    naast: tuple[str, ...] = ()
    """Fields that share a line, two by two, where there is room."""
    toont_gevolgen = False
    al_open: Any = None
    """The proposal about the same that waits; there can be one at a time."""

    def nog_te_lezen(self) -> bool:
        """Whether who proposes must first read what follows from what was typed."""
        return False

    @property
    def veldfouten(self) -> Sequence[Veldfout]:
        """What is wrong with fields that the page makes itself."""
        return ()

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
        """Without what a text of the database cannot hold; the field itself says that it stood there."""
        return {naam: str(self.data.get(naam, "")).replace("\x00", "").strip() for naam in self.fields}

    def voorstel(self) -> dict[str, Any]:
        """The rows, from when they count, and the source: what ``stel_organisatie_voor`` asks."""
        raise NotImplementedError

    def _kop(self, vanaf: str) -> dict[str, str]:
        return {"vanaf": vanaf, "bron": self.getypt["bron"], "reden": self.getypt["reden"]}


class Werkgebiedformulier(Bijhoudformulier):
    """A team begins to work in a municipality, or in a part of it."""

    kop, knop = "Stel een team voor", "Stel dit team voor"
    field_order = ("gemeente", "basisteam", "gebied", "grond", "geldig_vanaf", "geldig_tot", "vervangt")
    naast = field_order[:6]

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
    field_order = naast = ("einde", "geldig_tot")
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


class Inwonerformulier(Bijhoudformulier):
    """How many people live in a municipality or an onderdeel on a day."""

    kop, knop = "Stel een inwonertal voor", "Stel dit aantal voor"
    field_order = naast = ("gemeente", "onderdeel", "peildatum", "aantal")
    vanafveld = "peildatum"

    gemeente = forms.ChoiceField(label="Gemeente")
    onderdeel = forms.ChoiceField(label="Of een onderdeel", help_text="De eenheid of een district.")
    peildatum = datumveld("Op welke dag")
    aantal = forms.CharField(label="Inwoners", widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boven = Onderdeel.objects.filter(soort__in=MET_INWONERS)
        self.fields["gemeente"].choices = _met_leeg((g.slug, g.naam) for g in Gemeente.objects.all())  # type: ignore[attr-defined]  # a field with choices
        self.fields["onderdeel"].choices = _met_leeg((o.code, str(o)) for o in boven)  # type: ignore[attr-defined]  # as above

    @staticmethod
    def begin(gevraagd: Mapping[str, str], dag: date) -> dict[str, Any]:
        gemeente, _, rest = gevraagd.get("plek", "").partition(":")
        return {"gemeente": gemeente, "onderdeel": rest, "peildatum": date(dag.year, 1, 1).isoformat()}

    @staticmethod
    def uit(besluit: Organisatiebesluit) -> dict[str, Any]:
        return dict(besluit.rijen["inwoners"][0])

    def clean_aantal(self) -> str:
        """As a person writes it: 73.500. Empty is for the services."""
        tekst = str(self.cleaned_data["aantal"])
        if tekst:
            try:
                return str(lees(tekst, Notatie.TELLING))
            except GetalFout as fout:
                raise forms.ValidationError(str(fout)) from None
        return tekst

    def voorstel(self) -> dict[str, Any]:
        self.full_clean()
        getypt, aantal = self.getypt, self.cleaned_data.get("aantal", "")
        rij = {naam: getypt[naam] for naam in ("gemeente", "onderdeel", "peildatum", "bron")}
        rijen = {"inwoners": [rij | {"aantal": int(aantal) if aantal else None}]}
        return {"rijen": rijen, **self._kop(getypt["peildatum"])}


class Agendaformulier(Bijhoudformulier):
    """An agenda that ends earlier or later."""

    kop, knop = "Stel een ander einde voor", "Stel dit einde voor"
    field_order = naast = ("slug", "eind_jaar")
    vanafveld = "eind_jaar"

    slug = forms.ChoiceField(label="Agenda")
    eind_jaar = forms.CharField(label="Laatste jaar", widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].choices = _met_leeg((a.slug, f"{a} ({a.jaren})") for a in Agenda.objects.all())  # type: ignore[attr-defined]  # a field with choices

    @staticmethod
    def begin(gevraagd: Mapping[str, str], dag: date) -> dict[str, Any]:
        return {"slug": gevraagd.get("plek", "")}

    @staticmethod
    def uit(besluit: Organisatiebesluit) -> dict[str, Any]:
        rij = besluit.rijen["agenda"][0]
        return {"slug": rij["slug"], "eind_jaar": rij["eind_jaar"]}

    def voorstel(self) -> dict[str, Any]:
        getypt = self.getypt
        agenda = Agenda.objects.filter(slug=getypt["slug"]).first()
        tekst = getypt["eind_jaar"]
        jaar = int(tekst) if re.fullmatch(r"\d{4}", tekst, re.ASCII) else tekst
        if agenda is None:
            raise InvoerFout([Fout(0, "slug", "Kies een agenda.")])
        rij = agendarij(agenda, jaar)
        vanaf = f"{jaar}-12-31" if isinstance(jaar, int) else ""
        return {"rijen": {"agenda": [rij]}, **self._kop(vanaf)}


def lees_dag(tekst: str) -> date | None:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        return None


def _met_leeg(keuzes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", "Kies"), *keuzes]
