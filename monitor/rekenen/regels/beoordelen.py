"""From the cube to rows: one per indicator, onderdeel and quarter, each judged once.

Order of a verdict: is there a value → does a target hold that is judged → is the value complete → is there
something to divide by → the rule of the kind of target → is the year over and its Q4 there.
"""

from dataclasses import dataclass
from typing import Annotated, get_type_hints

import numpy as np

from monitor.rekenen.regels import oordeelregels
from monitor.rekenen.regels.feiten import Rekenfeiten
from monitor.rekenen.regels.getalreeks import LEEG, SCHAAL, SCHAAL_VERWACHTING, Kolommen, Reeks
from monitor.rekenen.regels.kalender import KWARTALEN, VIERDE
from monitor.rekenen.regels.kubus import Kubus, bouw_kubus
from monitor.rekenen.regels.oordeelregels import Doelsoort, Oordeelcode, Standcode
from monitor.rekenen.regels.optellen import BITS

RICHTING = {"hoger": 1, "lager": -1, "geen": 0}
PATROON = {"lineair": 0, "stap": 1, "seizoen": 2}


# How each column is stored: the last part is what ``kopie`` calls it.
_Sleutel = Annotated[Reeks, "i8"]
_Klein = Annotated[Reeks, "i2"]
_Naam = Annotated[Reeks, "naam"]
_Bedrag = Annotated[Reeks, "numeric4"]
_Verwachting = Annotated[Reeks, "numeric8"]
_Vlag = Annotated[Reeks, "?"]


@dataclass
class Oordeelrijen(Kolommen):
    """Rows as columns, in the order of the key; LEEG is NULL, amounts are scaled whole numbers."""

    indicator_id: _Sleutel
    onderdeel_id: _Sleutel
    jaar: _Klein
    kwartaal: _Klein
    stand: _Naam
    teller: _Bedrag
    noemer: _Bedrag
    cum_teller: _Bedrag
    cum_noemer: _Bedrag
    marge: _Bedrag
    vorige: _Bedrag
    vorige_noemer: _Bedrag
    vorige_marge: _Bedrag
    vorige_jaar: _Klein
    vorige_kwartaal: _Klein
    verwachting: _Verwachting
    doelstelling_id: _Sleutel
    oordeel: _Naam
    moet_leveren: _Klein
    geleverd: _Klein
    gemist: _Klein
    op_tempo: _Klein
    vergeleken: _Klein
    voorlopig: _Vlag
    heel_jaar: _Vlag
    doel_elders: _Vlag
    seizoen_terugval: _Vlag

    def __len__(self) -> int:
        return len(self.jaar)


KOLOMSOORTEN: dict[str, str] = {
    naam: vorm.__metadata__[0] for naam, vorm in get_type_hints(Oordeelrijen, include_extras=True).items()
}
"""Kind of each column in the order of the table: how it is read, compared and sent."""
SCHALEN = {"numeric4": SCHAAL, "numeric8": SCHAAL_VERWACHTING}

_Plek = tuple[Reeks, ...]  # indicator, onderdeel, jaar and kwartaal of each row


def beoordeel_kubus(kubus: Kubus, vanaf_jaar: int | None = None) -> Oordeelrijen:
    """The rows of a cube from a year on: where a value is, or is due, or does not apply."""
    rijen = _Rijenbouw(kubus, vanaf_jaar)
    rijen.oordeel_zonder_verdict()
    rijen.oordeel_normen()
    rijen.oordeel_volumes()
    rijen.oordeel_verbetering()
    rijen.sluit_jaar()
    return rijen.uit


def bereken(feiten: Rekenfeiten, vanaf_jaar: int | None = None) -> Oordeelrijen:
    """Everything in ``feiten``: rolled up and judged."""
    return beoordeel_kubus(bouw_kubus(feiten), vanaf_jaar)


