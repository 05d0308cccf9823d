from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.http import require_safe

from sociaalhuis.sitemap import SITEMAPS
from sociaalhuis.views import demopost, galerij, gezond, paginas, start, stijl

urlpatterns = [
    # the front door
    path("", start.startpagina, name="startpagina"),
    path("aangemeld/", start.na_aanmelden, name="start_na_aanmelden"),
    path("account/", include("sociaalhuis.account_urls")),
    # the rooms
    path("loket/", include("loket.urls")),
    path("plan/", include("plan.urls")),
    path("participatie/", include("participatie.urls")),
    path("beheer/", admin.site.urls),
    # about the house
    path("privacy/", paginas.pagina, {"slug": "privacy"}, name="privacy"),
    path("toegankelijkheid/", paginas.pagina, {"slug": "toegankelijkheid"}, name="toegankelijkheid"),
    path("over/", paginas.pagina, {"slug": "over"}, name="over"),
    path("gezond/", gezond.gezond, name="gezond"),
    path("galerij/", galerij.galerij, name="galerij"),
    # for browsers and robots
    path("huis.css", stijl.huis_css, name="huis_css"),
    path("huis/logo/", stijl.huis_logo, name="huis_logo"),
    path("favicon.ico", paginas.favicon, name="favicon"),
    path("robots.txt", paginas.robots_txt, name="robots_txt"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path(".well-known/security.txt", paginas.security_txt, name="security_txt"),
    # the demo
    path("demo/post/", demopost.lijst, name="demopost"),
    path("demo/post/<uuid:nummer>/", demopost.bericht, name="demobericht"),
]

handler400 = "sociaalhuis.views.fouten.slecht_verzoek"
handler403 = "sociaalhuis.views.fouten.geen_toegang"
handler404 = "sociaalhuis.views.fouten.niet_gevonden"
handler429 = "sociaalhuis.views.fouten.te_vaak"
handler500 = "sociaalhuis.views.fouten.fout"
