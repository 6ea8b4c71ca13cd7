package dataset

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// events are the names of events that are known, and the kind of each; noKind where the
// user did not choose the item, or where it says nothing of taste. Case and what
// separates words do not matter. README.md of build has the table.
var events = map[string]kind{}

func init() {
	for k, names := range map[kind]string{
		view: "view detailview open visit pageview pv " +
			"viewitem " + // GA4
			"productviewed pageviewed productview viewcontent", // Segment and Shopify, Snowplow, Meta
		click: "click select selectitem productclicked listclick",
		like: "like love favorite favourite fav bookmark save wishlist rate rating review share recommend subscribe follow " +
			"addtowishlist productaddedtowishlist productshared productreviewed",
		cart: "addtocart cart basket addtobasket add checkout " +
			"begincheckout addpaymentinfo addshippinginfo viewcart " + // GA4
			"productadded wishlistproductaddedtocart cartviewed checkoutstarted paymentinfoentered " + // Segment
			"productaddedtocart paymentinfosubmitted checkoutstep initiatecheckout", // Shopify, Snowplow, Meta
		play:     "play watch listen stream download complete finish",
		read:     "read",
		purchase: "purchase buy order transaction ecommercepurchase ordercompleted orderplaced checkoutcompleted",
		returned: "return refund orderrefunded ordercancelled",
		noKind: "impression exposure show shown dislike skip hide ignore notinterested remove removefromcart delete unlike unfollow unsubscribe bounce abandon " +
			"viewitemlist viewpromotion selectpromotion viewsearchresults search sessionstart firstvisit userengagement scroll login signup " + // GA4
			"productremoved productremovedfromwishlist productlistviewed productlistfiltered productssearched promotionviewed promotionclicked " + // Segment
			"removefromwishlist productremovedfromcart collectionviewed searchsubmitted " + // Shopify
			"listview promotionview promotionclick pageping", // Snowplow
	} {
		for name := range strings.FieldsSeq(names) {
			events[name] = k
		}
	}
}

// KindOf returns the kind of an event by its name, "" where it says nothing of taste, and whether
// the name is known.
func KindOf(event string) (kind string, known bool) {
	k, known := events[eventName(event)]
	return kindNames[k], known
}

// eventName returns the name of an event in the way that names are compared.
func eventName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_ .", r) {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(name)))
}

// What an event says.
type says uint8

const (
	saysTaste says = iota
	saysNothing
	notKnown
)

// said is what one name of an event stands for.
type said struct {
	says says
	kind kind
}

// kinds tell what the events of one file say, and count those that are not known.
type kinds struct {
	asked   map[string]string
	seen    map[string]said // by the name as the file has it
	unknown map[string]int
}

// newKinds takes names that stand for known ones.
func newKinds(asked map[string]string) *kinds {
	k := &kinds{asked: map[string]string{}, seen: map[string]said{"": {}}, unknown: map[string]int{}}
	for name, known := range asked {
		k.asked[eventName(name)] = eventName(known)
	}
	return k
}

func (k *kinds) of(name []byte) said {
	s, ok := k.seen[string(name)]
	if !ok {
		key := eventName(string(name))
		if known, ok := k.asked[key]; ok {
			key = known
		}
		switch of, known := events[key]; {
		case !known && !isNull(name):
			s.says = notKnown
		case known && of == noKind:
			s.says = saysNothing
		default:
			s.kind = of
		}
		if len(k.seen) < mostKinds {
			k.seen[strings.Clone(string(name))] = s
		}
	}
	if s.says == notKnown {
		if n, ok := k.unknown[string(name)]; ok || len(k.unknown) < mostKinds {
			k.unknown[string(name)] = n + 1
		} else {
			k.unknown[others]++
		}
	}
	return s
}

// mostKinds bounds the names that are remembered.
const mostKinds = 1000

// others counts names beyond that.
const others = "…"

// report says which events are not known. That all are is an error.
func (k *kinds) report(r *Report, file string, rows int) error {
	names := slices.SortedFunc(maps.Keys(k.unknown), func(a, b string) int {
		return cmp.Or(cmp.Compare(k.unknown[b], k.unknown[a]), cmp.Compare(a, b))
	})
	all := 0
	for i, name := range names {
		all += k.unknown[name]
		if i < shown {
			r.fairs(file, fmt.Sprintf("event %q is not known; left out (--events %q says what it is)", name, name+"=like"), k.unknown[name])
		} else {
			r.fairs(file, "other events that are not known; left out", k.unknown[name])
		}
	}
	for name := range k.asked {
		if _, ok := events[k.asked[name]]; !ok {
			return fmt.Errorf("%s: --events: %q is not an event that is known; the table in build/README.md has them", file, k.asked[name])
		}
	}
	if rows > 0 && all == rows {
		return errors.New(file + ": none of the events is known: " + strings.Join(names[:min(len(names), 10)], ", ") + "; say what they are, as in --events " + fmt.Sprintf("%q", names[0]+"=like"))
	}
	return nil
}

// sortedKeys returns the keys of m, ascending.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
