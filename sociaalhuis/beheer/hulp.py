"""What a field of the admin is for, in plain Dutch, where its model does not say so itself.

An app adds its own texts in `<app>/admin/hulp.py`: the name of a field, or "model.field" where one table means something
else by it. Rows inside a form do without: their columns have no room.
"""

TEKSTEN: dict[str, dict[str, str]] = {}


def hulp_bij(db_field):
    """The text for a field of a model, or ''."""
    eigen = TEKSTEN.get(db_field.model._meta.app_label, {})
    return eigen.get(f"{db_field.model._meta.model_name}.{db_field.name}") or eigen.get(db_field.name, "")
