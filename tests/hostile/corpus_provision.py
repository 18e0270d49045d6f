"""Files of what is provided made to do harm: people in them, texts that run, cells without end."""

from tests.hostile.cases import READ, REFUSED, SECRET, Change, Corpus, Trial

corpus = Corpus()
HEAD = "name,kind,ward_code,start,end,cost,funder"
GOOD = "Forum,forum,X05900000,2024-04,,,"


def provided(*lines: str, head: str = HEAD) -> Change:
    """The load brings a file of what is provided."""

    def change(trial: Trial) -> None:
        trial.provision = trial.file("provision.csv", "\n".join([head, *lines, ""]))

    return change


REFUSALS = {
    "an address of a person for a name": f"{SECRET}@example.org,forum,X05900000,2024-04,,,",
    "a telephone number for a funder": "Forum,forum,X05900000,2024-04,,,Ring 0116 496 0000",
    "a name of a megabyte": f"{'n' * 1_000_000},forum,X05900000,2024-04,,,",
    "wards of elsewhere alone": "Forum,forum,E05009999;E05009998,2024-04,,,",
    "an end in the year 9999": f"{SECRET},forum,X05900000,2024-04,9999-12-31,,",
    "an end before the start": f"{SECRET},forum,X05900000,2024-04,1999-01-01,,",
    "a kind that is a formula": f"{SECRET},=cmd|'/c calc'!A1,X05900000,2024-04,,,",
}
for what, line in REFUSALS.items():
    corpus.add("provision", "provision", what, REFUSED, provided(line))
corpus.add(
    "provision",
    "provision",
    "a column of champions by name",
    REFUSED,
    provided(f"{SECRET},forum,X05900000,2024-04", head="Champion name,kind,ward_code,start"),
)
for what, line in {
    "nine hundred wards in a cell": f"Forum,forum,{';'.join(f'E0{n:07d}' for n in range(900))};X05900000,2024-04,,,",
    "semicolons alone around a ward": "Forum,forum,;;;X05900000;;,2024-04,,,",
    "HTML, a formula and colours of a terminal in a name": '"=cmd|<script>alert(1)</script>\x1b[31m",forum,X05900000,2024-04,,,',
    "a cost that overflows": f"Forum,forum,X05900000,2024-04,,1e99,{SECRET}",
}.items():
    corpus.add("provision", "provision", what, READ, provided(line, GOOD))
