from django.urls import path

from participatie.views import beheer, inbreng, organisaties, rondes

app_name = "participatie"
urlpatterns = [
    # rounds
    path("", rondes.overzicht, name="overzicht"),
    path("rondes/<slug:slug>/", rondes.ronde, name="ronde"),
    path("rondes/<slug:slug>/inbreng/", inbreng.geef, name="geef"),
    path("ontvangen/<slug:referentie>/<slug:sleutel>/", inbreng.ontvangen, name="ontvangen"),
    # organisations
    path("organisaties/", organisaties.lijst, name="organisaties"),
    path("organisaties/aanmelden/", organisaties.aanmelden, name="aanmelden"),
    path("organisaties/volgen/<slug:referentie>/<slug:sleutel>/", organisaties.volgen, name="volgen"),
    path("mijn/", organisaties.mijn, name="mijn"),
    path("mijn/inbreng/<slug:referentie>/", organisaties.mijn_inbreng, name="mijn_inbreng"),
    # staff
    path("beheer/", beheer.start, name="beheer"),
    path("beheer/aanmeldingen/", beheer.aanmeldingen, name="beheer_aanmeldingen"),
    path("beheer/aanmeldingen/<int:pk>/", beheer.aanmelding, name="beheer_aanmelding"),
    path("beheer/inbreng/", beheer.nakijken, name="beheer_nakijken"),
    path("beheer/inbreng/<int:pk>/", beheer.inbreng, name="beheer_inbreng"),
    path("beheer/inbreng/<int:pk>/antwoord/", beheer.antwoord, name="beheer_antwoord"),
    path("beheer/rondes/<slug:slug>/", beheer.ronde, name="beheer_ronde"),
    path("beheer/rondes/<slug:slug>/publiceer/", beheer.publiceer, name="beheer_publiceer"),
]
