"""When an assessment that nobody changed for long goes"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessment", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("assessment_to_expire", "assessment", ["expires_at"])


def downgrade() -> None:
    op.drop_index("assessment_to_expire", "assessment")
    op.drop_column("assessment", "expires_at")
