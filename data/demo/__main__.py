"""Draw the invented county anew and store it: `python -m data.demo`. Only needed after a change to its code."""

import sys

from data.demo.generate import generate
from data.demo.stored import store_area

if __name__ == "__main__":
    for path in store_area(generate()):
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")
