"""The ladder as a table: the same class makes the page and the file, which holds every duiding whole."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.pagina.tabellen import HEEL, Tabel, Tekstkolom
from common.tekst.tekens import zichtbaar
from monitor.dashboards.oordeel.uiterlijk import Oordeelkolom
from sturing.duiding.overzicht import Ladderregel


class LadderTabel(Tabel):
    """What stands on the ladder, with its duiding."""

    indicator = Tekstkolom(accessor="regel__naam", verbose_name="Indicator", rijkop=True)
    oordeel = Oordeelkolom(regel="regel", verbose_name="Oordeel")
    trede = Tekstkolom(accessor="trede__value", verbose_name="Trede")
    hoe_lang = Tekstkolom(verbose_name="Van koers", order_by="stand__kwartalen", attrs=HEEL)
    waardoor = Tekstkolom(verbose_name="Waardoor", orderable=False)
    doen = Tekstkolom(verbose_name="Wat doen we", orderable=False)
    wie = Tekstkolom(verbose_name="Wie")
    wanneer = Tekstkolom(verbose_name="Wanneer", order_by="duiding__wanneer", attrs=HEEL)
    # On the page of the duiding; in a file it belongs to its row.
    thema = Tekstkolom(accessor="regel__thema_naam", verbose_name="Thema", visible=False)
    wat = Tekstkolom(verbose_name="Wat zien we", visible=False)
    beloofd = Tekstkolom(verbose_name="Eerder beloofd", visible=False)
    afloop = Tekstkolom(verbose_name="Wat is ervan geworden", visible=False)

    naam = "duidingen"

    def render_indicator(self, value: str, record: Ladderregel) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.adres, value)

    def value_indicator(self, value: str) -> str:
        return value

    def render_waardoor(self, value: str, record: Ladderregel) -> str | SafeString:
        return zichtbaar(value) if record.duiding else format_html('<span class="ontbreekt">{}</span>', value)

    def value_waardoor(self, value: str) -> str:
        return value

    def render_doen(self, value: str) -> str:
        return zichtbaar(value)

    def value_doen(self, value: str) -> str:
        return value
