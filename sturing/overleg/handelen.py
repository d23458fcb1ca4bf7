"""What the pages around a meeting share: several forms on one page, of which one is sent at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from common.pagina.peildatum import Nu
from common.pagina.tonen import Context
from common.vaststellen.bewaking import Geweigerd
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.voorleggen import meld_fouten


def getypt_voor(request: HttpRequest, naam: str) -> dict[str, Any]:
    """What a form of this name is made with: what was typed in it, where it is the one that was sent."""
    gestuurd = request.method == "POST" and request.POST.get("handeling") == naam
    return {"data": request.POST if gestuurd else None, "prefix": naam}


def voer_uit(formulier: forms.Form, handeling: Callable[..., str]) -> str:
    """Do what the form asks with its fields, and give what to say of it; nothing when it says what is wrong.

    Of a form with a field that cannot be read nothing is done, and the rest is said with it.
    """
    leesbaar = formulier.is_valid()
    velden = {naam: _leeg(veld) for naam, veld in formulier.fields.items()} | formulier.cleaned_data
    try:
        with transaction.atomic() if not leesbaar else nullcontext():
            gedaan = handeling(**velden)
            if leesbaar:
                return gedaan
            transaction.set_rollback(True)
    except (InvoerFout, Geweigerd) as fout:
        meld_fouten(formulier, fout)
    return ""


def _leeg(veld: forms.Field) -> Any:
    """What a field holds in which nothing was filled in."""
    return getattr(veld, "empty_value", "" if type(veld) is forms.ChoiceField else None)


def foutmelding(formulieren: Iterable[forms.Form]) -> dict[str, Any]:
    """What is wrong, and whether there is anything typed that stays."""
    gestuurd = [formulier for formulier in formulieren if formulier.is_bound]
    getypt = any(veld.value() for formulier in gestuurd for veld in formulier.visible_fields())
    return {"fouten": list(_fouten_in(gestuurd)), "getypt": getypt}


def _fouten_in(formulieren: Iterable[forms.Form]) -> Iterator[tuple[str, str, str]]:
    """Everything that is wrong: the id of its field or else of its form, what that is called, and the sentence."""
    for formulier in formulieren:
        for naam, zinnen in formulier.errors.items():
            yield from ((*_plek(formulier, naam), str(zin)) for zin in zinnen)


def _plek(formulier: forms.Form, naam: str) -> tuple[str, str]:
    """Of a group of boxes the first is the place."""
    if naam in formulier.fields:
        veld = formulier[naam]
        return veld.id_for_label or f"{veld.auto_id}_0", str(veld.label)
    return (f"doe-{formulier.prefix}", "Dit formulier") if formulier.prefix else ("", "")


def terugkijken(bekend: Nu, dag: date, hier: str, *via: tuple[str, str]) -> Context:
    """What a page of the meetings says of the day it is of, and how its links and the way to it keep that."""
    weg = [(naam, reverse(route) + bekend.vraag()) for naam, route in (("Overzicht", "overzicht"), *via)]
    return {
        "kruimels": [*weg, (hier, "")],
        "stand": {"tekst": f"Zoals bekend op {dag:%d-%m-%Y}", "bekend_op": dag, "vandaag": timezone.localdate()},
        "terugblik": bekend.terugblik,
        "terugvraag": bekend.vraag(),
    }
