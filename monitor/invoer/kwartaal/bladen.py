"""The sheets of one quarter: its values and its bezetting, each for who may fill it in."""

from typing import NamedTuple

from django.urls import reverse

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal


class Kwartaalblad(NamedTuple):
    """One tab of the page of a quarter."""

    naam: str
    adres: str


_BLADEN = (
    (Recht.METING_INVOEREN, "Waarden", "invoer_kwartaal"),
    (Recht.BEZETTING_INVOEREN, "Bezetting", "invoer_bezetting"),
)


def get_kwartaalbladen(user: User, kwartaal: Kwartaal) -> list[Kwartaalblad]:
    """The tabs this person may open."""
    return [Kwartaalblad(naam, reverse(route, args=[kwartaal])) for recht, naam, route in _BLADEN if user.mag(recht)]
