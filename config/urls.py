"""All addresses; each app keeps its own."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("quan-tri/he-thong/", admin.site.urls),
]
