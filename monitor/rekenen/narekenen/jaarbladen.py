"""Values added up by another road: one line per onderdeel and year with its quarters beside each other.

Per line and quarter *k*: ``t``/``n`` numerator and denominator, ``h`` whether it is there, ``v`` provisional, ``nb``
not known yet, ``moet``/``gel`` how many should have delivered and did, ``nvt`` does not apply, ``g`` *k* *b*: quarter
*b* is missing from the figure up to *k*. ``jt``, ``jn``, ``hj``, ``jv``: the same, measured over the whole year.
"""

from datetime import date

import numpy as np
import pandas as pd

from monitor.rekenen.narekenen.grondslag import VIERTAL, Grondslag, laatste_dag

Kolom = dict[str, np.ndarray]
"""Arrays of the same length, by their name."""
GATEN = [(k, b) for k in VIERTAL for b in VIERTAL if b <= k]
_GETALLEN = [f"{naam}{k}" for naam in "tn" for k in VIERTAL]
_VLAGGEN = [f"{naam}{k}" for naam in ("h", "v", "nb", "nvt") for k in VIERTAL] + [f"g{k}{b}" for k, b in GATEN]
_TELLINGEN = [f"{naam}{k}" for naam in ("moet", "gel") for k in VIERTAL]


def maak_bladen(g: Grondslag, plaatsen: pd.DataFrame, vandaag: date, termijn: int) -> pd.DataFrame:
    """The lines of one indicator, every onderdeel with all below it; in order of onderdeel and year."""
    bladen = _eigen(g, _lege_bladen(g, plaatsen, vandaag, termijn), vandaag)
    klaar: list[pd.DataFrame] = []
    for diepte in sorted(set(bladen.diepte), reverse=True):
        hier = bladen[bladen.diepte == diepte].reset_index(drop=True)
        onder = _som(g, klaar[-1], hier) if klaar and not g.per_laag else _niets(len(hier))
        klaar.append(pd.DataFrame(_met_onderliggend(g, _kolommen(hier), onder)))
    return pd.concat(klaar, ignore_index=True).sort_values(["o", "j"], kind="stable").reset_index(drop=True)


def _kolommen(blad: pd.DataFrame) -> Kolom:
    """As bare arrays: line by line these do the same, without an index to keep, in a tenth of the time."""
    return {str(naam): blad[naam].to_numpy() for naam in blad.columns}


def _lege_bladen(g: Grondslag, plaatsen: pd.DataFrame, vandaag: date, termijn: int) -> pd.DataFrame:
    """Which values can be there, and are due: ``kan``, ``meet``, ``telt``, ``due``, ``buiten``."""
    jaren = list(g.jaren(vandaag))
    b = _kolommen(plaatsen.merge(pd.DataFrame({"j": jaren}), how="cross"))
    jaar, aantal = np.tile(np.arange(len(jaren)), len(plaatsen)), len(b["o"])
    regels = [g.in_het_jaar(j) for j in jaren]
    per_regel = [regels[nummer] for nummer in jaar]
    b["buiten"] = np.array([not r.niet_voor.isdisjoint(lijn) for r, lijn in zip(per_regel, b["lijn"], strict=True)])
    levert = np.array([g.levert(soort, r.niveau) for r, soort in zip(per_regel, b["soort"], strict=True)], dtype=bool)
    for k in VIERTAL:
        eind = np.array([laatste_dag(j, k).toordinal() for j in jaren])[jaar]
        b[f"meet{k}"] = np.array([r.wordt_gemeten(j, k) for r, j in zip(regels, jaren, strict=True)])[jaar]
        gedrukt = [r.geldt_in(j, k) and g.wordt_gedrukt(j) for r, j in zip(regels, jaren, strict=True)]
        b[f"telt{k}"] = np.array(gedrukt)[jaar]
        er = (b["vanaf"].astype(int) <= eind) & (eind < b["tot"].astype(int))
        b[f"kan{k}"] = levert & b[f"meet{k}"] & b[f"telt{k}"] & er
        b[f"due{k}"] = vandaag.toordinal() > eind + termijn
    b["buiten"] = b["buiten"].reshape(aantal).astype(bool)
    return pd.DataFrame(b)


