"""The formation plan (Bijlage 1): places in fte, as printed.

What is printed is stored as printed; what follows from it is computed by ``formatie.plan.controle``.
"""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Deferrable, F, Q


def geldig_op(dag: date) -> Q:
    """The rows that exist on a day; ``geldig_tot`` is the first day on which they no longer do."""
    return (Q(geldig_vanaf=None) | Q(geldig_vanaf__lte=dag)) & (Q(geldig_tot=None) | Q(geldig_tot__gt=dag))


def einde_na_begin(naam: str) -> models.CheckConstraint:
    geldig = Q(geldig_vanaf=None) | Q(geldig_tot=None) | Q(geldig_tot__gt=F("geldig_vanaf"))
    return models.CheckConstraint(condition=geldig, name=naam)


class Onderdeel(models.Model):
    """A node of the organisation. ``geldig_tot`` is the first day on which it no longer exists."""

    class Soort(models.TextChoices):
        KORPS = "korps", "Korps"
        EENHEID = "eenheid", "Eenheid"
        DIENST = "dienst", "Dienst"
        DISTRICT = "district", "District"
        BASISTEAM = "basisteam", "Basisteam"

    code = models.CharField("code", max_length=12, unique=True)
    naam = models.CharField("naam", max_length=120)
    soort = models.CharField("soort", max_length=10, choices=Soort)
    ouder = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="kinderen")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    geldig_vanaf = models.DateField("geldig vanaf", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)
    bronregel = models.CharField("bronregel", max_length=40, blank=True)

    class Meta:
        verbose_name = "onderdeel"
        verbose_name_plural = "onderdelen"
        ordering = ["volgorde", "code"]
        constraints = [
            einde_na_begin("onderdeel_geldigheid"),
            models.CheckConstraint(condition=Q(ouder=None) | ~Q(ouder=F("id")), name="onderdeel_niet_eigen_ouder"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.naam}"


class Gemeente(models.Model):
    """A municipality in the unit, with the dates between which it existed."""

    slug = models.SlugField("kenmerk", unique=True)
    naam = models.CharField("naam", max_length=80)
    cbs_code = models.CharField("CBS-code", max_length=6, blank=True)
    geldig_vanaf = models.DateField("geldig vanaf", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)
    opgegaan_in = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="voorgangers")
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class Werkgebied(models.Model):
    """That a basisteam works in a municipality, with what says so.

    Many to many: a municipality can lie in several districts, and a team can cross its borders. ``gebied`` names the
    part; empty when the source names the municipality as a whole. Nothing here is filled in without a source, so a
    municipality without rows is one of which the team is not known.
    """

    class Grond(models.TextChoices):
        BRON = "bron", "een bron noemt het"
        NAAM = "naam", "op grond van de naam"

    basisteam = models.ForeignKey(Onderdeel, models.PROTECT, related_name="werkgebieden")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="werkgebieden")
    gebied = models.CharField("deel van de gemeente", max_length=80, blank=True)
    grond = models.CharField("grond", max_length=4, choices=Grond)
    bron = models.CharField("bron", max_length=300)
    bronregel = models.CharField("bronregel", max_length=40, blank=True)
    geldig_vanaf = models.DateField("geldig vanaf", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)

    class Meta:
        verbose_name = "werkgebied"
        verbose_name_plural = "werkgebieden"
        ordering = ["gemeente", "basisteam", "gebied"]
        constraints = [
            # What ended can begin again: then it is another row.
            models.UniqueConstraint(
                fields=["basisteam", "gemeente", "gebied", "geldig_vanaf"],
                name="werkgebied_uniek",
                nulls_distinct=False,
            ),
            einde_na_begin("werkgebied_geldigheid"),
        ]

    def __str__(self) -> str:
        return f"{self.basisteam}: {self.gebied or self.gemeente}"


class Formatieplan(models.Model):
    """A version of the formation plan: adopted by ``besluit`` on ``besluitdatum``, in force from a day.

    ``aspirant_inzetbaar`` is the part of an aspirant, in per cent, that can be deployed during training
    (kst-29628-164 of 24-11-2009 names 40%); it is shown and never subtracted from the strength.
    """

    slug = models.SlugField("kenmerk", unique=True)
    naam = models.CharField("naam", max_length=120)
    besluit = models.CharField("besluit", max_length=200)
    besluitdatum = models.DateField("besluitdatum")
    geldig_vanaf = models.DateField("geldig vanaf")
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)
    aspirant_inzetbaar = models.DecimalField(
        "inzetbaarheid van een aspirant (%)", max_digits=5, decimal_places=2, default=Decimal(40)
    )
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "formatieplan"
        verbose_name_plural = "formatieplannen"
        ordering = ["geldig_vanaf"]
        constraints = [
            models.CheckConstraint(
                condition=Q(aspirant_inzetbaar__range=(0, 100)), name="formatieplan_aspirant_inzetbaar"
            )
        ]

    def __str__(self) -> str:
        return self.naam


def fte_veld(naam: str) -> models.DecimalField:
    return models.DecimalField(naam, max_digits=8, decimal_places=1, null=True, blank=True)


def gedrukt_veld(naam: str) -> models.CharField:
    """The figure as the plan prints it, "16,0" or "16": its decimals bound what rounding can explain."""
    return models.CharField(naam, max_length=12, blank=True)


