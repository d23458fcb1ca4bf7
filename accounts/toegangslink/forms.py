"""The form with which the owner of an account sets a password."""

from django.contrib.auth.forms import SetPasswordForm


class Beginformulier(SetPasswordForm):
    """Twice the same, and good enough; the service says so again."""

    use_required_attribute = False