def _eigen(g: Grondslag, bladen: pd.DataFrame, vandaag: date) -> pd.DataFrame:
    """The values that each has of itself, and whether one is asked of it."""
    m = g.metingen.merge(bladen[["o", "j", "buiten"]].reset_index(names="regel"), on=["o", "j"])
    m = m[~m.buiten.astype(bool)]
    bruikbaar = m.weet & (m.n.notna() == g.is_breuk)
    kolommen: dict[str, np.ndarray] = {}
    for k in (*VIERTAL, 0):
        deze = m[bruikbaar & (m.k == k)]
        onbruikbaar = m[~bruikbaar & (m.k == k)]
        _leg(kolommen, len(bladen), str(k), deze, onbruikbaar)
    kolommen["j_eigen"] = kolommen["h0"].copy()
    eenmalig = np.array([not g.loopt_op or g.in_het_jaar(j).frequentie in ("jaar", "tweejaarlijks") for j in bladen.j])
    over = eenmalig & kolommen["h0"] & ~kolommen["h4"]
    kolommen["m4"] = np.where(kolommen["h0"], kolommen["m0"], kolommen["m4"])
    for naam in "tnhv":
        kolommen[f"{naam}4"] = np.where(over, kolommen[f"{naam}0"], kolommen[f"{naam}4"])
    kolommen["nb4"] = kolommen["nb4"] | kolommen["nb0"]
    vol = pd.concat([bladen, pd.DataFrame(kolommen)], axis=1)
    return _vraag_waarden(g, vol, vandaag)


def _leg(kolommen: dict[str, np.ndarray], lengte: int, k: str, deze: pd.DataFrame, nb: pd.DataFrame) -> None:
    getallen = {naam: np.full(lengte, leeg, dtype=object) for naam, leeg in (("t", 0), ("n", 0), ("m", None))}
    for naam, reeks in getallen.items():
        waarden = deze[naam].to_numpy(dtype=object)
        reeks[deze.regel] = np.where(pd.isna(waarden), 0 if naam != "m" else None, waarden)
        kolommen[f"{naam}{k}"] = reeks
    vlaggen = {naam: np.zeros(lengte, dtype=bool) for naam in ("h", "v", "nb")}
    vlaggen["h"][deze.regel], vlaggen["v"][deze.regel], vlaggen["nb"][nb.regel] = True, deze.los, True
    kolommen |= {f"{naam}{k}": reeks for naam, reeks in vlaggen.items()}


def _vraag_waarden(g: Grondslag, bladen: pd.DataFrame, vandaag: date) -> pd.DataFrame:
    """In the years of the plan, and in any other in which the onderdeel delivered something."""
    b, gevraagd = _kolommen(bladen), np.isin(bladen.j, list(g.planjaren(vandaag)))
    for naam in ("h0", *(f"{naam}{k}" for naam in ("h", "nb") for k in VIERTAL)):
        gevraagd = gevraagd | b[naam]
    for k in VIERTAL:
        hier = b[f"kan{k}"] & gevraagd
        naast_jaar = b["h0"] & ~b[f"h{k}"] & (k < 4)  # measured over the year: not asked for beside it
        b[f"moet{k}"] = (hier & ~b["buiten"] & ~naast_jaar).astype(int)
        b[f"nvt{k}"] = hier & b["buiten"]
    return pd.DataFrame(b).rename(columns={"t0": "jt", "n0": "jn", "h0": "hj", "v0": "jv"})


def _som(g: Grondslag, delen: pd.DataFrame, hier: pd.DataFrame) -> Kolom:
    """What lies directly below each line, added up; in the order of ``hier``."""
    d = _kolommen(delen)
    d |= {f"j{naam}": jaartotaal(g, d, naam) for naam in "tn"}
    d["alleen_jaar"] = d["hj"] & ~d["h4"]
    for k in VIERTAL:
        # Of one measured over the whole year the quarters are not known: to the whole they are missing.
        d[f"moet{k}"] = d[f"moet{k}"] + (d["hj"] & d[f"kan{k}"] & (d[f"moet{k}"] == 0))
    groepen = pd.DataFrame(d).groupby([delen.ouder.astype(int), delen.j], sort=False)
    plekken = pd.MultiIndex.from_arrays([hier.o, hier.j])
    vlaggen = groepen[[*_VLAGGEN, "hj", "alleen_jaar"]].any().reindex(plekken, fill_value=False)
    getallen = groepen[[*_GETALLEN, "jt", "jn", *_TELLINGEN]].sum().reindex(plekken, fill_value=0)
    s = _kolommen(getallen) | _kolommen(vlaggen)
    s["h4"] = s["h4"] & ~s["alleen_jaar"]
    return s | {f"{naam}{k}": np.where(s[f"h{k}"], s[f"{naam}{k}"], 0) for naam in "tn" for k in VIERTAL}


