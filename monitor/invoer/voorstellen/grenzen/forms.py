"""The form to propose new limits; the services say what is wrong."""

from django import forms

from monitor.invoer.regels.validatie import MAX_TOELICHTING
from monitor.invoer.vaststellen.voorleggen import Voorstelformulier


class Grensformulier(Voorstelformulier):
    jaar = forms.IntegerField(label="Jaar", widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    kwartaal = forms.TypedChoiceField(
        label="Kwartaal", choices=[(nummer, f"Q{nummer}") for nummer in (1, 2, 3, 4)], coerce=int, empty_value=None
    )
    reden = forms.CharField(
        label="Welke afgesproken verandering is dit?",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MAX_TOELICHTING}),
    )
