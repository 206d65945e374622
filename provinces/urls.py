"""Addresses of this floor: people and their accounts, drafts."""

from django.urls import path

from provinces.views import drafts, sign_in

urlpatterns = [
    path("dang-nhap", sign_in.sign_in, name="sign_in"),
    path("dang-xuat", sign_in.sign_out, name="sign_out"),
    path("vi-tri", sign_in.seats, name="seats"),
    path("ngon-ngu", sign_in.language, name="language"),
    path("tai-khoan", sign_in.account, name="account"),
    path("ban-nhap", drafts.draft, name="draft"),
    path("ban-nhap/bo", drafts.draft_forget, name="draft_forget"),
]
