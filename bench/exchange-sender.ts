import { text } from 'node:stream/consumers'
import autocannon from 'autocannon'

/** A machine that asks for one record after the other: `<address> <token> <seconds> <connections>`, numbers on stdin. */
const [url = '', token = '', seconds = '10', connections = '32'] = process.argv.slice(2)
const numbers = JSON.parse(await text(process.stdin)) as string[]
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
        const number = numbers[sent++ % numbers.length]
        return {
          ...request,
          headers: { ...request.headers, 'x-request-id': `${process.pid}-${sent}-bench` },
          body: JSON.stringify({ where: { idNumber: { is: number } } }),
        }
      },
    },
  ],
})
if (result.non2xx > 0 || result.errors > 0) throw new TypeError(`${result.non2xx} refused, ${result.errors} failed`)
process.stdout.write(JSON.stringify({ perSecond: result['2xx'] / result.duration, p99: result.latency.p99 }))
