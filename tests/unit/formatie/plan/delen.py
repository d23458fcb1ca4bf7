"""What one part reported, as the row the database adds it up to."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from common.tekst.periode import Kwartaal
from formatie.bezetting.sommen import KOLOMMEN, Rij


def deel(district: str, kwartaal: Kwartaal, is_team: bool, velden: Mapping[str, Decimal | None]) -> Rij:
    """``velden`` without a column, or with None: not reported."""
    gemeld = {naam: waarde for naam, waarde in velden.items() if waarde is not None}
    for samen, delen in (("fte", ("os", "nos")), ("wijkagenten_samen", ("wijkagenten", "wijkagenten_expert"))):
        if bekend := [gemeld[naam] for naam in delen if naam in gemeld]:
            gemeld[samen] = sum(bekend, Decimal(0))
    sommen = tuple(gemeld.get(naam) for naam in KOLOMMEN)
    aantallen = tuple(int(naam in gemeld) for naam in KOLOMMEN)
    return Rij(district, kwartaal.jaar, kwartaal.nummer, is_team, 1, sommen, aantallen)
