//go:build !js

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

// step is a call of an export with bytes in the inbox; result what came of it.
type step struct {
	export string
	in     []byte
}

type result struct {
	returned int
	out      []byte
}

// program is a main package, and how a native session with the same verbs opens.
type program struct {
	folder string
	open   func(bundle []byte) (*session.Session, error)
}

// drive builds the program in a folder and takes it through steps under Node.
func drive(t *testing.T, folder string, steps []step) []result {
	t.Helper()
	wasm := filepath.Join(t.TempDir(), "program.wasm")
	build := exec.Command("go", "build", "-o", wasm, folder)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	in := make([][2]string, len(steps))
	for i, s := range steps {
		in[i] = [2]string{s.export, base64.StdEncoding.EncodeToString(s.in)}
	}
	stdin, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatalf("go env GOROOT: %v", err)
	}
	node := exec.Command("node", "drive.mjs", filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"), wasm)
	node.Stdin = bytes.NewReader(stdin)
	var stderr strings.Builder
	node.Stderr = &stderr
	stdout, err := node.Output()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, stderr.String())
	}
	var raw [][2]any
	if err := json.Unmarshal(stdout, &raw); err != nil {
		t.Fatalf("node wrote %q: %v", stdout, err)
	}
	results := make([]result, len(raw))
	for i, r := range raw {
		results[i].returned = int(r[0].(float64))
		if results[i].out, err = base64.StdEncoding.DecodeString(r[1].(string)); err != nil {
			t.Fatal(err)
		}
	}
	return results
}

// TestWasmAnswersLikeNative takes engine.wasm, and the program that answers every
// verb, through their exports and a native session through the same requests: every
// answer is the same, to the last bit.
func TestWasmAnswersLikeNative(t *testing.T) {
	for name, p := range map[string]program{
		"lists": {".", session.OpenLists},
		"all":   {"../../build/bench/whole", session.Open},
	} {
		t.Run(name, func(t *testing.T) { answersLikeNative(t, p) })
	}
}

func answersLikeNative(t *testing.T, p program) {
	t.Run("planted", func(t *testing.T) {
		data, err := bundle.Encode(enginetest.Parity(60))
		if err != nil {
			t.Fatal(err)
		}
		compare(t, p, data)
	})
	t.Run("demo", func(t *testing.T) {
		folder := filepath.Join("..", "..", "data", "demo")
		var latest struct{ Bundle string }
		text, err := os.ReadFile(filepath.Join(folder, "latest.json"))
		if err == nil {
			err = json.Unmarshal(text, &latest)
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(folder, latest.Bundle+".bundle"))
		if err != nil {
			t.Fatal(err)
		}
		compare(t, p, data)
	})
}

