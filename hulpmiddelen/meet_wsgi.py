"""What `meet_snelheid` compares the portal with, on the same web server.

With MEET=kaal: Django with nothing around it. A fixed answer, a constant page of 7 KB as `render` makes it with the
settings of a new project, and a page of 4 KB with one query. Otherwise: the portal, without its front cache.
Each in a process of its own, because Django has one set of settings per process.
"""

import os
from importlib import import_module

import django
from django.apps import apps
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

ZIN = "Je hoeft niet eerst alles zelf uit te zoeken. Kom gerust langs, ook als je twijfelt."
KOP = "<!doctype html>\n<title>{{ titel }}</title>\n<h1>{{ titel }}</h1>\n"
BLADEN = {
    "constant.html": KOP + f"<p>{ZIN}</p>\n" * 80,
    "vraag.html": KOP + "{% for zin in zinnen %}<p>{{ zin }}</p>\n{% endfor %}",
}


def vast(request):
    return HttpResponse(f"<p>{ZIN}</p>\n" * 80)


def constant(request):
    return render(request, "constant.html", {"titel": "Kaal"})


def een_vraag(request):
    groep = apps.get_model("auth.Group").objects.get(name="beheerder")
    return render(request, "vraag.html", {"titel": groep.name, "zinnen": [ZIN] * 40})


urlpatterns = [path("vast/", vast), path("constant/", constant), path("vraag/", een_vraag)]


def kale_settings():
    project = import_module("sociaalhuis.settings")
    laders = [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", BLADEN)])]
    processors = [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]
    settings.configure(
        SECRET_KEY="kaal",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.messages"],
        DATABASES=project.DATABASES,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": laders, "context_processors": processors},
            }
        ],
        USE_TZ=True,
    )


if os.environ.get("MEET") == "kaal":
    kale_settings()
else:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sociaalhuis.settings")
django.setup()
application = get_wsgi_application()
