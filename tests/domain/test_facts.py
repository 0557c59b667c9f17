"""How well a fact is known."""

from assessment.domain.facts import Confidence
from assessment.paths import shipped


def test_each_way_of_knowing_is_one_that_the_guide_for_authors_explains_surest_first() -> None:
    guide = (shipped("questionnaires") / "README.md").read_text(encoding="utf-8").splitlines()
    [explained] = [line for line in guide if line.startswith("| `confidence` |")]
    places = [explained.find(each) for each in Confidence]
    assert -1 not in places
    assert places == sorted(places)
