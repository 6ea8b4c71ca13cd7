package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"sparrow/build/bundledir"
	"sparrow/edge/durable"
	"sparrow/edge/topic"
)

// What a flag names is looked at before any work: an input that is not there, and an
// output that cannot be written, are found in the first second and are wrong use.
// kong calls Validate of the flags that were given.

// bundlePath is a bundle to read, or a folder with a latest.json.
type bundlePath string

// Validate is called by kong.
func (p bundlePath) Validate() error {
	_, err := os.Stat(string(p))
	return err
}

// place is where feedback lies: a folder, a segment, or a bucket, which is not
// looked at.
type place string

// Validate is called by kong.
func (p place) Validate() error {
	if p == "" || strings.HasPrefix(string(p), "s3://") {
		return nil
	}
	if strings.HasPrefix(string(p), topic.Scheme) {
		return fmt.Errorf("a topic is read into a folder first: go run ./build feedback --from %s --into data/feedback", p)
	}
	_, err := os.Stat(string(p))
	return err
}

// placeOrTopic is a place or a topic of Kafka, kafka://host:port/topic.
type placeOrTopic string

// Validate is called by kong.
func (p placeOrTopic) Validate() error {
	if !p.isTopic() {
		return place(p).Validate()
	}
	_, err := topic.ParseAddress(string(p))
	return err
}

func (p placeOrTopic) isTopic() bool { return strings.HasPrefix(string(p), topic.Scheme) }

// outFile is a file to write.
type outFile string

// Validate is called by kong.
func (p outFile) Validate() error {
	if p == stdout {
		return fmt.Errorf("the standard output has the figures; for a file of that name write ./%s", stdout)
	}
	return made(durable.CheckFile(string(p)))
}

// stdout is how the standard output is named for a file.
const stdout = "-"

// outStream is a file to write, or the standard output.
type outStream string

// Validate is called by kong.
func (p outStream) Validate() error {
	if p.isStdout() {
		return nil
	}
	return made(durable.CheckFile(string(p)))
}

// isStdout reports whether p is the standard output, by whichever name.
func (p outStream) isStdout() bool {
	switch p {
	case stdout, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1":
		return true
	}
	return false
}

// outFolder is a folder to write files into; it is made where it is not there.
type outFolder string

// Validate is called by kong.
func (p outFolder) Validate() error {
	if p == "" {
		return nil
	}
	return durable.CheckFolder(string(p))
}

// outBundle is a file to write a bundle to, or a folder of bundles.
type outBundle string

// Validate is called by kong.
func (p outBundle) Validate() error {
	if p == stdout {
		return outFile(p).Validate()
	}
	return bundledir.Check(string(p))
}

// made adds to err what to do where a folder is missing.
func made(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: make that folder first", err)
	}
	return err
}

// itemsPath is a file with the items of a catalog, or a folder that has it.
type itemsPath string

// Validate is called by kong.
func (p itemsPath) Validate() error {
	_, err := os.Stat(string(p))
	return err
}
