"""The one shape of our mails. They say nothing (promise V18): a sentence, a link, a reference and whom to contact.

Whoever reads along learns that someone has something to do with this house, and not what.
"""

from django.conf import settings

from sociaalhuis.models import Huis
from sociaalhuis.post.uit import zet_klaar

BRIEF = """Dag,

{tekst}

{adres}

Heb je een vraag? {contact}{kenmerk}
{antwoord}
{huis}
"""
ANTWOORD = """
Je mag ook antwoorden op deze mail. Denk eraan: wie in je mailbox kan, leest mee.
"""


def stuur_brief(*, sleutel, aan, onderwerp, tekst, pad, referentie="", dossiersleutel=None, antwoord_naar=""):
    """Puts one mail in the outbox, in the transaction of the caller; gives whether it is new.

    `sleutel` is unique per occasion, `tekst` a sentence without content of a case, `pad` an address on this site that
    holds nothing personal. `dossiersleutel` is the key of the case when `aan` is the one who asked. With `antwoord_naar`
    an answer is read; the mail then says so, and that others may read along.
    """
    huis = Huis.objects.first() or Huis(naam="Sociaal Huis")
    return zet_klaar(
        sleutel=sleutel,
        aan=aan,
        dossiersleutel=dossiersleutel,
        antwoord_naar=antwoord_naar,
        onderwerp=f"{onderwerp} ({referentie})" if referentie else onderwerp,
        tekst=BRIEF.format(
            tekst=tekst,
            adres=settings.SITE_URL + pad,
            contact=_contact(huis),
            kenmerk=f" Geef dan je referentie {referentie}." if referentie else "",
            antwoord=ANTWOORD if antwoord_naar else "",
            huis=huis.naam,
        ),
    )


def _contact(huis):
    wegen = [huis.telefoon and f"bel {huis.telefoon}", huis.email and f"mail naar {huis.email}"]
    zin = " of ".join(filter(None, wegen)) or "kom langs"
    return f"{zin[0].upper()}{zin[1:]}."
