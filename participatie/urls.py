from django.urls import path

from participatie.views import beheer, beheer_organisaties, hoekje, inbreng, mensen, organisaties, rondes, vragen

app_name = "participatie"
urlpatterns = [
    # rounds
    path("", rondes.overzicht, name="overzicht"),
    path("rondes/<slug:slug>/", rondes.ronde, name="ronde"),
    path("rondes/<slug:slug>/inbreng/", inbreng.geef, name="geef"),
    path("rondes/<slug:slug>/vragen/", vragen.vul_in, name="vragen"),
    path("ontvangen/<slug:referentie>/<slug:sleutel>/", inbreng.ontvangen, name="ontvangen"),
    # organisations
    path("organisaties/", organisaties.lijst, name="organisaties"),
    path("organisaties/aanmelden/", organisaties.aanmelden, name="aanmelden"),
    path("organisaties/volgen/<slug:referentie>/<slug:sleutel>/", organisaties.volgen, name="volgen"),
    path("organisaties/volgen/<slug:referentie>/<slug:sleutel>/opnieuw/", organisaties.opnieuw, name="opnieuw"),
    path("uitgenodigd/<slug:referentie>/<slug:sleutel>/", mensen.uitgenodigd, name="uitgenodigd"),
    # the corner of an organisation
    path("mijn/", hoekje.start, name="mijn"),
    path("mijn/inbreng/<slug:referentie>/", hoekje.inbreng, name="mijn_inbreng"),
    path("mijn/voor/<slug:organisatie>/", hoekje.van, name="mijn_van"),
    path("mijn/voor/<slug:organisatie>/inbreng/", hoekje.inbrengen, name="mijn_inbrengen"),
    path("mijn/voor/<slug:organisatie>/mensen/", mensen.mensen, name="mijn_mensen"),
    path("mijn/voor/<slug:organisatie>/mensen/nodig-uit/", mensen.nodig_uit, name="mijn_nodig_uit"),
    path("mijn/voor/<slug:organisatie>/mensen/<int:pk>/", mensen.wijzig, name="mijn_mandaat"),
    path("mijn/voor/<slug:organisatie>/uitnodiging/<int:pk>/", mensen.trek_in, name="mijn_uitnodiging"),
    path("mijn/voor/<slug:organisatie>/wie-sprak/", mensen.geschiedenis, name="mijn_geschiedenis"),
    # staff
    path("beheer/", beheer.start, name="beheer"),
    path("beheer/aanmeldingen/", beheer.aanmeldingen, name="beheer_aanmeldingen"),
    path("beheer/aanmeldingen/<int:pk>/", beheer.aanmelding, name="beheer_aanmelding"),
    path("beheer/organisaties/", beheer_organisaties.organisaties, name="beheer_organisaties"),
    path("beheer/organisaties/<slug:code>/", beheer_organisaties.organisatie, name="beheer_organisatie"),
    path("beheer/inbreng/", beheer.nakijken, name="beheer_nakijken"),
    path("beheer/inbreng/<int:pk>/", beheer.inbreng, name="beheer_inbreng"),
    path("beheer/inbreng/<int:pk>/antwoord/", beheer.antwoord, name="beheer_antwoord"),
    path("beheer/rondes/<slug:slug>/", beheer.ronde, name="beheer_ronde"),
    path("beheer/rondes/<slug:slug>/publiceer/", beheer.publiceer, name="beheer_publiceer"),
]
