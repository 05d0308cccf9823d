"""Very many questions: those that are there again and again, spread over ten years, the old ones closed.

Each has its own reference, key row, trail, conversation and readings. What is still open was asked in the last weeks, as
at a real desk: the number of open questions follows how many are asked a day, not how long the portal exists.
"""

from django.db import transaction

from loket.models import Bericht, Gebeurtenis, Inzage, Vraag
from loket.veel.kopie import ZONDER_TRIGGERS, doe, kopieer, nieuwe_id, tel_opnieuw
from sociaalhuis.models import Dossiersleutel

JAREN = 10
OPEN_DAGEN = 15  # younger questions keep the state of their example

# Multiplying by an odd number modulo 2^30 gives every row another one of the 2^30 references.
REFERENTIE = """
    extract(year FROM op)::int || '-' || (
        SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((g >> 5 * i) & 31)::int, 1), '')
        FROM generate_series(0, 5) AS i)
"""
VEEL = f"""
    CREATE TEMP TABLE veel ON COMMIT DROP AS
    WITH basis AS (
        SELECT id, dossiersleutel_id, geregistreerd_op, staat, row_number() OVER (ORDER BY id) - 1 AS plek
        FROM loket_vraag ORDER BY id LIMIT 200
    ), rij AS (
        SELECT n, now() - interval '{JAREN} years' * random() AS op, (n * 387420489 + 12345) & 1073741823 AS g
        FROM generate_series(1::bigint, %s) AS n
    )
    SELECT {{vraag}} AS nieuw, {{sleutel}} AS sleutel, basis.id AS basis, basis.dossiersleutel_id AS oude_sleutel, rij.op,
           rij.op - basis.geregistreerd_op AS later, {REFERENTIE} AS referentie,
           rij.op < now() - interval '{OPEN_DAGEN} days' AND basis.staat <> 'ingetrokken' AS dicht
    FROM rij JOIN basis ON basis.plek = rij.n %% (SELECT count(*) FROM basis)
"""
DICHT = "CASE WHEN veel.dicht THEN {dan} ELSE {anders} END"
SLUIT_AF = """
    oud.vraag_id = veel.basis AND oud.stap = 'gesteld' AND veel.dicht AND NOT EXISTS (
        SELECT 1 FROM loket_gebeurtenis g WHERE g.vraag_id = veel.basis AND g.stap = 'sluit_af')
"""
LEES = """
    INSERT INTO loket_inzage (vraag_id, door_id, op, pagina, reden)
    SELECT veel.nieuw, (SELECT min(door_id) FROM loket_gebeurtenis), veel.op + n * interval '5 hours', 'dossier', 'opnemen'
    FROM veel, generate_series(1, 2) AS n WHERE EXISTS (SELECT 1 FROM loket_gebeurtenis WHERE door_id IS NOT NULL)
"""


@transaction.atomic
def maak_vragen(aantal):
    """Makes so many questions and gives how many. Raises ValueError without questions to copy."""
    if not Vraag.objects.exists():
        raise ValueError("Er is geen vraag om te kopiëren: laad eerst Wilgenbeke.")
    doe(ZONDER_TRIGGERS)
    doe(VEEL.format(vraag=nieuwe_id(Vraag), sleutel=nieuwe_id(Dossiersleutel)), [aantal])
    doe("DELETE FROM veel USING loket_vraag v WHERE v.referentie = veel.referentie")
    doe("ANALYZE veel")
    kopieer(Dossiersleutel, "oud.id = veel.oude_sleutel", id="veel.sleutel")
    gemaakt = kopieer(
        Vraag,
        "oud.id = veel.basis",
        id="veel.nieuw",
        dossiersleutel_id="veel.sleutel",
        referentie="veel.referentie",
        geregistreerd_op="veel.op",
        bij_team_sinds="veel.op",
        eerst_geopend_op="oud.eerst_geopend_op + veel.later",
        uiterlijk_op="(oud.uiterlijk_op + veel.later)::date",
        inzending="gen_random_uuid()",
        formulier="gen_random_uuid()",
        code_zoekdeel="CASE WHEN oud.code_zoekdeel = '' THEN '' ELSE right(veel.referentie, 4) END",
        staat=DICHT.format(dan="'afgesloten'", anders="oud.staat"),
        resultaat=DICHT.format(dan="coalesce(nullif(oud.resultaat, ''), 'geholpen')", anders="oud.resultaat"),
        quarantaine=DICHT.format(dan="''", anders="oud.quarantaine"),
        geparkeerd_tot=DICHT.format(dan="NULL", anders="oud.geparkeerd_tot"),
        sluit_na=DICHT.format(dan="NULL", anders="oud.sluit_na"),
        samengevoegd_met_id="NULL",  # a merged question stands beside one other, not with thousands beside the same
        samengevoegd_op="NULL",
        afgesplitst_van_id="NULL",
        afgesloten_op=DICHT.format(dan="veel.op + interval '4 days'", anders="oud.afgesloten_op + veel.later"),
    )
    doe("INSERT INTO loket_contactspoor (vraag_id) SELECT nieuw FROM veel")
    for model in (Bericht, Gebeurtenis, Inzage):
        kopieer(model, "oud.vraag_id = veel.basis", vraag_id="veel.nieuw", op="oud.op + veel.later")
    kopieer(
        Gebeurtenis,
        SLUIT_AF,
        vraag_id="veel.nieuw",
        stap="'sluit_af'",
        staat="'afgesloten'",
        door_id="(SELECT min(door_id) FROM loket_gebeurtenis)",
        op="veel.op + interval '4 days'",
    )
    doe(LEES)
    tel_opnieuw(Vraag, Dossiersleutel, Bericht, Gebeurtenis, Inzage)
    return gemaakt
