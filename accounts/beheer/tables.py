"""The tables of a beheerder: who has an account, and which keys there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Rolvervulling, User
from common.pagina.tabellen import Tabel, Tekstkolom
from common.tekst.tekens import zichtbaar


@dataclass(frozen=True)
class Accountrij:
    pk: int
    naam: str
    persoon: str
    rollen: str
    email: str
    stand: str


class Accounttabel(Tabel):
    naam = "accounts"
    per_bladzijde = 100

    gebruikersnaam = Tekstkolom(accessor="naam", verbose_name="Gebruikersnaam", rijkop=True)
    persoon = Tekstkolom(verbose_name="Naam")
    rollen = Tekstkolom(verbose_name="Rollen")
    email = Tekstkolom(verbose_name="E-mailadres")
    stand = Tekstkolom(verbose_name="Stand")

    def render_gebruikersnaam(self, record: Accountrij) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("beheer_gebruiker", args=[record.pk]), record.naam)


def accountrijen(users: Iterable[User]) -> list[Accountrij]:
    """Each account with the roles of today; ``users`` have them prefetched as ``nu``."""
    return [_rij(user, user.nu) for user in users]  # type: ignore[attr-defined]  # by the Prefetch


def _rij(user: User, nu: Iterable[Rolvervulling]) -> Accountrij:
    naam, email = zichtbaar(user.username), zichtbaar(user.email)
    return Accountrij(user.pk, naam, _persoon(user), _rollen(nu), email or "–", _stand(user))


def _persoon(user: User) -> str:
    return zichtbaar(user.get_full_name()) or "–"


def _rollen(vervullingen: Iterable[Rolvervulling]) -> str:
    return ", ".join(sorted(str(vervulling) for vervulling in vervullingen)) or "geen"


def _stand(user: User) -> str:
    delen = ["aan" if user.is_active else "uit"]
    delen += [] if user.has_usable_password() else ["nog geen wachtwoord"]
    return ", ".join([*delen, *(["fictief"] if user.demo else [])])
