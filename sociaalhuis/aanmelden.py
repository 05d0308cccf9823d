"""Login: one door for staff, the admin and organisations, kept by django-allauth.

Passwords are tried at most a few times per user *and* address: whoever guesses is stopped, and nobody can lock
somebody else out. Mails go through the outbox and say nothing but what is needed.
"""

from datetime import timedelta
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.forms import RequestLoginCodeForm
from allauth.core import context
from django.contrib.auth import logout
from django.shortcuts import resolve_url

from sociaalhuis import begrenzing
from sociaalhuis.post.uit import zet_klaar

POGINGEN, VENSTER = 5, timedelta(minutes=15)
# Many users from one address: stops trying one password on everybody. Tries that were already refused do not count.
POGINGEN_PER_ADRES, VENSTER_PER_ADRES = 100, timedelta(hours=1)
# A mailbox is not flooded with codes, whoever asks for them.
CODES_PER_MAILBOX, VENSTER_PER_MAILBOX = 30, timedelta(hours=1)


class Adapter(DefaultAccountAdapter):
    def is_safe_url(self, url):
        """Whether a visitor may be sent there; an address that cannot be read is no address of ours."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def is_open_for_signup(self, request):
        """Accounts are made by staff, or when an organisation is checked."""
        return False

    def pre_authenticate(self, request, **credentials):
        """Counts a try before the password is looked at. Raises ValidationError when there were too many."""
        adres = begrenzing.adres(request)
        if not (
            begrenzing.telt(self._sleutel(request, credentials), VENSTER, POGINGEN)
            and begrenzing.telt(f"aanmelden:{adres}", VENSTER_PER_ADRES, POGINGEN_PER_ADRES)
        ):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request, **credentials):
        gebruiker = super().authenticate(request, **credentials)
        if gebruiker:
            begrenzing.vergeet(self._sleutel(request, credentials))
        return gebruiker

    def _sleutel(self, request, credentials):
        return f"aanmelden:{(credentials.get('email') or '').strip().lower()}:{begrenzing.adres(request)}"

    def send_mail(self, template_prefix, email, context):
        """Renders a mail of allauth and puts it in the outbox."""
        bericht = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        zet_klaar(sleutel=f"aanmelden-{uuid4()}", aan=email, onderwerp=bericht.subject, tekst=bericht.body)

    def logout(self, request):
        """Ends the session here and every other session of this user."""
        if request.user.is_authenticated:
            request.user.beeindig_sessies()
        logout(request)

    def get_login_redirect_url(self, request):
        return resolve_url("start_na_aanmelden")


class CodeAanvraag(RequestLoginCodeForm):
    """Asking for a code by mail, limited like passwords: per user and address."""

    def clean_email(self):
        email = super().clean_email().strip().lower()
        adres = begrenzing.adres(context.request)
        if not (
            begrenzing.telt(f"code:{email}:{adres}", VENSTER, POGINGEN)
            and begrenzing.telt(f"code:{email}", VENSTER_PER_MAILBOX, CODES_PER_MAILBOX)
        ):
            raise get_adapter().validation_error("too_many_login_attempts")
        return email
