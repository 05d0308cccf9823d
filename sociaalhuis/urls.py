from django.contrib import admin
from django.urls import include, path

from sociaalhuis.views import start, stijl

urlpatterns = [
    path("", start.startpagina, name="startpagina"),
    path("huis.css", stijl.huis_css, name="huis_css"),
    path("aangemeld/", start.na_aanmelden, name="start_na_aanmelden"),
    path("account/", include("allauth.urls")),
    path("loket/", include("loket.urls")),
    path("plan/", include("plan.urls")),
    path("participatie/", include("participatie.urls")),
    path("beheer/", admin.site.urls),
]
