from common.grafiek.figuur import Figuur
from common.hartslag import Hartslag
from common.jobs import JobRun
from common.pagina.cache import Wijziging
from common.pagina.tabellen import Kolomkeuze
from common.spoor.keten import Schakel
from common.vaststellen.audit import AuditEvent

__all__ = ["AuditEvent", "Figuur", "Hartslag", "JobRun", "Kolomkeuze", "Schakel", "Wijziging"]
