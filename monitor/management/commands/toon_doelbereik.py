import json
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.pagina.peildatum import einde_van
from formatie.models import Onderdeel
from monitor.models import Berekening, Doelbereik, Doelstelling, Indicator, Meting
from monitor.rekenen.als_record import als_gegevens, invoer_van, kameel
from monitor.rekenen.cijfers import leid_cijfers_af
from monitor.rekenen.peildatum import zoals_bekend_op
from monitor.rekenen.regels.oordeelregels import REGELVERSIE

DOELVELDEN = ("id", "jaar", "soort", "streefwaarde", "marge", "besluit", "orgaan", "geldig_vanaf", "vastgesteld_op")
METINGVELDEN = ("id", "jaar", "kwartaal", "waarde", "teller", "noemer", "marge", "onbekend", "status", "vastgesteld_op")


class Command(BaseCommand):
    help = "Toont het oordeel over een indicator met alles waaruit het volgt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--indicator", required=True, metavar="CODE")
        parser.add_argument("--onderdeel", required=True, metavar="CODE")
        parser.add_argument("--jaar", required=True, type=int, metavar="J")
        parser.add_argument("--kwartaal", type=int, choices=(1, 2, 3, 4), help="zonder: het laatste met een oordeel")
        parser.add_argument("--peildatum", type=_dag, metavar="D", help="zoals bekend op deze dag, als 2026-03-31")
        parser.add_argument("--json", action="store_true", help="als JSON, met alle invoer")

    def handle(self, *args: Any, **options: Any) -> None:
        indicator = _vind(Indicator, "indicator", options["indicator"])
        onderdeel = _vind(Onderdeel, "onderdeel", options["onderdeel"])
        peildatum = options["peildatum"]
        rij = _kies(_rijen(indicator, onderdeel, options["jaar"], peildatum), options["kwartaal"])
        doel = Doelstelling.objects.filter(pk=rij.doelstelling_id).first() if rij.doelstelling_id else None
        berekening = None if peildatum else Berekening.objects.filter(indicator=indicator).first()
        afgeleid = leid_cijfers_af(rij, indicator, doel)
        uit = als_gegevens(
            rij,
            afgeleid,
            indicator=indicator.code,
            onderdeel=onderdeel.code,
            berekend_op=berekening.berekend_op if berekening else None,
            regelversie=berekening.regelversie if berekening else REGELVERSIE,
        )
        uit["peildatum"] = peildatum.isoformat() if peildatum else None
        uit["invoer"] = {
            **invoer_van(rij),
            "doelstelling": kameel({veld: getattr(doel, veld) for veld in DOELVELDEN}) if doel else None,
            "metingen": _metingen(indicator, onderdeel, options["jaar"], peildatum),
        }
        self.stdout.write(json.dumps(uit, ensure_ascii=False, indent=2) if options["json"] else _zin(uit))


def _rijen(indicator: Indicator, onderdeel: Onderdeel, jaar: int, peildatum: date | None) -> Sequence[Any]:
    if peildatum is None:
        return list(Doelbereik.objects.filter(indicator=indicator, onderdeel=onderdeel, jaar=jaar).order_by("kwartaal"))
    bekend = zoals_bekend_op(peildatum, [indicator.pk], [onderdeel.pk], vanaf_jaar=jaar)
    return [rij for rij in bekend if rij.jaar == jaar]


def _kies(rijen: Sequence[Any], kwartaal: int | None) -> Any:
    gezocht = [rij for rij in rijen if kwartaal in (None, rij.kwartaal)]
    if not gezocht:
        raise CommandError("Hierover is niets gemeten en hoeft niets gemeten te zijn.")
    return next((rij for rij in reversed(gezocht) if rij.oordeel != "nog_niet_verschuldigd"), gezocht[-1])


def _metingen(indicator: Indicator, onderdeel: Onderdeel, jaar: int, peildatum: date | None) -> list[dict[str, Any]]:
    versies = Meting.objects.zoals_bekend_op(einde_van(peildatum) if peildatum else None)
    eigen = versies.filter(indicator=indicator, onderdeel=onderdeel, jaar=jaar).order_by("kwartaal", "pk")
    return [kameel(meting) for meting in eigen.values(*METINGVELDEN)]


def _vind(model: Any, naam: str, code: str) -> Any:
    gevonden = model.objects.filter(code=code).first()
    if gevonden is None:
        raise CommandError(f"Er is geen {naam} met code “{code}”.")
    return gevonden


def _dag(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise CommandError(f"“{tekst}” is geen datum. Schrijf die als 2026-03-31.") from None


def _zin(uit: dict[str, Any]) -> str:
    return f"{uit['indicator']} {uit['onderdeel']} {uit['jaar']} Q{uit['kwartaal']}: {uit['oordeel']}. {uit['reden']}"
