"""Words that may mean danger. They only put the emergency numbers closer; nobody is sorted or judged by them.

Imports nothing of the project.
"""

import re

WOORDEN = re.compile(
    r"\b(zelfmoord|zelfdoding|suïcid\w*|suicid\w*|"
    r"(wil|wou|wilde) (dood|niet meer leven|er niet meer zijn)|er niet meer (te )?zijn|niet meer leven|"
    r"(slaat|sloeg|schopt|schopte|bedreigt|bedreigde|verkracht\w*|mishandel\w*|stalkt|stalkte|wurg\w*) ?(mij|me|ons|haar|hem)?|"
    r"in gevaar|bang van mijn (man|vrouw|vriend|vriendin|partner|ex|vader|moeder))\b",
    re.IGNORECASE,
)


def hint(tekst: str) -> bool:
    """Whether the text may tell about danger."""
    return bool(WOORDEN.search(tekst or ""))
