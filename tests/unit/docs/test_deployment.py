"""The examples of the deployment page say what the program does, and nginx takes them."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from data.partnerships import PARTNERSHIP_VARIABLE, PARTNERSHIPS_VARIABLE
from disclosure.audit_chain import KEY_VARIABLE
from docs.pinned import PROJECT
from ingest.places import SETTINGS_VARIABLE, STATIC_VARIABLE, STORE_VARIABLE
from server.health import TOKEN_VARIABLE
from server.sign_in_secrets import FILE_VARIABLE

DEPLOY = PROJECT / "deploy"
PAGE = (PROJECT / "docs" / "deployment.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    return str(re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[0])


def write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "overlap.example.org")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = builder.not_valid_before(now).not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    plain = serialization.NoEncryption()
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "overlap.pem").write_bytes(made.public_bytes(pem))
    (folder / "overlap.key").write_bytes(key.private_bytes(pem, pkcs8, plain))


def test_every_variable_of_the_page_is_one_that_the_program_reads():
    known = {
        *(SETTINGS_VARIABLE, STORE_VARIABLE, STATIC_VARIABLE, FILE_VARIABLE, KEY_VARIABLE, TOKEN_VARIABLE),
        *(PARTNERSHIPS_VARIABLE, PARTNERSHIP_VARIABLE, "WARD_OVERLAP_PORT"),
    }
    used = set(re.findall(r"WARD_OVERLAP_[A-Z_]+", PAGE + "".join(one.read_text() for one in DEPLOY.iterdir())))
    assert used <= known
    assert {SETTINGS_VARIABLE, STORE_VARIABLE, STATIC_VARIABLE, FILE_VARIABLE, KEY_VARIABLE, TOKEN_VARIABLE} <= used


def test_the_proxies_pass_on_to_the_address_that_the_service_listens_on():
    service = (DEPLOY / "ward-overlap.service").read_text(encoding="utf-8")
    assert re.search(r"--server\.port 8501\b", service)
    assert "--server.address" not in service
    assert set(re.findall(r"proxy_pass (\S+);", example("nginx"))) == {"http://127.0.0.1:8501"}
    assert "reverse_proxy 127.0.0.1:8501 {" in example("caddy")


def test_the_page_names_every_file_of_the_folder():
    missing = [one.name for one in DEPLOY.iterdir() if one.name not in PAGE]
    assert not missing


def test_no_proxy_logs_an_address():
    (line,) = re.findall(r"log_format overlap (.*);", example("nginx"))
    assert not re.search(r"\$(request|request_uri|uri|args|query_string|http_referer)\b", line)
    logged = re.findall(r"access_log\s+(.*);", example("nginx"))
    assert logged
    assert all(one == "off" or one.endswith(" overlap") for one in logged)
    assert "request>uri delete" in example("caddy")


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed here")
def test_nginx_takes_the_example(tmp_path: Path):
    write_certificate(tmp_path)
    site = (
        example("nginx").replace("/etc/nginx/overlap.", f"{tmp_path}/overlap.").replace("/var/log/nginx", str(tmp_path))
    )
    site = site.replace("listen 80;", "listen 127.0.0.1:9080;").replace("listen 443", "listen 127.0.0.1:9081")
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\nevents {{}}\nhttp {{\n{site}}}\n", encoding="utf-8"
    )
    command = ["nginx", "-t", "-c", str(whole), "-e", str(tmp_path / "start.log")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
