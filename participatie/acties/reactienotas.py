"""Making the PDF of the reactienota: by the worker, once per publication and once more after each correction."""

import hashlib
import json
import time
from dataclasses import asdict

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from participatie.models import Reactienota, Ronde
from participatie.reactienota import als_verslag
from sociaalhuis.models import Huis, PubliekeVersie
from sociaalhuis.verslag.pdf import als_pdf

MAAKWIJZE = "2"  # raise it when the files must look otherwise: a next one is then made
SLOT = 0x524E4F54  # "RNOT": two workers never make the same file
RUST = 20.0  # seconds between two looks


def afdruk(verslag, huis):
    """The fingerprint of all that a file shows."""
    alles = json.dumps([MAAKWIJZE, huis.naam, huis.accent, asdict(verslag)], sort_keys=True, default=str)
    return hashlib.sha256(alles.encode()).hexdigest()


@transaction.atomic
def maak(ronde):
    """Makes the next PDF of a round when the last one shows something else; earlier ones stay. Returns whether it did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SLOT, ronde.pk])
    huis, verslag, op = Huis.objects.first() or Huis(), als_verslag(ronde), timezone.now()
    laatste = Reactienota.objects.filter(ronde=ronde).order_by("-nummer").first()
    van = afdruk(verslag, huis)
    if laatste and laatste.van == van:
        return False
    inhoud = als_pdf(verslag, huis=huis.naam, op=op, accent=huis.accent)
    nota = Reactienota(
        ronde=ronde, nummer=laatste.nummer + 1 if laatste else 1, van=van, omvang=len(inhoud), gemaakt_op=op
    )
    nota.bestand.save(f"{ronde.pk}-{nota.nummer}-{van[:16]}.pdf", ContentFile(inhoud), save=False)
    nota.save()
    return True


def vergeet_notas(ronde):
    """Removes every PDF of a round, because words in it are erased; the worker makes a new one. After the commit the
    files go too.
    """
    notas = Reactienota.objects.filter(ronde=ronde)
    namen = list(notas.values_list("bestand", flat=True))
    notas.delete()
    transaction.on_commit(lambda: [default_storage.delete(naam) for naam in namen])


class Notamaker:
    """A task of the worker: one nota per call, after anything public changed."""

    def __init__(self):
        self.gezien, self.niet_voor, self.te_doen = "", 0.0, []

    def __call__(self) -> bool:
        if not self.te_doen:
            if time.monotonic() < self.niet_voor:
                return False
            nummer = PubliekeVersie.objects.values_list("nummer", flat=True).first()
            if nummer == self.gezien:
                return False
            self.niet_voor, self.gezien = time.monotonic() + RUST, nummer
            self.te_doen = list(
                Ronde.objects.openbaar().exclude(antwoorden_gepubliceerd_op=None).select_related("plan")
            )
        if not self.te_doen:
            return False
        return maak(self.te_doen.pop(0)) or bool(self.te_doen)
