"""Reading a layer whole: page by page, going on where a run broke off, and never putting two states together."""

import json
from collections.abc import Iterator

import pytest

from data.sources.arcgis_layers import list_layers, read_layer
from data.sources.faults import ChangedServiceError, ServiceError
from data.sources.paging import fetch_layer
from tests.arcgis_server import (
    ArcgisServer,
    Asked,
    Reply,
    Served,
    arcgis_server,
    error_body,
    ward_records,
    wards_served,
)
from tests.service_callers import Told, caller_of

WARDS = "WD_DEC_2023_UK_BGC"
FIELDS = ("WD23CD", "WD23NM")


@pytest.fixture
def server() -> Iterator[ArcgisServer]:
    with arcgis_server() as running:
        running.services[WARDS] = wards_served(25, page=10)
        yield running


def fetch(server, folder, *, told=None, most=1_000, fields=FIELDS):
    noted = told or Told()
    with caller_of(server, noted) as caller:
        layer = read_layer(caller, WARDS, list_layers(caller, WARDS)[0])
        return fetch_layer(caller, layer, fields=fields, most=most, folder=folder, say=noted.lines.append)


def codes(fetched):
    return [one["values"]["WD23CD"] for page in fetched.pages() for one in page]


EVERY_CODE = [f"E05{number:06d}" for number in range(25)]


def offsets(server):
    return [one.query["resultOffset"] for one in server.asked if one.kind == "page"]


def test_a_layer_comes_whole_in_pages_in_the_order_of_its_ids(server, tmp_path):
    fetched = fetch(server, tmp_path / "part")
    assert codes(fetched) == EVERY_CODE
    assert (len(fetched.files), fetched.got, fetched.kept) == (3, 25, 0)
    assert offsets(server) == ["0", "10", "20"]


def test_only_the_fields_that_are_wanted_are_asked_for_and_no_area_is_told(server, tmp_path):
    fetch(server, tmp_path / "part")
    pages = [one.query for one in server.asked if one.kind == "page"]
    assert {one["outFields"] for one in pages} == {"OBJECTID,WD23CD,WD23NM"}
    assert {one["where"] for one in pages} == {"1=1"}


def test_records_may_be_numbered_by_a_field_of_another_name(server, tmp_path):
    server.services[WARDS].object_id = "FID"
    assert codes(fetch(server, tmp_path / "part")) == EVERY_CODE


def test_a_server_that_does_not_count_pages_is_asked_by_ids(server, tmp_path):
    server.services[WARDS].pages = False
    assert codes(fetch(server, tmp_path / "part")) == EVERY_CODE
    assert all("objectIds" in one.query for one in server.asked if one.kind == "page")


def shorter(keep: int):
    """Answer with the first records only, and say, wrongly, that this was all."""

    def fault(_asked: Asked, truth: bytes) -> Reply:
        said = json.loads(truth)
        return Reply(json.dumps({"features": said["features"][:keep]}).encode())

    return fault


def test_half_a_page_is_kept_and_the_rest_is_asked_for(server, tmp_path):
    server.fail("page", shorter(4), on=(2,))
    assert codes(fetch(server, tmp_path / "part")) == EVERY_CODE
    assert offsets(server) == ["0", "10", "14", "24"]


def test_a_page_that_comes_back_empty_is_asked_for_again(server, tmp_path):
    server.fail("page", shorter(0), on=(2,))
    assert codes(fetch(server, tmp_path / "part")) == EVERY_CODE


def with_features(change):
    def fault(_asked: Asked, truth: bytes) -> Reply:
        said = json.loads(truth)
        change(said["features"])
        return Reply(json.dumps(said).encode())

    return fault


def repeat_first(features):
    features[1] = features[0]


def swap(features):
    features[0], features[1] = features[1], features[0]


def drop_first(features):
    del features[0]


