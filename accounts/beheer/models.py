"""What waits for a second person or for the owner of an account: proposed roles, links to set a password, mails."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.rollen import ROLLEN
from common.tekst.tekens import zichtbaar
from common.vaststellen.model import gewijzigd

WAAR = ("onderdeel_code", "thema_slug", "gemeente_slug")
GELDIGHEID = ("geldig_vanaf", "geldig_tot")
ROLVELDEN = ("rol", *WAAR, *GELDIGHEID)


def iso(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None


def rol_in_woorden(rij: Any) -> str:
    """The role and where it is filled."""
    waar = rij.onderdeel_code or rij.thema_slug.replace("-", " ") or rij.gemeente_slug
    return zichtbaar(f"{rij.get_rol_display()} {waar}".strip())


class RolvoorstelQuerySet(models.QuerySet):
    def open(self) -> RolvoorstelQuerySet:
        """Not decided on, and not expired."""
        return self.filter(besluit="", verloopt_op__gt=timezone.now())


class Rolvoorstel(models.Model):
    """A role, or a longer validity of one, that was proposed. It gives nothing until another beheerder confirms it.

    ``wacht_tot`` is set when there was no other beheerder, or when a command proposed: nobody confirms before that
    moment, and everybody with a role is told. ``vervulling`` is the role whose validity becomes longer.
    """

    class Besluit(models.TextChoices):
        OPEN = "", "wacht op bevestiging"
        BEVESTIGD = "bevestigd", "bevestigd"
        AFGEWEZEN = "afgewezen", "afgewezen"
        VERVALLEN = "vervallen", "vervallen"

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="rolvoorstellen", verbose_name="gebruiker")
    rol = models.CharField("rol", max_length=20, choices=[(r.code, r.naam) for r in ROLLEN.values()])
    onderdeel_code = models.CharField("district", max_length=12, blank=True)
    thema_slug = models.SlugField("thema", blank=True)
    gemeente_slug = models.SlugField("gemeente", blank=True)
    geldig_vanaf = models.DateField("geldig vanaf", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)
    vervulling = models.ForeignKey("accounts.Rolvervulling", models.PROTECT, null=True, related_name="voorstellen")
    voorsteller = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="voorgesteld door"
    )
    voorgesteld_op = models.DateTimeField("voorgesteld op")
    verloopt_op = models.DateTimeField("verloopt op")
    wacht_tot = models.DateTimeField("wacht tot", null=True)
    besluit = models.CharField("besluit", max_length=10, choices=Besluit, default=Besluit.OPEN, blank=True)
    besloten_door = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="besloten door"
    )
    besloten_op = models.DateTimeField("besloten op", null=True)

    objects = RolvoorstelQuerySet.as_manager()

    class Meta:
        verbose_name = "rolvoorstel"
        verbose_name_plural = "rolvoorstellen"
        ordering = ["voorgesteld_op", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "rol", *WAAR], condition=Q(besluit=""), name="rolvoorstel_een_openstaand"
            ),
            models.CheckConstraint(
                condition=Q(besluit="", besloten_op=None, besloten_door=None)
                | ~Q(besluit="") & Q(besloten_op__isnull=False),
                name="rolvoorstel_besluit_compleet",
            ),
            models.CheckConstraint(
                condition=~Q(besluit="bevestigd")
                | Q(besloten_door__isnull=False, besloten_op__lte=F("verloopt_op"))
                & ~Q(besloten_door=F("user"))
                & (Q(wacht_tot=None) | Q(besloten_op__gte=F("wacht_tot"))),
                name="rolvoorstel_bevestigd_door_een_ander",
            ),
            models.CheckConstraint(
                condition=~Q(besluit="bevestigd")
                | Q(wacht_tot__isnull=False)
                | Q(voorsteller__isnull=False) & ~Q(besloten_door=F("voorsteller")),
                name="rolvoorstel_door_twee_of_na_een_dag",
            ),
            models.CheckConstraint(
                condition=~Q(voorsteller=F("user")) | Q(voorsteller=None), name="rolvoorstel_niet_voor_zichzelf"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="niet_verwijderen", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="alleen_besluiten",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__besluit="")
                | gewijzigd(
                    ("user", *ROLVELDEN, "vervulling", "voorsteller", "voorgesteld_op", "verloopt_op", "wacht_tot")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{rol_in_woorden(self)} voor {self.user}"

    def in_woorden(self) -> str:
        return rol_in_woorden(self)


def vingerafdruk(sleutel: str) -> str:
    """What is kept of a secret: who reads the database learns no key and no link."""
    return hashlib.sha256(sleutel.encode()).hexdigest()


class Toegangslink(models.Model):
    """A link with which the owner of an account sets a password, once. Its secret is made when it is handed over.

    ``getoond``: it was shown to who made it, and not sent to the owner.
    """

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="toegangslinks", verbose_name="gebruiker")
    vingerafdruk = models.CharField("vingerafdruk", max_length=64, blank=True, editable=False)
    gemaakt_door = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, related_name="+", verbose_name="gemaakt door"
    )
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    geldig_tot = models.DateTimeField("geldig tot", null=True)
    getoond = models.BooleanField("getoond", default=False)
    wachtwoordstand = models.CharField("stand van het wachtwoord", max_length=64, editable=False)
    gebruikt_op = models.DateTimeField("gebruikt op", null=True)
    vervallen_op = models.DateTimeField("vervallen op", null=True)

    class Meta:
        verbose_name = "eenmalige link"
        verbose_name_plural = "eenmalige links"
        ordering = ["-gemaakt_op", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(gebruikt_op=None, vervallen_op=None), name="toegangslink_een_tegelijk"
            ),
            models.UniqueConstraint(
                fields=["vingerafdruk"], condition=~Q(vingerafdruk=""), name="toegangslink_geheim_uniek"
            ),
            models.CheckConstraint(
                condition=Q(vingerafdruk="", geldig_tot=None) | ~Q(vingerafdruk="") & Q(geldig_tot__isnull=False),
                name="toegangslink_met_einde",
            ),
        ]

    def __str__(self) -> str:
        return f"link voor {self.user}"

    def zet_geheim(self, sleutel: str, geldig_tot: datetime) -> None:
        self.vingerafdruk, self.geldig_tot = vingerafdruk(sleutel), geldig_tot
        self.save(update_fields=["vingerafdruk", "geldig_tot"])


class Bericht(models.Model):
    """A mail about an account, waiting or sent. Where ``{link}`` stands the link comes, made while it is sent."""

    aan = models.EmailField("aan")
    onderwerp = models.CharField("onderwerp", max_length=200)
    tekst = models.TextField("tekst")
    link = models.ForeignKey(Toegangslink, models.CASCADE, null=True, related_name="berichten")
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    verzonden_op = models.DateTimeField("verzonden op", null=True)
    fout = models.CharField("fout", max_length=300, blank=True)

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.aan}: {self.onderwerp}"
