// Checks a sample ledger with Go's reference implementation (golang.org/x/mod/sumdb).
//
//	go run main.go DIR
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var dir string
var failures int

func check(what string, err error) {
	if err != nil {
		failures++
		fmt.Printf("FAIL %s: %v\n", what, err)
	}
}

func read(name string) []byte {
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
	return content
}

func hash(text string) (h tlog.Hash) {
	content, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(content) != len(h) {
		check("hash "+text, fmt.Errorf("not 32 bytes of base64"))
	}
	copy(h[:], content)
	return h
}

// open verifies a signed checkpoint and gives its size and root.
func open(content []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(content, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("origin %q", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	return tlog.Tree{N: size, Hash: hash(lines[2])}, err
}

func main() {
	dir = os.Args[1]
	verifier, err := note.NewVerifier(strings.TrimSpace(string(read("log.vkey"))))
	check("vkey", err)

	// The tree, hashed anew from the entries.
	stored := map[int64]tlog.Hash{}
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, index := range indexes {
			hashes = append(hashes, stored[index])
		}
		return hashes, nil
	})
	var entries [][]byte
	lines := bufio.NewScanner(bytes.NewReader(read("entries.jsonl")))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		entry := append([]byte{}, lines.Bytes()...)
		number := int64(len(entries))
		hashes, err := tlog.StoredHashes(number, entry, reader)
		check("entry", err)
		for offset, h := range hashes {
			stored[tlog.StoredHashIndex(0, number)+int64(offset)] = h
		}
		entries = append(entries, entry)
	}
	root := func(size int64) tlog.Hash {
		h, err := tlog.TreeHash(size, reader)
		check("root", err)
		return h
	}

	checkpoints, _ := filepath.Glob(filepath.Join(dir, "checkpoints", "*"))
	for _, path := range append(checkpoints, filepath.Join(dir, "checkpoint.cosigned"), filepath.Join(dir, "tiles", "checkpoint")) {
		content, _ := os.ReadFile(path)
		tree, err := open(content, verifier)
		check(path, err)
		if err == nil && tree.Hash != root(tree.N) {
			check(path, fmt.Errorf("the root is not that of %d entries", tree.N))
		}
	}

	inclusion, consistency := 0, 0
	proofs := func(name string, each func(a, b int64, hashes []tlog.Hash)) {
		for _, line := range strings.Split(strings.TrimSpace(string(read(name))), "\n") {
			words := strings.Fields(line)
			a, _ := strconv.ParseInt(words[0], 10, 64)
			b, _ := strconv.ParseInt(words[1], 10, 64)
			var hashes []tlog.Hash
			for _, word := range words[2:] {
				hashes = append(hashes, hash(word))
			}
			each(a, b, hashes)
		}
	}
	proofs("inclusion.txt", func(index, size int64, hashes []tlog.Hash) {
		inclusion++
		check(fmt.Sprintf("inclusion %d in %d", index, size),
			tlog.CheckRecord(hashes, size, root(size), index, tlog.RecordHash(entries[index])))
	})
	proofs("consistency.txt", func(old, size int64, hashes []tlog.Hash) {
		consistency++
		check(fmt.Sprintf("consistency %d to %d", old, size),
			tlog.CheckTree(hashes, size, root(size), old, root(old)))
	})

	carried, _ := filepath.Glob(filepath.Join(dir, "proofs", "*.tlog-proof"))
	for _, path := range carried {
		content, _ := os.ReadFile(path)
		parts := strings.SplitN(string(content), "\n\n", 2)
		head := strings.Split(parts[0], "\n")
		index, _ := strconv.ParseInt(strings.TrimPrefix(head[1], "index "), 10, 64)
		tree, err := open([]byte(parts[1]), verifier)
		check(path, err)
		var hashes []tlog.Hash
		for _, line := range head[2:] {
			hashes = append(hashes, hash(line))
		}
		check(path, tlog.CheckRecord(hashes, tree.N, tree.Hash, index, tlog.RecordHash(entries[index])))
	}

	tiles := 0
	for _, tile := range tlog.NewTiles(8, 0, int64(len(entries))) {
		// Go lists every width of a partial tile; the last one is enough.
		if tile.W != 256 && int64(tile.W) != int64(len(entries))>>(8*tile.L)%256 {
			continue
		}
		tiles++
		want, err := tlog.ReadTileData(tile, reader)
		check(tile.Path(), err)
		path := strings.Replace(tile.Path(), "tile/8/", "tiles/tile/", 1)
		if !bytes.Equal(read(path), want) {
			check(path, fmt.Errorf("differs from Go's tile"))
		}
	}
	if failures > 0 || len(checkpoints) == 0 || len(carried) == 0 {
		fmt.Println(failures, "failures")
		os.Exit(1)
	}
	fmt.Printf("golang.org/x/mod/sumdb: %d entries, %d checkpoints, %d inclusion, %d consistency, %d carried proofs, %d tiles\n",
		len(entries), len(checkpoints)+2, inclusion, consistency, len(carried), tiles)
}