def jaartotaal(g: Grondslag, b: Kolom, naam: str) -> np.ndarray:
    """The figure of the year: as measured over it, else from its quarters."""
    kwartalen = sum(b[f"{naam}{k}"] for k in VIERTAL) if g.loopt_op else b[f"{naam}4"]
    return np.where(b["hj"], b[f"j{naam}"], kwartalen)


def _met_onderliggend(g: Grondslag, e: Kolom, s: Kolom) -> Kolom:
    """What a line has of itself stands for it; else the sum of what lies below."""
    uit = dict(e)
    for k in VIERTAL:
        for naam in "tn":
            uit[f"{naam}{k}"] = np.where(e[f"h{k}"], e[f"{naam}{k}"], s[f"{naam}{k}"])
        zelf = e["h4"] | e["hj"] if k == 4 else e[f"h{k}"]
        uit |= {f"{naam}{k}": e[f"{naam}{k}"] | s[f"{naam}{k}"] for naam in ("h", "nvt")}
        uit[f"moet{k}"] = e[f"moet{k}"] + s[f"moet{k}"]
        uit[f"gel{k}"] = np.where(zelf, uit[f"moet{k}"], s[f"gel{k}"])
    uit |= {f"j{naam}": np.where(e["hj"], e[f"j{naam}"], s[f"j{naam}"]) for naam in "tn"}
    uit["hj"] = e["hj"] | s["hj"]
    for k in VIERTAL:
        uit[f"w{k}"] = uit["h4"] | uit["hj"] if k == 4 else uit[f"h{k}"]
        uit[f"nb{k}"] = (e[f"nb{k}"] | s[f"nb{k}"]) & ~uit[f"w{k}"]
    return uit | _losheid(g, uit, e, s) | _gaten(g, uit, e, s)


def _niets(lengte: int) -> Kolom:
    getallen = {naam: np.full(lengte, 0, dtype=object) for naam in (*_GETALLEN, "jt", "jn")}
    tellingen = {naam: np.zeros(lengte, dtype=int) for naam in _TELLINGEN}
    return getallen | tellingen | {naam: np.zeros(lengte, dtype=bool) for naam in (*_VLAGGEN, "hj")}


def _losheid(g: Grondslag, uit: Kolom, e: Kolom, s: Kolom) -> Kolom:
    """Provisional when anything in the figure is; where quarters add up that includes the earlier ones."""
    tot_nu, los = np.zeros(len(e["hj"]), dtype=bool), {}
    for k in VIERTAL:
        zelf = np.where(e[f"h{k}"], e[f"v{k}"], s[f"v{k}"])
        tot_nu = tot_nu | zelf if g.loopt_op else zelf
        los[f"v{k}"] = (np.where(e["hj"], e["jv"], tot_nu) if k == 4 else tot_nu) & uit[f"w{k}"]
    return los


def _gaten(g: Grondslag, uit: Kolom, e: Kolom, s: Kolom) -> Kolom:
    """Which quarters are missing from the figure up to each quarter."""
    tekort = {k: uit[f"gel{k}"] < uit[f"moet{k}"] for k in VIERTAL}
    gaten = {}
    for k, b in GATEN:
        mist = tekort[b] & (e[f"due{b}"] if b == k else (e[f"due{b}"] | uit[f"w{k}"]) & g.loopt_op)
        if k == 4:  # over the whole year nothing is missing, but what is missing below it
            mist = np.where(s["hj"], s[f"g4{b}"] & ~e[f"h{b}"], mist) & ~e["hj"]
        gaten[f"g{k}{b}"] = mist
    return gaten
