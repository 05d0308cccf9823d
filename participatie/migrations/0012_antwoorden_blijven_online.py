"""What was answered and published before answers had a second reader stays on the site, marked as such."""

from django.db import migrations

BLIJFT = """
UPDATE participatie_antwoord a SET staat = 'gepubliceerd', zonder_nalezing = true
FROM participatie_inbreng i JOIN participatie_ronde r ON r.id = i.ronde_id
WHERE i.id = a.inbreng_id AND a.staat = 'concept' AND a.nota = '' AND r.antwoorden_gepubliceerd_op IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("participatie", "0011_antwoord_van_vroeger")]

    operations = [migrations.RunSQL(BLIJFT, migrations.RunSQL.noop)]
