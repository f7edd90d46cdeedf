"""Do all faults to both clients, and write down what came of it."""

from __future__ import annotations

import sys
import warnings

from .runs import PAGE, page, results, trusting
from .table import FAULTS


def main() -> int:
    """Write the page, and name the runs that are not as the table wants them."""
    # As in the tests.
    warnings.simplefilter("error")
    with trusting():
        PAGE.write_text(page(), encoding="utf-8")
        wrong = [
            f"{run}: {result.cell}, seen {result.cell.seen}; "
            f"not {run.expected}, seen {run.expected.seen}\n"
            for fault in FAULTS
            for run, result in results(fault).items()
            if result.cell != run.expected
        ]
    sys.stderr.writelines(wrong)
    return len(wrong) > 0


if __name__ == "__main__":
    sys.exit(main())
