package main

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"rsc.io/qr/coding"
)

// TestQRCodes compares the codes of static/js/qr.js, module by module, with those of rsc.io/qr: of texts of all
// lengths, where versions, blocks and their lengths change, and of one that no code holds. That library in app.wasm
// would be 17 KB of every visit; the module is 2, of the visits that want a code.
func TestQRCodes(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no Node here")
	}
	long := strings.Repeat("https://films.example/for-two#i=356&i=1&", 80)
	var texts []string
	for n := 1; n <= 2950; n += 1 + n/9 {
		texts = append(texts, long[:n])
	}
	texts = append(texts, "https://films.example/霸王别姬", long[:3000])
	in, _ := json.Marshal(texts)
	run := exec.Command(node, "testdata/qr.mjs")
	run.Stdin = bytes.NewReader(in)
	out, err := run.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := json.Unmarshal(out, &got); err != nil || len(got) != len(texts) {
		t.Fatalf("%d codes of %d: %v", len(got), len(texts), err)
	}
	for i, text := range texts {
		if want := codeOf(t, text); got[i] != want {
			t.Errorf("%d bytes: the code has %d modules, want %d, or they differ", len(text), len(got[i]), len(want))
		}
	}
}

// codeOf returns the modules of a code with mask 0 at level L; "" where the text is too long.
func codeOf(t *testing.T, text string) string {
	for v := coding.Version(coding.MinVersion); v <= coding.MaxVersion; v++ {
		bits := coding.String(text)
		if bits.Bits(v) > v.DataBytes(coding.L)*8 {
			continue
		}
		plan, err := coding.NewPlan(v, coding.L, 0)
		if err != nil {
			t.Fatal(err)
		}
		code, err := plan.Encode(bits)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for y := range code.Size {
			for x := range code.Size {
				if code.Black(x, y) {
					b.WriteByte('1')
				} else {
					b.WriteByte('0')
				}
			}
		}
		return b.String()
	}
	return ""
}
