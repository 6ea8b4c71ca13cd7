package feedback

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// bucket is the part below prefix of a bucket that speaks S3: Amazon's,
// Cloudflare R2, MinIO.
type bucket struct {
	client       *minio.Client
	name, prefix string
}

// openBucket reads "bucket/prefix" and the environment.
func openBucket(rest string, getenv func(string) string) (*bucket, error) {
	name, prefix, _ := strings.Cut(rest, "/")
	if name == "" {
		return nil, errors.New("s3://bucket/prefix needs a bucket")
	}
	region := getenv("AWS_REGION")
	endpoint := getenv("AWS_ENDPOINT_URL")
	if endpoint == "" {
		endpoint = "https://s3.amazonaws.com"
	}
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("AWS_ENDPOINT_URL is %q; it must be like https://<account>.r2.cloudflarestorage.com", endpoint)
	}
	key, secret := getenv("AWS_ACCESS_KEY_ID"), getenv("AWS_SECRET_ACCESS_KEY")
	if key == "" || secret == "" {
		return nil, errors.New("a bucket needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, and AWS_ENDPOINT_URL and AWS_REGION unless it is Amazon's")
	}
	if region == "" && getenv("AWS_ENDPOINT_URL") != "" {
		region = "auto" // as Cloudflare R2 calls it; others do not mind
	}
	lookup := minio.BucketLookupAuto
	if getenv("AWS_ENDPOINT_URL") != "" {
		lookup = minio.BucketLookupPath
	}
	client, err := minio.New(u.Host, &minio.Options{
		Creds:  credentials.NewStaticV4(key, secret, getenv("AWS_SESSION_TOKEN")),
		Secure: u.Scheme == "https", Region: region, BucketLookup: lookup, MaxRetries: 5,
	})
	return &bucket{client, name, prefix}, err
}

// Small objects are fetched ahead, so many at a time: a bucket holds one for
// every few requests, and each takes its time to answer.
const (
	ahead      = 16
	aheadBytes = 1 << 20
)

// fetched is an object on its way.
type fetched struct {
	object
	body chan io.ReadCloser // one value
}

func (b *bucket) each(ctx context.Context, objects []object, read func(object, io.Reader) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	queue := make(chan fetched, ahead)
	go func() {
		defer close(queue)
		for _, o := range objects {
			f := fetched{o, make(chan io.ReadCloser, 1)}
			select {
			case queue <- f:
				go func() { f.body <- b.open(ctx, o) }()
			case <-ctx.Done():
				return
			}
		}
	}()
	for f := range queue {
		body := <-f.body
		err := read(f.object, body)
		body.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", f.key, err)
		}
	}
	return ctx.Err()
}

func (b *bucket) list(ctx context.Context) (found []object, err error) {
	for o := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix, Recursive: true}) {
		if o.Err != nil {
			return nil, fmt.Errorf("listing the bucket: %w", o.Err)
		}
		if strings.HasSuffix(o.Key, suffix) {
			found = append(found, object{name: o.Key, key: o.Key, size: o.Size, tag: o.ETag})
		}
	}
	slices.SortFunc(found, func(a, b object) int { return strings.Compare(a.name, b.name) })
	return found, ctx.Err()
}

// open returns the bytes of an object; what goes wrong is the error of reading them.
func (b *bucket) open(ctx context.Context, o object) io.ReadCloser {
	body, err := b.client.GetObject(ctx, b.name, o.key, minio.GetObjectOptions{})
	if err != nil {
		return io.NopCloser(broken{err})
	}
	if o.size > aheadBytes {
		return struct {
			io.Reader
			io.Closer
		}{network{body}, body}
	}
	defer body.Close()
	var all bytes.Buffer
	if _, err := all.ReadFrom(network{body}); err != nil {
		return io.NopCloser(broken{err})
	}
	return io.NopCloser(&all)
}

// broken is what is read of an object that cannot be.
type broken struct{ error }

func (b broken) Read([]byte) (int, error) { return 0, b.error }

// network distinguishes a connection that broke from a segment that ends too early:
// the one is an error, the other a fact.
type network struct{ io.Reader }

func (n network) Read(p []byte) (int, error) {
	k, err := n.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("reading: %w", err)
	}
	return k, err
}
