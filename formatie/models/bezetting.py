"""Bezetting: the people there are, in fte, beside the places of the plan; and the inhabitants they work for."""

from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.vaststellen.model import Vaststelling, door_persoon, een_tegelijk, eens_besloten_blijft
from formatie.models.plan import Districtsformatie, Gemeente, Onderdeel

FICTIEF = pgtrigger.Q(old__demo=True)
INHOUD_VAN_BEZETTING = (
    *("os", "nos", "aspiranten", "wijkagenten", "wijkagenten_expert", "ziek"),
    *("status", "meetdatum", "toelichting"),
)


def fte(naam: str, *, verplicht: bool = False) -> models.DecimalField:
    return models.DecimalField(naam, max_digits=9, decimal_places=2, null=not verplicht, blank=not verplicht)


class Bezetting(Vaststelling):
    """The people of one part of the organisation on the last day of one quarter, in fte, in one version.

    ``soort`` is a kind of places the plan gives this onderdeel: a basisteam, or of a district its leiding, flexteam,
    districtsrecherche or grens. OS and NOS add up to the whole. Aspiranten, wijkagenten and wijkagenten expert are
    part of OS; empty means not reported, which is not 0. ``ziek`` is optional.
    """

    class Soort(models.TextChoices):
        BASISTEAM = Districtsformatie.Soort.BASISTEAM.value, "Basisteam"
        LEIDING = Districtsformatie.Soort.LEIDING.value, "Leiding en ondersteuning"
        FLEXTEAM = Districtsformatie.Soort.FLEXTEAM.value, "Flexteam"
        DISTRICTSRECHERCHE = Districtsformatie.Soort.DISTRICTSRECHERCHE.value, "Districtsrecherche"
        GRENS = Districtsformatie.Soort.GRENS.value, "Grenstoezicht"

    class Zekerheid(models.TextChoices):
        VOORLOPIG = "voorlopig", "Voorlopig"
        DEFINITIEF = "definitief", "Definitief"

    INHOUD = INHOUD_VAN_BEZETTING
    PLEK = ("onderdeel", "soort", "jaar", "kwartaal")

    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, related_name="bezetting")
    soort = models.CharField("soort", max_length=24, choices=Soort, default=Soort.BASISTEAM)
    jaar = models.PositiveSmallIntegerField("jaar")
    kwartaal = models.PositiveSmallIntegerField("kwartaal")
    os = fte("OS in fte", verplicht=True)
    nos = fte("NOS in fte", verplicht=True)
    aspiranten = fte("waarvan aspiranten in fte")
    wijkagenten = fte("waarvan wijkagenten in fte")
    wijkagenten_expert = fte("waarvan wijkagenten expert in fte")
    ziek = fte("ziek in fte")
    status = models.CharField("status", max_length=10, choices=Zekerheid, default=Zekerheid.DEFINITIEF)
    meetdatum = models.DateField("meetdatum", null=True, blank=True)
    toelichting = models.TextField("toelichting", max_length=2000, blank=True)
    demo = models.BooleanField("fictief", default=False)

    class Meta(Vaststelling.Meta):
        verbose_name = "bezetting"
        verbose_name_plural = "bezetting"
        ordering = ["onderdeel", "soort", "jaar", "kwartaal", "id"]
        constraints = [
            *Vaststelling.Meta.constraints,
            *een_tegelijk("bezetting", "onderdeel", "soort", "jaar", "kwartaal"),
            door_persoon("bezetting"),
            models.CheckConstraint(condition=Q(kwartaal__range=(1, 4)), name="bezetting_kwartaal"),
            models.CheckConstraint(condition=Q(jaar__range=(2000, 2100)), name="bezetting_jaar"),
            models.CheckConstraint(condition=Q(os__gte=0, nos__gte=0), name="bezetting_niet_negatief"),
            *(
                models.CheckConstraint(
                    condition=Q(**{deel: None}) | Q(**{f"{deel}__gte": 0, f"{deel}__lte": F("os")}),
                    name=f"bezetting_{deel}_binnen_os",
                )
                for deel in ("aspiranten", "wijkagenten", "wijkagenten_expert")
            ),
            models.CheckConstraint(
                condition=Q(ziek=None) | Q(ziek__gte=0, ziek__lte=F("os") + F("nos")),
                name="bezetting_ziek_binnen_geheel",
            ),
        ]
        triggers = eens_besloten_blijft(
            ("onderdeel", "soort", "jaar", "kwartaal", *INHOUD_VAN_BEZETTING, "demo"), weg_mag=FICTIEF
        )

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.onderdeel.code} {self.jaar} Q{self.kwartaal}"

    @property
    def fte(self) -> Decimal:
        return self.os + self.nos


