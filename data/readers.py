"""The readers, in one place for whoever reads a partnership's files."""

from data.reading_incidents import read_incidents
from data.reading_population import read_population
from data.reading_provision import read_provision
from data.reading_referrals import read_referrals
from data.reading_wards import read_wards

__all__ = ["read_incidents", "read_population", "read_provision", "read_referrals", "read_wards"]
