"""What is measured (Indicator), where the agenda prints it (Monitorregel), and what is aimed for (Doelstelling)."""

from __future__ import annotations

from copy import copy

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from common.tekst.periode import Kwartaal
from common.vaststellen.model import OPENSTAAND, Vaststelling, door_persoon, een_tegelijk, eens_besloten_blijft
from formatie.models import Onderdeel
from monitor.models.definitie import IN_AGENDA, Definitievelden
from strategie.models import Agenda, Thema

INHOUD_VAN_DOEL = ("soort", "streefwaarde", "marge", "marge_van_monitor", "besluit", "orgaan", "geldig_vanaf")
WEIGER_DOEL_BUITEN_ZIJN_TIJD = """
IF NEW.geldig_vanaf > make_date(NEW.jaar, 12, 31) OR EXISTS (
    SELECT 1 FROM monitor_doelstelling WHERE id = NEW.vervangt_id AND geldig_vanaf >= NEW.geldig_vanaf
) THEN
    RAISE EXCEPTION 'doel van % geldt niet vanaf %', NEW.jaar, NEW.geldig_vanaf USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
INHOUD_VAN_GRENS = ("jaar", "kwartaal", "reden")


class Indicator(Definitievelden):
    """One series of values, whichever agenda prints it; with how the first agenda that prints it defines it.

    The code and what stands in this class make it the same series. What a later agenda defines in another way is a
    ``Definitie``; read an indicator through ``monitor.selectors.Definities``, which knows the year.
    """

    class Aggregatie(models.TextChoices):
        SOM = "som", "Som"
        VERHOUDING = "verhouding", "Verhouding (teller en noemer)"
        STAND = "stand", "Stand aan het eind van het kwartaal"
        ENQUETE = "enquete", "Enquête"

    class Herkomst(models.TextChoices):
        INVOER = "invoer", "Ingevoerd"
        AFGELEID = "afgeleid", "Afgeleid van formatie en bezetting"
        IMPORT = "import", "Ingelezen"

    class Tijd(models.TextChoices):
        OPTELLEN = "optellen", "De kwartalen van een jaar tellen op"
        LAATSTE = "laatste", "Het laatste kwartaal telt"

    # What never differs per agenda.
    REEKS = (
        *("aggregatie", "tijd", "eenheid", "eenheid_enkelvoud", "herkomst"),
        *("gevoelig", "personeel", "waarvan_van"),
    )

    code = models.SlugField("code", max_length=60, unique=True)
    eenheid = models.CharField("eenheid", max_length=30, help_text="Bijvoorbeeld %, €, fte, verdachten.")
    eenheid_enkelvoud = models.CharField(
        "eenheid in enkelvoud", max_length=30, blank=True, help_text="Bij het getal 1; leeg als het woord gelijk is."
    )
    aggregatie = models.CharField("aggregatie", max_length=12, choices=Aggregatie)
    tijd = models.CharField("over de kwartalen van een jaar", max_length=8, choices=Tijd, default=Tijd.OPTELLEN)
    herkomst = models.CharField("herkomst", max_length=8, choices=Herkomst)
    gevoelig = models.BooleanField("gevoelig", default=False, help_text="Nooit tonen onder het niveau van de eenheid.")
    personeel = models.BooleanField(
        "over personeel", default=False, help_text="Onder de eenheid alleen voor wie dat mag zien."
    )
    waarvan_van = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="waarvan")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["volgorde", "code"]
        constraints = [
            *Definitievelden.Meta.constraints,
            models.CheckConstraint(
                condition=Q(waarvan_van=None) | ~Q(waarvan_van=models.F("id")),
                name="indicator_niet_eigen_ouder",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def is_stand(self) -> bool:
        """Whether a value is about a moment, so that of a year the last quarter counts; other values add up."""
        return self.tijd == self.Tijd.LAATSTE or self.aggregatie in (self.Aggregatie.STAND, self.Aggregatie.ENQUETE)

    def volgens(self, blad: Definitie) -> Indicator:
        """A copy as this sheet of a later agenda defines it; never to be saved."""
        kopie = copy(self)
        for naam in IN_AGENDA:
            setattr(kopie, naam, getattr(blad, naam))
        kopie._prefetched_objects_cache = {"niet_voor": blad.niet_voor.all()}  # type: ignore[attr-defined]  # Django's own cache
        return kopie


class Definitie(Definitievelden):
    """How a later agenda defines an indicator that an earlier one prints too, from its first year on."""

    agenda = models.ForeignKey(Agenda, models.PROTECT, related_name="definities")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="definities")

    class Meta:
        verbose_name = "definitie in een latere agenda"
        verbose_name_plural = "definities in latere agenda's"
        ordering = ["indicator", "agenda"]
        constraints = [
            *Definitievelden.Meta.constraints,
            models.UniqueConstraint(fields=["agenda", "indicator"], name="definitie_uniek"),
        ]

    def __str__(self) -> str:
        return f"{self.naam} ({self.agenda})"


class Monitorregel(models.Model):
    """The line of an agenda's monitor set that prints an indicator, under a rubriek of a theme."""

    agenda = models.ForeignKey(Agenda, models.PROTECT, related_name="monitorregels")
    thema = models.ForeignKey(Thema, models.PROTECT, related_name="monitorregels")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="monitorregels")
    rubriek = models.CharField("rubriek", max_length=120)
    gedrukt_doel = models.CharField("doel zoals gedrukt", max_length=200, blank=True)
    bronregel = models.CharField("bronregel", max_length=40)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "regel van de monitorset"
        verbose_name_plural = "regels van de monitorset"
        ordering = ["agenda", "volgorde"]
        constraints = [models.UniqueConstraint(fields=["agenda", "indicator"], name="monitorregel_uniek")]

    def __str__(self) -> str:
        return f"{self.rubriek}: {self.indicator}"


