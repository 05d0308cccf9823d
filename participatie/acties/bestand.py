"""Files that people gave as an answer on a question: taken by who checks input, and scanned when the scanner was away."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from participatie.models import Bestandinzage, Formulierbestand
from sociaalhuis.keuring.bijlagen import Schoon
from sociaalhuis.keuring.opnieuw import scan_wachtende


@transaction.atomic
def open_bestand(*, inbreng, antwoord, door):
    """The file that answers a question (`antwoord` is the key of the answer), and a row that says who took it.

    Raises PermissionDenied for who does not check input, and Formulierbestand.DoesNotExist when there is none, when it
    waits for the virus scanner or had a virus, and when its key was erased.
    """
    if not door.has_perm("participatie.change_inbreng"):
        raise PermissionDenied
    rijen = Formulierbestand.objects.op_te_halen().select_related("dossiersleutel", "antwoord")
    bestand = rijen.get(antwoord=antwoord, antwoord__inbreng=inbreng)
    inhoud = bestand.lees()
    if inhoud is None:
        raise Formulierbestand.DoesNotExist
    Bestandinzage.objects.create(inbreng=inbreng, vraag_id=bestand.antwoord.vraag_id, door=door)
    return Schoon(bestand.naam, bestand.soort, inhoud)


def kijk_na(nu):
    """Job: has the scanner look at files that waited because it was away."""
    scan_wachtende(Formulierbestand.objects.select_related("dossiersleutel"), bestand="plaats")
