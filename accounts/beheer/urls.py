from django.urls import path

from accounts.beheer.views import accounts, gebruiker, nieuw, sleutels

urlpatterns = [
    path("beheer/accounts/", accounts, name="beheer_accounts"),
    path("beheer/nieuw/", nieuw, name="beheer_nieuw"),
    path("beheer/sleutels/", sleutels, name="beheer_sleutels"),
    path("beheer/gebruikers/<int:pk>/", gebruiker, name="beheer_gebruiker"),
]
