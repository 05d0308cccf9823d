"""Publishes versions of our services for LPDC to fetch: one row whenever what citizens read changed."""

import hashlib
import json
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from loket.lpdc.uit import gebreken, lid
from loket.models import Dienst, Lpdcversie
from sociaalhuis.models import Huis, PubliekeVersie

SLOT = 0x4C444553  # "LDES": one process adds at a time, so the order of the rows is the order of the commits
VLUCHTIG = ("laatstGewijzigd",)  # a save that changed nothing is no new version
ONDERDELEN = ("voorwaarden", "procedures", "kosten", "voordelen", "websites", "wetgeving", "contactpunten", "gebieden")


@dataclass
class Stand:
    """What an update did, and which services cannot go out: [(service, [what it lacks])]."""

    nieuw: int = 0
    gearchiveerd: int = 0
    tekort: list = field(default_factory=list)


@transaction.atomic
def publiceer_versies() -> Stand:
    """Adds a version of each published service that changed, and an archived one of each that is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
    stand, gezien = Stand(), set()
    laatste = laatste_versies()
    for dienst, inhoud, tekort in uitgaand({nummer: versie.instantie for nummer, versie in laatste.items()}):
        if tekort:
            stand.tekort.append((dienst, tekort))
            continue
        gezien.add(dienst.pk)
        vorige, afdruk = laatste.get(dienst.pk), vingerafdruk(inhoud)
        if vorige is None or vorige.gearchiveerd or vorige.vingerafdruk != afdruk:
            _schrijf(dienst.pk, inhoud, afdruk)
            stand.nieuw += 1
    for nummer, vorige in laatste.items():
        if nummer not in gezien and not vorige.gearchiveerd:
            _schrijf(nummer, {**vorige.inhoud, "gearchiveerd": True}, vorige.vingerafdruk, gearchiveerd=True)
            stand.gearchiveerd += 1
    return stand


def uitgaand(bekend=None):
    """(service, member, what it lacks) of each published service, in the order of their numbers.

    `bekend` says under which identity a service went out before: {number: URI}.
    """
    bekend = bekend or {}
    nis = Huis.objects.values_list("nis_code", flat=True).first() or ""
    diensten = Dienst.objects.gepubliceerd().select_related("bestuur").prefetch_related(*ONDERDELEN).order_by("pk")
    for dienst in diensten.iterator(chunk_size=500):
        inhoud = lid(dienst, nis, bekend.get(dienst.pk, ""))
        yield dienst, inhoud, gebreken(inhoud)


def laatste_versies() -> dict:
    """The newest version of each service that ever went out, by the number of the service."""
    nieuwste = Lpdcversie.objects.order_by().values("dienst").annotate(pk_=Max("pk")).values("pk_")
    return {versie.dienst: versie for versie in Lpdcversie.objects.filter(pk__in=nieuwste)}


def vingerafdruk(inhoud) -> str:
    vast = {naam: waarde for naam, waarde in inhoud.items() if naam not in VLUCHTIG}
    return hashlib.sha256(json.dumps(vast, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _schrijf(nummer, inhoud, afdruk, gearchiveerd=False):
    Lpdcversie.objects.create(
        dienst=nummer, instantie=inhoud["isVersionOf"], inhoud=inhoud, vingerafdruk=afdruk, gearchiveerd=gearchiveerd
    )


class Bijwerker:
    """A job that comes back: publishes when something public changed since this process last looked, and on a new day."""

    def __init__(self):
        self.gezien = None

    def __call__(self, nu):
        versie = (PubliekeVersie.objects.values_list("nummer", flat=True).first(), timezone.localdate(nu))
        if versie != self.gezien:
            publiceer_versies()
            self.gezien = versie
