from django.urls import URLPattern, path

from sturing.volgen.views import sinds, volgen

urlpatterns: list[URLPattern] = [
    path("sinds/", sinds, name="sinds"),
    path("volgen/", volgen, name="volgen"),
]
