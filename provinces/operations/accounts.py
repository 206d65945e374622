"""Accounts: who came and went, the password, the language."""

import datetime

from provinces.models import Event, Seat, User
from provinces.workflow import record_event


def record_sign_in(user: User, *, by: Seat | None, at: datetime.datetime) -> Event:
    """The line in the log that a person came in."""
    return _record("account.sign_in", user, by, at)


def record_sign_out(user: User, *, by: Seat | None, at: datetime.datetime) -> Event:
    """The line in the log that a person left."""
    return _record("account.sign_out", user, by, at)


def record_refused_sign_in(username: str, *, at: datetime.datetime) -> Event | None:
    """The line in the log that a password was wrong; an unknown name is not written down, it may be a password."""
    user = User.objects.filter(username=username).first()
    return _record("account.refused", user, None, at) if user else None


def choose_language(user: User, language: str, *, by: Seat | None, at: datetime.datetime) -> User:
    """The language of the person's pages from now on."""
    user.language = language
    user.save(update_fields=["language"])
    _record("account.language", user, by, at)
    return user


def change_email(user: User, email: str, *, by: Seat | None, at: datetime.datetime) -> User:
    """The address for letters; empty for none. The form has looked at its shape; the log does not repeat it."""
    user.email = email
    user.save(update_fields=["email"])
    _record("account.email", user, by, at)
    return user


def change_password(user: User, password: str, *, by: Seat | None, at: datetime.datetime) -> User:
    """A new password for the account; the form has looked at its strength."""
    user.set_password(password)
    user.save(update_fields=["password"])
    _record("account.password", user, by, at)
    return user


def _record(verb: str, user: User, by: Seat | None, at: datetime.datetime) -> Event:
    province = by.department.unit.home_province if by else None
    return record_event(verb, user, by=by, at=at, province=province, details={"user": user.pk})
