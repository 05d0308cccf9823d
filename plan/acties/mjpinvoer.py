"""Uploads of the multi-year plan: kept, looked at by the worker, confirmed, brought in by the worker.

The one place where the state of an upload changes. The file stays until it was brought in, so another plan or Bestuur
can be chosen without choosing the file again; one that nobody confirms goes after two weeks.
"""

import time
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from plan.acties.bbc import voer_in
from plan.bbc.tabel import Onleesbaar
from plan.models import Mjpinvoer

Staat = Mjpinvoer.Staat
LEASE = timedelta(minutes=5)  # bringing in 50,000 rows takes half a minute at most
SCHRIJF_ELKE = 0.5  # seconds
HOUDBAAR = timedelta(days=14)
MEESTE = 300  # rows that the page shows; the numbers count all


def _mag(door):
    if not door.has_perm("plan.add_mjpinvoer"):
        raise PermissionDenied


@transaction.atomic
def laad_op(*, bestand, door, plan=None, bestuur="", versienaam=""):
    """Keeps an uploaded file and lets the worker look at it; what is not chosen yet can be chosen afterwards."""
    _mag(door)
    return Mjpinvoer.objects.create(
        bestand=bestand,
        bestandsnaam=bestand.name[:200],
        plan=plan,
        bestuur=bestuur,
        versienaam=versienaam,
        door=door,
        staat=Staat.WACHT if plan and bestuur else Staat.KEUZE,
    )


def _houd(invoer, door):
    _mag(door)
    return Mjpinvoer.objects.select_for_update(of=("self",)).get(pk=invoer.pk)


@transaction.atomic
def kies(*, invoer, plan, bestuur, versienaam, door):
    """Another plan, Bestuur or name; the worker looks again. Raises ValidationError when it is too late for that."""
    invoer = _houd(invoer, door)
    if not invoer.kan_kiezen:
        raise ValidationError("Dit bestand wordt net gelezen of is al ingevoerd. Laad het zo nodig opnieuw op.")
    invoer.plan, invoer.bestuur, invoer.versienaam = plan, bestuur, versienaam
    invoer.staat, invoer.echt, invoer.klaar_op = Staat.WACHT, False, None
    invoer.gelezen = invoer.totaal = 0
    invoer.resultaat = {}
    invoer.save()
    return invoer


@transaction.atomic
def bevestig(*, invoer, door):
    """After the trial: the worker brings it in. Raises ValidationError when there is nothing to confirm (any more)."""
    invoer = _houd(invoer, door)
    if invoer.staat != Staat.NAGEKEKEN:
        raise ValidationError(f"Dit kan niet (meer): {invoer.get_staat_display().lower()}.")
    invoer.staat, invoer.echt, invoer.door = Staat.WACHT, True, door
    invoer.gelezen = invoer.totaal = 0
    invoer.save(update_fields=["staat", "echt", "door", "gelezen", "totaal"])
    return invoer


# --- the worker -------------------------------------------------------------------------------------


def volgende_mjpinvoer() -> bool:
    """Reads the next upload, if there is one: nothing stays of a trial, and of a failure nothing either."""
    invoer = _neem()
    if invoer is None:
        return False
    try:
        with invoer.bestand.open("rb") as bestand:
            inhoud = bestand.read()
        verslag = voer_in(
            inhoud=inhoud,
            naam=invoer.bestandsnaam,
            plan=invoer.plan,
            bestuur=invoer.bestuur,
            door=invoer.door,
            proef=not invoer.echt,
            versienaam=invoer.versienaam,
            voortgang=_Voortgang(invoer),
        )
    except Onleesbaar as fout:
        _mislukt(invoer, str(fout))
    except OSError:
        _mislukt(invoer, "Het bestand is er niet meer. Laad het opnieuw op.")
    except (OperationalError, InterfaceError):  # the database is away: the lease brings it back later
        raise
    except Exception:  # a file that breaks the reading may not come back for ever
        _mislukt(invoer, "Er liep iets fout bij het lezen. Er is niets ingevoerd. Meld dit aan je beheerder.")
        raise
    else:
        _klaar(invoer, als_json(verslag))
    return True


