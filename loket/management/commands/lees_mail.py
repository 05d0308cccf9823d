"""Takes mail in: one message from standard input, for a pipe of the mail server, or a mailbox over IMAP."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from imapclient.exceptions import IMAPClientError

from loket.acties.mailin import bewaar, verwerk
from loket.acties.verdeling import GeenTeam
from loket.mail.imap import Mailbox, haal

EX_TEMPFAIL = 75  # sysexits.h: the mail server keeps the message and tries again later


class Command(BaseCommand):
    help = "Leest één mail van standaardinvoer, of met --imap alle wachtende mails uit een postbus, en maakt er vragen van."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--imap", action="store_true", help="lees de postbus uit IMAP_URL")
        parser.add_argument(
            "--naar", default="", help="het adres waarop de mail binnenkwam, als de mailserver dat weet"
        )

    def handle(self, *args, imap, naar, **options):
        try:
            if imap:
                self._imap(naar)
            else:
                self._pijp(naar)
        except (OperationalError, InterfaceError, GeenTeam) as fout:
            self.stderr.write(f"Nu even niet ({type(fout).__name__}): probeer later opnieuw.")
            raise SystemExit(EX_TEMPFAIL) from fout

    def _pijp(self, naar):
        inhoud = sys.stdin.buffer.read(settings.MAIL_MAX_BYTES)
        grootte = len(inhoud)
        while stuk := sys.stdin.buffer.read(1_000_000):  # a pipe that is closed too early would bounce the mail
            grootte += len(stuk)
        if not inhoud.strip():
            self.stderr.write("Er kwam niets binnen.")
            return
        self._neem_aan(inhoud, grootte, naar)

    def _imap(self, naar):
        if not settings.IMAP_URL:
            raise CommandError("Zet IMAP_URL: imaps://gebruiker:wachtwoord@server:993/INBOX?verwerkt=Verwerkt")
        try:
            mailbox = Mailbox.uit(settings.IMAP_URL)
        except ValueError as fout:
            raise CommandError(str(fout)) from fout
        try:
            aantal = haal(
                mailbox,
                lambda inhoud, grootte: self._neem_aan(inhoud, grootte, naar),
                hoogstens_bytes=settings.MAIL_MAX_BYTES,
            )
        except (IMAPClientError, OSError) as fout:
            self.stderr.write(f"De postbus is niet te bereiken ({type(fout).__name__}).")
            raise SystemExit(EX_TEMPFAIL) from fout
        self.stdout.write(f"{aantal} mails gelezen.")

    def _neem_aan(self, inhoud, grootte, naar):
        """Keeps the message, and tries to process it now. Once it is kept, nothing of what follows is an error here."""
        mail = bewaar(inhoud=inhoud, grootte=grootte, naar=naar)
        try:
            verwerk(pk=mail.pk)
        except (OperationalError, InterfaceError):
            self.stderr.write("Bewaard. Het verwerken volgt.")
