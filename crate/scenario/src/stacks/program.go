package main

import (
	"fmt"
	"runtime/debug"
	"sync"
)

const (
	goroutines = 2
	depth      = 5
	frameBytes = 4096    // setting frame
	maxBytes   = 1000000 // setting limit
)

var wg sync.WaitGroup

func main() {
	debug.SetMaxStack(maxBytes)
	wg.Add(goroutines) //= add
	for i := 1; i <= goroutines; i++ {
		go worker(i) //= start
	}
	wg.Wait() //= wait
}

func worker(number int) {
	defer wg.Done()                                            //= done
	recurse(depth)                                             //= return
	fmt.Printf("worker %d was %d calls deep\n", number, depth) //= print
}

// Each call needs room for its frame, which nothing may move to the heap.
func recurse(calls int) byte {
	var frame [frameBytes]byte
	if calls == 1 {
		return 0
	}
	frame[calls%frameBytes] = recurse(calls - 1) //= call
	return frame[(calls+1)%frameBytes]
}
