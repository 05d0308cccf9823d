"""The addresses of the desk that are not about one case. They come before those of a case."""

from django.urls import path

from loket.views import intake

adressen = [
    # contacts
    path("werkbank/nieuw/", intake.intake, name="werkbank_intake"),
    path("werkbank/nieuw/<slug:referentie>/schrap/", intake.schrap, name="werkbank_schrap"),
]
