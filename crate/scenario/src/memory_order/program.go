package main

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
)

const (
	test    = "stores" // "messages", "loads", "readers"
	guard   = "none"   // "atomic", "mutex"
	swapped = false
)

type word struct {
	name   string
	plain  int64
	atomic atomic.Int64
}

type step struct {
	write bool
	word  *word
}

var (
	x  = &word{name: "x"}
	y  = &word{name: "y"}
	mu sync.Mutex
	wg sync.WaitGroup
)

func write(w *word) step { return step{true, w} }
func read(w *word) step  { return step{false, w} }

func run(what ...step) {
	defer wg.Done() //= done
	if swapped && guard != "atomic" && len(what) == 2 {
		what[0], what[1] = what[1], what[0]
	}
	if guard == "mutex" {
		mu.Lock() //= lock
	}
	var seen []string
	for _, s := range what {
		switch guard {
		case "atomic":
			if s.write {
				s.word.atomic.Store(1) //= write
			} else {
				seen = append(seen, fmt.Sprintf("%s:%d", s.word.name, s.word.atomic.Load())) //= read
			}
		default:
			if s.write {
				s.word.plain = 1 //= write
			} else {
				seen = append(seen, fmt.Sprintf("%s:%d", s.word.name, s.word.plain)) //= read
			}
		}
	}
	if guard == "mutex" {
		mu.Unlock() //= unlock
	}
	if len(seen) > 0 {
		fmt.Println(strings.Join(seen, " ")) //= print
	}
}

func main() {
	goroutines := map[string][][]step{
		"stores":   {{write(x), read(y)}, {write(y), read(x)}},
		"messages": {{write(x), write(y)}, {read(y), read(x)}},
		"loads":    {{read(x), write(y)}, {read(y), write(x)}},
		"readers":  {{write(x)}, {write(y)}, {read(x), read(y)}, {read(y), read(x)}},
	}[test]
	wg.Add(len(goroutines)) //= add
	for _, what := range goroutines {
		go run(what...) //= start
	}
	wg.Wait() //= wait
}
