"""Years, quarters and days as people and spreadsheets write them: read, or told what to write instead. Pure."""

import re
from calendar import monthrange
from datetime import date, timedelta

_JAAR = re.compile(r"\d{4}", re.ASCII)
_KORT_JAAR = re.compile(r"'?(\d\d)", re.ASCII)
_MET_DECIMALEN = re.compile(r"(\d+)[.,]0*", re.ASCII)
_GEGROEPEERD = re.compile(r"(\d)[. ](\d{3})", re.ASCII)
_REKENBLADDAG = re.compile(r"[3-6]\d{4}(?:[.,]\d+)?", re.ASCII)
_DAG_NUL = date(1899, 12, 30)  # from which a spreadsheet counts days
_HEEL_JAAR = re.compile(r"(20\d\d)JJ00", re.ASCII | re.IGNORECASE)
_K = r"(?:q|kw|k|kwartaal)"
_KWARTAAL = re.compile(rf"{_K}?\s*0?([1-4])(?:e|de|ste)?\s*{_K}?", re.ASCII | re.IGNORECASE)
_JAAR_EN_KWARTAAL = re.compile(
    rf"(?P<jaar>20\d\d)[-/\s]*{_K}\s*0?(?P<nr>[1-4])"
    rf"|{_K}\s*0?(?P<nr2>[1-4])[-/\s]*(?P<jaar2>20\d\d)"
    rf"|(?P<nr3>[1-4])(?:e|de|ste)?\s*kwartaal\s*(?:van\s*)?(?P<jaar3>20\d\d)",
    re.ASCII | re.IGNORECASE,
)
_ROMEINS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_JAARWOORDEN = {"jaar", "heel", "heel jaar", "hele jaar", "geheel jaar", "jaarcijfer", "jaartotaal", "totaal"}
_HALFJAAR = re.compile(r"(?:h|hj|s)\s*([12])|([12])(?:e|ste|de)?\s*(?:half\s?jaar|helft)", re.ASCII | re.IGNORECASE)

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_NEDERLANDS = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", re.ASCII)
_ANDERS = (
    re.compile(r"(?P<d>\d{1,2})[-./ ](?P<m>\d{1,2})[-./ ](?P<j>\d{2}|\d{4})", re.ASCII),
    re.compile(r"(?P<j>\d{4})[-./ ]?(?P<m>\d{2})[-./ ]?(?P<d>\d{2})", re.ASCII),
    re.compile(r"(?P<d>\d{1,2})[- ](?P<woord>[a-z]{3,9})\.?[- ](?P<j>\d{4})", re.ASCII | re.IGNORECASE),
)
_MET_TIJD = re.compile(r"(.*\d)[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?", re.ASCII)
_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_ALS_VOORBEELD = "Schrijf bijvoorbeeld 05-10-2026."


def lees_jaartal(tekst: str) -> int | None:
    """A year of four digits."""
    return int(tekst) if _JAAR.fullmatch(tekst) else None


def jaaruitleg(tekst: str, eerste: int, laatste: int) -> str:
    """What to write instead of a text that is no year between these two, both included."""
    if not tekst:
        return "Vul het jaar in, bijvoorbeeld 2026."
    if _JAAR.fullmatch(tekst):
        return f"“{tekst}” is geen jaar van {eerste} tot en met {laatste}. Kijk of het jaar klopt."
    getypt = f"“{tekst[:20]}” is geen jaar."
    if samen := _jaar_en_kwartaal(tekst):
        return f"{getypt} Vul {samen[0]} in bij jaar en {samen[1]} bij kwartaal."
    if heel := _HEEL_JAAR.fullmatch(tekst):
        return f"{getypt} Vul {heel[1]} in bij jaar en laat kwartaal leeg."
    bedoeld = _bedoeld_jaar(tekst)
    return f"{getypt} Bedoelt u {bedoeld}?" if bedoeld else f"{getypt} Vul vier cijfers in, bijvoorbeeld 2026."


def _bedoeld_jaar(tekst: str) -> str:
    if kort := _KORT_JAAR.fullmatch(tekst):
        return f"20{kort[1]}"
    if groep := _GEGROEPEERD.fullmatch(tekst):
        return groep[1] + groep[2]
    if (met := _MET_DECIMALEN.fullmatch(tekst)) and _JAAR.fullmatch(met[1]):
        return met[1]
    dag = lees_datum(tekst) or _bedoelde_dag(tekst)
    return str(dag.year) if dag else ""


def lees_kwartaalnummer(tekst: str, jaar: str) -> int | None:
    """The number in 3, Q3, K3, "3e kwartaal" or 2026-Q3, of which the year is then ``jaar``."""
    if vorm := _KWARTAAL.fullmatch(tekst):
        return int(vorm[1])
    samen = _jaar_en_kwartaal(tekst)
    return samen[1] if samen and str(samen[0]) == jaar else None