@pytest.mark.parametrize("change", [repeat_first, swap, drop_first])
def test_records_that_are_not_next_in_order_are_never_taken(server, tmp_path, change):
    server.fail("page", with_features(change), on=(2, 3, 4))
    with pytest.raises(ServiceError, match="other records than those that are next in order, 3 times running"):
        fetch(server, tmp_path / "part")
    server.fail("page", with_features(change))
    assert codes(fetch(server, tmp_path / "part")) == EVERY_CODE


def test_the_same_page_again_instead_of_the_next_is_noticed(server, tmp_path):
    first: list[bytes] = []
    server.fail("page", lambda _, truth: first.append(truth))
    server.fail("page", lambda _asked, _truth: Reply(first[0]), on=(2,))
    told = Told()
    assert codes(fetch(server, tmp_path / "part", told=told)) == EVERY_CODE
    assert any("next in order" in line for line in told.lines)


def rename_field(features):
    for one in features:
        one["properties"]["WD24CD"] = one["properties"].pop("WD23CD")


def test_fields_that_change_between_pages_end_it(server, tmp_path):
    server.fail("page", with_features(rename_field), on=(2,))
    with pytest.raises(ChangedServiceError, match=r"fields of the records are not those.*begins anew"):
        fetch(server, tmp_path / "part")


@pytest.mark.parametrize("value", [{"deep": 1}, ["E05"], "x" * 2_000])
def test_values_that_are_neither_short_text_nor_number_end_it(server, tmp_path, value):
    server.fail("page", with_features(lambda found: found[0]["properties"].update(WD23NM=value)))
    with pytest.raises(ServiceError, match="neither a short text nor a number"):
        fetch(server, tmp_path / "part")


@pytest.mark.parametrize(
    "body", [b'{"features": 5}', b"{}", b'{"features": [7]}', b'{"features": [{"properties": 7}]}']
)
def test_a_page_of_another_form_is_no_page(server, tmp_path, body):
    server.fail("page", Reply(body), on=(1, 2, 3))
    with pytest.raises(ServiceError, match="3 times running"):
        fetch(server, tmp_path / "part")


def test_a_run_that_broke_off_goes_on_where_it_stopped(server, tmp_path):
    server.fail("page", error_body(500, "busy"), on=(2, 3, 4))
    with pytest.raises(ServiceError, match=r"fault of its own \(500: busy\)"):
        fetch(server, tmp_path / "part")
    server.calm()
    fetched = fetch(server, tmp_path / "part")
    assert codes(fetched) == EVERY_CODE
    assert offsets(server) == ["10", "20"]
    assert fetched.kept == 1


def broken_off(server, folder):
    server.fail("page", Reply(status=404), on=(2,))
    with pytest.raises(ServiceError):
        fetch(server, folder)
    server.calm()


def one_more(served: Served) -> Served:
    more = wards_served(26, page=10)
    more.edited = served.edited
    return more


@pytest.mark.parametrize(
    "change",
    [
        lambda served: Served(served.records, served.shapes, page=10, edited=served.edited + 1),
        one_more,
        lambda served: Served([{**one, "NEW": "x"} for one in served.records], served.shapes, page=10),
    ],
    ids=["edited", "a ward more", "another field"],
)
def test_a_run_after_the_service_changed_begins_anew(server, tmp_path, change):
    broken_off(server, tmp_path / "part")
    server.services[WARDS] = change(server.services[WARDS])
    told = Told()
    fetched = fetch(server, tmp_path / "part", told=told)
    assert offsets(server)[0] == "0"
    assert fetched.kept == 0
    assert any("beginning anew" in line for line in told.lines)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"[1]"])
def test_a_kept_page_that_was_damaged_is_asked_for_again(server, tmp_path, damage):
    broken_off(server, tmp_path / "part")
    (page,) = (tmp_path / "part").glob("page-*")
    page.write_bytes(damage)
    assert codes(fetch(server, tmp_path / "part")) == EVERY_CODE
    assert offsets(server)[0] == "0"


