"""Dutch numbers made from a grammar, so that what they say is known before anyone reads them; and what is none.

Written without the reader under test: the pattern in ``IS_GOED`` is a second opinion about the same grammar.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from common.tekst.getallen import Notatie

ONZICHTBAAR = "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\u00ad\u061c"
SPATIES = " \u00a0\u202f\u2009"
MEESTE_DECIMALEN = {Notatie.TELLING: 0, Notatie.BEDRAG: 2}  # of the others four
TWIJFELT = (Notatie.MAAT, Notatie.PERCENTAGE)  # 1.234 may be a Dutch thousand or an English fraction

_GEHEEL = r"(?:\d{1,16}|[1-9]\d{0,2}(?:[ \u00a0\u202f\u2009]\d{3})+|[1-9]\d{0,2}(?:\.\d{3})+)"
_ZEKER = r"(?:\d{1,16}|[1-9]\d{0,2}(?:[ \u00a0\u202f\u2009]\d{3})+|[1-9]\d{0,2}(?:\.\d{3}){2,})"
IS_GOED = {
    Notatie.TELLING: rf"-?{_GEHEEL}",
    Notatie.HOEVEELHEID: rf"-?{_GEHEEL}(?:,\d{{1,4}})?",
    Notatie.BEDRAG: rf"(?:€\s*)?-?{_GEHEEL}(?:,\d{{1,2}})?",
    Notatie.MAAT: rf"-?(?:{_ZEKER}|{_GEHEEL},\d{{1,4}})",
    Notatie.PERCENTAGE: rf"-?(?:{_ZEKER}|{_GEHEEL},\d{{1,4}})(?:\s*%)?",
}


def is_goed(tekst: str, notatie: Notatie) -> bool:
    """Whether the grammar knows this spelling. Space around a number is no part of it."""
    tekst = re.sub(f"[{ONZICHTBAAR}]", "", tekst)
    gevonden = re.fullmatch(IS_GOED[notatie].replace(r"\d", "[0-9]"), tekst.strip())
    return bool(gevonden) and len(re.findall("[0-9]", tekst.partition(",")[0])) <= 16


@dataclass(frozen=True)
class Voorbeeld:
    tekst: str
    notatie: Notatie
    waarde: Decimal | None  # None: this is no number
    soort: str


def maak(toeval: random.Random) -> Voorbeeld:
    """One example, as often right as wrong."""
    notatie = toeval.choice(list(Notatie))
    if toeval.random() < 0.5:
        return _goed(toeval, notatie)
    soort = toeval.choice(list(FOUT))
    return Voorbeeld(FOUT[soort](toeval, notatie), notatie, None, soort)


def _cijfers(toeval: random.Random, aantal: int, eerste: str = "123456789") -> str:
    return toeval.choice(eerste) + "".join(toeval.choices("0123456789", k=aantal - 1))


def _groepen(cijfers: str, teken: Callable[[], str]) -> str:
    """The digits in groups of three from the right, whatever stands between them."""
    uit = cijfers[-3:]
    for eind in range(len(cijfers) - 3, 0, -3):
        uit = cijfers[max(0, eind - 3) : eind] + teken() + uit
    return uit


def _goed(toeval: random.Random, notatie: Notatie) -> Voorbeeld:
    decimalen = toeval.choice(range(MEESTE_DECIMALEN.get(notatie, 4) + 1))
    achter = "".join(toeval.choices("0123456789", k=decimalen))
    geheel = toeval.choice([_cijfers(toeval, toeval.randint(1, 16)), _cijfers(toeval, toeval.randint(1, 9)), "0"])
    vorm = toeval.choice(["kaal", "punten", "spaties"])
    if vorm == "punten" and notatie in TWIJFELT and not achter and 4 <= len(geheel) <= 6:
        vorm = "kaal"
    teken = {"kaal": lambda: "", "punten": lambda: ".", "spaties": lambda: toeval.choice(SPATIES)}[vorm]
    min_ = toeval.choice(["", "", "-"])
    kern = f"{min_}{_groepen(geheel, teken)}{',' if achter else ''}{achter}"
    if notatie is Notatie.PERCENTAGE:
        kern += toeval.choice(["", "%", " %", "\u00a0%"])
    if notatie is Notatie.BEDRAG:
        kern = toeval.choice(["", "€", "€ ", "€\u00a0"]) + kern
    rand = toeval.choice(["", "", " ", "\t", "\n", "\u00a0"])
    plek, niets = toeval.randint(0, len(kern)), toeval.choice(["", "", "", *ONZICHTBAAR])
    tekst = f"{rand}{kern[:plek]}{niets}{kern[plek:]}{rand}"
    return Voorbeeld(tekst, notatie, Decimal(f"{min_}{geheel}.{achter or '0'}"), f"goed: {vorm}")


def _steek_in(toeval: random.Random, notatie: Notatie, tekens: str) -> str:
    """A good number with one foreign character somewhere, the ends included."""
    tekst = _goed(toeval, notatie).tekst
    plek = toeval.randint(0, len(tekst))
    return tekst[:plek] + toeval.choice(tekens) + tekst[plek:]


def _anders_geschreven(toeval: random.Random, notatie: Notatie) -> str:
    """At least one digit of another script."""
    tekst = _goed(toeval, notatie).tekst
    plekken = [n for n, teken in enumerate(tekst) if teken in "0123456789"]
    for plek in {toeval.choice(plekken), *(p for p in plekken if toeval.random() < 0.5)}:
        nul = toeval.choice("\u0660\u06f0\u0966\u0e50\uff10\U0001d7ce\U0001d7d8")
        tekst = tekst[:plek] + chr(ord(nul) + int(tekst[plek])) + tekst[plek + 1 :]
    return tekst


def _wetenschappelijk(toeval: random.Random, notatie: Notatie) -> str:
    macht = f"{toeval.choice('eE')}{toeval.choice(['', '+', '-'])}{toeval.randint(0, 400)}"
    return _cijfers(toeval, toeval.randint(1, 4)) + toeval.choice(["", ",5", ".5"]) + macht


def _engels(toeval: random.Random, notatie: Notatie) -> str:
    """Commas between thousands; a point before one, two or four decimals, or a fraction of one."""
    geheel = _cijfers(toeval, toeval.randint(4, 12))
    met_punt = f"{_cijfers(toeval, toeval.randint(1, 9))}.{_cijfers(toeval, toeval.choice([1, 2, 4]), '0123456789')}"
    met_kommas = _groepen(geheel, lambda: ",") + f".{_cijfers(toeval, toeval.randint(1, 3))}"
    return toeval.choice([met_punt, met_kommas, f"0.{_cijfers(toeval, 3)}", _groepen(_cijfers(toeval, 9), lambda: ",")])


def _dubbel(toeval: random.Random, notatie: Notatie) -> str:
    teken = toeval.choice(["..", ",,", ".,", ",.", "  ", ". ", " .", ", ", " ,"])
    return f"{_cijfers(toeval, toeval.randint(1, 3))}{teken}{_cijfers(toeval, 3)}"


def _verkeerd_gegroepeerd(toeval: random.Random, notatie: Notatie) -> str:
    teken, ander = toeval.choice([".", " "]), toeval.choice([".", " "])
    kort, lang = (_cijfers(toeval, n, "0123456789") for n in (toeval.choice([1, 2]), toeval.choice([4, 5])))
    begin = _cijfers(toeval, toeval.randint(1, 3))
    door_elkaar = f"{begin}.{kort}00 {lang}" if teken != ander else f"{_cijfers(toeval, 4)}{teken}000"
    return toeval.choice([f"{begin}{teken}{kort}{teken}{lang[:3]}", f"{begin}{teken}{lang}{teken}000", door_elkaar])


def _verkeerd_teken(toeval: random.Random, notatie: Notatie) -> str:
    getal = _cijfers(toeval, toeval.randint(1, 6))
    return toeval.choice(
        [*(f"{teken}{getal}" for teken in "−–—﹣－+~±=<"), f"{getal}-", f"--{getal}", f"({getal})", f"- {getal}"]
    )


def _te_lang(toeval: random.Random, notatie: Notatie) -> str:
    decimalen = _cijfers(toeval, toeval.randint(MEESTE_DECIMALEN.get(notatie, 4) + 1, 9), "0123456789")
    return toeval.choice([_cijfers(toeval, toeval.randint(17, 40)), f"{_cijfers(toeval, 3)},{decimalen}"])


def _geen_getal(toeval: random.Random, notatie: Notatie) -> str:
    getal = _cijfers(toeval, toeval.randint(1, 4))
    vormen = [
        "",
        " ",
        "-",
        ",",
        ".",
        "nb",
        "NaN",
        "inf",
        "-Infinity",
        "½",
        "Ⅷ",
        "²",
        "①",
        "None",
        "true",
        "％",
        "#REF!",
    ]
    vormen += [
        f"{getal} stuks",
        f"={getal}+1",
        f"{getal}/2",
        f",{getal}",
        f"{getal},",
        f".{getal}",
        f"{getal}.",
        f"O{getal}",
    ]
    vormen += [f"{getal}%%", f"€€{getal}", f"${getal}", f"{getal} €", f"{getal}m", "2025-04-05", "05-04-2025", "1:30"]
    if notatie is not Notatie.PERCENTAGE:
        vormen.append(f"{getal}%")
    if notatie is not Notatie.BEDRAG:
        vormen.append(f"€ {getal}")
    return toeval.choice(vormen)


def _twijfel(toeval: random.Random, notatie: Notatie) -> str:
    """What is good as a count and may mean two things as a percentage; of a count, what is English."""
    heel = _cijfers(toeval, toeval.randint(1, 3))
    return f"{heel}.{_cijfers(toeval, 3 if notatie in TWIJFELT else 2, '0123456789')}"


FOUT: dict[str, Callable[[random.Random, Notatie], str]] = {
    "Engels": _engels,
    "wetenschappelijk": _wetenschappelijk,
    "cijfers van een ander schrift": _anders_geschreven,
    "liggend streepje": lambda toeval, notatie: f"{_cijfers(toeval, 2)}_{_cijfers(toeval, 3)}",
    "ander talstelsel": lambda toeval, notatie: toeval.choice(["0x", "0X", "0b", "0o", "#", "&"]) + _cijfers(toeval, 2),
    "stuurteken": lambda toeval, notatie: _steek_in(toeval, notatie, "\x00\x07\x7f"),
    "dubbel scheidingsteken": _dubbel,
    "verkeerd gegroepeerd": _verkeerd_gegroepeerd,
    "verkeerd teken": _verkeerd_teken,
    "te lang": _te_lang,
    "geen getal": _geen_getal,
    "twee betekenissen": _twijfel,
}
