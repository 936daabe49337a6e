import { expect } from 'vitest'
import { sensing } from '#platform/sensing'
import { type Client, signIn, type TestApp } from '#platform/testing'
import { HOUR } from '#runtime'

/** The one password of the demonstration's accounts. */
const PASSWORD = 'Daizong-2026'

/** Signs in as somebody of the demonstration city. */
export const as = (running: TestApp, account: string): Promise<Client> => signIn(running, account, PASSWORD)

/** Start of the hour that ended `ago` hours ago, 0 for the last complete one. */
export const hourAgo = (running: TestApp, ago: number): number =>
  Math.floor(running.app.now().getTime() / HOUR) * HOUR - (ago + 1) * HOUR

/** Sends hours of all six pollutants through the public intake; PM2.5 as given, oldest first, the last one `ago` hours ago. */
export async function sendHours(
  running: TestApp,
  from: Client,
  device: string,
  pm25: readonly (number | null)[],
  ago = 0,
) {
  const readings = pm25.flatMap((value, place) => {
    const at = new Date(hourAgo(running, ago + pm25.length - 1 - place)).toISOString()
    const others = {
      so2: 5,
      no2: 40 + (place % 7),
      co: 0.4,
      o3: 30 + (place % 5),
      pm10: (value ?? 50) + 40 + (place % 3),
    }
    return Object.entries({ ...others, pm25: value }).map(([channel, each]) => ({ device, channel, at, value: each }))
  })
  const answer = await from.post('/api/sensing/air.hourly/readings', { readings })
  expect(answer).toMatchObject({ status: 200, body: { refused: [] } })
  await running.app.use(sensing).rollUp()
}

/** Asks again until the answer is there; events and jobs take a moment. */
export async function eventually<T>(ask: () => Promise<T | undefined | false>, seconds = 20): Promise<T> {
  const until = Date.now() + seconds * 1_000
  for (;;) {
    const found = await ask()
    if (found) return found
    if (Date.now() > until) expect.fail(`Nothing came within ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}

/** Uploads a photograph and returns its id. */
export async function uploadEvidence(running: TestApp, client: Client): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([PIXEL], { type: 'image/png' }), '现场.png')
  const answer = await fetch(`${running.address}/api/files`, {
    method: 'POST',
    headers: { cookie: client.cookie },
    body: form,
  })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { id: string }).id
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
