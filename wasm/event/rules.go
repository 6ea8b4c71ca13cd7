package event

// Bounds of what one event may hold.
const (
	maxText = 64  // bytes of a layer, an arm, a list, a source
	maxItem = 200 // bytes of an item's id
	maxArms = 8
	maxMany = 10_000    // pieces of one event
	maxTime = 1<<53 - 1 // milliseconds: what JavaScript can count
)

// fields is a set of fields by their one-letter names.
type fields uint32

func set(names string) (s fields) {
	for i := range len(names) {
		s |= field(names[i])
	}
	return s
}

// field is the set of one field; the empty set when c is not a small letter.
func field(c byte) fields {
	if c < 'a' || c > 'z' {
		return 0
	}
	return 1 << (c - 'a')
}

// always are the fields of every event, optional those that any event may have.
var always, optional = set("iktvs"), set("qba")

// rule tells which fields a kind needs and which it may have beside those.
type rule struct {
	kind      Kind
	need, may fields
}

var rules = [...]rule{
	{Impression, set("mp"), 0},
	{Click, set("mp"), set("c")},
	{View, set("m"), set("c")},
	{Rate, set("mr"), set("pc")},
	{Like, set("m"), set("pc")},
	{Dislike, set("m"), set("pc")},
	{NotInterested, set("m"), set("pc")},
	{Watchlist, set("m"), set("pc")},
	{Clear, set("m"), set("pc")},
	{Cart, set("m"), set("pcxun")},
	{Purchase, set("m"), set("pcxun")},
	{Return, set("m"), set("pcn")},
	{Play, set("m"), set("pcx")},
	{Read, set("m"), set("pcx")},
	{Undo, set("c"), 0},
	{Exposure, set("y"), 0},
	{Start, 0, set("x")},
	{Dropped, set("dn"), 0},
}

// ruleOf returns the rule of the kind named name, or nil.
func ruleOf(name []byte) *rule {
	for i := range rules {
		if string(rules[i].kind) == string(name) {
			return &rules[i]
		}
	}
	return nil
}
