"""Every page that a person can reach, and who reaches it. A new page without a row here fails test_paginas.py.

`wie`: an account of the demo (without the domain), None for a visitor without a cookie, or one of these:
"vrager" (someone who opened a question with the code), "wie-komt" (the same with an appointment),
"vrager-verwezen" (who is asked to agree to a referral), "zonder-wachtwoord" (an account that logs in by mailed code),
"met-app" (an account with an app for codes). `adres` may hold the names that `voorwerpen()` gives.
"""

from datetime import date, timedelta
from typing import NamedTuple

from sociaalhuis.inzending import sleutel_bij


class Pagina(NamedTuple):
    naam: str  # of the URL pattern
    adres: str
    wie: str | None = None
    status: int = 200


PLAN = "/plan/2026-2031"

VOORDEUR = [
    Pagina("startpagina", "/"),
    Pagina("privacy", "/privacy/"),
    Pagina("toegankelijkheid", "/toegankelijkheid/"),
    Pagina("over", "/over/"),
    Pagina("gezond", "/gezond/"),
    Pagina("galerij", "/galerij/"),
    Pagina("demopost", "/demo/post/"),
    Pagina("demobericht", "/demo/post/{mail}/"),
    Pagina("niet gevonden", "/bestaat-niet/", status=404),
    Pagina("startpagina", "/", "coordinator"),
    Pagina("niet gevonden", "/bestaat-niet/", "planner", status=404),
]
LOKET = [
    Pagina("loket:zoeken", "/loket/zoeken/"),
    Pagina("loket:zoeken", "/loket/zoeken/?q=huur"),
    Pagina("loket:zoeken", "/loket/zoeken/?q=leeflon"),
    Pagina("loket:zoeken", "/loket/zoeken/?q=xqzwv"),
    Pagina("loket:zoeken", "/loket/zoeken/?q=%D9%84%D8%A7+%D8%A3%D8%B3%D8%AA%D8%B7%D9%8A%D8%B9"),
    Pagina("loket:vraag", "/loket/vraag/?taal=ar"),
    Pagina("loket:zoeken", "/loket/zoeken/?thema=geld"),
    Pagina("loket:diensten", "/loket/diensten/"),
    Pagina("loket:dienst", "/loket/diensten/leefloon/"),
    Pagina("loket:dienst", "/loket/diensten/parkeerkaart/"),
    Pagina("loket:locaties", "/loket/locaties/"),
    Pagina("loket:locatie", "/loket/locaties/wilgenplein/"),
    Pagina("loket:locatie", "/loket/locaties/berkenhove/"),
    Pagina("loket:misschien", "/loket/diensten/leefloon/misschien/"),
    Pagina("loket:wegwijzer", "/loket/wegwijzer/"),
    Pagina("loket:wegwijzer_begin", "/loket/wegwijzer/rekeningen/"),
    Pagina("loket:wegwijzer_begin", "/loket/wegwijzer/thuis/"),
    Pagina("loket:wegwijzer_begin", "/loket/wegwijzer/rekeningen/?ontwerp=1", "loket.ocmw"),
    Pagina("loket:wegwijzer_stap", "/loket/wegwijzer/rekeningen/0000/"),
    Pagina("loket:wegwijzer_stap", "/loket/wegwijzer/rekeningen/{weg_uitkomst}/"),
    Pagina("loket:afspraak", "/loket/afspraak/"),
    Pagina("loket:afspraak", "/loket/afspraak/?thema=geld"),
    Pagina("loket:afspraak", "/loket/afspraak/?dienst=leefloon"),
    Pagina("loket:afspraak_waar", "/loket/afspraak/onthaal/"),
    Pagina("loket:afspraak_wanneer", "/loket/afspraak/schulden/wilgenplein/hier/"),
    Pagina("loket:afspraak_wie", "/loket/afspraak/onthaal/wilgenplein/hier/{vrij_moment}/"),
    Pagina("loket:opvolgen_afspraak", "/loket/opvolgen/afspraak/", "wie-komt"),
    Pagina("loket:opvolgen_afspraak_verzetten", "/loket/opvolgen/afspraak/verzetten/", "wie-komt"),
    Pagina("loket:opvolgen_afspraak_noden", "/loket/opvolgen/afspraak/noden/", "wie-komt"),
    Pagina("loket:opvolgen_afspraak_afzeggen", "/loket/opvolgen/afspraak/afzeggen/", "wie-komt"),
    Pagina("loket:opvolgen_afspraak_wissen", "/loket/opvolgen/afspraak/wissen/", "wie-komt"),
    Pagina("loket:vraag", "/loket/vraag/"),
    Pagina("loket:vraag", "/loket/vraag/?dienst=leefloon"),
    Pagina("loket:vraag", "/loket/vraag/?q=mijn+man+slaat+mij"),
    Pagina("loket:opvolgen", "/loket/opvolgen/"),
    Pagina("loket:opvolgen_dossier", "/loket/opvolgen/dossier/", "vrager"),
    Pagina("loket:opvolgen_intrekken", "/loket/opvolgen/intrekken/", "vrager"),
    Pagina("loket:opvolgen_wissen", "/loket/opvolgen/wissen/", "vrager"),
    Pagina("loket:opvolgen_contact", "/loket/opvolgen/contact/", "vrager"),
    Pagina("loket:opvolgen_kopie", "/loket/opvolgen/kopie/", "vrager"),
    Pagina("loket:opvolgen_wie_keek", "/loket/opvolgen/wie-keek/", "vrager"),
    Pagina("loket:wie_leest", "/loket/wie-leest/"),
    Pagina("loket:kaartje", "/loket/opvolgen/kaartje/"),
]
WERKBANK = [
    Pagina("loket:werkbank", "/loket/werkbank/", "loket.ocmw"),
    Pagina("loket:werkbank", "/loket/werkbank/?lijst=mij", "loket.ocmw"),
    Pagina("loket:werkbank", "/loket/werkbank/?q=2020-BESTAATNIET", "loket.ocmw"),
    Pagina("loket:werkbank", "/loket/werkbank/?lijst=quarantaine", "team.ocmw"),
    Pagina("loket:werkbank", "/loket/werkbank/?lijst=sluit", "loket.ocmw"),
    Pagina("loket:werkbank", "/loket/werkbank/?lijst=team&thema=geld&orde=nieuwste", "team.ocmw"),
    Pagina("loket:werkbank", "/loket/werkbank/?lijst=geparkeerd", "loket.gemeente"),
    Pagina("loket:werkbank_werklast", "/loket/werkbank/werklast/", "team.ocmw"),
    Pagina("loket:verdeling", "/loket/werkbank/verdeling/", "team.ocmw"),
    Pagina("loket:verdeling", "/loket/werkbank/verdeling/", "beheer"),
    Pagina("loket:verdeling_nieuw", "/loket/werkbank/verdeling/nieuw/", "team.ocmw"),
    Pagina("loket:verdeling_ontwerp", "/loket/werkbank/verdeling/ontwerp/", "team.ocmw"),
    Pagina("loket:verdeling_regel", "/loket/werkbank/verdeling/{verdeelregel}/", "beheer"),
    Pagina("loket:balie_afspraken", "/loket/werkbank/afspraken/", "loket.ocmw"),
    Pagina("loket:balie_afspraken", "/loket/werkbank/afspraken/?weergave=week&dag={afspraak_dag}", "loket.ocmw"),
    Pagina("loket:balie_mijn_agenda", "/loket/werkbank/afspraken/mijn-agenda/", "loket.ocmw"),
    Pagina("loket:balie_nieuw", "/loket/werkbank/afspraken/nieuw/", "loket.ocmw"),
    Pagina("loket:balie_langs", "/loket/werkbank/afspraken/langs/", "loket.ocmw"),
    Pagina("loket:balie_wanneer", "/loket/werkbank/afspraken/nieuw/schulden/wilgenplein/hier/", "loket.ocmw"),
    Pagina("loket:balie_wie", "/loket/werkbank/afspraken/nieuw/schulden/wilgenplein/hier/{vrij_moment}/", "loket.ocmw"),
    Pagina("loket:balie_afspraak", "/loket/werkbank/afspraken/{afspraak}/", "loket.ocmw"),
    Pagina("loket:balie_afspraak", "/loket/werkbank/afspraken/{afspraak_voorbij}/", "loket.ocmw"),
    Pagina("loket:balie_verzetten", "/loket/werkbank/afspraken/{afspraak}/verzetten/", "loket.ocmw"),
    Pagina("loket:werkbank_intake", "/loket/werkbank/nieuw/", "loket.ocmw"),
    Pagina("loket:werkbank_dossier", "/loket/werkbank/{nieuw}/", "loket.ocmw"),
    Pagina("loket:werkbank_dossier", "/loket/werkbank/{in_behandeling}/", "loket.ocmw"),
    Pagina("loket:werkbank_dossier", "/loket/werkbank/{in_behandeling}/?uit=lijst%3Dteam&doe=deel", "loket.ocmw"),
    Pagina("loket:werkbank_dossier", "/loket/werkbank/{in_behandeling}/?doe=noteer", "loket.ocmw"),
    Pagina("loket:werkbank_dossier", "/loket/werkbank/{afgesloten}/", "loket.ocmw"),
    Pagina("loket:werkbank_dossier", "/loket/werkbank/{met_bijlage}/", "team.ocmw"),
    Pagina("loket:werkbank_dossier", "/loket/werkbank/{quarantaine}/", "team.ocmw"),
    Pagina("loket:werkbank_gegevens", "/loket/werkbank/{in_behandeling}/gegevens/", "loket.ocmw"),
    Pagina("loket:werkbank_gegevens", "/loket/werkbank/{afgesloten}/gegevens/", "team.ocmw"),
    Pagina("loket:werkbank_persoon", "/loket/werkbank/persoon/", "loket.ocmw"),
    Pagina("loket:vernietiging", "/loket/vernietiging/", "toezicht"),
    Pagina("loket:vernietigingslijst", "/loket/vernietiging/{vernietigingslijst}/", "toezicht"),
    Pagina("loket:werkbank_wensen", "/loket/werkbank/wensen/", "team.ocmw"),
    Pagina("loket:werkbank_spoor", "/loket/werkbank/{afgesloten}/spoor/", "loket.ocmw"),
    Pagina("loket:werkbank", "/loket/werkbank/", "loket.gemeente"),
    Pagina("loket:versheid", "/loket/nakijken/", "loket.ocmw"),
    Pagina("loket:versheid", "/loket/nakijken/?lijst=niemand", "beheer"),
    Pagina("loket:dienst", "/loket/diensten/hulpmiddelen-lenen/"),
    Pagina("loket:werkbank", "/loket/werkbank/", "planner", status=404),
    Pagina("loket:lpdc", "/loket/werkbank/lpdc/", "loket.gemeente"),
    Pagina("loket:lpdc_uit", "/loket/werkbank/lpdc/uit/", "loket.gemeente"),
    Pagina("loket:lpdc_dienst", "/loket/werkbank/lpdc/diensten/sociaal-tarief-energie/", "loket.gemeente"),
    Pagina("loket:lpdc_dienst", "/loket/werkbank/lpdc/diensten/parkeerkaart/", "loket.gemeente"),
    Pagina("loket:werkbank_mails", "/loket/werkbank/mail/", "team.ocmw"),
    Pagina("loket:werkbank_mails", "/loket/werkbank/mail/?lijst=niet-voor-ons", "team.ocmw"),
    Pagina("loket:werkbank_mails", "/loket/werkbank/mail/?lijst=verwerkt", "team.ocmw"),
    Pagina("loket:werkbank_mail", "/loket/werkbank/mail/{mail_kijk_na}/", "team.ocmw"),
    Pagina("loket:werkbank_mail", "/loket/werkbank/mail/{mail_verwerkt}/", "loket.ocmw"),
    Pagina("loket:noodtoegang", "/loket/noodtoegang/", "loket.gemeente"),
    Pagina("loket:noodtoegang", "/loket/noodtoegang/", "team.ocmw"),
    Pagina("loket:noodtoegang", "/loket/noodtoegang/", "toezicht"),
    Pagina("loket:voor_mij", "/loket/werkbank/voor-mij/", "loket.ocmw"),
    Pagina("loket:antwoorden", "/loket/werkbank/antwoorden/", "loket.ocmw"),
    Pagina("loket:antwoorden", "/loket/werkbank/antwoorden/?q=xqzwv", "loket.gemeente"),
    Pagina("loket:antwoord_nieuw", "/loket/werkbank/antwoorden/nieuw/", "team.ocmw"),
    Pagina("loket:antwoord", "/loket/werkbank/antwoorden/{antwoord}/", "team.ocmw"),
    Pagina("loket:cijfers", "/loket/werkbank/cijfers/", "team.ocmw"),
    Pagina("loket:noden", "/loket/werkbank/noden/", "team.ocmw"),
    Pagina("loket:nood_noteren", "/loket/werkbank/noden/noteer/", "loket.ocmw"),
    Pagina("loket:signalen", "/loket/werkbank/signalen/", "planner"),
    Pagina("loket:signaal", "/loket/werkbank/signalen/{signaal}/", "coordinator"),
    Pagina("loket:cijfers", "/loket/werkbank/cijfers/?periode=2020-K1", "coordinator"),
]
VERWIJZEN = [
    Pagina("loket:werkbank_verwijzingen", "/loket/werkbank/doorverwijzingen/", "loket.ocmw"),
    Pagina("loket:werkbank_verwijzingen", "/loket/werkbank/doorverwijzingen/?lijst=aandacht", "loket.ocmw"),
    Pagina("loket:werkbank_verwijzingen", "/loket/werkbank/doorverwijzingen/", "loket.gemeente"),
    Pagina("loket:werkbank_doorverwijzen", "/loket/werkbank/{geweigerd_zaak}/doorverwijzen/?alle=1", "loket.ocmw"),
    Pagina(
        "loket:werkbank_doorverwijzen", "/loket/werkbank/{geweigerd_zaak}/doorverwijzen/?thema=&q=xqz", "loket.ocmw"
    ),
    Pagina("loket:werkbank_stel_voor", "/loket/werkbank/{geweigerd_zaak}/doorverwijzen/voedselbank/", "loket.ocmw"),
    Pagina("loket:werkbank_dossier", "/loket/werkbank/{geweigerd_zaak}/", "loket.ocmw"),
    Pagina("loket:werkbank_verwijzing", "/loket/werkbank/{geweigerd}/", "loket.ocmw"),
    Pagina("loket:werkbank_verwijzing", "/loket/werkbank/{voorgesteld}/", "loket.ocmw"),
    Pagina("loket:werkbank_verwijzing", "/loket/werkbank/{aanvaard}/", "loket.ocmw"),
    Pagina("loket:werkbank_toestemming", "/loket/werkbank/{voorgesteld}/toestemming/", "loket.ocmw"),
    Pagina("loket:balie_partners", "/loket/werkbank/partners/", "loket.ocmw"),
    Pagina("loket:balie_partners", "/loket/werkbank/partners/", "toezicht"),
    Pagina("loket:balie_partner", "/loket/werkbank/partners/voedselbank/", "loket.ocmw"),
    Pagina("loket:balie_partner", "/loket/werkbank/partners/jeugdraad/", "coordinator"),
    Pagina("loket:partner", "/loket/partner/", "voedselbank"),
    Pagina("loket:partner", "/loket/partner/", "ouderenraad"),
    Pagina("loket:partner_verwijzing", "/loket/partner/{partner_verzonden}/", "voedselbank"),
    Pagina("loket:partner_verwijzing", "/loket/partner/{partner_aanvaard}/", "voedselbank"),
    Pagina("loket:partner_verwijzing", "/loket/partner/{partner_bevestigd}/", "voedselbank"),
    Pagina("loket:partner_verwijzing", "/loket/partner/{partner_ingetrokken}/", "voedselbank"),
    Pagina("loket:partner_capaciteit", "/loket/partner/capaciteit/", "voedselbank"),
    Pagina("loket:partner_breng", "/loket/partner/breng/", "voedselbank"),
    Pagina("loket:partner", "/loket/partner/", "loket.ocmw", status=404),
    Pagina("loket:opvolgen_dossier", "/loket/opvolgen/dossier/", "vrager-verwezen"),
    Pagina("loket:opvolgen_verwijzing", "/loket/opvolgen/doorverwijzing/{eigen_voorstel}/", "vrager-verwezen"),
]
HET_PLAN = [
    Pagina("plan:plan", f"{PLAN}/"),
    Pagina("plan:afdrukken", f"{PLAN}/afdrukken/"),
    Pagina("plan:geld", f"{PLAN}/geld/"),
    Pagina("plan:vertaling", f"{PLAN}/geld/vertaling/"),
    Pagina("plan:garantie", f"{PLAN}/garanties/G1/"),
    Pagina("plan:kaart", f"{PLAN}/garanties/G4/kaart/"),
    Pagina("plan:acties", f"{PLAN}/acties/"),
    Pagina("plan:acties", f"{PLAN}/acties/?q=xqzwv&termijn=kort"),
    Pagina("plan:acties", f"{PLAN}/acties/?q=wonen&bestuur=ocmw"),
    Pagina("plan:actie", f"{PLAN}/acties/G1.1.a/"),
    Pagina("plan:matrix", f"{PLAN}/matrix/"),
    Pagina("plan:matrix", f"{PLAN}/matrix/?gebied=sint-amarant"),
    Pagina("plan:vak", f"{PLAN}/matrix/wonen/jongeren/"),
    Pagina("plan:vak", f"{PLAN}/matrix/energie/mantelzorgers/"),
    Pagina("plan:leemten", f"{PLAN}/leemten/", "planner"),
    Pagina("plan:leemte", f"{PLAN}/leemten/energie/mantelzorgers/", "coordinator"),
    Pagina("plan:jaar", f"{PLAN}/jaren/2026/"),
    Pagina("plan:indicatoren", f"{PLAN}/indicatoren/"),
    Pagina("plan:indicator", f"{PLAN}/indicatoren/I4.1/"),
    Pagina("plan:indicator", f"{PLAN}/indicatoren/I2.2/"),
    Pagina("plan:meten", "/plan/meten/", "planner"),
    Pagina("plan:meten_invoer", "/plan/meten/nieuw/{indicator}/", "planner"),
    Pagina("plan:meting", "/plan/meten/{meting_terug}/", "planner"),
    Pagina("plan:meting", "/plan/meten/{meting_wacht}/", "coordinator"),
    Pagina("plan:jaar", f"{PLAN}/jaren/2027/"),
    Pagina("plan:jaarverslag", f"{PLAN}/jaren/2026/verslag/halfjaar/"),
    Pagina("plan:proces", f"{PLAN}/proces/"),
    Pagina("plan:structuur", f"{PLAN}/structuur/"),
    Pagina("plan:principes", f"{PLAN}/principes/"),
    Pagina("plan:cijfers", f"{PLAN}/cijfers/"),
    Pagina("plan:pijlers", f"{PLAN}/pijlers/"),
    Pagina("plan:pijler", f"{PLAN}/pijlers/samenwerking/"),
    Pagina("plan:documenten", f"{PLAN}/documenten/"),
    Pagina("plan:document", f"{PLAN}/documenten/{{document}}/"),
    Pagina("plan:bestellen", f"{PLAN}/bestellen/"),
    Pagina("plan:besteld", f"{PLAN}/bestellen/dank-je/"),
    Pagina("plan:weg", f"{PLAN}/weg/"),
    Pagina("plan:besluit", f"{PLAN}/besluiten/{{besluit}}/"),
    Pagina("plan:versies", f"{PLAN}/versies/"),
    Pagina("plan:vergelijking", f"{PLAN}/versies/vergelijk/?van=1&naar=1", status=400),
    Pagina("plan:versie", f"{PLAN}/versies/1/"),
    Pagina("plan:nieuws", f"{PLAN}/nieuws/"),
    Pagina("plan:nieuws_deel", f"{PLAN}/nieuws/G1/"),
    Pagina("plan:volgen", f"{PLAN}/volgen/?deel=G1"),
    Pagina("plan:volgen_gevraagd", f"{PLAN}/volgen/bijna-klaar/"),
    Pagina("plan:verschil", f"{PLAN}/versies/9/14/"),
    Pagina("plan:verschil", f"{PLAN}/versies/1/2/"),
    Pagina("plan:veranderd", f"{PLAN}/versies/9/14/in-gewone-taal/"),
    Pagina("plan:deelplannen", f"{PLAN}/deelplannen/"),
    Pagina("plan:deelplan", f"{PLAN}/deelplannen/ouderenplan/"),
    Pagina("plan:deelplan_versie", f"{PLAN}/versies/1/deelplannen/ouderenplan/"),
    Pagina(
        "admin:plan_raadspad_stap",
        "/beheer/plan/raadspad/{raadspad}/stap/vaststelling-gemeente/gemeenteraad/",
        "coordinator",
    ),
    Pagina("admin:plan_actie_changelist", "/beheer/plan/actie/?stand=vertraagd", "coordinator"),
    Pagina("admin:plan_onderdeel_boom", "/beheer/plan/onderdeel/boom/{plan}/", "coordinator"),
    Pagina("admin:plan_onderdeel_verplaats", "/beheer/plan/onderdeel/{eigen_deel}/verplaats/", "coordinator"),
    Pagina("admin:plan_onderdeel_reeksen", "/beheer/plan/onderdeel/reeksen/", "coordinator"),
    Pagina("admin:plan_onderdeel_reeks", "/beheer/plan/onderdeel/reeksen/{reeks}/", "planner"),
    Pagina("admin:plan_versie_nu", "/beheer/plan/versie/nu/{plan}/", "coordinator"),
    Pagina("admin:plan_plan_niveaus", "/beheer/plan/plan/{plan}/niveaus/", "planner"),
    Pagina("admin:plan_plan_standen", "/beheer/plan/plan/{plan}/standen/", "planner"),
    Pagina("admin:plan_jaaractieplan_change", "/beheer/plan/jaaractieplan/{jaar_vast}/change/", "coordinator"),
    Pagina("admin:plan_jaaractieplan_voorstel", "/beheer/plan/jaaractieplan/{jaar_ontwerp}/voorstel/", "planner"),
    Pagina("admin:plan_jaaractieplan_opvolging", "/beheer/plan/jaaractieplan/{jaar_vast}/opvolging/jaar/", "planner"),
    Pagina(
        "admin:plan_jaaractieplan_volg_actie",
        "/beheer/plan/jaaractieplan/{jaar_vast}/opvolging/jaar/{jaarregel}/",
        "planner",
    ),
    Pagina(
        "admin:plan_raadspad_verbeter",
        "/beheer/plan/raadspad/{raadspad}/besluit/{raadstap}/verbeter/",
        "coordinator",
    ),
    Pagina(
        "admin:plan_raadspad_trek_in", "/beheer/plan/raadspad/{raadspad}/besluit/{raadstap}/trek-in/", "coordinator"
    ),
    # a step that others stand on: a message with a list in it, on a narrow screen too
    Pagina(
        "admin:plan_raadspad_trek_in", "/beheer/plan/raadspad/{raadspad}/besluit/{comitestap}/trek-in/", "coordinator"
    ),
    Pagina(
        "admin:plan_jaaractieplan_stap", "/beheer/plan/jaaractieplan/{jaar_ontwerp}/stap/vastgesteld/", "coordinator"
    ),
    Pagina("admin:plan_mjpinvoer_add", "/beheer/plan/mjpinvoer/add/", "planner"),
    Pagina("admin:plan_mjpinvoer_change", "/beheer/plan/mjpinvoer/{mjpinvoer}/change/", "planner"),
    Pagina("admin:plan_mjpversie_change", "/beheer/plan/mjpversie/{mjpversie}/change/", "planner"),
    Pagina("admin:plan_mjplijn_changelist", "/beheer/plan/mjplijn/?versie__id__exact={mjpversie}", "planner"),
    Pagina("admin:plan_projectaanvraag_stap", "/beheer/plan/projectaanvraag/{ingediend}/stap/geadviseerd/", "planner"),
    Pagina("admin:plan_projectaanvraag_change", "/beheer/plan/projectaanvraag/{ingediend}/change/", "planner"),
    Pagina("admin:plan_plan_periode", "/beheer/plan/plan/{plan}/volgende-periode/", "coordinator"),
    Pagina("plan:plan", f"{PLAN}/", "planner"),
    Pagina("plan:werklijst", "/plan/werklijst/", "planner"),
    Pagina("plan:werklijst", "/plan/werklijst/?lijst=te-laat&trekker=Sociale+dienst", "coordinator"),
    Pagina("plan:opvolgen", "/plan/werklijst/opvolgen/", "planner"),
    Pagina("plan:werk_actie", "/plan/werklijst/acties/{werk_actie}/", "planner"),
    Pagina("plan:werk_taak", "/plan/werklijst/taken/{werk_taak}/", "coordinator"),
    Pagina("admin:plan_herinnering_changelist", "/beheer/plan/herinnering/", "coordinator"),
]
PARTICIPATIE = [
    Pagina("participatie:overzicht", "/participatie/"),
    Pagina("participatie:overzicht", "/participatie/?onderdeel=G1"),
    Pagina("participatie:ronde", "/participatie/rondes/ontwerp-2026-2031/"),
    Pagina("participatie:ronde", "/participatie/rondes/{open_ronde}/"),
    Pagina("participatie:draagvlak", "/participatie/rondes/ontwerp-2026-2031/draagvlak/"),
    Pagina("participatie:nieuws", "/participatie/nieuws/"),
    Pagina("participatie:volg", "/participatie/volgen/"),
    Pagina("participatie:volg_gevraagd", "/participatie/volgen/bijna-klaar/"),
    Pagina("participatie:geef", "/participatie/rondes/{open_ronde}/inbreng/"),
    Pagina("participatie:geef", "/participatie/rondes/{open_ronde}/inbreng/?onderdeel=G2.3.b", "voedselbank"),
    Pagina("participatie:geef", "/participatie/rondes/ontwerp-2026-2031/inbreng/"),
    Pagina("participatie:vragen", "/participatie/rondes/{open_ronde}/vragen/"),
    Pagina("participatie:vragen", "/participatie/rondes/{open_ronde}/vragen/", "voedselbank"),
    Pagina("participatie:tellingen", "/participatie/rondes/{open_ronde}/tellingen/"),
    Pagina("participatie:ontvangen", "/participatie/ontvangen/{inbreng_bewijs}/"),
    Pagina("participatie:geef", "/participatie/rondes/{open_ronde}/inbreng/?alinea={alinea}"),
    Pagina("participatie:papier", "/participatie/rondes/{open_ronde}/papier/?deel=G1"),
    Pagina("participatie:papier", "/participatie/rondes/{open_ronde}/papier/"),
    Pagina("participatie:tekst", "/participatie/rondes/{open_ronde}/tekst/"),
    Pagina("participatie:tekst_deel", "/participatie/rondes/{open_ronde}/tekst/G1/"),
    Pagina("participatie:inbreng", "/participatie/inbreng/{met_voorstel}/"),
    Pagina("participatie:steunen", "/participatie/inbreng/{met_voorstel}/steunen/"),
    Pagina("participatie:melden", "/participatie/inbreng/{met_voorstel}/melden/"),
    Pagina("participatie:opvolgen", "/participatie/opvolgen/"),
    Pagina("participatie:steun", "/participatie/steun/"),
    Pagina("participatie:organisaties", "/participatie/organisaties/"),
    Pagina("participatie:aanmelden", "/participatie/organisaties/aanmelden/"),
    Pagina("participatie:volgen", "/participatie/organisaties/volgen/{aanmelding_bewijs}/"),
    Pagina("plan:mijn", "/plan/mijn/", "voedselbank"),
    Pagina("plan:mijn", "/plan/mijn/", "ouderenraad"),
    Pagina("plan:mijn_deel", "/plan/mijn/{partnerschap}/", "voedselbank"),
    Pagina("plan:redactie", "/plan/redactie/", "redacteur"),
    Pagina("plan:redactie", "/plan/redactie/?q=xqzwv", "coordinator"),
    Pagina("plan:redactie", "/plan/redactie/", "loket.gemeente"),
    Pagina("plan:redactie_deel", "/plan/redactie/{eigen_deel}/", "redacteur"),
    Pagina("plan:redactie_deel", "/plan/redactie/{eigen_deel}/", "coordinator"),
    Pagina("plan:redactie_geschiedenis", "/plan/redactie/{eigen_deel}/geschiedenis/", "redacteur"),
    Pagina("plan:voorstellen", "/plan/redactie/voorstellen/", "coordinator"),
    Pagina("plan:voorstellen", "/plan/redactie/voorstellen/?lijst=klaar", "coordinator"),
    Pagina("plan:voorstel", "/plan/redactie/voorstellen/{voorstel}/", "coordinator"),
    Pagina("plan:voorstel", "/plan/redactie/voorstellen/{voorstel}/", "team.ocmw"),
    Pagina("participatie:adviesraden", "/participatie/adviesraden/"),
    Pagina("participatie:adviesraad", "/participatie/adviesraden/lok/"),
    Pagina("participatie:adviesraad", "/participatie/adviesraden/jeugdraad/"),
    Pagina("participatie:advies", "/participatie/adviezen/{advies}/"),
    Pagina("participatie:mijn_van", "/participatie/mijn/voor/ouderenraad/", "ouderenraad"),
    Pagina("participatie:mijn_adviezen", "/participatie/mijn/voor/ouderenraad/adviezen/", "ouderenraad"),
    Pagina("participatie:mijn_advies", "/participatie/mijn/voor/ouderenraad/adviezen/{advies_concept}/", "ouderenraad"),
    Pagina("participatie:mijn_advies", "/participatie/mijn/voor/lok/adviezen/{advies_pk}/", "ouderenraad"),
    Pagina("participatie:beheer_adviesraden", "/participatie/beheer/adviesraden/", "coordinator"),
    Pagina("participatie:beheer_adviesraad", "/participatie/beheer/adviesraden/lok/", "coordinator"),
    Pagina("participatie:beheer_adviesraad", "/participatie/beheer/adviesraden/jeugdraad/", "planner"),
    Pagina("participatie:beheer_advies", "/participatie/beheer/adviezen/{advies_pk}/", "coordinator"),
    Pagina("participatie:mijn_van", "/participatie/mijn/voor/voedselbank/", "voedselbank"),
    Pagina("participatie:mijn_inbrengen", "/participatie/mijn/voor/voedselbank/inbreng/", "voedselbank"),
    Pagina("participatie:mijn_gegevens", "/participatie/mijn/voor/voedselbank/gegevens/", "voedselbank"),
    Pagina("participatie:mijn_mensen", "/participatie/mijn/voor/voedselbank/mensen/", "voedselbank"),
    Pagina("participatie:mijn_wissen", "/participatie/mijn/voor/voedselbank/gegevens/wissen/", "voedselbank"),
    Pagina("participatie:mijn_opmerkingen", "/participatie/mijn/voor/voedselbank/opmerkingen/", "voedselbank"),
    Pagina("participatie:mijn_eigen_opmerkingen", "/participatie/mijn/opmerkingen/", "voedselbank"),
    Pagina("participatie:mijn_opmerking", "/participatie/mijn/opmerkingen/{eigen_opmerking}/", "voedselbank"),
    Pagina("participatie:beheer_opmerking", "/participatie/beheer/opmerkingen/{eigen_opmerking}/", "coordinator"),
    Pagina("participatie:mijn_geschiedenis", "/participatie/mijn/voor/voedselbank/wie-sprak/", "voedselbank"),
    Pagina("participatie:mijn_mensen", "/participatie/mijn/voor/ouderenraad/mensen/", "voedselbank", 404),
    Pagina("participatie:uitgenodigd", "/participatie/uitgenodigd/{mandaatuitnodiging}/"),
    Pagina("participatie:mijn_inbreng", "/participatie/mijn/inbreng/{eigen_inbreng}/", "voedselbank"),
    Pagina("participatie:mijn", "/participatie/mijn/", "zonder-wachtwoord"),
    Pagina("participatie:mijn", "/participatie/mijn/", "voedselbank"),
    Pagina("participatie:mijn", "/participatie/mijn/", "ouderenraad"),
    Pagina("participatie:overleggen", "/participatie/overleg/"),
    Pagina("participatie:overleg", "/participatie/overleg/{overleg_vrij}/"),
    Pagina("participatie:overleg", "/participatie/overleg/{overleg_vol}/"),
    Pagina("participatie:overleg", "/participatie/overleg/{overleg_was}/"),
    Pagina("participatie:overleg", "/participatie/overleg/{overleg_besloten}/", "voedselbank"),
    Pagina("participatie:overleg_inschrijven", "/participatie/overleg/{overleg_vrij}/inschrijven/"),
    Pagina("participatie:overleg_inschrijven", "/participatie/overleg/{overleg_vol}/inschrijven/"),
    Pagina("participatie:overleg_inschrijven", "/participatie/overleg/{overleg_vrij}/inschrijven/", "voedselbank"),
    Pagina("participatie:overleg_inschrijving", "/participatie/overleg/inschrijving/{inschrijving_bewijs}/"),
    Pagina("participatie:overleg_genodigd", "/participatie/overleg/uitnodiging/{overleg_genodigde}/"),
    Pagina("participatie:mijn_overleg", "/participatie/mijn/overleg/", "voedselbank"),
    Pagina("participatie:mijn_overleg", "/participatie/mijn/overleg/", "planner"),
    Pagina("participatie:beheer_overleggen", "/participatie/beheer/overleg/", "planner"),
    Pagina("participatie:beheer_overleg_nieuw", "/participatie/beheer/overleg/nieuw/", "planner"),
    Pagina("participatie:beheer_overlegtaken", "/participatie/beheer/overleg/taken/", "planner"),
    Pagina("participatie:beheer_overleg", "/participatie/beheer/overleg/{overleg_vrij}/", "planner"),
    Pagina("participatie:beheer_overleg_wijzig", "/participatie/beheer/overleg/{overleg_vrij}/wijzig/", "planner"),
    Pagina("participatie:beheer_overleg_agenda", "/participatie/beheer/overleg/{overleg_vrij}/agenda/", "planner"),
    Pagina(
        "participatie:beheer_overleg_punt",
        "/participatie/beheer/overleg/{overleg_was}/agenda/{overleg_punt}/",
        "planner",
    ),
    Pagina(
        "participatie:beheer_overleg_uitnodigen",
        "/participatie/beheer/overleg/{overleg_besloten}/uitnodigen/",
        "planner",
    ),
    Pagina(
        "participatie:beheer_overleg_documenten", "/participatie/beheer/overleg/{overleg_vrij}/documenten/", "planner"
    ),
    Pagina("participatie:beheer_overleg_aanwezig", "/participatie/beheer/overleg/{overleg_was}/aanwezig/", "planner"),
    Pagina("participatie:beheer_overleg_aanwezig", "/participatie/beheer/overleg/{overleg_vol}/aanwezig/", "planner"),
    Pagina("participatie:beheer_verslag", "/participatie/beheer/overleg/{overleg_was}/verslag/", "coordinator"),
    Pagina(
        "participatie:beheer_verslagpunt",
        "/participatie/beheer/overleg/{overleg_was}/verslag/{overleg_punt}/",
        "planner",
    ),
]
NAKIJKEN = [
    Pagina("participatie:beheer", "/participatie/beheer/", "coordinator"),
    Pagina("participatie:beheer_aanmeldingen", "/participatie/beheer/aanmeldingen/", "coordinator"),
    Pagina("participatie:beheer_aanmelding", "/participatie/beheer/aanmeldingen/{aanmelding}/", "coordinator"),
    Pagina("participatie:opnieuw", "/participatie/organisaties/volgen/{aanmelding_geweigerd}/opnieuw/"),
    Pagina("participatie:beheer_organisaties", "/participatie/beheer/organisaties/", "coordinator"),
    Pagina("participatie:beheer_organisatie", "/participatie/beheer/organisaties/voedselbank/", "coordinator"),
    Pagina("participatie:beheer_organisatie", "/participatie/beheer/organisaties/voedselbank/", "team.ocmw"),
    Pagina("participatie:beheer_nakijken", "/participatie/beheer/inbreng/", "coordinator"),
    Pagina("participatie:beheer_inbreng", "/participatie/beheer/inbreng/{inbreng}/", "coordinator"),
    Pagina("participatie:inbreng", "/participatie/inbreng/{met_antwoord}/"),
    Pagina("participatie:inbreng", "/participatie/inbreng/{nog_geen_antwoord}/"),
    Pagina("participatie:beheer_antwoord", "/participatie/beheer/inbreng/{beantwoord}/antwoord/", "coordinator"),
    Pagina("participatie:beheer_antwoord", "/participatie/beheer/inbreng/{zonder_antwoord}/antwoord/", "planner"),
    Pagina("participatie:beheer_punten", "/participatie/beheer/inbreng/{zonder_antwoord}/punten/", "coordinator"),
    Pagina(
        "participatie:beheer_rechtzetting", "/participatie/beheer/inbreng/{beantwoord}/rechtzetting/", "coordinator"
    ),
    Pagina("participatie:beheer_antwoorden", "/participatie/beheer/rondes/{open_ronde}/antwoorden/", "coordinator"),
    Pagina(
        "participatie:beheer_antwoorden",
        "/participatie/beheer/rondes/ontwerp-2026-2031/antwoorden/?staat=terug",
        "planner",
    ),
    Pagina("participatie:beheer_doorwerking", "/participatie/beheer/inbreng/{beantwoord}/doorwerking/", "coordinator"),
    Pagina("participatie:reactienota", "/participatie/rondes/ontwerp-2026-2031/reactienota/"),
    Pagina("participatie:beheer_delen", "/participatie/beheer/rondes/{open_ronde}/delen/", "coordinator"),
    Pagina("participatie:beheer_ronde", "/participatie/beheer/rondes/{open_ronde}/", "coordinator"),
    Pagina("participatie:mijn_steun", "/participatie/mijn/voor/voedselbank/steun/", "voedselbank"),
    Pagina("participatie:beheer_invoer_start", "/participatie/beheer/invoeren/", "loket.ocmw"),
    Pagina("participatie:beheer_invoeren", "/participatie/beheer/rondes/{open_ronde}/invoeren/", "planner"),
    Pagina("participatie:beheer_vragenblad", "/participatie/beheer/rondes/{open_ronde}/blad/", "loket.ocmw"),
    Pagina(
        "participatie:beheer_vragenblad", "/participatie/beheer/rondes/{open_ronde}/blad/?code={blad}", "loket.ocmw"
    ),
    Pagina(
        "participatie:beheer_voorbeeld",
        "/participatie/beheer/rondes/{concept_ronde}/voorbeeld/?stap=wegen",
        "coordinator",
    ),
    Pagina(
        "participatie:beheer_voorbeeld",
        "/participatie/beheer/rondes/{concept_ronde}/voorbeeld/?als=adviesraad&stap=wegen&pagina=vragen",
        "coordinator",
    ),
    Pagina("participatie:beheer_gesprek", "/participatie/beheer/rondes/{open_ronde}/gesprek/", "coordinator"),
    Pagina("participatie:beheer_meldingen", "/participatie/beheer/meldingen/", "coordinator"),
    Pagina("participatie:beheer_melding", "/participatie/beheer/meldingen/{melding}/", "coordinator"),
    Pagina("participatie:beheer_ronde_nieuw", "/participatie/beheer/ronde-maken/", "coordinator"),
    Pagina("participatie:beheer_inrichten", "/participatie/beheer/rondes/{open_ronde}/inrichten/", "coordinator"),
    Pagina("participatie:beheer_genodigden", "/participatie/beheer/rondes/{open_ronde}/genodigden/", "coordinator"),
    Pagina("participatie:beheer_tellingen", "/participatie/beheer/rondes/{open_ronde}/tellingen/", "coordinator"),
    Pagina("participatie:beheer_vragen", "/participatie/beheer/rondes/{open_ronde}/vragen/inbrengen/", "coordinator"),
    Pagina(
        "participatie:beheer_vraag_nieuw",
        "/participatie/beheer/rondes/{open_ronde}/vragen/inbrengen/nieuw/",
        "coordinator",
    ),
    Pagina(
        "participatie:beheer_vraag",
        "/participatie/beheer/rondes/{open_ronde}/vragen/inbrengen/{vraag_stam}/",
        "coordinator",
    ),
    Pagina(
        "participatie:beheer_vragen_proef",
        "/participatie/beheer/rondes/{open_ronde}/vragen/inbrengen/proef/",
        "coordinator",
    ),
    Pagina("participatie:beheer_ronde", "/participatie/beheer/rondes/ontwerp-2026-2031/", "coordinator"),
    Pagina("participatie:beheer", "/participatie/beheer/", "planner"),
    Pagina("participatie:beheer", "/participatie/beheer/", "team.ocmw"),
    Pagina("participatie:beheer", "/participatie/beheer/", "toezicht", status=404),
]
ACCOUNT = [
    Pagina("account_login", "/account/login/"),
    Pagina("account_request_login_code", "/account/login/code/"),
    Pagina("account_inactive", "/account/inactive/"),
    Pagina("account_reset_password", "/account/password/reset/"),
    Pagina("account_reset_password_done", "/account/password/reset/done/"),
    Pagina("account_reset_password_from_key", "/account/password/reset/key/1-geraden/"),
    Pagina("account_reset_password_from_key_done", "/account/password/reset/key/done/"),
    Pagina("account_logout", "/account/logout/", "beheer"),
    Pagina("account_reauthenticate", "/account/reauthenticate/", "beheer"),
    Pagina("account_change_password", "/account/password/change/", "beheer"),
    Pagina("account_set_password", "/account/password/set/", "zonder-wachtwoord"),
    Pagina("mfa_index", "/account/2fa/", "zonder-wachtwoord"),
    Pagina("mfa_index", "/account/2fa/", "met-app"),
    Pagina("mfa_deactivate_totp", "/account/2fa/totp/deactivate/", "met-app"),
    Pagina("mfa_view_recovery_codes", "/account/2fa/recovery-codes/", "met-app"),
    Pagina("mfa_generate_recovery_codes", "/account/2fa/recovery-codes/generate/", "met-app"),
    Pagina("mfa_reauthenticate", "/account/2fa/reauthenticate/", "met-app"),
    Pagina("usersessions_list", "/account/sessions/", "beheer"),
]
PAGINAS = [*VOORDEUR, *LOKET, *WERKBANK, *VERWIJZEN, *HET_PLAN, *PARTICIPATIE, *NAKIJKEN, *ACCOUNT]

