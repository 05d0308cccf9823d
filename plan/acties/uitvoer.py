"""Making the files of whole plans: the work of the worker, so that no visitor ever waits for it or can ask for too much.

A file knows the fingerprint of what it shows. The worker looks when anything public changed, makes what is missing or
differs, and lets go of the old file. Killed halfway it begins again: nothing is told before the file is there.
"""

import hashlib
import json
import time

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from plan import momentopname
from plan.models import Besluit, Plan, Uitvoer, Versie
from plan.models.versie import als_tekst, vingerafdruk
from plan.uitvoer import boekje, model, pdf, tabellen
from sociaalhuis.models import Bestuur, Huis, PubliekeVersie
from sociaalhuis.templatetags.huis import datum
from sociaalhuis.verslag.rekenblad import als_csv, als_xlsx

MAAKWIJZE = "2"  # raise it when the files must look otherwise: all are then made anew
SLOT = 0x504C414E  # "PLAN": two workers never make the same file
MEEST_ACHTEREEN, RUST_OUD = 2, 60.0  # files of old versions are never urgent
RUST = 20.0  # seconds between two looks, so that somebody who types does not keep the worker busy


def besluiten_van(plan):
    return list(
        Besluit.objects.geldend().filter(plan=plan).select_related("orgaan", "adviesraad").order_by("datum", "pk")
    )


def tot(besluiten, versie):
    """Of these decisions those up to the day of a version."""
    return [rij for rij in besluiten if versie is None or rij.datum <= timezone.localdate(versie.op)]


def afdruk(kern, besluiten, huis):
    """The fingerprint of all that a file shows; `kern` is that of the snapshot."""
    rond = [MAAKWIJZE, huis.naam, huis.gemeente, huis.accent, settings.SITE_URL]
    rond += [[str(rij), rij.wie, rij.datum.isoformat(), rij.uitslag, rij.stemming] for rij in besluiten]
    return hashlib.sha256(f"{kern}{json.dumps(rond)}".encode()).hexdigest()


def te_maken():
    """[(plan, version or None)] of which a file is missing or shows something else than it should, newest first."""
    heeft, huis = {}, Huis.objects.first() or Huis()
    for rij in Uitvoer.objects.all():
        heeft.setdefault((rij.plan_id, rij.versie_id), []).append(rij.van)
    uit = []
    for plan in Plan.objects.all():
        besluiten, nu = besluiten_van(plan), vingerafdruk(als_tekst(momentopname.neem(plan)))
        for versie in [None, *plan.versies.defer("tekst").order_by("-nummer")]:
            van = afdruk(versie.vingerafdruk if versie else nu, tot(besluiten, versie), huis)
            if heeft.get((plan.pk, versie and versie.pk)) != [van] * len(Uitvoer.Vorm):
                uit.append((plan, versie))
    return uit


