"""The jaarplan as a table, and as the sheet that can be read back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.pagina.tabellen import HEEL, Tabel, Tekstkolom
from common.tekst.tekens import zichtbaar
from sturing.jaarplan.versies import plansleutel
from sturing.lezen.jaarplan import Planregel
from sturing.regels.jaarplan import in_cijfers
from sturing.regels.planblad import indicatoren_in_cel, mijlpalen_in_cel


@dataclass(frozen=True)
class Planrij:
    """An activity as the cells of its row; ``met_reden`` for who may read what people write about figures."""

    regel: Planregel
    met_reden: bool

    @property
    def activiteit(self) -> str:
        return plansleutel(self.regel.versie)

    @property
    def thema(self) -> str:
        return self.regel.versie.plan.hoofdlijn.thema.naam

    @property
    def hoofdlijn(self) -> str:
        return str(self.regel.versie.plan.hoofdlijn.nummer)

    @property
    def eigenaar(self) -> str:
        return str(self.regel.versie.eigenaar or "")

    @property
    def begin(self) -> str:
        return in_cijfers(self.regel.versie.begin)

    @property
    def eind(self) -> str:
        return in_cijfers(self.regel.versie.eind)

    @property
    def status(self) -> str:
        return self.regel.versie.get_status_display()

    @property
    def reden(self) -> str:
        return self.regel.versie.reden if self.met_reden else ""

    @property
    def mijlpalen(self) -> str:
        return mijlpalen_in_cel(mijlpaal.stand for mijlpaal in self.regel.mijlpalen)

    @property
    def indicatoren(self) -> str:
        return indicatoren_in_cel(indicator.code for indicator in self.regel.versie.indicatoren.all())

    @property
    def te_laat(self) -> str:
        return "; ".join(self.regel.waarom_te_laat)

    @property
    def bijgewerkt(self) -> str:
        return in_cijfers(timezone.localdate(self.regel.versie.op))


class JaarplanTabel(Tabel):
    """Every column of the sheet, in its order (``sturing.regels.planblad``)."""

    naam = "jaarplan"
    activiteit = Tekstkolom(verbose_name="Activiteit", attrs=HEEL)
    versie = Tekstkolom(verbose_name="Versie", accessor="regel__versie__nummer")
    thema = Tekstkolom(verbose_name="Thema")
    hoofdlijn = Tekstkolom(verbose_name="Hoofdlijn")
    titel = Tekstkolom(verbose_name="Titel", accessor="regel__versie__titel", rijkop=True)
    eigenaar = Tekstkolom(verbose_name="Eigenaar")
    begin = Tekstkolom(verbose_name="Begin", attrs=HEEL, order_by="regel__versie__begin")
    eind = Tekstkolom(verbose_name="Eind", attrs=HEEL, order_by="regel__versie__eind")
    status = Tekstkolom(verbose_name="Status")
    reden = Tekstkolom(verbose_name="Reden")
    mijlpalen = Tekstkolom(verbose_name="Mijlpalen", orderable=False)
    indicatoren = Tekstkolom(verbose_name="Indicatoren", orderable=False)
    te_laat = Tekstkolom(verbose_name="Te laat")
    bijgewerkt = Tekstkolom(verbose_name="Bijgewerkt op", attrs=HEEL, order_by="regel__versie__op")

    class Meta:
        default = ""

    def value_titel(self, value: str) -> str:
        return value

    def render_titel(self, value: str, record: Planrij) -> SafeString:
        adres = reverse("planactiviteit", args=[record.regel.versie.plan_id])
        return format_html('<a href="{}">{}</a>', adres, zichtbaar(value))


def maak_tabel(regels: Iterable[Planregel], titel: str, *, met_reden: bool, noten: Iterable[str]) -> JaarplanTabel:
    return JaarplanTabel([Planrij(regel, met_reden) for regel in regels], titel=titel, noten=list(noten))