// compare asks both about items that the planted bundle and the demo have.
func compare(t *testing.T, p program, data []byte) {
	t.Helper()
	native, err := p.open(data)
	if err != nil {
		t.Fatal(err)
	}
	act := func(id catalog.ID, a protocol.Action, at int64) protocol.Request {
		return protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{{ID: id, Action: a, At: at}}}
	}
	enrolment := experiment.Enrolment{Visitor: experiment.Visitor{3}, Now: 150, Layers: layers(), Trending: []experiment.Trend{{ID: "2", Weight: 9}, {ID: "6", Weight: 1}}}
	native.Enrol(enrolment)
	requests := []protocol.Request{
		{Verb: protocol.Open},
		{Verb: protocol.Recommend, K: 10},
		act("1", protocol.Like, 100), act("21", protocol.Like, 200), act("4", protocol.Dislike, 300),
		{Verb: protocol.Recommend, K: 10}, {Verb: protocol.Recommend, K: 10, Variety: 0.5, Genre: "Comedy"},
		{Verb: protocol.Recommend, K: 20, Variety: -1, Now: 150}, {Verb: protocol.Recommend, K: 20, Variety: -1, Now: 450}, {Verb: protocol.Home, K: 8, Variety: -1, Now: 450},
		{Verb: protocol.Home, K: 5, Variety: 0.3}, {Verb: protocol.Item, ID: "5", K: 12}, {Verb: protocol.Explain, ID: "7"},
		{Verb: protocol.Search, Query: "even 12", K: 3}, {Verb: protocol.Tastes, K: 8}, {Verb: protocol.Groups, K: 4}, {Verb: protocol.Interests},
		{Verb: protocol.Browse, Sort: "rating", K: 7, Offset: 2}, {Verb: protocol.Undo}, {Verb: protocol.Profile},
		{Verb: protocol.LabSimilar, K: 5}, {Verb: protocol.LabList, K: 5}, {Verb: protocol.LabProbe}, {Verb: protocol.LabMap},
		{Verb: protocol.Item, ID: "no such"}, {Verb: "sing"},
	}
	first := protocol.Request{Verb: protocol.Open}
	steps := []step{{"take", first.Append(nil)}, {"answer", nil}, {"open", []byte("junk")}, {"enroll", enrolment.Append(nil)}, {"open", data}, {"load", []byte("junk")}, {"enroll", []byte("junk")}}
	early := len(steps)
	for _, q := range requests {
		// What enroll leaves in the inbox is no request: answer must not look there.
		steps = append(steps, step{"take", q.Append(nil)}, step{"enroll", enrolment.Append(nil)}, step{"prepare", nil}, step{"idle", nil}, step{"answer", nil})
	}
	steps = append(steps, step{"profile", nil}, step{"take", []byte("junk")}, step{"answer", nil})
	results := drive(t, p.folder, steps)

	if a := decoded(t, results[1].out); a.Error == nil || a.Error.Code != "not-open" {
		t.Errorf("answer before open: %+v, want not-open", a.Error)
	}
	if results[2].returned == 0 || results[4].returned != 0 || results[5].returned == 0 {
		t.Errorf("open(junk), open(bundle), load(junk) returned %d, %d, %d: want an error, 0, an error",
			results[2].returned, results[4].returned, results[5].returned)
	}
	want := "lists\tmixed\t\t0\nmodel\tnew\t" + strings.Repeat("0a", 32) + "\t1234\n"
	if got := string(results[3].out); got != want || results[3].returned != len(want) {
		t.Errorf("enroll returned %d, %q, want %q", results[3].returned, got, want)
	}
	if got := string(results[6].out); results[6].returned >= 0 || !strings.HasPrefix(got, "experiment: ") {
		t.Errorf("enroll(junk) returned %d, %q, want an error below 0", results[6].returned, got)
	}
	for i, q := range requests {
		take, prepare, idle, answer := results[early+5*i], results[early+5*i+2], results[early+5*i+3], results[early+5*i+4]
		if more := native.PrepareFor(q.Verb); (prepare.returned == 1) != more {
			t.Errorf("prepare() before answer %d, of %s, returned %d, a native session has more to prepare: %v", i, q.Verb, prepare.returned, more)
		}
		if more := native.Prepare(); (idle.returned == 1) != more || i == 0 && !more || i == len(requests)-1 && more {
			t.Errorf("idle() before answer %d returned %d, a native session has more to prepare: %v", i, idle.returned, more)
		}
		if got := take.returned == 1; got != session.Mutates(q.Verb) {
			t.Errorf("take(%q) = %v", q.Verb, got)
		}
		want := native.Answer(q)
		got := decoded(t, answer.out)
		got.Stages = protocol.Stages{} // the native session has no clock
		if diff := cmp.Diff(decoded(t, want.Append(nil)), got); diff != "" {
			t.Errorf("%+v: -native +wasm\n%s", q, diff)
		}
	}
	if got := results[len(results)-3].out; !bytes.Equal(got, native.Profile()) {
		t.Errorf("profile() = %x, want %x", got, native.Profile())
	}
	if a := decoded(t, results[len(results)-1].out); a.Error == nil || a.Error.Code != "bad-request" {
		t.Errorf("answer to junk: %+v, want bad-request", a.Error)
	}
}

// layers returns experiments in which the visitor of compare gets a mix, another
// model, and later a list that two arms draw and draft.
func layers() []experiment.Layer {
	variety, explore := float32(0.9), float32(0.5)
	return []experiment.Layer{
		{Name: "lists", Salt: "lists", Share: 1, Start: 100, End: 200, Arms: []experiment.Arm{
			{Name: "mixed", Weight: 1, Mix: &experiment.Mix{Transition: 0.5, Popular: 0.2, Trending: 0.1}, Explore: &explore}}},
		{Name: "model", Salt: "model", Share: 1, Start: 100, End: 200, Arms: []experiment.Arm{
			{Name: "new", Weight: 1, Bundle: strings.Repeat("0a", 32), Bytes: 1234}}},
		{Name: "draft", Salt: "draft", Share: 1, Start: 400, End: 500, Arms: []experiment.Arm{
			{Name: "control", Weight: 1e-9}, {Name: "wide", Weight: 1e-9, Variety: &variety}, {Name: "both", Weight: 1, Interleave: []string{"control", "wide"}}}},
	}
}

