# ruff: noqa: E501  # tables and made-up files: one a line reads better than one over five
"""Settings files, environment variables and arguments that nobody in his right mind would write."""

from tests.area_files import SETTINGS
from tests.hostile.cases import READ, REFUSED, Change, Corpus, Trial

corpus = Corpus()
EVIL = "\x1b[31m\u202e![x](http://evil.example/x.png)<script>alert(1)</script>"


def text(settings: str) -> Change:
    return lambda trial: setattr(trial, "settings", settings) or None


def replaced(old: str, new: str) -> Change:
    assert old in SETTINGS, old
    return text(SETTINGS.replace(old, new))


NAME = 'name = "Sixwards"'
VINTAGE = "vintage = 2023"
TOML: dict[str, tuple[str, Change]] = {
    "100,000 lists in each other": (REFUSED, text("a = " + "[" * 100_000 + "]" * 100_000)),
    "100,000 tables in each other": (REFUSED, text("a" + ".a" * 100_000 + " = 1")),
    "a number of 5,000 digits": (REFUSED, replaced(VINTAGE, "vintage = " + "9" * 5000)),
    "two megabytes": (REFUSED, text(SETTINGS + "#" * 2**21)),
    "NUL": (REFUSED, text("\0")),
    "a name of 5,000 characters": (REFUSED, replaced(NAME, f'name = "{"x" * 5000}"')),
    "an empty name": (REFUSED, replaced(NAME, 'name = ""')),
    "a list for a name": (REFUSED, replaced(NAME, "name = [1, 2]")),
    "a date for a vintage": (REFUSED, replaced(VINTAGE, "vintage = 2023-01-01")),
    "text for a vintage": (REFUSED, replaced(VINTAGE, 'vintage = "2023"')),
    "infinite for a tolerance": (REFUSED, text(SETTINGS + "tolerance_metres = inf\n")),
    "not a number for a tolerance": (REFUSED, text(SETTINGS + "tolerance_metres = nan\n")),
    "not a number for a threshold": (REFUSED, text(SETTINGS + "[analysis]\nthreshold = nan\n")),
    "a window of a million quarters": (REFUSED, text(SETTINGS + "[analysis]\nquarters = 1000000\n")),
    "a break in the year 9999": (REFUSED, text(SETTINGS + '[[analysis.breaks]]\nmeasure = "both"\nquarter = "9999/00 Q1"\nbecause = "x"\n')),
    "a break in the year 0": (REFUSED, text(SETTINGS + '[[analysis.breaks]]\nmeasure = "both"\nquarter = "0000/01 Q1"\nbecause = "x"\n')),
    "a reason of a break of 10,000 characters": (REFUSED, text(SETTINGS + f'[[analysis.breaks]]\nmeasure = "both"\nquarter = "2024/25 Q1"\nbecause = "{"x" * 10_000}"\n')),
    "a handling line of 10,000 characters": (REFUSED, text(SETTINGS + f'[disclosure]\nhandling = "{"x" * 10_000}"\n')),
    "what stands in, of 10,000 characters": (REFUSED, text(SETTINGS + f'stand_in = "{"x" * 10_000}"\n')),
    "an unknown setting of HTML": (REFUSED, text(SETTINGS + '"<script>\\u001b[31m" = 1\n')),
    "a place for snapshots that holds a NUL": (REFUSED, lambda trial: setattr(trial, "store_setting", "a\\u0000b")),
    "a limit of nothing": (REFUSED, text(SETTINGS + "[limits]\nrows = 0\n")),
    "a limit that is no number": (REFUSED, text(SETTINGS + '[limits]\nrows = "all"\n')),
    "a coordinate system that is an address": (REFUSED, replaced(VINTAGE, VINTAGE + '\ncrs = "http://127.0.0.1:9/x"\nlayer = "none"')),
    "a layer that is an option of GDAL's": (REFUSED, replaced(VINTAGE, VINTAGE + '\nlayer = "-sql SELECT 1"')),
    "a row of headings far below the file": (REFUSED, text(SETTINGS + "header_row = 1000\n")),
    "a heading that is a pattern": (REFUSED, text(SETTINGS.replace('category = "strand"', 'category = "(a+)+$"'))),
    "the same key twice": (REFUSED, text(SETTINGS + 'date = "date"\n')),
    "Windows-1252": (REFUSED, lambda trial: setattr(trial, "settings", SETTINGS.replace("Sixwards", "Six\udce9wards"))),
}  # fmt: skip
for what, (outcome, change) in TOML.items():
    corpus.add("settings", "settings file", what, outcome, change)