class Doelstelling(Vaststelling):
    """The target of an indicator for one onderdeel and one year, in one version.

    ``streefwaarde`` and ``marge`` are in the unit of the indicator; the margin of a ``jaarvolume`` is a
    percentage of the expectation. A version that is replaced keeps its row. The decision of a body
    (``besluit``, ``orgaan``) stands for the approving person where the agenda itself set the target.
    """

    class Soort(models.TextChoices):
        JAARVOLUME = "jaarvolume", "Jaarvolume"
        MINIMUM = "minimum", "Minimum"
        MAXIMUM = "maximum", "Maximum"
        VERBETERING = "verbetering", "Verbetering ten opzichte van vorige meting"
        MONITORING = "monitoring", "Alleen monitoring"
        ONBEKEND = "onbekend", "Doel nog niet bekend"

    INHOUD = INHOUD_VAN_DOEL
    PLEK = ("indicator", "onderdeel", "jaar")
    MET_STREEFWAARDE = ("jaarvolume", "minimum", "maximum")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="doelstellingen")
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, related_name="+")
    jaar = models.PositiveSmallIntegerField("jaar")
    soort = models.CharField("soort", max_length=12, choices=Soort)
    streefwaarde = models.DecimalField("streefwaarde", max_digits=18, decimal_places=4, null=True, blank=True)
    marge = models.DecimalField("marge", max_digits=18, decimal_places=4, null=True, blank=True)
    marge_van_monitor = models.BooleanField("marge is van de monitor, niet uit de agenda", default=True)
    besluit = models.CharField("besluit", max_length=200)
    orgaan = models.CharField("orgaan", max_length=120)
    geldig_vanaf = models.DateField("geldig vanaf")

    class Meta(Vaststelling.Meta):
        verbose_name = "doelstelling"
        verbose_name_plural = "doelstellingen"
        ordering = ["indicator", "jaar", "id"]
        constraints = [
            *Vaststelling.Meta.constraints,
            *een_tegelijk("doelstelling", "indicator", "onderdeel", "jaar", geldende="geldende"),
            models.CheckConstraint(
                condition=Q(soort__in=("jaarvolume", "minimum", "maximum"), streefwaarde__isnull=False)
                | Q(soort__in=("verbetering", "monitoring", "onbekend"), streefwaarde=None),
                name="doelstelling_streefwaarde_bij_soort",
            ),
            models.CheckConstraint(condition=Q(marge=None) | Q(marge__gte=0), name="doelstelling_marge_niet_negatief"),
            models.CheckConstraint(condition=~Q(besluit="") & ~Q(orgaan=""), name="doelstelling_heeft_besluit"),
            models.CheckConstraint(
                condition=Q(vastgesteld_op=None) | Q(ingevoerd_door=None) | Q(vastgesteld_door__isnull=False),
                name="doelstelling_voorstel_vastgesteld_door_persoon",
            ),
        ]
        triggers = [
            *eens_besloten_blijft(("indicator", "onderdeel", "jaar", *INHOUD_VAN_DOEL)),
            pgtrigger.Trigger(
                name="zijn_geldigheid",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("jaar", "geldig_vanaf", "vervangt_id"),
                func=WEIGER_DOEL_BUITEN_ZIJN_TIJD,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.jaar}: {self.get_soort_display()}"


_BLAD = (
    *("naam", "definitie", "telregel", "bron", "frequentie", "eerste_jaar", "niveau"),
    *("verwachting", "grenzen_per_kwartaal", "opmerking"),
)


class Definitieversie(Vaststelling):
    """One version of the definition sheet of an indicator in one agenda.

    The Indicator, or the Definitie of a later agenda, holds the sheet in force; approving a version writes it there.
    The sheet as the agenda's files load it is not a version: ``vervangt`` is empty for the first change. ``reden``
    says why it changes. ``agenda`` is empty for the sheet on the Indicator itself. ``eigenaar`` is what older versions
    said of who answers for it, and nothing reads it: an ``Eigenaarschap`` does.
    """

    BLAD = _BLAD  # what approving writes to the Indicator
    INHOUD = (*BLAD, "reden")
    PLEK = ("indicator", "agenda")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="definitieversies")
    agenda = models.ForeignKey(
        Agenda, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="latere agenda"
    )
    naam = models.CharField("naam", max_length=160)
    definitie = models.TextField("definitie", max_length=4000)
    telregel = models.TextField("telregel", max_length=4000)
    bron = models.CharField("bron van de cijfers", max_length=300)
    frequentie = models.CharField("frequentie", max_length=14, choices=Definitievelden.Frequentie)
    eerste_jaar = models.PositiveSmallIntegerField("eerste jaar van een tweejaarlijkse meting", null=True, blank=True)
    niveau = models.CharField("niveau", max_length=10, choices=Definitievelden.Niveau)
    verwachting = models.CharField(
        "verwachting", max_length=8, choices=Definitievelden.Verwachting, default=Definitievelden.Verwachting.LINEAIR
    )
    grenzen_per_kwartaal = models.BooleanField("grenzen per kwartaal", default=False)
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="eigenaar"
    )
    opmerking = models.TextField("opmerking", max_length=4000, blank=True)
    reden = models.TextField("reden van de wijziging", max_length=2000)

    class Meta(Vaststelling.Meta):
        verbose_name = "versie van een definitie"
        verbose_name_plural = "versies van definities"
        ordering = ["indicator", "id"]
        constraints = [
            *Vaststelling.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "agenda"],
                condition=Q(staat="vastgesteld"),
                name="definitieversie_een_geldende",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(staat__in=OPENSTAAND), name="definitieversie_een_openstaande"
            ),
            models.CheckConstraint(
                condition=~Q(frequentie="tweejaarlijks") | Q(eerste_jaar__isnull=False),
                name="definitieversie_tweejaarlijks_heeft_jaar",
            ),
            models.CheckConstraint(condition=~Q(reden=""), name="definitieversie_heeft_reden"),
            door_persoon("definitieversie"),
        ]
        triggers = eens_besloten_blijft(("indicator", "agenda", *_BLAD[:-1], "eigenaar", *_BLAD[-1:], "reden"))

    def __str__(self) -> str:
        return f"definitie van {self.indicator}"

    @property
    def zoals_nu(self) -> Indicator:
        """The indicator by the sheet that this version would replace."""
        if self.agenda is None:
            return self.indicator
        tot_dan = self.indicator.definities.filter(agenda__begin_jaar__lte=self.agenda.begin_jaar)
        blad = tot_dan.order_by("agenda__begin_jaar").last()
        return self.indicator.volgens(blad) if blad else self.indicator


