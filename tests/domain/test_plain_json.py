"""JSON that two readers could read differently is refused."""

import pytest

from assessment.domain.plain_json import NameTwiceError, parse


def test_what_json_can_say_is_read_as_it_stands() -> None:
    assert parse('{"a": [1, 2.5, -3e2, null, true, "ü"], "b": {"a": {}}}') == {
        "a": [1, 2.5, -300.0, None, True, "ü"],
        "b": {"a": {}},
    }


@pytest.mark.parametrize("text", ['{"a": 1, "a": 1}', '[{"b": {"a": 1, "c": 2, "a": 3}}]'])
def test_a_name_that_stands_twice_is_refused_and_named(text: str) -> None:
    with pytest.raises(NameTwiceError, match="a"):
        parse(text)


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a": -Infinity}', "1e999", "[-1e400]"])
def test_a_number_that_json_has_not_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        parse(text)


@pytest.mark.parametrize("text", ["", "{", "[1,]", "{'a': 1}", "01"])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse(text)
