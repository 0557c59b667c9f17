"""What a screen reader says: the controls of a page with their names, from Chromium's accessibility tree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

CONTROLS = {
    "button",
    "link",
    "textbox",
    "radio",
    "checkbox",
    "combobox",
    "spinbutton",
    "searchbox",
    "slider",
    "switch",
    "Date",
    "DisclosureTriangle",
}
# What a screen reader tells on the way to a control: the names of what it stands in.
PLACES = {"group", "radiogroup", "region", "navigation", "form", "list", "row", "rowheader", "banner", "contentinfo", "main"}

# Names that say nothing to somebody who hears a list of all links or buttons.
MEANINGLESS = {"here", "click here", "more", "read more", "link", "button", "submit", "ok", "go", "edit", "details"}


@dataclass(frozen=True, kw_only=True)
class Control:
    """A control: its role and name, what it stands in from the outside in, and where it leads if it is a link."""

    role: str
    name: str
    places: tuple[str, ...]
    leads: str = ""


def controls(page: Page) -> list[Control]:
    """Every control of a page, in reading order."""
    session = page.context.new_cdp_session(page)
    # As Chromium sends it: what Playwright wraps an answer in, part by part, takes twice as long as all else that is done here.
    nodes = session._sync(session._impl_obj.send("Accessibility.getFullAXTree", None, None))["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    return list(_walk(nodes[0], by_id, ()))


def _walk(node: Mapping[str, Any], by_id: Mapping[str, Any], places: tuple[str, ...]) -> Iterator[Control]:
    # Chromium puts a blank before what is hidden from sight.
    role, name = _value(node, "role"), " ".join(_value(node, "name").split()).replace(" :", ":")
    if not node.get("ignored") and role in CONTROLS:
        leads = next((each["value"]["value"] for each in node.get("properties", ()) if each["name"] == "url"), "")
        yield Control(role=role, name=name, places=places, leads=leads)
        return  # what a control is made of, such as the parts of a date, is the browser's
    if not node.get("ignored") and role in PLACES and name:
        places = (*places, name)
    for child in node.get("childIds", ()):
        if child in by_id:
            yield from _walk(by_id[child], by_id, places)


def _value(node: Mapping[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))


def faults(found: Sequence[Control]) -> list[str]:
    """Controls without a name that says something, and controls that sound the same and do something else."""
    wrong = [f"says nothing: {each}" for each in found if len(each.name) < 2 or each.name.lower().strip(" .") in MEANINGLESS]
    heard: dict[tuple[str, str, tuple[str, ...]], str] = {}
    for number, each in enumerate(found):
        key, does = (each.role, each.name, each.places), each.leads or str(number)
        if heard.setdefault(key, does) != does:
            wrong.append(f"sounds like another one: {each}")
    return wrong
