"""Which people the picture of a district is about; the choice stands in the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from common.pagina.peildatum import Uitgelegd
from formatie.bezetting.sommen import Mensen
from formatie.models import Districtsformatie

Cel = Districtsformatie.Soort


@dataclass(frozen=True)
class Soort:
    """``cel`` is the kind of places of a team, ``geheel`` that of the district; empty where the plan prints none."""

    sleutel: str
    naam: str
    kolom: str
    cel: str = ""
    geheel: str = ""
    alleen_teams: bool = False

    def van(self, mensen: Mensen) -> Decimal | None:
        waarde: Decimal | None = getattr(mensen, self.kolom)
        return waarde


ALLES = Soort("", "Alle plaatsen", "fte", Cel.BASISTEAM, Cel.TOTAAL)
SOORTEN = (
    ALLES,
    Soort("os", "OS", "os"),
    Soort("nos", "NOS", "nos"),
    Soort("wijkagenten", "Wijkagenten", "wijkagenten", Cel.WIJKAGENTEN, Cel.WIJKAGENTEN, alleen_teams=True),
    Soort("aspiranten", "Aspiranten", "aspiranten", geheel=Cel.ASPIRANTEN),
)


def lees_soort(gevraagd: str) -> Soort:
    """Raises Uitgelegd for a kind that does not exist."""
    gevonden = next((soort for soort in SOORTEN if soort.sleutel == gevraagd), None)
    if gevonden is None:
        raise Uitgelegd(f"Kies {', '.join(soort.naam for soort in SOORTEN[:-1])} of {SOORTEN[-1].naam}.")
    return gevonden


def te_kiezen(mensen: Iterable[Mensen]) -> list[Soort]:
    """The kinds that are known of somebody here, as far as the reader may know them."""
    alle = list(mensen)
    return [soort for soort in SOORTEN if soort is ALLES or any(soort.van(wie) is not None for wie in alle)]
