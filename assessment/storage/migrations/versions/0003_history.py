"""A chained history, save keys, deleting with time to undo, and limits"""

import sqlalchemy as sa
from alembic import op

from assessment.storage.history import chained

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The databases themselves refuse to alter the history; rows go only together with their whole assessment.
GUARDS = {
    "sqlite": (
        """CREATE TRIGGER history_is_not_altered BEFORE UPDATE ON change
           BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END""",
        """CREATE TRIGGER history_is_not_shortened BEFORE DELETE ON change
           WHEN EXISTS (SELECT 1 FROM assessment WHERE id = OLD.assessment_id)
           BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION history_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM assessment WHERE id = OLD.assessment_id) THEN RETURN OLD; END IF;
           RAISE EXCEPTION 'the history is only added to'; END $$""",
        """CREATE TRIGGER history_is_not_altered BEFORE UPDATE OR DELETE ON change
           FOR EACH ROW EXECUTE FUNCTION history_guard()""",
    ),
}
UNGUARDS = {
    "sqlite": ("DROP TRIGGER history_is_not_altered", "DROP TRIGGER history_is_not_shortened"),
    "postgresql": ("DROP TRIGGER history_is_not_altered ON change", "DROP FUNCTION history_guard()"),
}


def upgrade() -> None:
    op.add_column("assessment", sa.Column("chain", sa.Text(), nullable=False, server_default=""))
    op.add_column("assessment", sa.Column("delete_after", sa.DateTime(timezone=True), nullable=True))
    op.create_index("assessment_to_delete", "assessment", ["delete_after"])
    op.add_column("change", sa.Column("hash", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "save_receipt",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("save_key", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "save_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("save_receipt_by_age", "save_receipt", ["saved_at"])
    op.create_table(
        "attempt",
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bucket"),
        sqlite_with_rowid=False,
    )
    _chain_what_is_there(op.get_bind())
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def _chain_what_is_there(connection: sa.Connection) -> None:
    """Give every change the hash it would have been written with."""
    change = sa.table(
        "change",
        sa.column("assessment_id"),
        sa.column("number"),
        sa.column("subject"),
        sa.column("version"),
        sa.column("content"),
        sa.column("changed_by"),
        sa.column("changed_at", sa.DateTime(timezone=True)),
        sa.column("hash"),
    )
    assessment = sa.table("assessment", sa.column("id"), sa.column("changes"), sa.column("chain"))
    for assessment_id in connection.execute(sa.select(assessment.c.id)).scalars().all():
        rows = connection.execute(
            sa.select(change).where(change.c.assessment_id == assessment_id).order_by(change.c.number)
        ).mappings()
        chain = ""
        for row in rows.all():
            chain = chained(chain, dict(row))
            this = (change.c.assessment_id == assessment_id, change.c.number == row["number"])
            connection.execute(sa.update(change).where(*this).values(hash=chain))
        connection.execute(sa.update(assessment).where(assessment.c.id == assessment_id).values(chain=chain))


def downgrade() -> None:
    for statement in UNGUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("attempt")
    op.drop_table("save_receipt")
    op.drop_index("assessment_to_delete", "assessment")
    op.drop_column("change", "hash")
    op.drop_column("assessment", "delete_after")
    op.drop_column("assessment", "chain")
