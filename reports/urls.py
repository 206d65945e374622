"""Addresses of this floor, and of the pages that mix floors."""

from django.urls import path

from reports.api import FiguresView
from reports.views import files, home

urlpatterns = [
    path("", home.root, name="root"),
    path("viec-can-lam", home.home, name="home"),
    path("api/v1/provinces/<slug:t>/<int:y>/figures/", FiguresView.as_view(), name="api_figures"),
    path("doi-nam", home.years, name="years"),
    path("tep/<str:token>", files.stored_file, name="file"),
]
