"""A feature service on this machine that speaks the protocol of ArcGIS as the ONS serves it, faults included.

Written from Esri's documentation and from answers that are quoted in public code, not from a run against the ONS itself: there
was no network where it was written.
"""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import shapely
from shapely import box

ROOT = "/ORG/arcgis/rest/services"
SIDE = 1_000
TEXT, NUMBER = "esriFieldTypeString", "esriFieldTypeInteger"


@dataclass
class Served:
    """A service with one layer, or one table if it has no shapes."""

    records: list[dict[str, Any]]
    shapes: list[shapely.Geometry | dict[str, Any] | None] | None = None
    page: int = 2_000
    edited: int | None = 1_700_000_000_000
    pages: bool = True
    credit: str = ""
    object_id: str = "OBJECTID"
    kinds: dict[str, str] = field(default_factory=dict)

    def fields(self) -> list[dict[str, Any]]:
        names = list(self.records[0]) if self.records else []
        return [
            {"name": self.object_id, "type": "esriFieldTypeOID", "alias": self.object_id},
            *({"name": one, "type": self.kinds.get(one, self._kind(one)), "alias": one} for one in names),
        ]

    def _kind(self, name: str) -> str:
        return NUMBER if isinstance(self.records[0][name], int) else TEXT

    def ids(self) -> list[int]:
        return [10 * number + 1 for number in range(len(self.records))]


@dataclass(frozen=True)
class Asked:
    """One question, understood."""

    kind: str
    """`directory`, `service`, `layer`, `count`, `ids` or `page`."""
    path: str
    query: dict[str, str]


