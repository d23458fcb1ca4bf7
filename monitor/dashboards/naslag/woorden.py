"""What a reader looks up: what each verdict says, and which terms the page of an indicator explains at its head."""

from monitor.models import Doelstelling, Oordeel

# In the order of Oordeel: what each verdict says, for who reads it for the first time.
BETEKENIS: dict[str, str] = {
    Oordeel.NIET_BEHAALD: "Het jaar is voorbij en het doel is niet gehaald.",
    Oordeel.ACHTER: "Het cijfer ligt verder van het doel dan de marge toestaat.",
    Oordeel.AANDACHT: "Het doel is niet gehaald, maar het verschil past binnen de marge.",
    Oordeel.ONVOLLEDIG: "Niet alle onderdelen of kwartalen zijn er. Daarom is er nog geen oordeel over het doel.",
    Oordeel.GEEN_METING: "Er had een cijfer moeten zijn, maar het is er niet.",
    Oordeel.NIET_TE_ONDERSCHEIDEN: "Het verschil met de vorige meting is kleiner dan de foutmarge van de enquête.",
    Oordeel.OP_KOERS: "Het cijfer is waar het nu moet zijn.",
    Oordeel.BEHAALD: "Het jaar is voorbij en het doel is gehaald.",
    Oordeel.ALLEEN_MONITORING: "De agenda volgt dit cijfer, zonder er een doel aan te stellen.",
    Oordeel.DOEL_ONBEKEND: "Het doel is nog niet bekend (nb).",
    Oordeel.GEEN_DOEL: "Voor dit jaar is er geen doel, of de indicator geldt hier niet.",
    Oordeel.NOG_NIET_VERSCHULDIGD: "Het cijfer hoeft er nog niet te zijn: de termijn om te leveren loopt nog.",
}
# The terms by which a figure becomes an action, in the order in which one meets them.
STURING = (
    *("van-koers", "duiding", "ladder", "bespreken", "vrijgeven", "actie", "jaarplan", "gebeurtenis", "volgen"),
    *("ter-vaststelling", "te-laat", "loopt-achter", "cijfer-komt-nog"),
)
# The terms to explain on the page of an indicator, by its code and by the kind of its target.
BIJ_INDICATOR = {
    "aanrijdtijd-prio1": ("prio-1",),
    "aanrijdtijd-prio2": ("prio-2",),
    "csv-aangepakt": ("csv",),
    "cybercrime-regulier-csv": ("csv",),
    "bezetting-wijkagenten": ("wijkagent",),
}
BIJ_DOEL = {Doelstelling.Soort.JAARVOLUME.value: ("jaarvolume",), Doelstelling.Soort.ONBEKEND.value: ("nb",)}


def begrippen_bij(code: str, soort_doel: str) -> tuple[str, ...]:
    """The keys of the terms an indicator's page explains at its head."""
    return (*BIJ_INDICATOR.get(code, ()), *BIJ_DOEL.get(soort_doel, ()))
