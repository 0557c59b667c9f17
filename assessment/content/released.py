"""What people may have said in an assessment: names that every later content still has, since stored answers hold them."""

from collections.abc import Iterable, Iterator, Mapping

from assessment.content.reading import Source
from assessment.domain.profile import ProfileQuestion
from assessment.domain.standard import Standard
from assessment.domain.worksheet import Worksheet

FILE = "released.toml"


def check_released(source: Source, names: Mapping[str, Iterable[str]]) -> None:
    """Record a fault for each released name that the content has no longer; ``names`` are as of `names_in`.

    Of a standard or a worksheet that is not installed nothing is demanded.
    """
    if not (source.root / FILE).exists():
        return
    released = source.read(FILE)
    written = {
        "profile": released.texts("profile", ()),
        "editions": released.texts("editions", ()),
        "steps": released.texts("steps", ()),
        "worksheets": released.texts("worksheets", ()),
    }
    of_others = _owners(written) - _owners(names)
    for kind, there in names.items():
        for name in sorted(set(written[kind]) - set(there)):
            if name.partition("/")[0] in of_others:
                continue
            released.fault(kind, f"'{name}' was released and is gone; what people said with it could not be read any more")
    released.close()


def _owners(names: Mapping[str, Iterable[str]]) -> set[str]:
    """Return the standards and worksheets that names belong to."""
    return {name.partition("/")[0] for kind in ("editions", "worksheets") for name in names[kind]}


def names_in(
    profile: Iterable[ProfileQuestion],
    standards: Iterable[Standard],
    actions: Iterable[str],
    worksheets: Iterable[Worksheet],
) -> dict[str, list[str]]:
    """Return what people can say, by kind: choices of the profile, editions, steps of the plan, and what worksheets offer.

    Questions of standards have a file of their own, since they may be retired.
    """
    return {
        "profile": [f"{question.id}/{choice.id}" for question in profile for choice in question.choices],
        "editions": [f"{standard.id}/{edition.id}" for standard in standards for edition in standard.editions],
        "steps": list(actions),
        "worksheets": [f"{worksheet.id}/{name}" for worksheet in worksheets for name in _of_worksheet(worksheet)],
    }


def _of_worksheet(worksheet: Worksheet) -> Iterator[str]:
    """Yield fields by the prefix of their lines, with what can be chosen in them; starter lists, and their candidates."""
    for register in worksheet.registers.values():
        for field in register.fields:
            yield f"{register.prefix}/{field.id}"
            yield from (
                f"{register.prefix}/{field.id}/{choice}" for choice in (*(each.id for each in field.choices), *field.units)
            )
    yield from (f"list/{each.id}" for each in worksheet.starter.lists)
    yield from (f"candidate/{each.id}" for each in worksheet.starter.candidates)
