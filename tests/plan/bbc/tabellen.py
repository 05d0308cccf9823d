"""Tables of an invented town, laid out as different accounting packages do."""

import csv
import io

import openpyxl

JAREN = range(2026, 2032)
# (goal, its name, action plan, its name, action, its name, amounts per year)
REGELS = [
    (
        "BD-1",
        "Iedereen woont goed",
        "AP-1",
        "Meer woningen",
        "AC-1",
        "Tien woningen, samen gebouwd",
        [1000.5, 0, 250, 0, 0, 0],
    ),
    ("BD-1", "Iedereen woont goed", "AP-1", "Meer woningen", "AC-2", "Huurgarantie", [10, 20, 30, 40, 50, 60]),
    ("BD-1", "Iedereen woont goed", "AP-2", "Beter wonen", "AC-3", "Isolatie", [0, 0, 0, 0, 0, 12345.67]),
    ("BD-2", "Niemand alleen", "AP-3", "Buurten", "AC-4", "Huis in de wijk", [-5, 100000, 0, 0, 0, 0]),
    ("", "", "AP-9", "Gelijkblijvend beleid", "AC-9", "Gewone werking", [7, 7, 7, 7, 7, 7]),
]
PER_JAAR = {2026: "1012.50", 2027: "100027.00", 2028: "287.00", 2029: "47.00", 2030: "57.00", 2031: "12412.67"}
TITEL = "Overzicht van beleidsdoelstellingen, actieplannen en acties met ramingen"


def belgisch(bedrag):
    if bedrag < 0:
        return f"({belgisch(-bedrag)})"
    return f"{bedrag:,.2f}".replace(",", "x").replace(".", ",").replace("x", ".")


def als_csv(rijen, scheider=";", codering="utf-8"):
    uit = io.StringIO()
    csv.writer(uit, delimiter=scheider, lineterminator="\r\n").writerows(rijen)
    return uit.getvalue().encode(codering)


def als_xlsx(bladen, samenvoegen=(), verborgen=()):
    """Bytes of a workbook from {name: rows}; `samenvoegen` are ranges of the first sheet."""
    boek = openpyxl.Workbook()
    boek.remove(boek.active)
    for naam, rijen in bladen.items():
        blad = boek.create_sheet(naam)
        for rij in rijen:
            blad.append(rij)
        if naam in verborgen:
            blad.sheet_state = "hidden"
    for bereik in samenvoegen:
        boek.worksheets[0].merge_cells(bereik)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def breed_belgisch():
    """`;`, Windows-1252, amounts as in Belgium, a heading per level with 'Omschrijving' beside it."""
    kop = ["Entiteit", "Beleidsdoelstelling", "Omschrijving", "Actieplan", "Omschrijving", "Actie", "Omschrijving"]
    rijen = [[*kop, *(f"Raming {jaar}" for jaar in JAREN)]]
    rijen += [["Gemeente Proefdorp", *regel[:6], *map(belgisch, regel[6])] for regel in REGELS]
    return als_csv(rijen, codering="cp1252"), "breed.csv"


def breed_met_punten():
    """`,`, UTF-8 with a mark, decimal points, codes and names in one cell, columns in another order, a total."""
    kop = ["Actie", "Actieplan", "BD", *(str(jaar) for jaar in reversed(JAREN)), "Totaal"]
    rijen = [kop]
    for bd, bdnaam, ap, apnaam, ac, acnaam, bedragen in REGELS:
        rijen.append([f"{ac} - {acnaam}", f"{ap}: {apnaam}", f"{bd} {bdnaam}".strip(), *(f"{bedrag:.2f}" for bedrag in reversed(bedragen)), f"{sum(bedragen):.2f}"])  # fmt: skip
    rijen.append(["Totaal", "", "", *(PER_JAAR[jaar] for jaar in reversed(JAREN)), ""])
    return als_csv(rijen, ",", "utf-8-sig"), "punten.csv"


