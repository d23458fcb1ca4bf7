"""Beheer: users, roles and tokens. Measured values are never here."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db.models import Model
from django.forms import ModelForm
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from accounts.models import Rolvervulling, User
from accounts.rollen import Recht
from accounts.toegang import mag
from common.vaststellen.audit import gebeurtenis, leg_vast


class AlleenBeheerders:
    """Replaces Django's own permissions: whoever may manage users may do it all, nobody else anything."""

    def _is_beheerder(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return mag(request, Recht.GEBRUIKERS_BEHEREN)

    has_module_permission = has_view_permission = has_add_permission = has_change_permission = _is_beheerder

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody is removed: what they did still carries their name. Make the account inactive."""
        return False


class RolvervullingInline(AlleenBeheerders, admin.StackedInline):
    """One role under the other: six fields beside each other run off the page."""

    model = Rolvervulling
    extra = 0

    def _is_van_een_ander(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._is_beheerder(request) and obj != request.user

    has_add_permission = has_change_permission = has_delete_permission = _is_van_een_ander


@admin.register(User)
class GebruikerAdmin(AlleenBeheerders, UserAdmin):
    """Users with their roles. Nobody changes their own role, so the last beheerder cannot remove themselves."""

    list_display = ["username", "first_name", "last_name", "rollen_in_woorden", "is_active"]
    list_filter = ["is_active", "rolvervullingen__rol"]
    filter_horizontal = []
    inlines = [RolvervullingInline]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Persoon", {"fields": ["first_name", "last_name", "email"]}),
        ("Account", {"fields": ["is_active", "last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    @admin.display(description="rollen")
    def rollen_in_woorden(self, user: User) -> str:
        return ", ".join(str(vervulling) for vervulling in user.vervullingen) or "geen"

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Nobody locks themselves out either."""
        eigen = obj is not None and obj == request.user
        return [*self.readonly_fields, "is_active"] if eigen else list(self.readonly_fields)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool) -> None:
        """Save the roles with one line in the audit trail, in the transaction the admin opened."""
        user = form.instance
        voor = _rollen(user)
        super().save_formset(request, form, formset, change)
        na = _rollen(user)
        if voor != na:
            van, naar = {"rollen": voor}, {"rollen": na}
            spoor = gebeurtenis("rollen gewijzigd", user, door=request.user, herkomst="beheer", van=van, naar=naar)
            leg_vast([spoor])
            messages.info(request, f"De rollen van {user} zijn gewijzigd.")


def _rollen(user: User) -> list[str]:
    return sorted(str(vervulling) for vervulling in Rolvervulling.objects.filter(user=user))
