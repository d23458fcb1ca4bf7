"""Whether this installation holds fictitious figures, so that every page and every file can say so."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model

MELDING = "Demonstratie: de gemeten cijfers zijn verzonnen. Alleen het plan en de doelen komen uit de agenda."


def is_demo() -> bool:
    """Fictitious figures are always entered by fictitious users; production refuses both, so it need not ask."""
    return bool(settings.PROEF) and get_user_model().objects.filter(demo=True).exists()
