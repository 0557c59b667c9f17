"""Worksheets: lines, what was said about candidates, and accepted versions"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KIND = "worksheet/"
COLUMNS = ("assessment_id", "subject", "version", "content", "changed_by", "changed_at")


def upgrade() -> None:
    table = op.create_table(
        "worksheet_entry",
        sa.Column("assessment_id", sa.Text(), sa.ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False),
        sa.Column("worksheet", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", "worksheet", "kind", "entry"),
        sqlite_with_rowid=False,
    )
    # After a downgrade the history still has every entry, so that nothing is lost by coming back.
    times = {"changed_at": sa.DateTime(timezone=True)}
    change = sa.table("change", *(sa.column(name, times.get(name, sa.Text())) for name in COLUMNS), sa.column("number"))
    last = (
        sa.select(change.c.assessment_id, change.c.subject, sa.func.max(change.c.number).label("number"))
        .where(change.c.subject.startswith(KIND))
        .group_by(change.c.assessment_id, change.c.subject)
        .subquery()
    )
    query = sa.select(*(change.c[name] for name in COLUMNS)).join(
        last, sa.and_(last.c.assessment_id == change.c.assessment_id, last.c.number == change.c.number)
    )
    rows = []
    for row in op.get_bind().execute(query).mappings():
        worksheet, kind, entry = row["subject"].removeprefix(KIND).split("/", 2)
        kept = {name: row[name] for name in COLUMNS if name != "subject"}
        rows.append({**kept, "worksheet": worksheet, "kind": kind, "entry": entry})
    if rows:
        op.bulk_insert(table, rows)


def downgrade() -> None:
    op.drop_table("worksheet_entry")
