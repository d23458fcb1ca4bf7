from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, transaction

import formatie.plan.laden
import monitor.agenda.laden
import strategie.laden
from common.bestanden.bijwerken import Telling
from common.bestanden.toml import Fouten, Tabelrij
from common.locks import Slot, houd_slot
from formatie.models import Organisatiebesluit
from formatie.plan.lezen import Organisatie, Plan, lees_organisatie, lees_plannen
from monitor.agenda.bijhouden import agendas_met_besluit
from monitor.agenda.lezen import Monitorset, lees_monitorsets
from monitor.invoer.bezetting.indicatorwaarden import leid_opnieuw_af
from monitor.invoer.kwartaal.gesloten import bewaar_gesloten
from monitor.invoer.vaststellen.eisen import KwartaalGesloten
from strategie.lezen import AgendaRijen, lees_agendas, lees_zetels


@dataclass(frozen=True)
class Bestanden:
    """Everything the fixtures say, checked."""

    organisatie: Organisatie
    plannen: list[Plan]
    agendas: list[AgendaRijen]
    zetels: list[Tabelrij]
    sets: Monitorset


class Command(BaseCommand):
    help = "Laadt agenda, organisatie, formatieplan en monitorset uit de bestanden. Mag vaker; verwijdert niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--controleer", action="store_true", help="alleen nakijken, niets wijzigen")
        parser.add_argument("--map", type=Path, default=settings.FIXTURES_DIR, help="map met de bestanden")

    def handle(self, *args: Any, **options: Any) -> None:
        fouten = Fouten()
        inhoud = lees_bestanden(options["map"], fouten)
        self._vergelijk(inhoud, alleen_nakijken=options["controleer"])
        if fouten:
            for fout in fouten:
                self.stderr.write(str(fout))
            raise CommandError(f"{len(fouten)} fout(en) in {options['map']}, er is niets gewijzigd.")
        if options["controleer"]:
            self.stdout.write("De bestanden kloppen. Er is niets gewijzigd.")
            return
        try:
            tellingen = laad_bestanden(inhoud)
        except KwartaalGesloten as fout:
            raise CommandError(f"{fout} Er is niets gewijzigd.") from None
        for naam, telling in tellingen.items():
            self.stdout.write(f"{naam}: {telling}")
        if blijft := Organisatiebesluit.objects.geldend().count():
            self.stdout.write(f"Wat op de site over de organisatie is besloten ({blijft}), blijft zoals het is.")
        if van_site := monitor.agenda.laden.bladen_van_site():
            self.stdout.write(
                f"Definities die op de site zijn gewijzigd, blijven zoals ze zijn: {', '.join(van_site)}."
            )

    def _vergelijk(self, inhoud: Bestanden, *, alleen_nakijken: bool) -> None:
        """The files against what was approved: targets, and years of an agenda; not where there is no database yet."""
        try:
            monitor.agenda.laden.controleer_doelen(inhoud.sets)
            agendas_met_besluit(inhoud.agendas)
        except (OperationalError, ProgrammingError):
            reden = "De database is niet bereikbaar of nog niet ingericht met migrate"
            if not alleen_nakijken:
                raise CommandError(f"{reden}; er is niets gewijzigd.") from None
            self.stderr.write(f"{reden}: de doelen zijn niet vergeleken met wat al is vastgesteld.")


def lees_bestanden(wortel: Path, fouten: Fouten) -> Bestanden:
    """Read and check all fixtures; what is wrong is in ``fouten``."""
    organisatie = lees_organisatie(wortel, fouten)
    plannen = lees_plannen(wortel, organisatie, fouten)
    agendas = lees_agendas(wortel, fouten)
    zetels = lees_zetels(wortel, fouten)
    return Bestanden(
        organisatie, plannen, agendas, zetels, lees_monitorsets(wortel, agendas, organisatie.codes, fouten)
    )


@transaction.atomic
def laad_bestanden(inhoud: Bestanden) -> dict[str, Telling]:
    """Write it all, or nothing. Raises KwartaalGesloten when a closed quarter would get another verdict."""
    houd_slot(Slot.LADEN)
    with bewaar_gesloten():
        return _laad(inhoud)


def _laad(inhoud: Bestanden) -> dict[str, Telling]:
    plan = formatie.plan.laden.laad(inhoud.organisatie, inhoud.plannen)
    tekst = strategie.laden.laad(agendas_met_besluit(inhoud.agendas), inhoud.zetels)
    telling = plan | tekst | monitor.agenda.laden.laad(inhoud.sets, organisatie_anders=plan["onderdelen"].schreef)
    if plan["formatieplannen"].schreef or plan["districtscellen"].schreef:
        telling["waarden afgeleid van bezetting"] = Telling(nieuw=leid_opnieuw_af())
    return telling
