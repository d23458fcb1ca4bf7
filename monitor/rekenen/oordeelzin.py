"""The sentence beside a verdict: one, in plain Dutch, built from the numbers that were used."""

from decimal import Decimal
from typing import Any

from common.tekst import cijfers
from common.tekst.getallen import toon_kort
from common.tekst.tekens import en
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
    if c["cumulatief"] is None or (c["vorige"] is None and rij.vorige is not None):
        return "De noemer is 0: er valt niets te delen, dus er is geen oordeel."
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
    geteld = f" {_hoeveel(rij, indicator)}." if rij.moet_leveren > 1 else ""
    return {
        "niet_van_toepassing": "Deze indicator is niet van toepassing op dit onderdeel.",
        "nb": f"De waarde van {kwartaal} is nog niet bekend (nb).",
        "geen_meting": f"Over {kwartaal} is geen waarde geleverd, terwijl de termijn voorbij is.{geteld}",
        "nog_niet_verschuldigd": f"De waarde van {kwartaal} hoeft nog niet geleverd te zijn.",
    }.get(str(rij.stand), "")


def _hoeveel(rij: Any, indicator: Indicatordeel) -> str:
    enkel, meer = ONDERDELEN[indicator.niveau]
    werkwoord = "heeft" if rij.moet_leveren == 1 else "hebben"
    return f"{rij.geleverd} van {rij.moet_leveren} {enkel if rij.moet_leveren == 1 else meer} {werkwoord} geleverd"


def _periode(rij: Any, indicator: Indicatordeel) -> str:
    """The period a value is about: of a running total the year so far, of a stand or survey the quarter."""
    if rij.heel_jaar:
        return f"over {rij.jaar}"
    if indicator.aggregatie in ("stand", "enquete"):
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
        return f"{_hoeveel(rij, indicator)}; de termijn voor Q{rij.kwartaal} loopt nog."
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
    slecht = rij.oordeel in ("aandacht", "achter", "niet_behaald")
    if rij.kwartaal == 4:
        return _volume_jaar(rij, indicator, c, slecht)
    naast = cijfers.naast_elkaar(c["cumulatief"], c["verwachting"], indicator, mist=slecht)
    begin = f"{naast.waarde} {_periode(rij, indicator)}, verwacht {naast.kale_grens}"
    return f"{begin}; {_vervolg(indicator, c)}. {_basis(rij, indicator, c)}"


def _volume_jaar(rij: Any, indicator: Indicatordeel, c: _Cijfers, slecht: bool) -> str:
    naast = cijfers.naast_elkaar(c["cumulatief"], c["streefwaarde"], indicator, mist=slecht)
    begin = f"{naast.waarde} in {rij.jaar}, het doel was {naast.kale_grens}"
    if not slecht:
        return f"{begin}."
    tekort = toon_kort(abs(c["streefwaarde"] - c["cumulatief"]))
    return f"{begin}: {tekort} te {'weinig' if indicator.richting == 'hoger' else 'veel'}."


def _vervolg(indicator: Indicatordeel, c: _Cijfers) -> str:
    if indicator.richting == "lager":
        return f"het hele jaar mag hoogstens {toon_kort(c['streefwaarde'])} worden"
    if not c["nog_nodig"]:
        return f"het jaardoel van {toon_kort(c['streefwaarde'])} is al gehaald"
    nodig = f"nog {toon_kort(c['nog_nodig'])} nodig"
    if not c["resterend"]:
        return nodig
    kwartalen = en([f"Q{kwartaal}" for kwartaal in c["resterend"]])
    if len(c["resterend"]) == 1:
        return f"{nodig} in {kwartalen}"
    per = cijfers.grens_in_woorden(c["nodig_per_kwartaal"], cijfers.LosseMaat(decimalen=indicator.decimalen))
    return f"{nodig}, {per} per kwartaal in {kwartalen}"


def _basis(rij: Any, indicator: Indicatordeel, c: _Cijfers) -> str:
    """What the expectation rests on: an even part, a step, or what earlier years did."""
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
    if rij.op_tempo == rij.vergeleken:
        return f"Alle {rij.vergeleken} eerdere kwartalen haalden dat tempo."
    werkwoord = "haalden" if rij.op_tempo > 1 else "haalde"
    return f"{rij.op_tempo or 'Geen'} van de {rij.vergeleken} eerdere kwartalen {werkwoord} dat tempo."


def _norm(rij: Any, indicator: Indicatordeel, doel: Doeldeel, c: _Cijfers) -> str:
    minimum = doel.soort == "minimum"
    mist = c["verschil"] < 0 if minimum else c["verschil"] > 0
    naast = cijfers.naast_elkaar(c["cumulatief"], c["streefwaarde"], indicator, mist=mist)
    grens = f"{'ten minste' if minimum else 'hoogstens'} {naast.grens}"
    begin = f"{naast.waarde} {_periode(rij, indicator)}, doel {grens}"
    return f"{begin}: {_afwijking(indicator, minimum, c)}." if mist else f"{begin}."


def _afwijking(indicator: Indicatordeel, minimum: bool, c: _Cijfers) -> str:
    marge = c["marge"] or _NUL
    buiten = abs(c["verschil"]) > marge
    naast = cijfers.verschil_naast(c["verschil"], marge, indicator, mist=buiten)
    richting = f"{naast.waarde} te {'laag' if minimum else 'hoog'}"
    return f"{richting}, {'buiten' if buiten else 'binnen'} de marge van {naast.kale_grens}" if marge else richting


def _verbetering(rij: Any, indicator: Indicatordeel, c: _Cijfers) -> str:
    nu = c["waarde"] if c["waarde"] is not None else c["cumulatief"]
    if c["vorige"] is None:
        stand = f"{cijfers.waarde_in_woorden(nu, indicator)} {_periode(rij, indicator)}"
        return f"{stand}: dit is de eerste meting, er is geen vorige om mee te vergelijken."
    decimalen = cijfers.zichtbare_decimalen(c["verschil"], indicator.decimalen)
    nu_en_toen = [cijfers.waarde_in_woorden(getal, indicator, decimalen) for getal in (nu, c["vorige"])]
    toen = rij.vorige_jaar if rij.vorige_kwartaal == 4 else f"Q{rij.vorige_kwartaal} {rij.vorige_jaar}"
    return f"{nu_en_toen[0]} {_periode(rij, indicator)}, {nu_en_toen[1]} in {toen}: {_vergelijking(rij, indicator, c)}."


def _vergelijking(rij: Any, indicator: Indicatordeel, c: _Cijfers) -> str:
    marge = (
        ((rij.marge or _NUL) ** 2 + (rij.vorige_marge or _NUL) ** 2).sqrt() if rij.marge or rij.vorige_marge else None
    )
    if not c["verschil"]:
        return "gelijk gebleven"
    beter = "beter" if (c["verschil"] > 0) == (indicator.richting == "hoger") else "slechter"
    if marge is None:
        return f"{cijfers.verschil_in_woorden(abs(c['verschil']), indicator)} {beter}"
    naast = cijfers.verschil_naast(c["verschil"], marge, indicator, mist=True)
    if rij.oordeel == "niet_te_onderscheiden":
        return f"het verschil van {naast.waarde} valt binnen de foutmarges samen ({naast.kale_grens})"
    return f"{naast.waarde} {beter}, meer dan de foutmarges samen ({naast.kale_grens})"
