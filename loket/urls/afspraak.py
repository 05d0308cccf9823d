"""Addresses of appointments: making one, following one's own, the agenda of the desk."""

from django.urls import path

from loket.views import afspraak, agendafeed, balie_afspraak, balie_afspraken, opvolgen_afspraak

MAKEN = "afspraak/<slug:soort>/<slug:locatie>/<slug:wijze>/"
BALIE = "werkbank/afspraken/"
NIEUW = f"{BALIE}nieuw/<slug:soort>/<slug:locatie>/<slug:wijze>/"

adressen = [
    # making one
    path("afspraak/", afspraak.waarover, name="afspraak"),
    path("afspraak/agenda/", afspraak.in_agenda, name="afspraak_agenda"),
    path("afspraak/<slug:soort>/", afspraak.waar, name="afspraak_waar"),
    path(MAKEN, afspraak.wanneer, name="afspraak_wanneer"),
    path(f"{MAKEN}<slug:code>/", afspraak.wie, name="afspraak_wie"),
    # one's own, with the code
    path("opvolgen/afspraak/", opvolgen_afspraak.afspraak, name="opvolgen_afspraak"),
    path("opvolgen/afspraak/agenda/", opvolgen_afspraak.in_agenda, name="opvolgen_afspraak_agenda"),
    path("opvolgen/afspraak/verzetten/", opvolgen_afspraak.verzetten, name="opvolgen_afspraak_verzetten"),
    path("opvolgen/afspraak/noden/", opvolgen_afspraak.noden, name="opvolgen_afspraak_noden"),
    path("opvolgen/afspraak/afzeggen/", opvolgen_afspraak.afzeggen, name="opvolgen_afspraak_afzeggen"),
    path("opvolgen/afspraak/wissen/", opvolgen_afspraak.wissen, name="opvolgen_afspraak_wissen"),
    # the desk; before the address of a question, which would take these words for a reference
    path("agenda/<slug:sleutel>/", agendafeed.agenda, name="agendafeed"),
    path(BALIE, balie_afspraken.afspraken, name="balie_afspraken"),
    path(f"{BALIE}mijn-agenda/", agendafeed.mijn_agenda, name="balie_mijn_agenda"),
    path(f"{BALIE}langs/", balie_afspraken.langs, name="balie_langs"),
    path(f"{BALIE}nieuw/", balie_afspraken.nieuw, name="balie_nieuw"),
    path(NIEUW, balie_afspraken.wanneer, name="balie_wanneer"),
    path(f"{NIEUW}<slug:code>/", balie_afspraken.wie, name="balie_wie"),
    path(f"{BALIE}<slug:referentie>/", balie_afspraak.afspraak, name="balie_afspraak"),
    path(f"{BALIE}<slug:referentie>/verzetten/", balie_afspraak.verzetten, name="balie_verzetten"),
    path(f"{BALIE}<slug:referentie>/<slug:stap>/", balie_afspraak.stap, name="balie_stap"),
]
