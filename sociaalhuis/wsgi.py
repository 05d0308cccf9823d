"""What the web server runs: Django, behind the front cache."""

import os

from django.core.wsgi import get_wsgi_application

from sociaalhuis.productie import weiger_demo
from sociaalhuis.voorraad import Voorraad

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sociaalhuis.settings")

application = Voorraad(get_wsgi_application())
weiger_demo()