class Grensbesluit(Vaststelling):
    """From this quarter the limits of normal variation of an indicator start anew, after a change that was agreed.

    Each start stays in force beside the others; another reason for the same quarter replaces the earlier one.
    """

    INHOUD = INHOUD_VAN_GRENS
    PLEK = ("indicator", "jaar", "kwartaal")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="grensbesluiten")
    jaar = models.PositiveSmallIntegerField("jaar")
    kwartaal = models.PositiveSmallIntegerField("kwartaal")
    reden = models.TextField("reden van de nieuwe grenzen", max_length=2000)

    class Meta(Vaststelling.Meta):
        verbose_name = "besluit over grenzen"
        verbose_name_plural = "besluiten over grenzen"
        ordering = ["indicator", "jaar", "kwartaal", "id"]
        constraints = [
            *Vaststelling.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "jaar", "kwartaal"],
                condition=Q(staat="vastgesteld"),
                name="grensbesluit_een_geldende",
            ),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(staat__in=OPENSTAAND), name="grensbesluit_een_openstaande"
            ),
            models.CheckConstraint(condition=Q(kwartaal__range=(1, 4)), name="grensbesluit_kwartaal_bestaat"),
            models.CheckConstraint(condition=~Q(reden=""), name="grensbesluit_heeft_reden"),
            models.CheckConstraint(
                condition=Q(vastgesteld_op=None) | Q(vastgesteld_door__isnull=False),
                name="grensbesluit_vaststelling_heeft_persoon",
            ),
        ]
        triggers = eens_besloten_blijft(("indicator", *INHOUD_VAN_GRENS))

    def __str__(self) -> str:
        return f"grenzen van {self.indicator} vanaf {self.begin.leesbaar}"

    @property
    def begin(self) -> Kwartaal:
        return Kwartaal(self.jaar, self.kwartaal)

    @property
    def in_woorden(self) -> str:
        return f"Grenzen vanaf {self.begin.leesbaar}"
