(removed)
