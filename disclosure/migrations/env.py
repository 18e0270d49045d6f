"""What Alembic runs to change a database: on the connection, and in the transaction, of `disclosure/migrating.py`."""

from alembic import context

connection = context.config.attributes["connection"]
# `transactional_ddl`: SQLite can take back a CREATE TABLE as well, where the transaction was begun before it, as here.
context.configure(connection=connection, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
