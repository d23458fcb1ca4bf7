"""What is doubtful about a bezetting that could be right: it is kept only with a remark. Pure."""

from __future__ import annotations

from decimal import Decimal

from common.tekst.getallen import toon_kort
from monitor.invoer.bezetting.validatie import Opgave
from monitor.invoer.regels.twijfel import Twijfel, schuif

MEESTE, MINSTE = Decimal("1.5"), Decimal("0.5")  # of the places of the plan


def twijfels(opgave: Opgave, vorige: Decimal | None, formatie: Decimal | None, *, plan: bool) -> list[Twijfel]:
    """Every doubt: against the last approved bezetting of this place, and against its places in the plan.

    ``vorige`` and ``formatie`` are in fte, None where there is none; ``plan``: a plan is in force.
    """
    gevonden = [_factor(opgave, vorige) or _tegen_formatie(opgave, formatie, plan=plan)]
    return [twijfel for twijfel in gevonden if twijfel]


def _factor(opgave: Opgave, vorige: Decimal | None) -> Twijfel | None:
    scheelt = schuif(opgave.fte, vorige) if vorige is not None else None
    if scheelt is None or vorige is None:
        return None
    hoe, _ = scheelt
    return Twijfel("os", f"OS en NOS zijn samen {hoe} de vorige keer ({toon_kort(vorige)} fte).")


def _tegen_formatie(opgave: Opgave, formatie: Decimal | None, *, plan: bool) -> Twijfel | None:
    if not plan:
        return None
    samen = f"OS en NOS zijn samen {toon_kort(opgave.fte)} fte"
    if not formatie:
        return Twijfel("os", f"{samen}; het formatieplan geeft hier geen plaatsen.")
    if opgave.fte > formatie * MEESTE:
        return Twijfel("os", f"{samen}, meer dan anderhalf keer de formatie ({toon_kort(formatie)} fte).")
    if opgave.fte < formatie * MINSTE:
        return Twijfel("os", f"{samen}, minder dan de helft van de formatie ({toon_kort(formatie)} fte).")
    return None
