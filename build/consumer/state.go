package consumer

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"sparrow/edge/durable"
)

// state is how far a topic was read into a folder: <folder>/topic-<id>.json.
//
// Segments and state cannot be written at once. So the state first names the
// segments that will be written, then come these, then the offsets behind them. What
// a state names that has not come to its offsets is removed, and read again.
type state struct {
	folder, path string
	prefix       string // of the names of its segments

	V       int             `json:"v"`
	Next    map[int32]int64 `json:"next"` // by partition, the offset of the first message that is not in the folder
	Pending []string        `json:"pending,omitempty"`
}

const stateVersion = 1

// openState reads the state of a topic and removes what an interrupted run left.
func openState(folder string, id [16]byte) (*state, error) {
	name := "topic-" + hex.EncodeToString(id[:])
	s := &state{folder: folder, path: filepath.Join(folder, name+".json"), prefix: name[:len("topic-")+8], V: stateVersion, Next: map[int32]int64{}}
	text, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	const again = "delete it to read the topic from its beginning; events that are in the folder already count once"
	if err := json.Unmarshal(text, s); err != nil {
		return nil, fmt.Errorf("%s: %w: %s", s.path, err, again)
	}
	if s.V != stateVersion || s.Next == nil {
		return nil, fmt.Errorf("%s is of version %d, and this program reads %d: %s", s.path, s.V, stateVersion, again)
	}
	for _, name := range s.Pending {
		if !pendingName.MatchString(name) {
			return nil, fmt.Errorf("%s names %q, which is no segment of this program: %s", s.path, name, again)
		}
		if err := os.Remove(filepath.Join(folder, filepath.FromSlash(name))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	s.Pending = nil
	return s, nil
}

var pendingName = regexp.MustCompile(`^events/\d{4,}-\d\d-\d\d/topic-[0-9a-f]{8}-[0-9a-f]{16}\.seg$`)

// commit writes a chunk and then that it is written, and returns how many segments
// it made.
func (s *state) commit(ctx context.Context, c *chunk) (n int, err error) {
	c.flush()
	segments := map[string][]byte{} // by name
	for day, segment := range c.days {
		var random [8]byte
		rand.Read(random[:])
		segments["events/"+day+"/"+s.prefix+"-"+hex.EncodeToString(random[:])+".seg"] = segment
	}
	s.Pending = slices.Sorted(maps.Keys(segments))
	if err := s.save(ctx); err != nil {
		return 0, err
	}
	for _, name := range s.Pending {
		path := filepath.Join(s.folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return 0, err
		}
		err := durable.WritePrivate(ctx, path, func(w io.Writer) error {
			_, err := w.Write(segments[name])
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	if err := durable.SyncFolder(filepath.Join(s.folder, "events")); err != nil {
		return 0, err
	}
	s.Pending = nil
	maps.Copy(s.Next, c.next)
	return len(segments), s.save(ctx)
}

func (s *state) save(ctx context.Context) error {
	return durable.WritePrivate(ctx, s.path, func(w io.Writer) error {
		return json.NewEncoder(w).Encode(s)
	})
}
