import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

const AT_ONCE = 4
const { address, token, bodies } = workerData as { address: string; token: string; bodies: string[] }
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })

const post = (body: string): Promise<string> =>
  new Promise((done, fail) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const call = request(
      `${address}/api/sensing/bench.hourly/readings`,
      { method: 'POST', agent, headers },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        answer.once('end', () => done(text))
      },
    )
    call.once('error', fail)
    call.end(body)
  })

const queue = bodies.values()
const begun = performance.now()
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const body of queue) {
      const { accepted, repeated, refused } = JSON.parse(await post(body)) as Record<string, unknown>
      if (!accepted || repeated !== 0 || (refused as unknown[]).length > 0)
        throw new TypeError(`A batch was not taken whole: ${JSON.stringify({ accepted, repeated, refused })}`)
    }
  }),
)
agent.destroy()
parentPort?.postMessage((performance.now() - begun) / 1000)