# Forms, as (who, address, the button that sends them); sent empty, each comes back and says what is missing.
FORMULIEREN = [
    (None, "/loket/afspraak/onthaal/wilgenplein/hier/{vrij_moment}/", "[name=boek]"),
    ("loket.ocmw", "/loket/werkbank/afspraken/nieuw/schulden/wilgenplein/hier/{vrij_moment}/", "[name=boek]"),
    (None, "/loket/vraag/", "[name=stuur]"),
    (None, "/loket/diensten/leefloon/misschien/", "[name=kijk]"),
    (None, "/loket/opvolgen/", "[name=open]"),
    (None, f"{PLAN}/bestellen/", "[name=bestel]"),
    ("planner", "/plan/meten/nieuw/{indicator}/", "text=Dien in"),
    ("coordinator", "/plan/meten/{meting_wacht}/", "text=Stuur terug"),
    ("coordinator", f"{PLAN}/leemten/wonen/mantelzorgers/", "[value=aanvaard]"),
    (None, "/participatie/rondes/{open_ronde}/inbreng/", "[name=verstuur]"),
    (None, "/participatie/rondes/{open_ronde}/vragen/", "[name=verstuur]"),
    ("loket.ocmw", "/participatie/beheer/rondes/{open_ronde}/blad/?code={blad}", "[name=bewaar]"),
    ("coordinator", "/participatie/beheer/ronde-maken/", "[name=bewaar]"),
    ("coordinator", "/participatie/beheer/rondes/{open_ronde}/vragen/inbrengen/nieuw/", "[name=bewaar]"),
    (None, "/participatie/organisaties/aanmelden/", "[name=verstuur]"),
    (None, "/participatie/volgen/", "[name=volg]"),
    (None, "/account/login/", "main form button"),
    (None, "/account/login/code/", "main form button"),
    (None, "/account/password/reset/", "main form button"),
    ("vrager", "/loket/opvolgen/dossier/", "[name=stuur]"),
    ("voedselbank", "/participatie/rondes/{open_ronde}/inbreng/", "[name=verstuur]"),
    (None, "/participatie/overleg/{overleg_vrij}/inschrijven/", "[name=verstuur]"),
    ("planner", "/participatie/beheer/overleg/nieuw/", "[name=bewaar]"),
    ("planner", "/participatie/beheer/overleg/{overleg_vrij}/agenda/", "[name=bewaar]"),
    ("planner", "/participatie/beheer/overleg/{overleg_vrij}/uitnodigen/", "[name=persoon]"),
    ("planner", "/participatie/beheer/overleg/{overleg_was}/verslag/{overleg_punt}/", "[name=voeg_toe]"),
    ("voedselbank", "/participatie/mijn/voor/voedselbank/mensen/", "[name=verstuur]"),
    ("voedselbank", "/participatie/mijn/voor/voedselbank/opmerkingen/", "[name=schrijf]"),
    ("ouderenraad", "/participatie/mijn/voor/ouderenraad/adviezen/", "[name=verstuur]"),
    ("ouderenraad", "/participatie/mijn/voor/ouderenraad/adviezen/{advies_concept}/", "[value=Bewaar]"),
    (None, "/participatie/uitgenodigd/{mandaatuitnodiging}/", "[name=aanvaard]"),
    ("coordinator", "/participatie/beheer/adviezen/{advies_pk}/", "[name=doe]"),
    ("voedselbank", "/loket/partner/breng/", "[name=stuur]"),
    ("vrager-verwezen", "/loket/opvolgen/doorverwijzing/{eigen_voorstel}/", "text=Bewaar mijn keuze"),
    ("loket.ocmw", "/loket/werkbank/nieuw/", "[name=bewaar]"),
    ("loket.ocmw", "/loket/werkbank/{in_behandeling}/", "text=Stuur antwoord"),
    ("loket.ocmw", "/loket/werkbank/{in_behandeling}/?doe=draag_over", "button:text-is('Draag over')"),
    ("loket.ocmw", "/loket/werkbank/{in_behandeling}/?doe=sluit_af", "text=Sluit de vraag af"),
    ("loket.ocmw", "/loket/werkbank/{in_behandeling}/?doe=noteer", "text=Bewaar de notitie"),
    ("loket.ocmw", "/loket/werkbank/{in_behandeling}/?doe=deel", "button:text-is('Deel de vraag')"),
    ("loket.ocmw", "/loket/werkbank/{in_behandeling}/?doe=splits", "button:text-is('Splits dit deel af')"),
    ("loket.ocmw", "/loket/werkbank/{in_behandeling}/?doe=voeg_samen", "button:text-is('Voeg samen')"),
    ("loket.gemeente", "/loket/noodtoegang/", "[name=vraag]"),
    ("loket.ocmw", "/loket/werkbank/antwoorden/nieuw/", "[name=bewaar]"),
    ("team.ocmw", "/loket/werkbank/{in_behandeling}/gegevens/", "text=Bewaar dit dossier langer"),
    ("team.ocmw", "/loket/werkbank/{in_behandeling}/gegevens/", "text=Wis alles, voorgoed"),
    ("loket.ocmw", "/loket/werkbank/noden/noteer/", "main form button"),
    ("coordinator", "/loket/werkbank/signalen/{signaal}/", "main form button"),
    ("loket.ocmw", "/loket/werkbank/{in_behandeling}/gegevens/", "text=Maak een nieuwe code"),
    ("loket.ocmw", "/loket/werkbank/persoon/", "[name=zoeken]"),
    ("coordinator", "/plan/redactie/voorstellen/{voorstel}/", "text=Bewaar wat je besliste"),
    ("vrager", "/loket/opvolgen/contact/", "[name=bewaar]"),
    ("planner", "/beheer/plan/mjpinvoer/add/", "main [type=submit]"),
    ("planner", "/beheer/plan/projectaanvraag/{ingediend}/stap/geadviseerd/", "main [type=submit]"),
    ("coordinator", "/participatie/beheer/aanmeldingen/{aanmelding}/", "[value=weiger]"),
    ("coordinator", "/participatie/beheer/inbreng/{inbreng}/", "[value=verberg]"),
    ("coordinator", "/participatie/beheer/inbreng/{zonder_antwoord}/antwoord/", "[name=bewaar]"),
    ("coordinator", "/participatie/beheer/inbreng/{beantwoord}/rechtzetting/", "[name=bewaar]"),
    ("beheer", "/account/reauthenticate/", "main form button"),
    ("beheer", "/account/password/change/", "main form button"),
    ("zonder-wachtwoord", "/account/password/set/", "main form button"),
    ("zonder-wachtwoord", "/account/2fa/totp/activate/", "main form button"),
    ("met-app", "/account/2fa/reauthenticate/", "main form button"),
]

