"""Reading the table "beleidsdoelstellingen, actieplannen en acties met ramingen" as towns really have it. No database.

`tabel` makes cells of a file, `cellen` their text, `getal` amounts of text, `formule` values of formulas, `kolommen` finds what each column
holds, `lezen` makes lines with amounts and says what it could not place.
"""
