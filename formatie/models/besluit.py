"""What the organisation is, decided on the site: one person proposes rows as the files have them, another approves."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from common.vaststellen.model import OPENSTAAND, Vaststelling, door_persoon, eens_besloten_blijft

INHOUD_VAN_BESLUIT = ("vanaf", "bron", "bronregel", "reden", "rijen")


class Organisatiebesluit(Vaststelling):
    """Rows of the organisation that count once a second person approves: per table of a file its rows.

    ``rijen`` has the shape of the files (``{"werkgebied": [{"basisteam": "A1", ...}]}``), days as ISO text, so that
    the same schemas read it. ``plek`` is what it is about as a key, ``naam`` the same in words. Decisions about one
    place follow each other and all stay; only one may be open. From then on the files leave that place alone.
    """

    class Soort(models.TextChoices):
        WERKGEBIED = "werkgebied", "Werkgebied"
        INWONERTAL = "inwonertal", "Inwonertal"
        AGENDA = "agenda", "Agenda"
        ORGANISATIE = "organisatie", "Organisatie"
        FORMATIEPLAN = "formatieplan", "Formatieplan"

    INHOUD = INHOUD_VAN_BESLUIT
    PLEK = ("soort", "plek")

    soort = models.CharField("soort", max_length=12, choices=Soort)
    plek = models.CharField("waarover, als kenmerk", max_length=120)
    naam = models.CharField("waarover", max_length=200)
    vanaf = models.DateField("vanaf")
    bron = models.CharField("bron", max_length=300)
    bronregel = models.CharField("bronregel", max_length=40, blank=True)
    reden = models.TextField("toelichting", max_length=2000, blank=True)
    rijen = models.JSONField("rijen", encoder=DjangoJSONEncoder)

    class Meta(Vaststelling.Meta):
        verbose_name = "besluit over de organisatie"
        verbose_name_plural = "besluiten over de organisatie"
        ordering = ["soort", "naam", "id"]
        constraints = [
            *Vaststelling.Meta.constraints,
            models.UniqueConstraint(
                fields=["soort", "plek"],
                condition=Q(staat__in=OPENSTAAND),
                name="organisatiebesluit_een_openstaande",
            ),
            door_persoon("organisatiebesluit"),
            models.CheckConstraint(condition=~Q(bron=""), name="organisatiebesluit_heeft_bron"),
        ]
        triggers = eens_besloten_blijft(("soort", "plek", "naam", *INHOUD_VAN_BESLUIT))

    def __str__(self) -> str:
        return self.naam
