package main

import (
	"log"
	"math/rand"
	"sync"
)

const (
	producers    = 3
	capacity     = 1
	values       = 100
	rounds       = 2 // 0: draw for ever
	sendInSelect = false
)

var (
	dataCh = make(chan int, capacity)
	stopCh = make(chan struct{})
	wg     sync.WaitGroup
)

func main() {
	log.SetFlags(0)

	wg.Add(1) //= add
	for i := 1; i <= producers; i++ {
		go producer(i) //= start-producer
	}
	go consumer() //= start-consumer
	wg.Wait()     //= wait
}

func producer(number int) {
	for round := 1; ; round++ {
		if rounds > 0 && round > rounds {
			return //= script-ends
		}
		select { //= look
		case <-stopCh: //= stop-early
			return
		default:
		}
		var value int
		if rounds == 0 {
			value = rand.Intn(values) //= draw
		} else if round < rounds || number != 1 {
			value = 1 + (10*number+round-1)%(values-1)
		}
		if sendInSelect {
			select { //= select
			case <-stopCh: //= stop
				return
			case dataCh <- value: //= send-or-stop
			}
		} else {
			dataCh <- value //= send
		}
	}
}

func consumer() {
	defer wg.Done()             //= done
	for value := range dataCh { //= receive
		if value == 0 {
			close(stopCh) //= close
			return
		}
		log.Println(value) //= print
	}
}
