from __future__ import annotations

from common.jobs import JobRun
from common.pagina.kolomkeuze import Kolomkeuze
from common.pagina.wijziging import Wijziging
from common.vaststellen.audit import AuditEvent

__all__ = ["AuditEvent", "JobRun", "Kolomkeuze", "Wijziging"]