# Pages that exist only in the middle of something; test_onderweg.py visits them there.
ONDERWEG = {
    "account_confirm_login_code": "after asking for a code",
    "mfa_activate_totp": "while the app is put on",
    "mfa_authenticate": "between the password and the second step",
}
# URL patterns that answer no page to a GET.
GEEN_PAGINA = {
    "favicon": "redirect to a file",
    "huis_css": "style sheet",
    "huis_logo": "picture",
    "robots_txt": "text for robots",
    "security_txt": "text for researchers",
    "sitemap": "XML for robots",
    "start_na_aanmelden": "redirect to everyone's own work",
    "plan:voorstel_trek_in": "POST only",
    "admin:filter_bewaar": "POST only",
    "admin:filter_weg": "POST only",
    "loket:start": "redirect to the search",
    "loket:suggesties": "data for the search field",
    "loket:opvolgen_bijlage": "download",
    "loket:opvolgen_afspraak_agenda": "download",
    "loket:afspraak_agenda": "POST only; a download",
    "loket:agendafeed": "a calendar",
    "loket:balie_stap": "POST only",
    "loket:opvolgen_sluiten": "POST only",
    "loket:werkbank_bijlage": "download",
    "loket:noodtoegang_beslis": "POST only",
    "loket:verdeling_verplaats": "POST only",
    "loket:verdeling_wis": "POST only",
    "loket:werkbank_filter": "POST only",
    "loket:werkbank_filter_wis": "POST only",
    "loket:werkbank_reeks": "POST only",
    "loket:antwoord_weg": "POST only",
    "loket:zoek_antwoord": "POST only; its answer is the page of the case",
    "loket:werkbank_schrap": "POST only",
    "loket:opvolgen_oordeel": "POST only",
    "loket:werkbank_kopie": "download",
    "loket:werkbank_gegevens_daad": "POST only; its answer is the page about keeping and erasing",
    "loket:cijfers_csv": "download",
    "loket:cijfers_pdf": "download",
    "loket:cijfers_xlsx": "download",
    "loket:noden_xlsx": "download",
    "loket:signaal_nieuw": "the line of the register in its address depends on the day; see tests/loket/test_noden.py",
    "loket:ldes": "data for machines",
    "loket:ldes_blad": "data for machines",
    "loket:ldes_vorm": "data for machines",
    "loket:ldes_blad_vorm": "data for machines",
    "loket:werkbank_mail_maak_vraag": "POST only",
    "loket:werkbank_mail_opnieuw": "POST only",
    "loket:opvolgen_verwijsstap": "POST only; its answer is the page of the referral",
    "loket:partner_stap": "POST only; its answer is the page of the referral",
    "loket:partner_bestand": "download",
    "loket:partner_bestand_voor": "download",
    **{
        f"{naam}_voor": f"the page of {naam}, of the chosen organisation"
        for naam in ("plan:mijn", "loket:partner", "loket:partner_capaciteit", "loket:partner_breng")
    },
    "loket:werkbank_bewijs": "POST only; its answer is a receipt",
    "loket:werkbank_verwijsstap": "POST only; its answer is the page of the referral",
    "loket:werkbank_stap": "POST only; its answer is the page of the case",
    "mfa_download_recovery_codes": "download",
    "participatie:beheer_publiceer": "POST only",
    "participatie:agenda": "a calendar",
    "participatie:ronde_agenda": "a calendar",
    "participatie:overleg_agenda": "a calendar",
    "participatie:overleg_agenda_organisatie": "a calendar",
    "participatie:overleg_inschrijving_agenda": "a calendar",
    "participatie:overleg_in_agenda": "a calendar",
    "participatie:overleg_genodigd_document": "download",
    "participatie:overleg_document": "download",
    "participatie:overleg_verslag_pdf": "download",
    "participatie:beheer_overleg_uitnodiging_weg": "POST only",
    "participatie:beheer_overleg_vink": "POST only",
    "participatie:beheer_verslagregel": "POST only",
    "participatie:advies_bestand": "a file",
    "participatie:mijn_alles": "a file",
    "participatie:papier_pdf": "a PDF",
    "participatie:opvolgen_sluiten": "POST only",
    "participatie:opvolgen_inbreng": "behind a code: a story of its own",
    "participatie:opvolgen_weg": "behind a code: a story of its own",
    "participatie:opvolgen_meenemen": "behind a code: a file",
    "participatie:mijn_nodig_uit": "POST only",
    "participatie:mijn_mandaat": "POST only",
    "participatie:mijn_uitnodiging": "POST only",
    "participatie:beheer_samen": "POST only",
    "participatie:reactienota_pdf": "a file",
    "participatie:inbreng_nummer": "redirect to the page of the input",
    "participatie:reactienota_nummer": "a file",
    "participatie:reactienota_xlsx": "a file",
    "participatie:draagvlak_xlsx": "a file",
    "participatie:inbreng_json": "a file",
    "participatie:inbreng_csv": "a file",
    "participatie:rondes_json": "a file",
    "participatie:beheer_bestand": "a file",
    "participatie:beheer_blad": "a file",
    "participatie:atom": "a feed",
    "participatie:volg_bevestig": "a heading, a sentence and a button; see tests/participatie/test_volgen.py",
    "participatie:volg_stop": "a heading, a sentence and a button; see tests/participatie/test_volgen.py",
    "plan:plannen": "redirect to the plan while there is one",
    "plan:document_bestand": "download",
    "plan:verschil_xlsx": "download",
    "plan:matrix_xlsx": "download",
    "plan:matrix_csv": "download",
    "plan:kaart_pdf": "download",
    "admin:plan_bladinvoer_haal": "download",
    "plan:atom": "a feed",
    "plan:atom_deel": "a feed",
    "plan:volgen_bevestig": "a heading, a sentence and a button; see tests/plan/test_volgen.py",
    "plan:volgen_stop": "a heading, a sentence and a button; see tests/plan/test_volgen.py",
    "plan:uitvoer": "download; a heading, a sentence and a button while it is not made, see tests/plan/test_uitvoer.py",
    "plan:uitvoer_versie": "download; the same",
    "plan:vertaling_xlsx": "download",
    "plan:jaarverslag_xlsx": "download",
    "plan:jaarverslag_pdf": "download; while it is not made a page with one button",
    "admin:plan_mjpinvoer_daad": "POST only; its answer is the page of the upload",
}


