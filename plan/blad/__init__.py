"""A sheet that goes out, is changed in LibreOffice or Excel, and comes back (docs/besluiten/0033-publiek.md).

The workbook has a sheet to work in and a hidden one, "Basis", with every value as it went out. So a cell that comes back is
compared with three: what went out, what is in the plan now, and what the file says. Only a cell that was changed in the file is a
change; one that somebody else changed meanwhile is a collision and never overwritten unseen.

`kolommen` knows one cell, `soorten` what the columns of actions and of indicators are, `schrijf` makes the workbook, `lees` reads
it. Nothing here writes to the database: that is `acties.blad`.
"""
