import { text } from 'node:stream/consumers'
import autocannon from 'autocannon'

/** A machine that asks as much as goes: `<address> <token> <seconds> <connections>`, the questions' JSON texts on stdin. */
const [url = '', token = '', seconds = '10', connections = '32'] = process.argv.slice(2)
const questions = JSON.parse(await text(process.stdin)) as string[]
let sent = 0

const result = await autocannon({
  url,
  duration: Number(seconds),
  connections: Number(connections),
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  requests: [
    {
      setupRequest: (request) => {
        const body = questions[sent++ % questions.length]
        const headers = { ...request.headers, 'x-request-id': `${process.pid}-${sent}-bench` }
        return { ...request, headers, ...(body ? { body } : {}) }
      },
    },
  ],
})
if (result.non2xx > 0 || result.errors > 0) throw new TypeError(`${result.non2xx} refused, ${result.errors} failed`)
process.stdout.write(JSON.stringify({ perSecond: result['2xx'] / result.duration, p99: result.latency.p99 }))
