"""Users, the roles they fill, and the tokens programs log in with."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.beheer.models import (
    GELDIGHEID,
    ROLVELDEN,
    Bericht,
    Rolvoorstel,
    Toegangslink,
    iso,
    rol_in_woorden,
    vingerafdruk,
)
from accounts.berichten.keuze import HERINNERKEUZES, Herinnerkeuze
from accounts.berichten.models import Kalenderadres
from accounts.inloggen.models import Misser
from accounts.rollen import ROLLEN, Bereik, Recht, Rol
from accounts.sessies.models import Sessie
from accounts.wachtwoord.regels import normaal
from common.tekst.tekens import zichtbaar
from common.vaststellen.audit import ALLE_VELDEN

__all__ = [
    "ApiToken",
    "Bericht",
    "Kalenderadres",
    "Misser",
    "Rolvervulling",
    "RolvervullingQuerySet",
    "Rolvoorstel",
    "Sessie",
    "Toegangslink",
    "User",
]


class User(AbstractUser):
    """A person who logs in. What they may do follows from their Rolvervullingen of today."""

    # Never the password; nor what a log-in changes.
    SPOORVELDEN = ("username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser", "demo")

    demo = models.BooleanField("fictief", default=False)
    sessiestempel = models.PositiveIntegerField("sessiestempel", default=0, editable=False)
    """Part of the session hash: raised by ``services.beeindig_sessies``, so that what was open stays closed."""
    adres_gewijzigd_op = models.DateTimeField("adres gewijzigd op", null=True, editable=False)
    herinnering = models.CharField(
        "bericht over wat wacht", max_length=10, choices=HERINNERKEUZES, default=Herinnerkeuze.DAGELIJKS
    )

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["username"]

    def __str__(self) -> str:
        return zichtbaar(self.get_full_name() or self.username)

    def __getstate__(self) -> dict[str, Any]:
        """A copy that is kept outside the database is without the password; who asks for it reads it there."""
        return {naam: waarde for naam, waarde in super().__getstate__().items() if naam != "password"}

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session lives as long as the password and the stamp with which it began."""
        return salted_hmac(
            "accounts.sessie", f"{self.sessiestempel}:{self.password}", secret, algorithm="sha256"
        ).hexdigest()

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password if raw_password is None else normaal(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(raw_password if raw_password is None else normaal(raw_password))

    @cached_property
    def vervullingen(self) -> list[Rolvervulling]:
        """The roles filled today; read once per request, so a withdrawn role is gone at the next."""
        vraag, waarden = _rollenvraag(self.pk, timezone.localdate())
        nu = timezone.now()  # the only moment that is asked with
        return list(Rolvervulling.objects.raw(vraag, [nu if isinstance(w, datetime) else w for w in waarden]))

    @property
    def ziet_alarm(self) -> bool:
        """Whether a beheerder wants to give a role without a second one; asked with the roles, at no extra query."""
        return any(getattr(vervulling, "alarm", False) for vervulling in self.vervullingen)

    @property
    def rollen(self) -> list[Rol]:
        return [ROLLEN[vervulling.rol] for vervulling in self.vervullingen]

    def mag(self, recht: Recht) -> bool:
        """Whether the person has the right anywhere at all; where is for ``bereik_van`` to say."""
        return any(recht in rol.rechten for rol in self.rollen)

    def mag_overal(self, recht: Recht) -> bool:
        return any(v.bereik_van(recht) is Bereik.ALLES for v in self.vervullingen)

    def districten_met(self, recht: Recht) -> set[str]:
        """Codes of the onderdelen for which the person has the right as their own district."""
        return {v.onderdeel_code for v in self.vervullingen if v.bereik_van(recht) is Bereik.DISTRICT}

    def themas_met(self, recht: Recht) -> set[str]:
        """Slugs of the themes for which the person has the right as their own theme."""
        return {v.thema_slug for v in self.vervullingen if v.bereik_van(recht) is Bereik.THEMA}

    def waar(self, recht: Recht) -> str:
        """How far the right reaches, in words for a log: ``alles``, the codes of districts and themes, or nothing."""
        return (
            "alles"
            if self.mag_overal(recht)
            else ", ".join(sorted(self.districten_met(recht) | self.themas_met(recht)))
        )

    @property
    def gemeenten(self) -> tuple[str, ...]:
        """Slugs of the municipalities this person sits in the RVO for today; gives no right to anything."""
        return tuple(sorted({v.gemeente_slug for v in self.vervullingen if v.gemeente_slug}))


class RolvervullingQuerySet(models.QuerySet):
    def geldig_op(self, dag: date) -> RolvervullingQuerySet:
        return self.filter(Q(geldig_vanaf=None) | Q(geldig_vanaf__lte=dag)).filter(
            Q(geldig_tot=None) | Q(geldig_tot__gt=dag)
        )

    def ooit_vanaf(self, dag: date) -> RolvervullingQuerySet:
        """Held on this day or any later one; what was withdrawn before it began is held on none."""
        begint_voor_het_eind = Q(geldig_tot=None) | Q(geldig_vanaf=None) | Q(geldig_tot__gt=F("geldig_vanaf"))
        return self.filter(Q(geldig_tot=None) | Q(geldig_tot__gt=dag)).filter(begint_voor_het_eind)

    def met_alarm(self) -> RolvervullingQuerySet:
        return self.annotate(alarm=models.Exists(Rolvoorstel.objects.open().exclude(wacht_tot=None)))


@lru_cache(maxsize=1024)
def _rollenvraag(user: int, dag: date) -> tuple[str, tuple[Any, ...]]:
    """The query for the roles of a person, with its values. Every page asks it: Django puts it into words once a day.

    The moment at which it was first asked is among the values, to be replaced by the one of now.
    """
    rollen = Rolvervulling.objects.filter(user=user).geldig_op(dag).met_alarm().order_by("rol", "pk")
    return rollen.query.sql_with_params()


class Rolvervulling(models.Model):
    """A person fills a role, for a district or theme where the role asks for one.

    District, theme and municipality are codes: this app stands below the apps that know what they mean. An analyst
    may be assigned one district or one theme; without either the assignment is everything. The municipality of an
    RVO member widens or narrows no right: it says whose mayor this is. ``geldig_tot`` is the first day without
    the role; a role that was withdrawn before it began ends on the day it would have begun, and is held on none.
    """

    SPOORVELDEN = ALLE_VELDEN

    user = models.ForeignKey(User, models.CASCADE, related_name="rolvervullingen", verbose_name="gebruiker")
    rol = models.CharField("rol", max_length=20, choices=[(r.code, r.naam) for r in ROLLEN.values()])
    onderdeel_code = models.CharField("onderdeel", max_length=12, blank=True)
    thema_slug = models.SlugField("thema", blank=True)
    gemeente_slug = models.SlugField("gemeente", blank=True, help_text="Alleen bij een RVO-lid: wiens burgemeester.")
    geldig_vanaf = models.DateField("geldig vanaf", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)

    objects = RolvervullingQuerySet.as_manager()

    class Meta:
        verbose_name = "rolvervulling"
        verbose_name_plural = "rolvervullingen"
        ordering = ["user", "rol"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "rol", "onderdeel_code", "thema_slug", "gemeente_slug", "geldig_vanaf"],
                nulls_distinct=False,
                name="rolvervulling_uniek",
            ),
            models.CheckConstraint(
                condition=Q(rol="districtschef") & ~Q(onderdeel_code="")
                | Q(rol="analist")
                | ~Q(rol__in=("districtschef", "analist")) & Q(onderdeel_code=""),
                name="rolvervulling_district",
            ),
            models.CheckConstraint(
                condition=Q(rol="portefeuillehouder") & ~Q(thema_slug="")
                | Q(rol="analist")
                | ~Q(rol__in=("portefeuillehouder", "analist")) & Q(thema_slug=""),
                name="rolvervulling_thema",
            ),
            models.CheckConstraint(
                condition=Q(onderdeel_code="") | Q(thema_slug=""), name="rolvervulling_district_of_thema"
            ),
            models.CheckConstraint(
                condition=Q(gemeente_slug="") | Q(rol="rvo-lid"),
                name="rolvervulling_gemeente",
                violation_error_message="Alleen een RVO-lid heeft een gemeente.",
            ),
            models.CheckConstraint(
                condition=Q(geldig_vanaf=None) | Q(geldig_tot=None) | Q(geldig_tot__gte=F("geldig_vanaf")),
                name="rolvervulling_geldigheid",
            ),
        ]

    def __str__(self) -> str:
        return rol_in_woorden(self)

    @property
    def in_het_spoor(self) -> dict[str, Any]:
        """The whole row, as the audit trail keeps it: a role that does not follow from its trail was forged."""
        velden: dict[str, Any] = {naam: getattr(self, naam) for naam in ROLVELDEN}
        return {"user": self.user.username} | velden | {naam: iso(velden[naam]) for naam in GELDIGHEID}

    @property
    def is_voorbij(self) -> bool:
        return self.geldig_tot is not None and self.geldig_tot <= timezone.localdate()

    def bereik_van(self, recht: Recht) -> Bereik | None:
        """How far this role, as this person fills it, gives the right; None when it does not."""
        bereik = ROLLEN[self.rol].rechten.get(recht)
        if bereik is not Bereik.TOEGEWEZEN:
            return bereik
        if self.onderdeel_code:
            return Bereik.DISTRICT
        return Bereik.THEMA if self.thema_slug else Bereik.ALLES


