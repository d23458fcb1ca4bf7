"""Verdicts in templates."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from monitor.dashboards import oordelen

register = template.Library()


@register.simple_tag
def oordeel(code: str) -> SafeString:
    return oordelen.badge(code)


@register.simple_tag
def oordeel_aantal(code: str, aantal: int) -> SafeString:
    """The badge with a count before the word: what a theme card shows."""
    return oordelen.badge(code, f" {aantal}")


@register.filter
def toon_van(code: str) -> str:
    """The tone of a verdict (``achter``, ``goed``), for the edge of a card."""
    return oordelen.UITERLIJK[code].toon
