"""Writing in a part of the plan, and proposing what others decide on. Nobody's words are overwritten unseen.

Every verb holds the part first and the proposal after it, so that of two who save at once the second sees the first.
"""

from dataclasses import dataclass, field

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from plan.acties.alineas import volg
from plan.models import Onderdeel, Plan, Voorstelveld, Wijzigingsvoorstel
from plan.models.redactie import delen_van, schrijft_zelf
from plan.redactie import versie
from plan.redactie.waarden import HTML, VELDEN, waarden, zet, zet_partners
from sociaalhuis.beheer import ondertussen
from sociaalhuis.beheer.geschiedenis import Spoor
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.tekst import schoon

Staat, Uitkomst = Wijzigingsvoorstel.Staat, Voorstelveld.Uitkomst
AFGELOPEN = "Dit plan is afgelopen. Er verandert niets meer aan."


class Ondertussen(Exception):
    """Somebody else changed the same since the page was opened. `toen` and `nu` hold the values of the fields then and
    now, `botst` the fields that both changed, `ook` those that only others changed, `wie` who changed which."""

    def __init__(self, deel, toen, nu, botst, ook, wie):
        super().__init__("Iemand anders veranderde dit ook, sinds jij deze pagina opende.")
        self.deel, self.toen, self.nu, self.botst, self.ook, self.wie = deel, toen, nu, botst, ook, wie


@dataclass
class Gedaan:
    """What a save did: the fields that it wrote or proposed, the proposal if it is one, and what others had changed."""

    velden: list
    voorstel: Wijzigingsvoorstel | None = None
    ook: list = field(default_factory=list)
    wie: dict = field(default_factory=dict)


def houd(onderdeel):
    """The part, held until the end of the transaction. Raises ValidationError when its plan has ended."""
    deel = Onderdeel.objects.select_for_update(of=("self",)).select_related("plan").get(pk=onderdeel.pk)
    if deel.plan.staat == Plan.Staat.AFGELOPEN:
        raise ValidationError(AFGELOPEN)
    return deel


def _schoon(nieuw):
    return {veld: schoon(tekst) if veld in HTML else tekst for veld, tekst in nieuw.items()}


def controleer(deel, nieuw):
    """Raises ValidationError (per field) when the part could not be kept with these values. Saves nothing."""
    proef = Onderdeel.objects.select_related("plan").get(pk=deel.pk)
    zet(proef, nieuw)
    proef.full_clean(exclude=["ouder", "niveau", "plan", "garantie"])


@transaction.atomic
def bewaar(*, onderdeel, nieuw, waarom, gezien, door):
    """Saves what was typed in a part: straight for who works on the plan, as a proposal for another editor.

    `nieuw` is {field: text} (see `plan.redactie.waarden`), `gezien` the mark of the page. Fields that were not touched
    keep what others made of them. Returns `Gedaan`; its list is empty when nothing changed. Raises PermissionDenied,
    Ondertussen when somebody changed the same fields, ValidationError (per field).
    """
    deel = houd(onderdeel)
    if not delen_van(door).filter(pk=deel.pk).exists():
        raise PermissionDenied
    nieuw, waarom = _schoon(nieuw), waarom.strip()
    toen, nu = versie.waarden_toen(deel, gezien), waarden(deel)
    schrijf, botst, ook = versie.meng(toen, nieuw, nu)
    wie = versie.wie_sinds(deel, gezien) if botst or ook else {}
    if botst:
        raise Ondertussen(deel, toen, nu, botst, ook, wie)
    gedaan = Gedaan(list(schrijf), ook=ook, wie=wie)
    if not schrijf:
        return gedaan
    if set(schrijf) - set(VELDEN[deel.soort]):
        raise PermissionDenied
    controleer(deel, schrijf)
    if schrijft_zelf(door):
        _schrijf(deel, schrijf, door=door, waarom=waarom)
    else:
        gedaan.voorstel = _stel_voor(deel, nu, schrijf, door=door, waarom=waarom)
    return gedaan


@transaction.atomic
def proef(*, onderdeel, nieuw, gezien, door):
    """Writes the values as if they were accepted, to look at; the caller takes it all back. What both changed shows as
    it was typed. Raises PermissionDenied, or ValidationError (per field)."""
    deel = houd(onderdeel)
    if not delen_van(door).filter(pk=deel.pk).exists() or set(nieuw) - set(VELDEN[deel.soort]):
        raise PermissionDenied
    schrijf, _, _ = versie.meng(versie.waarden_toen(deel, gezien), _schoon(nieuw), waarden(deel))
    controleer(deel, schrijf)
    _schrijf(deel, schrijf, door=door, waarom="")


def _schrijf(deel, nieuw, *, door, waarom, van=None):
    """Writes the values into the part, with its paragraphs and partners; the log says who, why, and who proposed it."""
    meer = {"waarom": waarom} if waarom else {}
    with pghistory.context(user=door.pk, **meer, **({"voorgesteld_door": van.pk} if van else {})):
        kolommen = zet(deel, nieuw)
        if kolommen:
            deel.full_clean(exclude=["ouder", "niveau", "plan", "garantie"])
            deel.save(update_fields=kolommen)
        if "partners" in nieuw:
            zet_partners(deel, nieuw["partners"])
        volg(deel)


