//go:build !js

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"sparrow/wasm/event"
)

// fresh is how long a disk that took something is believed to take more.
const fresh = 10 * time.Second

// try writes a group's records, or finds out whether they could be written,
// unless the disk is better left alone for a while.
func (s *diskStore) try(segment []byte, asked bool) error {
	now := s.now()
	if len(segment) == 0 && !asked {
		return nil
	}
	if s.bad.left(now) > 0 {
		return s.trouble
	}
	err := s.present()
	switch since := now.Sub(s.good); {
	case err != nil:
		s.end()
	case len(segment) > 0:
		if err = s.write(segment); err != nil {
			s.undo()
		}
	case s.trouble != nil || since < 0 || since > fresh:
		err = s.probe()
	default:
		return nil
	}
	if err != nil {
		s.bad.fail(now)
		s.trouble = fmt.Errorf("store: %w", err)
		return s.trouble
	}
	s.bad.succeed()
	s.good, s.trouble = now, nil
	return nil
}

// probe writes a file and deletes it.
func (s *diskStore) probe() error {
	file, err := os.OpenFile(filepath.Join(s.folder, "probe"+partSuffix), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(make([]byte, event.MaxBody))
	err = errors.Join(err, file.Sync(), file.Close())
	os.Remove(file.Name()) // or the sweeper does
	return err
}
