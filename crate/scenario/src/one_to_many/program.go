package main

import (
	"log"
	"math/rand"
	"sync"
)

const (
	consumers = 3
	capacity  = 2
	values    = 100
	rounds    = 4 // 0: draw until it is 0
)

var (
	dataCh = make(chan int, capacity)
	wg     sync.WaitGroup
)

func main() {
	log.SetFlags(0)

	wg.Add(consumers) //= add
	go producer()     //= start-producer
	for i := 1; i <= consumers; i++ {
		go consumer() //= start-consumer
	}
	wg.Wait() //= wait
}

func producer() {
	for round := 1; ; round++ {
		var value int
		if rounds == 0 {
			value = rand.Intn(values) //= draw
		} else if round <= rounds {
			value = 1 + (10+round-1)%(values-1)
		}
		if value == 0 {
			close(dataCh) //= close
			return
		}
		dataCh <- value //= send
	}
}

func consumer() {
	defer wg.Done()             //= done
	for value := range dataCh { //= receive
		log.Println(value) //= print
	}
}
