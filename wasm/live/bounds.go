package live

// Bounds of a document.
const (
	MostBytes   = 8 << 20
	mostItems   = 100_000
	mostNew     = 1000
	mostRules   = 100
	mostOfRule  = 1000 // items
	mostLike    = 32
	mostLabels  = 32 // genres, and tags, of a new item
	mostNumbers = 4096
	mostPlace   = 100
)

// Bounds of texts, in bytes.
const (
	mostID      = 200
	mostName    = 100
	mostTitle   = 500
	mostLabel   = 100
	mostAddress = 2048
	mostText    = 10_000
	mostFilter  = 4096
)
