package main

import "sync"

const n = 14

const (
	inodes = 32
	blocks = 26
)

var (
	inodeLocks [inodes]sync.Mutex
	inode      [inodes]int
	blockLocks [blocks]sync.Mutex
	busy       [blocks]bool
	wg         sync.WaitGroup
)

func main() {
	wg.Add(n) //= add
	for id := 0; id < n; id++ {
		go allocate(id) //= start
	}
	wg.Wait() //= wait
}

func allocate(id int) {
	at := id % inodes
	inodeLocks[at].Lock()   //= lock-inode
	unset := inode[at] == 0 //= load-inode
	if unset {
		block := at * 2 % blocks
		for {
			blockLocks[block].Lock() //= lock-block
			taken := busy[block]     //= load-block
			if !taken {
				busy[block] = true         //= take-block
				inode[at] = block + 1      //= store-inode
				blockLocks[block].Unlock() //= unlock-taken
				break
			}
			blockLocks[block].Unlock() //= unlock-busy
			block = (block + 1) % blocks
		}
	}
	inodeLocks[at].Unlock() //= unlock-inode
	wg.Done()               //= done
}
