"""Bringing a table of the multi-year plan in: codes with their texts, lines with amounts, links to actions.

All or nothing: one transaction. The same content a second time changes nothing, whatever the layout of its file. Texts
of codes follow the file where it tells something; links that people made stay.
"""

import csv
import hashlib
import io
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.db import connection, transaction

from plan.bbc.cellen import kort
from plan.bbc.kolommen import NIVEAUS
from plan.bbc.lezen import lees
from plan.models import BbcCode, Mjplijn, Mjpversie, Onderdeel, Plan
from sociaalhuis.models import Bestuur

BEIDE = "beide"
VELDEN = {"naam": "korte_omschrijving", "lang": "lange_omschrijving", "commentaar": "commentaar",
          "evaluatie": "evaluatie", "extern": "externe_code"}  # fmt: skip
LENGTE = {veld: BbcCode._meta.get_field(veld).max_length for veld in VELDEN.values()}
TEKSTEN = ("omschrijving", "dienst", "beleidsveld", "soort", "richting")
PER_KEER = 10_000
MEESTE_DUBBEL = 20  # codes with two texts that are named


@dataclass
class Verslag:
    """What an import did, or would do. Amounts are Decimal in euro."""

    regels: int = 0
    codes_nieuw: int = 0
    codes_bijgewerkt: int = 0
    gekoppeld: int = 0
    koppelingen: list = field(default_factory=list)  # (code, its text, code and title of the action of the plan)
    niet_gekoppeld: list = field(default_factory=list)  # codes of actions without an action of the plan
    totaalrijen: int = 0  # rows of the file that add up other rows; those that differ are in `opmerkingen`
    gelijkblijvend: int = 0
    per_jaar: dict = field(default_factory=dict)  # {(year, direction): Decimal}
    geweigerd: list = field(default_factory=list)  # (sheet, row, why)
    opmerkingen: list = field(default_factory=list)
    versie: str = ""  # name of the new version, or '' when nothing changed

    @property
    def jaren(self):
        """{year: {"uitgave": Decimal, "ontvangst": Decimal}}, only directions that occur."""
        uit = defaultdict(dict)
        for (jaar, richting), bedrag in sorted(self.per_jaar.items()):
            uit[jaar][richting] = bedrag
        return dict(uit)


class _Rij(NamedTuple):
    """An amount to be written: the columns of `Mjplijn` in order, without the version. Light: there may be 300,000."""

    rij: int
    bestuur_id: int | None
    bbc_code_id: int | None
    omschrijving: str
    dienst: str
    beleidsveld: str
    gelijkblijvend: bool
    soort: str
    richting: str
    jaar: int
    bedrag: Decimal


class _Terug(Exception):
    """A trial is over: nothing stays."""


def voer_in(*, inhoud, naam, plan, bestuur, door=None, proef=False, versienaam="", voortgang=None):
    """Imports the bytes of a file into a plan for 'gemeente', 'ocmw' or 'beide'; gives a Verslag.

    With `proef` it does the same and takes it back. `versienaam` names the version ("Aanpassing 1 van 2027"); without
    it the first is the multi-year plan and each later one an adjustment with its number. Raises Onleesbaar for a file
    without such a table. `voortgang(read, all)` is told how many rows were read, before anything is written.
    """
    lezing = lees(inhoud, naam, plan.jaren, voortgang)
    verslag = Verslag(geweigerd=lezing.geweigerd, opmerkingen=lezing.opmerkingen, totaalrijen=len(lezing.totalen))
    try:
        with transaction.atomic():
            Plan.objects.select_for_update().get(pk=plan.pk)
            _Invoer(plan, bestuur, verslag).bewaar(lezing, naam, door, versienaam)
            if proef:
                raise _Terug
    except _Terug:
        pass
    return verslag


