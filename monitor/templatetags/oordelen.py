"""Verdicts, and how far ambitions are, in templates."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from monitor.dashboards.indicator.signaal.merk import merk
from monitor.dashboards.oordeel.uiterlijk import badge, icoon_van
from sturing.lezen.ambities import standmerk

register = template.Library()
register.simple_tag(badge, name="oordeel")
register.simple_tag(icoon_van, name="vorm")
register.simple_tag(merk, name="signaal")
register.simple_tag(standmerk, name="ambitiestand")


@register.filter
def kleine_eenheid(tekst: str) -> SafeString:
    """A large figure with its unit in small: 40 onderzoeken. What has no unit after it (82%, € 1.234) stays whole."""
    getal, spatie, eenheid = tekst.partition(" ")
    if not spatie or not getal[-1].isdigit():
        return format_html("{}", tekst)
    return format_html('{} <span class="eenheid">{}</span>', getal, eenheid)
