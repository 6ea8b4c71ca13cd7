package bundledir

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"sparrow/edge/durable"
)

// linksSuffix ends the name of the file of numbers that other sites have for the items.
const linksSuffix = ".links"

// WriteLinks writes links into the folder of bundles as <sha256>.links, and latest.json names
// them. Those that were there before stay for pages that are open.
func WriteLinks(ctx context.Context, dir string, data []byte) (path string, err error) {
	hash := Hash(data)
	path = filepath.Join(dir, hash+linksSuffix)
	if err := durable.WriteFile(ctx, path, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
		return "", err
	}
	return path, AmendLatest(ctx, dir, map[string]any{"links": hash})
}

// Links returns the links that latest.json of a folder of bundles names, and their hash; none
// where path is no folder, or it names none.
func Links(path string) (data []byte, hash string, err error) {
	if !IsFolder(path) {
		return nil, "", nil
	}
	text, err := os.ReadFile(filepath.Join(path, "latest.json"))
	if err != nil {
		return nil, "", err
	}
	var named struct {
		Links string `json:"links"`
	}
	if err := json.Unmarshal(text, &named); err != nil || named.Links == "" {
		return nil, "", err
	}
	if len(named.Links) != 64 || strings.Trim(named.Links, "0123456789abcdef") != "" {
		return nil, "", fmt.Errorf("%s: links is no SHA-256; make them again with build links", filepath.Join(path, "latest.json"))
	}
	file := filepath.Join(path, named.Links+linksSuffix)
	if data, err = os.ReadFile(file); err != nil {
		return nil, "", fmt.Errorf("latest.json names links that are missing: copy them there, or make them again with build links: %w", err)
	}
	if Hash(data) != named.Links {
		return nil, "", fmt.Errorf("%s does not have the content that its name promises: make it again with build links", file)
	}
	return data, named.Links, nil
}