def vrij_moment():
    """A Thursday afternoon six to seven weeks from now, as it stands in an address: two kinds have a session then."""
    dag = date.today() + timedelta(days=42)
    return f"{dag + timedelta(days=(3 - dag.weekday()) % 7):%Y%m%d}-1600"


def voorwerpen(portaal):
    """What the addresses above are about, in this demo town: {name: value}."""

    def een(vraag, *waarden):
        rijen = portaal.rijen(f"{vraag} LIMIT 1", *waarden)
        assert rijen, f"the demo town has no row for: {vraag} {waarden}"
        return rijen[0][0]

    delen = [zaken, verwijzingen, afspraken, mails, het_plan, rondes, overleggen, organisaties]
    return {naam: waarde for deel in delen for naam, waarde in deel(een).items()} | {
        "weg_uitkomst": een(
            "SELECT a.code FROM loket_wegantwoord a JOIN loket_levensgebeurtenis g ON g.begin_id = a.punt_id"
            " JOIN loket_wegpunt n ON n.id = a.naar_id WHERE g.slug = 'rekeningen' AND n.soort = 'uitkomst'"
        ),
        "mail": next(portaal.post.glob("*.eml")).name.split("_")[0],
    }


def zaken(een):
    """Questions of the social service, and what the desk keeps beside them."""
    zaak = (
        "SELECT lower(v.referentie) FROM loket_vraag v JOIN sociaalhuis_team t ON t.id = v.team_id"
        " WHERE t.code = 'sociale-dienst'"
    )
    staten = ("nieuw", "in_behandeling", "afgesloten")
    return {
        **{staat: een(f"{zaak} AND v.staat = %s AND v.quarantaine = ''", staat) for staat in staten},
        "quarantaine": een(f"{zaak} AND v.quarantaine <> ''"),
        "met_bijlage": een(f"{zaak} AND EXISTS (SELECT 1 FROM loket_bijlage b WHERE b.vraag_id = v.id)"),
        "vernietigingslijst": een("SELECT id FROM loket_vernietigingslijst WHERE staat = 'opgesteld'"),
        "antwoord": een("SELECT id FROM loket_standaardantwoord WHERE eigenaar_id IS NULL AND team_id IS NULL"),
        "verdeelregel": een("SELECT id FROM loket_verdeelregel WHERE woorden <> ''"),
        "signaal": een("SELECT id FROM loket_signaal WHERE reactie = ''"),
    }


