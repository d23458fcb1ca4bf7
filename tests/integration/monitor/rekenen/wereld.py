"""A small country with everything in it that can go wrong, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

from accounts.models import User
from formatie.models import Onderdeel
from monitor.models import Doelbereik, Doelstelling, Indicator, Meting

VANDAAG = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
JAREN = range(2021, 2027)
SOMS = Decimal("0.03")


class Wereld:
    """Onderdelen, indicators, targets and approved values in the test database."""

    def __init__(self, zaad: int = 1) -> None:
        self.toeval = random.Random(zaad)
        self.analist = User.objects.create_user("analist")
        self.vaststeller = User.objects.create_user("vaststeller")
        self.onderdelen = self._maak_onderdelen()
        self.indicatoren = [
            self._maak_indicator(nummer, aggregatie, soort, **meer)
            for nummer, (aggregatie, soort, meer) in enumerate(VORMEN)
        ]

    def _maak_onderdelen(self) -> dict[str, Onderdeel]:
        gemaakt: dict[str, Onderdeel] = {}

        def maak(code: str, soort: str, ouder: str | None = None, **meer: object) -> None:
            gemaakt[code] = Onderdeel.objects.create(
                code=code, naam=code, soort=soort, ouder=gemaakt.get(ouder or ""), **meer
            )

        maak("NL", "korps")
        for eenheid in ("R", "H"):
            maak(eenheid, "eenheid", "NL")
            maak(f"{eenheid}-D", "dienst", eenheid)
            for district in "AB":
                maak(eenheid + district, "district", eenheid)
                for nummer in range(1, 4):
                    maak(f"{eenheid}{district}{nummer}", "basisteam", eenheid + district)
        maak("RA4", "basisteam", "RA", geldig_vanaf=date(2024, 4, 1))
        maak("HB4", "basisteam", "HB", geldig_tot=date(2025, 7, 1))
        return gemaakt

    def _maak_indicator(self, nummer: int, aggregatie: str, soort: str | None, **meer: object) -> Indicator:
        velden = {
            "richting": "hoger", "frequentie": "kwartaal", "niveau": "basisteam", "herkomst": "invoer",
            "eenheid": "%" if aggregatie in ("verhouding", "enquete") else "stuks",
        } | meer  # fmt: skip
        indicator = Indicator.objects.create(
            code=f"i{nummer}", naam=f"Indicator {nummer}", definitie="-", telregel="-", bron="-", aggregatie=aggregatie,
            **velden,
        )  # fmt: skip
        if soort:
            self._maak_doelen(indicator, soort)
        if nummer % 4 == 0:
            indicator.niet_voor.add(self.onderdelen["RB"], self.onderdelen["HA1"])
        return indicator

    def _maak_doelen(self, indicator: Indicator, soort: str) -> None:
        plekken = ["NL", "R", "HA", "RA2"] if soort == "jaarvolume" else ["NL", "H"]
        for jaar in range(2022, 2027):
            for code in plekken:
                self.stel_doel(indicator, code, jaar, soort)

    def stel_doel(self, indicator: Indicator, code: str, jaar: int, soort: str) -> Doelstelling:
        met_waarde = soort in Doelstelling.MET_STREEFWAARDE
        hoogte = self.toeval.choice([0, 30, 55, 82]) if soort != "jaarvolume" else self.toeval.choice([0, 90, 200])
        return Doelstelling.objects.create(
            indicator=indicator, onderdeel=self.onderdelen[code], jaar=jaar, soort=soort, besluit="besluit",
            streefwaarde=Decimal(hoogte) if met_waarde else None,
            marge=self.toeval.choice([None, Decimal(2), Decimal(10)]), orgaan="RVO", geldig_vanaf=date(jaar, 1, 1),
            staat="vastgesteld", ingevoerd_op=MOMENT, vastgesteld_op=MOMENT,
        )  # fmt: skip

    def meet(self, indicator: Indicator, code: str, jaar: int, kwartaal: int | None, **anders: object) -> Meting:
        return Meting.objects.create(**self.meting(indicator, code, jaar, kwartaal, **anders))

    def meting(self, indicator: Indicator, code: str, jaar: int, kwartaal: int | None, **anders: object) -> dict:
        return {
            "indicator": indicator, "onderdeel": self.onderdelen[code], "jaar": jaar, "kwartaal": kwartaal,
            "status": self.toeval.choice(["definitief"] * 9 + ["voorlopig"]), "staat": "vastgesteld",
            "ingevoerd_door": self.analist, "ingevoerd_op": MOMENT, "vastgesteld_door": self.vaststeller,
            "vastgesteld_op": MOMENT, **self.cijfers(indicator),
        } | anders  # fmt: skip

    def cijfers(self, indicator: Indicator) -> dict[str, object]:
        toeval = self.toeval
        if toeval.random() < SOMS:
            return {"onbekend": True}
        if indicator.aggregatie == "verhouding":
            noemer = toeval.choice([0, 10, 40, 90])
            return {"teller": Decimal(toeval.randint(0, noemer)), "noemer": Decimal(noemer)}
        marge = toeval.choice([None, Decimal("1.3"), Decimal(4)]) if indicator.aggregatie == "enquete" else None
        return {
            "waarde": Decimal(toeval.choice([0, 0, 3, 8, 15, 40])) + toeval.choice([0, Decimal("0.5")]),
            "marge": marge,
        }

    def vul(self) -> None:
        """Approved values for nearly everything, and some where none was asked for."""
        Meting.objects.bulk_create(Meting(**velden) for i in self.indicatoren for velden in self._metingen(i))

    def vul_gewoon(self) -> None:
        """Only quarterly values where they are asked for, with gaps."""
        Meting.objects.bulk_create(
            Meting(**self.meting(indicator, code, jaar, kwartaal))
            for indicator in self.indicatoren
            for code, onderdeel in self.onderdelen.items()
            for jaar in JAREN
            for kwartaal in range(1, 5)
            if onderdeel.soort == indicator.niveau and (jaar, kwartaal) < (2026, 4) and self.toeval.random() < 0.95
        )

    def _metingen(self, indicator: Indicator) -> Iterator[dict]:
        for code, onderdeel in self.onderdelen.items():
            eigen = onderdeel.soort == indicator.niveau
            for jaar in JAREN:
                heel = self.toeval.random() < (0.1 if eigen else 0.02)
                if heel:
                    yield self.meting(indicator, code, jaar, None)
                for kwartaal in range(1, 5):
                    kans = 0.2 if heel else 0.93 if eigen else 0.03
                    if (jaar, kwartaal) < (2026, 4) and self.toeval.random() < kans:
                        yield self.meting(indicator, code, jaar, kwartaal)


VORMEN: list[tuple] = []


def vorm(aggregatie: str, soort: str | None, **meer: object) -> None:
    VORMEN.append((aggregatie, soort, meer))


vorm("som", "jaarvolume")
vorm("som", "jaarvolume", richting="lager")
vorm("som", "jaarvolume", verwachting="seizoen")
vorm("som", "jaarvolume", verwachting="stap", stap_kwartaal=3)
vorm("som", "minimum")
vorm("verhouding", "minimum")
vorm("verhouding", "maximum", richting="lager")
vorm("verhouding", "minimum", tijd="laatste")
vorm("verhouding", "verbetering")
vorm("stand", "minimum")
vorm("stand", "verbetering", richting="lager", niveau="district")
vorm("enquete", "verbetering", niveau="district", frequentie="tweejaarlijks", eerste_jaar=2021)
vorm("enquete", "verbetering", niveau="eenheid", frequentie="jaar")
vorm("som", "onbekend", niveau="district", frequentie="halfjaar")
vorm("stand", "monitoring", richting="geen")
vorm("stand", "monitoring", richting="geen", herkomst="afgeleid")
vorm("som", None)
vorm("som", "jaarvolume", richting="geen", niveau="eenheid")
vorm("som", "jaarvolume", frequentie="halfjaar", verwachting="seizoen")


def alle_rijen() -> list[tuple]:
    """Every stored row, in the order of the key."""
    velden = [veld.attname for veld in Doelbereik._meta.concrete_fields]
    return list(Doelbereik.objects.order_by("indicator_id", "onderdeel_id", "jaar", "kwartaal").values_list(*velden))
