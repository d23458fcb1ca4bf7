"""What lies below the unit: the rows of districts and teams this person may see, of now or of an earlier day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom
from common.tekst.cijfers import LosseMaat, procent, voluit
from common.tekst.periode import Kwartaal
from formatie.bezetting.sommen import Stand as Bezet
from formatie.district.zinnen import overschotzin
from formatie.models import Onderdeel
from formatie.plan.omvang import IN_DISTRICT, Omvangen
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.keuze import Blik
from monitor.dashboards.oordeel.uiterlijk import SLECHTSTE_EERST, icoon_van
from monitor.dashboards.terugkijken import Uitsnede
from monitor.models import Doelbereik, Doelstelling, Indicator, Landelijkdoel, Stand
from monitor.rekenen.oordeelzin import ONDERDELEN
from monitor.rekenen.regels.toeval import als_getal

_GELEZEN_KWARTALEN = 12  # that are read: what is measured less often has figures in some of them


@dataclass(frozen=True)
class Onderdeelrij:
    """One onderdeel below the unit in one quarter: a Regel that carries its onderdeel."""

    regel: Regel
    onderdeel: Onderdeel

    @property
    def rijklasse(self) -> str:
        return "tussen" if self.onderdeel.soort == Onderdeel.Soort.DISTRICT else ""

    @property
    def van_toepassing(self) -> bool:
        return self.regel.rij is None or self.regel.rij.stand != Stand.NIET_VAN_TOEPASSING


def kwartaal_van(regel: Regel) -> Kwartaal:
    """The quarter of the figure: of what is measured once in a while not always the one of the page."""
    return Kwartaal(regel.rij.jaar, regel.rij.kwartaal) if regel.rij else regel.kwartaal


def per_onderdeel(regel: Regel, rijen: Iterable[Doelbereik]) -> list[Onderdeelrij]:
    """Of these rows those of the quarter of the figure, each team under its district."""
    kwartaal = kwartaal_van(regel)
    van_nu = [rij for rij in rijen if Kwartaal(rij.jaar, rij.kwartaal) == kwartaal]
    gevonden = [Onderdeelrij(Regel(regel.monitorregel, kwartaal, rij), rij.onderdeel) for rij in van_nu]
    return sorted(gevonden, key=lambda rij: boomvolgorde(rij.onderdeel))


def laatste_rijen(blik: Blik, regel: Regel) -> list[Doelbereik]:
    """The rows of the districts and teams this person may see, over the last quarters up to the figure."""
    tot = kwartaal_van(regel)
    van = Kwartaal.van_index(tot.index - _GELEZEN_KWARTALEN + 1)
    return blik.bekend.onder(Uitsnede(blik.eenheid, [regel.indicator], van, tot))


def omvang(regel: Regel) -> str:
    """Of a difference of bezetting and formatie: which part of the plan it is about; empty for anything else."""
    return Omvangen().van(kwartaal_van(regel)).zin if is_verschil(regel.indicator) else ""


def niet_alles(regel: Regel, rijen: Sequence[Onderdeelrij]) -> str:
    """That more onderdelen deliver this figure than this reader sees; empty where all are there."""
    er_zijn = regel.rij.moet_leveren if regel.rij else 0
    hier = sum(rij.van_toepassing and rij.onderdeel.soort == regel.indicator.niveau for rij in rijen)
    if not 0 < hier < er_zijn:
        return ""
    woord = ONDERDELEN[regel.indicator.niveau][1]
    return f"Hier {'staat' if hier == 1 else 'staan'} {hier} van de {er_zijn} {woord}; de andere ziet u in uw rol niet."


def is_verschil(indicator: Indicator) -> bool:
    """Whether this is bezetting minus formatie."""
    return indicator.herkomst == Indicator.Herkomst.AFGELEID and indicator.aggregatie == Indicator.Aggregatie.STAND


def overschot(regel: Regel, rijen: Iterable[Onderdeelrij]) -> str:
    """Of the wijkagenten: which of the teams this reader sees have more than their places; else empty."""
    i = regel.indicator
    if i.herkomst != Indicator.Herkomst.AFGELEID or i.aggregatie != Indicator.Aggregatie.VERHOUDING:
        return ""
    teams = [(o.onderdeel.naam, o.regel.rij) for o in rijen if o.onderdeel.soort == Onderdeel.Soort.BASISTEAM]
    return overschotzin([(naam, Bezet(rij.noemer, rij.teller)) for naam, rij in teams if rij])


def te_klein(blik: Blik, regel: Regel) -> str:
    """The districts that are left out of this page because too few people are in them; in words, or empty."""
    weg = blik.bekend.te_klein(regel.indicator).get((regel.indicator.pk, kwartaal_van(regel).jaar))
    codes = Onderdeel.objects.filter(pk__in=weg, ouder=blik.eenheid).values_list("code", flat=True) if weg else ()
    return ", ".join(f"district {code}" for code in codes)


def boomvolgorde(onderdeel: Onderdeel) -> tuple[int, str, int, int, str]:
    """A district before its teams, districts in the order of the plan."""
    is_team = onderdeel.soort == Onderdeel.Soort.BASISTEAM
    district = onderdeel.ouder if is_team and onderdeel.ouder else onderdeel
    return district.volgorde, district.code, int(is_team), onderdeel.volgorde, onderdeel.code


GETOONDE_KWARTALEN = 8


@dataclass(frozen=True)
class Warmtecel:
    """One onderdeel in one quarter; ``regel`` None: nothing is computed or shown there."""

    regel: Regel | None

    @property
    def waarde(self) -> Any:
        return self.regel.waarde if self.regel else None

    @property
    def decimalen(self) -> int:
        return self.regel.indicator.decimalen if self.regel else 0

    @property
    def oordeel(self) -> str:
        """The verdict in words with what makes it incomplete or provisional, as a file needs it."""
        if self.regel is None:
            return ""
        return ", ".join(deel for deel in (self.regel.oordeel_woord, self.geleverd, self.voorlopig) if deel)

    @property
    def ontbreekt(self) -> str:
        return self.regel.ontbreekt if self.regel else "geen cijfer"

    @property
    def geleverd(self) -> str:
        """For example 14 van 17 teams; empty where everybody delivered."""
        rij = self.regel.rij if self.regel else None
        if self.regel is None or rij is None or rij.moet_leveren < 2 or rij.geleverd >= rij.moet_leveren:
            return ""
        return f"{rij.geleverd} van {rij.moet_leveren} {ONDERDELEN[self.regel.indicator.niveau][1]}"

    @property
    def voorlopig(self) -> str:
        return "voorlopig" if self.regel is not None and self.regel.voorlopig else ""


_LEEG = Warmtecel(None)


@dataclass(frozen=True)
class Warmterij:
    """One onderdeel with its cells per quarter."""

    onderdeel: Onderdeel
    adres: str
    cellen: Mapping[str, Warmtecel]

    @property
    def rijklasse(self) -> str:
        return "tussen" if self.onderdeel.soort == Onderdeel.Soort.DISTRICT else ""


class Warmtekolom(Getalkolom):
    """The value with the shape of its verdict and, for who listens, its word."""

    def __init__(self, naam: str, kop: str) -> None:
        pad = f"cellen__{naam}"
        super().__init__(
            accessor=f"{pad}__waarde", verbose_name=kop, decimalen=f"{pad}__decimalen", reden=f"{pad}__ontbreekt"
        )
        self.sleutel = naam

    def render(self, value: Any, record: Warmterij) -> SafeString:
        cel = record.cellen[self.sleutel]
        if cel.regel is None:
            return format_html('<span class="ontbreekt">{}</span>', cel.ontbreekt)
        inhoud, woord = cel.regel.waarde_tekst or cel.ontbreekt, cel.regel.oordeel_woord.lower()
        gehoord = "" if inhoud == woord else format_html('<span class="voor-schermlezer">, {}</span>', woord)
        klein = ", ".join(deel for deel in (cel.geleverd, cel.voorlopig) if deel)
        return format_html(
            '<span class="warm toon-{}"><span class="warmgetal">{}{}</span>{}{}</span>',
            cel.regel.toon,
            icoon_van(cel.regel.oordeel) if cel.regel.oordeel else "",
            inhoud,
            gehoord,
            format_html("<small> {}</small>", klein) if klein else "",
        )


class WarmteTabel(Tabel):
    """Rows are districts with their teams, columns the last quarters; a file has the verdicts in words beside them."""

    onderdeel = Tekstkolom(verbose_name="Onderdeel", rijkop=True, orderable=False)
    soort = Tekstkolom(accessor="onderdeel__get_soort_display", verbose_name="Soort", orderable=False, visible=False)

    naam = "kwartalen"

    def __init__(self, rijen: Sequence[Warmterij], kwartalen: Sequence[Kwartaal], **kwargs: Any) -> None:
        kolommen: list[tuple[str, Tekstkolom | Getalkolom]] = []
        for kwartaal in kwartalen:
            naam = _kolomnaam(kwartaal)
            pad = f"cellen__{naam}__oordeel"
            kop = f"Oordeel {kwartaal.leesbaar}"
            kolommen.append((naam, Warmtekolom(naam, kwartaal.leesbaar)))
            kolommen.append((f"{naam}_oordeel", Tekstkolom(accessor=pad, verbose_name=kop, visible=False)))
        super().__init__(rijen, extra_columns=kolommen, **kwargs)

    def render_onderdeel(self, record: Warmterij) -> SafeString:
        klasse = "" if record.rijklasse else "inspring-1"
        return format_html('<a class="{}" href="{}">{}</a>', klasse, record.adres, record.onderdeel)

    def value_onderdeel(self, record: Warmterij) -> str:
        return str(record.onderdeel)

    @property
    def oordelen(self) -> list[str]:
        """The verdicts that are in the table, worst first: its legend."""
        cellen = [cel for rij in self.data for cel in rij.cellen.values() if cel.regel]
        gezien = {cel.regel.oordeel for cel in cellen}
        return [oordeel for oordeel in SLECHTSTE_EERST if oordeel in gezien]


def _kolomnaam(kwartaal: Kwartaal) -> str:
    return f"q{kwartaal.jaar}_{kwartaal.nummer}"


def warmtetabel(blik: Blik, regel: Regel, gelezen: Iterable[Doelbereik]) -> WarmteTabel:
    """The rows that were read, as a table; the latest quarters of those that have figures."""
    per_onderdeel: dict[Onderdeel, dict[Kwartaal, Warmtecel]] = defaultdict(dict)
    for rij in gelezen:
        if rij.stand != Stand.NIET_VAN_TOEPASSING:
            kwartaal = Kwartaal(rij.jaar, rij.kwartaal)
            per_onderdeel[rij.onderdeel][kwartaal] = Warmtecel(Regel(regel.monitorregel, kwartaal, rij))
    kwartalen = sorted({k for cellen in per_onderdeel.values() for k in cellen})[-GETOONDE_KWARTALEN:]
    onderdelen = sorted(per_onderdeel, key=boomvolgorde)
    rijen = [_rij(blik, regel, onderdeel, per_onderdeel[onderdeel], kwartalen) for onderdeel in onderdelen]
    onderschrift = f"{regel.waardenaam} ({regel.indicator.eenheid}), met de vorm van het oordeel."
    if is_verschil(regel.indicator):
        onderschrift += f" Van een district: {IN_DISTRICT}, dus meer dan zijn basisteams samen."
    if regel.rij and regel.rij.stand == Stand.NIET_VAN_ALLE:
        onderschrift += f" {regel.reden}"
    titel = f"{regel.naam} per kwartaal, tot en met {regel.periode or blik.kwartaal.leesbaar}"
    return WarmteTabel(rijen, kwartalen, titel=titel, onderschrift=onderschrift)


def _rij(
    blik: Blik, regel: Regel, onderdeel: Onderdeel, cellen: Mapping[Kwartaal, Warmtecel], kwartalen: Sequence[Kwartaal]
) -> Warmterij:
    vraag = urlencode({"onderdeel": onderdeel.code})
    adres = f"{reverse('indicator_oordeel', args=[regel.code])}{blik.bekend.vraag(blik.kwartaal)}&{vraag}"
    return Warmterij(onderdeel, adres, {_kolomnaam(k): cellen.get(k, _LEEG) for k in kwartalen})


def zin(regel: Regel, landelijk: Landelijkdoel | None) -> str:
    """Empty where either target is not known."""
    doel = regel.rij.doelstelling if regel.rij else None
    if landelijk is None or doel is None or doel.soort != Doelstelling.Soort.JAARVOLUME or doel.streefwaarde is None:
        return ""
    deel = procent(als_getal(aandeel(doel.streefwaarde, landelijk.streefwaarde) * 100))
    kern = f"Het doel van de eenheid voor {landelijk.jaar} is {deel} van het landelijke doel"
    let_op = f" {landelijk.let_op}" if landelijk.let_op else ""
    return f"{kern} ({voluit(landelijk.streefwaarde, LosseMaat(landelijk.eenheid))}, {landelijk.bron}).{let_op}"


def aandeel(eigen: Decimal, landelijk: Decimal) -> Fraction:
    """The exact share, from 0 to 1."""
    return Fraction(eigen) / Fraction(landelijk)
