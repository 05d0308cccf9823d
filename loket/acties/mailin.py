"""Mail that comes in: first kept, encrypted; then made into a question, a reply, or a line in a list with its reason.

`bewaar` and `verwerk` are two transactions. Whoever delivers a message may forget it after the first: the second is
done at once and, when that was cut off, by the worker. The same message twice is one row.
"""

import hashlib
import hmac
import logging
import re
import uuid
from datetime import timedelta
from email import message_from_bytes

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from loket.acties import behandeling
from loket.acties.bericht import stuur_over
from loket.acties.verdeling import bestemming
from loket.acties.vraag import stel_vraag
from loket.mail import echtheid, lus
from loket.mail.lezen import Onleesbaar, Post, koppen_en_begin, lees
from loket.mail.lus import Reden
from loket.models import Antwoordadres, Ingekomenmail, MagNiet, Mailinzage, Mailspoor, Postbus, Vraag
from loket.models.staat import Stap
from sociaalhuis import begrenzing
from sociaalhuis.inzending import Bewijs, hmac_van
from sociaalhuis.keuring import bijlagen
from sociaalhuis.models import Dossiersleutel
from sociaalhuis.post.uit import lusteken
from sociaalhuis.tekst import zonder_onzichtbare

logger = logging.getLogger(__name__)

MAX_POGINGEN = 3  # a message that kills the process that reads it is left to people
MAX_BESTANDEN = 10
HOOGSTENS, PER = 20, timedelta(hours=1)  # messages of one address
VAST = ("message-id", "from", "date", "subject", "to")  # headers that do not change on the way
BEVESTIGING = (
    "We hebben je mail goed ontvangen. We lezen hem en laten je iets weten."
    " Wat je schreef, staat niet in deze mail en ook niet in de volgende."
)

TE_GROOT = "De mail was te groot ({} MB). Alleen het begin is bewaard. Stuur grote bestanden kleiner of één voor één."
TE_VEEL = f"{{}}: we nemen hoogstens {MAX_BESTANDEN} bestanden per mail aan."
NIET_AANGENOMEN = "{}: {}"
ANDER_ADRES = "Deze mail kwam van {}. Dat is niet het adres van de vrager. Kijk na wie schreef voor je antwoordt."
OP_ADRES_HERKEND = (
    "Herkend aan het mailadres van de vrager. Een mailadres is na te maken: let op als het vreemd klinkt."
)
ONBEVESTIGD = "Afzender niet bevestigd ({}): {}. Bel of vraag het na voor je iets vertrouwelijks antwoordt."
IEMAND_ANDERS = "Iemand antwoordde op een mail van ons over een andere vraag, vanaf een ander adres. Daarom is dit een nieuwe vraag."
INGETROKKEN = (
    "De vrager antwoordde op een mail over een vraag die intussen ingetrokken is. Daarom is dit een nieuwe vraag."
)
MET_DE_HAND = "Deze mail was opzij gelegd ({}). Een medewerker maakte er een vraag van."
NIET_GELEZEN = "De mail was beschadigd. Hier staat wat er nog te lezen was."


# --- keeping ------------------------------------------------------------------------------------


def bewaar(*, inhoud: bytes, grootte: int | None = None, naar: str = "") -> Ingekomenmail:
    """Keeps a message as it came and commits it; the same message again gives the row that is there.

    `grootte` is the whole length when `inhoud` is only the beginning, `naar` the mailbox it was delivered to when that is
    known. Raises loket.acties.verdeling.GeenTeam in a house without a team.
    """
    kenmerk = kenmerk_van(inhoud)
    if bestaand := Ingekomenmail.objects.filter(kenmerk=kenmerk).defer("inhoud").first():
        return bestaand
    try:
        with transaction.atomic():
            postbus = _postbus(inhoud, naar)
            mail = Ingekomenmail(
                kenmerk=kenmerk,
                postbus=postbus,
                team=postbus.team if postbus else bestemming(kanaal=Vraag.Kanaal.MAIL).team,
                eigen_sleutel=Dossiersleutel.objects.create(),
                grootte=grootte or len(inhoud),
                afgekapt=bool(grootte and grootte > len(inhoud)),
            )
            mail.sluit_in(inhoud)
            mail.save(force_insert=True)
    except IntegrityError:  # delivered twice at the same moment
        return Ingekomenmail.objects.defer("inhoud").get(kenmerk=kenmerk)
    return mail


