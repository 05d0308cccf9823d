"""First migrations without waiting: all tables of an app in one step.

Django renders every model again after each operation that changes one. With a history table and triggers per model
that takes half a minute on an empty database, for every test run and every fresh start. `Ineens` brings the models to
their end state first and makes the tables after that, so they are rendered once.
"""

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger

IN_DE_TABEL = (AddField, AddConstraint, AddIndex)


class Ineens(Operation):
    """The operations of a first migration, as makemigrations wrote them, at once.

    Takes CreateModel and, on the models made here, AddField, AddConstraint, AddIndex and AddTrigger. Raises TypeError
    for any other operation: put that beside it.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations):
        self.operations = operations
        gemaakt = {op.name_lower for op in self.van_soort(CreateModel)}
        for op in operations:
            if not isinstance(op, (CreateModel, AddTrigger, *IN_DE_TABEL)) or (
                isinstance(op, IN_DE_TABEL) and op.model_name_lower not in gemaakt
            ):
                raise TypeError(f"Ineens cannot hold: {op.describe()}")

    def van_soort(self, soort):
        return [op for op in self.operations if isinstance(op, soort)]

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # rendered again, once, when someone asks for a model
        for op in self.operations:
            op.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for op in [*self.van_soort(CreateModel), *self.van_soort(AddTrigger)]:
            op.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for op in reversed(self.van_soort(CreateModel)):
            op.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Make {len(self.van_soort(CreateModel))} tables with their rules"