def _jaar_en_kwartaal(tekst: str) -> tuple[int, int] | None:
    vorm = _JAAR_EN_KWARTAAL.fullmatch(tekst)
    if vorm is None:
        return None
    return int(vorm["jaar"] or vorm["jaar2"] or vorm["jaar3"]), int(vorm["nr"] or vorm["nr2"] or vorm["nr3"])


def kwartaaluitleg(tekst: str, jaar: str, *, heel_jaar: bool) -> str:
    """What to write instead of a text that is no quarter. ``heel_jaar``: a whole year is possible here."""
    getypt = f"“{tekst[:20]}” is geen kwartaal."
    keuze = "Vul 1, 2, 3 of 4 in, of niets voor een heel jaar." if heel_jaar else "Vul 1, 2, 3 of 4 in."
    if samen := _jaar_en_kwartaal(tekst):
        return f"“{tekst[:20]}” hoort bij {samen[0]}, maar bij jaar staat {jaar[:20] or 'niets'}. Maak die twee gelijk."
    if heel_jaar and (tekst.casefold() in _JAARWOORDEN or _HEEL_JAAR.fullmatch(tekst)):
        return f"{getypt} Laat dit leeg voor een heel jaar."
    if half := _HALFJAAR.fullmatch(tekst):
        return f"{getypt} Een halfjaar hoort bij het laatste kwartaal: vul {2 * int(half[1] or half[2])} in."
    met = _MET_DECIMALEN.fullmatch(tekst)
    bedoeld = _ROMEINS.get(tekst.casefold()) or (int(met[1]) if met and met[1] in "1234" else None)
    return f"{getypt} Bedoelt u {bedoeld}? {keuze}" if bedoeld else f"{getypt} {keuze}"


def lees_datum(tekst: str) -> date | None:
    """A day written as 2026-10-05 or 5-10-2026; None for anything else."""
    iso, nederlands = _ISO.fullmatch(tekst), _NEDERLANDS.fullmatch(tekst)
    if iso:
        return _dag(iso[1], iso[2], iso[3])
    return _dag(nederlands[3], nederlands[2], nederlands[1]) if nederlands else None


def _dag(jaar: str | int, maand: str | int, dag: str | int) -> date | None:
    try:
        return date(int(jaar), int(maand), int(dag))
    except ValueError:
        return None


def datumuitleg(tekst: str) -> str:
    """What to write instead of a text that is no day."""
    getypt = f"“{tekst[:20]}” is geen datum."
    if _ISO.fullmatch(tekst) or _NEDERLANDS.fullmatch(tekst):
        return f"{getypt} {_wat_niet_bestaat(tekst)}"
    met_tijd = _MET_TIJD.fullmatch(tekst)
    dag = _bedoelde_dag(met_tijd[1] if met_tijd else tekst)
    vraag = f" Bedoelt u {dag:%d-%m-%Y}?" if dag else ""
    return f"{getypt}{vraag} {_ALS_VOORBEELD}"


def _wat_niet_bestaat(tekst: str) -> str:
    """Why a day that is written well is not on the calendar."""
    delen = re.split("[-/]", tekst)
    jaar, maand = int(max(delen, key=len)), int(delen[1])
    if not 1 <= maand <= len(_MAANDEN) or not jaar:
        return f"Maand {maand} bestaat niet. {_ALS_VOORBEELD}" if jaar else _ALS_VOORBEELD
    return f"{_MAANDEN[maand - 1].capitalize()} {jaar} heeft {monthrange(jaar, maand)[1]} dagen. Kijk de dag na."


def _bedoelde_dag(tekst: str) -> date | None:
    """The day in another spelling, or as a spreadsheet counts days."""
    if _REKENBLADDAG.fullmatch(tekst):
        return _DAG_NUL + timedelta(days=int(tekst[:5]))
    vorm = next((gevonden for patroon in _ANDERS if (gevonden := patroon.fullmatch(tekst))), None)
    if vorm is None:
        return lees_datum(tekst)
    delen = vorm.groupdict()
    maand = delen.get("m") or _maandnummer(delen["woord"])
    return _dag(delen["j"] if len(delen["j"]) == 4 else f"20{delen['j']}", maand, delen["d"])


def _maandnummer(woord: str) -> int:
    """From three letters on; 0 for what is no month."""
    begin = woord.casefold().replace("mrt", "maa")[:3]
    return next((nr for nr, naam in enumerate(_MAANDEN, start=1) if naam.startswith(begin)), 0)