def kenmerk_van(inhoud: bytes) -> str:
    """What makes a message the same one: its text and the headers that no server on the way changes.

    A keyed hash, so nobody can ask the table whether some message came in.
    """
    hoofd, _, rest = inhoud.replace(b"\r\n", b"\n").partition(b"\n\n")
    koppen = message_from_bytes(hoofd[:65_536] + b"\n\n")
    som = hmac.new(hmac_van("ingekomen-mail"), digestmod=hashlib.sha256)
    for naam in VAST:
        waarden = [" ".join(str(w).split()) for w in koppen.get_all(naam, [])]
        som.update(repr((naam, waarden)).encode("utf-8", "backslashreplace"))
    som.update(rest.rstrip(b"\n"))
    return som.hexdigest()


def _postbus(inhoud, naar):
    """The mailbox that this was sent to, or None."""
    postbussen = {postbus.adres: postbus for postbus in Postbus.objects.select_related("team")}
    adressen = [naar.strip().lower(), *koppen_en_begin(inhoud).aan]
    return next((postbussen[adres] for adres in adressen if adres in postbussen), None)


# --- processing ---------------------------------------------------------------------------------


def volgende_mail() -> bool:
    """A task of the worker: the oldest message that was kept and not processed, if there is one."""
    pk = Ingekomenmail.objects.te_verwerken().values_list("pk", flat=True).first()
    return pk is not None and verwerk(pk=pk)


def verwerk(*, pk) -> bool:
    """Makes of one kept message what it is; False when another process is busy with it or was first.

    Whatever goes wrong, the message stays, with its reason, where staff see it.
    """
    wacht = Ingekomenmail.objects.te_verwerken().filter(pk=pk)
    if not wacht.update(pogingen=F("pogingen") + 1):
        return False
    try:
        with transaction.atomic():
            mail = _op_slot(wacht)
            if mail is None:
                return False
            if mail.pogingen > MAX_POGINGEN:
                mail.zet(Ingekomenmail.Staat.MISLUKT, reden=Reden.ONVERWACHT)
            else:
                _maak(mail)
    except (OperationalError, InterfaceError):  # the database is away: it is read again when it is back
        raise
    except Exception:
        logger.exception("a mail could not be processed")
        with transaction.atomic():
            mail = _op_slot(wacht)
            if mail is not None:
                mail.zet(Ingekomenmail.Staat.MISLUKT, reden=Reden.ONVERWACHT)
    return True


def _op_slot(mails):
    return (
        mails.select_for_update(skip_locked=True, of=["self"])
        .select_related("team", "postbus", "eigen_sleutel", "vraag__dossiersleutel")
        .first()
    )


def _maak(mail):
    try:
        post = lees(mail.lees())
    except Onleesbaar as fout:
        mail.zet(Ingekomenmail.Staat.MISLUKT, reden=Reden.ONLEESBAAR, voor_medewerker=[str(fout)])
        return
    reden = lus.teken(post, eigen_adressen=_eigen_adressen(), eigen_lus=lusteken())
    if reden == Reden.TERUGMELDING:
        mail.zet(Ingekomenmail.Staat.GENEGEERD, reden=reden, vraag=_kwam_niet_aan(post))
        return
    if not reden and Mailspoor.objects.filter(message_id=post.message_id).exists():
        reden = Reden.EIGEN
    if not reden and post.afzender and not begrenzing.telt(f"mail-in:{post.afzender}", per=PER, hoogstens=HOOGSTENS):
        reden = Reden.TE_VAAK
    if reden:
        mail.zet(Ingekomenmail.Staat.GENEGEERD, reden=reden, vraag=_van_antwoordadres(post))
    elif not post.afzender:
        mail.zet(Ingekomenmail.Staat.MISLUKT, reden=Reden.GEEN_AFZENDER)
    elif settings.MAIL_ONBEVESTIGD == "opzij" and (twijfel := _weeg(mail, post)):
        mail.zet(Ingekomenmail.Staat.MISLUKT, reden=Reden.AFZENDER, vraag=_herken(post)[0], voor_medewerker=[twijfel])
    else:
        _neem_aan(mail, post)


def _weeg(mail, post) -> str:
    """Writes down whether the sender was confirmed; gives what staff must know when not, else ''."""
    mail.echtheid, waarom = echtheid.oordeel(post, settings.MAIL_ONTVANGERS)
    return ONBEVESTIGD.format(post.afzender, waarom) if mail.echtheid == echtheid.Echtheid.NIET else ""


