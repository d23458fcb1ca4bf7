"""What a person sets for themselves."""

import re
from typing import Any

from django import forms

MEESTE_KOLOMMEN = 60
KOLOMNAAM = re.compile(r"[a-z0-9_-]{1,40}", re.ASCII)


class Kolommenformulier(forms.Form):
    """The columns of one table: all there are to choose from, and those that are ticked.

    More than one table of a page may stand in the same form, so each puts its name behind its fields.
    """

    tabel = forms.SlugField(max_length=40)

    def clean(self) -> dict[str, Any]:
        namen = [*self._namen("kolom"), *self._namen("toon")]
        if not all(KOLOMNAAM.fullmatch(naam) for naam in namen) or len(self._namen("kolom")) > MEESTE_KOLOMMEN:
            raise forms.ValidationError("Onbekende kolom.")
        return self.cleaned_data

    def verborgen(self) -> set[str]:
        """The columns that could be chosen and were not."""
        return set(self._namen("kolom")) - set(self._namen("toon"))

    def _namen(self, veld: str) -> list[str]:
        return self.data.getlist(f"{veld}-{self.cleaned_data.get('tabel', '')}")  # type: ignore[attr-defined]  # a QueryDict
