"""All addresses; each app keeps its own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("quan-tri/he-thong/", admin.site.urls),
    path("", include("provinces.urls")),
    path("", include("reports.urls")),
    path("", include("campaigns.urls")),
    path("", include("activities.urls")),
]

handler400 = "provinces.views.errors.bad_request"
handler500 = "provinces.views.errors.server_error"
