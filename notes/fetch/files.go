package fetch

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// folder is where fetched images seem to lie in the notes folder. It is hidden, so that no note is looked for in it.
const folder = ".fetched"

// Files are images that were fetched.
type Files struct {
	paths map[string]string // by address
	data  map[string][]byte // by path
}

func (f *Files) add(address string, r result) {
	p := path.Join(folder, r.sum[:32]+"."+strings.Replace(r.format, "jpeg", "jpg", 1))
	f.paths[address], f.data[p] = p, r.data
}

// Path returns the path of the image at an address, in the folder that Over returns.
func (f *Files) Path(address string) (string, bool) {
	if f == nil {
		return "", false
	}
	p, ok := f.paths[address]
	return p, ok
}

// Over returns the folder below with the images in it.
func (f *Files) Over(below fs.FS) fs.FS {
	if f == nil || len(f.data) == 0 {
		return below
	}
	return &overlay{below, f.data}
}

type overlay struct {
	fs.FS
	data map[string][]byte
}

func (o *overlay) Open(name string) (fs.File, error) {
	if data, ok := o.data[name]; ok {
		return &file{bytes.NewReader(data), path.Base(name)}, nil
	}
	return o.FS.Open(name)
}

// file is an open image in memory, and what Stat tells of it.
type file struct {
	*bytes.Reader
	name string
}

func (f *file) Stat() (fs.FileInfo, error) { return f, nil }
func (f *file) Close() error               { return nil }
func (f *file) Name() string               { return f.name }
func (f *file) Mode() fs.FileMode          { return 0o444 }
func (f *file) ModTime() time.Time         { return time.Time{} }
func (f *file) IsDir() bool                { return false }
func (f *file) Sys() any                   { return nil }

// cached returns the bytes with the hash sum from the cache, or nil. What is damaged there counts as missing.
func (f *Fetcher) cached(sum string) []byte {
	if f.Cache == "" {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(f.Cache, sum))
	if err != nil {
		return nil
	}
	if now := sha256.Sum256(data); hex.EncodeToString(now[:]) != sum {
		return nil
	}
	return data
}

// keep writes bytes to the cache. The cache is a convenience: when it cannot be written, the next build asks again.
func (f *Fetcher) keep(sum string, data []byte) {
	if f.Cache == "" || os.MkdirAll(f.Cache, 0o777) != nil {
		return
	}
	tmp, err := os.CreateTemp(f.Cache, ".new-*")
	if err != nil {
		return
	}
	_, err = tmp.Write(data)
	if closed := tmp.Close(); err == nil && closed == nil {
		err = os.Rename(tmp.Name(), filepath.Join(f.Cache, sum))
	}
	if err != nil {
		os.Remove(tmp.Name())
	}
}
