"""What of the participation waits for someone: the lines on the first page of the admin."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from participatie.acties.aflopend import aflopend
from participatie.models import Aanmelding, Advies, Inbreng, Melding, Wisverzoek
from sociaalhuis.beheer.wacht import Werk, registreer


@registreer("participatie.inbreng", rang=10)
def inbreng(gebruiker):
    """Inputs that nobody read."""
    if not gebruiker.has_perm("participatie.change_inbreng"):
        return []
    aantal = Inbreng.objects.zichtbaar_voor(gebruiker).na_te_kijken().count()
    url = reverse("participatie:beheer_nakijken")
    return [Werk(aantal, "inbreng is niet nagekeken", "inbrengen zijn niet nagekeken", url)]


@registreer("participatie.aanmeldingen", rang=11)
def aanmeldingen(gebruiker):
    """Organisations that wait for a first or second approval."""
    if not gebruiker.has_perm("participatie.kijk_na_aanmelding"):
        return []
    aantal = Aanmelding.objects.zichtbaar_voor(gebruiker).lopend().count()
    url = reverse("participatie:beheer_aanmeldingen")
    return [Werk(aantal, "organisatie meldde zich aan", "organisaties meldden zich aan", url)]


@registreer("participatie.meldingen", rang=9)
def meldingen(gebruiker):
    """Reports on which nobody decided."""
    if not gebruiker.has_perm("participatie.change_inbreng"):
        return []
    aantal = Melding.objects.zichtbaar_voor(gebruiker).open().count()
    url = reverse("participatie:beheer_meldingen")
    return [Werk(aantal, "inbreng is gemeld", "inbrengen zijn gemeld", url, dringend=True)]


@registreer("participatie.adviezen", rang=12)
def adviezen(gebruiker):
    """Sent advice without a reaction; that of who has a right to one, such as the LOK, is pressing."""
    if not gebruiker.has_perm("participatie.change_advies"):
        return []
    recht = Q(adviesraad__organisatie__reactierecht__isnull=False)
    wacht = Advies.objects.zichtbaar_voor(gebruiker).te_beantwoorden()
    telling = wacht.aggregate(recht=Count("pk", filter=recht), ander=Count("pk", filter=~recht))
    url = reverse("participatie:beheer_adviesraden")
    return [
        Werk(
            telling["recht"],
            "advies met recht op een reactie wacht daarop",
            "adviezen met recht op een reactie wachten daarop",
            url,
            dringend=True,
        ),
        Werk(telling["ander"], "advies wacht op een reactie", "adviezen wachten op een reactie", url),
    ]


@registreer("participatie.aanspreekpunten", rang=14)
def aanspreekpunten(gebruiker):
    """Organisations that nobody can be reached of in a month."""
    if not gebruiker.has_perm("participatie.change_mandaat"):
        return []
    return [
        Werk(
            len(aflopend()),
            "organisatie verliest binnenkort haar laatste aanspreekpunt",
            "organisaties verliezen binnenkort hun laatste aanspreekpunt",
            reverse("participatie:beheer_organisaties"),
        )
    ]


@registreer("participatie.wisverzoeken", rang=8)
def wisverzoeken(gebruiker):
    """Organisations that asked to erase everything: staff may call them while it can still be stopped."""
    if not gebruiker.has_perm("participatie.change_mandaat"):
        return []
    aantal = Wisverzoek.objects.zichtbaar_voor(gebruiker).open().count()
    url = reverse("participatie:beheer_organisaties")
    return [Werk(aantal, "organisatie wil alles wissen", "organisaties willen alles wissen", url)]


@registreer("participatie.antwoorden", rang=13)
def antwoorden(gebruiker):
    """What this user must answer in rounds that are closed; the day that was promised makes it pressing."""
    if not gebruiker.has_perm("participatie.add_antwoord"):
        return []
    nu = timezone.now()
    eigen = Inbreng.objects.zichtbaar_voor(gebruiker).filter(
        toewijzing__gebruiker=gebruiker.pk,
        staat=Inbreng.Staat.ZICHTBAAR,
        antwoord=None,
        samengevoegd=None,
        ronde__sluit_op__lte=nu,
        ronde__antwoorden_gepubliceerd_op=None,
    )
    rijen = list(eigen.values_list("ronde__antwoord_tegen", flat=True))
    laat = any(tegen <= timezone.localdate() for tegen in rijen)
    url = reverse("participatie:beheer")
    return [Werk(len(rijen), "inbreng wacht op jouw antwoord", "inbrengen wachten op jouw antwoord", url, laat)]
