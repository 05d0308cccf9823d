"""Brings services of a file of LPDC into the catalogue, one by one, and says what happened to each.

Every record has its own transaction: what is in stays in, whatever happens after it. A second run with the same file
changes nothing. The parts of the report are plain JSON, so the terminal and the admin show the same.
"""

from dataclasses import asdict, dataclass, field

import pghistory
from django.db import DatabaseError, connection, transaction

from loket.acties.dienst import schrijf_waarden, vrije_slug
from loket.lpdc import lezen
from loket.lpdc.indeling import Indeler
from loket.lpdc.record import vertaal
from loket.lpdc.vergelijk import KINDEREN, onze_waarden, vergelijk
from loket.models import Dienst
from loket.zoek.index import indexeer, lees_lexicon, ververs_woorden

SLOT = 0x4C504443  # "LPDC": two imports never work on a record at the same time


@dataclass
class Verslag:
    """What an import did. Every record is counted once in nieuw, bijgewerkt, ongewijzigd or geweigerd."""

    nieuw: int = 0
    bijgewerkt: int = 0
    ongewijzigd: int = 0
    gaten: dict = field(default_factory=dict)  # gap -> titles
    geweigerd: list = field(default_factory=list)  # [title, why]
    lokaal: list = field(default_factory=list)  # [title, fields changed here and at the source]
    schade: list = field(default_factory=list)  # [why, lines]
    hersteld: list = field(default_factory=list)  # lines
    niet_getoond: int = 0
    fout: str = ""

    @property
    def met_gaten(self):
        """How many records have at least one gap."""
        return len({naam for namen in self.gaten.values() for naam in namen})

    def als_json(self):
        return asdict(self) | {"met_gaten": self.met_gaten}


def tabel(verslag):
    """(name, number) of the report as JSON, in the order in which people read it."""
    if not verslag or verslag.get("fout"):
        return []
    return [
        ("nieuw", verslag["nieuw"]),
        ("bijgewerkt", verslag["bijgewerkt"]),
        ("ongewijzigd", verslag["ongewijzigd"]),
        ("geweigerd", len(verslag["geweigerd"])),
        ("met gaten", verslag["met_gaten"]),
        ("als ontwerp bewaard", verslag["niet_getoond"]),
        ("lokaal gewijzigd, niet overschreven", len(verslag["lokaal"])),
    ]


def voer_in(*, bestand, bestuur, door=None, voortgang=lambda gedaan, totaal: None):
    """Reads an open binary file and brings its services in; gives the `Verslag`.

    `voortgang(done, total)` is called after every record. Raises lezen.Onleesbaar when it is no N-Triples.
    """
    lezing = lezen.lees(bestand)
    verslag = Verslag(
        schade=_per_reden(lezing.schade),
        hersteld=list(lezing.hersteld),
        geweigerd=[[_naam(lezing, o), waarom] for o, waarom in lezing.afgewezen],
    )
    indeler, lexicon, geraakt = Indeler(), lees_lexicon(), []
    with pghistory.context(bron="LPDC", user=door.pk if door else None):
        for nummer, record in enumerate(lezing.records, start=1):
            dienst = _een_record(lezing, record, bestuur, indeler, lexicon, verslag)
            if dienst:
                geraakt.append(dienst.pk)
            voortgang(nummer, len(lezing.records))
    if geraakt:
        ververs_woorden()
        indexeer(Dienst.objects.filter(pk__in=geraakt))
    return verslag


def _per_reden(schade):
    """[why, lines] of damaged lines, in the order of the file."""
    per_reden = {}
    for stuk in schade:
        per_reden.setdefault(stuk.reden, []).append(stuk.regel)
    return [[reden, regels] for reden, regels in per_reden.items()]


def _naam(lezing, onderwerp):
    waarden, _ = vertaal(lezing, onderwerp)
    return waarden["titel"] or onderwerp.uri


def _een_record(lezing, record, bestuur, indeler, lexicon, verslag):
    """Brings one record in; gives the service when it was made or changed."""
    waarden, gaten = vertaal(lezing, record)
    naam = waarden["titel"] or f"(zonder titel) {record.uri}"
    if regel := lezing.schade_aan(record):
        verslag.geweigerd.append([naam, f"regel {regel} is beschadigd"])
        return None
    uri = lezen.identiteit(record)
    if len(uri) > 300:
        verslag.geweigerd.append([naam[:300], "het adres (URI) is langer dan 300 tekens"])
        return None
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
            dienst, nieuw, veranderd, verschil = _bewaar(uri, waarden, bestuur, indeler, lexicon)
    except _AnderBestuur as ander:
        verslag.geweigerd.append([naam, f"staat al in de catalogus bij {ander}"])
        return None
    except (DatabaseError, ValueError) as fout:
        verslag.geweigerd.append([naam, f"de databank weigert dit record ({type(fout).__name__})"])
        return None
    for gat in gaten:
        verslag.gaten.setdefault(gat, []).append(naam)
    if verschil:
        verslag.lokaal.append(
            [naam, [Dienst._meta.get_field(v).verbose_name if v not in KINDEREN else v for v in verschil]]
        )
    verslag.nieuw += nieuw
    verslag.bijgewerkt += veranderd and not nieuw
    verslag.ongewijzigd += not veranderd
    verslag.niet_getoond += dienst.status == Dienst.Status.ONTWERP
    return dienst if veranderd else None


class _AnderBestuur(Exception):
    """The record is already there, under the other Bestuur: two compartments, so it is not moved unseen."""


def _bewaar(uri, hun, bestuur, indeler, lexicon):
    """(service, is new, is changed, fields that differ on both sides) after writing what may be written."""
    dienst = Dienst.objects.select_for_update().filter(lpdc_uri=uri).first()
    if dienst is None:
        return _maak(uri, hun, bestuur, indeler, lexicon), True, True, {}
    if dienst.bestuur_id != bestuur.pk:
        raise _AnderBestuur(dienst.bestuur)
    if hun == dienst.bron_basis and not dienst.bron_verschil:
        return dienst, False, False, {}
    uitkomst = vergelijk(ons=onze_waarden(dienst), hun=hun, basis=dienst.bron_basis)
    veranderd = bool(uitkomst.over_te_nemen)
    if veranderd or uitkomst.basis != dienst.bron_basis or uitkomst.verschil != dienst.bron_verschil:
        schrijf_waarden(dienst, uitkomst.over_te_nemen)
        dienst.bron_basis, dienst.bron_verschil = uitkomst.basis, uitkomst.verschil
        dienst.save()
    if veranderd:
        indexeer([dienst], lexicon=lexicon)
    return dienst, False, veranderd, uitkomst.verschil


def _maak(uri, hun, bestuur, indeler, lexicon):
    slug = vrije_slug(hun["titel"], anders=f"dienst-{hun['productnummer'] or uri.rsplit('/', 1)[-1]}")
    dienst = Dienst(lpdc_uri=uri, slug=slug, bestuur=bestuur, bron_basis=hun)
    schrijf_waarden(dienst, {naam: waarde for naam, waarde in hun.items() if naam not in KINDEREN})
    dienst.save()
    schrijf_waarden(dienst, {naam: waarde for naam, waarde in hun.items() if naam in KINDEREN})
    dienst.themas.set(indeler.themas_van(hun))
    dienst.doelgroepen.set(indeler.doelgroepen_van(hun))
    indexeer([dienst], lexicon=lexicon)
    return dienst
