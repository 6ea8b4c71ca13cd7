package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemas returns the schemas of openapi.json by their names.
func schemas(t testing.TB) func(name string) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(openAPI))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020) // what OpenAPI 3.1 is written in
	if err := c.AddResource("openapi.json", document); err != nil {
		t.Fatal(err)
	}
	return func(name string) *jsonschema.Schema {
		s, err := c.Compile("openapi.json#/components/schemas/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

func validate(s *jsonschema.Schema, text string) error {
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

// TestAnswersAreAsDescribed asks every address of openapi.json: requests that it allows are
// answered as it says, and requests that are refused say where, why and what to do.
func TestAnswersAreAsDescribed(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, 60)
	s, _ := open(t, dir)
	h, schema := s.Handler(), schemas(t)
	asked := map[string]bool{}
	many := `{"likes":[` + strings.Repeat(`"x",`, mostEvents) + `"x"]}`
	for _, c := range []struct {
		path, body string
		status     int
		says       string // part of the answer
	}{
		{"/v1/similar/1", "", 200, `"why":[{"kind":"same-people"}]`},
		{"/v1/similar/1?k=300", "", 200, `"items":[{"id":`},
		{"/v1/similar/%31?k=2", "", 200, `"items":[{"id":`},
		{"/v1/similar/1?filter=genre%3Dsame", "", 200, `"items":[`},
		{"/v1/similar/1?max=genre:2&min=year:2&diversity=year&exclude=2,none", "", 200, `"ignored":{"count":1,"first":[{"where":"exclude[1]","item":"none"`},
		{"/v1/similar/1?max=gerne:2", "", 400, `"where":"max","why":"there is no column \"gerne\"`},
		{"/v1/recommend", `{"likes":["2"],"diversity":"year,"}`, 400, `"where":"diversity"`},
		{"/v1/recommend", `{"likes":["2"],"max":"genre:3","k":4}`, 200, `"items":[{"id":`},
		{"/v1/similar/1?filter=genre%3DSF", "", 200, `"items":[],"absent":["genre=SF"]`},
		{"/v1/similar/61", "", 404, `"where":"item","why":"no item has the id \"61\""`},
		{"/v1/similar/1.0", "", 404, `there is \"1\"`},
		{"/v1/similar/1?k=0", "", 400, `"where":"k","why":"0 is not from 1 to 300"`},
		{"/v1/similar/1?k=301", "", 400, `"where":"k"`},
		{"/v1/similar/1?k=ten", "", 400, `"where":"k","why":"\"ten\" is no number"`},
		{"/v1/similar/1?n=3", "", 400, `"where":"n","why":"there is no such parameter","do":"there are: k, filter, exclude, max, min, diversity"`},
		{"/v1/similar/1?k=3&k=4", "", 400, `"where":"k","why":"it is given 2 times"`},
		{"/v1/similar/1?k=%zz", "", 400, `"where":"query"`},
		{"/v1/similar/1?filter=genre%3D", "", 400, `"where":"filter"`},
		{"/v1/similar/1?filter=gerne%3DWestern", "", 400, `"column":1,"caret":"gerne=Western\n^"`},
		{"/v1/search?q=odd", "", 200, `"title":"Odd `},
		{"/v1/search?q=nothing+like+it", "", 200, `"items":[]`},
		{"/v1/search?q=", "", 400, `"where":"q","why":"it is empty"`},
		{"/v1/search", "", 400, `"where":"q"`},
		{"/v1/search?q=" + strings.Repeat("a", mostQuery+1), "", 400, `"where":"q"`},
		{"/v1/recommend", `{}`, 200, `"items":[{"id":`},
		{"/v1/recommend", `{"likes":["1","5","9"],"because":true,"k":3}`, 200, `"because":{"id":`},
		{"/v1/recommend", `{"likes":["1","x","1"]}`, 200, `"ignored":{"count":2,"first":[{"where":"likes[0]","item":"1","why":"it stands there again later, and the last word counts"},{"where":"likes[1]","item":"x","why":"no item has this id"}]}`},
		{"/v1/recommend", `{"exclude":["y"],"dislikes":["2"]}`, 200, `"where":"exclude[0]"`},
		{"/v1/recommend", `{"history":[{"item":"1","stars":4.5,"at":5}],"filter":"genre=Western"}`, 200, `Western`},
		{"/v1/recommend", `{"filter":"genre=same"}`, 400, `"column":7`},
		{"/v1/recommend", `{"history":[{"item":"1"},{"item":"2","stars":6}]}`, 400, `"where":"history[1].stars","why":"6 is not from 0.5 to 5"`},
		{"/v1/recommend", `{"history":[{"item":"1"},{"item":"2","at":6}]}`, 400, `"where":"history[1].at"`},
		{"/v1/recommend", `{"history":[{"item":"1","at":-1}]}`, 400, `before 1970`},
		{"/v1/recommend", `{"history":[{"item":""}]}`, 400, `"where":"history[0].item"`},
		{"/v1/recommend", `{"ratings":[{"item":"1"}]}`, 400, `"where":"ratings[0].stars"`},
		{"/v1/recommend", `{"ratings":[{"item":"1","stars":3,"at":4}]}`, 400, `"where":"ratings[0].at"`},
		{"/v1/recommend", `{"likes":["1"],"ratings":[{"item":"1","stars":3}]}`, 400, `more than one`},
		{"/v1/recommend", `{"variety":2}`, 400, `"where":"variety"`},
		{"/v1/recommend", `{"k":0}`, 400, `"where":"k"`},
		{"/v1/recommend", `{"like":["1"]}`, 400, `unknown field \"like\"`},
		{"/v1/recommend", `{"likes":[1]}`, 400, `"where":"likes[0]","why":"a number stands there`},
		{"/v1/recommend", `{"likes":["1"`, 400, `"where":"body"`},
		{"/v1/recommend", `{} {}`, 400, `behind the JSON value`},
		{"/v1/recommend", ` `, 400, `it is empty`},
		{"/v1/recommend", many, 400, `the limit is 20000`},
		{"/v1/recommend", `{"dislikes":[` + strings.Repeat(`"1",`, mostDislikes) + `"1"]}`, 400, `"where":"dislikes"`},
		{"/v1/recommend", `{"filter":"` + strings.Repeat(" ", mostBody) + `"}`, 413, `"where":"body"`},
		{"/v1/recommend?k=3", `{}`, 400, `"where":"k","why":"there is no such parameter","do":"leave it out"`},
		{"/v1/batch", `{"requests":[{"similar":{"item":"1","k":2}},{"recommend":{"history":[{"item":"1","stars":9}]}},{"search":{"q":"even","k":1}}]}`, 200, `"where":"requests[1].recommend.history[0].stars"`},
		{"/v1/batch", `{"requests":[{"similar":{"item":"none"}},{}]}`, 200, `"where":"requests[1]"`},
		{"/v1/batch", `{"requests":[]}`, 400, `there are 0, and 1 to 100 are answered`},
		{"/v1/health", "", 200, `"items":60,"engines":2`},
		{"/v1/health?x=1", "", 400, `"where":"x"`},
		{"/v1/none", "", 404, `"where":"path"`},
		{"/v1/similar/1", `{}`, 405, `POST is not answered here`},
		{"/v1/recommend", "", 405, `send POST`},
	} {
		w := ask(h, c.path, c.body)
		short := fmt.Sprintf("%.60s %.60s", c.path, c.body)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s = %d %.400s, want %d and %s", short, w.Code, w.Body, c.status, c.says)
		}
		for name, value := range map[string]string{"Content-Type": "application/json", "X-Content-Type-Options": "nosniff"} {
			if got := w.Header().Get(name); got != value {
				t.Errorf("%s: %s: %q, want %q", short, name, got, value)
			}
		}
		route, _, _ := strings.Cut(c.path, "?")
		answer, request := "Refused", ""
		switch {
		case strings.HasPrefix(route, "/v1/similar/"):
			route = "/v1/similar/{item}"
		case route == "/v1/recommend":
			request = "Recommendation"
		case route == "/v1/batch":
			request = "Batch"
		}
		if c.status == 200 {
			answer = map[string]string{"/v1/batch": "Answers", "/v1/health": "Health"}[route]
			if answer == "" {
				answer = "List"
			}
			asked[route] = true
			if request != "" && !strings.Contains(w.Body.String(), `"error"`) {
				if err := validate(schema(request), c.body); err != nil {
					t.Errorf("%s is answered, and openapi.json does not allow it: %v", short, err)
				}
			}
		}
		if err := validate(schema(answer), w.Body.String()); err != nil {
			t.Errorf("%s: the answer is no %s: %v\n%.400s", short, answer, err, w.Body)
		}
	}
	var document struct {
		Paths map[string]map[string]any
	}
	if w := ask(h, "/openapi.json", ""); w.Code != 200 || json.Unmarshal(w.Body.Bytes(), &document) != nil {
		t.Fatalf("/openapi.json = %d %.100s", w.Code, w.Body)
	}
	for path := range document.Paths {
		if !asked[path] {
			t.Errorf("%s of openapi.json was not answered here", path)
		}
	}
	if len(document.Paths) != len(asked) {
		t.Errorf("openapi.json has %d addresses, and %d were answered", len(document.Paths), len(asked))
	}
}

// FuzzBodies sends any body: the answer is one that openapi.json has.
func FuzzBodies(f *testing.F) {
	dir := f.TempDir()
	put(f, dir, 40)
	s, _ := open(f, dir)
	h, schema := s.Handler(), schemas(f)
	answers := map[string]*jsonschema.Schema{"/v1/recommend": schema("List"), "/v1/batch": schema("Answers")}
	refused := schema("Refused")
	for _, body := range []string{
		`{"likes":["1"],"k":3,"filter":"genre=Western","because":true}`, `{"history":[{"item":"1","stars":4.5,"at":9007199254740993},{"item":"2","at":1}]}`,
		`{"requests":[{"similar":{"item":"1","filter":"genre=same"}},{"recommend":{}},{"search":{"q":"odd"}}]}`, `{"ratings":[{"item":"1","stars":1e39}]}`, `[`, `null`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if body == "" {
			return
		}
		for path, answer := range answers {
			w := ask(h, path, body)
			want := answer
			if w.Code != 200 {
				want = refused
			}
			if err := validate(want, w.Body.String()); err != nil || w.Code >= 500 {
				t.Errorf("POST %s %q = %d %s: %v", path, body, w.Code, w.Body, err)
			}
		}
	})
}
