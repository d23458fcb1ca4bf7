"""What a decision about the organisation can say: one kind per module beside this one.

The rows of a decision are those of the files, so the schemas and checks of the files read them and its loader writes
them. Here is what is the same for every kind: from JSON to checked rows, and from faults to fields of a form.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from common.bestanden.modelvelden import velden_van
from common.bestanden.toml import Bestand, Dag, Fout, Fouten, Getal, Schema, Tabelrij, Tekst, Veld
from common.tekst.tekens import hoofdletter
from formatie.models import Organisatiebesluit

Rijen = Mapping[str, Sequence[Mapping[str, Any]]]
"""Per table of a file its rows, days as ISO text: what a decision keeps."""
Gelezen = Mapping[str, list[Tabelrij]]
KOP = Schema(velden_van(Organisatiebesluit, "vanaf", "bron", "bronregel", "reden"))
_SLEUTEL = re.compile(r"'([a-z_0-9]+)'", re.ASCII)


class Bezwaar(NamedTuple):
    """What is wrong with a proposal: the key of the row it is about ("" for the whole) and what to do, in Dutch."""

    veld: str
    reden: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Inhoud:
    """One kind of decision. ``tabellen`` are the tables of its file, ``sleutels`` the keys of the rows of each.

    ``toets`` notes with the rows what the organisation as it is on the site makes impossible; ``pas_toe`` writes them
    with the loader of the files, in the transaction of who approves. ``raakt_oordelen``: verdicts can change, so that
    closed quarters are held against it and everything is computed anew; ``raakt_formatie``: what follows from plan and
    bezetting is derived anew too.
    """

    soort: Organisatiebesluit.Soort
    tabellen: Mapping[str, Schema]
    sleutels: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    """Per key of a row what the form calls it."""
    pagina: str
    """The name of the route on which it is proposed."""

    plek: Callable[[Rijen], str]
    naam: Callable[[Rijen], str]
    nu: Callable[[Rijen], str]
    """What counts now of what this would change, in words; "" for nothing."""
    nieuw: Callable[[Rijen], str]
    toets: Callable[[Gelezen, date], None]
    """Given the checked rows and today."""
    twijfels: Callable[[Rijen], list[str]] = lambda rijen: []
    gevolgen: Callable[[Rijen], list[str]] = lambda rijen: []
    """What follows from it, for who decides to read; its author read the same."""
    lijst: Callable[[Rijen], list[str]] = lambda rijen: []
    """Every single thing that changes, where ``nieuw`` can only count them."""
    pas_toe: Callable[[Gelezen], None]
    raakt_oordelen: bool = False
    raakt_formatie: bool = False


def lees(inhoud: Inhoud, rijen: Rijen) -> tuple[Gelezen, Fouten]:
    """The rows, checked one by one by the schemas of the files; with a fault some of them are left out."""
    fouten = Fouten()
    als_toml = {naam: [_als_toml(inhoud.tabellen[naam], rij) for rij in lijst] for naam, lijst in rijen.items()}
    bestand = Bestand("voorstel", als_toml, fouten)
    gelezen = {naam: bestand.tabellen(naam, schema, inhoud.sleutels[naam]) for naam, schema in inhoud.tabellen.items()}
    return gelezen, fouten


def bezwaren_tegen(inhoud: Inhoud, rijen: Rijen, vandaag: date) -> list[Bezwaar]:
    """Everything that is wrong with a proposal as the organisation is now; of the rows first, then of the whole."""
    gelezen, fouten = lees(inhoud, rijen)
    if not fouten:
        inhoud.toets(gelezen, vandaag)  # its faults go to the same list
    return _als_bezwaren(inhoud, fouten, met_plek=sum(map(len, rijen.values())) > 1)


def bezwaren_tegen_kop(inhoud: Inhoud, velden: Mapping[str, Any]) -> list[Bezwaar]:
    """What is wrong with from when, the source and the explanation of the decision itself."""
    fouten = Fouten()
    KOP.lees(_als_toml(KOP, velden), "voorstel", "", fouten)
    return _als_bezwaren(inhoud, fouten, met_plek=False)


def pas_toe(inhoud: Inhoud, rijen: Rijen, vandaag: date) -> list[Bezwaar]:
    """Write what was decided; when it no longer fits the reasons come back and nothing is written."""
    if bezwaren := bezwaren_tegen(inhoud, rijen, vandaag):
        return bezwaren
    gelezen, _ = lees(inhoud, rijen)
    inhoud.pas_toe(gelezen)
    return []


def besloten_rijen(soort: Organisatiebesluit.Soort, tabel: str) -> list[Mapping[str, Any]]:
    """The rows of this table in everything that was approved of this kind, in order: the files leave these alone."""
    besluiten = Organisatiebesluit.objects.geldend().filter(soort=soort).order_by("vastgesteld_op", "pk")
    return [rij for rijen in besluiten.values_list("rijen", flat=True) for rij in rijen.get(tabel, ())]


def als_rijen(objecten: Iterable[Any], **velden: str) -> list[Tabelrij]:
    """What is on the site, as rows of a file: per key the attribute that fills it, over dots; faults go nowhere."""
    return [Tabelrij("site", "", {naam: _pad(een, pad) for naam, pad in velden.items()}) for een in objecten]


def _pad(een: Any, pad: str) -> Any:
    for naam in pad.split("."):
        een = None if een is None else getattr(een, naam)
    return een


def _als_toml(schema: Schema, rij: Mapping[str, Any]) -> dict[str, Any]:
    """The values as a file would give them; what is empty is as absent, unless it must be there."""
    velden = schema.velden
    waarden = {naam: _waarde(velden.get(naam), waarde) for naam, waarde in rij.items()}
    return {n: w for n, w in waarden.items() if w is not None and (w != "" or _mag_leeg(velden.get(n)))}


def _mag_leeg(veld: Veld | None) -> bool:
    """Of an empty text that must be there the schema says that it is empty; of anything else that it is absent."""
    return isinstance(veld, Tekst) and veld.verplicht


def _waarde(veld: Veld | None, waarde: Any) -> Any:
    """A day or a number that cannot be read stays text, of which the schema says what is wrong."""
    try:
        if isinstance(veld, Dag) and isinstance(waarde, str) and waarde:
            return date.fromisoformat(waarde)
        if isinstance(veld, Getal) and isinstance(waarde, str | float):
            return Decimal(str(waarde))
    except (ValueError, InvalidOperation):
        pass
    return waarde


def _als_bezwaren(inhoud: Inhoud, fouten: Fouten, *, met_plek: bool) -> list[Bezwaar]:
    return list(dict.fromkeys(_bezwaar(inhoud, fout, met_plek=met_plek) for fout in fouten))


def _bezwaar(inhoud: Inhoud, fout: Fout, *, met_plek: bool) -> Bezwaar:
    """At the field that it names first, which is called as on the form."""
    genoemd = [sleutel for sleutel in _SLEUTEL.findall(fout.reden) if sleutel in inhoud.labels]
    zin = _SLEUTEL.sub(lambda naam: _label(inhoud, naam), fout.reden).rstrip(".")
    zin = hoofdletter(zin.removeprefix(f"“{inhoud.labels[genoemd[0]]}”: ") if genoemd else zin)
    plek = f"{fout.plek}: " if met_plek and not genoemd else ""
    return Bezwaar(genoemd[0] if genoemd else "", f"{plek}{zin}.")


def _label(inhoud: Inhoud, sleutel: re.Match[str]) -> str:
    label = inhoud.labels.get(sleutel[1])
    return f"“{label}”" if label else sleutel[0]
