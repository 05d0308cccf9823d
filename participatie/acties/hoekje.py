"""What participation has for an organisation in its corner."""

from django.urls import reverse

from sociaalhuis.hoekje import Deur, registreer


def naar(naam):
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
        naam="mensen",
        rang=60,
        titel="Wie spreekt voor ons?",
        tekst="Nodig een collega uit, laat een mandaat stoppen, en zie wie vroeger sprak.",
        picto="groep",
        adres=naar("mijn_mensen"),
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