def growing(server):
    def grow(_asked: Asked, _truth: bytes) -> None:
        server.services[WARDS] = one_more(server.services[WARDS])

    return grow


def test_a_service_that_grows_behind_the_last_page_is_refused_and_its_pages_are_gone(server, tmp_path):
    server.fail("page", growing(server), on=(3,))
    with pytest.raises(ChangedServiceError, match="changed while it was being read, so nothing was saved"):
        fetch(server, tmp_path / "part")
    assert not (tmp_path / "part").exists()


def test_a_service_that_grows_before_the_last_page_is_refused_and_read_anew_the_next_time(server, tmp_path):
    server.fail("page", growing(server), on=(2,))
    with pytest.raises(ServiceError, match="other records than those that are next in order"):
        fetch(server, tmp_path / "part")
    told = Told()
    assert len(codes(fetch(server, tmp_path / "part", told=told))) == 26
    assert any("beginning anew" in line for line in told.lines)


def test_an_edit_that_leaves_the_count_is_noticed_at_the_end(server, tmp_path):
    def edit(_asked: Asked, _truth: bytes) -> None:
        server.services[WARDS].edited += 1  # type: ignore[operator]

    server.fail("page", edit, on=(2,))
    with pytest.raises(ChangedServiceError):
        fetch(server, tmp_path / "part")


def test_ids_that_do_not_fit_the_count_are_not_believed(server, tmp_path):
    server.fail("ids", Reply(json.dumps({"objectIds": [1, 1, 2]}).encode()), on=(1, 2, 3))
    with pytest.raises(ServiceError, match="counts 25 records and gives 2 ids"):
        fetch(server, tmp_path / "part")


@pytest.mark.parametrize("most", [24, 0])
def test_more_records_than_are_read_are_refused_before_any_page(server, tmp_path, most):
    with pytest.raises(ServiceError, match="has 25 records"):
        fetch(server, tmp_path / "part", most=most)
    assert server.count("page") == 0


def test_a_layer_without_records_is_refused(server, tmp_path):
    server.fail("count", Reply(b'{"count": 0}'))
    with pytest.raises(ServiceError, match="has 0 records"):
        fetch(server, tmp_path / "part")


def test_names_of_fields_may_come_in_other_capitals(server, tmp_path):
    def lower(found):
        for one in found:
            one["properties"] = {key.lower(): value for key, value in one["properties"].items()}

    server.fail("page", with_features(lower), on=(1, 2, 3))
    assert codes(fetch(server, tmp_path / "part")) == EVERY_CODE


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda said: said.update(fields=[]), "not that of a layer"),
        (lambda said: said.update(maxRecordCount=0), "not that of a layer"),
        (lambda said: said.update(objectIdField="X", fields=said["fields"][1:]), "numbers its records by no field"),
        (lambda said: said.update(geometryType="esriGeometryPoint"), "does not give polygons"),
        (lambda said: said.update(supportedQueryFormats="JSON"), "does not give polygons as GeoJSON"),
        (lambda said: said.update(editingInfo={"lastEditDate": 10**40}), "not that of a layer"),
    ],
)
def test_a_layer_that_cannot_be_read_whole_is_refused(server, tmp_path, change, sentence):
    def fault(_asked: Asked, truth: bytes) -> Reply:
        said = json.loads(truth)
        change(said)
        return Reply(json.dumps(said).encode())

    server.fail("layer", fault)
    with pytest.raises(ServiceError, match=sentence):
        fetch(server, tmp_path / "part")


def test_a_table_is_read_without_outlines(server, tmp_path):
    server.services[WARDS] = Served(ward_records(25), page=10)
    fetched = fetch(server, tmp_path / "part")
    assert codes(fetched) == EVERY_CODE
    assert all(one["shape"] is None for page in fetched.pages() for one in page)
    assert {one.query["f"] for one in server.asked if one.kind == "page"} == {"json"}
