"""One process of the web server: a loop that reads and writes all connections, and a few threads that answer.

waitress does the work. Added is that every stage of a connection has its time, whatever trickles in meanwhile, and that
a full house turns out who waits longest without a request instead of whoever comes next.
"""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Callable
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask

from config.web import termijn
from config.web.lezen import BESTAND, KOP, Lezer, Weigering
from config.web.rijen import GEZONDHEID, Rijen

MEESTE = 400  # connections of one process
# Seconds a connection may be in a stage.
RUST, KOPPEN, INHOUD, ANTWOORD, UITLOOP = 20.0, 10.0, 30.0, 30.0, 5.0
TRAAGST = 100 * 1024  # bytes per second at least, added to the last three
GEZOND = 1.5  # seconds to find out whether the site is well
STOPTIJD = 9.0  # seconds to finish what is in hand


class Taak(WSGITask):
    def execute(self) -> None:
        duur = GEZOND if self.request.path == GEZONDHEID else termijn.TERMIJN
        with termijn.tot(self.request.binnen + duur):
            super().execute()


class Kanaal(HTTPChannel):
    """One connection. ``stand`` and ``sinds`` are the stage it was last seen in, and since when."""

    parser_class, task_class, error_task_class = Lezer, Taak, Weigering
    stand: tuple[Any, ...] = ()
    sinds = 0.0
    geweigerd: int | None = None  # bytes that were announced with a request that was refused
    loopt_uit = False
    close_when_flushed: bool

    def readable(self) -> bool:
        return self.loopt_uit or bool(super().readable())

    def handle_read(self) -> None:
        """Of a request that was refused the rest is thrown away: who still sends would not see the answer."""
        if self.loopt_uit:
            self.recv(self.adj.recv_bytes)
        else:
            super().handle_read()

    def handle_write(self) -> None:
        if self.geweigerd is not None and self.close_when_flushed and not self.total_outbufs_len:
            self.close_when_flushed, self.loopt_uit = False, True
            self.socket.shutdown(socket.SHUT_WR)
        else:
            super().handle_write()

    def kijk(self, nu: float) -> None:
        """Close it when its stage takes too long. While a thread answers, it is left alone."""
        stand, duur = self._stand()
        if stand != self.stand:
            self.stand, self.sinds = stand, nu
        elif duur is not None and nu - self.sinds > duur:
            self.will_close = True

    def _stand(self) -> tuple[tuple[Any, ...], float | None]:
        verzoek = self.request
        if self.requests:
            return ("bezig",), None
        if self.loopt_uit:
            return ("loopt uit",), UITLOOP + min(self.geweigerd or 0, BESTAND) / TRAAGST
        if self.total_outbufs_len:
            # Measured from when the answer was ready; what is left then is never more than it was.
            begin = self.stand[1] if self.stand[:1] == ("antwoord",) else self.total_outbufs_len
            return ("antwoord", begin), ANTWOORD + begin / TRAAGST
        if verzoek is None:
            return ("rust", self.last_activity), RUST
        if not verzoek.headers_finished:
            return ("koppen", verzoek), KOPPEN
        return ("inhoud", verzoek), INHOUD + verzoek.content_length / TRAAGST


class Server(TcpWSGIServer):
    """Serves until ``stop``, and then finishes what is in hand. ``hartslag`` is called every second or so."""

    channel_class = Kanaal

    def __init__(
        self, applicatie: Any, luisteraar: socket.socket, rijen: Rijen, hartslag: Callable[[float], None]
    ) -> None:
        self.hartslag, self.gestopt = hartslag, 0.0
        adres = luisteraar.getsockname()
        sockinfo = (luisteraar.family, luisteraar.type, luisteraar.proto, adres)
        super().__init__(
            applicatie, {}, True, luisteraar, dispatcher=rijen, adj=_instellingen(), sockinfo=sockinfo,
            bind_socket=False,
        )  # fmt: skip

    def maintenance(self, nu: float) -> None:
        self.hartslag(time.monotonic())
        for kanaal in self.active_channels.values():
            kanaal.kijk(time.monotonic())

    def handle_accept(self) -> None:
        super().handle_accept()
        rustig = [k for k in self.active_channels.values() if not k.requests]
        if len(self.active_channels) > MEESTE and rustig:
            min(rustig, key=lambda k: k.creation_time).handle_close()

    def stop(self, *_: Any) -> None:
        self.gestopt = time.monotonic()
        self.pull_trigger()

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        while not self.gestopt:
            wasyncore.loop(timeout=1, use_poll=True, map=self._map, count=1)
        # Closed at once: whoever starts after us wants to listen here.
        self.del_channel()
        self.socket.close()
        while self._in_handen() and time.monotonic() - self.gestopt < STOPTIJD:
            wasyncore.loop(timeout=0.2, use_poll=True, map=self._map, count=1)

    def _in_handen(self) -> bool:
        return any(kanaal.requests or kanaal.total_outbufs_len for kanaal in self.active_channels.values())


def _instellingen() -> Adjustments:
    return Adjustments(
        ident="",
        backlog=512,
        connection_limit=2 * MEESTE,  # never reached: see ``handle_accept``
        cleanup_interval=1,
        max_request_header_size=KOP,
        max_request_body_size=BESTAND + 1,
        # An answer never holds its thread, however slowly it is read; what is large waits in a file.
        outbuf_high_watermark=64 * 1024**2,
        inbuf_overflow=256 * 1024,
        outbuf_overflow=256 * 1024,
        # Whom the site believes about a proxy is a setting of the site.
        clear_untrusted_proxy_headers=False,
        log_socket_errors=False,
    )
