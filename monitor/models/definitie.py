"""What an agenda says of an indicator: the fields that may differ from one agenda to the next."""

from django.db import models
from django.db.models import Q

from formatie.models import Onderdeel


class Definitievelden(models.Model):
    """Base of the two places of a definition: the Indicator for its first agenda, a Definitie for a later one.

    ``vanaf`` and ``tot`` are quarters (``2026-Q3``), both included; empty is the first and last of the agenda.
    Outside them nothing is due.
    """

    class Richting(models.TextChoices):
        HOGER = "hoger", "Hoger is beter"
        LAGER = "lager", "Lager is beter"
        GEEN = "geen", "Geen richting"

    class Frequentie(models.TextChoices):
        KWARTAAL = "kwartaal", "Elk kwartaal"
        HALFJAAR = "halfjaar", "Elk halfjaar"
        JAAR = "jaar", "Elk jaar"
        TWEEJAARLIJKS = "tweejaarlijks", "Elke twee jaar"

    class Verwachting(models.TextChoices):
        LINEAIR = "lineair", "Gelijkmatig over het jaar"
        STAP = "stap", "In één keer, vanaf een kwartaal"
        SEIZOEN = "seizoen", "Volgens het patroon van eerdere jaren"

    class Niveau(models.TextChoices):
        EENHEID = "eenheid", "Eenheid"
        DISTRICT = "district", "District"
        BASISTEAM = "basisteam", "Basisteam"

    naam = models.CharField("naam", max_length=160)
    definitie = models.TextField("definitie")
    telregel = models.TextField("telregel")
    bron = models.CharField("bron van de cijfers", max_length=300)
    opmerking = models.TextField("opmerking", blank=True)
    decimalen = models.PositiveSmallIntegerField("decimalen in beeld", default=0)
    richting = models.CharField("richting", max_length=6, choices=Richting)
    frequentie = models.CharField("frequentie", max_length=14, choices=Frequentie)
    eerste_jaar = models.PositiveSmallIntegerField("eerste jaar van een tweejaarlijkse meting", null=True, blank=True)
    niveau = models.CharField("niveau", max_length=10, choices=Niveau)
    verwachting = models.CharField("verwachting", max_length=8, choices=Verwachting, default=Verwachting.LINEAIR)
    stap_kwartaal = models.PositiveSmallIntegerField("kwartaal van de stap", null=True, blank=True)
    grenzen_per_kwartaal = models.BooleanField(
        "grenzen per kwartaal", default=False, help_text="Elk kwartaal wordt vergeleken met hetzelfde kwartaal."
    )
    vanaf = models.CharField("eerste kwartaal", max_length=7, blank=True, help_text="Bijvoorbeeld 2026-Q3.")
    tot = models.CharField("laatste kwartaal", max_length=7, blank=True, help_text="Bijvoorbeeld 2026-Q4.")
    niet_voor = models.ManyToManyField(Onderdeel, blank=True, related_name="+", verbose_name="niet van toepassing op")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(frequentie="tweejaarlijks") | Q(eerste_jaar__isnull=False),
                name="%(class)s_tweejaarlijks_heeft_jaar",
            ),
            models.CheckConstraint(
                condition=~Q(verwachting="stap") | Q(stap_kwartaal__range=(1, 4)),
                name="%(class)s_stap_heeft_kwartaal",
            ),
            models.CheckConstraint(
                condition=Q(vanaf="") | Q(tot="") | Q(tot__gte=models.F("vanaf")),
                name="%(class)s_kwartalen_op_volgorde",
            ),
        ]


IN_AGENDA = tuple(veld.name for veld in Definitievelden._meta.fields)
"""The fields that may differ from one agenda to the next, without ``niet_voor``."""