def verwijzingen(een):
    """Referrals as the desk, the one who asked and the food bank see them."""
    rij = (
        " FROM loket_doorverwijzing d JOIN loket_vraag v ON v.id = d.vraag_id"
        " JOIN sociaalhuis_organisatie o ON o.id = d.organisatie_id WHERE d.staat = %s"
    )
    van_ons, bij_partner = (
        "SELECT lower(v.referentie || '/doorverwijzing/' || d.referentie)",
        "SELECT lower(d.referentie)",
    )
    return {
        **{staat: een(van_ons + rij, staat) for staat in ("voorgesteld", "geweigerd", "aanvaard")},
        "geweigerd_zaak": een("SELECT lower(v.referentie)" + rij, "geweigerd"),
        "eigen_voorstel": een(bij_partner + rij, "voorgesteld"),
        **{
            f"partner_{staat}": een(bij_partner + rij + " AND o.code = 'voedselbank'", staat)
            for staat in ("verzonden", "aanvaard", "bevestigd")
        },
        "partner_ingetrokken": een(
            "SELECT lower(i.referentie) FROM loket_ingetrokkenverwijzing i"
            " JOIN sociaalhuis_organisatie o ON o.id = i.organisatie_id WHERE o.code = 'voedselbank'"
        ),
    }


