// Package index divides rows into the cells of an inverted file and chooses the
// cells that a search looks into. It is the coarse quantizer of Jégou, Douze &
// Schmid, Product quantization for nearest neighbor search, TPAMI 2011, section
// 4. Where centroids come from and how vectors are compared is the caller's.
package index
