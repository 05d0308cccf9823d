"""Signs that no person wrote this now: answers of programs, lists, bounces, and our own mail that comes back.

Such a message makes no question and gets no answer, because two programs that answer each other never stop. It is
kept, counted and shown with its reason; staff may still make a question of it. RFC 3834 and what programs really send.
"""

import re

from django.db import models

from loket.mail.lezen import Post

ONDERWERP = re.compile(
    r"^\s*(?:automatisch antwoord|automatische beantwoording|automatic reply|auto(?:matic)?[- ]?reply|auto:|autoreply|"
    r"réponse automatique|automatische antwort|out of (?:the )?office|afwezigheidsbericht|ik ben afwezig|absence du bureau)",
    re.IGNORECASE,
)
SYSTEEM = re.compile(r"^(?:mailer-daemon|postmaster|bounces?|no-?reply|noreply|do-?not-?reply|niet-?beantwoorden)\b")


class Reden(models.TextChoices):
    """Why a message made no question."""

    AUTOMATISCH = "automatisch", "Automatisch antwoord van een mailprogramma"
    LIJST = "lijst", "Nieuwsbrief of mailinglijst"
    TERUGMELDING = "terugmelding", "Een mail van ons kwam niet aan"
    EIGEN = "eigen", "Een mail van onszelf kwam terug"
    TE_VAAK = "te_vaak", "Te veel mails van hetzelfde adres in een uur"
    ONLEESBAAR = "onleesbaar", "De mail is niet te lezen"
    GEEN_AFZENDER = "geen_afzender", "Er staat geen bruikbaar adres van de afzender in"
    AFZENDER = "afzender", "De afzender is niet bevestigd"
    ONVERWACHT = "onverwacht", "Bij het verwerken liep iets fout"


def teken(post: Post, *, eigen_adressen=(), eigen_lus="") -> str:
    """The `Reden` why this message is not for people, or ''."""
    if _is_terugmelding(post):
        return Reden.TERUGMELDING
    if (eigen_lus and eigen_lus in post.koppen.get("x-loop", [])) or post.afzender in eigen_adressen:
        return Reden.EIGEN
    voorrang = post.kop("precedence").lower()
    if voorrang in ("bulk", "junk", "list") or post.koppen.get("list-id") or post.koppen.get("list-unsubscribe"):
        return Reden.LIJST
    return Reden.AUTOMATISCH if _is_automatisch(post, voorrang) else ""


def _is_terugmelding(post):
    soort = post.kop("content-type").lower()
    if soort.startswith("multipart/report") and "disposition-notification" not in soort:
        return True
    leeg_pad = post.koppen.get("return-path", [""])[0].replace(" ", "") == "<>"
    daemon = post.afzender.startswith(("mailer-daemon@", "postmaster@"))
    return bool(daemon or post.koppen.get("x-failed-recipients")) or (leeg_pad and bool(post.rapport))


def _is_automatisch(post, voorrang):
    zelf = post.kop("auto-submitted").lower().split(";")[0].strip()
    return (
        zelf not in ("", "no")
        or voorrang == "auto_reply"
        or post.kop("content-type").lower().startswith("multipart/report")
        or post.koppen.get("return-path", [""])[0].replace(" ", "") == "<>"
        or any(post.koppen.get(naam) for naam in ("x-auto-response-suppress", "x-autoreply", "x-autorespond"))
        or bool(SYSTEEM.match(post.afzender))
        or bool(ONDERWERP.match(post.onderwerp))
    )
