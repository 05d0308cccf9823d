"""Editing a part by many: its values as text (`waarden`), which version was seen (`versie`), plain text for rich text
(`opmaak`). No verb: those are in `plan.acties.redactie`."""
