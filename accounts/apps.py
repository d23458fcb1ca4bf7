from django.apps import AppConfig
from django.contrib.admin import apps as admin


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "gebruikers en rollen"
    default = True


class BeheerConfig(admin.AdminConfig):
    """Django's admin with our own site."""

    default_site = "accounts.beheersite.Beheersite"
    default = False
