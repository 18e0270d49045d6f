"""Asking a service over HTTPS for JSON: patiently, within limits, and believing nothing of the answer.

TLS is verified against the certificates that this machine trusts. No proxy is taken from the environment: one is used only where
a person names it. Redirects to another host are refused. An answer has a limit of size and time, and so has the whole run.
"""

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx

from data.errors import UsageError
from data.sources.answers import of_certificate, parse_answer
from data.sources.faults import PassingFault, ServiceError, refuse_status, retry_after, shown
from data.version import software_version

_T = TypeVar("_T")
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
_REDIRECTS = 3


@dataclass(frozen=True)
class Patience:
    """How long a service is waited for (seconds), how often it is asked, and how much it may say."""

    connect: float = 15.0
    read: float = 60.0
    """Between two pieces of an answer."""
    answer: float = 300.0
    """For the whole of an answer."""
    run: float = 3_600.0
    """For all answers of a run together; what has come by then is kept, and the next run goes on from there."""
    attempts: int = 5
    longest_wait: float = 120.0
    """Between two attempts, whatever the service asks for."""
    answer_megabytes: int = 100


PATIENCE = Patience()


class Caller:
    """Asks one service. Use it in a `with` statement."""

    def __init__(
        self,
        root: str,
        *,
        proxy: str | None = None,
        patience: Patience = PATIENCE,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Name the address below which everything that is asked lies. Nothing is asked yet.

        Raises
        ------
        UsageError
            If the address, or that of the proxy, is not one that may be asked.
        """
        self.root = checked_address(root).rstrip("/")
        self._patience, self._sleep, self._clock, self._say = patience, sleep, clock, say
        self._until = clock() + patience.run
        try:
            self._client = httpx.Client(
                verify=ssl.create_default_context(),
                trust_env=False,
                proxy=proxy,
                follow_redirects=False,
                timeout=httpx.Timeout(patience.read, connect=patience.connect),
                headers={"User-Agent": f"ward-overlap/{software_version()}", "Accept": "application/json"},
            )
        except (httpx.InvalidURL, ValueError):
            raise UsageError(
                "--proxy: this is not the address of a proxy, such as http://proxy.example:8080."
            ) from None

    @property
    def host(self) -> str:
        """Whom it asks."""
        return httpx.URL(self.root).host

    def address(self, place: str) -> str:
        """Say where something below the root lies."""
        return f"{self.root}/{quote(place)}" if place else self.root

    def ask(self, place: str, questions: Mapping[str, str], *, check: Callable[[dict[str, Any]], _T]) -> _T:
        """Ask, again where a fault may pass, and give what the check makes of the answer.

        Parameters
        ----------
        place
            Below the root, without a leading slash.
        questions
            The query.
        check
            Holds the answer to what was asked. It raises `PassingFault` where asking again may help.

        Raises
        ------
        ServiceError
            Saying what is wrong and what to do.
        """
        for attempt in range(1, self._patience.attempts + 1):
            if self._clock() > self._until:
                raise ServiceError(
                    f"{self.host}: more than {self._patience.run / 60:.0f} minutes have gone by. "
                    "Run the same command again: it goes on from where it stopped."
                )
            try:
                return check(self._answer(self.address(place), questions))
            except PassingFault as fault:
                self._wait(fault, attempt=attempt)
        raise AssertionError("the last attempt either answers or raises")

    def _wait(self, fault: PassingFault, *, attempt: int) -> None:
        seconds = 2.0 ** (attempt - 1) if fault.after is None else fault.after
        if attempt == self._patience.attempts:
            raise ServiceError(f"{self.host}: {fault}, {attempt} times running. {fault.do}") from None
        if seconds > self._patience.longest_wait:
            raise ServiceError(
                f"{self.host} asks to be left alone for {seconds:,.0f} seconds. Run the same command again after that: "
                "it goes on from where it stopped."
            ) from None
        self._say(f"{self.host}: {fault}. Asking again in {seconds:.0f} s ({attempt} of {self._patience.attempts}).")
        self._sleep(seconds)

    def _answer(self, address: str, questions: Mapping[str, str]) -> dict[str, Any]:
        url = httpx.URL(address).copy_merge_params(questions)
        for _ in range(_REDIRECTS + 1):
            said = self._once(url)
            if isinstance(said, bytes):
                return parse_answer(said, host=self.host)
            if (said.scheme, said.host, said.port) != (url.scheme, url.host, url.port):
                raise ServiceError(
                    f"{self.host} sends us on to another host ({shown(said.host)}), which is not followed. If that is the "
                    "sign-in page of your network, sign in with a browser first; else give the right address with --service."
                )
            url = said
        raise ServiceError(f"{self.host} sends us round in circles. Try later.")

    def _once(self, url: httpx.URL) -> bytes | httpx.URL:
        try:
            with self._client.stream("GET", url) as answer:
                if answer.has_redirect_location:
                    return url.join(answer.headers["location"])
                refuse_status(answer.status_code, host=self.host, after=retry_after(answer.headers.get("retry-after")))
                return self._body(answer)
        except httpx.TimeoutException:
            raise PassingFault("it does not answer in time") from None
        except httpx.ProxyError:
            raise ServiceError("The proxy does not let us through. Ask whoever runs it, then check --proxy.") from None
        except httpx.ConnectError as error:
            if of_certificate(error):
                raise ServiceError(
                    f"{self.host} shows a certificate that this machine does not trust. Nothing was asked. If your network "
                    "opens encrypted traffic, have its certificate installed on this machine, or name it in SSL_CERT_FILE."
                ) from None
            raise PassingFault("it cannot be reached", do=_NO_NETWORK) from None
        except (httpx.RequestError, httpx.InvalidURL):
            raise PassingFault("the connection broke off") from None

    def _body(self, answer: httpx.Response) -> bytes:
        began, most, kept = self._clock(), self._patience.answer_megabytes * 2**20, bytearray()
        for chunk in answer.iter_bytes():
            kept += chunk
            if len(kept) > most:
                raise ServiceError(
                    f"{self.host} sends an answer of more than {self._patience.answer_megabytes} megabytes, which is not read. "
                    "Take more generalised boundaries (--generalisation BGC or BSC)."
                )
            if self._clock() - began > self._patience.answer:
                raise PassingFault("an answer takes too long")
        return bytes(kept)

    def __enter__(self) -> Self:
        """Open nothing yet: the first question does."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        self._client.close()


_NO_NETWORK = (
    "There is no network here, or a firewall or proxy stands between (--proxy names one). The files can also be downloaded "
    "elsewhere with a browser and brought here: see docs/boundaries.md."
)


def checked_address(address: str) -> str:
    """Let through an address that may be asked: https, or http to this machine alone.

    Raises
    ------
    UsageError
        If it is none.
    """
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, TypeError):
        raise UsageError("--service: this is not an address. Give one that begins with https://.") from None
    if not url.host or not (url.scheme == "https" or (url.scheme == "http" and url.host in _THIS_MACHINE)):
        raise UsageError("--service: only addresses that begin with https:// are asked (http:// on this machine only).")
    if url.userinfo or url.query or url.fragment:
        raise UsageError("--service: give the address alone, without a name, a password, `?` or `#`.")
    return str(url)
