"""An advice: asked, written, adopted by a vote, sent, answered, and put as a step on the plan's way past the councils."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.text import slugify

from participatie.acties.mandaat import eigen_mandaat
from participatie.mag import Handeling, mag, waarom_niet
from participatie.models import Advies
from participatie.staat import MagNiet, ga_naar
from plan.acties.raadspad import zet_stap
from plan.models import Document
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.vertegenwoordiging import vertegenwoordigers_van

Staat = Advies.Staat
STAAT_VAST = "Dit advies is al vastgesteld. De tekst verandert niet meer."


class Ondertussen(MagNiet):
    """A colleague saved another text meanwhile; nothing was written."""


@transaction.atomic
def vraag_advies(*, adviesraad, plan, titel, gevraagd_door, tegen, inzending, door, ronde=None, op=None):
    """Staff ask a council for advice, before a day; who speaks for it is told. The same `inzending` gives the same one."""
    if not door.has_perm("participatie.add_advies"):
        raise PermissionDenied
    dag = op or timezone.localdate()
    if tegen < dag:
        raise MagNiet("Deze dag is voorbij. Kies een latere dag.")
    advies, nieuw = Advies.objects.get_or_create(
        inzending=inzending,
        defaults={
            "adviesraad": adviesraad, "plan": plan, "ronde": ronde, "titel": titel.strip(),
            "gevraagd_door": gevraagd_door, "gevraagd_op": dag, "tegen": tegen,
        },
    )  # fmt: skip
    for gebruiker in vertegenwoordigers_van(adviesraad.organisatie) if nieuw else ():
        stuur_brief(
            sleutel=f"advies-{advies.pk}-vraag-{gebruiker.pk}",
            aan=gebruiker.email,
            onderwerp="We vragen jullie advies",
            tekst="We vragen jullie advies. Je leest de vraag hier:",
            pad=reverse("participatie:mijn"),
            referentie=advies.referentie,
        )
    return advies


@transaction.atomic
def begin_advies(*, adviesraad, plan, titel, inzending, door, ronde=None):
    """A council begins an advice on its own initiative. The same `inzending` gives the same one."""
    if not eigen_mandaat(adviesraad.organisatie, door):
        raise PermissionDenied
    velden = {"adviesraad": adviesraad, "plan": plan, "ronde": ronde, "titel": titel.strip()}
    return Advies.objects.get_or_create(inzending=inzending, defaults=velden)[0]


@transaction.atomic
def schrijf_advies(*, advies, titel, tekst, uitslag, minderheid, door, versie, bestand=None):
    """Keeps the draft. `versie` is the one that the writer saw. Raises Ondertussen when a colleague saved another."""
    advies = _van_raad(advies, door)
    if not advies.is_concept:
        raise MagNiet(STAAT_VAST)
    if versie != advies.versie:
        raise Ondertussen("Een collega bewaarde intussen een andere tekst. Die van jou is nog niet bewaard.")
    advies.titel, advies.tekst, advies.uitslag, advies.minderheid = titel, tekst, uitslag, minderheid
    if bestand is not None:
        advies.bestand = bestand
    advies.versie += 1
    advies.save(update_fields=["titel", "tekst", "uitslag", "minderheid", "bestand", "versie"])
    return advies


@transaction.atomic
def stel_vast(*, advies, zitting_op, aanwezig, stemmen_voor, stemmen_tegen, onthoudingen, door, versie):
    """The council adopts its advice by a vote on a day. How it was made up that day is kept with it.

    Raises MagNiet for an unfinished text, a day to come, more votes than members with a vote, no quorum, or an outcome
    that the vote does not carry. Too many of one sex is no refusal: the advice then says that it is not valid.
    """
    advies = _van_raad(advies, door)
    if versie != advies.versie:
        raise Ondertussen("Een collega wijzigde intussen de tekst. Lees hem na en stel dan vast.")
    stand = advies.adviesraad.samenstelling(zitting_op)
    uitgebracht = stemmen_voor + stemmen_tegen + onthoudingen
    if fout := _beletsel(advies, zitting_op, aanwezig, uitgebracht, stand):
        raise MagNiet(fout)
    if stemmen_voor <= stemmen_tegen:
        raise MagNiet("Er zijn niet meer stemmen voor dan tegen. Dan heeft de raad dit advies niet aangenomen.")
    return ga_naar(
        advies, Staat.VASTGESTELD, zitting_op=zitting_op, aanwezig=aanwezig, stemmen_voor=stemmen_voor,
        stemmen_tegen=stemmen_tegen, onthoudingen=onthoudingen, stemgerechtigd=stand.stemmen,
        van_een_geslacht=stand.grootste, vastgesteld_door=door,
    )  # fmt: skip


def _beletsel(advies, zitting_op, aanwezig, uitgebracht, stand):
    """Why the council cannot adopt this now, as a sentence, or ''."""
    if not advies.tekst.strip() or not advies.uitslag:
        return "Schrijf eerst het advies, en kies of het gunstig is."
    if zitting_op > timezone.localdate():
        return "Deze vergadering moet nog komen. Stel het advies vast als ze voorbij is."
    if not stand.stemmen:
        return "Op die dag telde de raad geen leden met een stem. Vraag het Sociaal Huis om de leden na te kijken."
    if aanwezig > stand.stemmen:
        return f"De raad telde op die dag {stand.stemmen} leden met een stem. Raadsleden en schepenen stemmen niet mee."
    if uitgebracht > aanwezig:
        return f"Er zijn meer stemmen ({uitgebracht}) dan aanwezige leden met een stem ({aanwezig})."
    if aanwezig < stand.quorum:
        return (
            f"Er waren {aanwezig} leden met een stem. Er zijn er {stand.quorum} nodig. Zonder quorum is er geen advies."
        )
    return ""


@transaction.atomic
def verzend_advies(*, advies, door, op=None):
    """Sends an adopted advice: public from now on, and waiting for a reaction. Raises MagNiet when its round is closed."""
    advies = _van_raad(advies, door)
    if advies.ronde_id and not mag(Handeling.ADVISEREN, ronde=advies.ronde, gebruiker=door, nu=op):
        raise MagNiet(waarom_niet(Handeling.ADVISEREN, advies.ronde, op))
    return ga_naar(advies, Staat.VERZONDEN, verzonden_op=op or timezone.now(), verzonden_door=door)


@transaction.atomic
def beantwoord_advies(*, advies, antwoord, door, op=None):
    """Says what is done with an advice and why; who speaks for the council is told."""
    if not door.has_perm("participatie.change_advies"):
        raise PermissionDenied
    advies = _op_slot(advies, door)
    if not antwoord.strip():
        raise MagNiet("Schrijf wat jullie met het advies doen, en waarom.")
    ga_naar(advies, Staat.BEANTWOORD, antwoord=antwoord.strip(), antwoord_op=op or timezone.now(), antwoord_door=door)
    for gebruiker in vertegenwoordigers_van(advies.adviesraad.organisatie):
        stuur_brief(
            sleutel=f"advies-{advies.pk}-antwoord-{gebruiker.pk}",
            aan=gebruiker.email,
            onderwerp="Er is een reactie op jullie advies",
            tekst="Er is een reactie op jullie advies. Je leest ze hier:",
            pad=reverse("participatie:mijn"),
            referentie=advies.referentie,
        )
    return advies


@transaction.atomic
def zet_op_de_weg(*, advies, door):
    """Puts a sent advice as the advice step of the walk that is open, with its text as a document. Returns the Besluit.

    Raises MagNiet when it is there already, nothing is open, or the step does not fit (the words of the council track).
    """
    if not door.has_perm("plan.publiceer_plan"):
        raise PermissionDenied
    advies = _op_slot(advies, door)
    pad = open_weg(advies)
    if not advies.is_gegeven or advies.besluit_id or pad is None:
        raise MagNiet("Dit advies kan nu geen stap zijn op de weg langs de raden.")
    try:
        besluit = zet_stap(
            raadspad=pad,
            stap="advies",
            adviesraad=advies.adviesraad.organisatie,
            datum=advies.zitting_op,
            titel=advies.titel,
            uitslag=advies.uitslag,
            stemmen_voor=advies.stemmen_voor,
            stemmen_tegen=advies.stemmen_tegen,
            onthoudingen=advies.onthoudingen,
            toelichting="" if advies.is_geldig else ONGELDIG,
            document=_als_document(advies),
            door=door,
        )
    except ValidationError as fout:
        raise MagNiet(" ".join(fout.messages)) from fout
    advies.besluit = besluit
    advies.save(update_fields=["besluit"])
    return besluit


ONGELDIG = (
    "De raad telde meer dan twee derde leden van hetzelfde geslacht. Volgens artikel 304 is dit advies niet geldig."
)


def open_weg(advies):
    """The walk of this plan past the councils on which this advice may be a step now, or None."""
    paden = [pad for pad in advies.plan.raadspaden.order_by("-nummer") if ("advies", "") in pad.volgende()]
    return paden[0] if paden else None


def _als_document(advies):
    """The advice as a paper of the plan: its own file, or its text."""
    document = Document(
        plan=advies.plan,
        slug=slugify(f"advies {advies.referentie}"),
        titel=advies.titel,
        soort=Document.Soort.ADVIES,
        datum=advies.zitting_op,
        samenvatting=f"{advies.adviesraad}: {advies.get_uitslag_display().lower()}. {advies.stemming}",
    )
    if advies.bestand:
        with advies.bestand.open("rb") as bron:
            document.bestand = ContentFile(bron.read(), name=f"{document.slug}.pdf")
    minderheid = f"\n\nStandpunt van de minderheid\n\n{advies.minderheid}" if advies.minderheid else ""
    document.inhoud = linebreaks(advies.tekst + minderheid, autoescape=True)
    document.full_clean()
    document.save()
    return document


def _van_raad(advies, door):
    """The row, held; raises PermissionDenied when `door` does not speak for the council now."""
    advies = _op_slot(advies, door)
    if not eigen_mandaat(advies.adviesraad.organisatie, door):
        raise PermissionDenied
    return advies


def _op_slot(advies, door):
    return (
        Advies.objects.zichtbaar_voor(door)
        .select_related("adviesraad__organisatie", "plan", "ronde__plan")
        .select_for_update(of=("self",))
        .get(pk=advies.pk)
    )
