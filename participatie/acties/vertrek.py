"""An organisation that had everything erased has no name any more, and who spoke only for it has no account."""

import pgtrigger
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from pghistory.models import Context

from participatie.acties.mandaat import OOGWENK
from participatie.models import Agendalink, Mandaat, Mandaatuitnodiging, Reactierecht
from sociaalhuis.acties.geschiedenis import vergeet_adressen, verwijder_met_geschiedenis, wis_geschiedenis
from sociaalhuis.models import Dossiersleutel, Gebruiker, Organisatie, UitgaandeMail
from sociaalhuis.post.eml import vergeet
from sociaalhuis.rollen import is_medewerker

ZONDER_NAAM = "Een organisatie die zich liet wissen"
LEEG = (
    "ondernemingsnummer",
    "omschrijving",
    "email",
    "telefoon",
    "website",
    "straat",
    "huisnummer",
    "postcode",
    "gemeente",
)


def wis_organisatie(organisatie):
    """Takes every word from the organisation; kind, themes, groups and areas stay, because old figures count them."""
    wis_mails([organisatie.email])
    adressen = Context.objects.filter(metadata__url__contains=f"/{organisatie.code}/")
    rij = Organisatie.objects.select_for_update().get(pk=organisatie.pk)
    for naam in LEEG:
        setattr(rij, naam, "")
    rij.naam, rij.code, rij.erkend_op = ZONDER_NAAM, f"gewist-{rij.pk}", None
    rij.save()
    Reactierecht.objects.filter(organisatie=rij).delete()
    with pgtrigger.ignore():
        wis_geschiedenis(Organisatie, [rij.pk])
        vergeet_adressen(adressen)


def wis_sprekers(organisatie):
    """Ends every mandate now, erases who was asked, and the accounts of who spoke for nobody else and does not work here."""
    nu = timezone.now()
    uitnodigingen = Mandaatuitnodiging.objects.filter(organisatie=organisatie)
    sleutels = list(uitnodigingen.values_list("dossiersleutel", flat=True))
    UitgaandeMail.objects.filter(dossiersleutel__in=sleutels).delete()
    verwijder_met_geschiedenis(uitnodigingen)
    Dossiersleutel.objects.filter(pk__in=sleutels, gewist_op=None).update(ingepakt=None, gewist_op=nu)
    mandaten = Mandaat.objects.filter(organisatie=organisatie)
    Agendalink.objects.filter(mandaat__in=mandaten).delete()
    for mandaat in mandaten.filter(Q(tot=None) | Q(tot__gt=nu)):
        mandaat.van, mandaat.tot = min(mandaat.van, nu - OOGWENK), nu
        mandaat.save(update_fields=["van", "tot"])
    for gebruiker in Gebruiker.objects.filter(mandaten__in=mandaten).distinct():
        elders = Mandaat.objects.filter(gebruiker=gebruiker).exclude(organisatie=organisatie).exists()
        if not elders and not is_medewerker(gebruiker):
            wis_account(gebruiker)


def wis_account(gebruiker):
    """Takes name, address and every way in from a user; the row stays, because what was decided points at it."""
    wis_mails([gebruiker.email])
    for model in (EmailAddress, Authenticator, UserSession):
        model.objects.filter(user=gebruiker).delete()
    gebruiker.naam, gebruiker.email, gebruiker.is_active = "", f"gewist-{gebruiker.pk}@gewist.invalid", False
    gebruiker.set_unusable_password()
    gebruiker.save()
    gebruiker.beeindig_sessies()
    with pgtrigger.ignore():
        wis_geschiedenis(Gebruiker, [gebruiker.pk])


def wis_mails(adressen):
    """Forgets the mails to these addresses."""
    mails = UitgaandeMail.objects.filter(aan__in=[adres for adres in adressen if adres])
    message_ids = list(mails.values_list("message_id", flat=True))
    mails.delete()
    transaction.on_commit(lambda: vergeet(message_ids))
