"""`make services` where something is in its way; CI starts and stops the real ones."""

import socket

import pytest

from config import servers


def test_missing_servers_without_root_are_said_in_a_sentence(monkeypatch):
    monkeypatch.setattr(servers, "pg", lambda _program: None)
    monkeypatch.setattr(servers, "redis_server", lambda: None)
    monkeypatch.setattr(servers.os, "geteuid", lambda: 1000)

    with pytest.raises(servers.Failed, match="Thiếu postgresql và redis-server: cài bằng quyền quản trị"):
        servers.install()


def test_a_port_that_somebody_took_meanwhile_is_replaced():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert servers.free_port(port) != port


def test_the_port_of_last_time_is_kept_while_it_is_free():
    port = servers.free_port(None)

    assert servers.free_port(port) == port


def test_ports_and_password_are_kept_for_the_owner_only(tmp_path):
    servers.write(tmp_path, {"password": "x"})

    assert servers.read(tmp_path) == {"password": "x"}
    assert (tmp_path / "services.json").stat().st_mode & 0o077 == 0
