"""The sentence beside a verdict: one, in plain Dutch, built from the numbers that were used."""

from decimal import Decimal
from typing import Any

from common.tekst import cijfers
from common.tekst.cijfers import Weging
from common.tekst.tekens import en, hoeveel_van, hoofdletter
from monitor.rekenen.regels.feiten import Doeldeel, Indicatordeel

_NUL = Decimal(0)
ONDERDELEN = {
    "basisteam": ("team", "teams"),
    "district": ("district", "districten"),
    "eenheid": ("eenheid", "eenheden"),
}
_Cijfers = dict[str, Any]


def reden(rij: Any, indicator: Indicatordeel, doel: Doeldeel | None, c: _Cijfers) -> str:
    """The sentence for one record with the figures ``c`` derived from it."""
    zonder = _zonder_waarde(rij, indicator)
    if zonder:
        return zonder
    if doel is None:
        return _geen_doel(rij, indicator, c)
    if doel.soort in ("monitoring", "onbekend"):
        return _zonder_verdict(rij, indicator, doel, c)
    if rij.oordeel in ("onvolledig", "nog_niet_verschuldigd"):
        return _onvolledig(rij, indicator, c)
    if c["cumulatief"] is None:
        return "De noemer is 0: er valt niets te delen, dus er is geen oordeel."
    if c["vorige"] is None and rij.vorige is not None:
        stand = _stand(rij, indicator, c)
        return f"{stand}; de noemer van de vorige meting is 0, dus er valt niets te vergelijken en er is geen oordeel."
    if rij.oordeel == "alleen_monitoring":
        geen_volume = "een jaarvolume van een verhouding is niet te beoordelen"
        waarom = geen_volume if indicator.aggregatie == "verhouding" else "zonder richting is er geen beter of slechter"
        return f"{_stand(rij, indicator, c)}; {waarom}."
    return _per_soort(rij, indicator, doel, c)


def _per_soort(rij: Any, indicator: Indicatordeel, doel: Doeldeel, c: _Cijfers) -> str:
    if doel.soort == "jaarvolume":
        return _volume(rij, indicator, c)
    return _verbetering(rij, indicator, c) if doel.soort == "verbetering" else _norm(rij, indicator, doel, c)


def _zonder_waarde(rij: Any, indicator: Indicatordeel) -> str:
    kwartaal = f"Q{rij.kwartaal} {rij.jaar}"
    geteld = f" {hoofdletter(_hoeveel(rij, indicator))}." if rij.moet_leveren > 1 else ""
    return {
        "niet_van_toepassing": "Deze indicator is niet van toepassing op dit onderdeel.",
        "nb": f"De waarde van {kwartaal} is nog niet bekend (nb).",
        "geen_meting": f"Over {kwartaal} is geen waarde geleverd, terwijl de termijn voorbij is.{geteld}",
        "nog_niet_verschuldigd": f"Het cijfer van {kwartaal} komt nog: het hoeft er nog niet te zijn.",
        "niet_van_alle": _niet_van_alle(rij, indicator),
    }.get(str(rij.stand), "")


def _niet_van_alle(rij: Any, indicator: Indicatordeel) -> str:
    """Said to who may not read the parts: that the figure comes once all are in, and how many are."""
    meer = ONDERDELEN[indicator.niveau][1]
    komt = f"het cijfer komt als alle {rij.moet_leveren} er zijn"
    if rij.geleverd < rij.moet_leveren:
        return f"Nog niet van alle {meer}; {komt}. {hoofdletter(_hoeveel(rij, indicator))}."
    return f"Van een eerder kwartaal nog niet van alle {meer}; {komt}."


def _hoeveel(rij: Any, indicator: Indicatordeel) -> str:
    enkel, meer = ONDERDELEN[indicator.niveau]
    if rij.moet_leveren == 1:
        return f"{rij.geleverd} van 1 {enkel} heeft geleverd"
    wie = f"{hoeveel_van(rij.geleverd, rij.moet_leveren)} {meer}"
    return f"{wie} {'heeft' if rij.geleverd < 2 else 'hebben'} geleverd"


def _periode(rij: Any, indicator: Indicatordeel) -> str:
    """The period a value is about: of a running total the year so far, of a stand or survey the quarter."""
    if rij.heel_jaar:
        return f"over {rij.jaar}"
    if indicator.is_stand:
        return f"in Q{rij.kwartaal}"
    return f"in {rij.jaar}" if rij.kwartaal == 4 else f"t/m Q{rij.kwartaal}"


