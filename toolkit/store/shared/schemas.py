"""The schemas of an engagement on a server: whether they are there and fit, and how they are made.

What the team said and did is in the engagement's own schema. What a folder's files are, is in the schema of that folder: its
snapshots are nobody else's.
"""

from typing import NoReturn

import sqlalchemy as sa

from toolkit.errors import InputError
from toolkit.store.shared.place import SharedPlace
from toolkit.store.shared.server import Server
from toolkit.store.state import (
    APPROVALS,
    AUDIT_LOG,
    DECISIONS,
    JOURNAL,
    MATCHINGS,
    META,
    METADATA,
    MODELS,
    PLANS,
    PRESENCE,
    PULLS,
    RENAMES,
    RULINGS,
    SETTINGS,
    SNAPSHOTS,
    WRITER,
)

VERSION = 2
"""Of the tables; it rises with every change of them."""

TEAM_TABLES = (DECISIONS, RULINGS, RENAMES, PLANS, APPROVALS, JOURNAL, AUDIT_LOG)
FOLDER_TABLES = (SNAPSHOTS, PRESENCE, SETTINGS, PULLS, MODELS, MATCHINGS)
NOBODY = {"pid": 0, "started": "", "host": "", "token": "", "purpose": "", "since": ""}
"""What stands in the row of the writer while nobody writes."""

_FACTS = """
SELECT to_regnamespace('{team}') IS NOT NULL AS has_team, to_regnamespace('{desk}') IS NOT NULL AS has_desk,
       current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
       current_setting('full_page_writes') AS pages, current_setting('server_version_num')::integer AS version
"""
_OLDEST = 120_000


def found_schemas(server: Server) -> tuple[bool, bool]:
    """Return whether the schema of the engagement and that of the folder are there.

    Raises
    ------
    InputError
        The server would not keep what it is given.
    """
    place = server.place
    with server.readers.connect() as connection:
        facts = connection.exec_driver_sql(_FACTS.format(team=place.schema, desk=place.desk_schema(server.desk))).one()
    wrong = ""
    if facts.version < _OLDEST:
        wrong = "is older than PostgreSQL 12. Have it updated"
    elif facts.encoding != "UTF8":
        wrong = f"keeps text of this database in {facts.encoding}. Have a database made with ENCODING 'UTF8'"
    elif "off" in {facts.fsync, facts.pages}:
        wrong = (
            "does not bring what is committed onto its disk (fsync or full_page_writes is off): a power cut would lose what "
            "was noted before a change was sent. Have that switched on"
        )
    if wrong:
        raise InputError(f"The server of {place.shown} {wrong}.")
    return bool(facts.has_team), bool(facts.has_desk)


def set_aside(server: Server) -> str:
    """Return the schema that holds a state which somebody took back into a folder; empty where nobody did."""
    chosen = sa.text("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, :name) ORDER BY nspname DESC LIMIT 1")
    with server.readers.connect() as connection:
        found = connection.execute(chosen, {"name": f"{server.place.schema}_until_"}).scalar_one_or_none()
    return str(found or "")


def refuse_missing(server: Server) -> NoReturn:
    """Say that there is no state of the engagement in this database, and where it may be."""
    place, aside = server.place, set_aside(server)
    if aside:
        raise InputError(
            f"The state of this engagement was taken back from {place.shown} into a folder ({aside.rpartition('_')[2]} UTC)."
            " Whoever did that has it now, and can share it again: integration-audit engagement share."
        )
    raise InputError(
        f"There is no state of engagement {place.engagement_id} in {place.shown}. It may be the database of another "
        f"engagement: mend the address kept as {place.reference}, or 'state' in engagement.yaml. If the database was lost "
        "for good: 'integration-audit engagement unshare --from-copy' goes on with the copy in this folder."
    )


