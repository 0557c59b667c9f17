"""Every module of the domain has its tests."""

from pathlib import Path

import assessment.domain

MODULES = {path.stem for path in Path(assessment.domain.__path__[0]).glob("*.py")} - {"__init__"}


def test_every_module_of_the_domain_has_a_test_file_of_its_name() -> None:
    assert len(MODULES) > 15
    assert {name for name in MODULES if not (Path(__file__).parent / f"test_{name}.py").exists()} == set()
