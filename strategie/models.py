"""The agreed text: agenda, trends, assignments, themes, ambitions, main lines and the seats of the RVO.

Every text is a sentence of our own; ``bronregel`` is the line of the agenda it rests on.
"""

from django.db import models
from django.db.models import Deferrable, F, Q

from common.tekst.periode import Kwartaal


class Agenda(models.Model):
    """A strategic agenda for a run of calendar years (inclusive), for example 2023-2026."""

    slug = models.SlugField("kenmerk", unique=True)
    titel = models.CharField("titel", max_length=200)
    begin_jaar = models.PositiveSmallIntegerField("eerste jaar")
    eind_jaar = models.PositiveSmallIntegerField("laatste jaar")
    bron = models.CharField("bron", max_length=300)

    class Meta:
        verbose_name = "agenda"
        verbose_name_plural = "agenda's"
        ordering = ["begin_jaar"]
        constraints = [
            models.CheckConstraint(condition=Q(eind_jaar__gte=F("begin_jaar")), name="agenda_jaren_op_volgorde")
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def jaren(self) -> str:
        """As people call an agenda: 2023-2026."""
        return f"{self.begin_jaar}-{self.eind_jaar}"

    @property
    def kwartalen(self) -> tuple[Kwartaal, Kwartaal]:
        """The first and the last quarter."""
        return Kwartaal(self.begin_jaar, 1), Kwartaal(self.eind_jaar, 4)


class Opdracht(models.Model):
    """One of the assignments the RVO gave the unit."""

    agenda = models.ForeignKey(Agenda, models.PROTECT, related_name="opdrachten")
    nummer = models.PositiveSmallIntegerField("nummer")
    tekst = models.TextField("opdracht in eigen woorden")
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "opdracht"
        verbose_name_plural = "opdrachten"
        ordering = ["agenda", "nummer"]
        constraints = [models.UniqueConstraint(fields=["agenda", "nummer"], name="opdracht_uniek")]

    def __str__(self) -> str:
        return f"Opdracht {self.nummer}"


class Trend(models.Model):
    """A development to which the agenda answers; ``opdracht`` is the assignment about the same subject."""

    agenda = models.ForeignKey(Agenda, models.PROTECT, related_name="trends")
    nummer = models.PositiveSmallIntegerField("nummer")
    titel = models.CharField("titel", max_length=200)
    tekst = models.TextField("trend in eigen woorden")
    opdracht = models.ForeignKey(Opdracht, models.PROTECT, null=True, blank=True, related_name="trends")
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "trend"
        verbose_name_plural = "trends"
        ordering = ["agenda", "nummer"]
        constraints = [models.UniqueConstraint(fields=["agenda", "nummer"], name="trend_uniek")]

    def __str__(self) -> str:
        return self.titel


class Thema(models.Model):
    """A strategic theme or a prioritised safety theme of one agenda."""

    class Soort(models.TextChoices):
        STRATEGISCH = "strategisch", "Strategisch thema"
        VEILIGHEID = "veiligheid", "Geprioriteerd veiligheidsthema"

    agenda = models.ForeignKey(Agenda, models.PROTECT, related_name="themas")
    slug = models.SlugField("kenmerk")
    naam = models.CharField("naam", max_length=120)
    soort = models.CharField("soort", max_length=12, choices=Soort)
    nummer = models.PositiveSmallIntegerField("nummer", help_text="Volgorde binnen de soort.")
    opdracht = models.ForeignKey(Opdracht, models.PROTECT, null=True, blank=True, related_name="themas")
    samenvatting = models.TextField("samenvatting in eigen woorden")
    geen_doel = models.CharField(
        "verklaring geen doel",
        max_length=200,
        blank=True,
        help_text="Gevuld als de agenda zegt dat dit thema geen doelstellingen heeft.",
    )
    geen_doel_bronregel = models.CharField("bronregel geen doel", max_length=40, blank=True)
    bovenliggend_bronregel = models.CharField(
        "bronregel bovenliggend",
        max_length=40,
        blank=True,
        help_text="Gevuld als de agenda zegt dat dit thema boven de andere ligt.",
    )
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema's"
        ordering = ["agenda", "soort", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["agenda", "slug"], name="thema_uniek"),
            # Deferred: two themes may swap places in one load.
            models.UniqueConstraint(
                fields=["agenda", "soort", "nummer"], name="thema_nummer_uniek", deferrable=Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["agenda"], condition=~Q(bovenliggend_bronregel=""), name="thema_een_bovenliggend"
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Ambitie(models.Model):
    """Where the unit wants to stand in the last year of the agenda."""

    thema = models.ForeignKey(Thema, models.PROTECT, related_name="ambities")
    nummer = models.PositiveSmallIntegerField("nummer")
    tekst = models.TextField("ambitie in eigen woorden")
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "ambitie"
        verbose_name_plural = "ambities"
        ordering = ["thema", "nummer"]
        constraints = [models.UniqueConstraint(fields=["thema", "nummer"], name="ambitie_uniek")]

    def __str__(self) -> str:
        return f"{self.thema}: ambitie {self.nummer}"


class Hoofdlijn(models.Model):
    """A main line along which a theme is worked on; a programme is a main line too."""

    class Soort(models.TextChoices):
        HOOFDLIJN = "hoofdlijn", "Hoofdlijn"
        PROGRAMMA = "programma", "Programma"

    thema = models.ForeignKey(Thema, models.PROTECT, related_name="hoofdlijnen")
    nummer = models.PositiveSmallIntegerField("nummer", help_text="0 voor een programma.")
    soort = models.CharField("soort", max_length=10, choices=Soort, default=Soort.HOOFDLIJN)
    titel = models.CharField("titel", max_length=200)
    tekst = models.TextField("hoofdlijn in eigen woorden")
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "hoofdlijn"
        verbose_name_plural = "hoofdlijnen"
        ordering = ["thema", "nummer"]
        constraints = [models.UniqueConstraint(fields=["thema", "nummer"], name="hoofdlijn_uniek")]

    def __str__(self) -> str:
        return self.titel


class Activiteit(models.Model):
    """Something concrete the agenda names under a main line."""

    hoofdlijn = models.ForeignKey(Hoofdlijn, models.PROTECT, related_name="activiteiten")
    nummer = models.PositiveSmallIntegerField("nummer")
    tekst = models.TextField("activiteit in eigen woorden")
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "activiteit"
        verbose_name_plural = "activiteiten"
        ordering = ["hoofdlijn", "nummer"]
        constraints = [models.UniqueConstraint(fields=["hoofdlijn", "nummer"], name="activiteit_uniek")]

    def __str__(self) -> str:
        return self.tekst


class Agendafeit(models.Model):
    """What the text of an agenda names besides its aims: a year, a partner, a frame from outside, who decided.

    It stands at a trend, a theme or a main line, or is about the agenda as a whole. ``wanneer`` is how the text says
    the year of a moment; ``naar`` is the theme to which a cross-link leads; ``datum`` only where the text names a day.
    """

    class Soort(models.TextChoices):
        MOMENT = "moment", "Moment"
        DWARSVERBAND = "dwarsverband", "Dwarsverband"
        PARTNER = "partner", "Partner"
        KADER = "kader", "Kader van buiten"
        BESLUIT = "besluit", "Wie besloot"
        OVERLEG = "overleg", "Overleg en verantwoording"

    agenda = models.ForeignKey(Agenda, models.PROTECT, related_name="feiten")
    soort = models.CharField("soort", max_length=12, choices=Soort)
    nummer = models.PositiveSmallIntegerField("nummer", help_text="Volgorde binnen de soort.")
    naam = models.CharField("naam", max_length=120)
    tekst = models.TextField("tekst in eigen woorden")
    wanneer = models.CharField("wanneer", max_length=40, blank=True)
    jaar = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    datum = models.DateField("datum", null=True, blank=True)
    trend = models.ForeignKey(Trend, models.PROTECT, null=True, blank=True, related_name="feiten")
    thema = models.ForeignKey(Thema, models.PROTECT, null=True, blank=True, related_name="feiten")
    hoofdlijn = models.ForeignKey(Hoofdlijn, models.PROTECT, null=True, blank=True, related_name="feiten")
    naar = models.ForeignKey(Thema, models.PROTECT, null=True, blank=True, related_name="+")
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "feit uit de agenda"
        verbose_name_plural = "feiten uit de agenda"
        ordering = ["agenda", "soort", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["agenda", "soort", "nummer"], name="agendafeit_uniek"),
            models.CheckConstraint(
                condition=Q(soort="moment", jaar__isnull=False) & ~Q(wanneer="")
                | ~Q(soort="moment") & Q(jaar=None, wanneer=""),
                name="agendafeit_moment_heeft_jaar",
            ),
            models.CheckConstraint(
                condition=Q(soort="dwarsverband", naar__isnull=False) | ~Q(soort="dwarsverband") & Q(naar=None),
                name="agendafeit_dwarsverband_leidt_ergens_heen",
            ),
            models.CheckConstraint(
                condition=Q(trend=None, thema=None) | Q(trend=None, hoofdlijn=None) | Q(thema=None, hoofdlijn=None),
                name="agendafeit_op_een_plek",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Zetel(models.Model):
    """A seat in the RVO, by office and never by person. ``geldig_tot`` is the first day without it."""

    class Ambt(models.TextChoices):
        BURGEMEESTER = "burgemeester", "Burgemeester"
        REGIOBURGEMEESTER = "regioburgemeester", "Regioburgemeester"
        HOOFDOFFICIER = "hoofdofficier", "Hoofdofficier van justitie"
        POLITIECHEF = "politiechef", "Politiechef"

    ambt = models.CharField("ambt", max_length=20, choices=Ambt)
    gebied = models.CharField("gebied", max_length=80, help_text="Naam van de gemeente, of van de eenheid.")
    geldig_vanaf = models.DateField("geldig vanaf", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)
    bronregel = models.CharField("bronregel", max_length=40)

    class Meta:
        verbose_name = "RVO-zetel"
        verbose_name_plural = "RVO-zetels"
        ordering = ["ambt", "gebied"]
        constraints = [models.UniqueConstraint(fields=["ambt", "gebied"], name="zetel_uniek")]

    def __str__(self) -> str:
        return f"{self.get_ambt_display()} {self.gebied}"
