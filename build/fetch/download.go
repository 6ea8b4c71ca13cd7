package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// maxArchive bounds what a server can make us write: 4 GiB.
const maxArchive = 4 << 30

// final is an error that trying again does not mend.
type final struct{ error }

// again runs try until it succeeds, fails for good, or has failed s.Attempts
// times in a row without bringing anything.
func (s Source) again(ctx context.Context, try func() (brought bool, err error)) error {
	for n := 1; ; n++ {
		brought, err := try()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var f final
		if errors.As(err, &f) {
			return f.error
		}
		if brought {
			n = 1
		}
		if n >= s.Attempts {
			return fmt.Errorf("given up after %d attempts: %w", n, err)
		}
		wait := s.Pause(n)
		s.Log(fmt.Sprintf("%v; trying again in %v", err, wait))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// refusal is the error of an answer that is not the file.
func refusal(resp *http.Response) error {
	err := fmt.Errorf("%s answers %s", resp.Request.URL, resp.Status)
	switch c := resp.StatusCode; {
	case c >= 500, c == http.StatusTooManyRequests, c == http.StatusRequestTimeout:
		return err
	}
	return final{err}
}

// download completes the file part from address. The validator of the version
// that part begins with is in part.tag; a server that has another version by
// now, or does not support ranges, sends the whole file and part starts over.
func (s Source) download(ctx context.Context, address, part string) error {
	return s.again(ctx, func() (bool, error) { return s.transfer(ctx, address, part) })
}

func (s Source) transfer(ctx context.Context, address, part string) (brought bool, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stalled := fmt.Errorf("no byte for %v", s.Stall)
	watch := time.AfterFunc(s.Stall, func() { cancel(stalled) })
	defer watch.Stop()
	defer func() {
		if err != nil && context.Cause(ctx) == stalled {
			err = stalled
		}
	}()

	f, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return false, final{err}
	}
	defer f.Close()
	have, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return false, final{err}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return false, final{err}
	}
	tag, _ := os.ReadFile(part + ".tag")
	if have > 0 && len(tag) > 0 {
		req.Header.Set("Range", "bytes="+strconv.FormatInt(have, 10)+"-")
		req.Header.Set("If-Range", string(tag))
	}
	resp, err := s.Client.Do(req)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	at, all, err := position(resp, have)
	if err != nil {
		return false, err
	}
	if at == have && at == all { // 416: nothing is missing
		return true, nil
	}
	if err := f.Truncate(at); err != nil {
		return false, final{err}
	}
	if _, err := f.Seek(at, io.SeekStart); err != nil {
		return false, final{err}
	}
	if at == 0 {
		if err := os.WriteFile(part+".tag", []byte(validator(resp)), 0o644); err != nil {
			return false, final{err}
		}
	}
	n, err := s.copy(f, resp.Body, at, all, func() { watch.Reset(s.Stall) })
	if err == nil && all >= 0 && at+n != all {
		err = fmt.Errorf("cut after %d of %d bytes", at+n, all)
	}
	if err == nil {
		err = f.Sync()
	}
	return n > 0, err
}

// position returns where in the file the body of resp begins and how long the
// file is, -1 when the server does not state it, for a request beyond have bytes.
func position(resp *http.Response, have int64) (at, all int64, err error) {
	switch resp.StatusCode {
	case http.StatusOK:
		at, all = 0, resp.ContentLength
	case http.StatusPartialContent:
		if _, err := fmt.Sscanf(resp.Header.Get("Content-Range"), "bytes %d-", &at); err != nil || at != have {
			return 0, 0, final{fmt.Errorf("%s sends another part than was asked for", resp.Request.URL)}
		}
		all = -1
		if resp.ContentLength >= 0 {
			all = at + resp.ContentLength
		}
	case http.StatusRequestedRangeNotSatisfiable:
		if _, err := fmt.Sscanf(resp.Header.Get("Content-Range"), "bytes */%d", &all); err == nil && all == have {
			return have, have, nil
		}
		return 0, 0, refusal(resp)
	default:
		return 0, 0, refusal(resp)
	}
	if all > maxArchive {
		return 0, 0, final{fmt.Errorf("%s is %d bytes long, more than 4 GiB", resp.Request.URL, all)}
	}
	return at, all, nil
}

// validator is what names the version of resp in If-Range: a strong ETag, else
// the date of the last change, else nothing.
func validator(resp *http.Response) string {
	if tag := resp.Header.Get("ETag"); tag != "" && !strings.HasPrefix(tag, "W/") {
		return tag
	}
	return resp.Header.Get("Last-Modified")
}

// copy writes body to f and calls alive for every piece.
func (s Source) copy(f io.Writer, body io.Reader, at, all int64, alive func()) (n int64, err error) {
	buf := make([]byte, 1<<16)
	for {
		k, err := body.Read(buf)
		if k > 0 {
			alive()
			if at+n+int64(k) > maxArchive {
				return n, final{errors.New("longer than 4 GiB")}
			}
			if _, err := f.Write(buf[:k]); err != nil {
				return n, final{err}
			}
			n += int64(k)
			s.Progress(at+n, all)
		}
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
