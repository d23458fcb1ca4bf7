from __future__ import annotations

from django.urls import path

from formatie import views

urlpatterns = [
    path("formatie/", views.formatie, name="formatie"),
    path("formatie/controle/", views.controle, name="formatie_controle"),
    path("formatie/districten/<slug:code>/", views.district, name="formatie_district"),
]
