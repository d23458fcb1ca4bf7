from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monitor.demo.wissen import DemoInGebruik, wis_demo


class Command(BaseCommand):
    help = "Verwijdert precies wat laad_demo heeft gemaakt."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            telling = wis_demo()
        except DemoInGebruik as fout:
            raise CommandError(str(fout)) from None
        wat = f"{telling.metingen} fictieve metingen, {telling.bezetting} regels bezetting"
        self.stdout.write(f"{wat} en {telling.gebruikers} gebruikers verwijderd.")
        if telling.uitgezet:
            self.stdout.write(f"{telling.uitgezet} demogebruikers hebben echte metingen op hun naam en zijn uitgezet.")
