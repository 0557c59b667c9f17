"""What axe finds on a page in Chromium. Whether words can be read is measured once for each chain of colours, not each page."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.support.chromium import AXE

# Everything axe knows, and the rule on targets of 24 pixels, which it leaves off unless asked. No rule that is on reads style
# sheets, so axe need not gather them.
ALL_RULES = {"rules": {"target-size": {"enabled": True}}, "preload": {"assets": ["media"], "timeout": 10_000}}
# What depends on colours, and what depends on width; the rest stands in the page itself.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
WIDTH = {"runOnly": ["target-size", "scrollable-region-focusable"]}

# Elements with words of their own by their chain: tag, class and what Chromium made of all styles, from the root down to them.
_TEXTS = """() => {
  const decides = ["color", "webkitTextFillColor", "webkitTextStrokeWidth", "textShadow", "fontSize", "fontWeight", "opacity",
    "backgroundColor", "backgroundImage", "backgroundClip", "mixBlendMode", "position", "float", "transform", "zIndex"];
  const chains = new Map([[null, ""]]);
  const chain = (part) => {
    if (!chains.has(part)) {
      const style = getComputedStyle(part);
      const told = [part.tagName, part.getAttribute("class"), ...decides.map((name) => style[name])];
      chains.set(part, `${chain(part.parentElement)} / ${told.join(" ")}`);
    }
    return chains.get(part);
  };
  const says = (part) => part.checkVisibility({ visibilityProperty: true }) && (part.matches("input, select, textarea")
    || [...part.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && each.data.trim()));
  return Map.groupBy([...document.querySelectorAll("body, body *")].filter(says), chain);
}"""
# Of a report: every element, as it stands in the page.
_REPORT = {"resultTypes": ["violations", "incomplete", "passes"], "elementRef": True, "selectors": False}
# Measures what has one of these chains; returns what axe objects to, and the chains whose words it could read.
_RUN = """async ([texts, chains, options]) => {
  for (const each of document.querySelectorAll("[data-measured]")) each.removeAttribute("data-measured");
  for (const each of chains.flatMap((chain) => texts.get(chain))) each.setAttribute("data-measured", "");
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-measured]" }] });
  const found = await axe.run(document, options);
  const measured = (results) => new Set(
    results.filter((each) => each.id === "color-contrast").flatMap((each) => each.nodes).map((each) => each.element));
  const [passed, untold] = [measured(found.passes), measured(found.incomplete)];
  const told = chains.map((chain) => [chain, texts.get(chain)]).filter(([, all]) => !all.some((each) => untold.has(each)));
  return [found.violations, told.filter(([, all]) => all.some((each) => passed.has(each))).map(([chain]) => chain)];
}"""
# What stands where it was put may lie on anything.
_PUT = {"absolute", "fixed", "sticky"}


class Inspector:
    """Looks at pages with axe, and remembers on which chains of colours it found words readable: it measures those no more.

    What could not be read, what axe could not tell, and what stands outside the flow of the page, is measured wherever it is.
    The inspectors of a run that are given the same file tell each other by it.
    """

    def __init__(self, told: Path | None = None) -> None:
        self._readable: set[str] = set()
        self._told = told
        self._heard = 0

    def found(self, page: Page, options: Mapping[str, Any]) -> list[str]:
        """Return what axe objects to in the page as it stands, a line for each element."""
        if not page.evaluate("'axe' in window"):
            page.add_script_tag(url=AXE)
        self._hear()
        texts = page.evaluate_handle(_TEXTS if "color-contrast" in options.get("runOnly", ["color-contrast"]) else "new Map()")
        chains = {_digest(chain): chain for chain in texts.evaluate("(texts) => [...texts.keys()]")}
        new = [chain for digest, chain in chains.items() if digest not in self._readable]
        violations, readable = page.evaluate(_RUN, [texts, new, {**_REPORT, **options}])
        if not violations:
            self._tell({_digest(chain) for chain in readable if not _PUT.intersection(chain.split())})
        return [f"{each['id']}: {node['html'][:200]} {node['failureSummary']}" for each in violations for node in each["nodes"]]

    def _tell(self, digests: set[str]) -> None:
        """Remember chains, and let the others know."""
        self._readable |= digests
        if self._told and digests:
            with self._told.open("a") as file:
                file.write("".join(f"{digest}\n" for digest in digests))

    def _hear(self) -> None:
        """Remember what the others found since; a line that is not whole yet is read next time."""
        if self._told and self._told.exists():
            with self._told.open("rb") as file:
                file.seek(self._heard)
                lines = file.read().rpartition(b"\n")[0]
            self._heard += len(lines) + bool(lines)
            self._readable.update(lines.decode().split())


def _digest(chain: str) -> str:
    return sha256(chain.encode()).hexdigest()
