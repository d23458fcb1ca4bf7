"""What a role can be for: a district, a theme, a municipality. This app stands below the ones that know them."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings

WOORDEN = {"onderdeel_code": "district", "thema_slug": "thema", "gemeente_slug": "gemeente"}


def gebieden(veld: str) -> dict[str, str]:
    """Code → name of all that this field of a role can name; where they are, the settings say."""
    model, sleutel, waar = settings.ROLGEBIEDEN[veld]
    return dict(apps.get_model(model).objects.filter(**waar).order_by("naam").values_list(sleutel, "naam"))


def onbekend_gebied(**waar: str) -> str:
    """What is wrong with codes of which nothing is called so, as a sentence; empty when each is known, or not given."""
    for veld, code in waar.items():
        if code and code not in gebieden(veld):
            return f"Er is geen {WOORDEN[veld]} “{code}”."
    return ""
