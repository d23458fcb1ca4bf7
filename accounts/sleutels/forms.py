"""The form with which someone makes a key for a program."""

from __future__ import annotations

from django import forms

from accounts.sleutels.services import LANGSTE_SLEUTELNAAM, LIJSTEN
from common.pagina.velden import Datumveld, Formulier


class Sleutelformulier(Formulier):
    naam = forms.CharField(
        label="Waarvoor", max_length=LANGSTE_SLEUTELNAAM, help_text="Zoals het programma dat hiermee leest."
    )
    geldig_tot = Datumveld(label="Geldig tot en met", required=True, help_text="Hoogstens een jaar.")
    lijsten = forms.MultipleChoiceField(
        label="Alleen deze lijsten",
        choices=[(lijst, lijst) for lijst in LIJSTEN],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Vinkt u niets aan, dan leest de sleutel alles wat u mag lezen.",
    )
