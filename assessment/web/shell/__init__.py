"""What every page stands on: the browser's session, headers, errors, limits, and forms sent twice."""
