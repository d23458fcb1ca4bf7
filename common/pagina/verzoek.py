"""Requests that cannot be answered, for a reason the reader can do something about."""

from __future__ import annotations

from django.core.exceptions import BadRequest


class Uitgelegd(BadRequest):
    """A bad request whose message is a Dutch sentence for the reader; the page of the refusal shows it."""
