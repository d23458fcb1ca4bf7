"""The rows of the grid as HTML; a template needs three times as long for five hundred of them.

The page and the answer to a saved cell show the same pieces: the script only puts them in their place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.tekst.periode import Kwartaal
from common.tekst.tekens import zichtbaar
from monitor.invoer.regels.weergave import in_twee_delen, in_woorden
from monitor.invoer.rooster.beoordeling import Opmerking
from monitor.invoer.rooster.selectors import STANDEN, Groep, Regel, andere_periode, moment
from monitor.invoer.rooster.services import Uitkomst
from monitor.models import Meting

KOPPEN = {
    "waarde": "Waarde",
    "teller": "Teller",
    "noemer": "Noemer",
    "marge": "Marge (±)",
    "status": "Status",
    "meetdatum": "Meetdatum",
    "toelichting": "Toelichting",
}
GETALLEN = ("waarde", "teller", "noemer", "marge")
# Each state its own shape, so that it does not hang on a colour.
VORMEN = {
    "te_leveren": "○",
    "concept": "◐",
    "ingediend": "▲",
    "afgekeurd": "↩",
    "teruggenomen": "◑",
    "vastgesteld": "●",
}
GEEN = SafeString('<span class="ontbreekt">geen</span>')
VERBORGEN = SafeString(" hidden")
ONGELDIG = SafeString(' aria-invalid="true"')
LEEG = '<td role="cell" class="nvt"></td>'
GEKOZEN = SafeString(" selected")
STATUSSEN = ("definitief", "voorlopig")


@dataclass(frozen=True, slots=True)
class Invulling:
    """What this person typed and is not stored: shown in the cells, with the token of the page they saw."""

    cellen: Mapping[str, str]
    token: str


@dataclass(frozen=True, slots=True)
class Vorm:
    """How one row is shown: besides the row itself what this person typed, and what became of it."""

    regel: Regel
    kwartaal: Kwartaal
    is_gesloten: bool = False
    invulling: Invulling | None = None
    uitkomst: Uitkomst | None = None
    opmerkingen: list[Opmerking] = field(default_factory=list)

    @property
    def naam(self) -> str:
        return ":".join(self.regel.plek)

    @property
    def id(self) -> str:
        return f"c-{'-'.join(self.regel.plek)}"

    @property
    def is_vast(self) -> bool:
        return self.is_gesloten or self.regel.is_vergrendeld

    @property
    def alle_opmerkingen(self) -> list[Opmerking]:
        return self.opmerkingen or self.regel.oordeel.opmerkingen

    @property
    def fouten(self) -> set[str]:
        return {o.kolom for o in self.alle_opmerkingen}


def rij_html(vorm: Vorm, groep: Groep) -> SafeString:
    """The row of one value and, below it, what is to be said about it."""
    bericht, regel = bericht_html(vorm), vorm.regel
    token = vorm.invulling.token if vorm.invulling else regel.token
    return format_html(
        _rijvorm(groep.kolommen, regel.kolommen, vorm.is_vast),
        id=vorm.id,
        naam=vorm.naam,
        oor=_naam_voor_oor(regel),
        stand=regel.stand,
        klasse="waarvan" if groep.is_eenheid and regel.indicator.waarvan_van_id else "",
        kop=regel.indicator.naam if groep.is_eenheid else regel.onderdeel.naam,
        klein=regel.indicator.eenheid if groep.is_eenheid else regel.onderdeel.code,
        token=token,
        eerder=_eerder(vorm),
        standtekst=stand_html(vorm),
        verborgen="" if bericht else VERBORGEN,
        bericht=bericht,
        **_celwaarden(vorm),
    )


def _celwaarden(vorm: Vorm) -> dict[str, str]:
    """What the cells of this row fill in the form of it."""
    teksten, fouten = (vorm.invulling.cellen if vorm.invulling else vorm.regel.teksten), vorm.fouten
    waarden = {kolom: teksten.get(kolom, "") for kolom in vorm.regel.kolommen}
    waarden |= {f"fout_{kolom}": ONGELDIG if kolom in fouten else "" for kolom in vorm.regel.kolommen}
    keuze = waarden["status"] or "definitief"
    return waarden | {f"is_{status}": GEKOZEN if status == keuze else "" for status in STATUSSEN}


@cache
def _rijvorm(kolommen: tuple[str, ...], eigen: tuple[str, ...], is_vast: bool) -> str:
    """The HTML that all rows of one kind share: filled in once per row, which is what makes the grid fast."""
    cel = _vaste_cel if is_vast else _invulcel
    cellen = "".join(cel(eigenlijk) if eigenlijk else LEEG for eigenlijk in _in_kolommen(kolommen, eigen))
    token = "" if is_vast else '<input type="hidden" name="{naam}:versie" value="{token}">'
    return (
        '<tr role="row" id="{id}" data-plek="{naam}" class="cel stand-{stand}"><th role="rowheader" scope="row" '
        f'class="{{klasse}}">{{kop}} <small>{{klein}}</small>{token}</th>{{eerder}}{cellen}'
        '<td role="cell" class="stand" data-kop="Stand">{standtekst}</td></tr>\n'
        '<tr role="row" class="bericht" id="{id}-bericht"{verborgen}>'
        f'<td role="cell" colspan="{4 + len(kolommen)}"><div>{{bericht}}</div></td></tr>\n'
    )


def _in_kolommen(kolommen: tuple[str, ...], eigen: tuple[str, ...]) -> list[str]:
    """Per column of the table the cell of this row; a numerator may stand in the column of the values."""
    eigenlijk = {kolom: kolom for kolom in eigen}
    if "teller" in eigen and "teller" not in kolommen:
        eigenlijk["waarde"] = "teller"
    return [eigenlijk.get(kolom, "") for kolom in kolommen]


def _vaste_cel(kolom: str) -> str:
    return f"{_td(kolom, ' vast')}{{{kolom}}}</td>"


def _invulcel(kolom: str) -> str:
    attributen = (
        f'name="{{naam}}:{kolom}" data-kolom="{kolom}" aria-label="{{oor}}, {KOPPEN[kolom]}" '
        f'aria-describedby="{{id}}-bericht"{{fout_{kolom}}}'
    )
    if kolom == "status":
        opties = "".join(f'<option value="{status}"{{is_{status}}}>{status}</option>' for status in STATUSSEN)
        return f"{_td(kolom)}<select {attributen}>{opties}</select></td>"
    modus = ' inputmode="decimal"' if kolom in GETALLEN else ""
    veld = f'<input type="text" autocomplete="off" value="{{{kolom}}}"{modus} {attributen}>'
    return f"{_td(kolom)}{veld}</td>"


def _td(kolom: str, erbij: str = "") -> str:
    soort = "getal" if kolom in GETALLEN else kolom
    return f'<td role="cell" class="{soort}{erbij}" data-kop="{KOPPEN[kolom]}">'


def _eerder(vorm: Vorm) -> SafeString:
    """The quarter before and the year before; of a rarer measurement the one before, with its period."""
    kwartaal = vorm.kwartaal
    jaar_eerder = Kwartaal(kwartaal.jaar - 1, kwartaal.nummer)
    return format_html(
        '<td role="cell" class="getal eerder" data-kop="{}">{}</td>'
        '<td role="cell" class="getal eerder" data-kop="Jaar eerder">{}</td>',
        kwartaal.vorige().leesbaar,
        _eerdere(vorm.regel.vorige, kwartaal.vorige()),
        _eerdere(vorm.regel.jaar_eerder, jaar_eerder),
    )


def _eerdere(meting: Meting | None, verwacht: Kwartaal) -> SafeString:
    if meting is None:
        return GEEN
    waarde, rest = in_twee_delen(meting)
    erbij = ", ".join(deel for deel in (rest, andere_periode(meting, verwacht)) if deel)
    return format_html("{}<small>{}</small>", waarde, erbij) if erbij else format_html("{}", waarde)


def _naam_voor_oor(regel: Regel) -> str:
    return regel.indicator.naam if regel.indicator.niveau == "eenheid" else f"{regel.indicator.naam} {regel.onderdeel}"


def stand_html(vorm: Vorm) -> SafeString:
    """The state as shape and word, what the typed text was understood as, who and when, and what counts meanwhile."""
    regel = vorm.regel
    persoon, op = regel.wie
    terug = regel.is_vergrendeld and not vorm.is_gesloten
    return format_html(
        '<b class="vorm"><span aria-hidden="true">{}</span> {}</b> <span class="begrepen">{}</span>{}{}{}',
        VORMEN[regel.stand],
        STANDEN[regel.stand],
        in_woorden(regel.open) if regel.is_vergrendeld and regel.open else regel.oordeel.begrepen,
        format_html("<small>geldt nu: {}</small> ", in_woorden(regel.geldend))
        if regel.geldend and regel.is_wijziging
        else "",
        format_html("<small>{}, {}</small>", persoon, moment(op)) if persoon else "",
        _neem_terug(vorm, regel.open.pk) if terug and regel.open else "",
    )


def _neem_terug(vorm: Vorm, pk: int) -> SafeString:
    return format_html(
        ' <button class="knop knop-rustig knop-klein" type="submit" name="terug" value="{}" '
        'aria-label="Neem terug: {}">Neem terug</button>',
        pk,
        _naam_voor_oor(vorm.regel),
    )


def bericht_html(vorm: Vorm) -> SafeString:
    """Everything that is to be said about this value; empty when there is nothing."""
    delen = [_conflict(vorm), _geweigerd(vorm), _teruggestuurd(vorm.regel)]
    delen += [_opmerking(vorm, o) for o in ([] if vorm.is_vast else vorm.alle_opmerkingen)]
    return format_html_join("", "{}", ((deel,) for deel in delen if deel))


def _teruggestuurd(regel: Regel) -> SafeString:
    if regel.stand != "afgekeurd" or not regel.open:
        return SafeString("")
    wie, op = regel.open.afgekeurd_door, moment(regel.open.afgekeurd_op)
    return format_html(
        '<p class="terug">{} stuurde dit terug op {}: “{}”</p>', wie, op, zichtbaar(regel.open.afkeurreden)
    )


def _geweigerd(vorm: Vorm) -> SafeString:
    if not vorm.uitkomst or vorm.uitkomst.soort != "geweigerd":
        return SafeString("")
    return format_html('<p class="fout">Niet bewaard. {}</p>', vorm.uitkomst.reden)


def _opmerking(vorm: Vorm, opmerking: Opmerking) -> SafeString:
    """A fault or a doubt, with a button that fills in what was perhaps meant."""
    kop = KOPPEN.get(opmerking.kolom, "")
    vraag = " Klopt het? Schrijf dan een toelichting." if opmerking.is_twijfel else ""
    return format_html(
        '<p class="{}">{}{}{}{}</p>',
        "twijfel" if opmerking.is_twijfel else "fout",
        format_html("<b>{}:</b> ", kop) if kop and len(vorm.regel.kolommen) > 4 else "",
        opmerking.reden,
        vraag,
        _vulknop(vorm, opmerking) if opmerking.bedoeld else "",
    )


def _vulknop(vorm: Vorm, opmerking: Opmerking) -> SafeString:
    return format_html(
        ' <button class="knop knop-rustig knop-klein" type="submit" name="vul" value="{}:{}:{}" data-vul="{}" '
        'data-tekst="{}">Vul {} in</button>',
        vorm.naam,
        opmerking.kolom,
        opmerking.bedoeld,
        opmerking.kolom,
        opmerking.bedoeld,
        opmerking.bedoeld,
    )


def _conflict(vorm: Vorm) -> SafeString:
    """Both texts, who typed the other and when, and the choice between them."""
    uitkomst = vorm.uitkomst
    if not uitkomst or uitkomst.soort != "conflict":
        return SafeString("")
    getypt, ander = in_een_regel(uitkomst.getypt), in_een_regel(uitkomst.bewaard)
    return format_html(
        '<div class="conflict"><p><b>Twee mensen vulden dit in.</b> '
        "{} bewaarde om {}: <b>{}</b>. U typte: <b>{}</b>.</p>"
        "<p>{} {}</p></div>",
        uitkomst.door,
        moment(uitkomst.op)[-5:],
        ander,
        getypt,
        _kiesknop(vorm, uitkomst, "mijn", f"Houd {getypt}"),
        _kiesknop(vorm, uitkomst, "ander", f"Neem {ander} over"),
    )


def _kiesknop(vorm: Vorm, uitkomst: Uitkomst, keuze: str, tekst: str) -> SafeString:
    return format_html(
        '<button class="knop knop-rustig knop-klein" type="submit" name="kies" value="{}:{}:{}" data-kies="{}" '
        'data-token="{}" data-cellen="{}">{}</button>',
        vorm.naam,
        keuze,
        uitkomst.versie,
        keuze,
        vorm.regel.token,
        json.dumps(vorm.regel.teksten),
        tekst,
    )


def in_een_regel(cellen: Mapping[str, str]) -> str:
    """What was typed, in the order of the grid; ``leeg`` where that is nothing."""
    cijfers = " / ".join(cellen[kolom] for kolom in ("waarde", "teller", "noemer") if cellen.get(kolom))
    marge = f" ± {cellen['marge']}" if cellen.get("marge") else ""
    rest = ", ".join(cellen[kolom] for kolom in ("status", "meetdatum", "toelichting") if cellen.get(kolom))
    return zichtbaar(", ".join(deel for deel in (cijfers + marge, rest) if deel)) or "leeg"
