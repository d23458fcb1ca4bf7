"""Texts that people typed, in templates."""

from __future__ import annotations

from django import template

from common.tekst import tekens

register = template.Library()


@register.filter
def zichtbaar(tekst: str) -> str:
    return tekens.zichtbaar(tekst)