for key, at in {
    "handling": "[disclosure]\nhandling = {}",
    "stand_in": "stand_in = {}",
    "because": '[[analysis.breaks]]\nmeasure = "both"\nquarter = "2024/25 Q1"\nbecause = {}',
}.items():
    corpus.add(
        "text in fields",
        f"settings {key}",
        "HTML, a picture, an escape and a change of direction",
        READ,
        text(
            SETTINGS + at.format('"\\u001b[31m\\u202e![x](http://evil.example/x.png)<script>alert(1)</script>"') + "\n"
        ),
    )
corpus.add(
    "text in fields",
    "settings name",
    "a path, HTML and a change of direction",
    READ,
    replaced(NAME, 'name = "../../\\u202e<script>x</script>/etc"'),
)

ARGUMENTS: dict[str, list[str]] = {
    "a snapshot called by a path": ["run", "--settings", "{settings}", "--snapshot", "../../etc", "--out", "{out}"],
    "a snapshot called by an absolute path": ["run", "--settings", "{settings}", "--snapshot", "/etc", "--out", "{out}"],
    "a snapshot called by 100,000 characters": ["run", "--settings", "{settings}", "--snapshot", "x" * 100_000, "--out", "{out}"],
    "a snapshot called by escapes": ["run", "--settings", "{settings}", "--snapshot", EVIL, "--out", "{out}"],
    "a snapshot called by nothing": ["run", "--settings", "{settings}", "--snapshot", "", "--out", "{out}"],
    "a folder to write to that is a device": ["run", "--settings", "{settings}", "--snapshot", "newest", "--out", "/dev/null"],
    "a folder to write to below a file": ["run", "--settings", "{settings}", "--snapshot", "newest", "--out", "settings.toml/x"],
    "a folder of 5,000 characters": ["run", "--settings", "{settings}", "--snapshot", "newest", "--out", "x" * 5000],
    "an audience that is none": ["run", "--settings", "{settings}", "--snapshot", "newest", "--audience", EVIL, "--out", "{out}"],
    "a quarter of the year 9999": ["run", "--settings", "{settings}", "--snapshot", "newest", "--last-quarter", "9999/00 Q1", "--out", "{out}"],
    "a quarter of the year 0": ["run", "--settings", "{settings}", "--snapshot", "newest", "--last-quarter", "0000/01 Q1", "--out", "{out}"],
    "a quarter of 100,000 digits": ["run", "--settings", "{settings}", "--snapshot", "newest", "--last-quarter", "2" * 100_000, "--out", "{out}"],
    "a quarter that is HTML": ["run", "--settings", "{settings}", "--snapshot", "newest", "--last-quarter", EVIL, "--out", "{out}"],
    "a million quarters": ["run", "--settings", "{settings}", "--snapshot", "newest", "--quarters", "1000000", "--out", "{out}"],
    "a number of 5,000 digits": ["run", "--settings", "{settings}", "--snapshot", "newest", "--quarters", "9" * 5000, "--out", "{out}"],
    "a verb that is none": [EVIL],
    "settings that are a device": ["snapshots", "--settings", "/dev/zero"],
    "settings that are a folder": ["snapshots", "--settings", "/"],
    "settings that are not there": ["snapshots", "--settings", EVIL],
    "settings of 5,000 characters": ["snapshots", "--settings", "x" * 5000],
    "invented referrals of the year 9999": ["demo-referrals", "--settings", "{settings}", "--wards", "wards.geojson", "--out", "{out}", "--last-quarter", "9999/00 Q4"],
    "invented referrals from the year 0": ["demo-referrals", "--settings", "{settings}", "--wards", "wards.geojson", "--out", "{out}", "--last-quarter", "0001/02 Q4"],
    "invented referrals into a device": ["demo-referrals", "--settings", "{settings}", "--wards", "wards.geojson", "--out", "/dev/full"],
}  # fmt: skip
for what, verb in ARGUMENTS.items():
    corpus.add("arguments", "command line", what, REFUSED, lambda trial, v=verb: setattr(trial, "verb", v))


@corpus.case("arguments", "WARD_OVERLAP_STORE", "a file where the folder should be", REFUSED)
def _(trial: Trial) -> None:
    trial.environment["WARD_OVERLAP_STORE"] = str(trial.file("no-folder", "x"))
    trial.store_setting = None


@corpus.case("arguments", "WARD_OVERLAP_STORE", "a device", REFUSED)
def _(trial: Trial) -> None:
    trial.environment["WARD_OVERLAP_STORE"] = "/dev/null"
    trial.store_setting = None


@corpus.case("arguments", "WARD_OVERLAP_STORE", "a path of 5,000 characters", REFUSED)
def _(trial: Trial) -> None:
    trial.environment["WARD_OVERLAP_STORE"] = "/x" * 2500
    trial.store_setting = None
