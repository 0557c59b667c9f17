"""The names of the paths, as they are stored."""

from assessment.domain.question_path import QuestionPath


def test_paths_keep_the_names_under_which_they_are_stored() -> None:
    assert [path.value for path in QuestionPath] == ["quick", "full", "new-in-edition", "again"]
