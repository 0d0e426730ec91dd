package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const n = 2

var (
	x  atomic.Int64
	wg sync.WaitGroup
)

func main() {
	wg.Add(n + 1) //= add
	go writer()   //= start-writer
	for i := 1; i <= n; i++ {
		go reader() //= start-reader
	}
	wg.Wait() //= wait
}

func writer() {
	x.Store(1) //= store
	wg.Done()  //= writer-done
}

func reader() {
	value := x.Load()         //= load
	fmt.Println("saw", value) //= print
	wg.Done()                 //= reader-done
}
