"""How good the records of each system are: column profiles, checks that name the failing records, unusual cases, figures."""

from toolkit.quality.all_checks import Quality, checked_records
from toolkit.quality.figures import quality_figures
from toolkit.quality.profiles import column_profiles

__all__ = ["Quality", "checked_records", "column_profiles", "quality_figures"]
