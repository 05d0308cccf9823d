"""The value of a simple formula: numbers, cells, ranges, + - * /, brackets and SUM.

Spreadsheets keep the value beside the formula, but a program that wrote the file may not have. Anything beyond these
is `Onbekend`, and the line is reported.
"""

import re
from decimal import Decimal, InvalidOperation

DEEL = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)|(SUM|SOM)(?=\()|([-+*/(),;]))")
PLAATS = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
DIEP = 50


class Onbekend(ValueError):
    """This formula is not one that we work out."""


def kolomnummer(letters):
    nummer = 0
    for letter in letters:
        nummer = nummer * 26 + ord(letter) - 64
    return nummer


def reken(formule, cel, diep=0):
    """Decimal value of a formula (text that starts with '='); `cel(row, column)` gives a number, formula, text or None.

    Raises Onbekend.
    """
    if diep > DIEP:
        raise Onbekend(formule)
    return _Rekenaar(formule, cel, diep).uitkomst()


class _Rekenaar:
    def __init__(self, formule, cel, diep):
        self.formule, self.cel, self.diep = formule, cel, diep
        self.delen, plaats = [], 0
        tekst = formule[1:].upper().rstrip()
        while plaats < len(tekst):
            deel = DEEL.match(tekst, plaats)
            if not deel:
                raise Onbekend(formule)
            self.delen.append(deel)
            plaats = deel.end()

    def uitkomst(self):
        som = self.som()
        if self.delen:
            raise Onbekend(self.formule)
        return som

    def is_nu(self, *tekens):
        return bool(self.delen) and self.delen[0][4] in tekens

    def neem(self, *tekens):
        if not self.is_nu(*tekens):
            raise Onbekend(self.formule)
        return self.delen.pop(0)[4]

    def som(self):
        waarde = self.product()
        while self.is_nu("+", "-"):
            waarde = waarde + self.product() if self.neem("+", "-") == "+" else waarde - self.product()
        return waarde

    def product(self):
        waarde = self.factor()
        while self.is_nu("*", "/"):
            try:
                waarde = waarde * self.factor() if self.neem("*", "/") == "*" else waarde / self.factor()
            except (ArithmeticError, InvalidOperation):
                raise Onbekend(self.formule) from None
        return waarde

    def factor(self):
        if self.is_nu("-", "+"):
            return -self.factor() if self.neem("-", "+") == "-" else self.factor()
        if self.is_nu("("):
            self.neem("(")
            waarde = self.som()
            self.neem(")")
            return waarde
        if not self.delen:
            raise Onbekend(self.formule)
        getal, bereik, functie, _ = self.delen.pop(0).groups()
        if getal:
            return Decimal(getal)
        if functie:
            return self.optelling()
        if bereik and ":" not in bereik:
            return self.waarde_van(*self.plek(bereik))
        raise Onbekend(self.formule)

    def optelling(self):
        self.neem("(")
        totaal = Decimal(0)
        while True:
            if self.delen and self.delen[0][2] and ":" in self.delen[0][2]:
                begin, einde = map(self.plek, self.delen.pop(0)[2].split(":"))
                totaal += sum(
                    self.waarde_van(rij, kolom, tekst_telt=False)
                    for rij in range(begin[0], einde[0] + 1)
                    for kolom in range(begin[1], einde[1] + 1)
                )
            else:
                totaal += self.som()
            if self.neem(",", ";", ")") == ")":
                return totaal

    @staticmethod
    def plek(adres):
        letters, rij = PLAATS.fullmatch(adres).groups()
        return int(rij), kolomnummer(letters)

    def waarde_van(self, rij, kolom, *, tekst_telt=True):
        waarde = self.cel(rij, kolom)
        if isinstance(waarde, str) and waarde.startswith("="):
            return reken(waarde, self.cel, self.diep + 1)
        if waarde is None or (isinstance(waarde, str) and not tekst_telt):
            return Decimal(0)
        if isinstance(waarde, (int, float)) and not isinstance(waarde, bool):
            return Decimal(str(waarde))
        raise Onbekend(self.formule)
