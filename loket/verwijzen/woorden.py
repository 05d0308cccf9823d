"""A referral in plain words: for the client, for the desk and for the partner. Asks nothing of the database."""

from loket.models import Doorverwijzing, Verwijsbericht

Staat, Stap = Doorverwijzing.Staat, Doorverwijzing.Stap

SOORT = {
    Staat.VOORGESTELD: "wacht",
    Staat.AKKOORD: "let-op",
    Staat.VERZONDEN: "wacht",
    Staat.VRAAGT_TERUG: "let-op",
    Staat.AANVAARD: "bezig",
    Staat.AFSPRAAK: "bezig",
    Staat.AANGEKOMEN: "bezig",
    Staat.GEHOLPEN: "goed",
    Staat.BEVESTIGD: "goed",
    Staat.ONBEVESTIGD: "goed",
    Staat.NIET_GEHOLPEN: "fout",
    Staat.WEERSPROKEN: "fout",
    Staat.GEWEIGERD: "fout",
    Staat.VERLOPEN: "fout",
    Staat.INGETROKKEN: "rustig",
    Staat.GESTOPT: "rustig",
}
# the state as a sentence for the client; {o} is the partner
VOOR_VRAGER = {
    Staat.VOORGESTELD: "Mogen we je gegevens delen met {o}? Jij beslist.",
    Staat.AKKOORD: "Je gaf je akkoord. Wij kijken het nog even na en verzenden het dan naar {o}.",
    Staat.VERZONDEN: "{o} heeft je gegevens gekregen. We wachten op antwoord.",
    Staat.VRAAGT_TERUG: "{o} wil nog iets weten. Wij antwoorden, of jij doet het zelf hieronder.",
    Staat.AANVAARD: "{o} gaat je helpen. Je hoort nog wanneer.",
    Staat.AFSPRAAK: "Je hebt een afspraak bij {o}.",
    Staat.AANGEKOMEN: "Je was bij {o}.",
    Staat.GEHOLPEN: "{o} zegt dat je geholpen bent. Klopt dat?",
    Staat.BEVESTIGD: "Je bent geholpen door {o}. {o} kan je gegevens hier niet meer lezen.",
    Staat.ONBEVESTIGD: "{o} zegt dat je geholpen bent. {o} kan je gegevens hier niet meer lezen.",
    Staat.NIET_GEHOLPEN: "{o} kon je niet helpen. Je vraag is terug bij ons.",
    Staat.WEERSPROKEN: "Je zei dat je niet geholpen bent. Je vraag is terug bij ons.",
    Staat.GEWEIGERD: "{o} kan je nu niet helpen. Je vraag is terug bij ons, we zoeken verder.",
    Staat.VERLOPEN: "Dit duurde te lang. Je vraag is terug bij ons, we zoeken verder.",
    Staat.INGETROKKEN: "Je wilde dit niet, of niet meer. {o} kan hier niets van je lezen.",
    Staat.GESTOPT: "Het Sociaal Huis heeft dit gestopt. {o} kan hier niets van je lezen.",
}
# a step as a line of the story
VOOR_VRAGER_STAP = {
    Stap.STEL_VOOR: "We stellen voor om je gegevens te delen met {o}",
    Stap.GEEF_AKKOORD: "Je gaf je akkoord om te delen met {o}",
    Stap.VERZEND: "We stuurden je gegevens naar {o}",
    Stap.AANVAARD: "{o} gaat je helpen",
    Stap.WEIGER: "{o} kan je nu niet helpen",
    Stap.VRAAG_TERUG: "{o} wil nog iets weten",
    Stap.ANTWOORD: "{o} kreeg een antwoord",
    Stap.MAAK_AFSPRAAK: "Je kreeg een afspraak bij {o}",
    Stap.MELD_AANKOMST: "Je was bij {o}",
    Stap.HELP: "{o} zegt dat je geholpen bent",
    Stap.HELP_NIET: "{o} kon je niet helpen",
    Stap.BEVESTIG: "Je bevestigde dat {o} je hielp",
    Stap.WEERSPREEK: "Je zei dat {o} je niet hielp",
    Stap.TREK_IN: "Je wil niet (meer) delen met {o}",
    Stap.STOP: "Het Sociaal Huis stopte het delen met {o}",
    Stap.VERLOOP: "De tijd om te delen met {o} is om",
}
# the way as a person walks it, and how far a state is
LUS = ["Voorstel", "Akkoord", "Verzonden", "Aanvaard", "Afspraak", "Geholpen", "Bevestigd"]
HIER = {
    Staat.VOORGESTELD: 2,
    Staat.AKKOORD: 3,
    Staat.VERZONDEN: 4,
    Staat.VRAAGT_TERUG: 4,
    Staat.AANVAARD: 5,
    Staat.AFSPRAAK: 6,
    Staat.AANGEKOMEN: 6,
    Staat.GEHOLPEN: 7,
    Staat.BEVESTIGD: 8,
    Staat.ONBEVESTIGD: 8,
}
WIE = {
    Verwijsbericht.Van.LOKET: "Het Sociaal Huis",
    Verwijsbericht.Van.VRAGER: "De vrager",
}
KOP = {
    Stap.WEIGER: "Waarom het niet kan",
    Stap.HELP_NIET: "Waarom het niet lukte",
    Stap.VRAAG_TERUG: "Vraag van de partner",
    Stap.ANTWOORD: "Antwoord",
    Stap.MAAK_AFSPRAAK: "Waar de afspraak is",
    Stap.HELP: "Waarmee er geholpen is",
    Stap.WEERSPREEK: "Wat er niet klopt",
    Stap.STOP: "Waarom het gestopt is",
}


def zin_voor_vrager(verwijzing):
    return VOOR_VRAGER[Staat(verwijzing.staat)].format(o=verwijzing.organisatie.naam)


def stap_voor_vrager(stap, organisatie):
    return VOOR_VRAGER_STAP[Stap(stap)].format(o=organisatie)


def stap_voor_medewerker(stap, organisatie):
    woord = Stap(stap).label
    return f"Doorverwijzing naar {organisatie}: {woord[0].lower()}{woord[1:]}"


def gesprek(verwijzing, voor_vrager=False):
    """What was said with the steps: dicts for `onderdelen/_bericht.html`, in their order."""
    regels = []
    for bericht in verwijzing.berichten.all():
        wie = WIE.get(bericht.van, verwijzing.organisatie.naam)
        if voor_vrager and bericht.van == Verwijsbericht.Van.VRAGER:
            wie = "Jij"
        regels.append(
            {
                "van": "vrager" if bericht.van == Verwijsbericht.Van.VRAGER else "huis",
                "wie": f"{wie}: {KOP.get(Stap(bericht.stap), 'bericht').lower()}",
                "wanneer": bericht.op,
                "tekst": bericht.tekst,
            }
        )
    return regels
