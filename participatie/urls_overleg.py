"""The addresses of meetings: for everyone, for who is invited, and for who makes them."""

from django.urls import path

from participatie.views import beheer_overleg, beheer_verslag, mijn_overleg, overleg

urlpatterns = [
    path("overleg/", overleg.lijst, name="overleggen"),
    path("overleg/agenda.ics", overleg.agenda, name="overleg_agenda"),
    path("overleg/agenda/<slug:sleutel>.ics", overleg.agenda_van_organisatie, name="overleg_agenda_organisatie"),
    path("overleg/inschrijving/<slug:referentie>/<slug:sleutel>/", overleg.inschrijving, name="overleg_inschrijving"),
    path(
        "overleg/inschrijving/<slug:referentie>/<slug:sleutel>/overleg.ics",
        overleg.inschrijving_in_agenda,
        name="overleg_inschrijving_agenda",
    ),
    path("overleg/uitnodiging/<slug:referentie>/<slug:sleutel>/", overleg.genodigd, name="overleg_genodigd"),
    path(
        "overleg/uitnodiging/<slug:referentie>/<slug:sleutel>/documenten/<int:pk>/",
        overleg.document_van_genodigde,
        name="overleg_genodigd_document",
    ),
    path("overleg/<slug:slug>/", overleg.overleg, name="overleg"),
    path("overleg/<slug:slug>/inschrijven/", overleg.inschrijven, name="overleg_inschrijven"),
    path("overleg/<slug:slug>/overleg.ics", overleg.in_agenda, name="overleg_in_agenda"),
    path("overleg/<slug:slug>/verslag.pdf", overleg.verslag_pdf, name="overleg_verslag_pdf"),
    path("overleg/<slug:slug>/documenten/<int:pk>/", overleg.document, name="overleg_document"),
    path("mijn/overleg/", mijn_overleg.mijn_overleg, name="mijn_overleg"),
    path("beheer/overleg/", beheer_overleg.lijst, name="beheer_overleggen"),
    path("beheer/overleg/nieuw/", beheer_overleg.nieuw, name="beheer_overleg_nieuw"),
    path("beheer/overleg/taken/", beheer_overleg.taken, name="beheer_overlegtaken"),
    path("beheer/overleg/<slug:slug>/", beheer_overleg.overleg, name="beheer_overleg"),
    path("beheer/overleg/<slug:slug>/wijzig/", beheer_overleg.wijzig, name="beheer_overleg_wijzig"),
    path("beheer/overleg/<slug:slug>/agenda/", beheer_overleg.agenda, name="beheer_overleg_agenda"),
    path("beheer/overleg/<slug:slug>/agenda/<int:pk>/", beheer_overleg.agendapunt, name="beheer_overleg_punt"),
    path("beheer/overleg/<slug:slug>/uitnodigen/", beheer_overleg.uitnodigen, name="beheer_overleg_uitnodigen"),
    path(
        "beheer/overleg/<slug:slug>/uitnodigen/<int:pk>/weg/",
        beheer_overleg.uitnodiging_weg,
        name="beheer_overleg_uitnodiging_weg",
    ),
    path("beheer/overleg/<slug:slug>/documenten/", beheer_overleg.documenten, name="beheer_overleg_documenten"),
    path("beheer/overleg/<slug:slug>/aanwezig/", beheer_verslag.aanwezig, name="beheer_overleg_aanwezig"),
    path("beheer/overleg/<slug:slug>/aanwezig/<int:pk>/", beheer_verslag.vink, name="beheer_overleg_vink"),
    path("beheer/overleg/<slug:slug>/verslag/", beheer_verslag.verslag, name="beheer_verslag"),
    path("beheer/overleg/<slug:slug>/verslag/<int:pk>/", beheer_verslag.verslagpunt, name="beheer_verslagpunt"),
    path("beheer/overleg/<slug:slug>/regel/<int:pk>/", beheer_verslag.verslagregel, name="beheer_verslagregel"),
]
