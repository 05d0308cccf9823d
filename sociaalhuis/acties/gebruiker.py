"""What happens to the accounts of others. The person is told by mail, because who manages accounts could use them."""

from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from sociaalhuis.models import Gebruiker, Huis
from sociaalhuis.post.uit import zet_klaar
from sociaalhuis.rollen import ORGANISATIELID, RECHTEN


def verwittig(adres, wat):
    """A mail about an account: what was done, and whom to call."""
    huis = Huis.objects.first()
    contact = f"{huis.naam}\n{huis.telefoon}" if huis else "Sociaal Huis"
    zet_klaar(
        sleutel=f"account-{uuid4()}",
        aan=adres,
        onderwerp="Er is iets veranderd aan je account",
        tekst=f"Dag,\n\n{wat}\n\nWist je dit niet? Bel ons dan meteen.\n\nVriendelijke groeten\n{contact}\n",
    )


@transaction.atomic
def wijzig_email(*, gebruiker, oud, door):
    """After `gebruiker` was saved with a new address: forgets the old one for logging in, and tells it so."""
    EmailAddress.objects.filter(user=gebruiker).delete()
    gebruiker.beeindig_sessies()
    verwittig(oud, "Een beheerder gaf je account een ander e-mailadres. Met dit adres kun je niet meer aanmelden.")


@transaction.atomic
def meld_overal_af(*, gebruikers, door):
    """Ends every session of the users, on every device. Gives how many users."""
    for gebruiker in gebruikers:
        gebruiker.beeindig_sessies()
    return len(gebruikers)


@transaction.atomic
def wis_tweede_factor(*, gebruikers, door):
    """For who lost a phone: the second factor goes, and must be set up anew at the next login."""
    for gebruiker in gebruikers:
        Authenticator.objects.filter(user=gebruiker).delete()
        gebruiker.beeindig_sessies()
        verwittig(gebruiker.email, "Een beheerder wiste de tweede stap van je aanmelding. Je stelt die opnieuw in.")
    return len(gebruikers)


@transaction.atomic
def wis_wachtwoord(*, gebruikers, door):
    """The user logs in with a code by mail, until a new password is chosen."""
    for gebruiker in gebruikers:
        gebruiker.set_unusable_password()
        gebruiker.save(update_fields=["password"])
        verwittig(gebruiker.email, "Een beheerder wiste je wachtwoord. Je meldt je nu aan met een code per mail.")
    return len(gebruikers)


def merk_medewerker(*, gebruiker, door):
    """Whether someone is staff follows from the roles: anyone with a role other than speaking for an organisation."""
    rollen = set(gebruiker.groups.values_list("name", flat=True))
    medewerker = gebruiker.is_superuser or bool(rollen & (RECHTEN.keys() - {ORGANISATIELID}))
    Gebruiker.objects.filter(pk=gebruiker.pk).exclude(is_staff=medewerker).update(is_staff=medewerker)