def _stand(rij: Any, indicator: Indicatordeel, c: _Cijfers) -> str:
    if c["cumulatief"] is None:
        return "De noemer is 0: er valt niets te delen"
    return f"{cijfers.waarde_in_woorden(c['cumulatief'], indicator)} {_periode(rij, indicator)}"


def _geen_doel(rij: Any, indicator: Indicatordeel, c: _Cijfers) -> str:
    if rij.doel_elders:
        waarom = "het jaardoel geldt voor een onderdeel hierboven als geheel, niet voor dit onderdeel"
    else:
        waarom = f"voor {rij.jaar} is geen doel vastgesteld"
    return f"{_stand(rij, indicator, c)}; {waarom}."


def _zonder_verdict(rij: Any, indicator: Indicatordeel, doel: Doeldeel, c: _Cijfers) -> str:
    monitoring = "deze indicator wordt alleen gevolgd, zonder oordeel"
    waarom = monitoring if doel.soort == "monitoring" else "het doel is nog niet bekend (nb)"
    aanvulling = "" if c["volledig"] else f" {_mist(rij, indicator, c)}."
    return f"{_stand(rij, indicator, c)}; {waarom}.{aanvulling}"


def _onvolledig(rij: Any, indicator: Indicatordeel, c: _Cijfers) -> str:
    if rij.oordeel == "nog_niet_verschuldigd":
        return f"{hoofdletter(_hoeveel(rij, indicator))}; de termijn voor Q{rij.kwartaal} loopt nog."
    return f"{_mist(rij, indicator, c)}; {_stand(rij, indicator, c)} is dus geen volledig cijfer."


def _mist(rij: Any, indicator: Indicatordeel, c: _Cijfers) -> str:
    """What is missing: of one onderdeel the quarters, of several how many delivered and which quarters lack some."""
    if rij.moet_leveren <= 1:
        weg = c["ontbreekt"]
        return f"Onvolledig: {en(weg)} {'ontbreekt' if len(weg) == 1 else 'ontbreken'}" if weg else "Onvolledig"
    delen = [_hoeveel(rij, indicator)] if rij.geleverd < rij.moet_leveren else []
    eerder = [kwartaal for kwartaal in c["ontbreekt"] if kwartaal != f"Q{rij.kwartaal}"]
    if eerder:
        delen.append(f"{en(eerder)} {'is' if len(eerder) == 1 else 'zijn'} niet compleet")
    return f"Onvolledig: {', '.join(delen)}"


def _volume(rij: Any, indicator: Indicatordeel, c: _Cijfers) -> str:
    w: Weging = c["weging"]
    if rij.oordeel in ("behaald", "niet_behaald"):
        return _volume_jaar(rij, indicator, w)
    begin = f"{w.waarde_tekst} {_periode(rij, indicator)}, norm {w.kale_grens}"
    return f"{begin}; {_vervolg(indicator, c)}. {_basis(rij, indicator, c)}{_jaar_loopt(rij)}"


def _jaar_loopt(rij: Any) -> str:
    """That a fourth quarter is there and the year is not over: then it has a course and no result."""
    loopt = rij.kwartaal == 4 and rij.oordeel in ("op_koers", "aandacht", "achter")
    return f" Het jaar loopt nog tot en met 31 december {rij.jaar}." if loopt else ""


def _volume_jaar(rij: Any, indicator: Indicatordeel, w: Weging) -> str:
    begin = f"{w.waarde_tekst} in {rij.jaar}, het doel was {w.kale_grens}"
    if rij.oordeel == "behaald":
        return f"{begin}."
    return f"{begin}: {w.kale_afstand} te {'weinig' if indicator.richting == 'hoger' else 'veel'}."


def _vervolg(indicator: Indicatordeel, c: _Cijfers) -> str:
    kaal = cijfers.alleen_teken(indicator)
    if indicator.richting == "lager":
        return f"het hele jaar mag hoogstens {cijfers.exact_in_woorden(c['streefwaarde'], kaal)} worden"
    if not c["nog_nodig"]:
        return f"het jaardoel van {cijfers.exact_in_woorden(c['streefwaarde'], kaal)} is al gehaald"
    nodig = f"nog {cijfers.weeg(c['cumulatief'], c['streefwaarde'], indicator).kale_afstand} nodig"
    if not c["resterend"]:
        return nodig
    kwartalen = en([f"Q{kwartaal}" for kwartaal in c["resterend"]])
    if len(c["resterend"]) == 1:
        return f"{nodig} in {kwartalen}"
    return f"{nodig}, {cijfers.grens_in_woorden(c['nodig_per_kwartaal'], kaal)} per kwartaal in {kwartalen}"


