// Small programs, each run by its number. What a goroutine observes it prints, one line at a time.
package main

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// second is short: nothing here depends on how long it is.
const second = 20 * time.Microsecond

type world struct {
	ch     [2]chan int
	mu     [2]sync.Mutex
	cond   *sync.Cond
	rw     sync.RWMutex
	wg     sync.WaitGroup
	once   sync.Once
	x      atomic.Int32
	v      int
	m      map[int]int
	timer  *time.Timer
	ticker *time.Ticker
	ctx    context.Context
	cancel context.CancelFunc

	// Below ctx.
	lower       context.Context
	cancelLower context.CancelFunc
}

// self is what a goroutine knows of itself.
type self struct {
	path     string
	said     int
	children int
	random   *rand.Rand
}

// pause lets others go first now and then, so that more than the likeliest order is seen.
func (me *self) pause() {
	switch me.random.Intn(5) {
	case 0:
		runtime.Gosched()
	case 1:
		for range me.random.Intn(3000) {
			runtime.KeepAlive(me)
		}
	case 2:
		time.Sleep(time.Duration(me.random.Intn(60)) * time.Microsecond)
	}
}

func (me *self) say(words ...any) {
	line := fmt.Sprintf("%s#%d ", me.path, me.said)
	me.said++
	os.Stdout.WriteString(line + fmt.Sprintln(words...))
}

func (me *self) child() *self {
	me.children++
	path := fmt.Sprintf("%s.%d", me.path, me.children)
	return &self{path: path, random: rand.New(rand.NewSource(me.random.Int63()))}
}

func (me *self) start(body func(*self)) {
	child := me.child()
	go body(child)
}

func (me *self) startIn(wg *sync.WaitGroup, body func(*self)) {
	child := me.child()
	wg.Go(func() { body(child) })
}

func (me *self) startAfter(d time.Duration, body func(*self)) {
	child := me.child()
	time.AfterFunc(d, func() { body(child) })
}

func (me *self) received(what string, v int, ok bool) {
	if ok {
		me.say(what, v)
	} else {
		me.say(what, "closed")
	}
}

func (me *self) receive(ch <-chan int) {
	v, ok := <-ch
	me.received("recv", v, ok)
}

func came[T any](me *self, what string, ch <-chan T) {
	<-ch
	me.say(what)
}

func (me *self) derive(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	me.say("derived")
	_ = cancel
}

func (me *self) receiveAll(ch <-chan int) {
	for v := range ch {
		me.say("range", v)
	}
}

func (me *self) tried(got bool) bool {
	me.say("try", got)
	return got
}

func (me *self) recovered(why any) {
	if why != nil {
		me.say("recovered", why)
	}
}

func main() {
	number, _ := strconv.Atoi(os.Args[1])
	seed, _ := strconv.ParseInt(os.Args[2], 10, 64)
	programs[number](&self{path: "0", random: rand.New(rand.NewSource(seed))})
}

// get looks a key up.
func (me *self) get(m map[int]int, key int) {
	if value, ok := m[key]; ok {
		me.say("get", value)
	} else {
		me.say("get", "nothing")
	}
}
