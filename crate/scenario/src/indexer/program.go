package main

import (
	"sync"
	"sync/atomic"
)

const n = 12

const (
	places   = 128
	messages = 4
)

var (
	table [places]atomic.Uint32
	wg    sync.WaitGroup
)

func main() {
	wg.Add(n) //= add
	for id := uint32(0); id < n; id++ {
		go insert(id) //= start
	}
	wg.Wait() //= wait
}

func insert(id uint32) {
	for m := uint32(1); m <= messages; m++ {
		message := m*11 + id
		place := message * 7 % places
		for {
			inserted := table[place].CompareAndSwap(0, message) //= try
			if inserted {
				break
			}
			place = (place + 1) % places
		}
	}
	wg.Done() //= done
}