@dataclass
class Reply:
    """What is answered instead of the truth."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    """Bytes after which the connection is cut, though more were promised."""
    stall: bool = False
    """Answer only when the server stops."""


def error_body(code: int, message: str) -> Reply:
    """A fault as such services report it: with HTTP 200."""
    return Reply(json.dumps({"error": {"code": code, "message": message, "details": []}}).encode())


Fault = Callable[[Asked, bytes], Reply | None]


class ArcgisServer:
    """Serves what `services` holds, which tests may change while it runs."""

    def __init__(self) -> None:
        self.services: dict[str, Served] = {}
        self.asked: list[Asked] = []
        self._faults: list[tuple[str, int, Fault]] = []
        self._stopped = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self._http.server_port}{ROOT}"

    def fail(self, kind: str, fault: Fault | Reply, *, on: Sequence[int] = (1,)) -> None:
        """Answer the n-th questions of a kind (from 1, counted from now) by a fault."""
        before = self.count(kind)
        make = fault if callable(fault) else lambda _asked, _truth: fault
        self._faults += [(kind, before + number, make) for number in on]

    def calm(self) -> None:
        """Forget what was asked, and answer the truth from here on."""
        self.asked.clear()
        self._faults.clear()

    def count(self, kind: str) -> int:
        """How often something was asked."""
        return sum(one.kind == kind for one in self.asked)

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        number = self.count(asked.kind)
        truth = json.dumps(self._truth(asked)).encode()
        for kind, when, fault in self._faults:
            if kind == asked.kind and when == number and (reply := fault(asked, truth)) is not None:
                return reply
        return Reply(truth, headers={"Content-Type": "application/json; charset=utf-8"})

    def _truth(self, asked: Asked) -> dict[str, Any]:
        if asked.kind == "directory":
            listed = [
                {"name": one, "type": "FeatureServer", "url": "https://elsewhere.invalid"} for one in self.services
            ]
            return {"currentVersion": 11.4, "services": [*listed, {"name": "Tiles", "type": "MapServer"}]}
        name = unquote(asked.path.removeprefix(ROOT + "/")).split("/")[0]
        served = self.services.get(name)
        if served is None:
            return {"error": {"code": 400, "message": "Invalid URL", "details": ["Invalid URL"]}}
        if asked.kind == "service":
            part = [{"id": 0, "name": name}]
            return {"layers": part if served.shapes else [], "tables": [] if served.shapes else part}
        return _described(name, served) if asked.kind == "layer" else _queried(served, asked)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the name that http.server calls
                asked = understood(self.path)
                reply = Reply(b"<html>ArcGIS REST Services Directory</html>") if asked is None else server.answer(asked)
                if reply.stall:
                    server._stopped.wait(30)
                    return
                self.send_response(reply.status)
                for key, value in reply.headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                with suppress(ConnectionError):  # whoever asked may have read enough
                    self.wfile.write(reply.body[: reply.cut_after])

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler

    def run(self) -> threading.Thread:
        thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        self._stopped.set()
        self._http.shutdown()
        self._http.server_close()


def understood(address: str) -> Asked | None:
    """Tell what was asked; without `f` such a service answers people, with a page."""
    parts = urlsplit(address)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    if "f" not in query:
        return None
    path = parts.path.rstrip("/")
    if path.endswith("/query"):
        kind = "count" if query.get("returnCountOnly") else "ids" if query.get("returnIdsOnly") else "page"
    elif path.endswith("/FeatureServer"):
        kind = "service"
    else:
        kind = "directory" if path == ROOT else "layer"
    return Asked(kind, path, query)


def _described(name: str, served: Served) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": 0,
        "name": name,
        "type": "Feature Layer" if served.shapes else "Table",
        "fields": served.fields(),
        "objectIdField": served.object_id,
        "maxRecordCount": served.page,
        "copyrightText": served.credit,
        "supportedQueryFormats": "JSON, geoJSON, PBF",
        "advancedQueryCapabilities": {"supportsPagination": served.pages, "supportsOrderBy": True},
    }
    if served.shapes:
        said["geometryType"] = "esriGeometryPolygon"
    if served.edited is not None:
        said["editingInfo"] = {"lastEditDate": served.edited, "dataLastEditDate": served.edited}
    return said


def _queried(served: Served, asked: Asked) -> dict[str, Any]:
    if asked.kind == "count":
        return {"count": len(served.records)}
    ids = served.ids()
    if asked.kind == "ids":
        return {"objectIdFieldName": served.object_id, "objectIds": ids[::-1]}
    query = asked.query
    if query.get("orderByFields") != f"{served.object_id} ASC":
        return {"error": {"code": 400, "message": "the order is not said", "details": []}}
    if "objectIds" in query:
        chosen = [ids.index(int(one)) for one in query["objectIds"].split(",")]
    else:
        start = int(query["resultOffset"])
        chosen = list(range(len(ids)))[start : start + min(int(query["resultRecordCount"]), served.page)]
    more = bool(chosen) and chosen[-1] < len(ids) - 1
    wanted = query["outFields"].split(",")
    values = [
        {key: value for key, value in {served.object_id: ids[one], **served.records[one]}.items() if key in wanted}
        for one in chosen
    ]
    if query["f"] != "geojson":
        return {
            "fields": served.fields(),
            "exceededTransferLimit": more,
            "features": [{"attributes": one} for one in values],
        }
    assert query["outSR"] == "27700"
    return {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "EPSG:27700"}},
        "properties": {"exceededTransferLimit": more},
        "features": [
            {"type": "Feature", "id": one[served.object_id], "geometry": _geojson(served, place), "properties": one}
            for place, one in zip(chosen, values, strict=True)
        ],
    }


def _geojson(served: Served, place: int) -> Any:
    assert served.shapes is not None
    shape = served.shapes[place]
    return shape if shape is None or isinstance(shape, dict) else shapely.geometry.mapping(shape)


@contextmanager
def arcgis_server() -> Iterator[ArcgisServer]:
    """Run a server that serves nothing yet."""
    server = ArcgisServer()
    thread = server.run()
    try:
        yield server
    finally:
        server.stop()
        thread.join(5)


def square(number: int) -> shapely.Polygon:
    """The outline of ward `number`: a square kilometre of Leicestershire."""
    east, north = 450_000 + SIDE * (number % 10), 300_000 + SIDE * (number // 10)
    return box(east, north, east + SIDE, north + SIDE)


def ward_records(count: int, *, year: int = 23, districts: bool = True, small: bool = False) -> list[dict[str, Any]]:
    """Wards as the ONS serves them: names repeat, and every third district has an apostrophe in its name."""
    names = ("Leicester", "Blaby", "King's Lynn and West Norfolk")
    records: list[dict[str, Any]] = []
    for number in range(count):
        record: dict[str, Any] = {
            f"WD{year}CD": f"E05{number:06d}",
            f"WD{year}NM": f"Abbey {number % 4}",
            f"WD{year}NMW": " ",
        }
        if districts:
            record |= {f"LAD{year}CD": f"E0600000{number % 3}", f"LAD{year}NM": names[number % 3]}
        record |= {"BNG_E": 450_000, "BNG_N": 300_000}
        records.append({key.lower() if small else key: value for key, value in record.items()})
    return records


def wards_served(count: int, *, page: int = 2_000, **how: Any) -> Served:
    """A layer of square wards."""
    return Served(ward_records(count, **how), [square(number) for number in range(count)], page=page)
