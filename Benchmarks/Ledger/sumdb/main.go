// The tree of RFC 6962 by Go's golang.org/x/mod/sumdb/tlog, in memory.
package main

import (
	"encoding/base64"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	const count = 100000
	var entries [][]byte
	for i := 0; i < count; i++ {
		entries = append(entries, []byte(fmt.Sprintf(`{"seq":%d,"act":"entry %d"}`, i, i)))
	}
	start := time.Now()
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	for i, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(i), entry, reader)
		if err != nil {
			panic(err)
		}
		stored = append(stored, hashes...)
	}
	root, err := tlog.TreeHash(count, reader)
	if err != nil {
		panic(err)
	}
	fmt.Printf("go sumdb/tlog: %.3f s, root %s\n", time.Since(start).Seconds(), base64.StdEncoding.EncodeToString(root[:]))
}
