package command

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// TestServeVerb: it says where it is, answers there, and ends without an error.
func TestServeVerb(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	b, ended := trainedSmall(t), make(chan int, 1)
	go func() {
		ended <- Run(ctx, []string{"serve", "--bundle", b, "--addr", "127.0.0.1:0", "--engines", "1"}, in, io.Discard)
		in.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, address, _ := strings.Cut(line, "http://")
	address, _, known := strings.Cut(address, "/openapi.json")
	if !known {
		t.Fatalf("it says %q, and not where it is", line)
	}
	answer, err := http.Get("http://" + address + "/v1/health")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err := io.ReadAll(answer.Body); err != nil || !strings.Contains(string(body), `"engines":1`) {
		t.Errorf("health is %s (%v)", body, err)
	}
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// TestServeRefuses what cannot be served, before it listens.
func TestServeRefuses(t *testing.T) {
	b := trainedSmall(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"--bundle", b + ".none"}, "no such file"},
		{[]string{"--bundle", b, "--engines=-1"}, "--engines must be at least 1"},
		{[]string{"--bundle", b, "--addr", taken.Addr().String()}, "another program may listen there"},
	} {
		var said strings.Builder
		if code := Run(t.Context(), append([]string{"serve"}, c.args...), &said, &said); code != exitUsage || !strings.Contains(said.String(), c.says) {
			t.Errorf("serve %q: exit code %d and %q, want %d and %q", c.args, code, said.String(), exitUsage, c.says)
		}
	}
}
