"""Which people the picture of a district is about; the choice stands in the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from common.pagina.peildatum import Uitgelegd
from formatie.bezetting.sommen import Mensen
from formatie.plan.rijen import Cel


@dataclass(frozen=True)
class Personeelsoort:
    """``cel`` is the kind of places of a team, ``geheel`` that of the district; empty where the plan prints none.

    ``indicator`` is the code of the figure that these people are in.
    """

    sleutel: str
    naam: str
    kolom: str
    cel: str = ""
    geheel: str = ""
    alleen_teams: bool = False
    indicator: str = "formatie-bezetting"

    def van(self, mensen: Mensen) -> Decimal | None:
        waarde: Decimal | None = getattr(mensen, self.kolom)
        return waarde


ALLES = Personeelsoort("", "Alle plaatsen", "fte", Cel.BASISTEAM, Cel.TOTAAL)
PERSONEELSOORTEN = (
    ALLES,
    Personeelsoort("os", "OS", "os"),
    Personeelsoort("nos", "NOS", "nos"),
    Personeelsoort(
        *("wijkagenten", "Wijkagenten", "wijkagenten", Cel.WIJKAGENTEN, Cel.WIJKAGENTEN),
        alleen_teams=True,
        indicator="bezetting-wijkagenten",
    ),
    Personeelsoort("aspiranten", "Aspiranten", "aspiranten", geheel=Cel.ASPIRANTEN),
)


def lees_soort(gevraagd: str) -> Personeelsoort:
    """Raises Uitgelegd for a kind that does not exist."""
    gevonden = next((soort for soort in PERSONEELSOORTEN if soort.sleutel == gevraagd), None)
    if gevonden is None:
        raise Uitgelegd(
            f"Kies {', '.join(soort.naam for soort in PERSONEELSOORTEN[:-1])} of {PERSONEELSOORTEN[-1].naam}."
        )
    return gevonden


def te_kiezen(mensen: Iterable[Mensen]) -> list[Personeelsoort]:
    """The kinds that are known of somebody here, as far as the reader may know them."""
    alle = list(mensen)
    return [soort for soort in PERSONEELSOORTEN if soort is ALLES or any(soort.van(wie) is not None for wie in alle)]
