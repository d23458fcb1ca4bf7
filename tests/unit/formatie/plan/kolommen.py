"""Every way to give back a lost column, to show that the one in the fixtures fits best."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal


def herleid_kolommen(
    verloren: Mapping[str, Decimal], os_over: Decimal, nos_over: Decimal
) -> list[tuple[Decimal, dict[str, str]]]:
    """Every way to give rows that lost their column to OS or NOS, best fitting first.

    ``verloren``: row → its figure. ``os_over`` and ``nos_over``: what the printed total of the block leaves
    after the rows whose columns are known. The fit is the sum of both absolute differences, in fte.
    """
    namen = list(verloren)
    wegen: list[tuple[Decimal, dict[str, str]]] = []
    for nummer in range(2 ** len(namen)):
        kolom = {naam: "nos" if nummer >> plek & 1 else "os" for plek, naam in enumerate(namen)}
        over = {"os": os_over, "nos": nos_over}
        for naam in namen:
            over[kolom[naam]] -= verloren[naam]
        wegen.append((abs(over["os"]) + abs(over["nos"]), kolom))
    return sorted(wegen, key=lambda weg: weg[0])
