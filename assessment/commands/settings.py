"""`settings`: every setting, what it is now, and whether that can work."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from assessment.settings import SETTINGS, Setting, read_values, unknown_settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def settings(*, as_json: bool) -> None:
    """List every setting with its value; end with 2 where one cannot work. Secrets are not shown."""
    values, problems = read_values(os.environ)
    listed = [_listed(setting, values) for setting in SETTINGS]
    unknown = unknown_settings(os.environ)
    if as_json:
        click.echo(json.dumps({"settings": listed, "problems": problems, "unknown": unknown}, indent=2))
    else:
        for each in listed:
            mark = "*" if each["set"] else " "
            click.echo(f"{mark} {each['name']:<23} {each['value'] or '-'}\n{'':26}{each['about']}")
        click.echo("* is set in the environment.")
        for problem in problems:
            click.echo(f"WRONG: {problem}.", err=True)
        for name in unknown:
            click.echo(f"{name} is no setting of this version; it does nothing.", err=True)
    if problems:
        sys.exit(2)


def _listed(setting: Setting, values: dict[str, Any]) -> dict[str, Any]:
    is_set = bool(os.environ.get(setting.name))
    value = values.get(setting.name, "wrong")
    if setting.secret and is_set:
        value = "(not shown)"
    elif isinstance(value, tuple):
        value = ", ".join(value)
    elif isinstance(value, Path):
        value = str(value)
    elif isinstance(value, bool):
        value = "yes" if value else ""
    return {"name": setting.name, "value": value, "set": is_set, "about": setting.about}
