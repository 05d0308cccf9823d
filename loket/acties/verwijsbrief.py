"""Mails about referrals. They say that something waits, never what or about whom."""

from django.urls import reverse

from loket.models import Doorverwijzing, Vraag
from sociaalhuis.models import Gebruiker
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE
from sociaalhuis.vertegenwoordiging import vertegenwoordigers_van

Stap, Staat = Doorverwijzing.Stap, Doorverwijzing.Staat
PARTNER, LOKET, VRAGER = "partner", "loket", "vrager"

# after which step who gets a mail
NA = {
    Stap.STEL_VOOR: [VRAGER],
    Stap.VERZEND: [PARTNER],
    Stap.AANVAARD: [VRAGER],
    Stap.WEIGER: [LOKET, VRAGER],
    Stap.VRAAG_TERUG: [LOKET, VRAGER],
    Stap.ANTWOORD: [PARTNER],
    Stap.MAAK_AFSPRAAK: [VRAGER],
    Stap.HELP: [VRAGER],
    Stap.HELP_NIET: [LOKET, VRAGER],
    Stap.WEERSPREEK: [LOKET],
    Stap.TREK_IN: [LOKET, PARTNER],
    Stap.STOP: [PARTNER, VRAGER],
    Stap.VERLOOP: [LOKET, PARTNER, VRAGER],
}
# whose turn it is in a state
AAN_ZET = {
    Staat.VOORGESTELD: VRAGER,
    Staat.AKKOORD: LOKET,
    Staat.VRAAGT_TERUG: LOKET,
    Staat.GEHOLPEN: VRAGER,
    **dict.fromkeys((Staat.VERZONDEN, Staat.AANVAARD, Staat.AFSPRAAK, Staat.AANGEKOMEN), PARTNER),
}
PARTNERTEKST = {
    Stap.VERZEND: "Er is een doorverwijzing voor je organisatie.",
    Stap.ANTWOORD: "Er is een antwoord bij een doorverwijzing voor je organisatie.",
}

INGETROKKEN = "Een doorverwijzing voor je organisatie is ingetrokken. Je hoeft niets meer te doen."


def na(verwijzing, stap):
    """The mails that belong to a step that was just done."""
    for wie in NA.get(stap, []):
        stuur(verwijzing, wie, f"stap-{verwijzing.versie}", PARTNERTEKST.get(stap))


def herinner(verwijzing, wie):
    stuur(
        verwijzing,
        wie,
        f"herinnering-{verwijzing.versie}-{verwijzing.herinnerd}",
        "Er wacht een doorverwijzing op je organisatie. De termijn loopt bijna af.",
        "Er wacht iets op jou aan het loket: een termijn loopt bijna af.",
    )


def stuur(verwijzing, wie, gelegenheid, partnertekst=None, lokettekst=None):
    """One mail to everyone who stands for `wie`. `gelegenheid` makes it once per occasion."""
    sleutel = f"verwijzing-{verwijzing.pk}-{gelegenheid}-{wie}"
    if wie == VRAGER:
        vraag = verwijzing.vraag
        if vraag.antwoordwijze == Vraag.Antwoordwijze.MAIL and vraag.email:
            stuur_brief(
                sleutel=sleutel,
                aan=vraag.email,
                onderwerp="Er is een bericht voor je",
                tekst="Er is een bericht voor je. Je leest het met de code van je ontvangstbewijs.",
                pad=reverse("loket:opvolgen"),
                referentie=vraag.referentie,
                dossiersleutel=vraag.dossiersleutel,
            )
        return
    if wie == LOKET:
        for gebruiker in medewerkers_voor(verwijzing.vraag):
            stuur_brief(
                sleutel=f"{sleutel}-{gebruiker.pk}",
                aan=gebruiker.email,
                onderwerp="Er is iets veranderd",
                tekst=lokettekst or "Er veranderde iets aan een doorverwijzing van jouw team.",
                pad=verwijzing.get_absolute_url(),
                referentie=verwijzing.vraag.referentie,
            )
        return
    if verwijzing.verzonden_op is None:
        return  # it never knew
    for nummer, adres in enumerate(adressen_van(verwijzing.organisatie)):
        stuur_brief(
            sleutel=f"{sleutel}-{nummer}",
            aan=adres,
            onderwerp="Er is iets voor je organisatie",
            tekst=partnertekst or "Er veranderde iets aan een doorverwijzing voor je organisatie.",
            pad=reverse("loket:partner"),
            referentie=verwijzing.referentie,
        )


def adressen_van(organisatie):
    """Where a partner gets mail: its representatives, else its own address."""
    adressen = list(vertegenwoordigers_van(organisatie).order_by("pk").values_list("email", flat=True))
    return adressen or list(filter(None, [organisatie.email]))


def medewerkers_voor(vraag):
    """Who of staff hears about it: who handles the case, else who heads the team."""
    if vraag.behandelaar and vraag.behandelaar.is_active:
        return [vraag.behandelaar]
    return list(Gebruiker.objects.filter(is_active=True, teams=vraag.team_id, groups__name=TEAMVERANTWOORDELIJKE))
