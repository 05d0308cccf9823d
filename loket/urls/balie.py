"""The addresses of the desk that are not about one case. They come before those of a case."""

from django.urls import path

from loket.views import intake, reeks, verdeling, werkbank, werklast

adressen = [
    # lists
    path("werkbank/", werkbank.werkbank, name="werkbank"),
    path("werkbank/reeks/", reeks.reeks, name="werkbank_reeks"),
    path("werkbank/filters/", reeks.bewaar_filter, name="werkbank_filter"),
    path("werkbank/filters/<int:pk>/wis/", reeks.wis_filter, name="werkbank_filter_wis"),
    path("werkbank/werklast/", werklast.toon, name="werkbank_werklast"),
    # routing
    path("werkbank/verdeling/", verdeling.verdeling, name="verdeling"),
    path("werkbank/verdeling/ontwerp/", verdeling.ontwerp, name="verdeling_ontwerp"),
    path("werkbank/verdeling/nieuw/", verdeling.regel, name="verdeling_nieuw"),
    path("werkbank/verdeling/<int:pk>/", verdeling.regel, name="verdeling_regel"),
    path("werkbank/verdeling/<int:pk>/wis/", verdeling.wis, name="verdeling_wis"),
    path("werkbank/verdeling/<int:pk>/<slug:kant>/", verdeling.verplaats, name="verdeling_verplaats"),
    # contacts
    path("werkbank/nieuw/", intake.intake, name="werkbank_intake"),
    path("werkbank/nieuw/<slug:referentie>/bewijs/", intake.bewijs, name="werkbank_bewijs"),
    path("werkbank/nieuw/<slug:referentie>/schrap/", intake.schrap, name="werkbank_schrap"),
]
