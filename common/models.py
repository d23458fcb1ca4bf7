from __future__ import annotations

from common.audit import AuditEvent
from common.jobs import JobRun

__all__ = ["AuditEvent", "JobRun"]
