"""Making the PDFs of the reports of years: by the worker, kept per content, so that no visitor waits or asks for too much."""

import hashlib
import json
import time
from dataclasses import asdict

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from plan.jaarverslag import als_verslag
from plan.models import Jaaractieplan, Jaaropvolging, Jaarverslag
from sociaalhuis.models import Huis, PubliekeVersie
from sociaalhuis.verslag.pdf import als_pdf

MAAKWIJZE = "1"  # raise it when the files must look otherwise: all are then made anew
SLOT = 0x4A415220  # "JAR ": two workers never make the same file
RUST = 20.0  # seconds between two looks


def met_verslag():
    """[(year, moment)] that have something to report."""
    rijen = Jaaropvolging.objects.order_by().values_list("jaaractie__jaaractieplan", "moment").distinct()
    momenten = {}
    for sleutel, moment in rijen:
        momenten.setdefault(sleutel, []).append(moment)
    jaren = Jaaractieplan.objects.filter(pk__in=momenten).select_related("plan")
    return [(jaarplan, moment) for jaarplan in jaren for moment in sorted(momenten[jaarplan.pk])]


def afdruk(verslag, huis):
    """The fingerprint of all that a file shows."""
    alles = json.dumps([MAAKWIJZE, huis.naam, huis.accent, asdict(verslag)], sort_keys=True, default=str)
    return hashlib.sha256(alles.encode()).hexdigest()


@transaction.atomic
def maak(jaarplan, moment):
    """Makes the PDF of a report when there is none or it shows something else; returns whether it did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SLOT, jaarplan.pk])
    huis, verslag, op = Huis.objects.first() or Huis(), als_verslag(jaarplan, moment), timezone.now()
    rij = Jaarverslag.objects.filter(jaaractieplan=jaarplan, moment=moment).first()
    van = afdruk(verslag, huis)
    if rij and rij.van == van:
        return False
    rij = rij or Jaarverslag(jaaractieplan=jaarplan, moment=moment)
    opslag, weg = rij.bestand.storage, rij.bestand.name
    inhoud = als_pdf(verslag, huis=huis.naam, op=op, accent=huis.accent)
    rij.bestand.save(f"{jaarplan.pk}-{moment}-{van[:16]}.pdf", ContentFile(inhoud), save=False)
    rij.van, rij.omvang, rij.gemaakt_op = van, len(inhoud), op
    rij.save()
    if weg:
        transaction.on_commit(lambda: opslag.delete(weg))
    return True


class Jaarverslagmaker:
    """A task of the worker: one report per call, after anything public changed."""

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
            self.te_doen = met_verslag()
        if not self.te_doen:
            return False
        return maak(*self.te_doen.pop(0)) or bool(self.te_doen)
