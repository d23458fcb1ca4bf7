"""What changed as a table, for its file: one row per line of the page."""

from django.conf import settings

from common.pagina.tabellen import HEEL, Tabel, Tekstkolom
from sturing.regels.sinds import Verandering


class SindsTabel(Tabel):
    """Every line by itself: nothing is folded in a file."""

    thema = Tekstkolom(verbose_name="Thema", empty_values=())
    rubriek = Tekstkolom(verbose_name="Soort")
    wat = Tekstkolom(accessor="naam", verbose_name="Waarover", rijkop=True)
    zin = Tekstkolom(verbose_name="Wat er veranderde")
    op = Tekstkolom(verbose_name="Op", attrs=HEEL, empty_values=())
    adres = Tekstkolom(verbose_name="Adres")

    naam = "sinds"

    def __init__(self, *args: object, themas: dict[str, str], **kwargs: object) -> None:
        self.themas = themas
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as the base asks

    def render_thema(self, record: Verandering) -> str:
        return self.themas.get(record.thema, "")

    value_thema = render_thema

    def render_rubriek(self, record: Verandering) -> str:
        return record.rubriek.value

    value_rubriek = render_rubriek

    def render_op(self, record: Verandering) -> str:
        return f"{record.op:%d-%m-%Y}" if record.op else ""

    value_op = render_op

    def value_adres(self, record: Verandering) -> str:
        return settings.SITE_URL.rstrip("/") + record.adres
