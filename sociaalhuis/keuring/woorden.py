"""What the gate for files says, and what it never lets through."""

import re

WEBTAAL = re.compile(rb"<\s*(!doctype|html|script|svg|iframe|body|\?xml|\?php)", re.IGNORECASE)

NIET_GEKEND = "We kunnen dit bestand niet aannemen. Stuur een foto (JPG of PNG), een PDF, een Word-bestand (DOCX) of gewone tekst."
NIET_VEILIG = (
    "Dit bestand kan onveilig zijn: er zit iets in dat uit zichzelf kan werken. Stuur een foto of een gewone PDF."
)
TE_GROOT = "Dit bestand is groter dan 10 MB. Stuur een kleinere versie of een foto ervan."
TE_VEEL_BEELD = "Deze afbeelding is te groot om te openen. Stuur een kleinere versie."
KAPOT = "Dit bestand is beschadigd: we kunnen het niet openen. Probeer het opnieuw op te slaan."
LEEG = "Dit bestand is leeg. Kies een ander."
BESMET = "In dit bestand zit een virus. We hebben het niet bewaard. Kijk je toestel na, of kom langs met het papier."
BEVEILIGD = "Deze PDF is beveiligd met een wachtwoord. Bewaar hem zonder beveiliging, of stuur een foto ervan."
