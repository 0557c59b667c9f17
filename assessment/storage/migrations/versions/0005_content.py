"""The content of an answer in one column, as the history writes it"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Row = Mapping[str, Any]
# One text for each in the first shape.
COLUMNS = ("state", "rung", "reason", "who", "note", "evidence", "last_done", "carried_from")
KEY = ("assessment_id", "standard", "question")
ROWS_AT_ONCE = 1000
RENAMED = ("profile_answer", "plan_step", "letterhead")


def upgrade() -> None:
    op.add_column("answer", sa.Column("content", sa.Text(), nullable=False, server_default=""))
    _rewrite(read=COLUMNS, write=("content",), change=_content)
    for name in COLUMNS:
        op.drop_column("answer", name)
    for table in RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN value TO content")


def downgrade() -> None:
    for table in RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN content TO value")
    for name in COLUMNS:
        op.add_column("answer", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    _rewrite(read=("content",), write=COLUMNS, change=lambda row: _columns(json.loads(row["content"])))
    op.drop_column("answer", "content")


def _rewrite(*, read: Sequence[str], write: Sequence[str], change: Callable[[Row], Mapping[str, str]]) -> None:
    """Fill columns of every answer from others, some rows at a time."""
    connection = op.get_bind()
    table = sa.table("answer", *(sa.column(name) for name in dict.fromkeys((*KEY, *read, *write))))
    key = [table.c[name] for name in KEY]
    written = (
        sa.update(table)
        .where(*(table.c[name] == sa.bindparam(f"key_{name}") for name in KEY))
        .values({name: sa.bindparam(f"new_{name}") for name in write})
    )
    last: tuple[Any, ...] | None = None
    while True:
        query = sa.select(table).order_by(*key).limit(ROWS_AT_ONCE)
        if last is not None:
            query = query.where(sa.tuple_(*key) > sa.tuple_(*(sa.literal(part) for part in last)))
        rows = [dict(row) for row in connection.execute(query).mappings()]
        if not rows:
            return
        changed = [
            {f"key_{name}": row[name] for name in KEY} | {f"new_{name}": value for name, value in change(row).items()}
            for row in rows
        ]
        connection.execute(written, changed)
        last = tuple(rows[-1][name] for name in KEY)


def _content(row: Row) -> dict[str, str]:
    return {"content": _canonical({name: row[name] for name in COLUMNS})}


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _columns(content: Row) -> dict[str, str]:
    """Return the columns of an answer of any shape; the second has lists for evidence and null for nothing."""
    if "shape" not in content:
        return {name: content[name] for name in COLUMNS}
    evidence = [{**piece, "dated": piece["dated"] or ""} for piece in content["evidence"]]
    return {
        **{name: content[name] or "" for name in COLUMNS if name != "evidence"},
        "evidence": _canonical(evidence) if evidence else "",
    }
