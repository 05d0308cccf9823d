"""What `meet_snelheid` compares the portal with, on the same web server.

`kaal`: Django with nothing around it: a constant page of 7 KB from a template, and a page of 4 KB with one query.
`zonder_voorraad`: the portal itself, without the front cache.
Each in a process of its own, because Django has one set of settings per process.
"""

import os
from importlib import import_module

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

ZIN = "<p>Je hoeft niet eerst alles zelf uit te zoeken. Kom gerust langs, ook als je twijfelt.</p>\n"
KOP = "<!doctype html>\n<title>{{ titel }}</title>\n<h1>{{ titel }}</h1>\n"
CONSTANT = Engine().from_string(KOP + ZIN * 80)
MET_VRAAG = Engine().from_string(KOP + "{% for zin in zinnen %}<p>{{ zin }}</p>{% endfor %}")


def constant(request):
    return HttpResponse(CONSTANT.render(Context({"titel": "Kaal"})))


def een_vraag(request):
    groep = Group.objects.get(name="beheerder")
    return HttpResponse(MET_VRAAG.render(Context({"titel": groep.name, "zinnen": [ZIN[3:-5]] * 40})))


urlpatterns = [path("constant/", constant), path("vraag/", een_vraag)]

if os.environ.get("MEET") == "kaal":
    project = import_module("sociaalhuis.settings")
    settings.configure(
        SECRET_KEY="kaal",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
        DATABASES=project.DATABASES,
        USE_TZ=True,
    )
else:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sociaalhuis.settings")
django.setup()

from django.contrib.auth.models import Group  # noqa: E402 (a model, so only after setup)

application = get_wsgi_application()
