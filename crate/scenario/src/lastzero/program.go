package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const n = 3

var (
	cells [n + 1]atomic.Int64
	wg    sync.WaitGroup
)

func main() {
	wg.Add(n + 1) //= add
	for j := 1; j <= n; j++ {
		go writer(j) //= start-writer
	}
	go reader() //= start-reader
	wg.Wait()   //= wait
}

func writer(j int) {
	value := cells[j-1].Load() //= load
	cells[j].Store(value + 1)  //= store
	wg.Done()                  //= writer-done
}

func reader() {
	for at := n; at >= 0; at-- {
		value := cells[at].Load() //= look
		if value == 0 {
			fmt.Println("zero at", at) //= print
			break
		}
	}
	wg.Done() //= reader-done
}
