"""The marking that every screen, file and document carries."""

from dataclasses import dataclass

from data.in_words import listed

MARKING = "OFFICIAL-SENSITIVE"
PUBLIC_MARKING = "OFFICIAL"
PUBLIC_HANDLING = "Public-safe version: areas of wards and bands only. It may be published."


@dataclass(frozen=True)
class Marking:
    """What stands at the top of everything shown or written."""

    text: str
    handling: str
    warnings: tuple[str, ...]
    """What the figures are not: a fictional area, invented referrals, stand-in incidents. One sentence each."""
    partnership: str = ""
    """Whose it is, where nothing else beside the marking says so: the handling speaks of the partnership named there."""

    def lines(self) -> list[str]:
        """All of it, one line each."""
        named = f" {self.partnership.rstrip('.')}." if self.partnership else ""
        return [f"{self.text}.{named} {self.handling}", *self.warnings]


def make_marking(
    *,
    handling: str,
    invented: tuple[str, ...],
    stand_in: tuple[str, ...] = (),
    public: bool = False,
    partnership: str = "",
) -> Marking:
    """Mark figures made from tables of which some may be `invented` (`wards`, `referrals`, ...), or their `public` version."""
    warnings: list[str] = []
    if "wards" in invented:
        warnings.append("FICTIONAL AREA. Every place, person count and event shown here is invented.")
    elif invented:
        warnings.append(f"INVENTED FIGURES. The {listed(invented)} are invented, for trying the software.")
    warnings.extend(
        f"STAND-IN DATA. The incidents are not recorded hate crimes: {note.rstrip('.')}." for note in stand_in
    )
    if public:
        return Marking(text=PUBLIC_MARKING, handling=PUBLIC_HANDLING, warnings=tuple(warnings))
    return Marking(text=MARKING, handling=handling, warnings=tuple(warnings), partnership=partnership)
