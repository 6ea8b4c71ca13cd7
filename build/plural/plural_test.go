package plural

import "testing"

func TestOf(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Of(1, "user"), "1 user"}, {Of(0, "user"), "0 users"}, {Of(2, "dead letter"), "2 dead letters"},
		{Of(int64(3), "query"), "3 queries"}, {Of(1, "query"), "1 query"}, {Of(2, "day"), "2 days"}, {Of(4, "other person"), "4 other people"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
