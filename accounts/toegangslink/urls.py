from django.urls import path

from accounts.toegangslink.views import open_link, toegang

urlpatterns = [
    path("toegang/", toegang, name="toegang"),
    path("toegang/<str:sleutel>/", open_link, name="toegang_link"),
]
