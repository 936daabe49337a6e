import { Type } from 'typebox'
import { type Route, route, TooMany, words } from '#runtime'
import type { Catalogue } from './catalogue.ts'
import type { Columns } from './check-readings.ts'
import type { Months } from './months.ts'
import type { Shares } from './rate.ts'
import { takeReadings } from './take.ts'

const BODY_LIMIT = 8 * 1_048_576
const AT_ONCE = 8
const SHARE_SECONDS = 60

const Body = Type.Object(
  {
    readings: Type.Optional(
      Type.Array(
        Type.Object({
          device: Type.String(),
          channel: Type.String(),
          at: Type.Unknown(),
          value: Type.Unknown(),
          flags: Type.Optional(Type.Array(Type.String(), { maxItems: 10 })),
        }),
      ),
    ),
    series: Type.Optional(
      Type.Array(
        Type.Object({
          device: Type.String(),
          at: Type.Array(Type.Unknown()),
          values: Type.Record(Type.String(), Type.Array(Type.Unknown())),
        }),
      ),
    ),
  },
  {
    additionalProperties: false,
    description:
      'Either `readings`, one object a value, or `series`, for each device its instants and a column of values for each channel. Instants: ISO 8601 (Beijing time without offset) or milliseconds. `null`: the device reported the value missing. At most 10,000 values.',
  },
)

export const intakeRoutes = (parts: { catalogue: Catalogue; months: Months; shares: Shares }): Route[] => [
  route({
    method: 'POST',
    path: '/api/sensing/:kind/readings',
    title: words('上报一批监测数据', 'Send a batch of readings'),
    right: 'sensing.readings.write',
    audit: 'sensing.readings.taken',
    params: Type.Object({ kind: Type.String() }),
    body: Body,
    bodyLimit: BODY_LIMIT,
    atOnce: AT_ONCE,
    response: Type.Object({
      batch: Type.Union([Type.String(), Type.Null()]),
      accepted: Type.Integer(),
      repeated: Type.Integer(),
      changed: Type.Array(Type.Integer()),
      refused: Type.Array(Type.Object({ index: Type.Integer(), code: Type.String() })),
    }),
    example: { batch: '17', accepted: 7, repeated: 0, changed: [], refused: [{ index: 3, code: 'too-old' }] },
    handler: async ({ params, body, scope, work }) => {
      const kind = parts.catalogue.get(params.kind)
      const columns = columnsOf(body)
      const mayTake = parts.shares.taker(kind, work.at.getTime())
      const intake = await takeReadings(work, columns, { kind, months: parts.months, scope, mayTake })
      const { refused } = intake
      if (
        refused.length > 0 &&
        refused.length === columns.device.length &&
        refused.every(({ code }) => code === 'too-many')
      )
        throw new TooMany(
          'too-many-readings',
          words('该设备上报过于频繁，请稍后再报', 'The device sends more than its share; send again later'),
          SHARE_SECONDS,
        )
      return intake
    },
  }),
]

interface BodyShape {
  readonly readings?: readonly { device: string; channel: string; at: unknown; value: unknown; flags?: string[] }[]
  readonly series?: readonly { device: string; at: unknown[]; values: Record<string, unknown[]> }[]
}

function columnsOf({ readings = [], series = [] }: BodyShape): Columns {
  const device: unknown[] = []
  const channel: unknown[] = []
  const at: unknown[] = []
  const value: unknown[] = []
  const flags: (readonly string[] | undefined)[] = []
  for (const reading of readings) {
    device.push(reading.device)
    channel.push(reading.channel)
    at.push(reading.at)
    value.push(reading.value)
    flags.push(reading.flags)
  }
  for (const one of series)
    for (const [id, values] of Object.entries(one.values))
      for (let i = 0; i < Math.max(values.length, one.at.length); i++) {
        device.push(one.device)
        channel.push(id)
        at.push(one.at[i])
        value.push(values[i])
      }
  return { device, channel, at, value, flags }
}
