"""Making a round from a recipe, and changing what it says, when its steps are and what it asks."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from participatie.acties.vragenlijst import vul_formulier
from participatie.mag import Handeling, mag
from participatie.models import Formulier, Ronde, Rondefase
from participatie.recepten import Tijden, fasen_van, voorstel
from participatie.staat import MagNiet
from sociaalhuis.models import Sluitingsdag

VOORUIT = timedelta(days=180)  # farther than the longest recipe


@transaction.atomic
def maak_ronde(*, recept, plan, titel="", door, vandaag=None):
    """A draft round of a recipe about a plan, with its steps, words and questions. Nothing is online yet."""
    if not door.has_perm("participatie.add_ronde"):
        raise PermissionDenied
    titel = titel or recept.titel
    vandaag = vandaag or timezone.localdate()
    gesloten = Sluitingsdag.objects.van_het_huis().dagen(vandaag, vandaag + VOORUIT)
    tijden = voorstel(recept, vandaag, frozenset(gesloten))
    ronde = Ronde.objects.create(
        slug=_vrije_slug(titel),
        plan=plan,
        recept=recept.code,
        titel=titel,
        vraag=recept.vraag,
        inleiding=recept.inleiding,
        wie=recept.wie,
        zonder=recept.zonder,
        opent_op=tijden.opent_op,
        sluit_op=tijden.sluit_op,
        antwoord_tegen=tijden.antwoord_tegen,
    )
    _zet_fasen(ronde, tijden)
    for fase, vragen in recept.vragen.items():
        vul_formulier(Formulier.objects.create(ronde=ronde, fase=fase), vragen, plan)
    return ronde


def _vrije_slug(titel):
    """The title as part of a web address, of whole words and at most 44 characters; free now."""
    woorden = slugify(titel)
    stam = (woorden if len(woorden) <= 40 else woorden[:41].rpartition("-")[0] or woorden[:40]) or "ronde"
    bezet = set(Ronde.objects.filter(slug__startswith=stam).values_list("slug", flat=True))
    return next(naam for naam in (stam, *(f"{stam}-{n}" for n in range(2, len(bezet) + 3))) if naam not in bezet)


@transaction.atomic
def wijzig_ronde(*, ronde, velden, fasen, antwoord_tegen, door):
    """Changes the words (`velden`, by name) and the steps of a round. `fasen` is [(kind, from, until)] of taking part.

    Raises MagNiet when the round is past taking part, or when a step that began would begin at another hour.
    """
    ronde = Ronde.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=ronde.pk)
    if not door.has_perm("participatie.change_ronde"):
        raise PermissionDenied
    if not mag(Handeling.INRICHTEN, ronde=ronde, gebruiker=door):
        raise MagNiet("Deze ronde is gesloten. Ze verandert niet meer.")
    tijden, nu = Tijden(fasen, antwoord_tegen), timezone.now()
    if ronde.is_open and tijden.opent_op != ronde.opent_op:
        raise MagNiet("De ronde is al open. Het uur waarop ze opent, ligt vast.")
    if ronde.staat == Ronde.Staat.GEPUBLICEERD and tijden.sluit_op <= nu:
        raise MagNiet("Het uur waarop de ronde sluit, is al voorbij. Kies een later uur.")
    for naam, waarde in velden.items():
        setattr(ronde, naam, waarde)
    ronde.opent_op, ronde.sluit_op, ronde.antwoord_tegen = tijden.opent_op, tijden.sluit_op, antwoord_tegen
    ronde.fases.all().delete()  # before the hours move: the database makes the ordinary ones, which are replaced below
    ronde.full_clean(validate_unique=False)
    ronde.save(update_fields=[*velden, "opent_op", "sluit_op", "antwoord_tegen"])
    _zet_fasen(ronde, tijden)
    return ronde


def _zet_fasen(ronde, tijden):
    ronde.fases.all().delete()
    Rondefase.objects.bulk_create(
        Rondefase(ronde=ronde, soort=soort, van=van, tot=tot) for soort, van, tot in fasen_van(tijden)
    )
    ronde.__dict__.get("_prefetched_objects_cache", {}).pop("fases", None)
