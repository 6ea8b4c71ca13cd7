package fetch

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"strings"
)

// sum is what the bytes of an archive must hash to. It never comes from the
// server that the archive comes from.
type sum struct {
	name string // of the hash function, for people
	make func() hash.Hash
	hex  string
}

func sha(hex string) sum { return sum{"SHA-256", sha256.New, strings.ToLower(hex)} }

// known are the archives as GroupLens has published them. Sources: the list of
// checksums of TensorFlow Datasets; of ml-32m GroupLens' own ml-32m.zip.md5,
// which is enough against another file made for the purpose, since no one can
// make a file for a given MD5 sum.
var known = map[string]sum{
	"ml-latest-small": sha("696d65a3dfceac7c45750ad32df2c259311949efec81f0f144fdfb91ebc9e436"), // of September 2018
	"ml-100k":         sha("50d2a982c66986937beb9ffb3aa76efe955bf3d5c6b761f4e3a7cd717c6a3229"),
	"ml-1m":           sha("a6898adb50b9ca05aa231689da44c217cb524e7ebd39d264c56e2832f2c54e20"),
	"ml-20m":          sha("96f243c338a8665f6bcc89c53edf6ee39162a846940de6b7c8c48aeada765ff3"),
	"ml-25m":          sha("8b21cfb7eb1706b4ec0aac894368d90acf26ebdfb6aced3ebd4ad5bd1eb9c6aa"),
	"ml-32m":          {"MD5", md5.New, "d472be332d4daa821edc399621853b57"},
}

// of returns the sum of a file.
func (s sum) of(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := s.make()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
