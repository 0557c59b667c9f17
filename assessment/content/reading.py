"""Reading TOML tables field by field, in one language, and remembering every fault instead of stopping at the first."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

# From where a text stands, such as "standard/internal-audit-cycle asks", and the text as written, to the text as shown.
Translator = Callable[[str, str], str]
_CHAPTER_FILE = re.compile(r"/[0-9][^/]*$")


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with the content: where, and what was expected and found."""

    file: str
    where: str
    field: str
    problem: str

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.file, self.where, self.field) if part)
        return f"{place}: {self.problem}"


class ContentError(Exception):
    """The content has faults; ``faults`` holds all of them, sorted by file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Faults:
    """Collects faults while content is read."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def add(self, file: str, where: str, field: str, problem: str) -> None:
        """Remember one fault."""
        self._found.append(Fault(file, where, field, problem))

    def raise_if_any(self) -> None:
        """Raise ``ContentError`` with everything found so far."""
        if self._found:
            raise ContentError(self._found)


def as_written(_context: str, text: str) -> str:
    """Return a text in the language in which the content is written."""
    return text


class Source:
    """A content folder that is being read: where it lies, in which language its texts are given, and its faults so far."""

    def __init__(self, root: Path, translate: Translator) -> None:
        self.root = root
        self.translate = translate
        self.faults = Faults()

    def read(self, file: str) -> "Table":
        """Read one TOML file, named from the root; an unreadable or missing one is a fault and reads as empty."""
        try:
            data = tomllib.loads((self.root / file).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.faults.add(file, "", "", "is missing")
            data = {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.faults.add(file, "", "", f"is not readable as TOML: {error}")
            data = {}
        # A question keeps its id for ever, whichever file of its standard it stands in.
        return Table(data, self, file, where="", context=_CHAPTER_FILE.sub("", file.removesuffix(".toml")))


_REQUIRED: Any = object()
_KINDS = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table", date: "a date"}


class Table:
    """One TOML table. Each reader names a field once; ``close`` then reports every field nobody asked for.

    A reader that finds a fault records it and returns a harmless value of the right type, so that reading goes on. ``where``
    says in faults, and ``context`` to translators, which table of the file it is.
    """

    def __init__(self, data: Mapping[str, Any], source: Source, file: str, *, where: str, context: str) -> None:
        self.file = file
        self.where = where
        self.context = context
        self._data = data
        self._source = source
        self._asked: set[str] = set()

    def fault(self, field: str, problem: str) -> None:
        """Record a fault of a field of this table."""
        self._source.faults.add(self.file, self.where, field, problem)

    def text(self, field: str, default: str = _REQUIRED) -> str:
        """Read a text that is not blank; ``default`` makes the field optional."""
        value: str = self._get(field, str, default, "")
        if not value.strip() and field in self._data and isinstance(self._data[field], str):
            self.fault(field, "is empty")
        return value

    def texts(self, field: str, default: tuple[str, ...] = _REQUIRED) -> tuple[str, ...]:
        """Read a list of texts, none blank, none twice."""
        values: Iterable[Any] = self._get(field, list, default, ())
        for value in values:
            if not isinstance(value, str) or not value.strip():
                self.fault(field, f"expected a list of texts, found {value!r} in it")
        kept = tuple(value for value in values if isinstance(value, str) and value.strip())
        if len(set(kept)) != len(kept):
            self.fault(field, "names something twice")
        return kept

    def wording(self, field: str, default: str = _REQUIRED) -> str:
        """Return a text that people read, in the language of this reading; otherwise like `text`."""
        return self.translated(field, self.text(field, default))

    def wordings(self, field: str, default: tuple[str, ...] = _REQUIRED) -> tuple[str, ...]:
        """Return a list of texts that people read, in the language of this reading; otherwise like `texts`."""
        return tuple(self.translated(field, text) for text in self.texts(field, default))

    def translated(self, field: str, text: str) -> str:
        """Return a text of a field in the language of this reading; an empty one stays empty."""
        return self._source.translate(f"{self.context} {field}", text) if text else text

    def whole(self, field: str, low: int, high: int, default: int = _REQUIRED) -> int:
        """Read a whole number from ``low`` to ``high``."""
        value: int = self._get(field, int, default, low)
        if not low <= value <= high:
            self.fault(field, f"expected {low} to {high}, found {value}")
            return low
        return value

    def half_days(self, field: str) -> float:
        """Person-days above 0, in halves."""
        value = self._data.get(field)
        self._asked.add(field)
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0 or (value * 2) % 1:
            self.fault(field, f"expected person-days above 0 in halves, found {value!r}")
            return 0.5
        return float(value)

    def flag(self, field: str, *, default: bool = _REQUIRED) -> bool:
        """Read true or false; false where the field is left out."""
        value: bool = self._get(field, bool, default, False)  # noqa: FBT003
        return value

    def day(self, field: str) -> date:
        """Read a date."""
        value: date = self._get(field, date, _REQUIRED, date.min)
        return value

    def day_or_none(self, field: str) -> date | None:
        """Read a date, or ``None`` where the field is left out."""
        return self.day(field) if field in self._data else None

    def one_of(self, field: str, allowed: Iterable[str], default: str = _REQUIRED) -> str:
        """Read a text that must be one of ``allowed``; the first allowed one stands in after a fault."""
        options = tuple(allowed)
        value = self.text(field, default)
        if value in options or value == default:
            return value
        if field in self._data:
            self.fault(field, f"expected one of {', '.join(options)}, found {value!r}")
        return options[0] if options else ""

    def table(self, field: str) -> "Table":
        """Return a table inside this one."""
        value: Mapping[str, Any] = self._get(field, dict, _REQUIRED, {})
        return self._inner(value, field, f"{self.context} {field}")

    def table_or_empty(self, field: str) -> "Table":
        """Return a table inside this one; an empty one where it is left out."""
        return self.table(field) if field in self._data else self._inner({}, field, f"{self.context} {field}")

    def table_or_none(self, field: str) -> "Table | None":
        """Return a table inside this one, or ``None`` where it is left out."""
        return self.table(field) if field in self._data else None

    def tables(self, field: str, *, at_least: int = 1) -> tuple["Table", ...]:
        """Return a list of tables; each is named in faults by its id, or by its position where it has none."""
        values: Iterable[Any] = self._get(field, list, () if at_least == 0 else _REQUIRED, ())
        tables = []
        for position, value in enumerate(values, start=1):
            if not isinstance(value, dict):
                self.fault(field, f"expected tables, found {value!r}")
                continue
            name = value.get("id")
            label = f"{field} '{name}'" if isinstance(name, str) else f"{field} number {position}"
            context = f"{self.context}/{name}" if isinstance(name, str) else f"{self.context} {field}"
            tables.append(self._inner(value, label, context))
        if field in self._data and len(tables) < at_least:
            self.fault(field, f"expected at least {at_least}, found {len(tables)}")
        return tuple(tables)

    def raw(self, field: str) -> object:
        """Return the value as it stands in the file, unchecked; ``None`` where the field is left out."""
        return self._data.get(field)

    def fields(self) -> tuple[str, ...]:
        """Return the names of all fields, for tables whose fields are ids; marks all as asked for."""
        self._asked.update(self._data)
        return tuple(self._data)

    def close(self) -> None:
        """Report fields that no reader asked for."""
        for field in self._data:
            if field not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.fault(field, f"is not known here; known are {known}")

    def _inner(self, data: Mapping[str, Any], label: str, context: str) -> "Table":
        where = f"{self.where}: {label}" if self.where else label
        return Table(data, self._source, self.file, where=where, context=context)

    def _get(self, field: str, kind: type, default: Any, after_fault: Any) -> Any:
        self._asked.add(field)
        if field not in self._data:
            if default is _REQUIRED:
                self.fault(field, "is missing")
                return after_fault
            return default
        value = self._data[field]
        right = type(value) is kind or (kind in (list, dict) and isinstance(value, kind))
        if not right or isinstance(value, datetime):
            self.fault(field, f"expected {_KINDS[kind]}, found {value!r}")
            return after_fault
        return value
