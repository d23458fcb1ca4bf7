from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

urlpatterns = [
    path(
        "toegankelijkheid/",
        login_not_required(TemplateView.as_view(template_name="toegankelijkheid.html")),
        name="toegankelijkheid",
    ),
]
