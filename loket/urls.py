from django.urls import path

from loket.views import diensten

app_name = "loket"
urlpatterns = [
    path("diensten/<slug:slug>/", diensten.dienst, name="dienst"),
]
