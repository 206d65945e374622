"""Addresses of this floor, and of the pages that mix floors."""

from django.urls import path

from reports.views import home

urlpatterns = [
    path("", home.root, name="root"),
    path("viec-can-lam", home.home, name="home"),
    path("doi-nam", home.years, name="years"),
]
