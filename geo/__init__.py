"""Ward boundaries, the join of records to wards, neighbours and outlines for drawing."""
