"""Import: one file of metingen that someone handed in, what became of it, and how that person names columns."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from common.jobs import JobRun


class Import(models.Model):
    """The file itself, who handed it in, its faults, and its way from received to submitted or withdrawn.

    ``pogingen`` counts how often reading began: above 1 a worker was lost halfway. ``zonder_reden`` are the rows that
    correct something approved and do not say why. ``rest_van`` is the file whose faulty rows these were.
    """

    class Staat(models.TextChoices):
        ONTVANGEN = "ontvangen", "Ontvangen"
        BEZIG = "bezig", "Wordt gelezen"
        VOORSTEL = "voorstel", "Klaar om in te dienen"
        FOUTEN = "fouten", "Fouten gevonden"
        DOORGEVOERD = "doorgevoerd", "Ingediend"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    naam = models.CharField("naam van het bestand", max_length=120)
    inhoud = models.BinaryField("inhoud")
    sha256 = models.CharField("vingerafdruk", max_length=64)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField("ontvangen op", default=timezone.now)
    staat = models.CharField("staat", max_length=12, choices=Staat, default=Staat.ONTVANGEN)
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    taak = models.ForeignKey(JobRun, models.SET_NULL, null=True, related_name="+")
    fouten = models.JSONField("fouten", default=list)  # [row, column, reason]; row 0 is the file as a whole
    opmerkingen = models.JSONField("wat er gelezen is", default=list)  # sentences: the sheet, hidden rows, the header
    koppen = models.JSONField("koppen die niet bekend zijn", default=list)  # [heading, first text below it]
    rest_van = models.ForeignKey("self", models.PROTECT, null=True, related_name="resten", verbose_name="rest van")
    gelezen = models.PositiveIntegerField("rijen gelezen", default=0)
    nieuw = models.PositiveIntegerField("nieuw", default=0)
    gewijzigd = models.PositiveIntegerField("gewijzigd", default=0)
    gelijk = models.PositiveIntegerField("gelijk", default=0)
    twijfel = models.PositiveIntegerField("twijfelachtig", default=0)
    geweigerd = models.PositiveIntegerField("geweigerd", default=0)
    weggelaten = models.PositiveIntegerField("weggelaten", default=0)
    zonder_reden = models.PositiveIntegerField("correcties zonder reden", default=0)
    afgerond_op = models.DateTimeField("afgerond op", null=True)

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "imports"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["id"], name="import_wacht", condition=models.Q(staat__in=("ontvangen", "bezig")))
        ]

    def __str__(self) -> str:
        return self.naam


class Importregel(models.Model):
    """One row of the file: its text, and what it would do.

    ``bestandsfouten`` are those that only the file shows, each gone once its cell is typed anew; ``hersteld`` is what
    the file said where its owner typed something else.
    """

    class Soort(models.TextChoices):
        NIEUW = "nieuw", "Nieuw"
        GEWIJZIGD = "gewijzigd", "Gewijzigd"
        GELIJK = "gelijk", "Gelijk"
        TWIJFEL = "twijfel", "Twijfelachtig"
        GEWEIGERD = "geweigerd", "Geweigerd"
        WEGGELATEN = "weggelaten", "Weggelaten"

    bestand = models.ForeignKey(Import, models.CASCADE, related_name="regels")
    rij = models.PositiveIntegerField("rij")
    soort = models.CharField("soort", max_length=10, choices=Soort)
    cellen = models.JSONField("cellen", default=dict)
    verschillen = models.JSONField("verschillen", default=list)  # [column, old, new], in Dutch notation
    fouten = models.JSONField("fouten", default=list)  # [column, reason]: of a doubtful row what is doubtful
    bestandsfouten = models.JSONField("fouten van het bestand", default=list)  # [column, reason]
    hersteld = models.JSONField("hersteld", default=dict)  # column → text in the file

    class Meta:
        verbose_name = "rij van een import"
        verbose_name_plural = "rijen van imports"
        ordering = ["bestand", "rij"]
        constraints = [models.UniqueConstraint(fields=["bestand", "rij"], name="importregel_een_per_rij")]

    def __str__(self) -> str:
        return f"{self.bestand} rij {self.rij}"


class Kolomkoppeling(models.Model):
    """How one person's files call a column; ``kop`` without what does not count in a word, ``kolom`` as we call it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="gebruiker")
    kop = models.CharField("kop", max_length=120)
    kolom = models.CharField("kolom", max_length=40)

    class Meta:
        verbose_name = "kolomkoppeling"
        verbose_name_plural = "kolomkoppelingen"
        ordering = ["user", "kop"]
        constraints = [models.UniqueConstraint(fields=["user", "kop"], name="kolomkoppeling_een_per_kop")]

    def __str__(self) -> str:
        return f"{self.kop}: {self.kolom}"


class Herinnering(models.Model):
    """One message to a person about what waits: written before it is sent, marked when it is.

    ``regels`` are the keys of all that it tells; what stands in the latest that was sent is not new the next time.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="gebruiker")
    dag = models.DateField("dag")
    onderwerp = models.CharField("onderwerp", max_length=200)
    tekst = models.TextField("tekst")
    regels = models.JSONField("waarover", default=list)
    geprobeerd_op = models.DateTimeField("geprobeerd op", null=True, blank=True)
    verzonden_op = models.DateTimeField("verzonden op", null=True, blank=True)
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    fout = models.TextField("laatste fout", blank=True)

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        ordering = ["-dag", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(verzonden_op=None), name="herinnering_een_onverzonden"
            )
        ]

    def __str__(self) -> str:
        return f"herinnering van {self.dag:%d-%m-%Y} aan {self.user}"
