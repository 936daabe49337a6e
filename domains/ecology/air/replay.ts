import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { readingsAt, recordedHours } from './replay/recorded.ts'
import { type Sender, send, signIn } from './replay/send.ts'

const HOUR = 3_600_000
const HELP = `Feeds recorded hours to a running Daizong as if they were measured now.

  npm run replay -- [--speed 1] [--from 2016-12-15T00] [--hours 192] [--stations CODE,CODE] [--restart]
                    [--address http://127.0.0.1:8080] [--token TOKEN | --account NAME --password WORD]

The hours were recorded in Beijing and appear at stations of the kind "replay" only. --speed is hours a second. The last hour
of the stretch is stamped with the hour that has just ended. Stopped and started again, it goes on where it was.
`

/** Where a replay stands; kept so that every recorded hour always gets the same stamp. */
interface State {
  readonly from: string
  readonly hours: number
  readonly shift: number
  readonly next: number
}

const { values: options } = parseArgs({
  options: {
    address: {
      type: 'string',
      default: process.env.DAIZONG_ADDRESS ?? `http://127.0.0.1:${process.env.PORT ?? '8080'}`,
    },
    from: { type: 'string', default: '2016-12-15T00' },
    hours: { type: 'string', default: '192' },
    speed: { type: 'string', default: '1' },
    stations: { type: 'string' },
    token: { type: 'string' },
    account: { type: 'string', default: 'ecology' },
    password: { type: 'string', default: 'Daizong-2026' },
    state: { type: 'string', default: join(process.env.DATA_DIR ?? '.data', 'replay.json') },
    restart: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const say = (text: string) => process.stdout.write(`${text}\n`)

/** The stretch as it was begun, or begun now so that it ends with the hour that has just ended. */
async function begin(): Promise<State> {
  const known = options.restart ? undefined : await readFile(options.state, 'utf8').catch(() => undefined)
  const state = known ? (JSON.parse(known) as State) : undefined
  const hours = Number(options.hours)
  if (state && state.from === options.from && state.hours === hours && state.next < hours) return state
  const lastHour = Math.floor(Date.now() / HOUR) * HOUR - HOUR
  return { from: options.from, hours, shift: lastHour - (instantOf(options.from) + (hours - 1) * HOUR), next: 0 }
}

const instantOf = (text: string): number => Date.parse(`${text.slice(0, 13)}:00:00+08:00`)

async function run(): Promise<void> {
  const state = await begin()
  const stations = options.stations?.split(',')
  const hours = await recordedHours({
    from: instantOf(state.from),
    hours: state.hours,
    ...(stations ? { stations } : {}),
  })
  const sender: Sender = options.token
    ? { address: options.address, headers: { authorization: `Bearer ${options.token}` } }
    : await signIn(options.address, options.account, options.password)
  await mkdir(dirname(options.state), { recursive: true })
  const pause = 1_000 / Number(options.speed)
  for (const [place, hour] of hours.entries()) {
    if (place < state.next) continue
    const begun = Date.now()
    const { accepted, repeated, refused } = await send(sender, readingsAt(hour, state.shift))
    await writeFile(options.state, JSON.stringify({ ...state, next: place + 1 }))
    const [recorded, stamped] = [hour.recorded, hour.recorded + state.shift].map(beijing)
    say(
      `${recorded} → ${stamped}  new ${accepted}, known ${repeated}, refused ${refused}  (${place + 1}/${hours.length})`,
    )
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, pause - (Date.now() - begun))))
  }
  say('The stretch is over; begin again with --restart.')
}

const beijing = (at: number): string => new Date(at + 8 * HOUR).toISOString().slice(0, 16).replace('T', ' ')

if (options.help) say(HELP)
else
  await run().catch((error: unknown) => {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
  })
