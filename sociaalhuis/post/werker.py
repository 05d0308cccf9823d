"""Sending the outbox: claims mails, sends them over one SMTP connection, writes down each as it goes.

Any number of workers may run. Mails are claimed by pushing their next try a lease into the future, in one statement
with SKIP LOCKED, committed before anything is sent. Each mail is written down as soon as the server took it, so a
worker that dies sends at most one mail twice, with the same Message-ID; the rest of its claim goes when the lease is
over. What was sent while the database went away is remembered and written down when it is back. A mail server that
is away costs no try: everything waits. A mail that is refused waits longer each time, until it is given up. After
sending, the text is emptied.
"""

import logging
import smtplib
import time
from datetime import timedelta

from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.utils import timezone

from sociaalhuis.models import Dossiersleutel, UitgaandeMail
from sociaalhuis.post.uit import lusteken

logger = logging.getLogger(__name__)

BUNDEL = 50  # mails claimed at once
LEASE = timedelta(seconds=150)
GENOEG = 0.4  # part of the lease after which no new mail is begun: one slow mail fits in what is left
EERSTE_UITSTEL, LANGSTE_UITSTEL = timedelta(seconds=30), timedelta(hours=6)
MAX_POGINGEN = 12  # over about two days
SERVER_UITSTEL, LANGSTE_SERVER_UITSTEL = 1.0, 60.0  # seconds
BEWAAR_VERZONDEN, BEWAAR_OPGEGEVEN = timedelta(days=30), timedelta(days=90)

CLAIM = """
    UPDATE sociaalhuis_uitgaandemail SET volgende_poging = %(tot)s
    WHERE id IN (
        SELECT id FROM sociaalhuis_uitgaandemail WHERE staat = 'wacht' AND volgende_poging <= %(nu)s
        ORDER BY volgende_poging LIMIT %(aantal)s FOR UPDATE SKIP LOCKED
    )
    RETURNING id, aan, dossiersleutel_id, aan_geheim, antwoord_geheim, onderwerp, tekst, afmelden, message_id, pogingen
"""
VERZONDEN = """
    UPDATE sociaalhuis_uitgaandemail SET staat = 'verzonden', verzonden_op = %(nu)s, tekst = '', afmelden = '', antwoord_geheim = NULL, fout = ''
    WHERE id = ANY(%(ids)s)
"""


class ServerWeg(Exception):
    """The mail server cannot be reached or does not want to talk now."""


class Geweigerd(Exception):
    """The server does not take this mail. The reason holds no address and no text."""

    def __init__(self, reden, voorgoed=False):
        super().__init__(reden)
        self.reden, self.voorgoed = reden, voorgoed


# --- one mail -----------------------------------------------------------------------------------


def uitstel(pogingen: int) -> timedelta:
    """How long a mail waits after this many failed tries: 30 s, doubling, at most 6 hours."""
    return min(EERSTE_UITSTEL * 2 ** min(pogingen - 1, 20), LANGSTE_UITSTEL)


class Bericht(EmailMessage):
    """A message that is built once: to see whether it can be, and to send it."""

    def message(self):
        if not hasattr(self, "_gebouwd"):
            self._gebouwd = super().message()
        return self._gebouwd


def bericht(mail) -> Bericht:
    """The mail as a message, with its fixed Message-ID. Raises Geweigerd when it cannot be written."""
    koppen = {
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-Loop": lusteken(),
    }
    if mail.afmelden:  # one click in the mail program, see RFC 8058
        koppen |= {"List-Unsubscribe": f"<{mail.afmelden}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    antwoord_naar = [mail.antwoord_geheim] if mail.antwoord_geheim else None
    klaar = Bericht(mail.onderwerp, mail.tekst, to=[mail.adres], reply_to=antwoord_naar, headers=koppen)
    try:
        klaar.message()
    except Exception as fout:  # whatever is wrong with one mail may not stop the others
        raise Geweigerd(f"cannot be written: {type(fout).__name__}", voorgoed=True) from fout
    return klaar


def verstuur(mail, server):
    """Sends one mail over an open connection. Raises Geweigerd or ServerWeg."""
    klaar = bericht(mail)
    try:
        server.send_messages([klaar])
    except smtplib.SMTPRecipientsRefused as fout:
        code = max(antwoord[0] for antwoord in fout.recipients.values())
        if code == 421:
            raise ServerWeg from fout
        raise Geweigerd(f"address refused ({code})", voorgoed=code >= 500) from fout
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as fout:
        if fout.smtp_code == 421:
            raise ServerWeg from fout
        raise Geweigerd(f"refused ({fout.smtp_code})") from fout
    except (smtplib.SMTPException, OSError) as fout:
        raise ServerWeg from fout


# --- the outbox ---------------------------------------------------------------------------------


def claim(aantal=BUNDEL, lease=LEASE, nu=None):
    """Takes mails whose turn it is, for the length of a lease: a list of `UitgaandeMail` with only what is needed."""
    nu = nu or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"nu": nu, "tot": nu + lease, "aantal": aantal})
        namen = [kolom.name for kolom in cursor.description]
        mails = [UitgaandeMail(**dict(zip(namen, rij, strict=True))) for rij in cursor.fetchall()]
    return met_sleutel(mails)