def afspraken(een):
    komt = (
        "SELECT {} FROM loket_afspraak a JOIN loket_afspraaksoort s ON s.id = a.soort_id"
        " WHERE s.slug = 'leefloon' AND a.begin {} now() ORDER BY a.begin"
    )
    return {
        "afspraak": een(komt.format("lower(a.referentie)", ">")),
        "afspraak_voorbij": een(komt.format("lower(a.referentie)", "<")),
        "afspraak_dag": een(komt.format("to_char(a.begin, 'YYYY-MM-DD')", ">")),
        "vrij_moment": vrij_moment(),
    }


def mails(een):
    """Mail that came in: one to look at, one that became a question of the social service."""
    return {
        "mail_kijk_na": een("SELECT id FROM loket_ingekomenmail WHERE staat = 'mislukt'"),
        "mail_verwerkt": een(
            "SELECT m.id FROM loket_ingekomenmail m JOIN loket_vraag v ON v.id = m.vraag_id"
            " JOIN sociaalhuis_team t ON t.id = v.team_id WHERE t.code = 'sociale-dienst' AND m.staat = 'verwerkt'"
        ),
    }


def het_plan(een):
    return {
        "eigen_deel": een("SELECT id FROM plan_onderdeel WHERE code = 'G1.1.b'"),
        "reeks": een("SELECT id FROM plan_reekswijziging"),
        "voorstel": een(
            "SELECT v.id FROM plan_wijzigingsvoorstel v JOIN plan_onderdeel o ON o.id = v.onderdeel_id"
            " WHERE o.code = 'G2.1.b'"
        ),
        "document": een("SELECT slug FROM plan_document"),
        "partnerschap": een(
            "SELECT p.id FROM plan_partnerschap p JOIN sociaalhuis_organisatie o ON o.id = p.organisatie_id"
            " WHERE o.code = 'voedselbank' AND p.staat = 'bevestigd'"
        ),
        "besluit": een("SELECT id FROM plan_besluit WHERE stap = 'goedkeuring-ocmw'"),
        "raadspad": een("SELECT id FROM plan_raadspad WHERE nummer = 2"),
        "comitestap": een("SELECT id FROM plan_besluit WHERE nummer = '2026-BCSD-0377'"),
        "raadstap": een("SELECT id FROM plan_besluit WHERE nummer = '2026-RMW-0038'"),
        "jaarregel": een(
            "SELECT min(r.id) FROM plan_jaaractie r JOIN plan_jaaractieplan j ON j.id = r.jaaractieplan_id WHERE j.staat = 'vastgesteld'"
        ),
        "plan": een("SELECT id FROM plan_plan"),
        "jaar_vast": een("SELECT id FROM plan_jaaractieplan WHERE staat = 'vastgesteld'"),
        "jaar_ontwerp": een("SELECT id FROM plan_jaaractieplan WHERE staat = 'ontwerp'"),
        "mjpinvoer": een("SELECT id FROM plan_mjpinvoer"),
        "mjpversie": een("SELECT id FROM plan_mjpversie ORDER BY nummer DESC, id"),
        "ingediend": een("SELECT id FROM plan_projectaanvraag WHERE staat = 'ingediend'"),
        "indicator": een("SELECT id FROM plan_indicator WHERE over = 'aandeel'"),
        "meting_terug": een("SELECT id FROM plan_meting WHERE staat = 'teruggestuurd'"),
        "meting_wacht": een("SELECT id FROM plan_meting WHERE staat = 'ingediend'"),
        "werk_actie": een("SELECT id FROM plan_onderdeel WHERE code = 'G2.3.b'"),
        "werk_taak": een("SELECT id FROM plan_taak WHERE klaar_op IS NULL"),
    }