class _Invoer:
    def __init__(self, plan, bestuur, verslag):
        self.plan, self.gevraagd, self.verslag = plan, bestuur, verslag
        self.besturen = {rij.code: rij for rij in Bestuur.objects.all()}
        self.codes = {(code.bestuur_id, code.code): code for code in BbcCode.objects.filter(plan=plan)}
        self.gezien = {}  # codes that this file names
        self.nieuw, self.anders = {}, {}  # codes to make, and those to change
        self.verteld = {}  # {(code, column): what it told first}
        self.dubbel = {}  # (code, first text, other text) of codes that it uses twice

    def bewaar(self, lezing, naam, door, versienaam):
        lijnen = [lijn for lijn in lezing.lijnen if self._is_gevraagd(lijn)]
        geplaatst = [(lijn, *self._diepste(lijn)) for lijn in lijnen]
        self._bewaar_codes()
        rijen = [rij for plaats in geplaatst for rij in self._rijen(*plaats)]
        self.verslag.regels = len(lijnen)
        self.verslag.gelijkblijvend = sum(not {"sd", "bd"} & set(lijn.delen) for lijn in lijnen)
        som = defaultdict(lambda: 0)
        for rij in rijen:
            som[rij.jaar, rij.richting] += rij.bedrag
        self.verslag.per_jaar = dict(sorted(som.items()))
        self._meld_dubbele()
        self._koppel()
        self._versie(rijen, naam, door, versienaam)

    def _is_gevraagd(self, lijn):
        if self.gevraagd == BEIDE or lijn.entiteit in {"", self.gevraagd}:
            return True
        zin = f"De regels van {self.besturen[lijn.entiteit].get_code_display()} zijn niet gelezen: je vroeg alleen {self.gevraagd}."
        if zin not in self.verslag.opmerkingen:
            self.verslag.opmerkingen.append(zin)
        return False

    def _van(self, lijn):
        """Besturen whose codes a line uses: its own, or both when neither the file nor who asks tells them apart."""
        wie = lijn.entiteit or self.gevraagd
        return list(self.besturen.values()) if wie == BEIDE else [self.besturen[wie]]

    def _diepste(self, lijn):
        """(Besturen of a line, its deepest code or None), after noting what it tells of its codes."""
        besturen, diepste = self._van(lijn), None
        for bestuur in besturen:
            boven = None
            for niveau in NIVEAUS:
                if (deel := lijn.delen.get(niveau)) and deel.code:
                    boven = self._code(bestuur, niveau, deel, boven)
            diepste = diepste or boven
        return besturen, diepste

    def _rijen(self, lijn, besturen, diepste):
        """The `_Rij`en of one line, whose codes are saved."""
        laatste = lijn.delen[max(lijn.delen, key=NIVEAUS.index)]
        for (jaar, soort, richting), bedrag in lijn.bedragen.items():
            if bedrag:
                yield _Rij(
                    rij=lijn.rij,
                    bestuur_id=besturen[0].pk if len(besturen) == 1 else None,
                    bbc_code_id=diepste.pk if diepste else None,
                    omschrijving=laatste.naam[:500],
                    dienst=lijn.dienst[:120],
                    beleidsveld=lijn.beleidsveld[:120],
                    gelijkblijvend=not {"sd", "bd"} & set(lijn.delen),
                    soort=soort,
                    richting=richting,
                    jaar=jaar,
                    bedrag=bedrag,
                )

    def _code(self, bestuur, niveau, deel, ouder):
        """The code of a Bestuur with the texts of the file; `_bewaar_codes` writes what is new or changed."""
        sleutel = (bestuur.pk, deel.code[:60])
        code = self.codes.get(sleutel)
        if code is None:
            code = BbcCode(plan=self.plan, bestuur=bestuur, code=deel.code[:60], soort=niveau)
            self.codes[sleutel] = self.nieuw[sleutel] = code
        eerste_keer = sleutel not in self.gezien
        self.gezien[sleutel] = code
        verteld = {veld: tekst[: LENGTE[veld]] for bron, veld in VELDEN.items() if (tekst := getattr(deel, bron))}
        if eerste_keer:  # who made a code by hand may not know its level
            verteld["soort"] = niveau
        anders = [
            veld
            for veld, waarde in verteld.items()
            if self._telt(sleutel, veld, waarde) and getattr(code, veld) != waarde
        ]
        for veld in anders:
            setattr(code, veld, verteld[veld])
        telt = ouder and ouder is not code and self._telt(sleutel, "ouder", ouder)
        if telt and (code.pk is None or ouder.pk is None or code.ouder_id != ouder.pk):
            code.ouder = ouder
            anders.append("ouder")
        if anders and code.pk:
            self.anders[sleutel] = code
        return code

    def _bewaar_codes(self):
        """New codes level by level, since a code needs the key of the one above it; then those that changed."""
        self.verslag.codes_nieuw, self.verslag.codes_bijgewerkt = len(self.nieuw), len(self.anders)
        wacht = list(self.nieuw.values())
        while wacht:
            klaar = [code for code in wacht if code.ouder is None or code.ouder.pk]
            if not klaar:  # two codes that the file puts above each other
                klaar, wacht[0].ouder = [wacht[0]], None
            BbcCode.objects.bulk_create(klaar, batch_size=PER_KEER)
            wacht = [code for code in wacht if code.pk is None]
        BbcCode.objects.bulk_update(self.anders.values(), [*VELDEN.values(), "soort", "ouder"], batch_size=500)

    def _telt(self, sleutel, veld, waarde):
        """What a file tells of a code the first time counts; a code that is used again for something else is told."""
        eerst = self.verteld.setdefault((sleutel, veld), waarde)
        if veld == "korte_omschrijving" and eerst != waarde:
            self.dubbel.setdefault((sleutel[1], eerst, waarde))
        return eerst == waarde

    def _meld_dubbele(self):
        for code, eerst, dan in list(self.dubbel)[:MEESTE_DUBBEL]:
            zin = f"Code {code} staat er met twee omschrijvingen: {kort(eerst)} en {kort(dan)}. We houden de eerste."
            self.verslag.opmerkingen.append(zin)
        if len(self.dubbel) > MEESTE_DUBBEL:
            self.verslag.opmerkingen.append(f"Zo zijn er {len(self.dubbel)} codes die voor meer dan één ding dienen.")

    def _koppel(self):
        """Links codes of actions to actions of the plan by code or external code; what people linked stays."""
        acties = Onderdeel.objects.filter(plan=self.plan, soort=Onderdeel.Soort.ACTIE)
        per_code = {}
        for actie in acties.only("pk", "code", "externe_code", "titel"):
            per_code.setdefault(actie.code, actie)
            if actie.externe_code:
                per_code.setdefault(actie.externe_code, actie)
        al = {}
        links = Onderdeel.bbc_codes.through.objects.filter(onderdeel__plan=self.plan)
        for code, *actie in links.values_list("bbccode_id", "onderdeel__code", "onderdeel__titel"):
            al.setdefault(code, " ".join(actie))
        for code in self.gezien.values():
            if code.soort != BbcCode.Soort.ACTIE:
                continue
            naar = al.get(code.pk)
            if naar is None and (actie := per_code.get(code.code) or per_code.get(code.externe_code or None)):
                actie.bbc_codes.add(code)
                naar = f"{actie.code} {actie.titel}"
            if naar is None:
                self.verslag.niet_gekoppeld.append(code.code)
            else:
                self.verslag.gekoppeld += 1
                self.verslag.koppelingen.append((code.code, code.korte_omschrijving, naar))
        self.verslag.koppelingen.sort()
        self.verslag.niet_gekoppeld = sorted(set(self.verslag.niet_gekoppeld))

    def _versie(self, rijen, bron, door, naam):
        """Keeps the lines as a new version, unless they say the same as the last one."""
        bestuur = None if self.gevraagd == BEIDE else self.besturen[self.gevraagd]
        afdruk = _vingerafdruk(rijen, {code.pk: code.code for code in self.gezien.values()})
        laatste = Mjpversie.objects.filter(plan=self.plan, bestuur=bestuur).order_by("nummer").last()
        if laatste and laatste.vingerafdruk == afdruk:
            return
        nummer = laatste.nummer + 1 if laatste else 1
        versie = Mjpversie.objects.create(
            plan=self.plan,
            bestuur=bestuur,
            nummer=nummer,
            naam=naam or (f"Meerjarenplan {self.plan.periode}" if nummer == 1 else f"Aanpassing {nummer - 1}"),
            bron=bron[:200],
            vingerafdruk=afdruk,
            ingevoerd_door=door,
        )
        _schrijf(versie, rijen)
        self.verslag.versie = versie.naam


