package clickstream

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// longest is how many bytes a line may have: an event with thousands of items has fewer.
const longest = 4 << 20

// eachLine calls take with every line of the file at path, plain or gzip by its first
// bytes, from 1 on, without its end. Of a line that is longer than longest it says so and gives
// no text.
func eachLine(ctx context.Context, path string, progress func(string, int64, int64), take func(name string, line int, text string, long bool) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	name := filepath.Base(path)
	count := &counter{ctx: ctx, r: f, progress: progress, name: name, size: st.Size()}
	in := bufio.NewReaderSize(count, 1<<16)
	if magic, _ := in.Peek(2); len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		gz, err := gzip.NewReader(in)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		in = bufio.NewReaderSize(gz, 1<<16)
	}
	var line []byte
	for n := 1; ; n++ {
		text, long, err := readLine(in, line[:0])
		line = text
		if err != nil && err != io.EOF {
			if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) {
				err = fmt.Errorf("the file is cut short or damaged: %w", err)
			}
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if err == io.EOF && len(text) == 0 && !long {
			return nil
		}
		if failed := take(name, n, string(text), long); failed != nil {
			return fmt.Errorf("%s:%d: %w", name, n, failed)
		}
		if err == io.EOF {
			return nil
		}
	}
}

// readLine appends the next line to dst, without its end, or reports that it is too long, and
// then gives nothing of it. The error is io.EOF with the last one.
func readLine(in *bufio.Reader, dst []byte) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(dst)+len(part) > longest {
			dst, long = dst[:0], true
		} else if !long {
			dst = append(dst, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		return bytes.TrimSuffix(bytes.TrimSuffix(dst, []byte("\n")), []byte("\r")), long, err
	}
}

// counter reads the bytes of a file and reports how far it is.
type counter struct {
	ctx        context.Context
	r          io.Reader
	progress   func(string, int64, int64)
	name       string
	read, size int64
}

// Read implements [io.Reader].
func (c *counter) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.read += int64(n)
	if c.progress != nil && n > 0 {
		c.progress(c.name, c.read, c.size)
	}
	return n, err
}
