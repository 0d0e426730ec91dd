package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const (
	how        = "parts" // "add", "mutex"
	goroutines = 2
	times      = 1
)

var (
	count atomic.Int64
	mu    sync.Mutex
	wg    sync.WaitGroup
)

func main() {
	wg.Add(goroutines) //= add
	for i := 1; i <= goroutines; i++ {
		go goroutine() //= start
	}
	wg.Wait()              //= wait
	result := count.Load() //= result
	fmt.Println(result)    //= print
}

func goroutine() {
	for i := 0; i < times; i++ {
		switch how {
		case "parts":
			value := count.Load()  //= load
			count.Store(value + 1) //= store
		case "add":
			count.Add(1) //= add-one
		case "mutex":
			mu.Lock()              //= lock
			value := count.Load()  //= load
			count.Store(value + 1) //= store
			mu.Unlock()            //= unlock
		}
	}
	wg.Done() //= done
}
