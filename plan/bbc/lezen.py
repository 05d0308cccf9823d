"""From cells to lines of the multi-year plan: which goal, action plan and action, and how much in which year.

Nothing is guessed in silence: a row that does not fit is in `geweigerd` with its number and the reason, a total is
left out and compared with the lines, and what was left out for another reason is in `opmerkingen`.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from plan.bbc.cellen import kort, schoon
from plan.bbc.formule import Onbekend, reken
from plan.bbc.getal import lees_bedrag, schrijfwijze
from plan.bbc.kolommen import ANDERS, CODE, JAAR, MET_NAAM, NIVEAUS, RICHTINGEN, SOORTEN, eerste, herken, kop, plat
from plan.bbc.sommen import NUL, hoeveel_samen, per_jaar, som_van, zonder_nullen
from plan.bbc.tabel import Onleesbaar, lees_bestand
from sociaalhuis.templatetags.huis import euro

TOTAAL = re.compile(r"(?i)\s*(?:(?:sub|eind|algemeen|groot)\s*-?\s*)?(?:totaal|totalen|som|saldo)\b(?!\s*overzicht)")
BLOKVELD = re.compile(
    r"(?im)^\s*(code|externe rapporteringscode|korte omschrijving|lange omschrijving|commentaar|evaluatie)\s*:[ \t]*"
)
VOORVOEGSEL = [("sd", r"^SD"), ("bd", r"^(BD|OD)"), ("ap", r"^AP"), ("lijn", r"^MJP"), ("ac", r"^(AC|ACT|A)[-_. ]?\d")]
VOORKEUR = ("raming", "krediet", "budget", "")  # of several columns about one year, the first


@dataclass
class Deel:
    """A goal, action plan or action as the file tells it."""

    code: str = ""
    naam: str = ""
    lang: str = ""
    commentaar: str = ""
    evaluatie: str = ""
    extern: str = ""


@dataclass
class Lijn:
    """One row: `delen` {level: Deel}, `bedragen` {(year, soort, richting): Decimal in euro}."""

    blad: str
    rij: int
    entiteit: str = ""
    delen: dict = field(default_factory=dict)
    dienst: str = ""
    beleidsveld: str = ""
    bedragen: dict = field(default_factory=dict)


@dataclass
class Lezing:
    lijnen: list = field(default_factory=list)
    geweigerd: list = field(default_factory=list)  # (sheet, row, why)
    opmerkingen: list = field(default_factory=list)
    totalen: list = field(default_factory=list)  # (sheet, row, {key: Decimal}) of the file itself
    voortgang: object = None

    def per_jaar(self):
        """{year: Decimal}: spending and income added up, as the sum of the file is; `per_jaar_en_richting` tells them apart."""
        som = defaultdict(lambda: NUL)
        for (jaar, _), bedrag in self.per_jaar_en_richting().items():
            som[jaar] += bedrag
        return dict(sorted(som.items()))

    def per_jaar_en_richting(self):
        """{(year, 'uitgave' or 'ontvangst'): Decimal} over all lines."""
        som = defaultdict(lambda: NUL)
        for lijn in self.lijnen:
            for (jaar, _, richting), bedrag in lijn.bedragen.items():
                som[jaar, richting] += bedrag
        return dict(sorted(som.items()))


def lees(inhoud, naam, jaren, voortgang=None):
    """Lezing of the bytes of a file, for the years of a plan (a range). Raises Onleesbaar when it holds no such table.

    `voortgang(read, all)` is called after every thousand rows of a sheet.
    """
    lezing, gevonden = Lezing(voortgang=voortgang), False
    bladen = lees_bestand(inhoud, naam)
    for blad in bladen:
        lezer = _Bladlezer(blad, jaren, lezing, meer_bladen=len(bladen) > 1)
        if lezer.is_tabel:
            gevonden = True
            lezer.lees()
    if not gevonden:
        raise Onleesbaar(
            "Hierin staat geen tabel met acties en ramingen per jaar. Er is een rij met titels nodig, zoals"
            " 'Actie', 'Omschrijving' en '2026'."
        )
    return lezing


class _Bladlezer:
    def __init__(self, blad, jaren, lezing, meer_bladen=False):
        self.blad, self.jaren, self.lezing, self.meer_bladen = blad, jaren, lezing, meer_bladen
        self.cellen = dict(blad.rijen)
        self.kolommen, self.rijen = [], []
        if gevonden := kop(blad):
            plaats, koppen = gevonden
            self.rijen = blad.rijen[plaats + 1 :]
            self.koppen = koppen
            self.kolommen = self._zonder_dubbele(herken(koppen, [cellen for _, cellen in self.rijen]), koppen)
            boven = " ".join(plat(cel) for _, cellen in blad.rijen[:plaats] for cel in cellen) + " " + plat(blad.naam)
            self.soort = eerste(SOORTEN, boven)
        self.geld = [kolom for kolom in self.kolommen if kolom.rol == "bedrag"]
        self.plek = {kolom.rol: kolom.plaats for kolom in self.kolommen if not kolom.niveau}
        self.context, self.groepen = {}, []

    @property
    def is_tabel(self):
        heeft_jaar = "jaar" in self.plek or any(kolom.jaar for kolom in self.geld)
        return bool(self.geld and heeft_jaar and any(kolom.niveau for kolom in self.kolommen))

    def _zonder_dubbele(self, kolommen, koppen):
        """Of several columns of amounts about the same thing only the estimate stays; the others are told."""
        beste = {}
        for kolom in kolommen:
            if kolom.rol == "bedrag":
                sleutel = (kolom.jaar, kolom.soort, kolom.richting)
                rang = next(plaats for plaats, woord in enumerate(VOORKEUR) if woord in koppen[kolom.plaats])
                rang = 9 if "rekening" in koppen[kolom.plaats] else rang
                if sleutel not in beste or rang < beste[sleutel][0]:
                    beste[sleutel] = (rang, kolom.plaats)
        blijft = {plaats for _, plaats in beste.values()}
        for kolom in kolommen:
            if kolom.rol == "bedrag" and kolom.plaats not in blijft:
                self.lezing.opmerkingen.append(
                    f"De kolom '{koppen[kolom.plaats]}' is niet gelezen: er is een andere voor {kolom.jaar}."
                )
        return [kolom for kolom in kolommen if kolom.rol != "bedrag" or kolom.plaats in blijft]

    # --- rows ---------------------------------------------------------------------------------------

    def lees(self):
        teksten = [
            cellen[kolom.plaats]
            for _, cellen in self.rijen
            for kolom in self.geld
            if kolom.plaats < len(cellen) and isinstance(cellen[kolom.plaats], str)
        ]
        self.teken = schrijfwijze(teksten)
        for gedaan, (nummer, cellen) in enumerate(self.rijen, start=1):
            if self.lezing.voortgang and (gedaan % 1000 == 0 or gedaan == len(self.rijen)):
                self.lezing.voortgang(gedaan, len(self.rijen))
            if any(cel is not None and plat(cel) for cel in cellen):
                self._rij(nummer, cellen)
        self._sluit_groepen(0)
        self._vergelijk_totalen()

    def _rij(self, nummer, cellen):
        if self._herhaalt_kop(cellen):
            return
        try:
            bedragen = self._bedragen(nummer, cellen)
        except ValueError as fout:
            if self._is_totaal(cellen):
                return  # nobody needs a total that cannot be read
            self.lezing.geweigerd.append((self.blad.naam, nummer, str(fout)))
            return
        if self._is_totaal(cellen):
            self.lezing.totalen.append((self.blad.naam, nummer, bedragen))
            return
        delen = self._delen(nummer, cellen)
        if not delen:
            if any(bedragen.values()):
                self.lezing.geweigerd.append(
                    (self.blad.naam, nummer, "er is een bedrag, maar geen code of omschrijving van een actie")
                )
            return
        lijn = Lijn(
            self.blad.naam, nummer, self._entiteit(cellen), delen,
            self._tekst(cellen, "dienst"), self._tekst(cellen, "beleidsveld"), bedragen,
        )  # fmt: skip
        diepste = max(NIVEAUS.index(niveau) for niveau in delen)
        if diepste < NIVEAUS.index("ac") and self._kan_dieper():
            self._groep(diepste, lijn)
        else:
            self._vul_aan(lijn)
            self.lezing.lijnen.append(lijn)

    def _kan_dieper(self):
        return any(kolom.niveau in {"ac", ANDERS} for kolom in self.kolommen)

    def _herhaalt_kop(self, cellen):
        """A table over several printed pages has its headings again."""
        zelfde = sum(plat(cel) == kop for cel, kop in zip(cellen, self.koppen, strict=False) if plat(cel))
        return zelfde >= 3

    def _is_totaal(self, cellen):
        woorden = [str(cel) for kolom, cel in enumerate(cellen) if isinstance(cel, str) and not self._is_geld(kolom)]
        eerste_woord = next((woord for woord in woorden if woord.strip()), "")
        return bool(TOTAAL.match(eerste_woord)) or any(
            TOTAAL.fullmatch(woord.strip()) or re.match(r"(?i)\s*totaal\s+\S*\d", woord) for woord in woorden
        )

    def _is_geld(self, plaats):
        return any(kolom.plaats == plaats for kolom in self.geld)

    def _tekst(self, cellen, rol):
        plaats = self.plek.get(rol)
        return schoon(cellen[plaats]) if plaats is not None and plaats < len(cellen) else ""

    def _entiteit(self, cellen):
        """Whose line it is: as its row says, or the name of the sheet; "" when neither tells."""
        naam = self._tekst(cellen, "entiteit").lower() or self.blad.naam.lower() * self.meer_bladen
        if "ocmw" in naam and not re.search(r"gemeente|stad", naam):
            return "ocmw"
        return "gemeente" if re.search(r"gemeente|stad\b", naam) and "ocmw" not in naam else ""

    # --- goals, action plans and actions --------------------------------------------------------------

    def _delen(self, nummer, cellen):
        """{level: Deel} of what this row tells itself."""
        delen = {}
        for kolom in self.kolommen:
            waarde = cellen[kolom.plaats] if kolom.niveau and kolom.plaats < len(cellen) else None
            if waarde is None or not schoon(waarde):
                continue
            niveau = kolom.niveau
            if niveau == ANDERS:
                niveau = self._niveau_van(cellen)
                if not niveau:
                    continue
            deel = delen.setdefault(niveau, Deel())
            _vul(deel, kolom.rol, schoon(waarde, regels=True))
        delen = {niveau: deel for niveau, deel in delen.items() if deel.code or deel.naam}
        if "ac" in delen:
            for rol, veld in (
                ("extern", "extern"),
                ("lang", "lang"),
                ("commentaar", "commentaar"),
                ("evaluatie", "evaluatie"),
            ):
                if tekst := self._tekst(cellen, rol):
                    setattr(delen["ac"], veld, tekst)
            if "_" in delen["ac"].code and "ap" not in delen and not self._heeft("ap"):
                delen["ap"] = Deel(code=delen["ac"].code.partition("_")[0])
        return delen

    def _heeft(self, niveau):
        return any(kolom.niveau == niveau for kolom in self.kolommen)

    def _niveau_van(self, cellen):
        """The level of a row of a table with one column of codes: by the letters in front, else by how deep it is numbered."""
        code = schoon(next(cellen[kolom.plaats] for kolom in self.kolommen if kolom.niveau == ANDERS))
        if niveau := eerste(VOORVOEGSEL, code.upper()):
            return niveau
        if not CODE.fullmatch(code):
            return ""
        diepte = len(re.findall(r"[-./_]", code.strip(".")))
        return ("bd", "ap", "ac", "lijn")[min(diepte, 3)]

    def _vul_aan(self, lijn):
        """Below a row that told only a goal or an action plan, a line that leaves it open belongs to it."""
        hoogste = min(NIVEAUS.index(niveau) for niveau in lijn.delen)
        for niveau, deel in self.context.items():
            if NIVEAUS.index(niveau) < hoogste:
                lijn.delen.setdefault(niveau, deel)

    def _groep(self, diepste, lijn):
        """A row without an action: a heading above lines, maybe with their sum, or a line of its own when none follow."""
        self._sluit_groepen(diepste)
        self.context = {niveau: deel for niveau, deel in self.context.items() if NIVEAUS.index(niveau) < diepste}
        self._vul_aan(lijn)
        self.context |= lijn.delen
        self.groepen.append((diepste, lijn, len(self.lezing.lijnen)))

    def _sluit_groepen(self, vanaf):
        """Groups at this depth or deeper end here: are their amounts a sum, or money of their own?"""
        while self.groepen and self.groepen[-1][0] >= vanaf:
            _, lijn, begin = self.groepen.pop()
            eronder = self.lezing.lijnen[begin:]
            if not any(lijn.bedragen.values()):
                continue
            if not eronder:
                self.lezing.lijnen.append(lijn)
            elif (eigen := hoeveel_samen(lijn, eronder)) is not None:
                self.lezing.totalen.append((lijn.blad, lijn.rij, None))
                for vreemde in eronder[eigen:]:  # after the sum is complete, a line no longer belongs to it
                    vreemde.delen = {
                        naam: deel for naam, deel in vreemde.delen.items() if deel not in lijn.delen.values()
                    }
            else:
                naam = next(iter(reversed(lijn.delen.values())))
                self.lezing.geweigerd.append(
                    (
                        lijn.blad,
                        lijn.rij,
                        f"het bedrag bij {naam.code or naam.naam} is niet de som van wat eronder staat",
                    )
                )

    # --- amounts --------------------------------------------------------------------------------------

    def _bedragen(self, nummer, cellen):
        """{(year, soort, richting): Decimal}; raises ValueError with a Dutch message naming the column."""
        bedragen = defaultdict(lambda: NUL)
        rijsoort = eerste(SOORTEN, self._tekst(cellen, "soort").lower())
        rijrichting = eerste(RICHTINGEN, f"{self._tekst(cellen, 'richting')} {self._tekst(cellen, 'soort')}".lower())
        for kolom in self.geld:
            if kolom.plaats >= len(cellen) or (nummer, kolom.plaats) in self.blad.herhaald:
                continue
            bedrag = self._bedrag(cellen[kolom.plaats], self.koppen[kolom.plaats])
            if bedrag is None:
                continue
            jaar = kolom.jaar or self._jaar(cellen)
            if jaar not in self.jaren:
                if bedrag:
                    self._buiten(jaar)
                continue
            sleutel = (jaar, kolom.soort or rijsoort or self.soort, kolom.richting or rijrichting or "uitgave")
            bedragen[sleutel] += bedrag
        return dict(bedragen)

    def _bedrag(self, waarde, kolom):
        try:
            if isinstance(waarde, str) and waarde.startswith("="):
                waarde = reken(waarde, self._cel)
            return lees_bedrag(waarde, self.teken)
        except Onbekend:
            raise ValueError(f"de formule in kolom '{kolom}' heeft geen uitkomst: {kort(waarde)}") from None
        except ValueError:
            raise ValueError(f"in kolom '{kolom}' staat geen bedrag: {kort(waarde)}") from None

    def _cel(self, rij, kolom):
        cellen = self.cellen.get(rij, [])
        return cellen[kolom - 1] if kolom <= len(cellen) else None

    def _jaar(self, cellen):
        tekst = self._tekst(cellen, "jaar")
        if not (gevonden := JAAR.search(tekst)):
            raise ValueError(f"dit is geen jaar: {kort(tekst)}")
        return int(gevonden[1])

    def _buiten(self, jaar):
        zin = f"Bedragen van {jaar} zijn niet gelezen: dat jaar valt buiten de periode."
        if zin not in self.lezing.opmerkingen:
            self.lezing.opmerkingen.append(zin)

    def _vergelijk_totalen(self):
        """The last total of the sheet is that of all its lines or of its last part, if it says 'totaal' at all.

        A total may say less than its lines (of spending and income together, without the kind): per year is enough.
        """
        eigen = [(rij, som) for blad, rij, som in self.lezing.totalen if blad == self.blad.naam and som]
        if not eigen:
            return
        rij, som = eigen[-1]
        hier = [lijn for lijn in self.lezing.lijnen if lijn.blad == self.blad.naam]
        vorig = max((nummer for nummer, _ in eigen[:-1]), default=0)
        lijnen = som_van(hier)
        for mogelijk in (lijnen, som_van([lijn for lijn in hier if lijn.rij > vorig])):  # of all, or of the last part
            if zonder_nullen(som) == zonder_nullen({sleutel: mogelijk.get(sleutel, NUL) for sleutel in som}):
                return
        bestand, wij = per_jaar(som), per_jaar(lijnen)
        for jaar, bedrag in sorted(bestand.items()):
            if bedrag != wij.get(jaar, NUL):
                zin = f"Rij {rij} zegt {euro(bedrag)} in {jaar}, de regels samen zijn {euro(wij.get(jaar, NUL))}."
                self.lezing.opmerkingen.append(zin)


def _vul(deel, rol, tekst):
    """Puts the text of one cell in a part, by the role of its column."""
    if rol == "blok":
        stukken = BLOKVELD.split(tekst)
        velden = {naam.lower(): stuk.strip() for naam, stuk in zip(stukken[1::2], stukken[2::2], strict=True)}
        deel.code, deel.naam = velden.get("code", ""), velden.get("korte omschrijving", "")
        deel.lang, deel.commentaar = velden.get("lange omschrijving", ""), velden.get("commentaar", "")
        deel.evaluatie, deel.extern = velden.get("evaluatie", ""), velden.get("externe rapporteringscode", "")
    elif rol == "samen" and (gevonden := MET_NAAM.fullmatch(tekst)):
        deel.code, deel.naam = gevonden["code"].rstrip(":-– "), gevonden["naam"].strip()
    elif rol == "code" or (rol == "samen" and CODE.fullmatch(tekst)):
        deel.code = tekst
    else:
        deel.naam = deel.naam or tekst