def maak(plan, versie=None):
    """Makes the files of a plan or a version that are not right; gives how many. At most one worker at a time."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SLOT, plan.pk])
        tekst = versie.tekst if versie else als_tekst(momentopname.neem(plan))
        besluiten = tot(besluiten_van(plan), versie)
        van = afdruk(vingerafdruk(tekst), besluiten, Huis.objects.first() or Huis())
        goed = {vorm for vorm, rij in Uitvoer.objects.van(plan, versie).items() if rij.van == van}
        nodig = [vorm for vorm in Uitvoer.Vorm if vorm not in goed]
        if nodig:
            maker = _Maker(plan, versie, json.loads(tekst), besluiten)
            for vorm in nodig:
                _bewaar(plan, versie, vorm, van, getattr(maker, vorm)(), maker.op)
        return len(nodig)


class _Maker:
    """The files of one snapshot: a method per form gives its bytes."""

    def __init__(self, plan, versie, inhoud, besluiten):
        self.plan, self.versie, self.inhoud, self.besluiten = plan, versie, inhoud, besluiten
        self.huis = Huis.objects.first() or Huis(naam="Sociaal Huis", gemeente="")
        self.op = timezone.now()
        self.kenmerken = [("Gemaakt op", datum(self.op))]
        if versie:
            self.kenmerken = [
                (f"Versie {versie.nummer}", versie.naam),
                ("Vastgelegd op", datum(versie.op)),
                ("Vingerafdruk (SHA-256)", versie.vingerafdruk),
            ]

    def pdf(self):
        gegevens = boekje.maak(self.inhoud, besluiten=self.besluiten, huis=self.huis, kenmerken=self.kenmerken)
        return pdf.als_pdf(gegevens, op=self.op)

    def xlsx(self):
        return als_xlsx(tabellen.als_verslag(self.inhoud, naam=self.plan.slug, kenmerken=self.kenmerken))

    def csv(self):
        return als_csv(tabellen.acties(self.inhoud))

    def json(self):
        basis = settings.SITE_URL + self.plan.get_absolute_url()
        besturen = {rij.code: (rij.uri, rij.get_code_display()) for rij in Bestuur.objects.all()}
        versie, aanlevering = None, basis
        if self.versie:
            aanlevering = settings.SITE_URL + self.versie.get_absolute_url()
            versie = {
                "id": aanlevering,
                "nummer": self.versie.nummer,
                "naam": self.versie.naam,
                "op": self.versie.op.isoformat(),
                "vingerafdruk": self.versie.vingerafdruk,
            }
        inhoud = model.als_model(
            self.inhoud,
            basis=basis,
            besturen=besturen,
            grondgebied=self.huis.gemeente,
            aanlevering=aanlevering,
            jaar=(self.versie.op if self.versie else self.op).year,
            versie=versie,
        )
        return json.dumps(inhoud, ensure_ascii=False, separators=(",", ":")).encode()


def _bewaar(plan, versie, vorm, van, inhoud, op):
    """Keeps the bytes under a name of their own, and lets go of the file before it once the new one counts."""
    oud = Uitvoer.objects.filter(plan=plan, versie=versie, vorm=vorm).first()
    rij = oud or Uitvoer(plan=plan, versie=versie, vorm=vorm)
    opslag, weg = rij.bestand.storage, oud and oud.bestand.name
    naam = f"{plan.pk}-{versie.nummer if versie else 'nu'}-{van[:16]}.{vorm}"
    rij.bestand.save(naam, ContentFile(inhoud), save=False)
    rij.van, rij.omvang, rij.gemaakt_op = van, len(inhoud), op
    rij.save()
    if weg and weg != rij.bestand.name:
        transaction.on_commit(lambda: opslag.delete(weg))


class Uitvoermaker:
    """A task of the worker: the files of one plan or version per call. The newest two at once, older ones two a minute."""

    def __init__(self):
        self.gezien, self.te_doen, self.gedaan = "", [], 0
        self.kijk_weer = self.werk_weer = 0.0

    def __call__(self) -> bool:
        if time.monotonic() < self.werk_weer or not (self.te_doen or self._kijk()):
            return False
        plan, versie = self.te_doen.pop(0)
        plan = Plan.objects.filter(pk=plan).first()
        if plan:
            maak(plan, Versie.objects.filter(pk=versie).first() if versie else None)
        self.gedaan += 1
        if self.gedaan >= MEEST_ACHTEREEN:
            self.werk_weer = time.monotonic() + RUST_OUD
            self.te_doen, self.gezien = [], ""  # then looks anew: what changed meanwhile goes first
        return True

    def _kijk(self):
        """What must be made, when anything public changed since the last look."""
        if time.monotonic() < self.kijk_weer:
            return []
        nummer = PubliekeVersie.objects.values_list("nummer", flat=True).first()
        if nummer != self.gezien:
            self.kijk_weer, self.gezien, self.gedaan = time.monotonic() + RUST, nummer, 0
            self.te_doen = [(plan.pk, versie and versie.pk) for plan, versie in te_maken()]
        return self.te_doen
