"""Conditions on what the organisation says about itself."""

from assessment.content.reading import Table
from assessment.domain.standard import Condition


def read_conditions(table: Table, field: str) -> tuple[Condition, ...]:
    """Read conditions, of which one has to hold; none where the field is not there."""
    conditions = []
    for condition in table.tables(field, at_least=0):
        conditions.append(Condition(profile=condition.text("profile"), choices=condition.texts("choices")))
        condition.close()
    return tuple(conditions)
