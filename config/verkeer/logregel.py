"""A line of the log, without the secret that is in an address."""

import logging
import re

GEHEIM_IN_ADRES = re.compile(r"(/toegang/|/kalender/\d+/)[^/\s]+")


class Logregel(logging.Formatter):
    """A calendar program keeps asking for an address that was withdrawn, and a mistyped one may be nearly right."""

    def format(self, record: logging.LogRecord) -> str:
        return GEHEIM_IN_ADRES.sub(r"\1***", super().format(record))
