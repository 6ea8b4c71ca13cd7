-- The log is ratings.dat of the older MovieLens.
CREATE TEMPORARY VIEW log (user_id STRING, item_id STRING, rating STRING, timestamp STRING)
USING csv OPTIONS (path '${sparrow.log}', sep '::');
