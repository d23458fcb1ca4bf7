from __future__ import annotations

from django.urls import path

from formatie import districtpagina, views

urlpatterns = [
    path("formatie/", views.formatie, name="formatie"),
    path("formatie/controle/", views.controle, name="formatie_controle"),
    path("formatie/versies/<slug:slug>/", views.versie, name="formatie_versie"),
    path("formatie/districten/<slug:code>/", districtpagina.district, name="formatie_district"),
]
