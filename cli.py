"""The door for machines: the same verbs as the screens, without a screen.

Progress goes to standard error, results to standard output. Exit codes: 0 done, 1 refused input, 2 wrong usage, 3 a fault
of the program, 130 stopped by the person who waits.

A verb imports what reads data or computes when it is called: help, and the record of who did what, wait for no library
that they do not use.
"""

import typer

from data.log_lines import keep_data_out, write_lines
from verbs.auditing import audit_app
from verbs.backing_up import backup_command, restore_command
from verbs.beginning import init_command
from verbs.briefing import brief_command, due_command
from verbs.converting import convert_command
from verbs.counting import count_points_command
from verbs.counting_referrals import count_referrals_command
from verbs.fetching import fetch_app
from verbs.health import health_command
from verbs.inventing import demo_command, demo_data_command, demo_referrals_command
from verbs.keeping import retention_app
from verbs.loading import ingest_command, snapshots_command
from verbs.migrating import migrate_command
from verbs.packing import pack_command
from verbs.partnerships import partnerships_command
from verbs.replaying import replay_command
from verbs.running import run_command
from verbs.withdrawing import withdraw_command

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Where Prevent referrals and hate crime are both high, ward by ward, and how sure that is.",
)
app.command("init")(init_command)
app.command("ingest")(ingest_command)
app.command("count-points")(count_points_command)
app.command("convert")(convert_command)
app.command("count-referrals")(count_referrals_command)
app.command("run")(run_command)
app.command("replay")(replay_command)
app.command("due")(due_command)
app.command("brief")(brief_command)
app.command("pack")(pack_command)
app.command("demo")(demo_command)
app.command("demo-referrals")(demo_referrals_command)
app.command("demo-data")(demo_data_command)
app.command("snapshots")(snapshots_command)
app.command("partnerships")(partnerships_command)
app.command("withdraw")(withdraw_command)
app.command("backup")(backup_command)
app.command("restore")(restore_command)
app.command("health")(health_command)
app.command("migrate")(migrate_command)
app.add_typer(fetch_app, name="fetch")
app.add_typer(retention_app, name="retention")
app.add_typer(audit_app, name="audit")

if __name__ == "__main__":
    keep_data_out()
    write_lines()
    app()
