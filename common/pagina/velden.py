"""What forms of pages are made of."""

from __future__ import annotations

from typing import Any

from django import forms


class Datumveld(forms.DateField):
    """A day, typed or picked; it travels as 2026-11-28."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(required=kwargs.pop("required", False), **kwargs)


class Formulier(forms.Form):
    """Labels without a colon, as on every form of the site."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
