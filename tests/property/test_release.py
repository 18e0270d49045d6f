"""What leaves for audiences without exact values follows from what is told of the counts, and from nothing else.

Two sets of data of which the same is told, by ranges of each ward's windows and by totals as they are shown, give the same
files, changes, checks, areas and trends, byte by byte. In place of the model stands a function of all that it is given that
differs wherever anything that it is given differs: so no band of a probability hides a difference.
"""

import hashlib
import json
import tempfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import analysis.study as study
from analysis.question import Question
from data.quarters import quarter_range
from data.settings import Disclosure, load_settings
from data.snapshots import SnapshotStore
from disclosure.audiences import Audience, Reader, permission
from disclosure.export import write_run
from disclosure.gate import release
from disclosure.public_export import write_public
from disclosure.told_book import ToldBook
from disclosure.views import SnapshotView
from ingest.pipeline import ingest
from tests.area_files import CODES, in_place_of, write_area
from tests.cells import cells_of
from tests.property.told_the_same import as_snapshot, others_told_the_same, tables_of
from tests.studies import make_study

QUARTERS = quarter_range("2025/26 Q4", 13)
SHORT = QUARTERS[:9]
"""What the snapshot before covers."""
WARDS = len(CODES)
ROOMY = [Disclosure(), Disclosure(suppress_up_to=3, round_to=3), Disclosure(window_step=4), Disclosure(round_to=1)]
SEEDS = st.integers(0, 2**32 - 1)
WITHOUT_EXACT_VALUES = [one for one in Audience if not permission(one, rule=Disclosure()).exact]


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """The small area as it is stored, and its settings."""
    folder = tmp_path_factory.mktemp("area")
    path, inputs = write_area(folder / "files")
    store, settings = SnapshotStore(folder / "store"), load_settings(path)
    return store.open(ingest(inputs, settings=settings, store=store).snapshot_id), settings, folder


@pytest.fixture
def telling_model(monkeypatch):
    """In place of both ways into the overlap model: risks and probabilities drawn by all that it is given."""
    put_telling_model(monkeypatch)


def put_telling_model(monkeypatch):
    monkeypatch.setattr(study, "fit_evidence", model_of_ranges)
    monkeypatch.setattr(study, "fit_overlap", model_of_counts)


def model_of_ranges(data, **asked):
    return drawn_by(
        (data.counts.tolist(), data.expected.tolist(), data.adjacency.toarray().tolist(), asked), n=len(data.counts)
    )


def model_of_counts(*, neighbours, **given):
    said = {name: np.asarray(value).tolist() for name, value in given.items()}
    return drawn_by((said, neighbours.adjacency.to_csv()), n=len(given["referrals"]))


def drawn_by(given, *, n):
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(repr(given).encode()).digest()[:8]))
    risk = rng.uniform(0.2, 4, size=(n, 2))
    return SimpleNamespace(
        relative_risk=risk,
        interval=np.stack([risk / 2, risk * 2], axis=-1),
        probability_referrals=rng.uniform(size=n),
        probability_incidents=rng.uniform(size=n),
        probability=rng.uniform(size=n) ** 0.2,
        correlation=tuple(np.sort(rng.uniform(-1, 1, size=3)).tolist()),
    )


def draw_counts(seed):
    """Counts as they are: most small, some large, in some wards none."""
    rng = np.random.default_rng(seed)
    mean = rng.choice([0.2, 1.0, 3.0, 8.0, 40.0], size=(2, WARDS, 1))
    return rng.poisson(mean, size=(2, WARDS, len(QUARTERS)))


def everything(view, *, folder):
    """All that an audience can get of a snapshot, as text."""
    may, said = permission(view.audience, rule=view.settings.disclosure), {}
    said["facts"] = [view.choices, view.reports, view.manifest, view.marking, view.wards.to_json()]
    for quarters in may.windows:
        for end in view.ends(quarters)[:: 5 if quarters == 4 else 1]:
            question = Question(last_quarter=end, quarters=quarters)
            said[quarters, end] = answers(view, question, may=may, folder=folder)
    return {str(key): repr(value) for key, value in said.items()}


def answers(view, question, *, may, folder):
    areas = view.areas(question)
    said = [areas.table.to_csv(), areas.whole, areas.statements, areas.levels, areas.ward_area.tolist()]
    if not may.wards:
        return [*said, *(files(write_public(view, question=question, folder=folder)) if len(areas.table) else ())]
    said += files(write_run(view, question=question, folder=folder))
    said += [view.stability(question), view.why_no_changes(question), view.answer(question).layers]
    if not view.why_no_changes(question):
        changes = view.changes(question)
        said += [changes.wards.to_csv(), changes.layer, changes.cautions]
    if may.counts:
        said += [view.trend(question).to_csv(), view.totals(question).to_csv()]
    return said


def files(paths):
    """Every file's text; of the facts of a run all but how long it took."""
    texts = [path.read_text(encoding="utf-8") for path in paths]
    facts = json.loads(texts[-1])
    facts.pop("seconds", None)
    return [*texts[:-1], json.dumps(facts)]


