"""The trail as a beheerder reads it: who did what, and no figure."""

from functools import cache

from django.apps import apps
from django.utils import timezone

from common.models import AuditEvent
from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom


class SpoorTabel(Tabel):
    """The events of one month, the latest first; in the file the head of the chain stands below them."""

    naam = "spoor"
    per_bladzijde = 100

    nummer = Getalkolom(verbose_name="Nr")
    op = Tekstkolom(verbose_name="Wanneer", rijkop=True)
    door_naam = Tekstkolom(verbose_name="Wie")
    handeling = Tekstkolom(verbose_name="Handeling")
    object_soort = Tekstkolom(verbose_name="Soort")
    object_naam = Tekstkolom(verbose_name="Waarover")
    herkomst = Tekstkolom(verbose_name="Langs")

    class Meta:
        orderable = False

    def render_op(self, record: AuditEvent) -> str:
        return f"{timezone.localtime(record.op):%d-%m-%Y %H:%M:%S}"

    value_op = render_op

    def render_object_soort(self, value: str) -> str:
        """In the words of the screen; a kind that is no longer there keeps its own."""
        return _in_woorden().get(value, value)

    value_object_soort = render_object_soort


@cache
def _in_woorden() -> dict[str, str]:
    return {str(model._meta.model_name): str(model._meta.verbose_name) for model in apps.get_models()}
