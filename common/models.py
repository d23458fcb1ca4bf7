from __future__ import annotations

from common.audit import AuditEvent
from common.jobs import JobRun
from common.kolomkeuze import Kolomkeuze
from common.wijziging import Wijziging

__all__ = ["AuditEvent", "JobRun", "Kolomkeuze", "Wijziging"]
