"""Everything that happened in some cases, in one query: messages, notes, files, steps, transfers, sharings.

Each row is a `Feit`. Texts are decrypted only when they are asked for, with the key of their own case.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import BigIntegerField, BinaryField, Case, CharField, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from loket.models import (
    Afspraak,
    Bericht,
    Bijlage,
    Deling,
    Gebeurtenis,
    Ingekomenmail,
    Noodtoegang,
    Notitie,
    Overdracht,
    Vermelding,
)
from sociaalhuis.klaargezet import klaargezet
from sociaalhuis.models.sleutel import GEWIST


@dataclass(frozen=True)
class Feit:
    """`een` and `twee` are what the kind of fact needs (see the branches below), `nummer` the row it belongs to."""

    soort: str
    vraag_id: int
    pk: int
    op: datetime
    wie: str
    geheim: bytes | None
    een: str
    twee: str
    nummer: int | None

    def tekst(self, vraag):
        """The text, or '[gewist]'. `vraag` is the case of this fact, with its key."""
        veld = GEHEIM[self.soort]._meta.get_field(VELD.get(self.soort, "tekst"))
        klaar = vraag.dossiersleutel.ontsleutel(bytes(self.geheim), veld.label)
        return GEWIST if klaar is None else klaar.decode()


GEHEIM = {
    "bericht": Bericht,
    "notitie": Notitie,
    "bijlage": Bijlage,
    "overdracht": Overdracht,
    "deling": Deling,
    "mail": Ingekomenmail,
    "mail_geweigerd": Ingekomenmail,
}
VELD = {"bijlage": "naam", "mail": "voor_medewerker", "mail_geweigerd": "voor_iedereen"}


def feiten(vragen):
    """The facts of these cases (their numbers), oldest first."""
    return [Feit(*rij[:-1]) for rij in _rijen(vragen)]


@klaargezet
def _rijen(vragen):
    takken = [tak.filter(vraag__in=vragen).order_by() for tak in TAKKEN()]
    return takken[0].union(*takken[1:], all=True).order_by("op_", "volgorde", "pk_")


# the names of the colleagues for whom a note was written
GENOEMD = Subquery(
    Vermelding.objects.filter(notitie=OuterRef("pk"))
    .order_by()
    .values("notitie")
    .annotate(namen=StringAgg("wie__naam", Value(", "), order_by="wie__naam"))
    .values("namen")
)
# 'lees 2027-03-01': what a sharing allows, and its last day
RECHT_TOT = Concat(F("recht"), Value(" "), Cast(F("tot"), CharField()))


IS_BEWAARD = Case(When(inhoud__isnull=False, then=Value("bewaard")), default=Value(""))


def TAKKEN():  # noqa: N802 (a constant that needs the apps to be ready)
    return [
        _tak(Bericht, 1, "bericht", wie="door__naam", geheim="tekst", een="van"),
        _tak(Notitie, 2, "notitie", wie="door__naam", geheim="tekst", een=GENOEMD),
        _tak(Bijlage, 3, "bijlage", geheim="naam", een="keuring", nummer="bericht_id"),
        _tak(Overdracht, 4, "overdracht", wie="door__naam", geheim="tekst", een="van_team__naam", twee="naar_team__naam"),
        _tak(Deling, 5, "deling", wie="door__naam", geheim="tekst", een="met_team__naam", twee=RECHT_TOT),
        _tak(
            Deling, 6, "deling_einde", op="gestopt_op", wie="gestopt_door__naam", een="met_team__naam"
        ).filter(gestopt_op__isnull=False),
        _tak(Noodtoegang, 7, "nood", op="beslist_op", wie="beslist_door__naam", een="door__naam", twee="grond").filter(
            toegekend=True
        ),
        _tak(
            Ingekomenmail, 9, "mail", op="ontvangen_op", wie="echtheid", geheim="voor_medewerker", een="reden", twee=IS_BEWAARD
        ),
        _tak(Ingekomenmail, 10, "mail_geweigerd", op="ontvangen_op", geheim="voor_iedereen"),
        _tak(Gebeurtenis, 8, "gebeurtenis", wie="door__naam", een="stap", twee="naar__naam").filter(
            doorverwijzing=None
        ),
        _tak(
            Gebeurtenis, 11, "verwijzing", wie="door__naam", een="verwijsstap", twee="doorverwijzing__organisatie__naam"
        ).exclude(doorverwijzing=None),
        _tak(Afspraak, 12, "afspraak", op="gemaakt_op"),
    ]  # fmt: skip


def _tak(model, volgorde, soort, *, op="op", wie=None, geheim=None, een=None, twee=None, nummer=None):
    """One branch of the union; every branch has the same columns of the same types."""
    return model.objects.annotate(
        soort_=Value(soort, CharField()),
        pk_=F("pk"),
        op_=F(op),
        wie_=_tekst(wie),
        geheim_=F(geheim) if geheim else Cast(Value(None), BinaryField()),
        een_=_tekst(een),
        twee_=_tekst(twee),
        nummer_=F(nummer) if nummer else Cast(Value(None), BigIntegerField()),
        volgorde=Value(volgorde),
    ).values_list("soort_", "vraag_id", "pk_", "op_", "wie_", "geheim_", "een_", "twee_", "nummer_", "volgorde")


def _tekst(pad):
    if pad is None:
        return Value("", CharField())
    return Coalesce(Cast(F(pad) if isinstance(pad, str) else pad, CharField()), Value(""))
