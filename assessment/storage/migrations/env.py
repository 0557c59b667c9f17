"""How Alembic reaches the database: through the connection that `schema.migrate` was given."""

from alembic import context

from assessment.storage.tables import assessment

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=assessment.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
