"""A form that anyone may post: posted twice counts once, and machines are noticed without hurting people.

- `Bewijs` is the hidden token of one page with the form: a random number and the moment the page was made, signed.
  It has no end: who writes slowly is never turned away.
- `inzending_van` makes the key under which a post is kept. The same page with the same content has the same key, so
  a double tap, the back button or a retry find what is already there. A changed text is another post: nothing is lost.
- `Formulierslot` puts the token and an invisible trap in a form. A sign of a machine never refuses a post; it is a
  mark for the people who look after it.
- `sleutel_bij` is the unguessable half of a link that needs no login. It is computed, never kept.
"""

import hashlib
import hmac
import re
import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django import forms
from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare

ALFABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
ZOUT = "sociaalhuis.formulier"
# Nobody reads the page, writes something and sends it in less.
MINIMUM = timedelta(seconds=3)
LINK = re.compile(r"https?://|www\.|\[url|<a\s|href=", re.IGNORECASE)
LINKS_TE_VEEL = 3
HERHALINGEN_TE_VEEL = 3


class Teken(models.TextChoices):
    """Why a post looks like the work of a machine."""

    VALSTRIK = "valstrik", "Een onzichtbaar veld was ingevuld"
    GEEN_BEWIJS = "geen_bewijs", "Niet met ons formulier verstuurd"
    TE_SNEL = "te_snel", "Sneller verstuurd dan iemand kan typen"
    LINKS = "links", "Veel links in de tekst"
    HERHAALD = "herhaald", "Hetzelfde formulier vaak opnieuw verstuurd"


def hmac_van(doel: str, *delen: bytes) -> bytes:
    """HMAC over parts that cannot run into each other."""
    som = hmac.new(f"{doel}:{settings.SECRET_KEY}".encode(), digestmod=hashlib.sha256)
    for deel in delen:
        som.update(len(deel).to_bytes(8, "big") + deel)
    return som.digest()


def in_alfabet(bits: bytes, lengte: int) -> str:
    """The first `lengte` characters (5 bits each) of some random bytes."""
    getal = int.from_bytes(bits, "big")
    return "".join(ALFABET[getal >> 5 * n & 31] for n in range(lengte))


def nieuwe_referentie(jaar: int | None = None) -> str:
    """'2027-7K3F9Q': the year (this one) and 30 random bits, so that nobody can count or guess."""
    return f"{jaar or timezone.localdate().year}-{in_alfabet(secrets.token_bytes(4), 6)}"


def sleutel_bij(doel: str, referentie: str) -> str:
    """The 128 bits, as hexadecimal, that open the page of this reference."""
    return hmac_van(f"link:{doel}", referentie.encode())[:16].hex()


def sleutel_klopt(doel: str, referentie: str, sleutel: str) -> bool:
    return constant_time_compare(sleutel_bij(doel, referentie), sleutel)


def inzending_van(formulier: uuid.UUID, *inhoud: str | bytes) -> uuid.UUID:
    """The key of one posted form: the same page with the same content is the same post."""
    delen = [deel if isinstance(deel, bytes) else deel.encode(errors="replace") for deel in inhoud]
    return uuid.UUID(bytes=hmac_van("inzending", formulier.bytes, *delen)[:16])


@dataclass(frozen=True)
class Bewijs:
    """The token of one page; `gemaakt_op` is None when it was missing or forged."""

    formulier: uuid.UUID
    gemaakt_op: datetime | None = None

    @staticmethod
    def nieuw() -> str:
        return signing.dumps([uuid.uuid4().hex, int(timezone.now().timestamp())], salt=ZOUT)

    @classmethod
    def lees(cls, getekend: str) -> "Bewijs":
        """The token again. One that is not ours becomes one without a time, the same for the same text."""
        try:
            nummer, seconden = signing.loads(getekend, salt=ZOUT)
        except signing.BadSignature:
            return cls(uuid.UUID(bytes=hmac_van("onbekend", getekend.encode(errors="replace"))[:16]))
        return cls(uuid.UUID(nummer), datetime.fromtimestamp(seconden, tz=UTC))

    def teken(self, *, valstrik: str, tekst: str, eerder: int = 0) -> str:
        """The sign that a machine posted this, or ''; `eerder` is how many other posts came from the same page."""
        if valstrik:
            return Teken.VALSTRIK
        if self.gemaakt_op is None:
            return Teken.GEEN_BEWIJS
        if timezone.now() - self.gemaakt_op < MINIMUM:
            return Teken.TE_SNEL
        if len(LINK.findall(tekst)) >= LINKS_TE_VEEL or re.search(r"\[url|<a\s", tekst, re.IGNORECASE):
            return Teken.LINKS
        return Teken.HERHAALD if eerder >= HERHALINGEN_TE_VEEL else ""


class Formulierslot(forms.Form):
    """Mixin for a public form: `inzending` (the key of this post) and `teken` (the sign of a machine, or '').

    A subclass names in `VRIJE_TEKST` the fields in which links are counted.
    """

    VRIJE_TEKST = ()

    bewijs = forms.CharField(required=False, widget=forms.HiddenInput)
    # A name that machines like to fill in; people do not see the field: put it in a Div with class visually-hidden.
    webadres = forms.CharField(
        label="Laat dit veld leeg",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["bewijs"].initial = Bewijs.nieuw()

    @property
    def _bewijs(self):
        return Bewijs.lees(self.data.get(self.add_prefix("bewijs"), "")[:300])

    @property
    def inzending(self) -> uuid.UUID:
        """Computed from what was posted, so it is the same for the same post whatever the state of the database."""
        delen = [
            f"{naam}={waarde}"
            for naam in sorted(self.fields)
            if naam not in ("bewijs", "webadres")
            for waarde in self.data.getlist(self.add_prefix(naam))
        ]
        return inzending_van(self._bewijs.formulier, *delen)

    @property
    def teken(self) -> str:
        tekst = "\n".join(str(self.data.get(self.add_prefix(naam), "")) for naam in self.VRIJE_TEKST)
        return self._bewijs.teken(valstrik=self.data.get(self.add_prefix("webadres"), ""), tekst=tekst)