class Formatieregel(models.Model):
    """A row of the service table: fte, of which operational (OS) and not (NOS), as printed.

    ``ouder`` is the row a "waarvan" row is part of. What a total is the sum of stands in ``Optelling``.
    """

    class Soort(models.TextChoices):
        REGEL = "regel", "Regel"
        WAARVAN = "waarvan", "Waarvan"
        SUBTOTAAL = "subtotaal", "Subtotaal"
        TOTAAL = "totaal", "Totaal"

    plan = models.ForeignKey(Formatieplan, models.PROTECT, related_name="regels")
    sleutel = models.SlugField("kenmerk", max_length=80)
    volgnummer = models.PositiveSmallIntegerField("volgnummer")
    dienst = models.CharField("dienst", max_length=80)
    naam = models.CharField("naam", max_length=120)
    soort = models.CharField("soort", max_length=10, choices=Soort)
    ouder = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="waarvan")
    fte = fte_veld("FTE")
    fte_os = fte_veld("OS")
    fte_nos = fte_veld("NOS")
    fte_gedrukt = gedrukt_veld("FTE zoals gedrukt")
    fte_os_gedrukt = gedrukt_veld("OS zoals gedrukt")
    fte_nos_gedrukt = gedrukt_veld("NOS zoals gedrukt")
    herleiding = models.TextField(
        "herleiding", blank=True, help_text="Hoe de kolom is bepaald waar de platte tekst die verloor."
    )
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "formatieregel"
        verbose_name_plural = "formatieregels"
        ordering = ["plan", "volgnummer"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "sleutel"], name="formatieregel_uniek"),
            # Deferred: a row put in between shifts the numbers of all rows after it.
            models.UniqueConstraint(
                fields=["plan", "volgnummer"], name="formatieregel_volgnummer", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=~Q(soort="waarvan") | Q(ouder__isnull=False),
                name="formatieregel_waarvan_heeft_ouder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dienst}: {self.naam}"


class Districtsformatie(models.Model):
    """One cell of the district tables: places of one kind at one onderdeel, in fte, as printed."""

    class Soort(models.TextChoices):
        LEIDING = "leiding", "Leiding en ondersteuning"
        BASISTEAM = "basisteam", "Basisteam"
        BASISTEAMS = "basisteams", "Totaal basisteams"
        BASISTEAMS_ASPIRANTEN = "basisteams-aspiranten", "Waarvan aspiranten (basisteams)"
        FLEXTEAM = "flexteam", "Flexteam"
        DISTRICTSRECHERCHE = "districtsrecherche", "Districtsrecherche"
        GRENS = "grens", "Grenstoezicht"
        TOTAAL = "totaal", "Totaal"
        ASPIRANTEN = "aspiranten", "Waarvan aspiranten (totaal)"
        WIJKAGENTEN = "wijkagenten", "Wijkagenten"

    plan = models.ForeignKey(Formatieplan, models.PROTECT, related_name="districtscellen")
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, related_name="formatiecellen")
    soort = models.CharField("soort", max_length=24, choices=Soort)
    fte = fte_veld("FTE")
    fte_gedrukt = gedrukt_veld("FTE zoals gedrukt")
    inwoners_per_wijkagent = models.PositiveIntegerField("inwoners per wijkagent", null=True, blank=True)
    herleiding = models.TextField(
        "herleiding", blank=True, help_text="Hoe de kolom is bepaald waar de platte tekst die verloor."
    )
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "districtsformatie"
        verbose_name_plural = "districtsformatie"
        ordering = ["plan", "onderdeel", "soort"]
        constraints = [models.UniqueConstraint(fields=["plan", "onderdeel", "soort"], name="districtsformatie_uniek")]

    def __str__(self) -> str:
        return f"{self.onderdeel}: {self.get_soort_display()}"


class Controlesom(models.Model):
    """A printed figure that should follow from others: what is compared, as data.

    ``geheel`` and each deel name a printed figure by reference, for example
    ``regel:regiostaf-totaal:fte`` or ``cel:A:totaal:fte``; ``fte``, ``os``, ``nos`` and ``inwoners`` are
    the columns. ``oorzaak`` is filled only where the cause of a difference can be proved from the
    printed figures themselves; ``opmerking`` says what else they show.
    """

    class Soort(models.TextChoices):
        RIJ = "rij", "FTE is OS plus NOS"
        SOM = "som", "Som van delen"
        TABELLEN = "tabellen", "Hetzelfde getal in twee tabellen"
        GEWOGEN = "gewogen", "Gewogen gemiddelde"

    plan = models.ForeignKey(Formatieplan, models.PROTECT, related_name="controlesommen")
    sleutel = models.SlugField("kenmerk", max_length=120)
    volgnummer = models.PositiveSmallIntegerField("volgnummer")
    soort = models.CharField("soort", max_length=10, choices=Soort, default=Soort.SOM)
    omschrijving = models.CharField("omschrijving", max_length=200)
    geheel = models.CharField("geheel", max_length=120)
    delen = models.JSONField("delen", help_text="Verwijzingen; een minteken ervoor trekt af.")
    oorzaak = models.TextField("oorzaak", blank=True)
    opmerking = models.TextField("opmerking", blank=True)

    class Meta:
        verbose_name = "controlesom"
        verbose_name_plural = "controlesommen"
        ordering = ["plan", "volgnummer"]
        constraints = [models.UniqueConstraint(fields=["plan", "sleutel"], name="controlesom_uniek")]

    def __str__(self) -> str:
        return self.omschrijving
