package topic

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
)

// Scheme begins the address of a topic.
const Scheme = "kafka://"

// Address names a topic of Kafka.
type Address struct {
	Brokers []string // host:port of some brokers of the cluster, which name the others; one at least
	Name    string   // of the topic: 1 to 249 of the characters a-z A-Z 0-9 . _ -
}

// ParseAddress reads "kafka://host:port,host:port/topic".
func ParseAddress(text string) (a Address, err error) {
	hosts, name, _ := strings.Cut(strings.TrimPrefix(text, Scheme), "/")
	if !strings.HasPrefix(text, Scheme) {
		err = errors.New("it does not begin with " + Scheme)
	} else if strings.Contains(hosts, "@") {
		err = errors.New("a name and a password are not supported")
	} else {
		err = errors.Join(a.setBrokers(hosts), a.setName(name))
	}
	if err != nil {
		return Address{}, fmt.Errorf("%q is not the address of a topic (%w): write %slocalhost:9092/sparrow, with more brokers parted by commas", text, err, Scheme)
	}
	return a, nil
}

func (a *Address) setBrokers(hosts string) error {
	for broker := range strings.SplitSeq(hosts, ",") {
		host, port, err := net.SplitHostPort(broker)
		if err != nil {
			return err
		}
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 || host == "" {
			return fmt.Errorf("%q is no host and port", broker)
		}
		a.Brokers = append(a.Brokers, broker)
	}
	return nil
}

func (a *Address) setName(name string) error {
	wrong := strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
	if name == "" || name == "." || name == ".." || len(name) > 249 || wrong != "" {
		return fmt.Errorf("%q is no name of a topic", name)
	}
	a.Name = name
	return nil
}

// String is the address as it was written.
func (a Address) String() string { return Scheme + strings.Join(a.Brokers, ",") + "/" + a.Name }
