"""A whole plan as a file: PDF, JSON, CSV and xlsx, of the plan as it is now or of a frozen version.

Everything here is made from a snapshot (`plan.momentopname`) and pure: the dict goes in, bytes come out. The files are
made by the worker and kept (`acties.uitvoer`), so an address that anyone may ask never costs more than reading a file.

To show something more (indicators, years), write a section in `boekje.DELEN`, a table in `tabellen.TABELLEN` or a key in
`model.als_model`; each copes with snapshots that do not have the key.
"""
