package clickstream

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// written writes text to a file of that name and returns its path.
func written(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	data := []byte(text)
	if strings.HasSuffix(name, ".gz") {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(data)
		z.Close()
		data = b.Bytes()
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// event returns a line of Snowplow's with some columns set.
func event(set map[int]string) string {
	c := make([]string, columnsMost)
	c[0], c[collectorTime], c[domainUserID] = "shop", "2024-02-29 23:59:59.123", "d1"
	for i, v := range set {
		c[i] = v
	}
	return strings.Join(c, "\t")
}

const entities = `{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0","data":[` +
	`{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{"id":"page"}},` +
	`{"schema":"iglu:com.snowplowanalytics.snowplow.ecommerce/product/jsonschema/1-0-0","data":{"id":"a","price":9.5,"currency":"eur","quantity":2}},` +
	`{"schema":"iglu:com.snowplowanalytics.snowplow.ecommerce/product/jsonschema/1-0-0","data":{"id":"b","price":1,"currency":"EUR"}}]}`

func action(kind string) string {
	return `{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.snowplowanalytics.snowplow.ecommerce/snowplow_ecommerce_action/jsonschema/1-0-2","data":{"type":"` + kind + `"}}}`
}

// readBack counts the rows behind the header.
func readBack(data []byte) (int, error) {
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	return len(all) - 1, err
}

// left writes why lines were left out, and where first.
func left(r *Report) string {
	var all []string
	for _, l := range r.Sorted() {
		all = append(all, fmt.Sprintf("%s × %d at %s", l.Reason, l.Count, l.Places[0]))
	}
	return strings.Join(all, "\n")
}

func TestConvert(t *testing.T) {
	for _, c := range []struct {
		name, format, file, text string
		rows                     string // behind the header
		bad                      int
		left                     []string
	}{
		{"retailrocket", "retailrocket", "events.csv",
			"\ufefftimestamp,visitorid,event,itemid,transactionid\r\n1433221332117,257597,view,355908,\r\n1433224214164,992329,addtocart,248676,\r\n1433224214,9,transaction,1,7\r\n\r\n" +
				"1433224215,9,transaction,2,7\r\n1433224214,9,transaction,1,7\r\nsoon,9,view,1,\r\n1433224216,9,gaze,1,\r\n1433224216,9,view\r\n1433224217,9,\"view\",\"4,5\",\r\n",
			"257597,355908,1433221332,view,,,\n992329,248676,1433224214,cart,,,\n9,1,1433224214,purchase,,,\n9,2,1433224215,purchase,,,\n9,\"4,5\",1433224217,view,,,\n", 2,
			[]string{`the time is no number × 1 at events.csv:8: "soon"`, "not the 5 fields that the first line names × 1 at events.csv:10", `event "gaze" is not known`, "items of an order that came before, left out × 1 at events.csv:7"}},
		{"columns in another order, unpacked", "retailrocket", "events.csv.gz", "itemid,event,visitorid,timestamp\n3,transaction,u,1433224214000\n", "u,3,1433224214,purchase,,,\n", 0, nil},
		{"ga4", "ga4", "events-000.json",
			`{"event_date":"20210131","event_timestamp":"1612069510766593","event_name":"page_view","user_pseudo_id":"1026454.4271112504","items":[]}` + "\n" +
				`{"event_timestamp":1612069510766593,"event_name":"view_item","user_pseudo_id":102,"items":[{"item_id":"9195902","item_name":"Tee","price":25.5,"quantity":null}]}` + "\n" +
				`{"event_timestamp":"1612069520000000","event_name":"purchase","user_pseudo_id":"p","user_id":"u","event_params":[{"key":"currency","value":{"string_value":"usd"}}],"ecommerce":{"transaction_id":"T1"},"items":[{"item_id":"a","price":"10.00","quantity":"2"},{"item_id":"b","price":3},{"item_id":"(not set)","price":1}]}` + "\n" +
				`{"event_timestamp":"1612069530000000","event_name":"purchase","user_pseudo_id":"p","ecommerce":{"transaction_id":"T1"},"items":[{"item_id":"a"}]}` + "\n" +
				`{"event_timestamp":"1612069530000000","event_name":"purchase","user_pseudo_id":"q","ecommerce":{"transaction_id":"(not set)"},"items":[{"item_id":"a","price":-1,"quantity":-2}]}` + "\n" +
				`{"event_timestamp":"1612069540000000","event_name":"refund","user_pseudo_id":null,"user_id":"u","items":[{"item_id":"a","quantity":1}]}` + "\n" +
				`{"event_timestamp":"1612069540000000","event_name":"add_to_cart","items":[{"item_id":"a"}]}` + "\n" +
				`{"event_timestamp":"1612069540000000","event_name":"view_item_list","user_pseudo_id":"p","items":[{"item_id":"a"},{"item_id":"b"}]}` + "\n" +
				`{"event_name":"spin_the_wheel","user_pseudo_id":"p","items":[{"item_id":"a"}]}` + "\n" +
				`{"event_name":"view_item","user_pseudo_id":"p","items":[{"item_id":"a"}]}` + "\n" +
				`{"event_name":"view_item","user_ps`,
			"102,9195902,1612069510,view,,,\np,a,1612069520,purchase,20.00,USD,2\np,b,1612069520,purchase,3.00,USD,\nq,a,1612069530,purchase,,,\nu,a,1612069540,return,,,1\n", 3,
			[]string{"no user id × 1 at events-000.json:7", "no time, or one before 1970 or after 2105 × 1 at events-000.json:10", "not the JSON of an event × 1 at events-000.json:11",
				`events without an item: "page_view" × 1`, `events without an item: "purchase" × 1 at events-000.json:3`, `events that say nothing of taste: "view_item_list" × 2 at events-000.json:8`, `event "spin_the_wheel" is not known`,
				`events of an order that came before, left out: "purchase" × 1 at events-000.json:4`, "prices below 0, left empty × 1", "quantities that are no whole number from 1 to 10,000, left empty × 1"}},
		{"snowplow", "snowplow", "part-0.gz",
			event(map[int]string{eventName: "page_ping"}) + "\n" +
				event(map[int]string{eventName: "snowplow_ecommerce_action", eventID: "1", contexts: entities, unstruct: action("transaction"), derivedTime: "2024-03-01 00:00:01.5"}) + "\n" +
				event(map[int]string{eventName: "snowplow_ecommerce_action", eventID: "1", contexts: entities, unstruct: action("transaction")}) + "\n" +
				event(map[int]string{eventName: "page_view", eventID: "2", contexts: entities, domainUserID: "", networkUserID: "n1"}) + "\n" +
				event(map[int]string{eventName: "transaction", eventID: "3"}) + "\n" +
				event(map[int]string{eventName: "transaction_item", eventID: "4", itemSKU: "s", itemPrice: "4.25", itemQuantity: "2", itemCurrency: "GBP"}) + "\n" +
				event(map[int]string{eventName: "add_to_cart", eventID: "5", unstruct: `{"schema":"iglu:a/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.snowplowanalytics.snowplow/add_to_cart/jsonschema/1-0-0","data":{"sku":"s2","unitPrice":3,"quantity":1}}}`}) + "\n" +
				"shop\tweb\n" + event(map[int]string{eventName: "page_view", eventID: "6", contexts: `{"data":`}) + "\n" +
				strings.Join(strings.Split(event(map[int]string{eventName: "page_view", eventID: "7", contexts: entities}), "\t")[:columnsLeast], "\t"),
			"d1,a,1709251201,purchase,19.00,EUR,2\nd1,b,1709251201,purchase,1.00,EUR,\nn1,a,1709251199,view,,,2\nn1,b,1709251199,view,,,\nd1,s,1709251199,purchase,8.50,GBP,2\nd1,s2,1709251199,cart,,,1\nd1,a,1709251199,view,,,2\nd1,b,1709251199,view,,,\n", 2,
			[]string{"2 columns, want 131 as enriched events have them × 1 at part-0.gz:8", "contexts or unstruct_event that cannot be read × 1 at part-0.gz:9", "events that came before, by their event_id, left out × 1 at part-0.gz:3",
				`orders whose items are events of their own: "transaction" × 1`, `events that say nothing of taste: "page_ping" × 1`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			r, err := Convert(context.Background(), &out, []string{written(t, c.file, c.text)}, Options{Format: c.format})
			if err != nil {
				t.Fatal(err)
			}
			const header = "user_id,item_id,timestamp,event,value,currency,quantity\n"
			if got := out.String(); got != header+c.rows {
				t.Errorf("wrote\n%s\nwant\n%s", got, header+c.rows)
			}
			n := 0
			for _, k := range r.Kinds {
				n += k
			}
			if r.Rows != strings.Count(c.rows, "\n") || n != r.Rows || r.Bad != c.bad {
				t.Errorf("%d rows of kinds %v and %d bad, want %d and %d", r.Rows, r.Kinds, r.Bad, strings.Count(c.rows, "\n"), c.bad)
			}
			said := left(r)
			for _, want := range c.left {
				if !strings.Contains(said, want) {
					t.Errorf("said\n%s\nand not %q", said, want)
				}
			}
			if strings.Count(said, "\n")+1 != max(1, len(c.left)) {
				t.Errorf("%d reasons, want %d:\n%s", strings.Count(said, "\n")+1, len(c.left), said)
			}
		})
	}
}

// TestConvertRefuses what is of another format, cut short or not there.
func TestConvertRefuses(t *testing.T) {
	whole := written(t, "events.json.gz", strings.Repeat(`{"event_name":"view_item","event_timestamp":"1612069510766593","user_pseudo_id":"p","items":[{"item_id":"a"}]}`+"\n", 500))
	data, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(t.TempDir(), "cut.json.gz")
	if err := os.WriteFile(cut, data[:len(data)-9], 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ format, path, want string }{
		{"ga4", cut, "cut.json.gz:501: the file is cut short or damaged"},
		{"retailrocket", whole, `events.json.gz:1: the first line names no column "timestamp"`},
		{"snowplow", whole, "no event says what anyone did"},
		{"csv", whole, `no format is called "csv"`},
		{"ga4", filepath.Join(t.TempDir(), "none"), "no such file"},
	} {
		var out bytes.Buffer
		if _, err := Convert(context.Background(), &out, []string{c.path}, Options{Format: c.format}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %s: %v, want %q", c.format, filepath.Base(c.path), err, c.want)
		}
	}
}

// TestLongLinesCostThemselvesAlone: a line beyond the bound is named, and memory does not grow
// with it.
func TestLongLinesCostThemselvesAlone(t *testing.T) {
	good := `{"event_name":"view_item","event_timestamp":"1612069510766593","user_pseudo_id":"p","items":[{"item_id":"a"}]}` + "\n"
	path := written(t, "events.json", good+`{"event_name":"`+strings.Repeat("x", longest)+`"}`+"\n"+good)
	var out bytes.Buffer
	r, err := Convert(context.Background(), &out, []string{path}, Options{Format: "ga4"})
	if err != nil || r.Rows != 2 || r.Bad != 1 || !strings.Contains(left(r), "a line of more than 4 MB × 1 at events.json:2") {
		t.Errorf("%d rows, %d bad, %v:\n%s", r.Rows, r.Bad, err, left(r))
	}
}

// TestReportsAreBounded: as many names of events as there are lines are counted together.
func TestReportsAreBounded(t *testing.T) {
	r := newReport()
	for i := range 10 * mostReasons {
		r.at("f", i)
		r.event(fmt.Sprint("event ", i))
	}
	sum := 0
	for _, l := range r.Sorted() {
		sum += l.Count
	}
	if len(r.Left) != mostReasons+1 || sum != 10*mostReasons {
		t.Errorf("%d reasons of %d events, want %d of %d", len(r.Left), sum, mostReasons+1, 10*mostReasons)
	}
	w := newWindow()
	for i := range remembered + 10 {
		w.again(fmt.Sprint(i))
	}
	if len(w.has) != remembered || w.again("5") || !w.again(fmt.Sprint(remembered)) {
		t.Errorf("%d events are remembered, want the last %d", len(w.has), remembered)
	}
}

// TestWriteItems takes the newest category and availability of each item.
func TestWriteItems(t *testing.T) {
	path := written(t, "item_properties_part1.csv", "timestamp,itemid,property,value\n1435460400000,460429,categoryid,1338\n1436060400000,460429,categoryid,9\n1435000000000,460429,categoryid,7\n"+
		"1441508400000,206783,888,1116713 960601 n277.200\n1435460400000,460429,available,0\nsoon,1,available,1\n1435460400000,7,available,1\n")
	var out bytes.Buffer
	r, err := WriteItems(context.Background(), &out, []string{path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "item_id,title,genres,available\n206783,Item 206783,,\n460429,Item 460429,Category 9,false\n7,Item 7,,true\n"; got != want {
		t.Errorf("wrote\n%s\nwant\n%s", got, want)
	}
	if want := (ItemsReport{Items: 3, Rows: 5, Other: 1, Bad: 1, First: "item_properties_part1.csv:7"}); *r != want {
		t.Errorf("counted %+v, want %+v", *r, want)
	}
	if _, err := WriteItems(context.Background(), &out, []string{written(t, "x.csv", "a,b\n")}, nil); err == nil || !strings.Contains(err.Error(), `names no column "timestamp"`) {
		t.Errorf("another file: %v", err)
	}
}

// FuzzConvert: whatever a file holds, what is written can be read back, with a row for each one
// that is counted.
func FuzzConvert(f *testing.F) {
	f.Add(uint8(0), []byte("timestamp,visitorid,event,itemid,transactionid\n1433221332117,257597,view,355908,\n1433221332117,\"2\n"))
	f.Add(uint8(1), []byte(event(map[int]string{eventName: "snowplow_ecommerce_action", contexts: entities, unstruct: action("refund")})))
	f.Add(uint8(2), []byte(`{"event_timestamp":"1612069520000000","event_name":"purchase","user_pseudo_id":"p\nq","items":[{"item_id":"a","price":1e300,"quantity":"NaN"}]}`))
	f.Fuzz(func(t *testing.T, format uint8, data []byte) {
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		r, err := Convert(context.Background(), &out, []string{path}, Options{Format: Formats[int(format)%len(Formats)]})
		if err != nil {
			return
		}
		rows, err := readBack(out.Bytes())
		if err != nil || rows != r.Rows {
			t.Errorf("%d rows, %v; counted %d", rows, err, r.Rows)
		}
	})
}
