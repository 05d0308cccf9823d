"""What of the participation waits for someone: the lines on the first page of the admin."""

from django.urls import reverse

from participatie.models import Aanmelding, Inbreng, Melding
from sociaalhuis.beheer.wacht import Werk, registreer


@registreer("participatie.inbreng", rang=10)
def inbreng(gebruiker):
    if not gebruiker.has_perm("participatie.change_inbreng"):
        return []
    aantal = Inbreng.objects.zichtbaar_voor(gebruiker).na_te_kijken().count()
    url = reverse("participatie:beheer_nakijken")
    return [Werk(aantal, "inbreng is niet nagekeken", "inbrengen zijn niet nagekeken", url)]


@registreer("participatie.aanmeldingen", rang=11)
def aanmeldingen(gebruiker):
    if not gebruiker.has_perm("participatie.kijk_na_aanmelding"):
        return []
    aantal = Aanmelding.objects.zichtbaar_voor(gebruiker).lopend().count()
    url = reverse("participatie:beheer_aanmeldingen")
    return [Werk(aantal, "organisatie meldde zich aan", "organisaties meldden zich aan", url)]


@registreer("participatie.meldingen", rang=9)
def meldingen(gebruiker):
    if not gebruiker.has_perm("participatie.change_inbreng"):
        return []
    aantal = Melding.objects.zichtbaar_voor(gebruiker).open().count()
    url = reverse("participatie:beheer_meldingen")
    return [Werk(aantal, "inbreng is gemeld", "inbrengen zijn gemeld", url, dringend=True)]
