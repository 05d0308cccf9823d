"""The only way to what people tell: reading leaves a trace, in the transaction of the reading."""

from django.db import connection
from django.db.models import Exists, OuterRef, Value
from django.utils import timezone

from loket.acties import vermelden
from loket.models import Doorverwijzing, Inzage, Vermelding, Vraag
from loket.models.vraagset import Toegang, teams_van
from loket.zaak.koppelingen import koppelgroep
from loket.zaak.verwanten import heeft_verwanten
from sociaalhuis.klaargezet import Vorm, klaargezet
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE, heeft_rol

ALLES = ("team", "bestuur", "behandelaar", "thema", "gebied", "doelgroep", "dienst", "dossiersleutel")
# Of the own teams the reader brings team and Bestuur; two tables fewer to join is a third of the time to plan that query.
VORM = Vorm(Vraag, ALLES[2:], ["toegang", "genoemd", "verwant", "koppelgroep"])


class ZonderSpoor(RuntimeError):
    """A case was about to be read outside a transaction, where its trace could be lost."""


def lees(*, referentie, door, pagina) -> Vraag:
    """A case with its content, for staff, with the trace of this reading written; `toegang` says by which door.

    Raises Vraag.DoesNotExist for what is not theirs, ZonderSpoor outside a transaction.
    """
    _eis_transactie()
    # the own teams first: nearly every reading is one of these, and looking through the other doors takes long
    eigen = _van_eigen_teams(referentie.upper(), teams_van(door), door.pk)
    if eigen:
        vraag = VORM.instantie(eigen[0])
        vraag.team = next(team for team in door.eigen_teams if team.pk == vraag.team_id)
        vraag.bestuur = vraag.team.bestuur
    else:
        anders = _met_het_bijzondere(Vraag.objects.leesbaar_voor(door), door.pk).select_related(*ALLES)
        vraag = anders.get(referentie=referentie.upper())
    _schrijf_op(vraag, door=door, pagina=pagina, reden=reden_van(vraag, door))
    if vraag.genoemd:
        vermelden.gelezen(vraag=vraag, door=door)
    if vraag.eerst_geopend_op is None and vraag.toegang == Toegang.EIGEN:
        vraag.eerst_geopend_op = timezone.now()
        Vraag.objects.filter(pk=vraag.pk, eerst_geopend_op=None).update(eerst_geopend_op=vraag.eerst_geopend_op)
    return vraag


@klaargezet
def _van_eigen_teams(referentie, teams, door):
    vragen = Vraag.objects.filter(referentie=referentie, team__in=teams).annotate(toegang=Value(Toegang.EIGEN))
    return _met_het_bijzondere(vragen, door).order_by().values_list(*VORM.kolommen)


def _met_het_bijzondere(vragen, door):
    """With whether this reader (a number) is named in an unread note, and whether other questions hang on this one."""
    genoemd = Vermelding.objects.filter(wie=door, gelezen_op=None, notitie__vraag=OuterRef("pk"))
    return vragen.annotate(genoemd=Exists(genoemd), verwant=heeft_verwanten(), koppelgroep=koppelgroep())


def lees_voor_afspraak(*, referentie, door) -> Vraag:
    """A case of the own team, of which an appointment takes over the name and the way of contact. Raises like `lees`."""
    vragen = _in_transactie(Vraag.objects.leesbaar_voor(door).filter(toegang=Toegang.EIGEN))
    vraag = vragen.get(referentie=referentie.upper())
    Inzage.objects.create(vraag=vraag, door=door, pagina=Inzage.Pagina.AFSPRAAK, reden=reden_van(vraag, door))
    return vraag


def lees_voor_kopie(*, referentie, door) -> Vraag:
    """A case of the own team, to make a copy for the one who asked and showed who they are. Raises like `lees`."""
    vragen = _in_transactie(Vraag.objects.zichtbaar_voor(door))
    vraag = vragen.get(referentie=referentie.upper())
    reden, pagina = Inzage.Reden.INZAGERECHT, Inzage.Pagina.UITVOER
    Inzage.objects.create(vraag=vraag, door=door, pagina=pagina, reden=reden)
    return vraag


