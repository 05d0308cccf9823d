"""Very many services: those of the catalogue again and again, each for another place, with a piece of another one."""

import numpy as np
from django.db import connection, transaction

from loket.models import Betekenis, Contactpunt, Dienst, Kost, Procedure, Voorwaarde, Zoekrij
from loket.veel.kopie import VERSIE, ZONDER_TRIGGERS, doe, kopieer, nieuwe_id, tel_opnieuw
from loket.zoek.betekenis import bytes_van, tekens
from loket.zoek.index import ververs_woorden
from sociaalhuis.codeer import MAAT

# Places of a country that does not exist: 20 x 15 names.
BEGIN = """
Ooster Wester Noorder Zuider Nieuwen Ouden Hoger Lager Middel Bos Heide Water Molen Kerk Berg Duin Veld Beek Dijk Linde
"""
EINDE = "beke hove dorp gem zele kerke rode donk laar voorde horst wijk ham schoot mere"
RUIS = 0.03  # how far a copy means something else, per number
PAK = 5000

VEEL = """
    CREATE TEMP TABLE veel ON COMMIT DROP AS
    SELECT {id} AS nieuw, b.id AS basis, a.id AS ander, (%s::text[])[1 + n %% %s] AS plaats, n
    FROM generate_series(1, %s) AS n
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS plek FROM loket_dienst WHERE status = 'gepubliceerd') b
      ON b.plek = n %% %s
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS plek FROM loket_dienst WHERE status = 'gepubliceerd') a
      ON a.plek = (n * 7919 / 31) %% %s
"""
INDEX = """
    INSERT INTO loket_zoekrij (dienst_id, titel, vector, woorden, gewicht)
    SELECT veel.nieuw, oud.titel || ' ' || lower(veel.plaats),
           oud.vector || setweight(to_tsvector('dutch', veel.plaats), 'A')
               || setweight(to_tsvector('dutch', ander.kort), 'D'),
           oud.woorden || lower(veel.plaats), oud.gewicht
    FROM veel JOIN loket_zoekrij oud ON oud.dienst_id = veel.basis JOIN loket_dienst ander ON ander.id = veel.ander
"""


@transaction.atomic
def maak_diensten(aantal):
    """Makes so many published services and gives how many. Raises ValueError without services to copy."""
    basis = Dienst.objects.filter(status="gepubliceerd").count()
    if not basis:
        raise ValueError("Er is geen dienst om te kopiëren: laad eerst Wilgenbeke.")
    plaatsen = [begin + einde for begin in BEGIN.split() for einde in EINDE.split()]
    doe(ZONDER_TRIGGERS)
    doe(VEEL.format(id=nieuwe_id(Dienst)), [plaatsen, len(plaatsen), aantal, basis, basis])
    doe("CREATE INDEX ON veel (basis)")
    anderen = "(SELECT kort FROM loket_dienst WHERE id = veel.ander)"
    kopieer(
        Dienst,
        "oud.id = veel.basis",
        id="veel.nieuw",
        slug="left(oud.slug, 90) || '-' || veel.nieuw",
        titel="left(oud.titel || ' ' || veel.plaats, 300)",
        beschrijving=f"oud.beschrijving || '<p>' || {anderen} || '</p>'",
        populair="false",
        lpdc_uri="NULL",
    )
    for lijst in ("themas", "doelgroepen", "gebieden"):
        kopieer(getattr(Dienst, lijst).through, "oud.dienst_id = veel.basis", dienst_id="veel.nieuw")
    for model in (Voorwaarde, Procedure, Kost, Contactpunt):
        kopieer(model, "oud.dienst_id = veel.basis", dienst_id="veel.nieuw")
    doe(INDEX)
    _betekenis()
    ververs_woorden()
    doe(VERSIE)
    tel_opnieuw(
        Dienst, Zoekrij, Betekenis, *(getattr(Dienst, n).through for n in ("themas", "doelgroepen", "gebieden"))
    )
    return aantal


def _betekenis():
    """Near to that of the service that was copied, each a little beside it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT dienst_id, vector FROM loket_betekenis WHERE vector IS NOT NULL")
        basis = {pk: np.frombuffer(vector, np.float16).astype(np.float32) for pk, vector in cursor.fetchall()}
        cursor.execute("SELECT nieuw, basis FROM veel WHERE basis = ANY(%s)", [list(basis)])
        paren = cursor.fetchall()
        toeval = np.random.default_rng(1)
        for begin in range(0, len(paren), PAK):
            pak = paren[begin : begin + PAK]
            getallen = np.stack([basis[oud] for _, oud in pak])
            getallen = getallen + toeval.normal(0, RUIS, (len(pak), MAAT)).astype(np.float32)
            getallen /= np.linalg.norm(getallen, axis=1, keepdims=True)
            cursor.execute(
                "INSERT INTO loket_betekenis (dienst_id, van, tekens, vector)"
                " SELECT pk, 0, t::bit(512), v FROM unnest(%s::bigint[], %s::text[], %s::bytea[]) AS r(pk, t, v)",
                [[pk for pk, _ in pak], [tekens(g) for g in getallen], [bytes_van(g) for g in getallen]],
            )
