"""What a service answers, read as JSON and believed in nothing.

Such a service reports its faults with HTTP 200 and a body `{"error": {"code": 400, "message": "..."}}` (Esri,
ArcGIS REST API).
"""

import json
import ssl
from collections.abc import Mapping
from typing import Any

from data.sources.faults import PassingFault, ServiceError, refuse_status


def parse_answer(body: bytes, *, host: str) -> dict[str, Any]:
    """Read the JSON of an answer; a fault that it reports is raised.

    Raises
    ------
    PassingFault
        If it broke off, or reports a fault that may pass.
    ServiceError
        If it is a web page, or reports one that will not.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise ServiceError(
            f"{host}: a web page came where data should have come. Most often this is the sign-in page of a proxy or of a "
            "guest network: sign in with a browser, then run the same command again."
        )
    try:
        said = json.loads(body, parse_constant=_no_number)
    except RecursionError:
        raise ServiceError(f"{host}: the answer is not what such a service answers. Nothing of it was kept.") from None
    except ValueError:
        raise PassingFault("an answer broke off, or is no JSON") from None
    if not isinstance(said, dict):
        raise ServiceError(f"{host}: the answer is not what such a service answers. Nothing of it was kept.")
    if isinstance(error := said.get("error"), Mapping):
        code = error.get("code")
        refuse_status(
            code if isinstance(code, int) and code >= 300 else 500, host=host, said=str(error.get("message") or "")
        )
    return said


def _no_number(text: str) -> float:
    raise ValueError(text)


def of_certificate(error: BaseException | None) -> bool:
    """Tell whether a connection failed because the certificate of the other side is not trusted."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
