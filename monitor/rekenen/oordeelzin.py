"""The sentence beside a verdict: one, in plain Dutch, built from the numbers that were used."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from common.tekst.getallen import met_eenheid, toon, toon_kort

if TYPE_CHECKING:
    from monitor.rekenen.cijfers import Doeldeel, Indicatordeel

MEESTE_DECIMALEN = 12
NUL = Decimal(0)
ONDERDELEN = {
    "basisteam": ("team", "teams"),
    "district": ("district", "districten"),
    "eenheid": ("eenheid", "eenheden"),
}
Cijfers = dict[str, Any]


def verschileenheid(eenheid: str) -> str:
    """The unit of a difference: between percentages it is percentage points."""
    return "procentpunt" if eenheid == "%" else eenheid


def marge_in_woorden(soort: str, marge: Decimal | None, eenheid: str) -> str:
    """The margin of a target: of a year volume a part of the expectation, else in the unit of a difference."""
    if marge is None:
        return ""
    return f"{toon_kort(marge)}{'% van de verwachting' if soort == 'jaarvolume' else ' ' + verschileenheid(eenheid)}"


def toon_naast(waarde: Decimal, grens: Decimal, decimalen: int, *, mist: bool) -> tuple[str, str]:
    """A value and its limit as shown; with as many decimals as it takes to see that the limit is missed."""
    ten_minste = _ten_minste(grens, decimalen)
    for aantal in range(decimalen, MEESTE_DECIMALEN):
        afgerond, tegen = round_op(waarde, aantal), round_op(grens, max(aantal, ten_minste))
        if not mist or waarde == grens or (afgerond != tegen and (afgerond < tegen) == (waarde < grens)):
            return toon(waarde, aantal), toon_kort(tegen)
    return toon(waarde, MEESTE_DECIMALEN), toon(grens, MEESTE_DECIMALEN)


def _ten_minste(getal: Decimal, decimalen: int) -> int:
    """Half a suspect is worth showing, half a euro in millions is not."""
    return decimalen + (abs(getal) < 1000)


def round_op(getal: Decimal, decimalen: int) -> Decimal:
    """Rounded the way ``toon`` rounds: halves up."""
    return Decimal(toon(getal, decimalen).replace(".", "").replace(",", "."))


def reden(rij: Any, indicator: Indicatordeel, doel: Doeldeel | None, c: Cijfers) -> str:
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


def _per_soort(rij: Any, indicator: Indicatordeel, doel: Doeldeel, c: Cijfers) -> str:
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


def _stand(rij: Any, indicator: Indicatordeel, c: Cijfers) -> str:
    if c["cumulatief"] is None:
        return "De noemer is 0: er valt niets te delen"
    getal = toon(c["cumulatief"], indicator.decimalen)
    return f"{met_eenheid(getal, indicator.eenheid)} {_periode(rij, indicator)}"


def _geen_doel(rij: Any, indicator: Indicatordeel, c: Cijfers) -> str:
    if rij.doel_elders:
        waarom = "het jaardoel geldt voor een onderdeel hierboven als geheel, niet voor dit onderdeel"
    else:
        waarom = f"voor {rij.jaar} is geen doel vastgesteld"
    return f"{_stand(rij, indicator, c)}; {waarom}."


def _zonder_verdict(rij: Any, indicator: Indicatordeel, doel: Doeldeel, c: Cijfers) -> str:
    monitoring = "deze indicator wordt alleen gevolgd, zonder oordeel"
    waarom = monitoring if doel.soort == "monitoring" else "het doel is nog niet bekend (nb)"
    aanvulling = "" if c["volledig"] else f" {_mist(rij, indicator, c)}."
    return f"{_stand(rij, indicator, c)}; {waarom}.{aanvulling}"


def _onvolledig(rij: Any, indicator: Indicatordeel, c: Cijfers) -> str:
    if rij.oordeel == "nog_niet_verschuldigd":
        return f"{_hoeveel(rij, indicator)}; de termijn voor Q{rij.kwartaal} loopt nog."
    return f"{_mist(rij, indicator, c)}; {_stand(rij, indicator, c)} is dus geen volledig cijfer."


def _mist(rij: Any, indicator: Indicatordeel, c: Cijfers) -> str:
    """What is missing: of one onderdeel the quarters, of several how many delivered and which quarters lack some."""
    if rij.moet_leveren <= 1:
        weg = c["ontbreekt"]
        return f"Onvolledig: {en(weg)} {'ontbreekt' if len(weg) == 1 else 'ontbreken'}" if weg else "Onvolledig"
    delen = [_hoeveel(rij, indicator)] if rij.geleverd < rij.moet_leveren else []
    eerder = [kwartaal for kwartaal in c["ontbreekt"] if kwartaal != f"Q{rij.kwartaal}"]
    if eerder:
        delen.append(f"{en(eerder)} {'is' if len(eerder) == 1 else 'zijn'} niet compleet")
    return f"Onvolledig: {', '.join(delen)}"


def en(woorden: tuple[str, ...] | list[str]) -> str:
    """A list as people say it: Q1, Q2 en Q3."""
    return " en ".join([", ".join(woorden[:-1]), woorden[-1]] if len(woorden) > 1 else woorden)


def _volume(rij: Any, indicator: Indicatordeel, c: Cijfers) -> str:
    slecht = rij.oordeel in ("aandacht", "achter", "niet_behaald")
    if rij.kwartaal == 4:
        return _volume_jaar(rij, indicator, c, slecht)
    getal, verwacht = toon_naast(c["cumulatief"], c["verwachting"], indicator.decimalen, mist=slecht)
    begin = f"{met_eenheid(getal, indicator.eenheid)} {_periode(rij, indicator)}, verwacht {verwacht}"
    return f"{begin}; {_vervolg(indicator, c)}.{_over_verwachting(rij, indicator)}"


def _volume_jaar(rij: Any, indicator: Indicatordeel, c: Cijfers, slecht: bool) -> str:
    getal, doel = toon_naast(c["cumulatief"], c["streefwaarde"], indicator.decimalen, mist=slecht)
    begin = f"{met_eenheid(getal, indicator.eenheid)} in {rij.jaar}, het doel was {doel}"
    if not slecht:
        return f"{begin}."
    tekort = toon_kort(abs(c["streefwaarde"] - c["cumulatief"]))
    return f"{begin}: {tekort} te {'weinig' if indicator.richting == 'hoger' else 'veel'}."


def _vervolg(indicator: Indicatordeel, c: Cijfers) -> str:
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
    per = toon_kort(round_op(c["nodig_per_kwartaal"], _ten_minste(c["nodig_per_kwartaal"], indicator.decimalen)))
    return f"{nodig}, {per} per kwartaal in {kwartalen}"


def _over_verwachting(rij: Any, indicator: Indicatordeel) -> str:
    if rij.seizoen_terugval:
        return " Voor een seizoenspatroon zijn nog geen twee volledige jaren; het doel is daarom gelijk verdeeld."
    return f" Het doel telt vanaf Q{indicator.stap_kwartaal}." if indicator.verwachting == "stap" else ""


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


def _norm(rij: Any, indicator: Indicatordeel, doel: Doeldeel, c: Cijfers) -> str:
    minimum = doel.soort == "minimum"
    mist = c["verschil"] < 0 if minimum else c["verschil"] > 0
    getal, grens = toon_naast(c["cumulatief"], c["streefwaarde"], indicator.decimalen, mist=mist)
    begin = f"{met_eenheid(getal, indicator.eenheid)} {_periode(rij, indicator)}"
    begin = f"{begin}, doel {'ten minste' if minimum else 'hoogstens'} {met_eenheid(grens, indicator.eenheid)}"
    return f"{begin}: {_afwijking(indicator, minimum, c)}." if mist else f"{begin}."


def _afwijking(indicator: Indicatordeel, minimum: bool, c: Cijfers) -> str:
    marge = c["marge"] or NUL
    buiten = abs(c["verschil"]) > marge
    verschil, grens = toon_naast(abs(c["verschil"]), marge, _zichtbaar(c["verschil"], indicator.decimalen), mist=buiten)
    richting = f"{verschil} {verschileenheid(indicator.eenheid)} te {'laag' if minimum else 'hoog'}"
    return f"{richting}, {'buiten' if buiten else 'binnen'} de marge van {grens}" if marge else richting


def _zichtbaar(verschil: Decimal, decimalen: int) -> int:
    """As many decimals as it takes for a difference not to look like none."""
    return next((n for n in range(decimalen, MEESTE_DECIMALEN) if round_op(verschil, n)), MEESTE_DECIMALEN)


def _verbetering(rij: Any, indicator: Indicatordeel, c: Cijfers) -> str:
    nu = c["waarde"] if c["waarde"] is not None else c["cumulatief"]
    if c["vorige"] is None:
        stand = met_eenheid(toon(nu, indicator.decimalen), indicator.eenheid)
        return f"{stand} {_periode(rij, indicator)}: dit is de eerste meting, er is geen vorige om mee te vergelijken."
    decimalen = (
        max(indicator.decimalen, _zichtbaar(c["verschil"], indicator.decimalen))
        if c["verschil"]
        else (indicator.decimalen)
    )
    cijfers = [met_eenheid(toon(getal, decimalen), indicator.eenheid) for getal in (nu, c["vorige"])]
    toen = rij.vorige_jaar if rij.vorige_kwartaal == 4 else f"Q{rij.vorige_kwartaal} {rij.vorige_jaar}"
    return f"{cijfers[0]} {_periode(rij, indicator)}, {cijfers[1]} in {toen}: {_vergelijking(rij, indicator, c)}."


def _vergelijking(rij: Any, indicator: Indicatordeel, c: Cijfers) -> str:
    marge = ((rij.marge or NUL) ** 2 + (rij.vorige_marge or NUL) ** 2).sqrt() if rij.marge or rij.vorige_marge else None
    if not c["verschil"]:
        return "gelijk gebleven"
    decimalen = _zichtbaar(c["verschil"], indicator.decimalen)
    telt = rij.oordeel != "niet_te_onderscheiden"
    if marge is None:
        verschil, grens = toon(abs(c["verschil"]), decimalen), ""
    else:
        verschil, grens = toon_naast(abs(c["verschil"]), marge, decimalen, mist=True)
    hoeveel = f"{verschil} {verschileenheid(indicator.eenheid)}"
    beter = (c["verschil"] > 0) == (indicator.richting == "hoger")
    if not telt:
        return f"het verschil van {hoeveel} valt binnen de foutmarges samen ({grens})"
    return f"{hoeveel} {'beter' if beter else 'slechter'}{f', meer dan de foutmarges samen ({grens})' if grens else ''}"
