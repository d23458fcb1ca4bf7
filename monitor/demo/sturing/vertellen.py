"""What people explain, plan, ask and agree on in the demo: one part per folder of ``sturing``, in this order."""

from collections.abc import Callable

from monitor.demo.sturing.volgen import laat_volgen
from monitor.demo.verhaal import Verhaal

DELEN: tuple[Callable[[Verhaal], None], ...] = (laat_volgen,)


def vertel_sturing(verhaal: Verhaal) -> None:
    """Each part tells nothing where people made something of its kind themselves."""
    for deel in DELEN:
        deel(verhaal)
