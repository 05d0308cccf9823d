"""Keeps what search needs of each service: the only place that writes `Zoekrij` and `Woord`.
What a service means is asked of the worker again when its text changed.

The vector has four weights: A the title and the search words, B the parts of compounds in them, C the short text and the
description, D all other text and the parts of its compounds.
"""

from django.db import connection, transaction
from django.utils import timezone

from loket.catalogus import versheid
from loket.models import Dienst, Woord
from loket.zoek import betekenis
from loket.zoek.thesaurus import Zegswijzen
from loket.zoek.woorden import delen, genormaliseerd, woorden
from sociaalhuis.tekst import plat

PAK = 200
ONDERDELEN = ["voorwaarden", "procedures", "kosten", "voordelen", "websites", "contactpunten"]

SCHRIJF = """
    INSERT INTO loket_zoekrij (dienst_id, titel, vector, woorden, gewicht)
    VALUES (%s, %s,
            setweight(to_tsvector('dutch', %s), 'A') || setweight(to_tsvector('dutch', %s), 'B')
            || setweight(to_tsvector('dutch', %s), 'C') || setweight(to_tsvector('dutch', %s), 'D'),
            %s, %s)
    ON CONFLICT (dienst_id) DO UPDATE SET titel = EXCLUDED.titel, vector = EXCLUDED.vector,
        woorden = EXCLUDED.woorden, gewicht = EXCLUDED.gewicht
"""
VUL_AAN = """
    INSERT INTO loket_woord (woord, aantal) SELECT nieuw, 1 FROM unnest(%s) AS nieuw ON CONFLICT (woord) DO NOTHING
"""
BETEKENIS = """
    INSERT INTO loket_betekenis AS b (dienst_id, van) SELECT * FROM unnest(%s::bigint[], %s::bigint[])
    ON CONFLICT (dienst_id) DO UPDATE SET van = EXCLUDED.van, tekens = NULL, vector = NULL WHERE b.van <> EXCLUDED.van
"""
TEL = """
    INSERT INTO loket_woord (woord, aantal)
    SELECT gebruikt, count(*) FROM loket_zoekrij, unnest(woorden) AS gebruikt GROUP BY gebruikt
    ON CONFLICT (woord) DO UPDATE SET aantal = EXCLUDED.aantal WHERE loket_woord.aantal <> EXCLUDED.aantal
"""
HERWEEG = """
    UPDATE loket_zoekrij z SET gewicht = nieuw.gewicht FROM unnest(%s::bigint[], %s::float8[]) AS nieuw (id, gewicht)
    WHERE z.dienst_id = nieuw.id AND z.gewicht <> nieuw.gewicht
"""
RUIM_OP = """
    DELETE FROM loket_woord WHERE woord NOT IN (SELECT unnest(woorden) FROM loket_zoekrij)
"""


def lees_lexicon():
    """All words of the site, for callers that index many times: `indexeer` adds new words to it."""
    return set(Woord.objects.values_list("woord", flat=True))


def indexeer(diensten, *, met_zoektermen=True, lexicon=None):
    """Writes the search row of services (a queryset or a list); their new words join the lexicon."""
    lexicon = lees_lexicon() if lexicon is None else lexicon
    pks = [dienst.pk for dienst in diensten]
    zegswijzen = Zegswijzen()
    for begin in range(0, len(pks), PAK):
        pak = (
            Dienst.objects.filter(pk__in=pks[begin : begin + PAK])
            .select_related("aanbieder")
            .prefetch_related(*ONDERDELEN, "themas", "doelgroepen")
        )
        with transaction.atomic(), connection.cursor() as cursor:
            merken = []
            for dienst in pak:
                merken.append((dienst.pk, betekenis.merk(betekenis.tekst_van(dienst, zegswijzen))))
                rij = _rij(dienst, lexicon, met_zoektermen)
                cursor.execute(SCHRIJF, rij)
                nieuw = [w for w in rij[6] if w not in lexicon]
                if nieuw:
                    cursor.execute(VUL_AAN, [nieuw])
                    lexicon.update(nieuw)
            cursor.execute(BETEKENIS, [list(kolom) for kolom in zip(*merken, strict=True)] or [[], []])


def ververs_woorden():
    """Counts the words of the site again and drops words that no service uses any more."""
    with connection.cursor() as cursor:
        cursor.execute(TEL)
        cursor.execute(RUIM_OP)


def herindexeer(*, met_zoektermen=True):
    """Everything anew: first the words, then each service with all words known."""
    indexeer(Dienst.objects.only("pk"), met_zoektermen=met_zoektermen)
    ververs_woorden()
    indexeer(Dienst.objects.only("pk"), met_zoektermen=met_zoektermen)


def _rij(dienst, lexicon, met_zoektermen):
    kop = woorden(" ".join([dienst.titel, *(dienst.zoektermen if met_zoektermen else [])]))
    tekst = woorden(" ".join([dienst.kort, plat(dienst.beschrijving)]))
    rest = woorden(_rest(dienst))
    bekend = lexicon.union(kop, tekst, rest)
    return [
        dienst.pk,
        genormaliseerd(dienst.titel),
        " ".join(kop),
        " ".join(_samenstellingen(kop, bekend)),
        " ".join(tekst),
        " ".join([*rest, *_samenstellingen({*tekst, *rest}, bekend)]),
        sorted(w for w in {*kop, *tekst, *rest} if len(w) > 2 and not w.isdigit()),
        gewicht(dienst),
    ]


def _samenstellingen(lijst, lexicon):
    return [deel for woord in lijst for deel in delen(woord, lexicon)]


def _rest(dienst):
    """All other text that someone may remember a service by."""
    stukken = [plat(dienst.verdere_beschrijving), plat(dienst.uitzonderingen), plat(dienst.regelgeving)]
    stukken += [rij.naam for rij in (*dienst.themas.all(), *dienst.doelgroepen.all())]
    for naam in ONDERDELEN:
        for deel in getattr(dienst, naam).all():
            if naam == "contactpunten":
                stukken.append(deel.naam)
            else:
                stukken += [deel.titel, plat(deel.beschrijving), plat(getattr(deel, "bewijs", ""))]
    if dienst.aanbieder:
        stukken.append(dienst.aanbieder.naam)
    return " ".join(stukken)


def herweeg(diensten):
    """Writes only the weight of services (a queryset or a list), where it changed; gives how many did."""
    gewichten = {dienst.pk: gewicht(dienst) for dienst in diensten}
    with connection.cursor() as cursor:
        cursor.execute(HERWEEG, [list(gewichten), list(gewichten.values())])
        return cursor.rowcount


def gewicht(dienst):
    """What a service weighs in the results: its kind, and less when nobody checked its text in time."""
    return soortgewicht(dienst) * versheid.factor(dienst.nakijken_voor, timezone.localdate())


def soortgewicht(dienst):
    """The kind boost: what is often asked first, what citizens cannot use last."""
    if dienst.populair:
        return 1.2
    if dienst.lpdc_doelgroepen and "Burger" not in dienst.lpdc_doelgroepen:
        return 0.8
    return 1.0
