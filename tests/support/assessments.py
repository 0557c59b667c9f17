"""Assessments as tests find them: by the address of their overview, joined by others, at their last change."""

from flask import Flask

from assessment.domain.authors import STARTER
from assessment.domain.rights import Role
from assessment.storage.access import create_link
from assessment.storage.history import last_change
from tests.support.apps import NOW
from tests.support.opener import Browser


def id_of(hub: str) -> str:
    """The id of the assessment with this overview."""
    return hub.split("/")[2]


def chain_of(key: str) -> str:
    """The hash of the last change of an assessment, which names its state."""
    last = last_change(key)
    assert last is not None, f"no assessment {key}"
    return last[1]


def link_for(app: Flask, hub: str, role: Role, label: str = "") -> str:
    """A private link in a role, as its maker could mail it."""
    with app.app_context():
        return f"/open/{create_link(id_of(hub), label or role.value, role=role, who=STARTER, at=NOW)}"


def joined(app: Flask, hub: str, role: Role, label: str = "") -> Browser:
    """A browser of somebody who came through a link in a role."""
    browser = Browser(app)
    browser.send(browser.open(link_for(app, hub, role, label)))
    return browser
