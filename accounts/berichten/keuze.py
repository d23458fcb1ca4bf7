"""How often a person wants to hear by mail what waits for them. Pure."""

from enum import StrEnum


class Herinnerkeuze(StrEnum):
    """At once, once a day, once a week, or not at all."""

    METEEN = "meteen"
    DAGELIJKS = "dagelijks"
    WEKELIJKS = "wekelijks"
    NOOIT = "nooit"


HERINNERKEUZES = (
    (Herinnerkeuze.METEEN.value, "Meteen als er iets bij komt, vanaf zeven uur"),
    (Herinnerkeuze.DAGELIJKS.value, "Eens per dag, om zeven uur"),
    (Herinnerkeuze.WEKELIJKS.value, "Eens per week, op maandag om zeven uur"),
    (Herinnerkeuze.NOOIT.value, "Nooit"),
)
