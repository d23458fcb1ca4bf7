"""The lines of the agenda that a block of text rests on, said once for all of it. Pure."""

import re
from collections.abc import Iterable

_GETAL = re.compile(r"\d+")


def bronregels(regels: Iterable[str]) -> str:
    """From ``543-544``, ``546`` and ``548``: regel 543-548; empty where no line is named."""
    getallen = [int(getal) for regel in regels for getal in _GETAL.findall(regel)]
    if not getallen:
        return ""
    eerste, laatste = min(getallen), max(getallen)
    return f"regel {eerste}" if eerste == laatste else f"regel {eerste}-{laatste}"
