"""README.md as the page of the package: without what stands only in the repository, since a package index has no such files."""

import re
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class Description(MetadataHookInterface):
    """Adds the page to the metadata of a build."""

    def update(self, metadata: dict[str, object]) -> None:
        """Add the page."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": standing_alone(text)}


def standing_alone(text: str) -> str:
    """Return Markdown without tables of pictures, and with the words of links that lead to files instead of the links."""
    lines = [line for line in text.splitlines() if not line.startswith("| ![")]
    text = "\n".join(lines).replace("| | |\n|---|---|\n\n", "")
    return re.sub(r"!?\[([^]]*)\]\((?![a-z]+:|#)[^)]*\)", r"\1", text) + "\n"
