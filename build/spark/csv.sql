-- The log is interactions.csv, plain or gzip.
CREATE TEMPORARY VIEW log USING csv OPTIONS (path '${sparrow.log}', header 'true', escape '"');
