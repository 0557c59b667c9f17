"""Settings from the environment, checked before anything starts."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assessment import setting_values as kinds
from assessment.paths import PACKAGE, shipped, usual_data_folder
from assessment.setting_values import weakness_of

_SECRET_FILE = "secret-key"  # noqa: S105  # the name of a file, not a secret
# On Windows every file looks as if everybody could read it; there the rights of folders say who can.
HAS_MODES = hasattr(os, "geteuid")
_OURS = "ISO_READINESS_"
# What people reach this machine by from itself; nobody is led anywhere by these, and a proxy may ask by them.
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})


class SettingsError(Exception):
    """The environment does not let the product start; the message says why, one line for each problem."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this installation runs.

    ``secret_key`` signs sessions; where it is empty a key is kept with the data.
    ``data`` is the folder for the database and its backups; ``content`` the folder with the questionnaires; ``host`` and
    ``port`` where the server listens, or the path of a Unix ``socket``; ``workers`` and ``threads`` how many serve; ``backups``
    when they are made, "daily" or "no"; ``retention_months`` after how many months without a change an assessment goes, 0 for
    never; ``log`` the form of a line for every answer, "json", "text" or "no"; ``metrics``
    whether figures are shown to Prometheus; ``public_url`` the address people use, if another, with the path it lies below;
    ``allowed_hosts`` other names that the server answers to; ``trusted_proxies`` how many proxies stand before the server,
    whose word about visitors is believed; ``security_contact`` whom to tell of a hole, as an address that begins with
    ``mailto:`` or ``https://``; ``design`` whether the page with every component is there, which is for developers only;
    ``locale`` the folder with the catalogues.
    """

    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    data: Path
    content: Path
    host: str = "127.0.0.1"
    port: int = 8000
    socket: str = ""
    workers: int = 1
    threads: int = 4
    backups: str = "daily"
    retention_months: int = 0
    log: str = "no"
    metrics: bool = False
    public_url: str = ""
    allowed_hosts: tuple[str, ...] = ()
    trusted_proxies: int = 0
    security_contact: str = ""
    design: bool = False
    locale: Path = PACKAGE / "locale"

    @property
    def backups_folder(self) -> Path:
        """Where backups are that are made without being asked for: daily ones, and those before an upgrade or a restore."""
        return self.data / "backups"

    @property
    def https(self) -> bool:
        """Whether people reach the product over https, so that cookies are sent over nothing else."""
        return self.public_url.startswith("https://")

    @property
    def prefix(self) -> str:
        """The path that every address begins with, such as ``/iso``; empty where the product has a name for itself."""
        return urlsplit(self.public_url).path

    @property
    def address(self) -> str:
        """Where people open the product; one that listens on every address is open on this machine, too."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, shown)  # noqa: S104
        return self.public_url or f"http://{name}:{self.port}"

    @property
    def answers_to(self) -> frozenset[str]:
        """The names, without ports, that a request may be addressed to; empty where any name may be used."""
        if not self.public_url and not self.allowed_hosts:
            return frozenset()
        named = {urlsplit(self.public_url).netloc, *self.allowed_hosts} - {""}
        return frozenset(re.sub(":[0-9]+$", "", name) for name in named) | LOCAL_HOSTS


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One environment variable.

    ``read`` makes its value of what is written, and raises ``ValueError`` with what to say after its name. Where nothing is
    written, ``usual`` is, or else ``nothing`` is its value. A value that is ``secret`` is never shown.
    """

    name: str
    about: str
    read: Callable[[str], Any]
    usual: str = ""
    nothing: Any = ""
    secret: bool = False


SETTINGS = (
    Setting(name="ISO_READINESS_DATA", about="folder for the database and its backups", read=kinds.data),
    Setting(name="ISO_READINESS_CONTENT", about="folder with the questionnaires", read=kinds.content),
    Setting(name="ISO_READINESS_HOST", about="address to listen on", read=kinds.host, usual="127.0.0.1"),
    Setting(name="ISO_READINESS_PORT", about="port to listen on", read=kinds.number(1, 65535, "a port"), usual="8000"),
    Setting(name="ISO_READINESS_SOCKET", about="Unix socket to listen on instead", read=kinds.socket),
    Setting(name="ISO_READINESS_WORKERS", about="processes that serve", read=kinds.number(1, 32, "a number"), usual="1"),
    Setting(name="ISO_READINESS_THREADS", about="threads in each of them", read=kinds.number(1, 64, "a number"), usual="4"),
    Setting(name="ISO_READINESS_BACKUPS", about="when backups are made", read=kinds.one_of("daily", "no"), usual="daily"),
    Setting(
        name="ISO_READINESS_RETENTION",
        about="months after which what nobody changes goes",
        read=kinds.number_or_no(1, 120, "a number of months"),
        usual="no",
    ),
    Setting(name="ISO_READINESS_LOG", about="lines for answers", read=kinds.one_of("json", "text", "no"), usual="no"),
    Setting(name="ISO_READINESS_METRICS", about="shows /metrics", read=kinds.yes("the page /metrics"), nothing=False),
    Setting(name="PUBLIC_URL", about="address people use, with the path it lies below", read=kinds.public_url),
    Setting(name="ALLOWED_HOSTS", about="further names to answer to, commas between", read=kinds.allowed_hosts, nothing=()),
    Setting(
        name="TRUSTED_PROXIES",
        about="proxies in front",
        read=kinds.number(0, 9, "the number of proxies in front"),
        usual="0",
    ),
    Setting(name="DATABASE_URL", about="where everything is kept", read=kinds.database_url, secret=True),
    Setting(name="SECRET_KEY", about="signs sessions and forms", read=kinds.secret, secret=True),
    Setting(name="SECURITY_CONTACT", about="whom to tell of a hole", read=kinds.contact),
    Setting(
        name="ISO_READINESS_DESIGN",
        about="shows /design to developers",
        read=kinds.yes("the page /design"),
        nothing=False,
    ),
)


def read_values(environment: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Return the value of every setting that can be read, by its name, and a sentence about every one that cannot.

    What is set to nothing is not set.
    """
    values: dict[str, Any] = {}
    problems = []
    for setting in SETTINGS:
        try:
            written = environment.get(setting.name) or _usual(setting, environment, values)
            values[setting.name] = setting.read(written) if written else setting.nothing
        except ValueError as error:
            problems.append(f"{setting.name} {error}")
    return values, problems


