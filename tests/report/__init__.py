"""The report room: records in and out, word diff, pages, terminal lines."""
