"""The table of roles and rights."""

import pytest

from assessment.domain.rights import RIGHTS, Right, Role, allows


def test_an_owner_may_do_everything() -> None:
    assert {right for right in Right if allows(Role.OWNER, right)} == set(Right) != set()


def test_every_role_is_in_the_table_and_may_read() -> None:
    assert set(RIGHTS) == set(Role)
    assert all(allows(role, Right.READ) for role in Role)


def test_a_reader_may_read_and_nothing_else() -> None:
    assert [right for right in Right if allows(Role.READER, right)] == [Right.READ]


def test_an_editor_does_all_the_work_and_owns_nothing() -> None:
    assert set(Right) - {right for right in Right if allows(Role.EDITOR, right)} == {Right.OWN}


@pytest.mark.parametrize("role", ["", "Owner", "owner ", "administrator"])
def test_a_role_that_is_not_in_the_table_may_do_nothing(role: str) -> None:
    assert not any(allows(role, right) for right in Right)
