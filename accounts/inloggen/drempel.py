"""How often someone may try a password: per name, per address, and for a device that logged in before.

An attempt is counted before its password is checked and given back when the password was right, so eight at once are
eight. What is over its limit is refused without a check. A window begins at the first failure and is never made longer
by trying on: whoever waits gets in.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.inloggen.adres import netwerk_van
from accounts.inloggen.models import Misser

VENSTER = timedelta(minutes=15)
SPELING = timedelta(minutes=1)  # a window that starts later than this from now is of a clock that was set back
# Of one name: enough for who mistypes. Of one address: a town hall behind one address still gets in, a guesser of many
# names does not. A device that logged in as this person before has its own allowance: nobody locks out a mayor.
GRENZEN = {"naam": 10, "adres": 100, "apparaat": 10, "eigen": 10}
_TEL = """
    INSERT INTO accounts_misser AS oud (sleutel, aantal, sinds) VALUES (%(sleutel)s, 1, %(nu)s)
    ON CONFLICT (sleutel) DO UPDATE SET
        aantal = CASE WHEN oud.sinds <= %(vanaf)s OR oud.sinds > %(tot)s THEN 1 ELSE LEAST(oud.aantal, 1000000) + 1 END,
        sinds = CASE WHEN oud.sinds <= %(vanaf)s OR oud.sinds > %(tot)s THEN %(nu)s ELSE oud.sinds END
    RETURNING aantal, sinds
"""


@dataclass(frozen=True)
class Poging:
    """One attempt: what it was counted under, until when it is refused, and whether it is the first one refused."""

    sleutels: tuple[str, ...]
    dicht_tot: datetime | None
    net_dicht: bool = False

    @property
    def minuten(self) -> int:
        """How many whole minutes to wait."""
        over = (self.dicht_tot - timezone.now()).total_seconds() if self.dicht_tot else 0
        return max(1, -int(-over // 60))

    @property
    def zin(self) -> str:
        """Told alike for every name, also one that does not exist, and whatever the password is."""
        wanneer = "over een minuut" if self.minuten == 1 else f"over {self.minuten} minuten"
        return f"Er is te vaak een verkeerd wachtwoord ingevuld. Probeer het {wanneer} opnieuw."


def naamsleutel(naam: str) -> str:
    """One key for all the ways to write a name."""
    kaal = unicodedata.normalize("NFKC", naam[:1000]).casefold().strip()
    return f"naam:{hashlib.sha256(kaal.encode(errors='replace')).hexdigest()}"


def adressleutel(adres: str) -> str:
    return f"adres:{netwerk_van(adres)}"


def begin(naam: str, adres: str, apparaat: str = "") -> Poging:
    """Count an attempt to log in. A known device of this name counts for itself, and neither name nor address does."""
    return tel([f"apparaat:{apparaat}"] if apparaat else [adressleutel(adres), naamsleutel(naam)])


def tel(sleutels: Sequence[str]) -> Poging:
    """Count an attempt under each key, up to the first that is over its limit."""
    nu = timezone.now()
    for nummer, sleutel in enumerate(sleutels, 1):
        aantal, sinds = _tel(sleutel, nu)
        grens = GRENZEN[sleutel.partition(":")[0]]
        if aantal > grens:
            return Poging(tuple(sleutels[:nummer]), sinds + VENSTER, net_dicht=aantal == grens + 1)
    return Poging(tuple(sleutels), None)


def _tel(sleutel: str, nu: datetime) -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(_TEL, {"sleutel": sleutel, "nu": nu, "vanaf": nu - VENSTER, "tot": nu + SPELING})
        aantal, sinds = cursor.fetchone()
    return aantal, sinds


def geef_terug(poging: Poging) -> None:
    """This attempt was none: the password was right, or was never judged."""
    Misser.objects.filter(sleutel__in=poging.sleutels).update(aantal=Greatest(F("aantal") - 1, 0))


def ontgrendel(sleutel: str) -> bool:
    """Forget what failed; whether there was anything."""
    return bool(Misser.objects.filter(sleutel=sleutel).delete()[0])


def ruim_missers_op() -> None:
    """Windows that are over count for nothing any more."""
    Misser.objects.filter(sinds__lte=timezone.now() - VENSTER).delete()
