"""The verdicts of one indicator by another road: a long table, fractions where there is something to divide.

Gives every stored field of Doelbereik under its own name; numbers whole, in 1/10.000, ``verwachting`` in 1/100.000.000.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from monitor.rekenen.narekenen.grondslag import FIJN, VIERTAL, Grondslag
from monitor.rekenen.narekenen.jaarbladen import Kolom, jaartotaal, maak_bladen

_HEEL = 100 * FIJN
_MINSTENS = 2
_BEGRENSD = {"minimum": 1, "maximum": -1}
_ZONDER = {"": "geen_doel", "monitoring": "alleen_monitoring", "onbekend": "doel_onbekend"}
_KANT = {"hoger": 1, "lager": -1, "geen": 0}
Seizoensdelen = dict[int, dict[int, list[Fraction]]]
"""Per onderdeel and complete year the part that was done by each quarter."""
_SLOT = {"op_koers": "behaald", "aandacht": "niet_behaald", "achter": "niet_behaald"}


def reken_indicator_na(g: Grondslag, plaatsen: pd.DataFrame, vandaag: date, termijn: int) -> pd.DataFrame:
    """One row per onderdeel and quarter that Doelbereik should hold."""
    bladen = maak_bladen(g, plaatsen, vandaag, termijn)
    rijen = _als_kwartaalrijen(g, bladen)
    _zet_doelen(g, plaatsen, rijen)
    _zet_vorige(g, rijen)
    _zet_norm(g, bladen, rijen)
    _vel_oordeel(g, rijen, vandaag)
    _zet_tempo(g, rijen)
    bestaat = rijen.w | rijen.nb | rijen.nvt | (rijen.moet > 0)
    return _velden(g, rijen[bestaat].reset_index(drop=True))


def _als_kwartaalrijen(g: Grondslag, bladen: pd.DataFrame) -> pd.DataFrame:
    """The quarters of every line below each other, in order of onderdeel and time."""
    b = {str(naam): bladen[naam].to_numpy() for naam in bladen.columns}
    delen = [pd.DataFrame(_kwartaal(g, b, k)) for k in VIERTAL]
    rijen = pd.concat(delen, ignore_index=True).sort_values(["o", "j", "k"], kind="stable").reset_index(drop=True)
    rijen["kant"] = rijen.j.map({j: _KANT[g.in_het_jaar(j).richting] for j in set(rijen.j)})
    rijen["compleet"] = rijen.gel >= rijen.moet
    return rijen


def _kwartaal(g: Grondslag, b: Kolom, k: int) -> Kolom:
    deel = {naam: b[naam] for naam in ("o", "j", "hj", "jt", "jn")} | {"k": np.full(len(b["o"]), k)}
    deel |= {naam: b[f"{naam}{k}"] for naam in ("t", "n", "m", "h", "v", "nb", "nvt", "moet", "gel", "w", "due")}
    nul = np.zeros(len(b["o"]), dtype=int)
    for naam in "tn":
        lopend = sum((b[f"{naam}{q}"] for q in VIERTAL[:k]), start=nul) if g.loopt_op else b[f"{naam}{k}"]
        deel[f"c{naam}"] = jaartotaal(g, b, naam) if k == 4 else lopend
    deel["gemist"] = sum((b[f"g{k}{q}"] * 2 ** (q - 1) for q in VIERTAL[:k]), start=nul)
    deel["eerder"] = sum((b[f"g{k}{q}"] for q in VIERTAL[: k - 1]), start=nul) > 0
    deel["later"] = sum((b[f"meet{q}"] & b[f"telt{q}"] for q in VIERTAL[k:]), start=nul)
    return deel


def _zet_doelen(g: Grondslag, plaatsen: pd.DataFrame, rijen: pd.DataFrame) -> None:
    """Of each its own target, else the norm of the nearest above; a year volume holds for its own onderdeel only."""
    eigen = {(o, j): (pk, soort, hoogte, marge) for o, j, pk, soort, hoogte, marge in g.doelen}
    lijnen = dict(zip(plaatsen.o, plaatsen.lijn, strict=True))
    gevonden = {
        (o, j): _doel_op(eigen, lijnen[o], j) for o, j in rijen[["o", "j"]].drop_duplicates().itertuples(index=False)
    }
    doelen = [gevonden[plek] for plek in zip(rijen.o, rijen.j, strict=True)]
    namen = ("doel", "soort", "hoogte", "speling", "elders")
    for naam, waarden in zip(namen, zip(*doelen, strict=True), strict=True):
        rijen[naam] = np.array(waarden, dtype=bool if naam == "elders" else object)


def _doel_op(eigen: dict[tuple[int, int], Any], lijn: tuple[int, ...], jaar: int) -> tuple[Any, ...]:
    for plaats in lijn:
        if doel := eigen.get((plaats, jaar)):
            is_elders = plaats != lijn[0] and doel[1] == "jaarvolume"
            return (None, "", 0, 0, True) if is_elders else (*doel, False)
    return (None, "", 0, 0, False)


def _zet_vorige(g: Grondslag, r: pd.DataFrame) -> None:
    """Where the latest earlier complete measurement of the same onderdeel stands in the table, -1 without one."""
    plek = pd.Series(np.where(r.w & r.compleet, np.arange(len(r)), -1))
    tot_nu = plek.groupby(r.o).cummax()
    vorige = tot_nu.groupby(r.o).shift(1, fill_value=-1)
    r["vorig"] = np.where(r.w & (r.soort == "verbetering"), vorige, -1)
    toen = r.iloc[r.vorig.to_numpy()].reset_index(drop=True)
    er = r.vorig >= 0
    r["vt"] = np.where(er, np.where(toen.h, toen.t, toen.jt), None)
    r["vn"] = np.where(er & g.is_breuk, np.where(toen.h, toen.n, toen.jn), None)
    r["vm"], r["vj"], r["vk"] = (np.where(er, toen[naam].astype(object), None) for naam in ("m", "j", "k"))


def _zet_norm(g: Grondslag, b: pd.DataFrame, r: pd.DataFrame) -> None:
    """What a year volume should have reached: a fraction per row, None elsewhere."""
    r["terugval"], r["norm"] = False, _leeg(r)
    if g.is_breuk:
        return
    volume = r.index[r.w & (r.soort == "jaarvolume") & (r.kant != 0)]
    delen = _seizoensdelen(b) if any(blad.verwachting == "seizoen" for blad in g.voorschriften) else {}
    uitkomst = [_deel(g, delen, *plek) for plek in r.loc[volume, ["o", "j", "k"]].itertuples(index=False)]
    normen = [deel * hoogte for (deel, _), hoogte in zip(uitkomst, r.hoogte[volume], strict=True)]
    r["norm"] = _leeg(r, volume, normen)
    r.loc[volume, "terugval"] = [terug for _, terug in uitkomst]


def _leeg(r: pd.DataFrame, plekken: Any = (), waarden: Sequence[Any] = ()) -> np.ndarray:
    """A column of None with these values at these places."""
    kolom = np.full(len(r), None, dtype=object)
    for plek, waarde in zip(plekken, waarden, strict=True):
        kolom[plek] = waarde
    return kolom


def _deel(g: Grondslag, delen: Seizoensdelen, o: int, j: int, k: int) -> tuple[Fraction, bool]:
    """The part of the year that should be done, and whether a season was asked for that too few years show."""
    regel = g.in_het_jaar(j)
    telt = [regel.geldt_in(j, q) and g.wordt_gedrukt(j) for q in VIERTAL]
    if regel.verwachting == "stap":
        return Fraction(int(k >= (regel.stap_kwartaal or 4))), False
    seizoen = regel.verwachting == "seizoen" and all(telt)
    eerder = [deel[k - 1] for jaar, deel in delen.get(o, {}).items() if jaar < j] if seizoen else []
    if len(eerder) >= _MINSTENS:
        return sum(eerder, Fraction(0)) / len(eerder), False
    return (Fraction(sum(telt[:k]), sum(telt)) if any(telt) else Fraction(1)), seizoen


def _seizoensdelen(b: pd.DataFrame) -> Seizoensdelen:
    """Per onderdeel and complete year the part that was done by each quarter."""
    vol = ~b.hj
    for k in VIERTAL:
        vol &= (b[f"h{k}"] & (b[f"gel{k}"] >= b[f"moet{k}"])) | ~b[f"meet{k}"].astype(bool)
    delen: Seizoensdelen = {}
    for o, j, *kwartalen in b.loc[vol, ["o", "j", *(f"t{k}" for k in VIERTAL)]].itertuples(index=False):
        if (totaal := sum(kwartalen)) > 0:
            delen.setdefault(o, {})[j] = [Fraction(sum(kwartalen[:k]), totaal) for k in VIERTAL]
    return delen


def _vel_oordeel(g: Grondslag, r: pd.DataFrame, vandaag: date) -> None:
    """The first reason that there is no verdict; where there is none, the verdict of the kind of target."""
    r["stand"] = "nog_niet_verschuldigd"
    r.loc[r.due, "stand"] = "geen_meting"
    r.loc[r.nvt & (r.moet == 0), "stand"] = "niet_van_toepassing"
    r.loc[r.nb, "stand"] = "nb"
    r.loc[r.w, "stand"] = "geleverd"
    oordeel = pd.Series("", index=r.index, dtype=object)
    for waar, uitkomst in _zonder_oordeel(g, r):
        oordeel = oordeel.mask((oordeel == "") & waar, uitkomst)
    open_ = r.index[oordeel == ""]
    oordeel[open_] = [_weeg(g, rij) for rij in r.loc[open_].itertuples(index=False)]
    voorbij = (r.k == 4) & (r.j < vandaag.year)
    dicht = open_[voorbij[open_]]
    oordeel[dicht] = [_SLOT.get(een, een) for een in oordeel[dicht]]
    r["oordeel"], r["geoordeeld"] = oordeel, r.index.isin(open_)


def _zonder_oordeel(g: Grondslag, r: pd.DataFrame) -> Iterator[tuple[pd.Series, str]]:
    yield r.stand == "niet_van_toepassing", "geen_doel"
    yield ~r.w & ~r.due, "nog_niet_verschuldigd"
    yield ~r.w, "geen_meting"
    for soort, uitkomst in _ZONDER.items():
        yield r.soort == soort, uitkomst
    yield (r.kant == 0) & r.soort.isin(("jaarvolume", "verbetering")), "alleen_monitoring"
    yield ~r.compleet & ~r.due & ~r.eerder, "nog_niet_verschuldigd"
    yield ~r.compleet | r.eerder, "onvolledig"
    yield (r.cn == 0) & g.is_breuk, "geen_meting"


def _weeg(g: Grondslag, rij: Any) -> str:
    if rij.soort == "jaarvolume":
        return "alleen_monitoring" if g.is_breuk else _weeg_volume(rij)
    return _weeg_verbetering(g, rij) if rij.soort == "verbetering" else _weeg_grens(g, rij)


def _getal(g: Grondslag, teller: int, noemer: int) -> Fraction:
    """The value in units of 1/10.000 of the indicator."""
    if not g.is_breuk:
        return Fraction(teller)
    return Fraction(teller, noemer) * FIJN * (100 if g.eenheid == "%" else 1)


def _weeg_grens(g: Grondslag, rij: Any) -> str:
    over = _BEGRENSD[rij.soort] * (_getal(g, rij.ct, rij.cn) - rij.hoogte)
    return "op_koers" if over >= 0 else "aandacht" if over >= -rij.speling else "achter"


def _weeg_volume(rij: Any) -> str:
    over = rij.kant * (rij.ct - rij.norm)
    if over >= 0 or (rij.kant == 1 and rij.ct >= rij.hoogte):
        return "op_koers"
    return "aandacht" if over >= -rij.norm * rij.speling / _HEEL else "achter"


def _weeg_verbetering(g: Grondslag, rij: Any) -> str:
    nu = (rij.t, rij.n) if rij.h else (rij.ct, rij.cn)
    if rij.vorig < 0 or (g.is_breuk and 0 in (nu[1], rij.vn)):
        return "geen_meting"
    verschil = _getal(g, *nu) - _getal(g, rij.vt, rij.vn)
    if verschil**2 <= (rij.m or 0) ** 2 + (rij.vm or 0) ** 2:
        return "niet_te_onderscheiden"
    return "op_koers" if verschil * rij.kant > 0 else "achter"


def _zet_tempo(g: Grondslag, r: pd.DataFrame) -> None:
    """How many complete quarters so far reached what each remaining one must still give, and how many there were."""
    nodig = np.maximum(r.hoogte - r.ct, 0)
    zoek = r.geoordeeld & (r.soort == "jaarvolume") & (r.kant == 1) & (nodig > 0) & (r.later > 0) & (not g.is_breuk)
    telt = r[r.h & r.compleet]
    reeksen = {o: (deel.index.to_numpy(), deel.t.to_numpy()) for o, deel in telt.groupby("o")} if zoek.any() else {}
    gevonden: list[tuple[int, int]] = []
    for rij, o, later in r.loc[zoek, ["o", "later"]].itertuples():
        momenten, waarden = reeksen.get(o, ((), ()))
        eerder = waarden[: bisect_right(momenten, rij)]
        gevonden.append((sum(waarde * later >= nodig[rij] for waarde in eerder), len(eerder)))
    plekken = r.index[zoek]
    r["tempo"] = _leeg(r, plekken, [gehaald for gehaald, _ in gevonden])
    r["geteld"] = _leeg(r, plekken, [aantal for _, aantal in gevonden])


def _velden(g: Grondslag, r: pd.DataFrame) -> pd.DataFrame:
    """Under the names of the model; an absent number is None."""
    breuk = g.is_breuk

    def waar(er: pd.Series, naam: str) -> np.ndarray:
        return np.asarray(np.where(er, r[naam].astype(object), None))

    uit = {
        "onderdeel": r.o, "jaar": r.j, "kwartaal": r.k, "stand": r.stand,
        "teller": waar(r.h, "t"), "noemer": waar(r.h & breuk, "n"),
        "cum_teller": waar(r.w, "ct"), "cum_noemer": waar(r.w & breuk, "cn"), "marge": r.m,
        "vorige": r.vt, "vorige_noemer": r.vn, "vorige_marge": r.vm, "vorige_jaar": r.vj, "vorige_kwartaal": r.vk,
        "verwachting": [None if norm is None else _afgerond(norm * FIJN) for norm in r.norm],
        "doelstelling": r.doel, "oordeel": r.oordeel, "moet_leveren": r.moet, "geleverd": r.gel, "gemist": r.gemist,
        "op_tempo": r.tempo, "vergeleken": r.geteld, "voorlopig": r.v, "heel_jaar": r.hj & (r.k == 4),
        "doel_elders": r.elders, "seizoen_terugval": r.terugval,
    }  # fmt: skip
    return pd.DataFrame({naam: pd.Series(np.asarray(kolom, dtype=object)) for naam, kolom in uit.items()})


def _afgerond(getal: Fraction) -> int:
    """To a whole number, halves away from zero."""
    geheel = int(abs(getal) + Fraction(1, 2))
    return geheel if getal >= 0 else -geheel
