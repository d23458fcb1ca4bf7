from __future__ import annotations

from common.audit import AuditEvent
from common.jobs import JobRun
from common.wijziging import Wijziging

__all__ = ["AuditEvent", "JobRun", "Wijziging"]
