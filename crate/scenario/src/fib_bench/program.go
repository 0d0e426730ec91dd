package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const k = 1

var (
	i, j atomic.Int64
	wg   sync.WaitGroup
)

func main() {
	i.Store(1)
	j.Store(1)
	wg.Add(3)        //= add-three
	go adder(&i, &j) //= start-first
	go adder(&j, &i) //= start-second
	go checker()     //= start-checker
	wg.Wait()        //= wait
}

func adder(to, from *atomic.Int64) {
	for n := 0; n < k; n++ {
		own := to.Load()      //= load-own
		other := from.Load()  //= load-other
		to.Store(own + other) //= store
	}
	wg.Done() //= adder-done
}

func checker() {
	i := i.Load() //= check-i
	j := j.Load() //= check-j
	largest := largest()
	if max(i, j) >= largest {
		fmt.Println("reached", largest) //= print
	}
	wg.Done() //= checker-done
}

// What comes of adding in turns, from 1 and 1.
func largest() int64 {
	i, j := int64(1), int64(1)
	for n := 0; n < k; n++ {
		i += j
		j += i
	}
	return j
}
