"""The mail of the demo town: really kept and processed, as the command does with a message from a mail server."""

from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

from django.utils import timezone

from loket.acties import mailin
from loket.acties.bericht import antwoord_naar
from loket.models import Ingekomenmail, Postbus, Vraag
from sociaalhuis.models import Team
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Fills the mailboxes from `mail.toml` in the folder `bron`; needs the teams and the questions."""
    inhoud, teams = lees(bron / "mail.toml"), Team.objects.in_bulk(field_name="code")
    for rij in inhoud["postbus"]:
        Postbus.objects.create(adres=rij["adres"], team=teams[rij["team"]])
    for rij in inhoud["mail"]:
        op = timezone.now() - timedelta(hours=rij["uren_geleden"])
        mail = mailin.bewaar(inhoud=bouw(rij, op).as_bytes())
        Ingekomenmail.objects.filter(pk=mail.pk).update(ontvangen_op=op)
        mailin.verwerk(pk=mail.pk)


def bouw(rij, op) -> EmailMessage:
    bericht = EmailMessage()
    for naam, waarde in rij.get("koppen", {}).items():
        bericht[naam] = waarde
    bericht["From"], bericht["To"], bericht["Subject"] = rij["van"], rij.get("aan") or _adres(rij), rij["onderwerp"]
    bericht["Date"], bericht["Message-ID"] = format_datetime(op), make_msgid(domain="voorbeeld.example")
    bericht.set_content(rij["tekst"])
    for bestand in rij.get("bestanden", []):
        bericht.add_attachment(
            bestand["tekst"].encode(), maintype="application", subtype="octet-stream", filename=bestand["naam"]
        )
    return bericht


def _adres(rij):
    """Where the mails about a question that is being handled say that answers go."""
    vragen = Vraag.objects.filter(team__code=rij["antwoord_op"], staat=Vraag.Staat.WACHT_OP_VRAGER)
    return antwoord_naar(vragen.order_by("-geregistreerd_op").first())