def _usual(setting: Setting, environment: Mapping[str, str], values: Mapping[str, Any]) -> str:
    """Return what stands for a setting that is not set; of the database only once the data folder is known."""
    if setting.name == "ISO_READINESS_DATA":
        return str(usual_data_folder(environment))
    if setting.name == "ISO_READINESS_CONTENT":
        return str(shipped("questionnaires"))
    if setting.name == "DATABASE_URL" and "ISO_READINESS_DATA" in values:
        return f"sqlite:///{values['ISO_READINESS_DATA'] / 'assessments.sqlite3'}"
    return setting.usual


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables (all optional), making the data folder where missing.

    Raises ``SettingsError`` for a value that cannot work.
    """
    values, problems = read_values(environment)
    if problems:
        raise SettingsError("\n".join(problems))
    data = values["ISO_READINESS_DATA"]
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"The data folder {data} cannot be used: {error.filename}: {error.strerror}.") from error
    return Settings(
        database_url=values["DATABASE_URL"],
        secret_key=values["SECRET_KEY"],
        data=data,
        content=values["ISO_READINESS_CONTENT"],
        host=values["ISO_READINESS_HOST"],
        port=values["ISO_READINESS_PORT"],
        socket=values["ISO_READINESS_SOCKET"],
        workers=values["ISO_READINESS_WORKERS"],
        threads=values["ISO_READINESS_THREADS"],
        backups=values["ISO_READINESS_BACKUPS"],
        retention_months=values["ISO_READINESS_RETENTION"],
        log=values["ISO_READINESS_LOG"],
        metrics=values["ISO_READINESS_METRICS"],
        public_url=values["PUBLIC_URL"],
        allowed_hosts=values["ALLOWED_HOSTS"],
        trusted_proxies=values["TRUSTED_PROXIES"],
        security_contact=values["SECURITY_CONTACT"],
        design=values["ISO_READINESS_DESIGN"],
    )


def unknown_settings(environment: Mapping[str, str]) -> list[str]:
    """Return the names that begin like a setting of this product and are none: mistyped, or of another version."""
    known = {setting.name for setting in SETTINGS}
    return sorted(name for name in environment if name.startswith(_OURS) and name not in known)


def precautions(settings: Settings) -> list[str]:
    """Return what an administrator should put right, one sentence each; the key is made readable by its owner only."""
    said: list[str] = []
    for path, most in ((settings.data, 0o700), (settings.data / _SECRET_FILE, 0o600)) if HAS_MODES else ():
        try:
            mode = path.stat().st_mode & 0o777
            if mode & ~most and path.is_file():
                path.chmod(most)
        except OSError:
            continue  # there is none, or it is somebody else's; what keeps the product from working is said elsewhere
        if mode & 0o077:
            put_right = "now only its owner can" if path.is_file() else f"run: chmod {most:o} {path}"
            said.append(f"{path} has mode {mode:o}: others can read or change what is in it; {put_right}.")
    return [*said, *(f"{name} is no setting of this version; it does nothing." for name in unknown_settings(os.environ))]


def runs_as_root() -> bool:
    """Tell whether this process may do everything on the machine, so that a fault of the product could, too."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def read_content(environment: Mapping[str, str]) -> Path:
    """Return the folder with the questionnaires, for commands that need nothing else. Raises ``SettingsError``."""
    values, problems = read_values(environment)
    if "ISO_READINESS_CONTENT" not in values:
        raise SettingsError("\n".join(problem for problem in problems if problem.startswith("ISO_READINESS_CONTENT")))
    content: Path = values["ISO_READINESS_CONTENT"]
    return content


def former_key(settings: Settings) -> str:
    """Return the key that earlier versions kept in the data folder, and that what they signed needs; empty where there is none.

    Raises ``SettingsError`` for one that could be guessed.
    """
    path = settings.data / _SECRET_FILE
    try:
        kept = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from error
    if weakness := weakness_of(kept):
        raise SettingsError(f"{path} {weakness}; delete it to have a new key made (everybody then opens their link again)")
    return kept