def refuse_other_version(connection: sa.Connection, place: SharedPlace) -> None:
    """Refuse tables of another version of this program.

    Parameters
    ----------
    connection
        That reads.
    place
        Where the state is.

    Raises
    ------
    InputError
        They are older or newer, or of another engagement.
    """
    version = tables_version(connection, place)
    if version > VERSION:
        raise InputError(
            f"The state in {place.shown} is that of a newer version of this program (tables {version}, this one knows "
            f"{VERSION}). Update it: python -m pip install --upgrade integration-audit."
        )
    if version < VERSION:
        raise InputError(
            f"The state in {place.shown} is that of an earlier version of this program (tables {version}, this one needs "
            f"{VERSION}). 'integration-audit engagement share' brings it up once; colleagues then need this version too."
        )


def tables_version(connection: sa.Connection, place: SharedPlace) -> int:
    """Return the version of the tables of an engagement.

    Raises
    ------
    InputError
        They are those of another one.
    """
    found = connection.exec_driver_sql(f"SELECT name, value FROM {place.schema}.meta")
    held: dict[str, str] = {row.name: row.value for row in found}
    if held.get("engagement") != place.engagement_id:
        raise InputError(
            f"What is in {place.schema} of {place.shown} belongs to another engagement. Have a backup put back, or mend "
            "'state' in engagement.yaml."
        )
    return int(held.get("tables", "0"))


def make_team(connection: sa.Connection, place: SharedPlace) -> None:
    """Make the engagement's schema and its tables, empty."""
    _make(connection, place.schema, (*TEAM_TABLES, WRITER, META))
    connection.execute(sa.insert(WRITER).values(id=1, **NOBODY))
    connection.execute(
        sa.insert(META),
        [{"name": "engagement", "value": place.engagement_id}, {"name": "tables", "value": str(VERSION)}],
    )


def make_desk(connection: sa.Connection, place: SharedPlace, desk: str) -> None:
    """Make the schema of a folder and its tables, empty.

    Parameters
    ----------
    connection
        In a transaction.
    place
        Where the state is.
    desk
        Which folder it is.
    """
    _make(connection, place.desk_schema(desk), (*FOLDER_TABLES, META))
    connection.execute(sa.insert(META).values(name="engagement", value=place.engagement_id))


def complete(connection: sa.Connection, place: SharedPlace) -> None:
    """Give the tables of an earlier version what they lack, in every folder's schema too.

    Parameters
    ----------
    connection
        In a transaction.
    place
        Where the state is.
    """
    chosen = sa.text("SELECT nspname FROM pg_namespace WHERE nspname ~ :name ORDER BY nspname")
    names = connection.execute(chosen, {"name": f"^{place.schema}(_[0-9a-f]{{8}})?$"}).scalars().all()
    for name in names:
        enter(connection, name)
        tables = (*TEAM_TABLES, WRITER, META) if name == place.schema else (*FOLDER_TABLES, META)
        known = sa.inspect(connection)
        for table in tables:
            if not known.has_table(table.name, schema=name):
                METADATA.create_all(connection, tables=[table], checkfirst=False)
                continue
            present = {one["name"] for one in known.get_columns(table.name, schema=name)}
            for column in table.columns:
                if column.name not in present:
                    kind = column.type.compile(connection.dialect)
                    rule = "" if column.nullable else " NOT NULL DEFAULT '{}'"
                    connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {kind}{rule}")
    enter(connection, place.schema)
    connection.execute(sa.delete(META).where(META.c.name == "tables"))
    connection.execute(sa.insert(META).values(name="tables", value=str(VERSION)))


def _make(connection: sa.Connection, schema: str, tables: tuple[sa.Table, ...]) -> None:
    connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    enter(connection, schema)
    METADATA.create_all(connection, tables=tables, checkfirst=False)


def enter(connection: sa.Connection, *schemas: str) -> None:
    """Let names of tables mean those of some schemas, the first before the next, until the transaction ends."""
    connection.exec_driver_sql(f"SET LOCAL search_path TO {', '.join(schemas)}")
