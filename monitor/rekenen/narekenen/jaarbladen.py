"""Values added up by another road: one line per onderdeel and year with its quarters beside each other.

Per line and quarter *k*: ``t``/``n`` numerator and denominator, ``h`` whether it is there, ``v`` provisional, ``nb``
not known yet, ``moet``/``gel`` how many should have delivered and did, ``nvt`` does not apply, ``g`` *k* *b*: quarter
*b* is missing from the figure up to *k*. ``jt``, ``jn``, ``hj``, ``jv``: the same, measured over the whole year.
"""

from datetime import date

import numpy as np
import pandas as pd

from monitor.rekenen.narekenen.grondslag import VIERTAL, Grondslag, laatste_dag

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
        onder = _som(g, klaar[-1], hier) if klaar and not g.per_laag else None
        klaar.append(_met_onderliggend(g, hier, onder))
    return pd.concat(klaar, ignore_index=True).sort_values(["o", "j"], kind="stable").reset_index(drop=True)


def _lege_bladen(g: Grondslag, plaatsen: pd.DataFrame, vandaag: date, termijn: int) -> pd.DataFrame:
    """Which values can be there, and are due: ``kan``, ``moment``, ``due``, ``buiten``."""
    jaren = pd.DataFrame({"j": list(g.jaren(vandaag))})
    bladen = plaatsen.merge(jaren, how="cross")
    regels = {jaar: g.in_het_jaar(jaar) for jaar in jaren.j}
    bladen["buiten"] = [not regels[j].niet_voor.isdisjoint(lijn) for j, lijn in zip(bladen.j, bladen.lijn, strict=True)]
    levert = pd.Series(
        [g.levert(soort, regels[j].niveau) for j, soort in zip(bladen.j, bladen.soort, strict=True)], dtype=bool
    )
    for k in VIERTAL:
        eind = bladen.j.map({j: laatste_dag(j, k).toordinal() for j in jaren.j})
        meet = {j: regels[j].wordt_gemeten(j, k) for j in jaren.j}
        telt = {j: regels[j].geldt_in(j, k) and g.wordt_gedrukt(j) for j in jaren.j}
        bladen[f"meet{k}"], bladen[f"telt{k}"] = bladen.j.map(meet), bladen.j.map(telt)
        er = (bladen.vanaf.astype(int) <= eind) & (eind < bladen.tot.astype(int))
        bladen[f"kan{k}"] = levert & bladen[f"meet{k}"] & bladen[f"telt{k}"] & er
        bladen[f"due{k}"] = vandaag.toordinal() > eind + termijn
    return bladen


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


def _vraag_waarden(g: Grondslag, b: pd.DataFrame, vandaag: date) -> pd.DataFrame:
    """In the years of the plan, and in any other in which the onderdeel delivered something."""
    iets = b.h0 | b[[f"{naam}{k}" for naam in ("h", "nb") for k in VIERTAL]].any(axis=1)
    jaar = b.j.isin(g.planjaren(vandaag)) | iets
    for k in VIERTAL:
        gevraagd = b[f"kan{k}"].astype(bool) & jaar
        naast_jaar = b.h0 & ~b[f"h{k}"] if k < 4 else False  # measured over the year: not asked for beside it
        b[f"moet{k}"] = (gevraagd & ~b.buiten & ~naast_jaar).astype(int)
        b[f"nvt{k}"] = gevraagd & b.buiten
    return b.rename(columns={"t0": "jt", "n0": "jn", "h0": "hj", "v0": "jv"})


def _som(g: Grondslag, delen: pd.DataFrame, hier: pd.DataFrame) -> pd.DataFrame:
    """What lies directly below each line, added up; in the order of ``hier``."""
    d = delen.copy()
    for naam in "tn":
        d[f"j{naam}"] = jaartotaal(g, d, naam)
    d["alleen_jaar"] = d.hj & ~d.h4
    for k in VIERTAL:
        # Of one measured over the whole year the quarters are not known: to the whole they are missing.
        d[f"moet{k}"] += (d.hj & d[f"kan{k}"].astype(bool) & (d[f"moet{k}"] == 0)).astype(int)
    groepen = d.groupby([d.ouder.astype(int), d.j], sort=False)
    plekken = pd.MultiIndex.from_arrays([hier.o, hier.j])
    vlaggen = groepen[[*_VLAGGEN, "hj", "alleen_jaar"]].any().reindex(plekken, fill_value=False)
    getallen = groepen[[*_GETALLEN, "jt", "jn", *_TELLINGEN]].sum().reindex(plekken, fill_value=0)
    s = pd.concat([getallen, vlaggen.astype(bool)], axis=1).reset_index(drop=True)
    s["h4"] &= ~s.alleen_jaar
    for k in VIERTAL:
        for naam in "tn":
            s[f"{naam}{k}"] = np.where(s[f"h{k}"], s[f"{naam}{k}"], 0)
    return s


