"""Addresses of referring: at the desk, at the partner's, and on the client's own page."""

from django.urls import path, re_path

from loket.views import opvolgen_verwijzing, partner, partners, verwijzen

adressen = [
    # referring, at the desk
    path("werkbank/doorverwijzingen/", verwijzen.lijst, name="werkbank_verwijzingen"),
    path("werkbank/partners/", partners.partners, name="balie_partners"),
    path("werkbank/partners/<slug:organisatie>/", partners.partner, name="balie_partner"),
    path("werkbank/<slug:referentie>/doorverwijzen/", verwijzen.kies, name="werkbank_doorverwijzen"),
    path(
        "werkbank/<slug:referentie>/doorverwijzen/<slug:organisatie>/", verwijzen.stel_voor, name="werkbank_stel_voor"
    ),
    path(
        "werkbank/<slug:referentie>/doorverwijzing/<slug:verwijzing>/",
        verwijzen.verwijzing,
        name="werkbank_verwijzing",
    ),
    path(
        "werkbank/<slug:referentie>/doorverwijzing/<slug:verwijzing>/toestemming/",
        verwijzen.blad,
        name="werkbank_toestemming",
    ),
    path(
        "werkbank/<slug:referentie>/doorverwijzing/<slug:verwijzing>/<slug:stap>/",
        verwijzen.stap,
        name="werkbank_verwijsstap",
    ),
    # referring, at the partner's and on the client's own page
    path("partner/", partner.overzicht, name="partner"),
    re_path(r"^partner/doorverwijzingen\.(?P<soort>xlsx|csv)$", partner.bestand, name="partner_bestand"),
    path("partner/capaciteit/", partner.capaciteit, name="partner_capaciteit"),
    path("partner/breng/", partner.breng, name="partner_breng"),
    path("partner/voor/<slug:organisatie>/", partner.overzicht, name="partner_voor"),
    re_path(
        r"^partner/voor/(?P<organisatie>[-\w]+)/doorverwijzingen\.(?P<soort>xlsx|csv)$",
        partner.bestand,
        name="partner_bestand_voor",
    ),
    path("partner/voor/<slug:organisatie>/capaciteit/", partner.capaciteit, name="partner_capaciteit_voor"),
    path("partner/voor/<slug:organisatie>/breng/", partner.breng, name="partner_breng_voor"),
    path("partner/<slug:referentie>/", partner.verwijzing, name="partner_verwijzing"),
    path("partner/<slug:referentie>/<slug:stap>/", partner.stap, name="partner_stap"),
    path("opvolgen/doorverwijzing/<slug:verwijzing>/", opvolgen_verwijzing.verwijzing, name="opvolgen_verwijzing"),
    path(
        "opvolgen/doorverwijzing/<slug:verwijzing>/<slug:stap>/",
        opvolgen_verwijzing.verwijzing,
        name="opvolgen_verwijsstap",
    ),
]