def _eigen_adressen():
    """Addresses that only we write from: mail from them is ours that came back."""
    return {
        settings.DEFAULT_FROM_EMAIL.split("<")[-1].strip("> ").lower(),
        *Postbus.objects.values_list("adres", flat=True),
    }


def _neem_aan(mail, post, *, door=None, opmerkingen=()):
    """A reply to the case it belongs to, or else a new question."""
    schoon, geweigerd = _bestanden(post)
    opmerkingen = [*filter(None, [_weeg(mail, post)]), *opmerkingen, *post.opmerkingen]
    if mail.afgekapt:
        geweigerd.append(TE_GROOT.format(round(mail.grootte / 1_000_000)))
    vraag, opmerking = _herken(post)
    opmerkingen += filter(None, [opmerking])
    if vraag is None:
        vraag = _nieuwe_vraag(mail, post, schoon, bevestig=door is None)
    else:
        vraag = behandeling.schrijf_terug(vraag=vraag, tekst=post.eigen_tekst, bijlagen=schoon, op=mail.ontvangen_op)
    mail.zet(Ingekomenmail.Staat.VERWERKT, vraag=vraag, door=door, voor_medewerker=opmerkingen, voor_iedereen=geweigerd)


def _nieuwe_vraag(mail, post, schoon, *, bevestig):
    ongewenst = post.kop("x-spam-flag").lower() == "yes" or post.kop("x-spam-status").lower().startswith("yes")
    # A mail has no page that was opened; what the mail server calls spam counts as not sent with our form.
    begin = None if ongewenst else mail.ontvangen_op - timedelta(hours=1)
    vraag = stel_vraag(
        door=None,
        bewijs=Bewijs(uuid.UUID(mail.kenmerk[:32]), begin),
        kanaal=Vraag.Kanaal.MAIL,
        tekst=post.vraag_tekst,
        naam=post.naam,
        email=post.afzender,
        antwoordwijze=Vraag.Antwoordwijze.MAIL if post.afzender else Vraag.Antwoordwijze.HIER,
        team=_team(mail, post),
        bijlagen=schoon,
        geregistreerd_op=mail.ontvangen_op,
    ).vraag
    if bevestig and not vraag.quarantaine and begrenzing.telt(f"mail-bevestigd:{post.afzender}", per=PER, hoogstens=1):
        stuur_over(
            vraag=vraag, sleutel=f"vraag-{vraag.pk}-mail", onderwerp="We kregen je mail", tekst=BEVESTIGING, pad="/"
        )
    return vraag


def _team(mail, post):
    """The team of the mailbox, unless the rules may choose one; then never one of the other Bestuur."""
    if mail.postbus and not mail.postbus.verdeel:
        return mail.team
    gekozen = bestemming(kanaal=Vraag.Kanaal.MAIL, tekst=post.vraag_tekst).team
    return gekozen if not mail.postbus or gekozen.bestuur_id == mail.team.bestuur_id else mail.team


# --- which case ---------------------------------------------------------------------------------


def tekens_in(adressen) -> list:
    """The random halves in these addresses, by the shape of settings.ANTWOORDADRES."""
    if not settings.ANTWOORDADRES:
        return []
    voor, na = settings.ANTWOORDADRES.split("*")
    vorm = re.compile(rf"{re.escape(voor)}([0-9a-z]{{16,40}}){re.escape(na)}")
    return [treffer[1] for adres in adressen if (treffer := vorm.fullmatch(adres.lower()))]


def _van_antwoordadres(post):
    adres = Antwoordadres.objects.met(tekens_in(post.aan))
    return adres and _levend(adres.vraag_id)


def _levend(pk):
    """The case with its key, or None when it was erased."""
    return Vraag.objects.select_related("dossiersleutel", "team").filter(pk=pk, dossiersleutel__gewist_op=None).first()


def _herken(post):
    """(the case that this answers, or None; what staff must know about that)."""
    vraag = _van_antwoordadres(post)
    if vraag is not None:
        anders = vraag.email and vraag.email.lower() != post.afzender
        opmerking = ANDER_ADRES.format(post.afzender) if anders else ""
        return (vraag, opmerking) if _kan_schrijven(vraag) else (None, INGETROKKEN)
    sporen = dict(Mailspoor.objects.filter(message_id__in=post.verwijst).values_list("message_id", "vraag"))
    gevonden = next((sporen[message_id] for message_id in post.verwijst if message_id in sporen), None)
    vraag = gevonden and _levend(gevonden)
    if not vraag:
        return None, ""
    if vraag.email.lower() != post.afzender:
        return None, IEMAND_ANDERS
    return (vraag, OP_ADRES_HERKEND) if _kan_schrijven(vraag) else (None, INGETROKKEN)


