"""Addresses of the exchange with LPDC: the public stream, and the pages for who keeps the catalogue."""

from django.urls import path, re_path

from loket.views import lpdc, lpdcuit

stroom = [
    path("lpdc/ldes/", lpdcuit.stroom, name="ldes"),
    path("lpdc/ldes/<int:nummer>/", lpdcuit.blad, name="ldes_blad"),
    re_path(r"^lpdc/ldes\.(?P<vorm>jsonld|ttl)$", lpdcuit.stroom, name="ldes_vorm"),
    re_path(r"^lpdc/ldes/(?P<nummer>[0-9]{1,9})\.(?P<vorm>jsonld|ttl)$", lpdcuit.blad_vorm, name="ldes_blad_vorm"),
]
beheer = [
    path("werkbank/lpdc/", lpdc.verschillen, name="lpdc"),
    path("werkbank/lpdc/uit/", lpdc.naar_lpdc, name="lpdc_uit"),
    path("werkbank/lpdc/diensten/<slug:slug>/", lpdc.dienst_verschil, name="lpdc_dienst"),
]
