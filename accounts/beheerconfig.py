from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class BeheerConfig(AdminConfig):
    """Puts our own admin site in the place of Django's."""

    default_site = "accounts.beheersite.Beheersite"
