"""Which letters the bytes of a text stand for: UTF-8 and UTF-16 say so; older code pages show by the words they make.

Windows, DOS and the Mac each had their own bytes for é and ë. Read by the wrong page a letter becomes a sign that no
Dutch word has at that place. One page that makes sense is read; none, or more than one, is asked for as UTF-8.
"""

import re

from monitor.invoer.importeren.bestand.rijen import fout

MONSTER = 2000
GEEN_TEKST = "Het bestand is geen tekst. Bewaar het als CSV in UTF-8."
_ONZEKER = (
    "De letters met een accent en andere bijzondere tekens zijn niet met zekerheid te lezen. "
    "Bewaar het bestand als ‘CSV UTF-8’ en lever het opnieuw aan."
)
_TEKENSETS = {"cp1252": "Windows-1252", "cp850": "MS-DOS (codepagina 850)", "mac-roman": "Mac Roman"}
_BOM = "\ufeff"
_BUITEN_ASCII = re.compile(r"[^\x00-\x7f]")
_k, _H, _W = "a-záàâäéèêëíïîóôöúüûçñ", "A-ZÉÈËÏÖÜÄÇ", r"\w"
_L = _k + _H
# Every sign with what stands around it in Dutch; the comment says which misreading that keeps out.
_GEWOON = re.compile(
    "|".join(
        (
            rf"(?:(?<=[{_L}])|(?=.[{_k}]))(?<![{_H}]{{2}})(?:[éèüáóä](?![{_H}])|ú(?![u{_H}]))",
            rf"(?:(?<=[{_L}])|(?=.[{_k}]))(?<![{_H}]{{2}})ö(?=[{_k}])",  # a closing quote
            rf"(?<=[{_L}])(?<![{_H}]{{2}})[ëï](?![{_H}])",  # an opening quote
            rf"(?<=[{_L}])[êô](?=[{_k}])",
            r"(?<=[b-df-hj-np-tv-z])â(?=[tc])",  # ë of DOS on a Mac
            rf"(?<=[{_L}])î(?=t)",
            rf"(?<=[{_L}])û(?=[tlc])",  # a dash
            r"(?<=[aeiou])ñ(?=[aeiou])",  # a dash
            r"[œŒ](?=u)",
            r"ç(?=[aou])|Ç(?=[AOU])",
            rf"(?<![{_L}])à(?=[ -][\d{_k}])|(?<=[Vv]oil)à(?![{_L}])|(?<=[Dd]éj)à(?![{_L}])",  # an ellipsis
            rf"(?:(?<=[{_L}])|(?=.[{_k}]))í(?!(?:s|n|t|tje|tjes|en|er)?(?![{_L}]))(?![{_H}])",  # an apostrophe
            rf"(?<=[{_H}])[ÉÈËÏÖÜÄ](?![{_k}])|(?<![{_k}])[ÉÈËÏÖÜÄ](?=[{_H}])",
            rf"(?<![{_L}])[ÉÖÜ](?=[{_k}])",
            rf"(?<!{_W})[“„‘](?=[{_W}€])",
            rf"(?<=[{_W}.,!?)%…])”(?!{_W})",
            rf"(?<={_W})’(?:(?=(?:s|n|t|d|en|er|ers|tje|tjes)(?![{_L}]))|(?!{_W}))|(?<=[.,!?)%])’(?!{_W})",
            rf"(?<!{_W})’(?=[sntkm](?!{_W}))|(?<=[dDlLO])’(?=[A-Z])",
            r"[–—\xa0]",
            rf"…(?![{_L}])|(?<![{_L}])…",
            rf"(?<!{_W})•|(?<![{_L}])[€½¼¾§±×÷](?![{_L}])|(?<=[\d ])[°‰](?![{_k}])|(?<=[mM\d])[²³](?![{_L}])",
        )
    )
)


def decodeer(inhoud: bytes) -> tuple[str, list[str]]:
    """The text without marks at its start, and how it was read: the name of its encoding, and by what it was known."""
    tekst, gelezen_als = _decodeer(inhoud)
    return tekst.lstrip(_BOM), gelezen_als


def _decodeer(inhoud: bytes) -> tuple[str, list[str]]:
    if codering := _utf16(inhoud):
        return _als(inhoud, codering), ["UTF-16"]
    try:
        return inhoud.decode("utf-8"), ["UTF-8"]
    except UnicodeDecodeError:
        return _oud(inhoud)


def _utf16(inhoud: bytes) -> str:
    """Without a mark at its start UTF-16 shows by the zeros between its letters."""
    if inhoud.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    monster = inhoud[:MONSTER]
    gevonden = (c for plek, c in ((1, "utf-16-le"), (0, "utf-16-be")) if monster[plek::2].count(0) > len(monster) // 3)
    return next(gevonden, "")


def _als(inhoud: bytes, codering: str) -> str:
    try:
        return inhoud.decode(codering)
    except UnicodeDecodeError:
        raise fout(GEEN_TEKST) from None


def _oud(inhoud: bytes) -> tuple[str, list[str]]:
    if b"\0" in inhoud:
        raise fout(GEEN_TEKST)
    lezingen = {tekst: naam for codering, naam in reversed(_TEKENSETS.items()) if (tekst := _gewone(inhoud, codering))}
    if len(lezingen) != 1:
        raise fout(_ONZEKER)
    (tekst, naam), *_ = lezingen.items()
    zin = f"In die tekenset staat er bijvoorbeeld “{_voorbeeld(tekst)}”. Klopt dat niet, bewaar dan als ‘CSV UTF-8’."
    return tekst, [naam, zin]


def _gewone(inhoud: bytes, codering: str) -> str:
    """The text when every sign stands where Dutch has it, else nothing."""
    try:
        tekst = inhoud.decode(codering)
    except UnicodeDecodeError:
        return ""
    return "" if _BUITEN_ASCII.search(_GEWOON.sub("", tekst)) else tekst


def _voorbeeld(tekst: str) -> str:
    """A word by which its reader can tell."""
    return next((woord[:40] for woord in re.findall(r"[^\s;,|\"]+", tekst) if _BUITEN_ASCII.search(woord)), "")
