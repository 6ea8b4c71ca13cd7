package dataset

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestUnusedColumnsAreNamed: a column that is not used is named once for its file,
// and is nothing that was dropped.
func TestUnusedColumnsAreNamed(t *testing.T) {
	_, r, err := Open(context.Background(), folder(t, map[string]string{
		"items.csv":        "item_id,title,price,Stock Level,\na,A,1,2,\n",
		"interactions.csv": "user_id,item_id,what_happened,moment\nu,a,viewed,1\n",
	}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"items.csv: columns not used: price, stock_level, one without a name" + advice, "interactions.csv: columns not used: what_happened, moment"}
	if got := notes(r); !slices.Equal(got, want) {
		t.Errorf("said %q, want %q", got, want)
	}
	if len(r.Drops) > 0 {
		t.Errorf("dropped %q", lines(r))
	}
	var many []string
	for i := range 100 {
		many = append(many, fmt.Sprintf("column_%d", i))
	}
	if got := unusedSay(many); !strings.HasSuffix(got, "column_19 and 80 more") {
		t.Errorf("a hundred columns: %q", got)
	}
}

// TestEventsOfOtherPrograms reads the columns and events that other programs write:
// what was chosen counts, what was taken back or only shown does not.
func TestEventsOfOtherPrograms(t *testing.T) {
	for _, c := range []struct {
		name, columns  string
		chosen, others []string
	}{
		{"GA4", "event_name,event_timestamp,event_date", strings.Fields("view_item select_item add_to_cart add_to_wishlist begin_checkout add_payment_info add_shipping_info purchase"),
			strings.Fields("remove_from_cart view_item_list refund session_start view_promotion user_engagement scroll")},
		{"a time of events", "event_name,event_time", []string{"view_item"}, []string{"remove_from_cart"}},
		{"Segment", "event_text,original_timestamp,received_at", []string{"Product Viewed", "Product Clicked", "Product Added", "Product Added to Wishlist", "Checkout Started", "Order Completed", "Product Reviewed"},
			[]string{"Product Removed", "Product List Viewed", "Order Refunded", "Product Removed from Wishlist", "Promotion Viewed"}},
		{"Shopify", "event_name,created_at", strings.Fields("product_viewed product_added_to_cart checkout_started checkout_completed"), strings.Fields("product_removed_from_cart collection_viewed search_submitted")},
		{"Snowplow", "event_name,derived_tstamp,collector_tstamp", strings.Fields("product_view list_click add_to_cart transaction"), strings.Fields("remove_from_cart list_view page_ping refund")},
	} {
		t.Run(c.name, func(t *testing.T) {
			var items, rows strings.Builder
			items.WriteString("item_id,title\n")
			rows.WriteString("user_id,item_id," + c.columns + "\n")
			for i, event := range slices.Concat(c.chosen, c.others) {
				fmt.Fprintf(&items, "%d,Item %d\n", i, i)
				fmt.Fprintf(&rows, "u,%d,%s%s\n", i, event, strings.Repeat(fmt.Sprintf(",%d000000", 1_600_000_000+i*i), strings.Count(c.columns, ",")))
			}
			d, r, err := Open(context.Background(), folder(t, map[string]string{"items.csv": items.String(), "interactions.csv": rows.String()}), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, i := range d.Of(0) {
				got = append(got, slices.Concat(c.chosen, c.others)[i.Row])
			}
			if !slices.Equal(got, c.chosen) {
				t.Errorf("chosen, in this order: %q, want %q\n%q", got, c.chosen, notes(r))
			}
			for _, x := range r.Drops { // a return of what was not bought is noted
				if x.Reason != "event that says nothing of taste" {
					t.Errorf("dropped: %s", x.Reason)
				}
			}
		})
	}
}

// TestEmptyWeightsAreOne: a view has no quantity; its row counts as one, and is not
// bad, and what says nothing of taste needs no weight that can be read.
func TestEmptyWeightsAreOne(t *testing.T) {
	d, r, err := Open(context.Background(), folder(t, map[string]string{
		"items.csv":        "item_id,title\na,A\nb,B\nc,C\nd,D\ne,E\n",
		"interactions.csv": "user_id,item_id,timestamp,event,quantity\nu,a,1,purchase,\nu,b,2,purchase,NULL\nu,c,3,purchase,1\nu,d,5,purchase,3\nu,e,8,remove,?\n",
	}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, bad := r.Rows(); bad > 0 {
		t.Errorf("%d rows are bad: %q", bad, lines(r))
	}
	if !slices.Contains(notes(r), "interactions.csv: no weight, read as 1: 2") {
		t.Errorf("said %q", notes(r))
	}
	got := d.Of(0)
	if len(got) != 4 || got[0].Confidence != got[2].Confidence || got[1].Confidence != got[2].Confidence || got[3].Confidence <= got[2].Confidence {
		t.Errorf("interactions %+v: the first three weigh the same, the last one more", got)
	}
}
