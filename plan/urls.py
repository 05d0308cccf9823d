from django.urls import path

from plan import codes  # noqa: F401 (registers the converter of codes)
from plan.views import (
    acties,
    besluiten,
    bestellen,
    deelplannen,
    dekking,
    documenten,
    geld,
    indicatoren,
    jaren,
    kaart,
    meten,
    mijn,
    plannen,
    redactie,
    teksten,
    uitvoer,
    versies,
    volgen,
    voorstellen,
    werk,
    werklijst,
)

app_name = "plan"
urlpatterns = [
    path("", plannen.plannen, name="plannen"),
    # the part of an organisation, for who speaks for it
    path("mijn/", mijn.overzicht, name="mijn"),
    path("mijn/voor/<slug:organisatie>/", mijn.overzicht, name="mijn_voor"),
    path("mijn/<int:nummer>/", mijn.deel, name="mijn_deel"),
    # editing: the own part, and what editors propose
    path("redactie/", redactie.overzicht, name="redactie"),
    path("redactie/<int:nummer>/", redactie.deel, name="redactie_deel"),
    path("redactie/<int:nummer>/geschiedenis/", redactie.geschiedenis, name="redactie_geschiedenis"),
    path("redactie/voorstellen/", voorstellen.lijst, name="voorstellen"),
    path("redactie/voorstellen/<int:nummer>/", voorstellen.voorstel, name="voorstel"),
    path("redactie/voorstellen/<int:nummer>/trek-in/", voorstellen.trek_voorstel_in, name="voorstel_trek_in"),
    # measuring, for who works on the plan
    path("meten/", meten.overzicht, name="meten"),
    path("meten/nieuw/<int:indicator>/", meten.invoer, name="meten_invoer"),
    path("meten/<int:meting>/", meten.meting, name="meting"),
    # following up, for who works on the plan
    path("werklijst/", werklijst.lijst, name="werklijst"),
    path("werklijst/opvolgen/", werklijst.opvolgen, name="opvolgen"),
    path("werklijst/acties/<int:pk>/", werk.actie, name="werk_actie"),
    path("werklijst/taken/<int:pk>/", werk.taak, name="werk_taak"),
    # news by mail: from the links in it
    path("volgen/<slug:referentie>/<slug:sleutel>/", volgen.bevestig, name="volgen_bevestig"),
    path("volgen/<slug:referentie>/<slug:sleutel>/stop/", volgen.stop, name="volgen_stop"),
    # one plan
    path("<slug:plan>/", plannen.plan, name="plan"),
    path("<slug:plan>/afdrukken/", plannen.afdrukken, name="afdrukken"),
    # the whole plan as a file
    path("<slug:plan>/plan.<uitvoervorm:vorm>", uitvoer.bestand, name="uitvoer"),
    path("<slug:plan>/versies/<int:nummer>/plan.<uitvoervorm:vorm>", uitvoer.bestand, name="uitvoer_versie"),
    path("<slug:plan>/geld/", geld.geld, name="geld"),
    path("<slug:plan>/geld/vertaling/", geld.vertaling, name="vertaling"),
    path("<slug:plan>/geld/vertaling.xlsx", geld.vertaling_xlsx, name="vertaling_xlsx"),
    # what changes in it
    path("<slug:plan>/nieuws/", volgen.nieuws, name="nieuws"),
    path("<slug:plan>/nieuws/atom/", volgen.atom, name="atom"),
    path("<slug:plan>/nieuws/<onderdeelcode:code>/", volgen.nieuws, name="nieuws_deel"),
    path("<slug:plan>/nieuws/<onderdeelcode:code>/atom/", volgen.atom, name="atom_deel"),
    path("<slug:plan>/volgen/", volgen.volgen, name="volgen"),
    path("<slug:plan>/volgen/bijna-klaar/", volgen.gevraagd, name="volgen_gevraagd"),
    # the parts
    path("<slug:plan>/garanties/<onderdeelcode:code>/", acties.garantie, name="garantie"),
    path("<slug:plan>/garanties/<onderdeelcode:code>/kaart/", kaart.kaart, name="kaart"),
    path("<slug:plan>/garanties/<onderdeelcode:code>/kaart.pdf", kaart.pdf, name="kaart_pdf"),
    path("<slug:plan>/acties/", acties.lijst, name="acties"),
    path("<slug:plan>/acties/<onderdeelcode:code>/", acties.actie, name="actie"),
    # whom it reaches, and where it does not
    path("<slug:plan>/matrix/", dekking.matrix, name="matrix"),
    path("<slug:plan>/matrix.xlsx", dekking.xlsx, name="matrix_xlsx"),
    path("<slug:plan>/matrix.csv", dekking.csv, name="matrix_csv"),
    path("<slug:plan>/matrix/<slug:thema>/<slug:doelgroep>/", dekking.vak, name="vak"),
    path("<slug:plan>/leemten/", dekking.leemten, name="leemten"),
    path("<slug:plan>/leemten/<slug:thema>/<slug:doelgroep>/", dekking.leemte, name="leemte"),
    path("<slug:plan>/jaren/<int:jaar>/", jaren.jaar, name="jaar"),
    path("<slug:plan>/jaren/<int:jaar>/verslag/<opvolgmoment:moment>/", jaren.verslag, name="jaarverslag"),
    path("<slug:plan>/jaren/<int:jaar>/verslag/<opvolgmoment:moment>.pdf", jaren.verslag_pdf, name="jaarverslag_pdf"),
    path(
        "<slug:plan>/jaren/<int:jaar>/verslag/<opvolgmoment:moment>.xlsx", jaren.verslag_xlsx, name="jaarverslag_xlsx"
    ),
    # what is measured
    path("<slug:plan>/indicatoren/", indicatoren.lijst, name="indicatoren"),
    path("<slug:plan>/indicatoren/<onderdeelcode:code>/", indicatoren.indicator, name="indicator"),
    # how it was made and what it rests on
    path("<slug:plan>/proces/", teksten.proces, name="proces"),
    path("<slug:plan>/structuur/", teksten.structuur, name="structuur"),
    path("<slug:plan>/principes/", teksten.principes, name="principes"),
    path("<slug:plan>/cijfers/", teksten.cijfers, name="cijfers"),
    path("<slug:plan>/pijlers/", teksten.pijlers, name="pijlers"),
    path("<slug:plan>/pijlers/<slug:code>/", teksten.pijler, name="pijler"),
    # the way past both councils
    path("<slug:plan>/weg/", besluiten.weg, name="weg"),
    path("<slug:plan>/besluiten/<int:besluit>/", besluiten.besluit, name="besluit"),
    # frozen versions and what differs between two
    path("<slug:plan>/versies/", versies.lijst, name="versies"),
    path("<slug:plan>/versies/vergelijk/", versies.vergelijking, name="vergelijking"),
    path("<slug:plan>/versies/<int:nummer>/", versies.versie, name="versie"),
    path("<slug:plan>/versies/<int:van>/<int:naar>/", versies.verschil, name="verschil"),
    path("<slug:plan>/versies/<int:van>/<int:naar>/in-gewone-taal/", versies.veranderd, name="veranderd"),
    path("<slug:plan>/versies/<int:van>/<int:naar>/verschil.xlsx", versies.verschil_xlsx, name="verschil_xlsx"),
    # derived plans
    path("<slug:plan>/deelplannen/", deelplannen.lijst, name="deelplannen"),
    path("<slug:plan>/deelplannen/<slug:slug>/", deelplannen.deelplan, name="deelplan"),
    path("<slug:plan>/versies/<int:nummer>/deelplannen/<slug:slug>/", deelplannen.bevroren, name="deelplan_versie"),
    # papers
    path("<slug:plan>/documenten/", documenten.lijst, name="documenten"),
    path("<slug:plan>/documenten/<slug:slug>/", documenten.document, name="document"),
    path("<slug:plan>/documenten/<slug:slug>/bestand/", documenten.bestand, name="document_bestand"),
    path("<slug:plan>/bestellen/", bestellen.bestellen, name="bestellen"),
    path("<slug:plan>/bestellen/dank-je/", bestellen.besteld, name="besteld"),
]
