from __future__ import annotations

from django.contrib.auth import views


class Inloggen(views.LoginView):
    """Log in with name and password; a person who is logged in already goes on to the overview."""

    template_name = "accounts/inloggen.html"
    redirect_authenticated_user = True


class Uitloggen(views.LogoutView):
    """Log out; only by POST, so that no link or image can do it."""
