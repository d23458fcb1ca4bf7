"""What the database itself refuses, for everything two persons answer for."""

from __future__ import annotations

from functools import reduce
from operator import or_

import pgtrigger

BESLUIT = ("ingevoerd_door", "vastgesteld_door", "vastgesteld_op", "vervangt")


def gewijzigd(velden: tuple[str, ...]) -> pgtrigger.Q:
    """The condition, inside a trigger, that any of these fields changes (NULL counts as a value)."""
    return reduce(or_, (pgtrigger.Q(**{f"old__{veld}__df": pgtrigger.F(f"new__{veld}")}) for veld in velden))


def eens_besloten_blijft(inhoud: tuple[str, ...], *, weg_mag: pgtrigger.Q | None = None) -> list[pgtrigger.Trigger]:
    """An approved version never changes in these fields, and only a concept or what was sent back may be removed.

    ``weg_mag`` is what else may be removed.
    """
    open_ = pgtrigger.Q(old__staat__in=("concept", "afgekeurd"))
    return [
        pgtrigger.Protect(
            name="vastgesteld_niet_wijzigen",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__staat__in=("vastgesteld", "vervangen")) & gewijzigd((*inhoud, *BESLUIT)),
        ),
        pgtrigger.Protect(
            name="niet_verwijderen",
            operation=pgtrigger.Delete,
            condition=~(open_ | weg_mag) if weg_mag else ~open_,
        ),
    ]
