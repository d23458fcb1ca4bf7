from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import ApiToken


class Command(BaseCommand):
    help = "Toont elke API-sleutel die nog werkt: nummer, eigenaar, waarvoor, lijsten, einde en laatste gebruik."

    def handle(self, *args: Any, **options: Any) -> None:
        alle = ApiToken.objects.bruikbaar().select_related("user").order_by("user__username", "pk")
        for token in alle:
            self.stdout.write(_regel(token))
        if not alle:
            self.stdout.write("Er zijn geen sleutels die werken.")


def _regel(token: ApiToken) -> str:
    gebruikt = f"laatst gebruikt {token.laatst_gebruikt:%d-%m-%Y}" if token.laatst_gebruikt else "nooit gebruikt"
    lijsten = ", ".join(token.lijsten) or "alle lijsten"
    return f"{token.pk}: {token}; {lijsten}; tot en met {token.geldig_tot:%d-%m-%Y}; {gebruikt}"
