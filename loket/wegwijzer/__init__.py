"""The tree of the signpost as plain data: made of the rows, checked, and walked.

A tree (`boom`) is what is kept as JSON when it is published:
{"begin": key, "punten": {key: {"soort", "titel", "uitleg", "nood", "antwoorden", "diensten"}}}, where an answer is
{"code", "tekst", "naar": key or None, "weet_niet"} and `diensten` are primary keys in their order. A key is the primary
key of the point as text, because JSON knows no other keys.
"""

MEESTE_VRAGEN = 5
VRAAG, UITKOMST = "vraag", "uitkomst"
