"""Everything a report needs, gathered in one value before anything is written."""
