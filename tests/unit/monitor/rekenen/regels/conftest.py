from __future__ import annotations

from hypothesis import settings

# A busy machine is no fault of the rules: no deadline per example.
settings.register_profile("rekenen", deadline=None)
settings.load_profile("rekenen")
