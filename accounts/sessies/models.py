"""The sessions of everyone who is logged in, each a row that its owner can see and end."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Sessie(AbstractBaseSession):
    """Django's session with whose it is and when they last did something themselves.

    ``expire_date`` is the end as it stands now: it moves on with every act. A session that was ended stays for a day,
    empty and long past, so that what its owner was still typing is known to be theirs.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessies")
    gezien_op = models.DateTimeField("laatst gebruikt", db_index=True)

    class Meta:
        verbose_name = "sessie"
        verbose_name_plural = "sessies"