def boek_met_samenvoeging():
    """xlsx: title rows, goals and plans merged over their actions, subtotals and a total as formulas without a value."""
    rijen = [[TITEL], ["Proefdorp, meerjarenplan 2026-2031 (investeringen)"], [],
             ["Code BD", "Beleidsdoelstelling", "Code actieplan", "Actieplan", "Code actie", "Actie", *JAREN, "Totaal"]]  # fmt: skip
    for nummer, regel in enumerate(REGELS, start=5):
        rijen.append([*(waarde or None for waarde in regel[:6]), *regel[6], f"=SUM(G{nummer}:L{nummer})"])
    rijen.append(["Totaal", *[None] * 5, *(f"=SUM({letter}5:{letter}9)" for letter in "GHIJKLM")])
    for rij, kolommen in ((6, "ABCD"), (7, "AB")):
        for letter in kolommen:
            rijen[rij - 1]["ABCDEF".index(letter)] = None
    return als_xlsx({"Acties": rijen}, ["A1:M1", "A2:M2", "A5:A7", "B5:B7", "C5:C6", "D5:D6"]), "samen.xlsx"


def omlijnd():
    """One column of codes; each goal and plan on a row of its own with the sum of what stands below."""
    rijen = [["Code", "Omschrijving", *(f"Krediet {jaar}" for jaar in JAREN)]]

    def som(regels):
        return [belgisch(sum(bedragen)) for bedragen in zip(*(regel[6] for regel in regels), strict=True)]

    for bd in ("BD-1", "BD-2"):
        onder = [regel for regel in REGELS if regel[0] == bd]
        rijen.append([bd, onder[0][1], *som(onder)])
        for ap in dict.fromkeys(regel[2] for regel in onder):
            van_ap = [regel for regel in onder if regel[2] == ap]
            rijen.append([ap, van_ap[0][3], *som(van_ap)])
            rijen += [[regel[4], regel[5], *map(belgisch, regel[6])] for regel in van_ap]
    gelijk = REGELS[-1]
    rijen += [["AP-9", gelijk[3], *map(belgisch, gelijk[6])], [gelijk[4], gelijk[5], *map(belgisch, gelijk[6])]]
    return als_csv(rijen, "\t", "utf-16"), "omlijnd.txt"


def lang():
    """A line per year with blocks of text, as in open data; tabs of the blocks in Windows-1252."""
    rijen = [["NIS-code", "Bestuur", "Jaar", "Beleidsdoelst. totaaloverzicht", "Actieplan totaaloverzicht",
              "Actie totaaloverzicht", "Investeringsuitgaven"]]  # fmt: skip

    def blok(code, naam):
        return f"Code: {code}\nKorte omschrijving: {naam}\nLange omschrijving: Eén zin.\nNog één.\nCommentaar: \nEvaluatie: "

    for bd, bdnaam, ap, apnaam, ac, acnaam, bedragen in REGELS:
        for jaar, bedrag in zip(JAREN, bedragen, strict=True):
            if bedrag:
                rijen.append(["99999", "Proefdorp", str(jaar), blok(bd, bdnaam) if bd else "", blok(ap, apnaam), blok(ac, acnaam), belgisch(bedrag)])  # fmt: skip
    return als_csv(rijen, codering="cp1252"), "lang.csv"


def twee_koppen():
    """xlsx: years above spending and income, codes under their level; spending only is filled in."""
    boven = ["Beleidsdoelstelling", None, "Actieplan", None, "Actie", None]
    onder = ["Code", "Omschrijving"] * 3
    for jaar in JAREN:
        boven += [jaar, None, None]
        onder += ["Uitgaven", "Ontvangsten", "Saldo"]
    rijen = [boven, onder]
    rijen += [[*regel[:6], *(deel for bedrag in regel[6] for deel in (bedrag, None, -bedrag))] for regel in REGELS]
    samen = ["A1:B1", "C1:D1", "E1:F1", "G1:I1", "J1:L1", "M1:O1", "P1:R1", "S1:U1", "V1:X1"]
    return als_xlsx({"Ramingen": rijen, "Kladblad": [["Actie", "Code", 2026], ["x", "y", 99]]}, samen, ["Kladblad"]), "koppen.xlsx"  # fmt: skip


INDELINGEN = [breed_belgisch, breed_met_punten, boek_met_samenvoeging, omlijnd, lang, twee_koppen]
