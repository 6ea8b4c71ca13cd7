package overlay

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/live"
)

// read reads a catalog from CSV.
func read(t *testing.T, text string, declared []dataset.Declared) *catalog.Catalog {
	t.Helper()
	file := filepath.Join(t.TempDir(), "items.csv")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	d, _, err := dataset.Open(t.Context(), file, dataset.Options{Attributes: declared})
	if err != nil {
		t.Fatal(err)
	}
	return d.Catalog
}

func amount(v float64) live.Amount { return live.Amount{Value: v, Known: true} }

// trainedCSV is the catalog that a bundle was made of.
const trainedCSV = "item_id,title,genres,url,price,in_stock\na,Heat,Crime,https://s/a,10,yes\nb,Alien,Horror,https://s/b,20,yes\nc,Fargo,Crime,https://s/c,,no\ngone,Clerks,Comedy,,5,yes\n"

func TestWhatChangedIsInTheOverlay(t *testing.T) {
	declared, err := dataset.ParseAttributes("price:number,in_stock:bool")
	if err != nil {
		t.Fatal(err)
	}
	trained := read(t, trainedCSV, declared)
	now := read(t, "item_id,title,genres,url,price,currency,stock,hidden\n"+
		"a,Heat,Crime,https://s/a,10,EUR,3,no\n"+ // as trained
		"b,Aliens,Horror,https://s/b2,18.50,eur,0,no\n"+
		"c,Fargo,Crime,https://s/c,7,EUR,2,yes\n"+
		"n,Nikita,Crime,https://s/n,9,EUR,0,no\n", Columns())
	m := Of(now, Options{Bundle: trained})
	want := &live.Overlay{
		Items: []live.Item{
			{ID: "b", Stock: amount(0), Price: amount(18.5), Currency: "EUR", Title: "Aliens", URL: "https://s/b2"},
			{ID: "c", Stock: amount(2), Price: amount(7), Currency: "EUR", Hidden: true},
			{ID: "n", Stock: amount(0), Price: amount(9), Currency: "EUR"},
		},
		New: []live.New{{ID: "n", Title: "Nikita", Genres: []string{"Crime"}, URL: "https://s/n"}},
	}
	if diff := cmp.Diff(want, m.Overlay); diff != "" {
		t.Error(diff)
	}
	if m.Items != 4 || m.SoldOut != 2 || m.Hidden != 1 || m.Changed != 1 || m.New != 1 || m.Missing != 1 {
		t.Errorf("figures: %+v", m)
	}
	if lines := strings.Join(m.Lines, "\n"); !strings.Contains(lines, "column stock: how many there are") || !strings.Contains(lines, "1 item of the bundle not in the catalog") {
		t.Errorf("it says\n%s", lines)
	}
	hidden := Of(now, Options{Bundle: trained, HideMissing: true}).Overlay.Items
	if i := slices.IndexFunc(hidden, func(i live.Item) bool { return i.ID == "gone" }); i < 0 || !hidden[i].Hidden {
		t.Errorf("what is missing is not hidden: %+v", hidden)
	}
}

// TestWordsOfFeeds: availability as product feeds, schema.org and WooCommerce have it.
func TestWordsOfFeeds(t *testing.T) {
	now := read(t, "item_id,title,availability\n1,A,in stock\n2,B,out_of_stock\n3,C,https://schema.org/SoldOut\n4,D,preorder\n5,E,maybe\n6,F,\n7,G,onbackorder\n", Columns())
	m := Of(now, Options{})
	var some, none []catalog.ID
	for _, item := range m.Overlay.Items {
		if item.SoldOut() {
			none = append(none, item.ID)
		} else {
			some = append(some, item.ID)
		}
	}
	if !slices.Equal(some, []catalog.ID{"1", "4", "7"}) || !slices.Equal(none, []catalog.ID{"2", "3"}) {
		t.Errorf("there are some of %q and none of %q", some, none)
	}
	if last := m.Lines[len(m.Lines)-1]; !strings.Contains(last, `"maybe" on 1 item`) {
		t.Errorf("it says of maybe: %s", last)
	}
}

func TestPublishedAndTheFirstOfTwoColumns(t *testing.T) {
	now := read(t, "item_id,title,published,Variant Inventory Qty,inventory\n1,A,true,5,0\n2,B,false,4,4\n", Columns())
	m := Of(now, Options{})
	want := []live.Item{{ID: "1", Stock: amount(0)}, {ID: "2", Stock: amount(4), Hidden: true}}
	if diff := cmp.Diff(want, m.Overlay.Items); diff != "" {
		t.Error(diff)
	}
	if !slices.Contains(m.Lines, "column variant_inventory_qty is not read: inventory says how many there are") {
		t.Errorf("it says %q", m.Lines)
	}
	if m := Of(read(t, "item_id,title\n1,A\n", Columns()), Options{}); len(m.Overlay.Items) > 0 || !strings.HasPrefix(m.Lines[0], "no column tells stock") {
		t.Errorf("without such columns: %+v", m)
	}
}
