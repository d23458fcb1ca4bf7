"""Reads a request until it is whole, and says in Dutch what is wrong with one that cannot be read."""

from __future__ import annotations

import time
from typing import Any

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask
from waitress.utilities import BadRequest, RequestEntityTooLarge

from config.verkeer.koppen import KAAL

KOP = 32 * 1024  # bytes of the request line and the headers together
LANGSTE_ADRES = 8 * 1024
BESTAND, FORMULIER = 25 * 1024**2, 3 * 1024**2  # bytes of a body: with files, and any other
ZINNEN = {
    400: "Dit verzoek is niet te lezen.",
    411: "Bij dit verzoek staat niet hoe lang het is.",
    413: "Wat u verstuurde is te groot: een bestand mag hoogstens 20 MB zijn, een formulier 3 MB.",
    414: "Dit adres is te lang.",
    431: "De koppen van dit verzoek zijn te lang. Verwijder de cookies van deze site en probeer het opnieuw.",
    501: "Deze manier van versturen kent de site niet.",
}


class ZonderLengte(BadRequest):
    code, reason = 411, "Length Required"


class TeLangAdres(BadRequest):
    code, reason = 414, "URI Too Long"


class Lezer(HTTPRequestParser):
    """``binnen`` is the moment the request was whole, as ``time.monotonic``."""

    binnen = 0.0
    error: Any = None
    content_length: int = 0
    geweigerd: BadRequest | None = None

    def received(self, data: bytes) -> int:
        gelezen: int = super().received(data)
        if self.completed:
            self.binnen = time.monotonic()
            self.error = self.error or self.geweigerd
        return gelezen

    def parse_header(self, kop: bytes) -> None:
        _weiger_dubbelzinnig(kop)
        super().parse_header(kop)
        self.geweigerd = self._bezwaar()
        if self.geweigerd:
            self.expect_continue, self.body_rcv = False, None

    def _bezwaar(self) -> BadRequest | None:
        if self.chunked:
            return ZonderLengte("")
        if len(self.request_uri) > LANGSTE_ADRES:
            return TeLangAdres("")
        bestand = self.headers.get("CONTENT_TYPE", "").lower().startswith("multipart/form-data")
        return RequestEntityTooLarge("") if self.content_length > (BESTAND if bestand else FORMULIER) else None


def _weiger_dubbelzinnig(kop: bytes) -> None:
    """Where two servers in a row could each see another end of the request, it is read by neither."""
    namen = [regel.split(b":", 1)[0].strip().lower() for regel in kop.split(b"\r\n")[1:]]
    dubbel = namen.count(b"content-length") > 1 or namen.count(b"host") > 1
    if dubbel or (b"transfer-encoding" in namen and b"content-length" in namen):
        raise ParsingError("ambiguous")
    eerste = kop.split(b"\r\n", 1)[0].rstrip()
    if not eerste.endswith((b"HTTP/1.0", b"HTTP/1.1")) or (
        b"transfer-encoding" in namen and eerste.endswith(b"HTTP/1.0")
    ):
        raise ParsingError("version")


class Weigering(ErrorTask):
    """One Dutch line, and the end of the connection: where the next request would begin is not certain."""

    def execute(self) -> Any:
        fout = self.request.error
        self.status = f"{fout.code} {fout.reason}"
        zin = ZINNEN.get(fout.code, "Er ging iets mis. Probeer het over een minuut opnieuw.")
        inhoud = f"{zin}{' Er is niets opgeslagen.' if fout.code in ZINNEN else ''}\n".encode()
        self.response_headers += [("Content-Type", "text/plain; charset=utf-8"), *KAAL.items()]
        self.set_close_on_finish()
        self.channel.geweigerd = self.request.content_length
        self.content_length = len(inhoud)
        self.write(inhoud)
