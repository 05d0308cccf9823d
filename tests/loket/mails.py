"""Messages for the tests of mail in, built here byte by byte or with Python's own classes."""

from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from io import BytesIO
from itertools import count

from PIL import Image

from loket.acties import mailin
from loket.acties.bericht import antwoord_naar
from loket.models import Ingekomenmail
from sociaalhuis.models import UitgaandeMail

BEWONER = "bewoner@voorbeeld.example"
POSTBUS = "loket@proefdorp.example"
_nummer = count(1)


def mail(tekst="Ik heb een vraag over mijn huur.", van=f"Bewoner <{BEWONER}>", aan=POSTBUS, onderwerp="", **koppen):
    """A plain message; extra headers by name, `_` for `-`. None leaves a header out."""
    bericht = EmailMessage()
    bericht["From"], bericht["To"], bericht["Subject"] = van, aan, onderwerp
    bericht["Date"] = "Mon, 02 Mar 2026 09:30:00 +0100"
    bericht["Message-ID"] = f"<proef-{next(_nummer)}@voorbeeld.example>"
    for naam, waarde in koppen.items():
        del bericht[naam.replace("_", "-")]
        if waarde is not None:
            bericht[naam.replace("_", "-")] = waarde
    bericht.set_content(tekst)
    return bericht


def rauw(tekst: bytes, *koppen: bytes, van=b"bewoner@voorbeeld.example"):
    """A message as bytes, with headers as they are given, also wrong ones."""
    vast = [b"From: " + van, b"To: " + POSTBUS.encode(), b"Message-ID: <rauw-%d@voorbeeld.example>" % next(_nummer)]
    return b"\r\n".join([*vast, *koppen, b"", tekst])


def met_bestand(naam="brief.txt", inhoud=b"Dit is de brief.", soort=("text", "plain"), **velden):
    bericht = mail(**velden)
    bericht.add_attachment(inhoud, maintype=soort[0], subtype=soort[1], filename=naam)
    return bericht


def met_html(html, gewoon=None, **velden):
    """An HTML mail, with a plain version when given."""
    bericht = mail(**velden)
    if gewoon is None:
        bericht.set_content(html, subtype="html")
    else:
        bericht.set_content(gewoon)
        bericht.add_alternative(html, subtype="html")
    return bericht


def beeld(grootte=(40, 30), soort="PNG"):
    uit = BytesIO()
    Image.new("RGB", grootte, "#1d5c56").save(uit, soort)
    return uit.getvalue()


def doorgestuurd(binnen, tekst="Kijk eens wat ik kreeg.", **velden):
    """A mail with another one attached as message/rfc822."""
    buiten = MIMEMultipart()
    for naam, waarde in mail(**velden).items():
        if naam.lower() not in ("content-type", "mime-version", "content-transfer-encoding"):
            buiten[naam] = waarde
    buiten.attach(MIMEText(tekst))
    buiten.attach(MIMEMessage(binnen))
    return buiten


def genest(diepte, tekst="Diep in de mail."):
    """Multiparts inside each other."""
    deel = MIMEText(tekst)
    for _ in range(diepte):
        schil = MIMEMultipart()
        schil.attach(deel)
        deel = schil
    for naam, waarde in mail().items():
        if naam.lower() not in ("content-type", "mime-version", "content-transfer-encoding"):
            deel[naam] = waarde
    return deel


def uitnodiging(**velden):
    bericht = mail(**velden)
    ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Gesprek\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    bericht.add_alternative(ics, subtype="calendar", params={"method": "REQUEST"})
    return bericht


def winmail(**velden):
    bericht = mail(**velden)
    bericht.add_attachment(
        b"\x78\x9f\x3e\x22" + b"\x00" * 50, maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    return bericht


BOUNCE = """\
Return-Path: <>
From: MAILER-DAEMON@mx.voorbeeld.example (Mail Delivery System)
To: {postbus}
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn-{nummer}@mx.voorbeeld.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.voorbeeld.example

Final-Recipient: rfc822; {adres}
Action: failed
Status: 5.1.1

--grens
Content-Type: {soort}

Message-ID: {message_id}
To: {adres}
Subject: Er is een bericht voor je

Er is een bericht voor je.
--grens--
"""


def bounce(message_id, adres=BEWONER, soort="message/rfc822"):
    """What a mail server says about a mail of ours that it could not deliver, as bytes."""
    velden = {"postbus": POSTBUS, "nummer": next(_nummer), "adres": adres, "soort": soort, "message_id": message_id}
    return BOUNCE.format(**velden).replace("\n", "\r\n").encode()


def neem_aan(bericht, **opties):
    """The row of a message after it was kept and processed, as the command does."""
    inhoud = bericht if isinstance(bericht, bytes) else bericht.as_bytes()
    rij = mailin.bewaar(inhoud=inhoud, **opties)
    mailin.verwerk(pk=rij.pk)
    return Ingekomenmail.objects.get(pk=rij.pk)


def uitgaand():
    return list(UitgaandeMail.objects.order_by("pk"))


def antwoord_op(zaak, **velden):
    return mail(**{"aan": antwoord_naar(zaak), "tekst": "Mijn antwoord.", **velden})