def lees_eigen(*, pk, pagina=Inzage.Pagina.OPVOLGEN) -> Vraag:
    """The case of the one who asked, who has shown the receipt code. Raises like `lees`."""
    vraag = _in_transactie(Vraag.objects.annotate(verwant=heeft_verwanten())).get(pk=pk)
    _schrijf_op(vraag, door=None, pagina=pagina, reden=Inzage.Reden.EIGEN)
    return vraag


def lees_delen(vraag):
    """The parts of a question that went to other teams, for the one who asked it; each with its trace."""
    if not vraag.verwant:
        return []
    delen = list(_in_transactie(vraag.afgesplitste.order_by("geregistreerd_op", "pk")))
    sporen = [Inzage(vraag=deel, pagina=Inzage.Pagina.OPVOLGEN, reden=Inzage.Reden.EIGEN) for deel in delen]
    Inzage.objects.bulk_create(sporen)
    return delen


def _schrijf_op(vraag, **lezing):
    """The trace of reading a case, and of what was merged into it: `samen` are all of them, oldest first."""
    mee = vraag.samengevoegde.select_related(*ALLES) if vraag.verwant else []
    vraag.samen = sorted([vraag, *mee], key=lambda v: v.geregistreerd_op)
    Inzage.objects.bulk_create([Inzage(vraag=een, **lezing) for een in vraag.samen])


def lees_gedeeld(*, referentie, door) -> Doorverwijzing:
    """A referral as a partner may see it. When it still shares, the trace of reading is written, in the name of the
    organisation; otherwise nothing of what people tell is on the page.

    Raises Doorverwijzing.DoesNotExist for what is not theirs now, ZonderSpoor outside a transaction.
    """
    if not connection.in_atomic_block:
        raise ZonderSpoor("Lees een gedeelde kopie binnen transaction.atomic().")
    rijen = Doorverwijzing.objects.van_partner(door)
    rijen = rijen.select_related("organisatie", "dienst", "kopie__sleutel", "vraag__dossiersleutel")
    verwijzing = rijen.get(referentie=referentie.upper())
    verwijzing.kopie.doorverwijzing = verwijzing
    if verwijzing.deelt():
        Inzage.objects.create(
            vraag=verwijzing.vraag,
            door=door,
            pagina=Inzage.Pagina.GEDEELD,
            reden=Inzage.Reden.PARTNER,
            organisatie=verwijzing.organisatie,
        )
    return verwijzing


def lees_gedeelde_lijst(*, organisaties, door) -> list[Doorverwijzing]:
    """Every referral that was sent to these organisations of this partner, newest first, to take along as a file.

    Those that still share are read, each with its trace; of the others nothing of what people tell is read. Raises
    ZonderSpoor outside a transaction.
    """
    if not connection.in_atomic_block:
        raise ZonderSpoor("Lees gedeelde kopieën binnen transaction.atomic().")
    rijen = Doorverwijzing.objects.van_partner(door).filter(organisatie__in=organisaties)
    rijen = rijen.select_related("organisatie", "dienst", "kopie__sleutel", "vraag__dossiersleutel")
    verwijzingen = list(rijen.order_by("-verzonden_op", "-pk"))
    sporen = []
    for verwijzing in verwijzingen:
        verwijzing.kopie.doorverwijzing = verwijzing
        if verwijzing.deelt():
            sporen.append(
                Inzage(
                    vraag=verwijzing.vraag,
                    door=door,
                    pagina=Inzage.Pagina.LIJST,
                    reden=Inzage.Reden.PARTNER,
                    organisatie=verwijzing.organisatie,
                )
            )
    Inzage.objects.bulk_create(sporen)
    return verwijzingen


def reden_van(vraag, door):
    """Why this person reads this case, as far as the house knows it."""
    if vraag.toegang == Toegang.NOOD:
        return Inzage.Reden.NOOD
    if vraag.toegang != Toegang.EIGEN:
        return Inzage.Reden.GEDEELD
    if vraag.behandelaar_id == door.pk:
        return Inzage.Reden.BEHANDELAAR
    if vraag.behandelaar_id is None:
        return Inzage.Reden.OPNEMEN
    return Inzage.Reden.VERDELEN if heeft_rol(door, TEAMVERANTWOORDELIJKE) else Inzage.Reden.VERVANGEN


def _in_transactie(vragen):
    _eis_transactie()
    return vragen.select_related(*ALLES)


def _eis_transactie():
    if not connection.in_atomic_block:
        raise ZonderSpoor("Lees een dossier binnen transaction.atomic().")