func decoded(t *testing.T, b []byte) protocol.Answer {
	t.Helper()
	a, err := protocol.DecodeAnswer(b)
	if err != nil {
		t.Fatalf("answer %x: %v", b, err)
	}
	return a
}

// TestTheSecondFileUnderWasm: the program that answers every verb names the second file
// of a bundle until it has it, goes on after one that does not fit, and then has its
// models; engine.wasm, which needs none, names none and takes none.
func TestTheSecondFileUnderWasm(t *testing.T) {
	b := enginetest.Parity(60)
	b.Pointwise = append(b.Pointwise, enginetest.Oldest())
	first, supplement, err := bundle.EncodeParts(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	q := protocol.Request{Verb: protocol.LabList, K: 5}
	ask := step{"take", q.Append(nil)}
	steps := []step{{"lacks", nil}, {"extend", supplement}, {"open", first}, {"lacks", nil}, {"extend", supplement[1:]}, {"lacks", nil},
		ask, {"answer", nil}, {"extend", supplement}, {"lacks", nil}, ask, {"answer", nil}}
	sum := sha256.Sum256(supplement)
	name := string(sum[:]) + strconv.Itoa(len(supplement))

	r := drive(t, "../../build/bench/whole", steps)
	if r[0].returned != 0 || r[1].returned == 0 || r[2].returned != 0 {
		t.Errorf("without a bundle lacks() = %d, extend() = %d, open() = %d", r[0].returned, r[1].returned, r[2].returned)
	}
	if string(r[3].out) != name || r[4].returned == 0 || string(r[5].out) != name {
		t.Errorf("lacks() = %q, and after extend() = %q, %q, want %q", r[3].out, r[4].out, r[5].out, name)
	}
	if r[8].returned != 0 || r[9].returned != 0 {
		t.Errorf("extend() = %q, and then lacks() = %q", r[8].out, r[9].out)
	}
	if before, after := decoded(t, r[7].out).Models, decoded(t, r[11].out).Models; len(after) != len(before)+1 || after[len(before)] != "Oldest" {
		t.Errorf("models %q, and with the second file %q", before, after)
	}

	r = drive(t, ".", steps[:6])
	if r[2].returned != 0 || r[3].returned != 0 || r[4].returned == 0 {
		t.Errorf("engine.wasm: open() = %d, lacks() = %d, extend() = %d", r[2].returned, r[3].returned, r[4].returned)
	}
}

// TestTheRestOfTheListsUnderWasm: the list that was answered before the second file came
// stays as it is; with it the same question has the answer of a bundle of one file.
// engine.wasm answers from the first file alone.
func TestTheRestOfTheListsUnderWasm(t *testing.T) {
	b := enginetest.Parity(60)
	b.First = 1
	first, supplement, err := bundle.EncodeParts(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	one, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	like := protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{{ID: "12", Action: protocol.Like, At: 100}}, Now: 100}
	q := protocol.Request{Verb: protocol.Recommend, K: 5, Now: 200}
	taste, ask := step{"take", like.Append(nil)}, step{"take", q.Append(nil)}
	r := drive(t, "../../build/bench/whole", []step{{"open", first}, taste, {"answer", nil}, ask, {"answer", nil}, {"extend", supplement}, {"lacks", nil},
		ask, {"answer", nil}, {"open", one}, taste, {"answer", nil}, ask, {"answer", nil}})
	if r[0].returned != 0 || r[5].returned != 0 || r[6].returned != 0 || r[9].returned != 0 {
		t.Fatalf("open() = %q, extend() = %q, lacks() = %q, open() = %q", r[0].out, r[5].out, r[6].out, r[9].out)
	}
	early, later, whole := r[4].out, r[8].out, r[13].out
	if len(decoded(t, early).Cards) != 5 || bytes.Equal(early, whole) {
		t.Error("the list does not tell whether the second file is there")
	}
	if !bytes.Equal(later, whole) {
		t.Errorf("with the second file the answer is\n%+v\nwant that of one file\n%+v", decoded(t, later), decoded(t, whole))
	}
	r = drive(t, ".", []step{{"open", first}, taste, {"answer", nil}, ask, {"answer", nil}})
	if !bytes.Equal(r[4].out, early) {
		t.Errorf("engine.wasm answers\n%+v\nwant\n%+v", decoded(t, r[4].out), decoded(t, early))
	}
}