def _basis(rij: Any, indicator: Indicatordeel, c: _Cijfers) -> str:
    """What the norm rests on: an even part, a step, or what earlier years did."""
    gelijk = "ergeleken met een gelijk deel per kwartaal."
    if rij.seizoen_terugval:
        return f"Voor een seizoenspatroon zijn nog geen twee volledige jaren; v{gelijk}"
    if indicator.verwachting == "stap":
        return f"Het doel telt vanaf Q{indicator.stap_kwartaal}."
    if indicator.verwachting != "seizoen" or not c["streefwaarde"]:
        return f"V{gelijk}"
    deel = cijfers.procent(c["verwachting"] * 100 / c["streefwaarde"], 0)
    return f"Vergeleken met wat eerdere jaren t/m Q{rij.kwartaal} gewoon was: {deel}."


def tempo_zin(rij: Any) -> str:
    """How often the pace that is still needed was reached before; empty where nothing was compared."""
    if not rij.vergeleken:
        return ""
    if rij.vergeleken == 1:
        return f"Het enige eerdere kwartaal haalde dat tempo{'' if rij.op_tempo else ' niet'}."
    werkwoord = "haalde" if rij.op_tempo < 2 else "haalden"
    wie = hoeveel_van(rij.op_tempo, rij.vergeleken, "van de")
    return f"{hoofdletter(wie)} eerdere kwartalen {werkwoord} dat tempo."


def _norm(rij: Any, indicator: Indicatordeel, doel: Doeldeel, c: _Cijfers) -> str:
    w: Weging = c["weging"]
    minimum = doel.soort == "minimum"
    begin = (
        f"{w.waarde_tekst} {_periode(rij, indicator)}, doel {'ten minste' if minimum else 'hoogstens'} {w.grens_tekst}"
    )
    mist = c["verschil"] < 0 if minimum else c["verschil"] > 0
    zin = f"{begin}: {_afwijking(minimum, c)}." if mist else f"{begin}."
    return f"{zin}{_jaar_loopt(rij)}"


def _afwijking(minimum: bool, c: _Cijfers) -> str:
    w: Weging = c["weging"]
    richting = f"{w.afstand_tekst} te {'laag' if minimum else 'hoog'}"
    kant = "buiten" if abs(c["verschil"]) > (c["marge"] or _NUL) else "binnen"
    return f"{richting}, {kant} de marge van {w.kale_marge}" if c["marge"] else richting


def _verbetering(rij: Any, indicator: Indicatordeel, c: _Cijfers) -> str:
    if c["vorige"] is None:
        stand = f"{cijfers.waarde_in_woorden(c['gewogen'], indicator)} {_periode(rij, indicator)}"
        return f"{stand}: dit is de eerste meting, er is geen vorige om mee te vergelijken."
    w: Weging = c["weging"]
    toen = rij.vorige_jaar if rij.vorige_kwartaal == 4 else f"Q{rij.vorige_kwartaal} {rij.vorige_jaar}"
    nu_en_toen = f"{w.waarde_tekst} {_periode(rij, indicator)}, {w.grens_als_waarde} in {toen}"
    return f"{nu_en_toen}: {_vergelijking(rij, indicator, c)}.{_jaar_loopt(rij)}"


def _vergelijking(rij: Any, indicator: Indicatordeel, c: _Cijfers) -> str:
    w: Weging = c["weging"]
    if not c["verschil"]:
        return "gelijk gebleven"
    beter = "beter" if (c["verschil"] > 0) == (indicator.richting == "hoger") else "slechter"
    if w.marge is None:
        return f"{w.afstand_tekst} {beter}"
    if rij.oordeel == "niet_te_onderscheiden":
        return f"het verschil van {w.afstand_tekst} valt binnen de foutmarges samen ({w.kale_marge})"
    return f"{w.afstand_tekst} {beter}, meer dan de foutmarges samen ({w.kale_marge})"


def foutmarges(rij: Any) -> Decimal:
    """√(m₁² + m₂²); an absent margin is 0, so that any difference counts."""
    kwadraten: Decimal = (rij.marge or _NUL) ** 2 + (rij.vorige_marge or _NUL) ** 2
    return kwadraten.sqrt()