def _schrijf(versie, rijen):
    """Lines of a version, by COPY: 300,000 rows in seconds, past the same triggers and constraints."""
    kolommen = ["versie_id", *_Rij._fields]
    with connection.cursor() as cursor:
        for begin in range(0, len(rijen), PER_KEER):
            buffer = io.StringIO()
            schrijver = csv.writer(buffer)
            for rij in rijen[begin : begin + PER_KEER]:
                # an empty text is quoted and so no NULL, which is what an empty unquoted field is
                schrijver.writerow([versie.pk, *rij])
            buffer.seek(0)
            cursor.copy_expert(
                f"COPY {Mjplijn._meta.db_table} ({', '.join(kolommen)}) FROM STDIN"
                f" WITH (FORMAT csv, FORCE_NOT_NULL ({', '.join(TEKSTEN)}))",
                buffer,
            )


def _vingerafdruk(rijen, codes):
    """The same for the same amounts of the same codes, whatever the order and layout of the file."""
    som = defaultdict(lambda: 0)
    for rij in rijen:
        code = codes[rij.bbc_code_id] if rij.bbc_code_id else rij.omschrijving
        som[code, rij.bestuur_id or 0, rij.dienst, rij.beleidsveld, rij.soort, rij.richting, rij.jaar] += rij.bedrag
    tekst = "\n".join(repr((sleutel, str(bedrag))) for sleutel, bedrag in sorted(som.items()))
    return hashlib.sha256(tekst.encode()).hexdigest()