@transaction.atomic
def _neem():
    invoer = (
        Mjpinvoer.objects.aan_de_beurt()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("plan", "door")
        .order_by("gemaakt_op")
        .first()
    )
    if invoer:
        invoer.staat, invoer.bezig_tot, invoer.gelezen = Staat.BEZIG, timezone.now() + LEASE, 0
        invoer.save(update_fields=["staat", "bezig_tot", "gelezen"])
    return invoer


class _Voortgang:
    """Writes how many rows were read, not more often than a person looks, and keeps the lease."""

    def __init__(self, invoer):
        self.invoer, self.daarna = invoer, 0.0

    def __call__(self, gedaan, totaal):
        if time.monotonic() >= self.daarna or gedaan == totaal:
            self.daarna = time.monotonic() + SCHRIJF_ELKE
            Mjpinvoer.objects.filter(pk=self.invoer.pk).update(
                gelezen=gedaan, totaal=totaal, bezig_tot=timezone.now() + LEASE
            )


def als_json(verslag):
    """A `Verslag` of an import as plain data; of long lists the first rows and how many there are."""
    return {
        "regels": verslag.regels,
        "gelijkblijvend": verslag.gelijkblijvend,
        "codes_nieuw": verslag.codes_nieuw,
        "codes_bijgewerkt": verslag.codes_bijgewerkt,
        "gekoppeld": verslag.gekoppeld,
        "koppelingen": verslag.koppelingen[:MEESTE],
        "niet_gekoppeld": verslag.niet_gekoppeld[:MEESTE],
        "niet_gekoppeld_aantal": len(verslag.niet_gekoppeld),
        "geweigerd": verslag.geweigerd[:MEESTE],
        "geweigerd_aantal": len(verslag.geweigerd),
        "opmerkingen": verslag.opmerkingen[:MEESTE],
        "totaalrijen": verslag.totaalrijen,
        "versie": verslag.versie,
        "jaren": [
            [jaar, *(str(bedragen.get(richting, 0)) for richting in ("uitgave", "ontvangst"))]
            for jaar, bedragen in verslag.jaren.items()
        ],
    }


def _klaar(invoer, resultaat):
    """Keeps the report. What was brought in no longer needs its file."""
    velden = {"staat": Staat.NAGEKEKEN, "resultaat": resultaat, "bezig_tot": None}
    if invoer.echt:
        velden |= {"staat": Staat.INGEVOERD, "klaar_op": timezone.now(), "bestand": ""}
    Mjpinvoer.objects.filter(pk=invoer.pk).update(**velden)
    if invoer.echt:
        invoer.bestand.delete(save=False)


def _mislukt(invoer, zin):
    """The file stays: another choice may make it readable after all."""
    Mjpinvoer.objects.filter(pk=invoer.pk).update(
        staat=Staat.MISLUKT, resultaat={"fout": zin}, klaar_op=timezone.now(), bezig_tot=None, echt=False
    )


def ruim_op(nu):
    """Job: files that nobody confirmed for two weeks go, with the reason."""
    oud = (
        Mjpinvoer.objects.filter(gemaakt_op__lt=nu - HOUDBAAR).exclude(bestand="").exclude(staat__in=["wacht", "bezig"])
    )
    for invoer in oud:
        opslag, naam = invoer.bestand.storage, invoer.bestand.name
        invoer.staat, invoer.klaar_op, invoer.bestand = Staat.MISLUKT, nu, ""
        invoer.resultaat = {"fout": "Dit bestand bleef twee weken liggen en is gewist. Laad het zo nodig opnieuw op."}
        invoer.save()
        transaction.on_commit(lambda opslag=opslag, naam=naam: opslag.delete(naam))