def rondes(een):
    """The round that is open, and what people said in it."""
    inbreng = "SELECT i.{} FROM participatie_inbreng i JOIN participatie_ronde r ON r.id = i.ronde_id WHERE "
    antwoord = "EXISTS (SELECT 1 FROM participatie_antwoord a WHERE a.inbreng_id = i.id)"
    open_ = een("SELECT slug FROM participatie_ronde WHERE staat = 'gepubliceerd' AND sluit_op > now() ORDER BY id")
    ingediend = een(inbreng.format("referentie") + "i.staat = 'zichtbaar'")
    return {
        "open_ronde": open_,
        "concept_ronde": een("SELECT slug FROM participatie_ronde WHERE staat = 'concept'"),
        "blad": een(
            "SELECT 'B' || f.id || '-' || f.stand FROM participatie_formulier f"
            " JOIN participatie_ronde r ON r.id = f.ronde_id WHERE r.slug = %s",
            open_,
        ),
        "vraag_stam": een("SELECT stam FROM participatie_formuliervraag ORDER BY id"),
        "inbreng": een(inbreng.format("id") + "i.staat = 'ingediend' AND r.slug = %s", open_),
        "beantwoord": een(inbreng.format("id") + antwoord + " AND r.antwoorden_gepubliceerd_op IS NOT NULL"),
        "met_antwoord": een(
            inbreng.format("referentie")
            + antwoord
            + " AND i.staat = 'zichtbaar' AND r.antwoorden_gepubliceerd_op IS NOT NULL"
        ),
        "nog_geen_antwoord": een(inbreng.format("referentie") + "i.staat = 'zichtbaar' AND r.slug = %s", open_),
        "met_voorstel": een(inbreng.format("referentie") + "i.voorstel <> ''"),
        "alinea": een(
            "SELECT a.sleutel FROM plan_alinea a JOIN participatie_inbreng i ON i.alinea_id = a.id WHERE i.voorstel <> ''"
        ),
        "melding": een("SELECT id FROM participatie_melding"),
        "zonder_antwoord": een(
            inbreng.format("id") + "i.staat = 'zichtbaar' AND r.slug = %s" + f" AND NOT {antwoord}", open_
        ),
        "inbreng_bewijs": f"{ingediend}/{sleutel_bij('inbreng', ingediend)}",
        "eigen_opmerking": een(
            "SELECT p.id FROM participatie_opmerking p JOIN sociaalhuis_gebruiker g ON g.id = p.door_id"
            " WHERE g.email LIKE 'voedselbank@%%'"
        ),
        "eigen_inbreng": een(
            "SELECT referentie FROM participatie_inbreng i JOIN sociaalhuis_organisatie o ON o.id = i.organisatie_id"
            " WHERE o.code = 'voedselbank'"
        ),
    }


