"""What participation has for an organisation in its corner."""

from django.urls import reverse

from participatie.acties.aflopend import aflopend
from participatie.models import Advies, Adviesraad, Overleg
from sociaalhuis.hoekje import Deur, registreer


def naar(naam):
    """The address of a page of the corner, as a function of the organisation."""
    return lambda organisatie: reverse(f"participatie:{naam}", args=[organisatie.code])


registreer(
    Deur(
        naam="inbreng",
        rang=10,
        titel="Onze inbreng",
        tekst="Wat jullie zeiden, en wat we ermee deden.",
        picto="gesprek",
        adres=naar("mijn_inbrengen"),
    )
)
registreer(
    Deur(
        naam="adviezen",
        rang=20,
        titel="Ons advies",
        tekst="Advies dat het bestuur vraagt, en advies dat jullie zelf geven.",
        picto="document",
        adres=naar("mijn_adviezen"),
        wacht=lambda organisatie: Advies.objects.te_schrijven().filter(adviesraad__organisatie=organisatie).count(),
        enkel="advies is aan jullie gevraagd",
        meer="adviezen zijn aan jullie gevraagd",
        voor=lambda organisatie: Adviesraad.objects.filter(organisatie=organisatie).exists(),
    )
)
registreer(
    Deur(
        naam="opmerkingen",
        rang=15,
        titel="Persoonlijke opmerkingen",
        tekst="Wat je in eigen naam wil zeggen, naast de stem van jullie organisatie.",
        picto="persoon",
        adres=naar("mijn_opmerkingen"),
    )
)
registreer(
    Deur(
        naam="mensen",
        rang=60,
        titel="Wie spreekt voor ons?",
        tekst="Nodig een collega uit, laat een mandaat stoppen, en zie wie vroeger sprak.",
        picto="groep",
        adres=naar("mijn_mensen"),
        wacht=lambda organisatie: len(aflopend(organisatie=organisatie)),
        enkel="aanspreekpunt stopt binnenkort",
        meer="aanspreekpunten stoppen binnenkort",
    )
)
registreer(
    Deur(
        naam="steun",
        rang=50,
        titel="Onze steun voor het plan",
        tekst="Zeg met een paar zinnen dat jullie achter het plan staan.",
        picto="ster",
        adres=naar("mijn_steun"),
    )
)


def zonder_antwoord(organisatie):
    """How many meetings that come ask whether somebody of this organisation will be there."""
    rijen = Overleg.objects.komend().filter(staat=Overleg.Staat.AANGEKONDIGD, uitnodigingen__organisatie=organisatie)
    return rijen.exclude(inschrijvingen__organisatie=organisatie).count()


registreer(
    Deur(
        naam="overleg",
        rang=20,
        titel="Ons overleg",
        tekst="Waarvoor jullie uitgenodigd zijn, wat er afgesproken is, en jullie agenda.",
        picto="agenda",
        adres=lambda organisatie: reverse("participatie:mijn_overleg"),
        wacht=zonder_antwoord,
        enkel="overleg wil weten of jullie komen",
        meer="overleggen willen weten of jullie komen",
    )
)
registreer(
    Deur(
        naam="gegevens",
        rang=70,
        titel="Onze gegevens",
        tekst="Pas aan wat op de website staat, of neem alles mee wat jullie gaven.",
        picto="gebouw",
        adres=naar("mijn_gegevens"),
    )
)
