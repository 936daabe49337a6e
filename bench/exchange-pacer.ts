import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A machine that asks evenly, whether answers have come or not: `<address> <token> <seconds> <connections> <questions a
 * second>`, their JSON texts on stdin. The time of an answer counts from when its question was due; the first two
 * seconds, in which this process warms up, do not count. Bare sockets, so that asking takes little of the machine.
 */
const [url = '', token = '', seconds = '10', connections = '32', rate = '1500'] = process.argv.slice(2)
const questions = (JSON.parse(await text(process.stdin)) as string[]).map((each) => Buffer.from(each))
const { hostname, port, pathname } = new URL(url)
const all = Number(seconds) * Number(rate)
const times = new Float64Array(all)
const waiting: number[] = []
let begun = 0
let answered = 0

const dueAt = (n: number) => begun + (n * 1000) / Number(rate)

function open(): () => void {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  let [at, got] = [-1, '']
  const next = () => {
    if (at >= 0) return
    at = waiting.shift() ?? -1
    const body = questions[at % questions.length]
    if (!body) return
    const head = `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\nx-request-id: ${process.pid}-paced-${at}\r\ncontent-length: ${body.length}\r\n\r\n`
    socket.write(Buffer.concat([Buffer.from(head), body]))
  }
  socket.setEncoding('latin1').on('data', (part: string) => {
    got += part
    const end = got.indexOf('\r\n\r\n')
    const length = Number(/content-length: (\d+)/i.exec(got.slice(0, end))?.[1])
    if (end < 0 || got.length < end + 4 + length) return
    if (!got.startsWith('HTTP/1.1 200')) throw new TypeError(got)
    times[at] = performance.now() - dueAt(at)
    ;[at, got] = [-1, '']
    answered++
    next()
  })
  return next
}

const lines = Array.from({ length: Number(connections) }, open)
begun = performance.now()
for (let n = 0; answered < all; await sleep(1)) {
  for (; n < all && dueAt(n) <= performance.now(); n++) waiting.push(n)
  for (const next of lines) if (waiting.length > 0) next()
}
const counted = times.slice(2 * Number(rate)).sort()
const perSecond = (all * 1000) / (performance.now() - begun)
process.stdout.write(JSON.stringify({ perSecond, p99: counted[Math.floor(counted.length * 0.99)] }))
process.exit()
