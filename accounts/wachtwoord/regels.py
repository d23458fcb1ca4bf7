"""What makes a password good enough: long, and not one that others guess.

The lists are installed with the program: leaked passwords with ``zxcvbn``, Dutch words with ``pyspellchecker``.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError

MINSTE_TEKENS = 12
MEESTE_BYTES = 128
MINSTE_GOKKEN = 10**10  # of who guesses by the lists
KORTSTE_WOORD = 4
GEWONE_WOORDEN = 30_000
HUISWOORDEN = ("rvo", "strategiemonitor", "strategie", "politie", "rotterdam", "eenheid", "regio", "burgemeester")
_LETTERS = (str.maketrans("013457@$!|", "oieastasii"), str.maketrans("013457@$!|", "oleastasll"))

KORT = (
    f"Kies een wachtwoord van minstens {MINSTE_TEKENS} tekens. Een zin van vier woorden is lang en goed te onthouden."
)
LANG = f"Kies een korter wachtwoord: hoogstens {MEESTE_BYTES} tekens."
BEKEND = "Dit wachtwoord is bekend of makkelijk te raden. Kies vier woorden die niets met elkaar te maken hebben."
WOORD = (
    "Dit is een bekend woord of een bekende naam met iets eraan vast. "
    "Kies vier woorden die niets met elkaar te maken hebben."
)
CIJFERS = "Alleen cijfers zijn makkelijk te raden. Kies vier woorden die niets met elkaar te maken hebben."
UITLEG = (
    f"Minstens {MINSTE_TEKENS} tekens. Spaties mogen, hoofdletters en cijfers hoeven niet. Vier woorden die niets met "
    "elkaar te maken hebben zijn goed; een bekend woord of een naam met een jaartal eraan niet."
)


def normaal(wachtwoord: str) -> str:
    """One text for what looks the same, whichever keyboard or computer typed it."""
    return unicodedata.normalize("NFKC", wachtwoord)


class Wachtwoordregels:
    """Django asks this of every new password. ``modellen`` have names that are no secret here, such as a district's."""

    def __init__(self, modellen: Sequence[str] = ()) -> None:
        self.modellen = modellen

    def validate(self, password: str, user: Any = None) -> None:
        if bezwaar := get_bezwaar(normaal(password), [*_namen(user), *self._eigen()]):
            raise ValidationError(bezwaar)

    def get_help_text(self) -> str:
        return UITLEG

    def _eigen(self) -> list[str]:
        return [
            naam for model in self.modellen for naam in apps.get_model(model).objects.values_list("naam", flat=True)
        ]


def get_bezwaar(wachtwoord: str, namen: Iterable[str] = ()) -> str:
    """Why this password is refused, as a sentence that says what to do; empty when it is good."""
    if len(wachtwoord) < MINSTE_TEKENS:
        return KORT
    if len(wachtwoord.encode(errors="replace")) > MEESTE_BYTES:
        return LANG
    if not any(teken.isalpha() for teken in wachtwoord):
        return CIJFERS
    eigen = frozenset(woord for naam in (*namen, *HUISWOORDEN) for woord in _woorden(naam))
    if _is_woord_met_iets(wachtwoord.casefold(), eigen):
        return WOORD
    return BEKEND if _gokken(wachtwoord, eigen) < MINSTE_GOKKEN else ""


def _namen(user: Any) -> list[str]:
    return [user.username, user.first_name, user.last_name, user.email.partition("@")[0]] if user else []


def _woorden(naam: str) -> list[str]:
    return [woord for woord in re.findall(r"[^\W\d_]+", naam.casefold()) if len(woord) >= 3]


def _is_woord_met_iets(tekst: str, eigen: frozenset[str]) -> bool:
    """One or two words, however often, with little else: digits, signs, signs for letters, or it all backwards."""
    heen = [(tekst, tekst), *((tekst.translate(letters), tekst) for letters in _LETTERS)]
    terug = [(gelezen[::-1], getypt[::-1]) for gelezen, getypt in heen]
    return any(_blijft_weinig_over(*vorm, eigen) for vorm in heen + terug)


def _blijft_weinig_over(tekst: str, getypt: str, eigen: frozenset[str]) -> bool:
    """Of what is in no word only letters count that were typed as such: a digit is as weak as any other."""
    gevonden, over, plek = set(), 0, 0
    while plek < len(tekst):
        if woord := _langste_woord(tekst, plek, eigen):
            gevonden.add(woord)
            plek += len(woord)
        else:
            over += getypt[plek].isalpha()
            plek += 1
    return 0 < len(gevonden) <= 2 and over < KORTSTE_WOORD


def _langste_woord(tekst: str, plek: int, eigen: frozenset[str]) -> str:
    stukken = (tekst[plek : plek + lengte] for lengte in range(min(30, len(tekst) - plek), 2, -1))
    return next((s for s in stukken if s in eigen or (len(s) >= KORTSTE_WOORD and s in _bekende_woorden())), "")


def _gokken(wachtwoord: str, eigen: frozenset[str]) -> int:
    """How many guesses someone needs who tries leaked passwords, words, dates and rows of keys first."""
    from zxcvbn import zxcvbn  # its lists take time to load, and only a new password needs them

    return int(zxcvbn(wachtwoord[:72], user_inputs=[*sorted(eigen), *_gewoon()])["guesses"])


@cache
def _bekende_woorden() -> frozenset[str]:
    """Every Dutch word of some length, of towns too, with the words and names that leaked passwords are made of."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    alle = chain(_woordenboek(), *FREQUENCY_LISTS.values())
    return frozenset(woord for woord in alle if len(woord) >= KORTSTE_WOORD and woord.isalpha())


@cache
def _gewoon() -> tuple[str, ...]:
    """The most used Dutch words, the most used first."""
    telling = _woordenboek()
    return tuple(sorted(telling, key=telling.__getitem__, reverse=True)[:GEWONE_WOORDEN])


def _woordenboek() -> dict[str, int]:
    from spellchecker import SpellChecker

    return dict(SpellChecker(language="nl").word_frequency.dictionary)
