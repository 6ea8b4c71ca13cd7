package examples

import "sparrow/wasm/feature"

// Standardized returns a column for a number with mean 0 and deviation 1.
func Standardized(source string) feature.Column {
	return feature.Column{Name: source, Source: source, Kind: feature.Standardized}
}

// LogScaled returns a column for the logarithm of 1 + a number that is not
// negative, with mean 0 and deviation 1.
func LogScaled(source string) feature.Column {
	return feature.Column{Name: source, Source: source, Kind: feature.LogScaled}
}

// Bucketized returns a column for the buckets of a number that hold equally many
// rows, at most that many of them, called "releaseYearBucket".
func Bucketized(source string, buckets int) feature.Column {
	return feature.Column{Name: source + "Bucket", Source: source, Kind: feature.Bucketized, Size: int32(buckets)}
}

// OneHot returns a column for a feature with one value.
func OneHot(source string) feature.Column {
	return feature.Column{Name: source, Source: source, Kind: feature.OneHot}
}

// ItemID returns a column for the item itself, without a value while the crowd
// has seen it less than least times: too rarely to learn an embedding from.
func ItemID(least uint32) feature.Column {
	c := OneHot(feature.ItemID)
	c.Least = least
	return c
}

// MultiHot returns a column for the first values of a feature with several.
func MultiHot(source string, slots int) feature.Column {
	return feature.Column{Name: source, Source: source, Kind: feature.MultiHot, Slots: int32(slots)}
}

// Sequence returns a column for the newest values of a part of the history, newest first.
func Sequence(source string, slots int) feature.Column {
	return feature.Column{Name: source, Source: source, Kind: feature.Sequence, Slots: int32(slots)}
}

// Crossed returns a column for the pair of two features with one value, hashed
// into buckets, called "movieId*userRatedMovie1".
func Crossed(source, with string, buckets int) feature.Column {
	return feature.Column{Name: source + "*" + with, Source: source, With: with, Kind: feature.Crossed, Size: int32(buckets)}
}
