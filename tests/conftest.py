from __future__ import annotations

import socket

import pytest
from hypothesis import settings

# Tests share two slow cores with whatever else runs: how long an example takes says nothing.
settings.register_profile("zhengben", deadline=None)
settings.load_profile("zhengben")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Whatever reaches for the network fails, here as on a machine that has none."""
    connect = socket.socket.connect

    def refuse(self, address):
        if self.family != socket.AF_UNIX:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse)