def met_sleutel(mails):
    """The mails with the keys that their addresses need; a mail whose key was erased goes, as nobody can read to whom."""
    sleutels = Dossiersleutel.objects.in_bulk({mail.dossiersleutel_id for mail in mails} - {None})
    for mail in mails:
        if mail.dossiersleutel_id:
            mail.dossiersleutel = sleutels[mail.dossiersleutel_id]
    weg = [mail.pk for mail in mails if mail.dossiersleutel_id and mail.dossiersleutel.gewist_op]
    if weg:
        UitgaandeMail.objects.filter(pk__in=weg).delete()
    return [mail for mail in mails if mail.pk not in weg]


def schrijf_verzonden(ids):
    with connection.cursor() as cursor:
        cursor.execute(VERZONDEN, {"ids": ids, "nu": timezone.now()})


def schrijf_geweigerd(mail, fout: Geweigerd):
    pogingen = mail.pogingen + 1
    opgegeven = fout.voorgoed or pogingen >= MAX_POGINGEN
    UitgaandeMail.objects.filter(pk=mail.pk).update(
        pogingen=pogingen,
        fout=fout.reden,
        staat=UitgaandeMail.Staat.OPGEGEVEN if opgegeven else UitgaandeMail.Staat.WACHT,
        volgende_poging=timezone.now() + uitstel(pogingen),
    )


def geef_vrij(mails):
    """Gives claimed mails back; they may go at once."""
    wacht = UitgaandeMail.objects.filter(pk__in=[mail.pk for mail in mails], staat=UitgaandeMail.Staat.WACHT)
    wacht.update(volgende_poging=timezone.now())


class Post:
    """The outbox as a task of the worker: each call of `volgende` handles at most one bundle.

    `stoppen` is asked before every mail, so that a worker that must end leaves after the one it is sending.
    """

    def __init__(self, stoppen=lambda: False, lease=LEASE):
        self.stoppen, self.lease = stoppen, lease
        self.server = None
        self.verzonden = []  # ids that the server took, not yet written down
        self.niet_voor, self.uitstel = 0.0, SERVER_UITSTEL

    def volgende(self) -> bool:
        """Sends a bundle. True when there may be more; False when there is none, or the server is away."""
        self.schrijf_bij()
        if time.monotonic() < self.niet_voor:
            return False
        genoeg = time.monotonic() + self.lease.total_seconds() * GENOEG
        mails = claim(lease=self.lease)
        if not mails:
            self.sluit()
            return False
        try:
            while mails and time.monotonic() < genoeg and not self.stoppen():
                self.doe(mails[0])
                mails.pop(0)
        except ServerWeg as fout:
            logger.warning("mail server away (%s), again in %.0f s", type(fout.__cause__).__name__, self.uitstel)
            self.sluit()
            self.niet_voor = time.monotonic() + self.uitstel
            self.uitstel = min(self.uitstel * 2, LANGSTE_SERVER_UITSTEL)
            return False
        finally:
            geef_vrij(mails)
        self.uitstel = SERVER_UITSTEL
        return True

    def doe(self, mail):
        try:
            self.open()
            verstuur(mail, self.server)
        except Geweigerd as fout:
            schrijf_geweigerd(mail, fout)
            return
        self.verzonden.append(mail.pk)
        self.schrijf_bij()

    def schrijf_bij(self):
        """Writes down what was sent; stays remembered when the database is away."""
        if self.verzonden:
            schrijf_verzonden(self.verzonden)
            self.verzonden = []

    def open(self):
        if self.server is None:
            server = get_connection(fail_silently=False)
            try:
                server.open()
            except (smtplib.SMTPException, OSError) as fout:
                raise ServerWeg from fout
            self.server = server

    def sluit(self):
        if self.server is not None:
            try:
                self.server.close()
            except (smtplib.SMTPException, OSError):
                logger.info("the mail server did not say goodbye")
            self.server = None
