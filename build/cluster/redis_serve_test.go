//go:build cluster

package cluster

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"sparrow/wasm/event"
)

// jsonOf sends a request and returns its answer.
func jsonOf(t testing.TB, method, url, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(text)
}

// TestServersShareRedis: two servers keep lists for each other and know what a visitor of an edge did; the vectors of
// items are there for other services.
func TestServersShareRedis(t *testing.T) {
	at := port(t)
	server := redisServer(t, at)
	address := fmt.Sprintf("redis://127.0.0.1:%d/0", at)
	client := redis.NewClient(&redis.Options{Addr: fmt.Sprintf("127.0.0.1:%d", at)})
	defer client.Close()
	ctx := context.Background()
	var origins []string
	var servers []*process
	for range 2 {
		p := start(t, root, nil, program(t, "build"), "serve", "--bundle", "data/demo", "--addr", "127.0.0.1:0", "--engines", "1", "--redis", address)
		p.says(t, "/openapi.json", 30*time.Second)
		_, rest, _ := strings.Cut(p.said.String(), "serve: http://")
		host, _, _ := strings.Cut(rest, "/openapi.json")
		origins, servers = append(origins, "http://"+host), append(servers, p)
	}

	// A list of the one is the other's.
	status, first := jsonOf(t, "GET", origins[0]+"/v1/similar/50?k=5", "")
	if status != http.StatusOK || !strings.Contains(first, `"id":`) {
		t.Fatalf("%d %s", status, first)
	}
	names := client.Keys(ctx, "sparrow:list:*").Val()
	if len(names) != 1 {
		t.Fatalf("Redis has the lists %q", names)
	}
	marked := strings.Replace(client.Get(ctx, names[0]).Val(), `"title":"`, `"title":"kept: `, 1)
	if err := client.Set(ctx, names[0], marked, time.Hour).Err(); err != nil {
		t.Fatal(err)
	}
	if _, second := jsonOf(t, "GET", origins[1]+"/v1/similar/50?k=5", ""); !strings.Contains(second, "kept: ") {
		t.Errorf("the other server made the list again: %s", second)
	}

	// A list for a visitor of an edge.
	e := edgeOn(t, "--redis", address)
	var visitor event.Visitor
	rand.Read(visitor[:])
	if status := e.send(t, visitor, "50", "260", "1196"); status != http.StatusAccepted {
		t.Fatalf("events: %d", status)
	}
	id := hex.EncodeToString(visitor[:])
	wait(t, 5*time.Second, "what they did", func() bool { return client.LLen(ctx, "sparrow:visitor:"+id+":items").Val() == 3 }, e.process)
	_, known := jsonOf(t, "POST", origins[1]+"/v1/recommend", `{"visitor": "`+id+`", "k": 5}`)
	_, batch := jsonOf(t, "POST", origins[1]+"/v1/batch", `{"requests": [{"recommend": {"visitor": "`+id+`", "k": 5}}]}`)
	_, told := jsonOf(t, "POST", origins[0]+"/v1/recommend", `{"history": [{"item": "50", "stars": 5}, {"item": "260", "stars": 5}, {"item": "1196", "stars": 5}], "k": 5}`)
	if ids(known) != ids(told) || ids(batch) != ids(told) || ids(told) == "" {
		t.Errorf("for the visitor %s, in a batch %s, for their history %s", ids(known), ids(batch), ids(told))
	}

	// Vectors, and none of an item that is there no more.
	for _, key := range []string{"sparrow:item:no-such"} {
		client.HSet(ctx, key, "vector", "x")
		client.SAdd(ctx, "sparrow:items", "no-such")
	}
	run(t, root, program(t, "build"), "export", "--bundle", "data/demo", "--redis", address)
	vector := client.HGet(ctx, "sparrow:item:50", "vector").Val()
	if len(vector) == 0 || len(vector)%4 != 0 || client.Exists(ctx, "sparrow:item:no-such").Val() != 0 {
		t.Errorf("the vector has %d bytes, and what is gone is there: %v", len(vector), client.Exists(ctx, "sparrow:item:no-such").Val())
	}
	if n := client.SCard(ctx, "sparrow:items").Val(); n != 9742 {
		t.Errorf("%d items of 9742", n)
	}

	// Redis dies: lists are made, visitors are not known.
	server.kill()
	if status, text := jsonOf(t, "GET", origins[1]+"/v1/similar/50?k=5", ""); status != http.StatusOK || strings.Contains(text, "kept: ") {
		t.Errorf("without Redis: %d %s", status, text)
	}
	if status, text := jsonOf(t, "POST", origins[1]+"/v1/recommend", `{"visitor": "`+id+`"}`); status != http.StatusServiceUnavailable || !strings.Contains(text, "send their history") {
		t.Errorf("without Redis: %d %s", status, text)
	}
	servers[1].says(t, "goes on alone", 5*time.Second)
}

// ids returns the items of a list in their order.
func ids(list string) string {
	var all []string
	for i, part := range strings.Split(list, `"id":"`) {
		if id, _, ok := strings.Cut(part, `"`); ok && i > 0 {
			all = append(all, id)
		}
	}
	return strings.Join(all, " ")
}
