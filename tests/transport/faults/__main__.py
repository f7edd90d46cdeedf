"""Write the page of the faults from the table."""

from .page import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
