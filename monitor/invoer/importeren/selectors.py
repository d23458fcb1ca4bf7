"""What is known of a person's files: which are being read, which are done, and how that person names columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.models import User
from formatie.models import Onderdeel
from monitor.invoer.regels.codes import Benoemd, herken
from monitor.models import Import, Indicator, Kolomkoppeling

WACHTEND = (Import.Staat.ONTVANGEN, Import.Staat.BEZIG)


def lees_koppelingen(door: User) -> dict[str, str]:
    """What this person's files call a column: heading, by what counts of it, and our name."""
    return dict(Kolomkoppeling.objects.filter(user=door).values_list("kop", "kolom"))


@dataclass(frozen=True, slots=True)
class Gevolgd:
    """Of the files that someone left while they were read: those that are done, and whether any is still read."""

    klaar: Sequence[Import] = ()
    bezig: bool = False


def get_gevolgd(door: User, volgt: Sequence[int]) -> Gevolgd:
    """Without a query for who follows nothing."""
    if not volgt:
        return Gevolgd()
    alle = list(Import.objects.filter(door=door, pk__in=volgt).defer("inhoud", "fouten", "opmerkingen").order_by("pk"))
    klaar = [een for een in alle if een.staat not in WACHTEND]
    return Gevolgd(klaar, bezig=len(klaar) < len(alle))


@dataclass(frozen=True, slots=True)
class Namen:
    """Names beside the codes of a file."""

    indicatoren: Mapping[str, Benoemd]
    onderdelen: Mapping[str, Benoemd]

    def van(self, kolom: str, tekst: str) -> tuple[str, str]:
        """The name of what a cell speaks of, and its code; without a name what the cell says, and nothing."""
        bekend = {"indicator": self.indicatoren, "onderdeel": self.onderdelen}.get(kolom, {})
        een = herken(tekst, bekend)
        return (een.naam, een.code) if een and een.naam else (tekst, "")


def lees_namen() -> Namen:
    return Namen(
        {een.code: een for een in Indicator.objects.only("code", "naam")},
        {een.code: een for een in Onderdeel.objects.only("code", "naam")},
    )
