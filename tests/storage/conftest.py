"""What tests of storage stand on."""

from collections.abc import Iterator

import pytest
from flask import Flask


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    """Be inside an app whose database is empty."""
    with app.app_context():
        yield
