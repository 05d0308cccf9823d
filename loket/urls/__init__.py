from django.urls import path, register_converter

from loket.urls import afspraak as urls_afspraak
from loket.urls import balie as urls_balie
from loket.urls import lpdc as urls_lpdc
from loket.urls import verwijzen as urls_verwijzen
from loket.views import (
    cijfers,
    diensten,
    dossier,
    eigen,
    gegevens,
    hint,
    locaties,
    mail,
    noden,
    noodtoegang,
    opvolgen,
    persoon,
    standaardantwoorden,
    vernietiging,
    versheid,
    voor_mij,
    vraag,
    wegwijzer,
    zoeken,
)
from loket.wegwijzer.adres import Weg

register_converter(Weg, "weg")
app_name = "loket"
urlpatterns = [
    path("", zoeken.start, name="start"),
    path("zoeken/", zoeken.zoeken, name="zoeken"),
    path("suggesties/", zoeken.stel_voor, name="suggesties"),
    path("diensten/", diensten.alles, name="diensten"),
    path("diensten/<slug:slug>/", diensten.dienst, name="dienst"),
    path("diensten/<slug:slug>/misschien/", hint.misschien, name="misschien"),
    # places
    path("locaties/", locaties.locaties, name="locaties"),
    path("locaties/<slug:slug>/", locaties.locatie, name="locatie"),
    path("nakijken/", versheid.nakijken, name="versheid"),
    # the signpost
    path("wegwijzer/", wegwijzer.overzicht, name="wegwijzer"),
    path("wegwijzer/<slug:slug>/", wegwijzer.stap, name="wegwijzer_begin"),
    path("wegwijzer/<slug:slug>/<weg:pad>/", wegwijzer.stap, name="wegwijzer_stap"),
    # the counter: asking and following a question
    path("vraag/", vraag.vraag, name="vraag"),
    path("opvolgen/", opvolgen.opvolgen, name="opvolgen"),
    path("opvolgen/dossier/", opvolgen.dossier, name="opvolgen_dossier"),
    path("opvolgen/dossier/bijlage/<int:bijlage>/", opvolgen.bijlage, name="opvolgen_bijlage"),
    path("opvolgen/intrekken/", opvolgen.intrekken, name="opvolgen_intrekken"),
    path("opvolgen/wissen/", eigen.wissen, name="opvolgen_wissen"),
    path("opvolgen/contact/", eigen.contact, name="opvolgen_contact"),
    path("opvolgen/oordeel/", eigen.oordeel, name="opvolgen_oordeel"),
    path("opvolgen/kopie/", eigen.kopie, name="opvolgen_kopie"),
    path("opvolgen/wie-keek/", eigen.wie_keek, name="opvolgen_wie_keek"),
    path("wie-leest/", eigen.wie_leest, name="wie_leest"),
    path("opvolgen/kaartje/", eigen.kaartje, name="kaartje"),
    path("opvolgen/sluiten/", opvolgen.sluiten, name="opvolgen_sluiten"),
    # two compartments: reading a case of another team, in an emergency
    path("noodtoegang/", noodtoegang.noodtoegang, name="noodtoegang"),
    path("noodtoegang/<int:pk>/<slug:daad>/", noodtoegang.beslis, name="noodtoegang_beslis"),
    *urls_afspraak.adressen,
    # the desk
    *urls_balie.adressen,
    # figures
    path("werkbank/cijfers/", cijfers.cijfers, name="cijfers"),
    path("werkbank/cijfers/verslag.pdf", cijfers.pdf, name="cijfers_pdf"),
    path("werkbank/cijfers/verslag.xlsx", cijfers.xlsx, name="cijfers_xlsx"),
    path("werkbank/cijfers/<int:tabel>.csv", cijfers.csv, name="cijfers_csv"),
    # what people needed and did not get, and what the plan says to it
    path("werkbank/noden/", noden.noden, name="noden"),
    path("werkbank/noden/register.xlsx", noden.xlsx, name="noden_xlsx"),
    path("werkbank/noden/noteer/", noden.noteer, name="nood_noteren"),
    path("werkbank/signalen/", noden.signalen, name="signalen"),
    path("werkbank/signalen/nieuw/", noden.nieuw, name="signaal_nieuw"),
    path("werkbank/signalen/<int:pk>/", noden.signaal, name="signaal"),
    # the exchange with LPDC
    *urls_lpdc.stroom,
    *urls_lpdc.beheer,
    # mail that came in
    path("werkbank/mail/", mail.mails, name="werkbank_mails"),
    path("werkbank/mail/<int:pk>/", mail.mail, name="werkbank_mail"),
    path("werkbank/mail/<int:pk>/opnieuw/", mail.opnieuw, name="werkbank_mail_opnieuw"),
    path("werkbank/mail/<int:pk>/maak-vraag/", mail.maak_vraag, name="werkbank_mail_maak_vraag"),
    *urls_verwijzen.adressen,
    # one case
    # the desk: keeping and erasing
    path("werkbank/persoon/", persoon.persoon, name="werkbank_persoon"),
    path("werkbank/persoon/kopie/", persoon.kopie, name="werkbank_kopie"),
    path("vernietiging/", vernietiging.lijsten, name="vernietiging"),
    path("vernietiging/<int:pk>/", vernietiging.lijst, name="vernietigingslijst"),
    path("werkbank/wensen/", gegevens.wensen, name="werkbank_wensen"),
    path("werkbank/<slug:referentie>/gegevens/", gegevens.gegevens, name="werkbank_gegevens"),
    path("werkbank/<slug:referentie>/gegevens/<slug:daad>/", gegevens.daad, name="werkbank_gegevens_daad"),
    path("werkbank/voor-mij/", voor_mij.voor_mij, name="voor_mij"),
    path("werkbank/antwoorden/", standaardantwoorden.antwoorden, name="antwoorden"),
    path("werkbank/antwoorden/nieuw/", standaardantwoorden.antwoord, name="antwoord_nieuw"),
    path("werkbank/antwoorden/<int:pk>/", standaardantwoorden.antwoord, name="antwoord"),
    path("werkbank/antwoorden/<int:pk>/weg/", standaardantwoorden.antwoord_weg, name="antwoord_weg"),
    path("werkbank/<slug:referentie>/", dossier.dossier, name="werkbank_dossier"),
    path("werkbank/<slug:referentie>/spoor/", dossier.spoor, name="werkbank_spoor"),
    path("werkbank/<slug:referentie>/bijlage/<int:bijlage>/", dossier.bijlage, name="werkbank_bijlage"),
    path("werkbank/<slug:referentie>/zoek-antwoord/", standaardantwoorden.zoek_antwoord, name="zoek_antwoord"),
    path("werkbank/<slug:referentie>/<slug:stap>/", dossier.stap, name="werkbank_stap"),
]