class Inwonertal(models.Model):
    """How many people live in the area of an onderdeel, or in a municipality, on a day, with where that was printed."""

    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, null=True, blank=True, related_name="inwonertallen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="inwonertallen")
    peildatum = models.DateField("peildatum")
    aantal = models.PositiveIntegerField("inwoners")
    bron = models.CharField("bron", max_length=200)

    class Meta:
        verbose_name = "inwonertal"
        verbose_name_plural = "inwonertallen"
        ordering = ["onderdeel", "gemeente", "peildatum"]
        constraints = [
            models.UniqueConstraint(
                fields=["onderdeel", "gemeente", "peildatum"], name="inwonertal_een_per_dag", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(onderdeel=None, gemeente__isnull=False) | Q(onderdeel__isnull=False, gemeente=None),
                name="inwonertal_van_een",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.onderdeel or self.gemeente} op {self.peildatum:%d-%m-%Y}: {self.aantal}"

    def per(self, wijkagenten: Decimal | None) -> Decimal | None:
        """Inhabitants per wijkagent; None where there is nobody to divide by, or it is not known who there are."""
        return self.aantal / wijkagenten if wijkagenten and wijkagenten > 0 else None


class Scenario(models.Model):
    """A named thought of one person about one district, on top of the plan and the bezetting of one quarter.

    ``gedeeld``: whoever may see the teams of the district may read it; only its owner changes it.
    """

    eigenaar = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="scenarios")
    district = models.ForeignKey(Onderdeel, models.PROTECT, related_name="scenarios")
    naam = models.CharField("naam", max_length=80)
    jaar = models.PositiveSmallIntegerField("uitgaand van jaar")
    kwartaal = models.PositiveSmallIntegerField("uitgaand van kwartaal")
    kwartalen = models.PositiveSmallIntegerField("kwartalen vooruit", default=4)
    gedeeld = models.BooleanField("gedeeld binnen het district", default=False)
    gewijzigd_op = models.DateTimeField("gewijzigd op", auto_now=True)

    class Meta:
        verbose_name = "scenario"
        verbose_name_plural = "scenario's"
        ordering = ["district", "naam", "id"]
        constraints = [
            models.UniqueConstraint(fields=["eigenaar", "district", "naam"], name="scenario_naam_uniek"),
            models.CheckConstraint(condition=Q(kwartaal__range=(1, 4)), name="scenario_kwartaal"),
            models.CheckConstraint(condition=Q(kwartalen__range=(1, 12)), name="scenario_kwartalen"),
        ]

    def __str__(self) -> str:
        return self.naam


class Scenarioregel(models.Model):
    """What changes at one team: places moved in or out, and people coming or going per quarter, in fte.

    ``verschuiving`` is of formation places; over the teams of a scenario they add up to nothing. ``instroom`` and
    ``instroom_wijkagenten`` are per quarter and may be negative.
    """

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="regels")
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, related_name="+")
    verschuiving = models.DecimalField("verschoven plaatsen in fte", max_digits=7, decimal_places=1, default=0)
    verschuiving_wijkagenten = models.DecimalField(
        "verschoven plaatsen voor wijkagenten in fte", max_digits=7, decimal_places=1, default=0
    )
    instroom = models.DecimalField("instroom per kwartaal in fte", max_digits=7, decimal_places=1, default=0)
    instroom_wijkagenten = models.DecimalField(
        "instroom van wijkagenten per kwartaal in fte", max_digits=7, decimal_places=1, default=0
    )

    class Meta:
        verbose_name = "regel van een scenario"
        verbose_name_plural = "regels van scenario's"
        ordering = ["scenario", "onderdeel"]
        constraints = [models.UniqueConstraint(fields=["scenario", "onderdeel"], name="scenarioregel_een_per_team")]

    def __str__(self) -> str:
        return f"{self.scenario}: {self.onderdeel.code}"
