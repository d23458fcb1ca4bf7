"""The story that the demo tells: until when, who is in it, and the day on which a thing would have happened."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.tekst.periode import Kwartaal
from monitor.demo.levering import Beschrijving, Opdracht

HERKOMST = "demo"


@dataclass(frozen=True, slots=True)
class Verhaal:
    """Until when the demo tells, and who is in it."""

    opdracht: Opdracht
    nu: datetime
    personen: Mapping[str, User]
    map_: Path

    def lees(self, naam: str) -> Beschrijving:
        """One of the files of the demo, by its name without ``.toml``."""
        return tomllib.loads((self.map_ / f"{naam}.toml").read_text(encoding="utf-8"))

    def op(self, kwartaal: Kwartaal, dagen: int) -> datetime:
        """So many days after the first of a quarter, in the afternoon, and never later than now."""
        dag = datetime.combine(kwartaal.begin() + timedelta(days=dagen), time(14))
        return min(timezone.make_aware(dag), self.nu)

    def wie(self, naam: str, op: datetime) -> dict[str, Any]:
        return {"door": self.personen[naam], "herkomst": HERKOMST, "op": op}
