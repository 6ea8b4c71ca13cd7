//go:build !js

package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// listsPath is what the addresses of lists begin with. Only there an id may be
// percent-encoded.
const listsPath = "/v1/similar/"

// aWhile is how long a list may be cached: a new bundle makes new lists, and an
// old list is better than no list.
const aWhile = "public, max-age=300, stale-while-revalidate=604800"

// mostID is how many bytes an id may have.
const mostID = 255

// itemOf returns the id of the item whose list has this address, which is as it
// was sent, percent-encoded; ok is false when no list can have it.
func itemOf(escaped string) (id string, ok bool) {
	name, below := strings.CutPrefix(escaped, listsPath)
	name, list := strings.CutSuffix(name, ".json")
	if !below || !list || strings.Contains(name, "/") {
		return "", false
	}
	id, err := url.PathUnescape(name)
	if err != nil || !listable(id) {
		return "", false
	}
	return id, true
}

// similar answers with the list of an item, or with 204 where it has no list.
func (b *Bundles) similar(w http.ResponseWriter, r *http.Request, id string) {
	list, err := readList(filepath.Join(b.folder, "similar.lists"), id)
	if err != nil {
		unavailable(w, b.Failed, err)
		return
	}
	b.sendList(w, r, list, aWhile)
}

// sendList answers with a list as it is by the overlay, or with 204 where nothing
// is left of it. cache is how long it may be cached where there is no overlay.
func (b *Bundles) sendList(w http.ResponseWriter, r *http.Request, list []byte, cache string) {
	h := w.Header()
	if list != nil {
		obeyed, used, err := b.Live.Obey(list)
		if list = obeyed; used {
			cache = aMoment
		}
		if err != nil {
			unavailable(w, b.Failed, err)
			return
		}
	}
	if list == nil {
		h.Set("Cache-Control", shortly)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	sum := sha256.Sum256(list)
	tag, coding := hex.EncodeToString(sum[:8]), ""
	if prefers(r.Header.Get("Accept-Encoding"), "br") {
		if body := packList(list); len(body) < len(list) {
			list, tag, coding = body, tag+"-br", "br"
		}
	}
	tag = `"` + tag + `"`
	h.Set("Access-Control-Expose-Headers", "ETag")
	h.Set("Cache-Control", cache)
	h.Set("Content-Type", types[".json"])
	h.Set("ETag", tag)
	h.Set("Vary", "Accept-Encoding")
	if names(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	h.Set("Content-Length", strconv.Itoa(len(list)))
	if r.Method == http.MethodGet {
		w.Write(list)
	}
}

// names reports whether an If-None-Match header names the tag, weakly compared.
func names(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		if part = strings.TrimSpace(part); part == "*" || strings.TrimPrefix(part, "W/") == tag {
			return true
		}
	}
	return false
}

// packers are writers that lists are compressed with, since making one costs more than
// its work. Their quality and window are those that take a list of 3.6 KB to 1 KB
// in a tenth of a millisecond and keep little memory.
var packers = sync.Pool{New: func() any {
	return brotli.NewWriterOptions(nil, brotli.WriterOptions{Quality: 4, LGWin: 14})
}}

// packList returns a list compressed with Brotli.
func packList(list []byte) []byte {
	var b bytes.Buffer
	w := packers.Get().(*brotli.Writer)
	defer packers.Put(w)
	w.Reset(&b)
	w.Write(list) // to memory, which takes everything
	w.Close()
	return b.Bytes()
}

// readList returns the list of item id in the named file, nil when there is
// none. The file is opened for each list, so that another may take its place at
// any time.
func readList(name, id string) (list []byte, err error) {
	file, err := os.Open(name)
	if missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, err
	}
	return findList(file, info.Size(), id)
}

// The format of ../LISTS.md.
const (
	listsMagic = "SPRWLST1"
	listsStart = len(listsMagic) + 4 // where the offsets begin
	mostBucket = 1 << 20             // bytes
)

// inJSON writes an id as the keys of the file are written.
var inJSON = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// findList returns the list of item id in a similar.lists of size bytes, nil
// when the item has no list or the file breaks a rule of ../LISTS.md; the error
// is one of reading. It allocates no more than the file has, and no more than
// mostBucket and a little.
func findList(file io.ReaderAt, size int64, id string) (list []byte, err error) {
	var head [listsStart]byte
	if err := readAt(file, head[:], 0); err != nil || string(head[:len(listsMagic)]) != listsMagic {
		return nil, ofReading(err)
	}
	buckets := binary.LittleEndian.Uint32(head[len(listsMagic):])
	start := int64(listsStart) + 4*(int64(buckets)+1)
	if buckets == 0 || start > size {
		return nil, nil
	}
	sum := fnv.New32a()
	io.WriteString(sum, id)
	var offsets [8]byte
	if err := readAt(file, offsets[:], int64(listsStart)+4*int64(sum.Sum32()%buckets)); err != nil {
		return nil, ofReading(err)
	}
	from, to := int64(binary.LittleEndian.Uint32(offsets[:4])), int64(binary.LittleEndian.Uint32(offsets[4:]))
	if from < start || to < from || to > size || to-from > mostBucket {
		return nil, nil
	}
	bucket := make([]byte, to-from)
	if err := readAt(file, bucket, from); err != nil {
		return nil, ofReading(err)
	}
	key := []byte(`"` + inJSON.Replace(id) + "\"\t")
	for line := range bytes.Lines(bucket) {
		if list, ok := bytes.CutPrefix(line, key); ok {
			if list, ok = bytes.CutSuffix(list, []byte("\n")); ok {
				return list, nil
			}
		}
	}
	return nil, nil
}

// readAt fills b.
func readAt(file io.ReaderAt, b []byte, at int64) error {
	_, err := file.ReadAt(b, at)
	return err
}

// ofReading returns the error unless it says that the file is too short.
func ofReading(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}