class _Rijenbouw:
    """The columns while they are being filled; every rule works on the rows it is about, all at once."""

    def __init__(self, kubus: Kubus, vanaf_jaar: int | None) -> None:
        self.kubus, self.op = kubus, kubus.opgeteld
        self.waarde = self.op.heeft_waarde()
        bestaat = self.waarde | self.op.nb | self.op.nvt | (self.op.moet > 0)
        if vanaf_jaar is not None:
            bestaat[:, :, : max(0, vanaf_jaar - kubus.assen.jaren.start)] = False
        self.plek: _Plek = np.nonzero(bestaat)
        i, o, jaar, kwartaal = self.plek
        self.heeft = self.waarde[self.plek]
        self.due = kubus.verschuldigd[jaar, kwartaal]
        self.soort = kubus.doelen.soort[i, o, jaar]
        self.doel = kubus.doelen.streefwaarde[i, o, jaar]
        self.doelmarge = kubus.doelen.marge[i, o, jaar]
        self.verhouding = kubus.assen.per_indicator("verhouding")[i]
        self.keer = np.array([oordeelregels.factor(f.eenheid) for f in kubus.assen.indicatoren])[i]
        self.richting = kubus.assen.per_jaar(lambda feit: RICHTING[feit.richting])[i, jaar]
        self.uit = self._begin()
        self.te_oordelen = np.zeros(len(i), bool)

    def _begin(self) -> Oordeelrijen:
        """Everything but the verdict and what only some kinds of target have."""
        i, o, jaar, kwartaal = self.plek
        cumuleert = self.kubus.assen.per_indicator("cumuleert")
        ids = [np.array([f.id for f in as_]) for as_ in (self.kubus.assen.indicatoren, self.kubus.assen.onderdelen)]
        leeg = np.full(len(i), LEEG)
        heeft_kwartaal = self.op.heeft[self.plek]
        cum = [self.op.cumulatief(wat, cumuleert)[self.plek] for wat in ("teller", "noemer")]
        return Oordeelrijen(
            indicator_id=ids[0][i],
            onderdeel_id=ids[1][o],
            jaar=jaar + self.kubus.assen.jaren.start,
            kwartaal=kwartaal + 1,
            stand=self._stand(),
            teller=np.where(heeft_kwartaal, self.op.teller[self.plek], LEEG),
            noemer=np.where(heeft_kwartaal & self.verhouding, self.op.noemer[self.plek], LEEG),
            cum_teller=np.where(self.heeft, cum[0], LEEG),
            cum_noemer=np.where(self.heeft & self.verhouding, cum[1], LEEG),
            marge=self.kubus.marge[self.plek],
            **{k: leeg.copy() for k in ("vorige", "vorige_noemer", "vorige_marge", "vorige_jaar", "vorige_kwartaal")},
            verwachting=leeg.copy(),
            doelstelling_id=self.kubus.doelen.id[i, o, jaar],
            oordeel=np.full(len(i), Oordeelcode.GEEN_METING, dtype=np.int64),
            moet_leveren=self.op.moet[self.plek],
            geleverd=self.op.geleverd[self.plek],
            gemist=self.op.gemist[self.plek],
            op_tempo=leeg.copy(),
            vergeleken=leeg.copy(),
            voorlopig=self.op.voorlopig[self.plek],
            heel_jaar=self.op.heeft_jaar[i, o, jaar] & (kwartaal == VIERDE),
            doel_elders=self.kubus.doelen.elders[i, o, jaar],
            seizoen_terugval=np.zeros(len(i), bool),
        )

    def _stand(self) -> Reeks:
        nvt = self.op.nvt[self.plek] & (self.op.moet[self.plek] == 0)
        keuzes = [self.heeft, self.op.nb[self.plek], nvt, self.due]
        standen = [Standcode.GELEVERD, Standcode.NB, Standcode.NIET_VAN_TOEPASSING, Standcode.GEEN_METING]
        return np.select(keuzes, [int(stand) for stand in standen], int(Standcode.NOG_NIET_VERSCHULDIGD))

    def oordeel_zonder_verdict(self) -> None:
        """Absent values, targets that are not judged, incomplete values and a denominator of 0; the rest is judged."""
        kwartaal = self.plek[3]
        eerder = (self.uit.gemist & (BITS[kwartaal] - 1)) > 0
        nu = self.uit.geleverd < self.uit.moet_leveren
        geen_richting = (self.richting == 0) & np.isin(self.soort, (Doelsoort.JAARVOLUME, Doelsoort.VERBETERING))
        niets = self.verhouding & (self.uit.cum_noemer == 0)
        gevallen: list[tuple[Reeks, Oordeelcode]] = [
            (self.uit.stand == Standcode.NIET_VAN_TOEPASSING, Oordeelcode.GEEN_DOEL),
            (~self.heeft & ~self.due, Oordeelcode.NOG_NIET_VERSCHULDIGD),
            (~self.heeft, Oordeelcode.GEEN_METING),
            *((self.soort == soort, uitkomst) for soort, uitkomst in oordeelregels.ZONDER_VERDICT.items()),
            (geen_richting, Oordeelcode.ALLEEN_MONITORING),
            (nu & ~self.due & ~eerder, Oordeelcode.NOG_NIET_VERSCHULDIGD),
            (nu | eerder, Oordeelcode.ONVOLLEDIG),
            (niets, Oordeelcode.GEEN_METING),
        ]
        self.uit.oordeel = np.select([geval for geval, _ in gevallen], [int(u) for _, u in gevallen], -1)
        self.te_oordelen = self.uit.oordeel == -1

    def oordeel_normen(self) -> None:
        welke = np.nonzero(self.te_oordelen & np.isin(self.soort, (Doelsoort.MINIMUM, Doelsoort.MAXIMUM)))[0]
        boven, onder = self._breuk(self.uit.cum_teller, self.uit.cum_noemer, welke)
        teken = np.where(self.soort[welke] == Doelsoort.MINIMUM, 1, -1)
        doel, marge = self.doel[welke], self.doelmarge[welke]
        self.uit.oordeel[welke] = oordeelregels.oordeel_norm(boven, onder, doel, marge, teken)

    def _breuk(self, teller: Reeks, noemer: Reeks, welke: Reeks) -> tuple[Reeks, Reeks]:
        return oordeelregels.als_breuk(teller[welke], noemer[welke], self.keer[welke], self.verhouding[welke])

    def oordeel_volumes(self) -> None:
        """Year volumes: the expectation is given with every value, the verdict where the value is complete."""
        volume = self.heeft & (self.soort == Doelsoort.JAARVOLUME) & (self.richting != 0) & ~self.verhouding
        welke = np.nonzero(volume)[0]
        verwacht = self._verwacht(welke)
        bewaard = oordeelregels.om_te_bewaren(*verwacht)
        self._zet("verwachting", welke, bewaard)
        vonnis = oordeelregels.oordeel_volume(
            self.uit.cum_teller[welke], verwacht, self.doel[welke], self.doelmarge[welke], self.richting[welke]
        )
        oordelen = self.te_oordelen[welke]
        self.uit.oordeel[welke[oordelen]] = vonnis[oordelen]
        self._tempo(welke[oordelen & (self.richting[welke] == 1)])
        zonder = self.te_oordelen & (self.soort == Doelsoort.JAARVOLUME) & self.verhouding
        self.uit.oordeel[zonder] = Oordeelcode.ALLEEN_MONITORING  # a year volume of a ratio means nothing

    def _verwacht(self, welke: Reeks) -> tuple[Reeks, Reeks]:
        i, _, jaar, kwartaal = (as_[welke] for as_ in self.plek)
        patroon = self.kubus.assen.per_jaar(lambda feit: PATROON[feit.verwachting])[i, jaar]
        stapkwartaal = self.kubus.assen.per_jaar(lambda feit: feit.stap_kwartaal or KWARTALEN)[i, jaar]
        telt = self.kubus.assen.tellende[i, jaar]
        geweest = (telt & (np.arange(KWARTALEN) <= kwartaal[:, None])).sum(axis=1)
        boven, onder = oordeelregels.lineair(self.doel[welke], geweest, telt.sum(axis=1))
        patroon = np.where((patroon == PATROON["seizoen"]) & ~telt.all(axis=1), PATROON["lineair"], patroon)
        stap = oordeelregels.stap(self.doel[welke], kwartaal + 1, stapkwartaal)
        boven = np.where(patroon == PATROON["stap"], stap[0], boven)
        onder = np.where(patroon == PATROON["stap"], stap[1], onder)
        seizoen = np.nonzero(patroon == PATROON["seizoen"])[0]
        return self._seizoen(welke, seizoen, boven, onder) if len(seizoen) else (boven, onder)

    def _seizoen(self, welke: Reeks, seizoen: Reeks, boven: Reeks, onder: Reeks) -> tuple[Reeks, Reeks]:
        """The seasonal expectation where two complete earlier years give one; elsewhere it stays even, and says so."""
        i, o, jaar, kwartaal = (as_[welke[seizoen]] for as_ in self.plek)
        reeksen, nummer = np.unique(np.stack([i, o]), axis=1, return_inverse=True)
        nummer = nummer.reshape(-1)
        per_kwartaal = self.op.teller[reeksen[0], reeksen[1]]
        deel_boven, deel_onder, aantal = oordeelregels.seizoensdelen(per_kwartaal, self._volledige_jaren(*reeksen))
        genoeg = aantal[nummer, jaar] >= oordeelregels.MINSTENS_JAREN
        self.uit.seizoen_terugval[welke[seizoen[~genoeg]]] = True
        plek = nummer[genoeg], jaar[genoeg], kwartaal[genoeg]
        nieuw = oordeelregels.seizoen(self.doel[welke[seizoen[genoeg]]], deel_boven[plek], deel_onder[plek])
        boven, onder = boven.astype(object), onder.astype(object)
        boven[seizoen[genoeg]], onder[seizoen[genoeg]] = nieuw
        return boven, onder

    def _volledige_jaren(self, i: Reeks, o: Reeks) -> Reeks:
        """(series, jaren): every quarter due in the year delivered by every onderdeel that should."""
        op = self.op
        geleverd = op.heeft[i, o] & (op.geleverd[i, o] >= op.moet[i, o])
        return (geleverd | ~self.kubus.assen.meetmomenten[i]).all(axis=-1) & ~op.heeft_jaar[i, o]

    def _tempo(self, welke: Reeks) -> None:
        """How often the pace that is still needed was reached before; only where something is still needed."""
        i, o, jaar, kwartaal = (as_[welke] for as_ in self.plek)
        momenten = self.kubus.assen.meetmomenten[i, jaar] & self.kubus.assen.tellende[i, jaar]
        resterend = (momenten & (np.arange(KWARTALEN) > kwartaal[:, None])).sum(axis=1)
        nodig = oordeelregels.nog_nodig(self.uit.cum_teller[welke], self.doel[welke])
        zinvol = (nodig > 0) & (resterend > 0)
        welke, i, o = welke[zinvol], i[zinvol], o[zinvol]
        vorm = (len(welke), -1)
        telt = self.op.heeft[i, o] & (self.op.geleverd[i, o] >= self.op.moet[i, o])
        tot = (jaar * KWARTALEN + kwartaal)[zinvol]
        gehaald, eerder = (
            oordeelregels.op_tempo(
                self.op.teller[i, o].reshape(vorm), telt.reshape(vorm), nodig[zinvol], resterend[zinvol], tot
            )
            if len(welke)
            else (0, 0)
        )
        self.uit.op_tempo[welke], self.uit.vergeleken[welke] = gehaald, eerder

    def oordeel_verbetering(self) -> None:
        """Against the latest earlier complete measurement of the same onderdeel, however long ago."""
        telt = self.heeft & (self.soort == Doelsoort.VERBETERING)
        welke = np.nonzero(telt)[0]
        if not len(welke):
            return
        vorig = self._vorige(welke)
        heeft_vorige = vorig >= 0
        self._leg_vorige_vast(welke[heeft_vorige], vorig[heeft_vorige])
        oordelen = self.te_oordelen[welke]
        self.uit.oordeel[welke[oordelen & ~heeft_vorige]] = Oordeelcode.GEEN_METING
        te_doen = welke[oordelen & heeft_vorige]
        nu = self._meetwaarde(te_doen)
        toen = self._breuk(self.uit.vorige, self.uit.vorige_noemer, te_doen)
        marge, vorige_marge = (_nul_als_leeg(m[te_doen]) for m in (self.uit.marge, self.uit.vorige_marge))
        vonnis = oordeelregels.oordeel_verbetering(nu, toen, marge, vorige_marge, self.richting[te_doen])
        deelbaar = (nu[1] != 0) & (toen[1] != 0)
        self.uit.oordeel[te_doen] = np.where(deelbaar, vonnis, Oordeelcode.GEEN_METING)

    def _meetwaarde(self, welke: Reeks) -> tuple[Reeks, Reeks]:
        """The value of the period itself; of a year that was measured as a whole, that year's."""
        eigen = self.uit.teller[welke] != LEEG
        teller = np.where(eigen, self.uit.teller[welke], self.uit.cum_teller[welke])
        noemer = np.where(eigen, self.uit.noemer[welke], self.uit.cum_noemer[welke])
        return oordeelregels.als_breuk(teller, noemer, self.keer[welke], self.verhouding[welke])

    def _vorige(self, welke: Reeks) -> Reeks:
        """Per row the period (jaar × 4 + kwartaal) of the previous measurement, -1 without one."""
        i, o, jaar, kwartaal = (as_[welke] for as_ in self.plek)
        telt = (self.waarde & (self.op.geleverd >= self.op.moet))[i, o].reshape(len(welke), -1)
        perioden = np.arange(telt.shape[1])
        nu = jaar * KWARTALEN + kwartaal
        return np.where(telt & (perioden < nu[:, None]), perioden, -1).max(axis=1)

    def _leg_vorige_vast(self, welke: Reeks, vorig: Reeks) -> None:
        i, o = self.plek[0][welke], self.plek[1][welke]
        plek = (i, o, vorig // KWARTALEN, vorig % KWARTALEN)
        kwartaalwaarde = self.op.heeft[plek]
        teller = np.where(kwartaalwaarde, self.op.teller[plek], self.op.jaar_teller[plek[:3]])
        noemer = np.where(kwartaalwaarde, self.op.noemer[plek], self.op.jaar_noemer[plek[:3]])
        self._zet("vorige", welke, teller)
        self._zet("vorige_noemer", welke, np.where(self.verhouding[welke], noemer, LEEG))
        self._zet("vorige_marge", welke, self.kubus.marge[plek])
        self._zet("vorige_jaar", welke, plek[2] + self.kubus.assen.jaren.start)
        self._zet("vorige_kwartaal", welke, plek[3] + 1)

    def _zet(self, kolom: str, welke: Reeks, waarden: Reeks) -> None:
        """Fill part of a column; the column grows to Python integers when the values are."""
        if waarden.dtype == object:
            setattr(self.uit, kolom, getattr(self.uit, kolom).astype(object))
        getattr(self.uit, kolom)[welke] = waarden

    def sluit_jaar(self) -> None:
        gesloten = self.te_oordelen & (self.plek[3] == VIERDE) & self.kubus.voorbij[self.plek[2]]
        self.uit.oordeel = oordeelregels.sluit_jaar(self.uit.oordeel, gesloten)


def _nul_als_leeg(marge: Reeks) -> Reeks:
    return np.where(marge == LEEG, 0, marge)
