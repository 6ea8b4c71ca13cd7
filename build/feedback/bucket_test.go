package feedback

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"sparrow/wasm/event"
)

// served starts an S3 server in this process, with a bucket that holds
// objects, and returns an environment to reach it. refuse may answer in its place.
func served(t *testing.T, objects map[string][]byte, refuse func(w http.ResponseWriter, r *http.Request) bool) func(string) string {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("feedback"); err != nil {
		t.Fatal(err)
	}
	for name, b := range objects {
		written := map[string]string{"Last-Modified": "Tue, 24 Nov 2026 16:00:00 GMT"}
		if _, err := backend.PutObject("feedback", name, written, bytes.NewReader(b), int64(len(b)), nil); err != nil {
			t.Fatal(err)
		}
	}
	fake := gofakes3.New(backend).Server()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refuse == nil || !refuse(w, r) {
			fake.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return func(name string) string {
		return map[string]string{
			"AWS_ENDPOINT_URL": s.URL, "AWS_REGION": "auto", "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret",
		}[name]
	}
}

// manySegments returns 60 segments of two events, the second one again in the
// next, one of them larger than what is fetched ahead.
func manySegments() map[string][]byte {
	all := make(map[string][]byte)
	for i := range 60 {
		r := record(noon+int64(i), noon+int64(i), click(i, 1, noon), click(i+1, 1, noon))
		if i == 30 {
			for k := range 50 {
				r.Dead = append(r.Dead, event.DeadLetter{Reason: "large", Raw: bytes.Repeat([]byte{byte(k)}, 10_000)})
			}
			all["events/30.seg"] = segment(r, r, r)
			continue
		}
		all["events/"+strconv.Itoa(i)+".seg"] = segment(r)
	}
	return all
}

func TestBucket(t *testing.T) {
	segments := manySegments()
	want, wantReport := open(t, stored(t, segments), Options{})
	segments["experiments.json"] = []byte("{}")
	segments["other/1.seg"] = segment(record(noon, noon, click(500, 1, noon)))
	got, report := open(t, "s3://feedback/events/", Options{Getenv: served(t, segments, nil)})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the bucket and the folder differ (-folder +bucket):\n%s", diff)
	}
	if diff := cmp.Diff(wantReport, report); diff != "" {
		t.Errorf("their reports differ (-folder +bucket):\n%s", diff)
	}
	env := served(t, segments, nil)
	digest := func() string {
		t.Helper()
		d, err := Digest(context.Background(), "s3://feedback/events/", env)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	one := digest()
	if two := digest(); one != two || len(one) != 64 {
		t.Errorf("Digest gives %s and %s for the same objects", one, two)
	}
	segments["events/0.seg"] = segment(record(noon, noon, click(700, 1, noon)))
	if env = served(t, segments, nil); digest() == one {
		t.Error("Digest is the same after an object has changed")
	}
	if _, report := open(t, "s3://feedback", Options{Getenv: served(t, segments, nil)}); report.Segments != 61 {
		t.Errorf("the whole bucket has %d segments, want 61", report.Segments)
	}
}

// TestBucketFails has a bucket that breaks off: an error, not a torn segment.
func TestBucketFails(t *testing.T) {
	for _, test := range []struct {
		name, object string
	}{{"a small object", "/feedback/events/7.seg"}, {"a large object", "/feedback/events/30.seg"}} {
		t.Run(test.name, func(t *testing.T) {
			env := served(t, manySegments(), func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path != test.object {
					return false
				}
				w.Header().Set("Content-Length", "100000")
				w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 16:00:00 GMT")
				w.Header().Set("ETag", `"1"`)
				w.Write([]byte{0xc5, 0x10})
				return true
			})
			_, _, err := Open(context.Background(), "s3://feedback/events", Options{Getenv: env})
			if err == nil || !strings.Contains(err.Error(), strings.TrimPrefix(test.object, "/feedback/")) {
				t.Errorf("Open: error %v, want one that names %s", err, test.object)
			}
		})
	}
	env := served(t, nil, func(w http.ResponseWriter, r *http.Request) bool { w.WriteHeader(http.StatusForbidden); return true })
	if _, _, err := Open(context.Background(), "s3://feedback", Options{Getenv: env}); err == nil {
		t.Error("Open of a bucket that refuses returned no error")
	}
}
