"""Whether the way to a database leaves this machine: one host elsewhere is enough."""

import pytest
from sqlalchemy.engine import make_url

from data.database_hosts import stays_here

ADDRESS = "postgresql://reader"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql:///records",
        f"{ADDRESS}@localhost/records",
        f"{ADDRESS}@[::1]/r",
        "postgresql:///r?host=/run/postgresql",
    ],
)
def test_this_machine_is_known_by_name_loopback_and_socket(address):
    assert stays_here(make_url(address), environment={})


@pytest.mark.parametrize(
    "address",
    [
        f"{ADDRESS}@db.example.org/records",
        "postgresql:///r?host=db.example.org",
        "postgresql:///r?host=/run/postgresql,db.example.org",
        "postgresql:///r?host=localhost&host=db.example.org",
        f"{ADDRESS}@localhost/r?hostaddr=10.0.0.9",
    ],
)
def test_one_host_elsewhere_is_enough(address):
    assert not stays_here(make_url(address), environment={})


def test_where_no_host_is_named_it_is_that_of_the_environment():
    assert not stays_here(make_url("postgresql:///records"), environment={"PGHOST": "db.example.org"})
    assert stays_here(make_url(f"{ADDRESS}@localhost/records"), environment={"PGHOST": "db.example.org"})
