"""The kind of a council said as well that a LOK has a right to a reaction; from now on only its row does."""

from django.db import migrations

GROND = "Het lokaal bestuur zegt aan het lokaal overleg kinderopvang wat het met een advies doet."


class Migration(migrations.Migration):
    dependencies = [("participatie", "0017_mandaatherinnering")]

    operations = [
        migrations.RunSQL(
            f"""
            INSERT INTO participatie_reactierecht (organisatie_id, grond)
            SELECT organisatie_id, '{GROND}' FROM participatie_adviesraad WHERE soort = 'lok'
            ON CONFLICT DO NOTHING
            """,
            migrations.RunSQL.noop,
        ),
    ]