def _kan_schrijven(vraag):
    vraag = vraag.samengevoegd_met or vraag  # a question that went along with another is answered there
    return bool(vraag.quarantaine) or vraag.kan(Stap.SCHRIJF_TERUG)


def _kwam_niet_aan(post):
    """Marks the mail of ours that this report is about; the case, or None when it is not known."""
    spoor = Mailspoor.objects.filter(message_id__in=[*post.rapport, *post.verwijst]).first()
    if spoor is None:
        return None
    Mailspoor.objects.filter(pk=spoor.pk).update(teruggekomen_op=timezone.now())
    return _levend(spoor.vraag_id)


def _bestanden(post: Post):
    """(files that passed the gate, lines about those that did not)."""
    schoon, geweigerd = [], []
    for nummer, bestand in enumerate(post.bestanden):
        naam = zonder_onzichtbare(re.split(r"[\\/]", bestand.name)[-1]).strip()[:80] or "bestand"
        if nummer >= MAX_BESTANDEN:
            geweigerd.append(TE_VEEL.format(naam))
            continue
        try:
            schoon.append(bijlagen.keur(bestand))
        except ValidationError as fout:
            geweigerd.append(NIET_AANGENOMEN.format(naam, fout.messages[0]))
    return schoon, geweigerd


# --- what staff do ------------------------------------------------------------------------------


@transaction.atomic
def probeer_opnieuw(*, mail, door) -> Ingekomenmail:
    """Puts a message that was set aside back in the row, as if it came in now. Raises MagNiet."""
    mail = _van_staf(mail, door)
    mail.pogingen = 0
    mail.zet(Ingekomenmail.Staat.ONTVANGEN, door=door)
    return mail


@transaction.atomic
def maak_vraag(*, mail, door) -> Ingekomenmail:
    """A person looked: makes a question (or a reply) of a message that was set aside, of what can be read. Raises MagNiet."""
    mail = _van_staf(mail, door)
    opmerkingen = [MET_DE_HAND.format(mail.get_reden_display().lower())]
    inhoud = mail.lees()
    try:
        post = lees(inhoud)
    except Onleesbaar:
        post = koppen_en_begin(inhoud)
        opmerkingen.append(NIET_GELEZEN)
    _neem_aan(mail, post, door=door, opmerkingen=opmerkingen)
    return mail


@transaction.atomic
def lees_los(*, mail, door) -> Post:
    """A message without a case, for staff, with the trace of reading it. Raises Ingekomenmail.DoesNotExist."""
    mail = Ingekomenmail.objects.zichtbaar_voor(door).filter(vraag=None).select_related("eigen_sleutel").get(pk=mail.pk)
    Mailinzage.objects.create(mail=mail, door=door)
    return ontleed(mail)


def ontleed(mail) -> Post | None:
    """The message taken apart, as far as it goes; None when it was removed. The caller wrote the trace of reading."""
    inhoud = mail.lees()
    if inhoud is None:
        return None
    try:
        return lees(inhoud)
    except Onleesbaar:
        return koppen_en_begin(inhoud)


def _van_staf(mail, door):
    """The row, held; raises MagNiet when it is not theirs or there is nothing left to do."""
    rijen = Ingekomenmail.objects.filter(
        pk__in=Ingekomenmail.objects.zichtbaar_voor(door).filter(pk=mail.pk).values("pk")
    )
    vast = (
        rijen.select_for_update(of=["self"])
        .select_related("team", "postbus", "eigen_sleutel", "vraag__dossiersleutel")
        .first()
    )
    if vast is None or not vast.kan_opnieuw:
        raise MagNiet("Met deze mail is intussen al iets gebeurd.")
    return vast


# --- retention ----------------------------------------------------------------------------------


def geef_op(mail):
    """Nobody made anything of a message that was set aside: it is set as not for us, and the message goes."""
    mail = _op_slot(Ingekomenmail.objects.filter(pk=mail.pk))
    mail.zet(Ingekomenmail.Staat.GENEGEERD, reden=mail.reden)
    mail.ruim_inhoud_op()
