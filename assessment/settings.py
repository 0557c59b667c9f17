"""Settings from the environment, checked before anything starts."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessment.paths import PACKAGE, shipped

SHORTEST_SECRET = 32
FEWEST_DIFFERENT = 8
# What stands in secrets that were copied from some documentation.
SAMPLES = re.compile(
    "change.?me|replace.?(me|this)|your.?secret|secret.?key|my.?secret|password|passw0rd|example|insecure|0123456789|abcdefgh|qwerty",
    re.IGNORECASE,
)
_SECRET_FILE = "secret-key"  # noqa: S105  # the name of a file, not a secret


class SettingsError(Exception):
    """The environment does not let the product start; the message says why, one line for each problem."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this installation runs.

    ``data`` is the folder for the database and the key; ``content`` the folder with the questionnaires; ``host`` the address
    the server listens on; ``public_url`` the one people use, if it is another; ``trusted_proxies`` how many proxies stand
    before the server, whose word about visitors is believed; ``security_contact`` whom to tell of a hole, as an address that
    begins with ``mailto:`` or ``https://``; ``design`` whether the page with every component is there, which
    is for developers only; ``locale`` the folder with the catalogues.
    """

    database_url: str
    secret_key: str
    data: Path
    content: Path
    host: str = "127.0.0.1"
    public_url: str = ""
    trusted_proxies: int = 0
    security_contact: str = ""
    design: bool = False
    locale: Path = PACKAGE / "locale"

    @property
    def https(self) -> bool:
        """Whether people reach the product over https, so that cookies are sent over nothing else."""
        return self.public_url.startswith("https://")


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables (all optional), making the data folder and the key where missing.

    Raises ``SettingsError`` for a value that cannot work.
    """
    data = Path(environment.get("ISO_READINESS_DATA", ".iso-readiness")).resolve()
    problems = []
    secret = environment.get("SECRET_KEY", "")
    if "SECRET_KEY" in environment and (weakness := weakness_of(secret)):
        problems.append(f"SECRET_KEY {weakness}; it needs at least {SHORTEST_SECRET} random characters")
    # Scheme and host are the same in upper and lower case, and nothing else stands in it.
    public_url = environment.get("PUBLIC_URL", "").strip().rstrip("/").lower()
    if public_url and not re.fullmatch(r"https?://[^/?#@\s\\]+", public_url):
        problems.append(f"PUBLIC_URL is {public_url!r}; it needs to look like https://readiness.example.org")
    proxies = environment.get("TRUSTED_PROXIES") or "0"
    if not re.fullmatch("[0-9]", proxies):
        problems.append(f"TRUSTED_PROXIES is {proxies!r}; it needs to be the number of proxies in front, from 0 to 9")
    contact = environment.get("SECURITY_CONTACT", "")
    if contact and not re.fullmatch(r"(mailto:[^@\s]+@[^@\s]+|https://\S+)", contact):
        problems.append(f"SECURITY_CONTACT is {contact!r}; it needs to look like mailto:security@example.org or https://...")
    try:
        content = read_content(environment)
    except SettingsError as error:
        content = Path()
        problems.append(str(error))
    database_url = environment.get("DATABASE_URL") or f"sqlite:///{data / 'assessments.sqlite3'}"
    if not database_url.startswith(("sqlite:///", "postgresql")):
        problems.append("DATABASE_URL needs to begin with sqlite:/// or postgresql+psycopg://")
    design = environment.get("ISO_READINESS_DESIGN", "")
    if design not in ("", "yes"):
        problems.append(f"ISO_READINESS_DESIGN is {design!r}; write yes for the page /design, or leave it out")
    if problems:
        raise SettingsError("\n".join(problems))
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = secret or _kept_secret(data / _SECRET_FILE)
    except OSError as error:
        raise SettingsError(f"The data folder {data} cannot be used: {error.filename}: {error.strerror}.") from error
    return Settings(
        database_url=database_url,
        secret_key=secret,
        data=data,
        content=content,
        host=environment.get("ISO_READINESS_HOST") or "127.0.0.1",
        public_url=public_url,
        trusted_proxies=int(proxies),
        security_contact=contact,
        design=design == "yes",
    )


def weakness_of(secret: str) -> str:
    """Return why a secret could be guessed, as the end of a sentence; empty where it cannot be said of it."""
    if len(secret.strip()) < SHORTEST_SECRET:
        return f"has {len(secret.strip())} characters"
    if secret in (secret + secret)[1:-1] or len(set(secret)) < FEWEST_DIFFERENT:
        return "repeats itself"
    found = SAMPLES.search(secret)
    return f"looks like a sample (“{found[0]}”)" if found else ""


def precautions(settings: Settings) -> list[str]:
    """Return what an administrator should put right, one sentence each; the key is made readable by its owner only."""
    said = []
    for path, most in ((settings.data, 0o700), (settings.data / _SECRET_FILE, 0o600)):
        try:
            mode = path.stat().st_mode & 0o777
            if mode & ~most and path.is_file():
                path.chmod(most)
        except OSError:
            continue  # there is none, or it is somebody else's; what keeps the product from working is said elsewhere
        if mode & 0o077:
            put_right = "now only its owner can" if path.is_file() else f"run: chmod {most:o} {path}"
            said.append(f"{path} has mode {mode:o}: others can read or change what is in it; {put_right}.")
    return said


def runs_as_root() -> bool:
    """Tell whether this process may do everything on the machine, so that a fault of the product could, too."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def read_content(environment: Mapping[str, str]) -> Path:
    """Return the folder with the questionnaires, for commands that need nothing else. Raises ``SettingsError``."""
    content = Path(environment.get("ISO_READINESS_CONTENT") or shipped("questionnaires"))
    if not content.is_dir():
        raise SettingsError(f"ISO_READINESS_CONTENT is {content}; there is no such folder")
    return content.resolve()


def _kept_secret(path: Path) -> str:
    """Return the key of this installation: made once, readable by its owner only."""
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    kept = path.read_text(encoding="ascii").strip()
    if weakness := weakness_of(kept):
        raise SettingsError(f"{path} {weakness}; delete it to have a new key made (everybody then opens their link again)")
    return kept