def _stel_voor(deel, nu, nieuw, *, door, waarom):
    """The open proposal of this person for this part, with exactly these changes."""
    if not waarom:
        raise ValidationError({"waarom": "Schrijf waarom je dit verandert. De coördinator leest het."})
    voorstel = Wijzigingsvoorstel.objects.wachtend().filter(onderdeel=deel, door=door).first()
    if voorstel is None:
        voorstel = Wijzigingsvoorstel(onderdeel=deel, door=door)
    voorstel.waarom, voorstel.op_versie, voorstel.gemaakt_op = waarom, versie.merk(deel), timezone.now()
    voorstel.full_clean(exclude=["onderdeel", "door"])
    voorstel.save()
    staat_er = {rij.veld: rij for rij in voorstel.velden.all()}
    for veld, rij in staat_er.items():
        if veld not in nieuw:
            rij.delete()
    for veld, tekst in nieuw.items():
        rij = staat_er.get(veld) or Voorstelveld(voorstel=voorstel, veld=veld)
        rij.oud, rij.nieuw = nu[veld], tekst
        rij.save()
    return voorstel


@transaction.atomic
def trek_in(*, voorstel, door):
    """Takes a proposal back that waits; only who wrote it. A second time changes nothing."""
    houd(voorstel.onderdeel)
    voorstel = Wijzigingsvoorstel.objects.select_for_update().get(pk=voorstel.pk)
    if voorstel.door_id != door.pk:
        raise PermissionDenied
    if voorstel.staat == Staat.WACHT:
        voorstel.staat, voorstel.staat_op = Staat.INGETROKKEN, timezone.now()
        voorstel.save(update_fields=["staat", "staat_op"])
    return voorstel


# --- deciding ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Besluit:
    """What the coordinator makes of one field: an outcome, the changed text, the note."""

    uitkomst: str
    tekst: str = ""
    nota: str = ""


def merk_van(voorstel):
    """What the page of a proposal was about: the version of the part, and that of the proposal."""
    eigen = [Spoor(Wijzigingsvoorstel, None, voorstel.pk), Spoor(Voorstelveld, "voorstel_id", voorstel.pk)]
    return f"{versie.merk(voorstel.onderdeel)}_{ondertussen.merk(eigen)}"


def _kijk_na(voorstel, velden, gezien, nu):
    """Raises Ondertussen when the proposal, or what it is about, is no longer as the page showed it."""
    van_deel, _, van_voorstel = gezien.partition("_")
    toen = versie.waarden_toen(voorstel.onderdeel, van_deel)
    anders = [rij.veld for rij in velden if toen[rij.veld] != nu[rij.veld]]
    if anders or van_voorstel != merk_van(voorstel).partition("_")[2]:
        raise Ondertussen(voorstel.onderdeel, toen, nu, anders, [], versie.wie_sinds(voorstel.onderdeel, van_deel))


@transaction.atomic
def beslis(*, voorstel, besluiten, gezien, door):
    """Decides on every field of a proposal and writes what was accepted; returns the proposal.

    `besluiten` is {field: Besluit}, `gezien` the mark of the page. One that is decided already stays as it is. Raises
    PermissionDenied, Ondertussen, or ValidationError (per field): then nothing is kept.
    """
    if not door.has_perm("plan.keur_wijzigingsvoorstel"):
        raise PermissionDenied
    deel = houd(voorstel.onderdeel)
    voorstel = Wijzigingsvoorstel.objects.select_for_update(of=("self",)).select_related("door").get(pk=voorstel.pk)
    voorstel.onderdeel = deel
    if voorstel.staat != Staat.WACHT:
        return voorstel
    velden, nu = list(voorstel.velden.all()), waarden(deel)
    _kijk_na(voorstel, velden, gezien, nu)
    fouten = {rij.veld: fout for rij in velden if (fout := _fout(besluiten.get(rij.veld)))}
    if fouten:
        raise ValidationError(fouten)
    for rij in velden:
        besluit = besluiten[rij.veld]
        rij.uitkomst = besluit.uitkomst
        rij.tekst = besluit.tekst if besluit.uitkomst == Uitkomst.AANGEPAST else ""
        rij.nota = besluit.nota.strip()
    schrijf = _schoon({rij.veld: rij.geldt for rij in velden if rij.uitkomst != Uitkomst.GEWEIGERD})
    schrijf = {veld: tekst for veld, tekst in schrijf.items() if tekst != nu[veld]}
    if schrijf:
        controleer(deel, schrijf)
        _schrijf(deel, schrijf, door=door, waarom=voorstel.waarom, van=voorstel.door)
    for rij in velden:
        rij.save(update_fields=["uitkomst", "tekst", "nota"])
    voorstel.staat, voorstel.staat_op, voorstel.beslist_door = Staat.BESLIST, timezone.now(), door
    voorstel.save(update_fields=["staat", "staat_op", "beslist_door"])
    _laat_weten(voorstel)
    return voorstel


def _laat_weten(voorstel):
    """A mail to who proposed it: that there is a decision, not which. Not to who left or decided it alone."""
    if voorstel.door.is_active and voorstel.door_id != voorstel.beslist_door_id:
        stuur_brief(
            sleutel=f"voorstel-{voorstel.pk}-beslist",
            aan=voorstel.door.email,
            onderwerp="Er is beslist over je voorstel",
            tekst="De coördinator besliste over wat je voorstelde voor het plan. Hier lees je wat, en waarom:",
            pad=reverse("plan:voorstel", args=[voorstel.pk]),
        )


def _fout(besluit):
    if besluit is None or besluit.uitkomst not in Uitkomst.values or not besluit.uitkomst:
        return "Kies wat je hiermee doet."
    if besluit.uitkomst == Uitkomst.GEWEIGERD and not besluit.nota.strip():
        return "Schrijf waarom je dit niet overneemt. Wie het voorstelde, leest het."
    return None
