"""How a page calls the fields of its forms and their choices, read from that page: a form says it in one place."""

from copy import copy
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.contrib.messages.storage import default_storage
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, QueryDict
from django.urls import resolve

_VINKJES = ("checkbox", "radio")


class Paginavelden(HTMLParser):
    """``titel`` of the page and, by the name of a field, what is said of it; of a page without forms nothing."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.titel = self._groep = self._tekst = self._lijst = ""
        self._deel: dict[str, str] = {}
        self._soorten: dict[str, str] = {}
        self._kopjes: dict[str, str] = {}  # by field the id of its label, or the words above its boxes
        self._keuzes: dict[str, dict[str, str]] = {}  # by value the words, or the id of their label
        self._labels: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        deel = {naam: waarde or "" for naam, waarde in attrs}
        naam, soort, plek = deel.get("name", ""), deel.get("type", tag), deel.get("id", "")
        if tag in ("label", "legend", "option", "button", "title"):
            self._deel, self._tekst = deel, ""
        if tag in ("select", "datalist"):
            self._lijst = naam  # what a list suggests is no choice of a field
        if tag in ("input", "select", "textarea"):
            self._soorten.setdefault(naam, soort)
            self._kopjes.setdefault(naam, (self._groep if soort in _VINKJES else "") or plek)
        if soort in _VINKJES:
            self._keuzes.setdefault(naam, {})[deel.get("value", "on")] = plek

    def handle_data(self, data: str) -> None:
        self._tekst += data

    def handle_endtag(self, tag: str) -> None:
        tekst, deel = " ".join(self._tekst.split()), self._deel
        if tag == "label":
            self._labels[deel.get("for", "")] = tekst
        elif tag in ("legend", "fieldset"):
            self._groep = tekst if tag == "legend" else ""
        elif tag in ("option", "button"):
            naam = self._lijst if tag == "option" else deel.get("name", "")
            self._keuzes.setdefault(naam, {})[deel.get("value", tekst)] = tekst
        elif tag == "title":
            self.titel = tekst.partition(" · ")[0]

    def is_stil(self, naam: str) -> bool:
        return self._soorten.get(naam) == "hidden"

    def label(self, naam: str) -> str:
        kopje = self._kopjes.get(naam, "")
        return self._labels.get(kopje, "" if kopje.startswith("id_") else kopje)

    def keuzes(self, naam: str) -> dict[str, str]:
        """The words of each value."""
        return {waarde: self._labels.get(plek, plek) for waarde, plek in self._keuzes.get(naam, {}).items()}


def lees_velden(request: HttpRequest, adres: str) -> Paginavelden:
    """Of the page at this address as its reader has it now."""

    def _open(kopie: HttpRequest) -> Any:
        kopie.resolver_match = view = resolve(kopie.path)
        antwoord = view.func(kopie, *view.args, **view.kwargs)
        return antwoord.render() if hasattr(antwoord, "render") else antwoord

    kopie: Any = copy(request)
    delen = urlsplit(adres)
    if delen.path == request.path:  # would read itself without end
        return Paginavelden("")
    kopie.method, kopie.path, kopie.path_info = "GET", delen.path, delen.path
    kopie.GET, kopie.POST = QueryDict(delen.query), QueryDict()
    kopie._messages = default_storage(kopie)  # what is said there is still to be read on a page that is shown
    antwoord: Any = convert_exception_to_response(_open)(kopie)
    leesbaar = antwoord.status_code == 200 and antwoord.get("Content-Type", "").startswith("text/html")
    return Paginavelden(antwoord.content.decode() if leesbaar else "")