def lees_werkenden(dag: date, wie: Collection[int] | None = None) -> list[User]:
    """Everyone who may work that day (of ``wie``), with the roles of that day, by name; one query."""
    geldig = Rolvervulling.objects.geldig_op(dag).filter(user__is_active=True)
    if wie is not None:
        geldig = geldig.filter(user__in=wie)
    rollen: dict[User, list[Rolvervulling]] = defaultdict(list)
    for vervulling in geldig.select_related("user").order_by("user__username"):
        rollen[vervulling.user].append(vervulling)
    for persoon, vervullingen in rollen.items():
        persoon.vervullingen = vervullingen
    return list(rollen)


class ApiTokenQuerySet(models.QuerySet):
    def bruikbaar(self) -> ApiTokenQuerySet:
        """Neither withdrawn nor expired, of an account that is on."""
        return self.filter(ingetrokken_op=None, geldig_tot__gte=timezone.localdate(), user__is_active=True)


class ApiToken(models.Model):
    """A key with which a program reads the API as a person. Only its fingerprint is kept.

    ``lijsten`` names the lists of the API that it reads; empty is every list. ``geldig_tot`` is the last day.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name="gebruiker")
    naam = models.CharField("waarvoor", max_length=100)
    lijsten = models.JSONField("lijsten", default=list, blank=True)
    vingerafdruk = models.CharField("vingerafdruk", max_length=64, unique=True, editable=False)
    gemaakt_op = models.DateTimeField("gemaakt op", auto_now_add=True)
    geldig_tot = models.DateField("geldig tot")
    laatst_gebruikt = models.DateField("laatst gebruikt", null=True, editable=False)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "API-sleutel"
        verbose_name_plural = "API-sleutels"
        ordering = ["user", "-pk"]

    def __str__(self) -> str:
        return f"{self.user}: {zichtbaar(self.naam)}"

    @classmethod
    def maak(cls, user: User, naam: str, geldig_tot: date, lijsten: Sequence[str] = ()) -> str:
        """Make a token and return the key itself, which is shown once and kept nowhere."""
        sleutel = secrets.token_urlsafe(32)
        vinger = vingerafdruk(sleutel)
        cls.objects.create(user=user, naam=naam, geldig_tot=geldig_tot, lijsten=list(lijsten), vingerafdruk=vinger)
        return sleutel

    @classmethod
    def bij(cls, sleutel: str) -> ApiToken | None:
        """The usable token that this key belongs to, or None."""
        return cls.objects.bruikbaar().select_related("user").filter(vingerafdruk=vingerafdruk(sleutel)).first()

    @property
    def is_verlopen(self) -> bool:
        return self.geldig_tot < timezone.localdate()

    def leest(self, lijst: str) -> bool:
        return not self.lijsten or lijst in self.lijsten