def open_with(counts, *, stored, rule, audience, with_one_before):
    snapshot, settings, folder = stored
    wards = snapshot.wards()
    now = as_snapshot(snapshot, tables=tables_of(counts, wards=wards, quarters=QUARTERS))
    short = tables_of(counts[..., : len(SHORT)], wards=wards, quarters=SHORT)
    return SnapshotView(
        now,
        settings=in_place_of(settings, disclosure=rule.model_dump()),
        reader=Reader(audience),
        book=ToldBook(Path(tempfile.mkdtemp(dir=folder))),
        earlier=[as_snapshot(snapshot, tables=short, id="before")] if with_one_before else [],
    )


@pytest.mark.usefixtures("telling_model")
@settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(SEEDS, st.sampled_from(ROOMY), st.sampled_from(WITHOUT_EXACT_VALUES), st.booleans())
def test_what_is_told_the_same_is_released_the_same_to_the_last_byte(stored, seed, rule, audience, with_one_before):
    counts, other = two_truths(stored, seed=seed, rule=rule, with_one_before=with_one_before)
    assume((counts != other).any())
    first, second = (
        everything(
            open_with(one, stored=stored, rule=rule, audience=audience, with_one_before=with_one_before),
            folder=stored[2] / "out",
        )
        for one in (counts, other)
    )
    assert {key: (first[key], second[key]) for key in first if first[key] != second[key]} == {}


def two_truths(stored, *, seed, rule, with_one_before):
    wards = stored[0].wards()
    counts = draw_counts(seed)
    tables = tables_of(counts, wards=wards, quarters=QUARTERS)
    short = tables_of(counts[..., : len(SHORT)], wards=wards, quarters=SHORT)
    cells = cells_of(tables, rule=rule, earlier=[short] if with_one_before else [])
    direction = np.random.default_rng(seed).normal(size=counts.shape)
    other = others_told_the_same(counts, cells=cells, tables=tables, rule=rule, direction=direction)
    return counts, other


@pytest.mark.usefixtures("telling_model")
def test_the_two_sets_of_data_differ_in_many_counts_and_the_analyst_sees_it(stored):
    """The test above would prove nothing if its two sets of data were nearly the same, or its model blind."""
    counts, other = two_truths(stored, seed=1, rule=Disclosure(), with_one_before=False)
    assert (counts != other).mean() > 0.3
    released = [
        open_with(one, stored=stored, rule=Disclosure(), audience=Audience.ANALYST, with_one_before=False).answer(
            Question(last_quarter=QUARTERS[-1])
        )
        for one in (counts, other)
    ]
    assert (released[0].wards["probability_both"] != released[1].wards["probability_both"]).all()


@pytest.mark.usefixtures("telling_model")
def test_one_event_more_outside_its_range_is_seen(stored):
    """Where a range differs, what is released does: so it is the ranges that it follows from, and not from nothing."""
    counts = np.full((2, WARDS, len(QUARTERS)), 5)
    more = counts.copy()
    more[0, 0, -1] += 5
    first, second = (
        everything(
            open_with(one, stored=stored, rule=Disclosure(), audience=Audience.STEERING, with_one_before=False),
            folder=stored[2] / "out",
        )
        for one in (counts, more)
    )
    # The trend beside each answer holds all years: so every answer shows the one that differs, and only facts do not.
    assert {key for key in first if first[key] == second[key]} == {"facts"}


COUNTS = st.lists(st.integers(0, 60), min_size=12, max_size=12)


@settings(max_examples=30)
@given(COUNTS, SEEDS, st.builds(Disclosure, suppress_up_to=st.integers(1, 15), round_to=st.integers(1, 15)))
def test_a_study_of_exact_counts_gives_the_model_nothing_but_what_the_rule_tells(counts, seed, rule):
    """Swaps small counts for other small ones; what `release` then models is the same, total as shown and all."""
    rng, small = np.random.default_rng(seed), np.array(counts) <= rule.suppress_up_to
    swapped = np.array(counts)
    swapped[small] = rng.permutation(np.array(counts)[small])
    with pytest.MonkeyPatch.context() as patch:
        put_telling_model(patch)
        first, second = (
            release(make_study(referrals=one, incidents=one), Audience.STEERING, rule)
            for one in (counts, swapped.tolist())
        )
    assert first.wards.equals(second.wards)
    assert first.correlation == second.correlation
    assert (first.total_referrals, first.total_incidents) == (second.total_referrals, second.total_incidents)


@settings(max_examples=30)
@given(COUNTS, st.builds(Disclosure, suppress_up_to=st.integers(1, 15), round_to=st.integers(1, 15)))
def test_no_number_of_a_ward_is_a_count_and_no_text_a_small_one(counts, rule):
    study_told = make_study(referrals=counts, incidents=counts, told_by=rule)
    for audience in (Audience.INSPECTOR, Audience.STEERING):
        released = release(study_told, audience, rule).wards
        assert set(released.select_dtypes("number")) == {"probability_both"}
        middles = {0.025, 0.125, 0.3, 0.5, 0.7, 0.875, 0.975}
        assert set(released["probability_both"].dropna()) <= middles
        for said in (*released["observed_referrals"], *released["observed_incidents"]):
            assert said == f"{rule.suppress_up_to} or fewer" or int(said.replace(",", "")) > rule.suppress_up_to
