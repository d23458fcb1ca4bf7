"""One line in the log for each time that figures are read which not everybody may read, or that a program reads.

Who, what, how far and how many; never a value. A page that is handed over as it was made before is read all the same.
"""

import json
import logging

from django.http import HttpRequest
from django.utils import timezone

_log = logging.getLogger("strategie.inzage")
LANGST = 300


def meld_inzage(request: HttpRequest, *, bereik: str, rijen: int, totaal: int | None = None) -> None:
    """``bereik``: how far the right reaches by which this was read; ``totaal``: how many there are, on more pages."""
    regel = {
        "op": timezone.now().isoformat(timespec="seconds"),
        "wie": request.user.get_username(),
        "adres": request.path[:LANGST],
        "vraag": request.META.get("QUERY_STRING", "")[:LANGST],
        "bereik": bereik,
        "rijen": rijen,
        **({} if totaal is None else {"totaal": totaal}),
    }
    # As JSON in ASCII: whatever stands in an address or a name, it stays one line.
    _log.info(json.dumps(regel))
