package links

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// How long results are believed.
const (
	freshOK    = 14 * 24 * time.Hour // of links that answer
	freshOther = 24 * time.Hour
	keepFor    = 90 * 24 * time.Hour // then an entry is dropped from the file
)

// Cache remembers results from one run to the next, in a file that may be deleted at any time. A nil *Cache remembers
// nothing. It is safe for concurrent use.
type Cache struct {
	path    string
	lock    sync.Mutex
	results map[string]*Result
}

// cacheVersion counts up when the file's form changes; files of other versions are not read.
const cacheVersion = 1

type cacheFile struct {
	Version int                `json:"version"`
	Results map[string]*Result `json:"results"`
}

// OpenCache reads the cache in a file. A file that is missing or damaged is an empty cache.
func OpenCache(path string) (*Cache, error) {
	c := &Cache{path: path, results: map[string]*Result{}}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the cache of links: %w", err)
	}
	var f cacheFile
	if json.Unmarshal(data, &f) == nil && f.Version == cacheVersion {
		for address, r := range f.Results {
			if r != nil {
				c.results[address] = r
			}
		}
	}
	return c, nil
}

// Save writes the cache to its file, without what is too old to matter.
func (c *Cache) Save(now time.Time) error {
	c.lock.Lock()
	defer c.lock.Unlock()
	for address, r := range c.results {
		if now.Sub(r.Checked) > keepFor {
			delete(c.results, address)
		}
	}
	data, err := json.MarshalIndent(cacheFile{cacheVersion, c.results}, "", "\t")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(c.path), 0o777)
	}
	if err != nil {
		return fmt.Errorf("write the cache of links: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(c.path), ".links-*.tmp")
	if err != nil {
		return fmt.Errorf("write the cache of links: %w", err)
	}
	defer os.Remove(tmp.Name()) // does nothing once it is renamed
	_, err = tmp.Write(data)
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), c.path)
	}
	if err != nil {
		return fmt.Errorf("write the cache of links: %w", err)
	}
	return nil
}

func (c *Cache) get(address string, now time.Time) (*Result, bool) {
	if c == nil {
		return nil, false
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	r, ok := c.results[address]
	if !ok {
		return nil, false
	}
	fresh := freshOther
	if r.Verdict == OK || r.Verdict == Moved {
		fresh = freshOK
	}
	age := now.Sub(r.Checked)
	return r, age >= 0 && age < fresh
}

func (c *Cache) put(address string, r *Result) {
	if c == nil {
		return
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	c.results[address] = r
}