def overleggen(een):
    """Meetings: one with places, one that is full, one that was, one for guests only; who comes and who is invited."""
    slug = "SELECT slug FROM participatie_overleg WHERE "
    inschrijving = een("SELECT referentie FROM participatie_inschrijving WHERE staat = 'wachtlijst'")
    genodigde = een("SELECT referentie FROM participatie_overleguitnodiging WHERE dossiersleutel_id IS NOT NULL")
    was = een(slug + "einde < now()")
    return {
        "overleg_vrij": een(slug + "soort = 'inspraakmoment'"),
        "overleg_vol": een(slug + "soort = 'themagroep'"),
        "overleg_besloten": een(slug + "NOT openbaar"),
        "overleg_was": was,
        "overleg_punt": een(
            "SELECT max(p.id) FROM participatie_agendapunt p JOIN participatie_overleg o ON o.id = p.overleg_id"
            " WHERE o.slug = %s",
            was,
        ),
        "inschrijving_bewijs": f"{inschrijving}/{sleutel_bij('inschrijving', inschrijving)}",
        "overleg_genodigde": f"{genodigde}/{sleutel_bij('overleg', genodigde)}",
    }


def organisaties(een):
    """Organisations that want to take part."""
    aanmelding = een("SELECT referentie FROM participatie_aanmelding")
    geweigerd = een("SELECT referentie FROM participatie_aanmelding WHERE staat = 'geweigerd'")
    gevraagd = een("SELECT referentie FROM participatie_mandaatuitnodiging WHERE staat = 'open'")
    return {
        "aanmelding": een("SELECT id FROM participatie_aanmelding WHERE staat = 'aangemeld'"),
        "advies": een("SELECT referentie FROM participatie_advies WHERE staat = 'verzonden'"),
        "advies_pk": een("SELECT id FROM participatie_advies WHERE staat = 'verzonden'"),
        "advies_concept": een("SELECT id FROM participatie_advies WHERE staat = 'concept'"),
        "aanmelding_geweigerd": f"{geweigerd}/{sleutel_bij('aanmelding', geweigerd)}",
        "mandaatuitnodiging": f"{gevraagd}/{sleutel_bij('mandaatuitnodiging', gevraagd)}",
        "aanmelding_bewijs": f"{aanmelding}/{sleutel_bij('aanmelding', aanmelding)}",
    }
