"""Migrations without waiting: all operations of one migration in one step.

Django renders the models again after each operation that changes one. With a history table and triggers per model
that takes half a minute for a large migration, for every test run and every fresh start. `Ineens` brings the models to
their end state first and changes the tables after that, so they are rendered once.
"""

from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelOptions,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
)
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger, RemoveTrigger

IN_DE_TABEL = (AddField, AlterField, AddConstraint, AddIndex)  # on a model made here: part of its CREATE TABLE
KENT = (CreateModel, AlterModelOptions, RemoveConstraint, RemoveIndex, AddTrigger, RemoveTrigger, *IN_DE_TABEL)


class Ineens(Operation):
    """The operations of a migration, as makemigrations wrote them, at once: new tables first, then the rest in order.

    Each may touch a field, constraint, index or trigger once, as makemigrations does. Raises TypeError for an
    operation that it does not know: put that beside it.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations):
        self.operations = operations
        self.gemaakt = {op.name_lower for op in operations if isinstance(op, CreateModel)}
        for op in operations:
            if not isinstance(op, KENT):
                raise TypeError(f"Ineens cannot hold: {op.describe()}")

    def stappen(self):
        """What is done to the database, in order; what a new table holds from the start is left out."""
        nieuw = [op for op in self.operations if isinstance(op, CreateModel)]
        rest = [op for op in self.operations if not isinstance(op, CreateModel)]
        return nieuw + [op for op in rest if not (isinstance(op, IN_DE_TABEL) and self.is_nieuw(op))]

    def is_nieuw(self, op):
        return getattr(op, "model_name", getattr(op, "name", "")).lower() in self.gemaakt

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # rendered again, once, when someone asks for a model
        for op in self.operations:
            op.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for op in self.stappen():
            op.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for op in reversed(self.stappen()):
            if isinstance(op, CreateModel) or not self.is_nieuw(op):
                op.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Make {len(self.gemaakt)} tables and change others, with their rules"
