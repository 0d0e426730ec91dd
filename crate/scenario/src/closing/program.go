package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const (
	// "consumer", "one-producer", "every-producer", "last-producer", "third-party", "safe"
	closer    = "third-party"
	producers = 2
	capacity  = 0
)

var (
	ch       = make(chan int, capacity)
	wg       sync.WaitGroup
	consumed = make(chan struct{})
	left     atomic.Int32
)

func main() {
	left.Store(producers)
	wg.Add(producers) //= add
	for i := 1; i <= producers; i++ {
		go producer(i) //= start-producer
	}
	go consumer() //= start-consumer

	wg.Wait() //= wait
	if closer == "third-party" {
		close(ch) //= third-party-closes
	}
	<-consumed //= wait-consumer
}

func producer(number int) {
	defer wg.Done() //= done
	for _, value := range []int{10*number + 1, 10*number + 2} {
		if closer == "safe" {
			if safeSend(ch, value) {
				return
			}
		} else {
			ch <- value //= send
		}
	}
	if closer == "last-producer" && left.Add(-1) == 0 { //= count
		close(ch) //= last-closes
	} else if closer == "one-producer" && number == 1 {
		close(ch) //= one-producer-closes
	} else if closer == "every-producer" {
		close(ch) //= every-producer-closes
	}
}

func consumer() {
	defer close(consumed)   //= consumed
	for value := range ch { //= receive
		fmt.Println(value) //= print
		if closer == "consumer" {
			close(ch) //= consumer-closes
			return
		} else if closer == "safe" {
			safeClose(ch)
			return
		}
	}
}

func safeSend(ch chan int, value int) (closed bool) {
	defer func() {
		closed = recover() != nil
	}()
	ch <- value //= safe-send
	return false
}

func safeClose(ch chan int) (justClosed bool) {
	defer func() {
		justClosed = recover() == nil
	}()
	close(ch) //= safe-close
	return true
}
