from django.urls import URLPattern, path

from sturing.doelenboom import views as agendapaginas

urlpatterns: list[URLPattern] = [
    path("agenda/", agendapaginas.doelenboom, name="doelenboom"),
    path("agenda/koppelingen/", agendapaginas.koppelingen, name="koppelingen"),
]
