"""What someone wrote now, without the mail they answered to and without the signature of a program.

Works line by line, so its time grows with the length of the text. Cutting too little is harmless; cutting what someone
wrote is not: whoever answers between or below the quoted lines keeps those words, and when nothing would be left, the
whole text stays. The name below a mail stays too: it says who asks.

`mail-parser-reply` knows headers of more programs, but takes minutes for one long line and does not know the Dutch one
of Gmail. So it gets what is left, when that is short enough.
"""

import re

from mailparser_reply import EmailReplyParser

BIBLIOTHEEK = EmailReplyParser(languages=["nl", "fr", "en", "de"])
MAX_BIBLIOTHEEK, MAX_REGEL = 6000, 300  # characters

MAANDAG = r"(?=.{0,200}\d)"
SCHREEF = re.compile(
    rf"^\W{{0,4}}(?:Op\b{MAANDAG}.{{3,250}}\bschreef\b.{{0,160}}|Op\b{MAANDAG}.{{3,250}}\bheeft\b.{{1,120}}\bgeschreven|"
    rf"Le\b{MAANDAG}.{{3,250}}\ba écrit\b.{{0,30}}|On\b{MAANDAG}.{{3,250}}\bwrote\b.{{0,30}}|"
    rf"Am\b{MAANDAG}.{{3,250}}\bschrieb\b.{{0,160}})\s?:\s*$",
    re.IGNORECASE,
)
BEGIN_SCHREEF = re.compile(r"^\W{0,4}(?:Op|Le|On|Am)\b.{0,250}$", re.IGNORECASE)
LIJN = re.compile(
    r"^\s*(?:-{2,}|_{2,})\s*(?:oorspronkelijk bericht|origineel bericht|original message|forwarded message|"
    r"doorgestuurd bericht|message d'origine|message d’origine|message transféré|ursprüngliche nachricht)\s*(?:-{2,}|_{2,})\s*$",
    re.IGNORECASE,
)
STREEP = re.compile(r"^\s*_{20,}\s*$")
VAN = re.compile(r"^[\s*]*(?:van|from|de|von)\s*\*?\s?:\s*\*?\s*\S", re.IGNORECASE)
MEER = re.compile(
    r"^[\s*]*(?:verzonden|datum|sent|date|envoyé|gesendet|aan|to|à|an|onderwerp|subject|objet|betreff|cc)\s*\*?\s?:",
    re.IGNORECASE,
)
APPARAAT = re.compile(
    r"^\s*(?:verzonden vanaf|verstuurd vanaf|verzonden via|sent from|envoyé (?:de|depuis) |gesendet von|"
    r"get outlook for|outlook voor|télécharger outlook)\b.{0,80}$",
    re.IGNORECASE,
)


def eigen_woorden(tekst: str) -> str:
    """The new words of a mail of which `tekst` is the whole text."""
    regels = tekst.split("\n")
    grens = _grens(regels)
    nieuw = regels[:grens]
    rest = regels[grens:]
    if any(_is_citaat(regel) for regel in rest):
        # Behind '>' it is clear what is old: everything else was written now, wherever it stands.
        nieuw += _tussen_citaat(rest)
    nieuw = [regel for regel in nieuw if not _is_citaat(regel)] if _heeft_citaat_en_meer(nieuw) else nieuw
    eigen = _zonder_handtekening("\n".join(nieuw).strip())
    return _bibliotheek(eigen) or eigen or _zonder_handtekening(tekst.strip()) or tekst.strip()


def _grens(regels):
    """Where the mail that was answered to begins; the number of lines when nowhere."""
    for nummer, regel in enumerate(regels):
        if LIJN.match(regel) or _schreef_op(regels, nummer) or _koppen_op(regels, nummer):
            return nummer
        if STREEP.match(regel) and any(_koppen_op(regels, n) for n in range(nummer + 1, min(nummer + 4, len(regels)))):
            return nummer
    return len(regels)


def _schreef_op(regels, nummer):
    """How many lines 'On ... wrote:' takes here: 0 when it is not here. Programs break it over up to three lines."""
    if not BEGIN_SCHREEF.match(regels[nummer]):
        return 0
    for aantal in (1, 2, 3):
        if SCHREEF.match(" ".join(regel.strip() for regel in regels[nummer : nummer + aantal])[:600]):
            return aantal
    return 0


def _koppen_op(regels, nummer):
    """Whether a block From / Sent / To / Subject begins here."""
    if not VAN.match(regels[nummer][:300]):
        return False
    return sum(bool(MEER.match(regel[:300])) for regel in regels[nummer + 1 : nummer + 6]) >= 2


def _is_citaat(regel):
    return regel.lstrip().startswith(">")


def _heeft_citaat_en_meer(regels):
    return any(map(_is_citaat, regels)) and any(regel.strip() and not _is_citaat(regel) for regel in regels)


def _tussen_citaat(rest):
    nummer, over = 0, []
    while nummer < len(rest):
        kop = _schreef_op(rest, nummer)
        if kop or _is_citaat(rest[nummer]) or LIJN.match(rest[nummer]):
            nummer += kop or 1
            continue
        over.append(rest[nummer])
        nummer += 1
    return over


def _zonder_handtekening(tekst):
    """Without what a program puts below: after a line with only '--', and 'sent from my phone'."""
    regels = tekst.split("\n")
    for nummer, regel in enumerate(regels):
        if regel.rstrip() == "--" and nummer:
            regels = regels[:nummer]
            break
    while regels and (not regels[-1].strip() or APPARAAT.match(regels[-1])):
        regels.pop()
    return "\n".join(regels).strip()


def _bibliotheek(tekst):
    if len(tekst) > MAX_BIBLIOTHEEK or any(len(regel) > MAX_REGEL for regel in tekst.split("\n")):
        return tekst
    lezing = BIBLIOTHEEK.read(tekst)
    return (lezing.replies[0].content or "").strip() if lezing.replies else tekst
