package main

import (
	"fmt"
	"sync"
)

const (
	// "consumer", "one-producer", "every-producer", "third-party", "safe"
	closer    = "third-party"
	producers = 2
	capacity  = 0
)

var (
	ch       = make(chan int, capacity)
	wg       sync.WaitGroup
	consumed = make(chan struct{})
)

func main() {
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
	if closer == "one-producer" && number == 1 {
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