def jaartotaal(g: Grondslag, b: pd.DataFrame, naam: str) -> np.ndarray:
    """The figure of the year: as measured over it, else from its quarters."""
    kwartalen = sum(b[f"{naam}{k}"] for k in VIERTAL) if g.loopt_op else b[f"{naam}4"]
    return np.where(b.hj, b[f"j{naam}"], kwartalen)


def _met_onderliggend(g: Grondslag, e: pd.DataFrame, s: pd.DataFrame | None) -> pd.DataFrame:
    """What a line has of itself stands for it; else the sum of what lies below."""
    s = _niets(len(e)) if s is None else s
    uit = e.copy()
    for k in VIERTAL:
        for naam in "tn":
            uit[f"{naam}{k}"] = np.where(e[f"h{k}"], e[f"{naam}{k}"], s[f"{naam}{k}"])
        zelf = e[f"h{k}"] | (e.hj if k == 4 else False)
        uit[f"h{k}"] = e[f"h{k}"] | s[f"h{k}"]
        uit[f"nvt{k}"] = e[f"nvt{k}"] | s[f"nvt{k}"]
        uit[f"moet{k}"] = e[f"moet{k}"] + s[f"moet{k}"].astype(int)
        uit[f"gel{k}"] = np.where(zelf, uit[f"moet{k}"], s[f"gel{k}"]).astype(int)
    for naam in "tn":
        uit[f"j{naam}"] = np.where(e.hj, e[f"j{naam}"], s[f"j{naam}"])
    uit["hj"] = e.hj | s.hj
    for k in VIERTAL:
        uit[f"w{k}"] = uit[f"h{k}"] | (uit.hj if k == 4 else False)
        uit[f"nb{k}"] = (e[f"nb{k}"] | s[f"nb{k}"]) & ~uit[f"w{k}"]
    return _gaten(g, _losheid(g, uit, e, s), e, s)


def _niets(lengte: int) -> pd.DataFrame:
    nul = dict.fromkeys([*_GETALLEN, "jt", "jn", *_TELLINGEN], 0)
    return pd.DataFrame(nul | dict.fromkeys([*_VLAGGEN, "hj"], False), index=range(lengte))


def _losheid(g: Grondslag, uit: pd.DataFrame, e: pd.DataFrame, s: pd.DataFrame) -> pd.DataFrame:
    """Provisional when anything in the figure is; where quarters add up that includes the earlier ones."""
    tot_nu = pd.Series(False, index=uit.index)
    for k in VIERTAL:
        zelf = e[f"v{k}"].where(e[f"h{k}"], s[f"v{k}"]).astype(bool)
        tot_nu = tot_nu | zelf if g.loopt_op else zelf
        uit[f"v{k}"] = (e.jv.where(e.hj, tot_nu).astype(bool) if k == 4 else tot_nu) & uit[f"w{k}"]
    return uit


def _gaten(g: Grondslag, uit: pd.DataFrame, e: pd.DataFrame, s: pd.DataFrame) -> pd.DataFrame:
    """Which quarters are missing from the figure up to each quarter."""
    tekort = {k: uit[f"gel{k}"] < uit[f"moet{k}"] for k in VIERTAL}
    for k, b in GATEN:
        if b == k:
            mist = tekort[k] & uit[f"due{k}"]
        else:
            mist = tekort[b] & (uit[f"due{b}"] | uit[f"w{k}"]) if g.loopt_op else pd.Series(False, index=uit.index)
        if k == 4:  # over the whole year nothing is missing, but what is missing below it
            mist = mist.where(~s.hj, s[f"g4{b}"] & ~e[f"h{b}"]) & ~e.hj
        uit[f"g{k}{b}"] = mist.astype(bool)
    return uit
