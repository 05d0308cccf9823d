"""Rules over several tables, kept by the database: triggers that look like named check constraints.

A CHECK sees one row. `regel` guards what must agree between rows ("the action of a year belongs to the plan of that
year") and raises an IntegrityError that carries the name. The forms say the same in Dutch before it comes so far.
"""

import pgtrigger


def regel(naam, voorwaarde, wanneer=pgtrigger.Insert | pgtrigger.Update):
    """Class decorator: a row may only be written when the SQL `voorwaarde` about NEW (and OLD on update) holds."""
    trigger = pgtrigger.Trigger(
        name=naam,
        when=pgtrigger.Before,
        operation=wanneer,
        func=f"""
            IF NOT ({voorwaarde}) THEN
                RAISE EXCEPTION 'rule "{naam}" does not hold'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{naam}';
            END IF;
            RETURN NEW;
        """,
    )
    return pgtrigger.register(trigger)
