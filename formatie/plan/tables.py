"""The tables of the formation plan. The same class makes the page and the file."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from common.pagina.tabellen import Tabel, Tekstkolom
from formatie.plan.kolommen import (
    Bezettingkolom,
    Bronkolom,
    Cijferkolom,
    Deelkolom,
    Menskolom,
    Standkolom,
    Tekenkolom,
    Verschilkolom,
    cijfer_met_teken,
    leesbaar,
    merk,
)
from formatie.plan.rijen import Cel, Dienst, Districtrij, Regelrij, Verschilrij, plat

VOLGENDE_GROEP = SafeString("</tbody><tbody>")


def _samen(rijen: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((rij,) for rij in rijen))


class DienstenTabel(Tabel):
    """Every printed row of the service table, by service, waarvan rows below their parent."""

    dienst = Tekstkolom(accessor="regel__dienst", visible=False)
    volgnummer = Tekstkolom(accessor="regel__volgnummer", verbose_name="Volgnummer", visible=False)
    soort = Tekstkolom(accessor="regel__soort", verbose_name="Soort", visible=False)
    naam_ = Tekstkolom(accessor="regel__naam", verbose_name="Regel", rijkop=True)
    fte = Cijferkolom(verbose_name="FTE")
    os = Cijferkolom(verbose_name="OS")
    nos = Cijferkolom(verbose_name="NOS")
    berekend_fte = Cijferkolom(accessor="sommen__fte__berekend", verbose_name="FTE uit de delen", visible=False)
    berekend_os = Cijferkolom(accessor="sommen__os__berekend", verbose_name="OS uit de delen", visible=False)
    berekend_nos = Cijferkolom(accessor="sommen__nos__berekend", verbose_name="NOS uit de delen", visible=False)
    verschil_fte = Cijferkolom(accessor="sommen__fte__verschil", verbose_name="Verschil FTE", visible=False)
    verschil_os = Cijferkolom(accessor="sommen__os__verschil", verbose_name="Verschil OS", visible=False)
    verschil_nos = Cijferkolom(accessor="sommen__nos__verschil", verbose_name="Verschil NOS", visible=False)
    verschillen = Verschilkolom(verbose_name="Gedrukt wijkt af van")
    bron = Bronkolom(accessor="regel__bronregel", herleiding="regel__herleiding")
    herleiding = Tekstkolom(accessor="regel__herleiding", verbose_name="Herleiding van de kolom", visible=False)

    naam = "diensten"
    kiesbaar = True
    begrippen = {"fte": "fte", "os": "os", "nos": "nos"}

    def __init__(self, diensten: Sequence[Dienst], *, open_: bool = False, **kwargs: Any) -> None:
        self.diensten, self.open = diensten, open_
        super().__init__(plat(diensten), attrs={"class": "tabel diensten"}, orderable=False, **kwargs)

    def lijf(self) -> SafeString:
        """A body per service heading and per row with its waarvan rows: those can be folded without a script."""
        rijen, delen = iter(self.rijen_html()), []
        for dienst in self.diensten:
            kop = '<tr class="dienst"><th scope="rowgroup" colspan="{}">{}</th></tr>'
            delen.append(format_html(kop, len(self.columns), dienst.naam))
            delen += [_samen(next(rijen) for _ in hoofd.alles()) for hoofd in dienst.rijen]
        return format_html_join(VOLGENDE_GROEP, "{}", ((deel,) for deel in delen or [self._geen_rijen()]))

    def render_naam_(self, value: str, record: Regelrij) -> SafeString | str:
        if not record.onder:
            return format_html('<span class="inspring-{}">{}</span>', record.diepte, value) if record.diepte else value
        afwijkend = f", {record.wijken_af} wijkt af" if record.wijken_af == 1 else f", {record.wijken_af} wijken af"
        return format_html(
            '<details class="uitklap"{}><summary>{} <span class="stil">{} waarvan{}</span></summary></details>',
            mark_safe(" open") if self.open else "",
            value,
            len(record.onder),
            afwijkend if record.wijken_af else "",
        )

    def value_naam_(self, value: str) -> str:
        return value

    def value_volgnummer(self, value: int) -> int:
        return value

    def _uit_delen(self, value: Decimal | None) -> Decimal | str:
        return "" if value is None else leesbaar(value)

    value_berekend_fte = value_berekend_os = value_berekend_nos = _uit_delen
    value_verschil_fte = value_verschil_os = value_verschil_nos = _uit_delen


class PerDistrict(Tabel):
    """A row per district, with the way to its page at the quarter and day of ``vraag``; the unit pinned below."""

    def __init__(self, *args: Any, vraag: str = "", **kwargs: Any) -> None:
        self.vraag = vraag
        kwargs.setdefault("pinned_row_attrs", {"class": lambda record: record.rijklasse})
        super().__init__(*args, **kwargs)

    def render_district(self, record: Districtrij) -> SafeString | str:
        """By code and name; the unit by its name."""
        onderdeel = record.onderdeel
        if record.rijklasse == "totaal":
            return f"{onderdeel.naam}"
        adres = reverse("formatie_district", args=[onderdeel.code])
        eigen = mark_safe(' <span class="eigen-merk">uw district</span>') if record.eigen else ""
        return format_html('<a href="{}{}">{} {}</a>{}', adres, self.vraag, onderdeel.code, onderdeel.naam, eigen)

    def value_district(self, record: Districtrij) -> str:
        return record.onderdeel.code


class DistrictenTabel(PerDistrict):
    """The districts with their printed places per kind; the totals of the unit pinned below."""

    district = Tekstkolom(accessor="onderdeel__code", verbose_name="District", rijkop=True)
    naam_ = Tekstkolom(accessor="onderdeel__naam", verbose_name="Naam", visible=False)
    leiding = Cijferkolom(accessor=f"cijfers__{Cel.LEIDING.value}", verbose_name="Leiding")
    basisteams = Cijferkolom(accessor=f"cijfers__{Cel.BASISTEAMS.value}", verbose_name="Basisteams")
    flexteam = Cijferkolom(accessor=f"cijfers__{Cel.FLEXTEAM.value}", verbose_name="Flexteam")
    recherche = Cijferkolom(accessor=f"cijfers__{Cel.DISTRICTSRECHERCHE.value}", verbose_name="Districtsrecherche")
    grens = Cijferkolom(accessor=f"cijfers__{Cel.GRENS.value}", verbose_name="Grenstoezicht")
    totaal = Cijferkolom(accessor=f"cijfers__{Cel.TOTAAL.value}", verbose_name="Totaal")
    aspiranten = Cijferkolom(accessor=f"cijfers__{Cel.ASPIRANTEN.value}", verbose_name="waarvan aspiranten")
    wijkagenten = Cijferkolom(accessor=f"cijfers__{Cel.WIJKAGENTEN.value}", verbose_name="Wijkagenten")
    inwoners = Cijferkolom(verbose_name="Inwoners per wijkagent")
    verschillen = Verschilkolom(verbose_name="Gedrukt wijkt af van")
    bronregels = Tekstkolom(verbose_name="Bronregels", visible=False)

    naam = "districten"
    kiesbaar = True


class BezettingTabel(PerDistrict):
    """The districts with places beside people; the unit pinned below."""

    district = Tekstkolom(accessor="onderdeel__code", verbose_name="District", rijkop=True)
    naam_ = Tekstkolom(accessor="onderdeel__naam", verbose_name="Naam", visible=False)
    verschil = Standkolom(accessor="stand__verschil", verbose_name="Verschil (fte)")
    fte = Cijferkolom(accessor="stand__formatie", verbose_name="Formatie (fte)")
    bezetting = Bezettingkolom(accessor="mensen__fte", verbose_name="Bezetting (fte)")
    percentage = Deelkolom(accessor="stand__percentage", verbose_name="Bezet (%)")
    os = Menskolom(accessor="mensen__os", verbose_name="OS (fte)")
    nos = Menskolom(accessor="mensen__nos", verbose_name="NOS (fte)")
    aspiranten = Menskolom(accessor="mensen__aspiranten", verbose_name="waarvan aspiranten (fte)")
    ziek = Menskolom(accessor="mensen__ziek", verbose_name="Ziek (fte)")
    wijkagenten = Menskolom(accessor="mensen__wijkagenten", verbose_name="Wijkagenten (fte)")
    wijkverschil = Standkolom(accessor="wijkstand__verschil", verbose_name="Verschil wijkagenten (fte)")

    naam = "bezetting"
    kiesbaar = True
    eerst_verborgen: Collection[str] = ("ziek", "aspiranten")


class WijzigingenTabel(Tabel):
    """What a version of the plan changes."""

    tabel = Tekstkolom(verbose_name="Dienst of onderdeel", rijkop=True)
    naam_ = Tekstkolom(accessor="naam", verbose_name="Regel of soort")
    kolom = Tekstkolom(verbose_name="Kolom")
    oud = Cijferkolom(verbose_name="Oud")
    nieuw = Cijferkolom(verbose_name="Nieuw")
    verschil = Cijferkolom(verbose_name="Verschil")
    soort = Tekstkolom(verbose_name="Soort wijziging")

    naam = "wijzigingen"
    kiesbaar = True

    def render_verschil(self, value: Decimal | None) -> str:
        return "" if value is None else cijfer_met_teken(value)

    def value_verschil(self, value: Decimal | None) -> Decimal | str:
        return "" if value is None else value


class VerschillenTabel(Tabel):
    """Every printed figure that differs from what follows from its parts."""

    vergelijking = Tekstkolom(accessor="uitkomst__som__omschrijving", verbose_name="Wat is vergeleken", rijkop=True)
    tabel = Tekstkolom(verbose_name="Tabel")
    kolom = Tekstkolom(verbose_name="Kolom", visible=False)
    gedrukt = Cijferkolom(accessor="uitkomst__gedrukt", verbose_name="Gedrukt")
    berekend = Cijferkolom(accessor="uitkomst__berekend", verbose_name="Berekend")
    verschil = Tekenkolom(accessor="uitkomst__verschil", verbose_name="Verschil")
    speling = Cijferkolom(accessor="uitkomst__speling", verbose_name="Afronding tot")
    bevinding = Tekstkolom(accessor="uitkomst__bevinding", verbose_name="Soort verschil")
    uitleg = Tekstkolom(verbose_name="Oorzaak", orderable=False, attrs={"td": {"class": "lang"}})
    bron = Tekstkolom(accessor="bronregel", verbose_name="Bronregel", orderable=False)

    naam = "verschillen"
    kiesbaar = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kenmerken = {"id": lambda record: record.sleutel, "class": lambda record: record.rijklasse}
        super().__init__(*args, row_attrs=kenmerken, **kwargs)

    def render_bevinding(self, record: Verschilrij) -> SafeString:
        return merk(record.uitkomst.bevinding)

    def value_bevinding(self, record: Verschilrij) -> str:
        return record.uitkomst.bevinding.value
