from django.conf.locale.nl.formats import *  # noqa: F403

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = "j F Y H:i"
TIME_FORMAT = "H:i"
USE_THOUSAND_SEPARATOR = True
