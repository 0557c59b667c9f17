"""Sessions of browsers, so that each can be seen and ended"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "browser_session",
        sa.Column("session_sha256", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("session_sha256"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_browser_session_replaces", "browser_session", ["replaces"])
    op.create_index("session_grant_by_assessment", "session_grant", ["assessment_id"])
    # Whoever holds something goes on holding it; which browser that is becomes known with its next page.
    op.execute(
        "INSERT INTO browser_session (session_sha256, browser, system, created_at, last_used_at, replaces) "
        "SELECT session_sha256, '', '', min(granted_at), NULL, NULL FROM session_grant GROUP BY session_sha256"
    )


def downgrade() -> None:
    op.drop_index("session_grant_by_assessment", "session_grant")
    op.drop_table("browser_session")
