// Package spark prepares the features of the course's Spark lessons as Parquet, by a
// pass of its own or by statements that Spark runs. Both write the same tables, which
// schema.json describes.
package spark
