package live

// mostKeys is how many keys an entry may have.
const mostKeys = 9

// key is one that an entry may have, and what may stand below it.
type key struct {
	name  string
	kind  kind
	least float64 // of a number
	most  float64 // of a number; else bytes of a text, or entries of a list
	bytes int     // of a text in a list
}

// kind is what may stand below a key.
type kind uint8

const (
	aNumber kind = iota
	aWhole       // number
	aBool
	aTime
	aText
	aProse // text with any characters
	anAddress
	aCurrency
	texts
	numbers
)

// What an item, a new item and a rule may have, in the order that [decoder] takes the values in.
var (
	itemKeys = []key{
		{name: "stock", least: -1e15, most: 1e15},
		{name: "price", most: 1e15},
		{name: "currency", kind: aCurrency, most: 3},
		{name: "hidden", kind: aBool},
		{name: "boost", least: -1, most: 1},
		{name: "title", kind: aText, most: 500},
		{name: "image", kind: anAddress, most: 2048},
		{name: "url", kind: anAddress, most: 2048},
	}
	newKeys = []key{
		{name: "title", kind: aText, most: 500},
		{name: "year", kind: aWhole, least: 1, most: 9999},
		{name: "genres", kind: texts, most: 32, bytes: 100},
		{name: "tags", kind: texts, most: 32, bytes: 100},
		{name: "text", kind: aProse, most: 10_000},
		{name: "image", kind: anAddress, most: 2048},
		{name: "url", kind: anAddress, most: 2048},
		{name: "like", kind: texts, most: 32, bytes: mostID},
		{name: "vector", kind: numbers, most: 4096},
	}
	ruleKeys = []key{
		{name: "do", kind: aText, most: mostName},
		{name: "items", kind: texts, most: 1000, bytes: mostID},
		{name: "where", kind: aText, most: 4096},
		{name: "by", most: 1},
		{name: "to", kind: aWhole, least: 1, most: 100},
		{name: "from", kind: aTime},
		{name: "until", kind: aTime},
	}
)

// Bounds of a document.
const (
	MostBytes = 8 << 20
	mostItems = 100_000
	mostNew   = 1000
	mostRules = 100
	mostID    = 200 // bytes
	mostName  = 100 // of a rule and of a key
)
