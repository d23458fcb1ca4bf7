"""Persons who keep working while servers die under the site, each with a ledger of what the site told them.

What was answered with success is acknowledged: it must be there. What was answered with "niet opgeslagen" must not.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.integration.config.doodslag.bezoeker import GEEN_ANTWOORD, Antwoord, Bezoeker

# 409: sent again because the first answer was lost, and that one had been done; the page says so.
GEEN_FOUT = {200, 409, GEEN_ANTWOORD, 503}
PAUZE = 0.2  # seconds between two attempts while the site is away


@dataclass(frozen=True)
class Plek:
    """A value that nobody handed in yet, or (with ``keuze``) one that waits for approval."""

    indicator: str
    onderdeel: str
    jaar: int
    kwartaal: int
    waarde: int
    keuze: str = ""

    @property
    def sleutel(self) -> tuple[str, str, int, int]:
        return (self.indicator, self.onderdeel, self.jaar, self.kwartaal)


class Klant(threading.Thread):
    """``bevestigd``: acknowledged. ``statussen``: every answer. ``leugens``: said to be lost, and yet there.

    ``momenten``: when each acknowledgement came; ``duren``: how long each answer took, with the moment it came;
    ``stiltes``: the same of a connection that broke or was never made, which is no answer of the site.
    """

    def __init__(self, bezoeker: Bezoeker, plekken: Sequence[Plek], klaar: threading.Event) -> None:
        super().__init__(daemon=True)
        self.bezoeker, self.plekken, self.klaar = bezoeker, plekken, klaar
        self.bevestigd: list[Plek] = []
        self.statussen: Counter[int] = Counter()
        self.leugens: list[Plek] = []
        self.momenten: list[float] = []
        self.duren: list[tuple[float, float]] = []
        self.stiltes: list[tuple[float, float]] = []
        self.rust = 0.0  # seconds between two pieces of work
        self.kaal: list[str] | None = None  # bare errors, for who notes them and works on
        self.fout: Exception | None = None

    def run(self) -> None:
        try:
            for werk in self.taken():
                if self.klaar.is_set():
                    return
                tot_nu = len(self.bevestigd)
                self.doe(werk)
                self.momenten += [time.monotonic()] if len(self.bevestigd) > tot_nu else []
                time.sleep(self.rust)
        except Exception as fout:  # shown by the test; a thread's own traceback is not
            self.fout = fout

    def taken(self) -> Iterator[Sequence[Plek]]:
        for plek in self.plekken:
            yield [plek]

    def doe(self, werk: Sequence[Plek]) -> None:
        raise NotImplementedError

    def noteer(self, antwoord: Antwoord) -> Antwoord:
        self.statussen[antwoord.status] += 1
        wachttijden = self.stiltes if antwoord.status == GEEN_ANTWOORD else self.duren
        wachttijden.append((time.monotonic(), antwoord.duur))
        if antwoord.status not in GEEN_FOUT:
            fout = f"{antwoord.status} {antwoord.adres}: {antwoord.tekst[:2000]}"
            if self.kaal is None:
                raise AssertionError(fout)
            self.kaal.append(fout)
        if antwoord.status != 200:
            time.sleep(PAUZE)
        return antwoord


class Vaststeller(Klant):
    """Approves one value after the other; tries again until it hears what became of it."""

    def doe(self, werk: Sequence[Plek]) -> None:
        [plek] = werk
        onzeker = False
        while not self.klaar.is_set():
            vorm = {"besluit": "vaststellen", "keuze": plek.keuze}
            antwoord = self.noteer(self.bezoeker.stuur("/vaststellen/", vorm))
            if antwoord.meldt("1 waarde vastgesteld"):
                self.bevestigd.append(plek)
                return
            if antwoord.meldt("al behandeld"):
                if not onzeker:
                    self.leugens.append(plek)
                return
            onzeker |= antwoord.kop != "Niet opgeslagen"


class Aanleveraar(Klant):
    """Hands in files of three rows, waits until they were read, and submits them."""

    KOP = "indicator;onderdeel;jaar;kwartaal;waarde;teller;noemer;marge;status;meetdatum;toelichting"

    def taken(self) -> Iterator[Sequence[Plek]]:
        for begin in range(0, len(self.plekken) - 2, 3):
            yield self.plekken[begin : begin + 3]

    def doe(self, werk: Sequence[Plek]) -> None:
        adres = self._lever_aan(werk)
        while adres and not self.klaar.is_set():
            antwoord = self.noteer(self.bezoeker.lees(adres))
            if "Indienen" not in antwoord.pagina.knoppen:
                if antwoord.meldt("Ingediend op"):  # by an attempt of which no answer came
                    return
                if antwoord.meldt("Er is niets ingelezen"):  # given up, after the reader was killed three times
                    return
                time.sleep(PAUZE)
            elif self.noteer(self._dien_in(adres)).meldt("De waarden zijn ingediend"):
                self.bevestigd += werk
                return

    def _lever_aan(self, werk: Sequence[Plek]) -> str:
        rijen = [f"{p.indicator};{p.onderdeel};{p.jaar};{p.kwartaal};{p.waarde};;;;definitief;;" for p in werk]
        inhoud = "\n".join([self.KOP, *rijen])
        while not self.klaar.is_set():
            antwoord = self.noteer(self.bezoeker.stuur_bestand("/invoer/importeren/", "metingen.csv", inhoud))
            if antwoord.status == 200:
                return antwoord.adres
        return ""

    def _dien_in(self, adres: str) -> Antwoord:
        return self.bezoeker.stuur(adres, {"besluit": "indienen"})


class Typist(Klant):
    """Types one value in the grid, which saves by itself, and submits it. ``getypt``: acknowledged as kept."""

    def __init__(self, bezoeker: Bezoeker, plekken: Sequence[Plek], klaar: threading.Event) -> None:
        super().__init__(bezoeker, plekken, klaar)
        self.getypt: list[Plek] = []

    def doe(self, werk: Sequence[Plek]) -> None:
        [plek] = werk
        pad, naam = f"/invoer/{plek.jaar}-Q{plek.kwartaal}/", f"{plek.indicator}:{plek.onderdeel}"
        cellen = {"waarde": str(plek.waarde), "status": "definitief"}
        token = self._typ(pad, {"plek": naam, "cellen": cellen, "versie": f"0:{'0' * 16}"})
        if token:
            self.getypt.append(plek)
            velden = {f"{naam}:{kolom}": tekst for kolom, tekst in cellen.items()}
            self._dien_in(plek, pad, {f"{naam}:versie": token, "actie": "indienen", **velden})

    def _typ(self, pad: str, rij: dict[str, object]) -> str:
        while not self.klaar.is_set():
            antwoord = self.noteer(self.bezoeker.stuur_json(f"{pad}bewaar/", {"rijen": [rij]}))
            if antwoord.status == 200:
                [gedaan] = json.loads(antwoord.tekst)["rijen"]
                assert gedaan["veilig"], gedaan
                return str(gedaan["token"])
        return ""

    def _dien_in(self, plek: Plek, pad: str, vorm: dict[str, str]) -> None:
        onzeker = False
        while not self.klaar.is_set():
            antwoord = self.noteer(self.bezoeker.stuur(pad, vorm))
            if antwoord.meldt("1 waarde ingediend."):
                self.bevestigd.append(plek)
                return
            if antwoord.status == 200:  # it was in already, by an attempt of which no answer came
                assert antwoord.meldt("Er is niets gewijzigd"), antwoord.meldingen
                self.leugens += [] if onzeker else [plek]
                return
            onzeker |= antwoord.kop != "Niet opgeslagen"


class Inlogger(Klant):
    """Logs in anew, each time as someone who was never there. What it acknowledges are log-ins that led to a page."""

    def taken(self) -> Iterator[Sequence[Plek]]:
        while True:
            yield [Plek("", "", 0, 0, 0)]

    def doe(self, werk: Sequence[Plek]) -> None:
        while not self.klaar.is_set():
            nieuw = Bezoeker(int(self.bezoeker.basis.rsplit(":", 1)[1]), self.bezoeker.naam)
            if self.noteer(nieuw.lees("/inloggen/")).status == 200:
                vorm = {"username": nieuw.naam, "password": "strategie-demo"}
                antwoord = self.noteer(nieuw.stuur("/inloggen/", vorm))
                if antwoord.status == 200 and "Uitloggen" in antwoord.pagina.knoppen:
                    self.bevestigd += werk
                    time.sleep(PAUZE)
                    return
            time.sleep(PAUZE)
