import { DAY, HOUR } from '#runtime'
import type { Refusal, RefusalCode } from '../contract.ts'
import type { KnownKind } from './catalogue.ts'

/** Readings as they came, one array a column; nothing in them is trusted yet. */
export interface Columns {
  readonly device: readonly unknown[]
  readonly channel: readonly unknown[]
  /** Milliseconds, a Date, or ISO 8601 text; text without an offset is Beijing time. */
  readonly at: readonly unknown[]
  readonly value: readonly unknown[]
  readonly flags?: readonly (readonly string[] | undefined)[]
}

/** Readings that can be stored, with numbers instead of names. */
export interface Places {
  /** Place in the batch as it came. */
  readonly index: number[]
  readonly device: number[]
  readonly channel: number[]
  /** Milliseconds. */
  readonly at: number[]
  readonly value: (number | null)[]
  readonly flags: { readonly place: number; readonly flag: string }[]
}

export interface Checked {
  readonly places: Places
  readonly refused: readonly Refusal[]
}

interface Rules {
  readonly kind: KnownKind
  /** Numbers of the devices that may send. */
  readonly devices: ReadonlyMap<string, number>
  readonly now: number
  /** Whether the device has not used up its share. */
  readonly mayTake?: (device: number) => boolean
  /** Later stages come from the city's own checks: their age is no concern. */
  readonly anyAge?: boolean
}

const FLAG = /^[a-z][a-z0-9.-]{0,39}$/
const BEIJING = 8 * HOUR

/** Sorts a batch into what can be stored and what is refused, and why. Out of range is stored and flagged. */
export function checkReadings(columns: Columns, rules: Rules): Checked {
  const places: Places = { index: [], device: [], channel: [], at: [], value: [], flags: [] }
  const refused: Refusal[] = []
  const times = new Map<unknown, number | undefined>()
  for (let index = 0; index < columns.device.length; index++) {
    const device = rules.devices.get(columns.device[index] as string)
    const channel = rules.kind.byId.get(columns.channel[index] as string)
    const sent = columns.at[index]
    let at = times.get(sent)
    if (at === undefined) {
      at = instantOf(sent)
      times.set(sent, at)
    }
    const value = columns.value[index]
    const code = faultOf(device, channel, at, value, rules)
    if (code || device === undefined || !channel || at === undefined) {
      refused.push({ index, code: code ?? 'unknown-device' })
      continue
    }
    const place = places.index.length
    places.index.push(index)
    places.device.push(device)
    places.channel.push(channel.no)
    places.at.push(at)
    places.value.push(value as number | null)
    if (value !== null && ((value as number) < channel.range.min || (value as number) > channel.range.max))
      places.flags.push({ place, flag: 'range' })
    for (const flag of columns.flags?.[index] ?? []) if (FLAG.test(flag)) places.flags.push({ place, flag })
  }
  return { places, refused }
}

function faultOf(
  device: number | undefined,
  channel: object | undefined,
  at: number | undefined,
  value: unknown,
  rules: Rules,
): RefusalCode | undefined {
  const { kind, now, anyAge } = rules
  if (device === undefined) return 'unknown-device'
  if (!channel) return 'unknown-channel'
  if (at === undefined) return 'not-a-time'
  if (at > now + kind.accept.ahead * 1000) return 'ahead'
  if (!anyAge && at < now - kind.accept.age * 1000) return 'too-old'
  if (kind.interval > 0 && (at + BEIJING) % (kind.interval * 1000) !== 0) return 'off-grid'
  if (value !== null && !(typeof value === 'number' && Number.isFinite(value))) return 'not-a-number'
  if (rules.mayTake && !rules.mayTake(device)) return 'too-many'
  return undefined
}

const WITH_OFFSET = /(Z|[+-]\d{2}:?\d{2})$/
const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?$/
/** Beyond this an instant is no measurement, whatever a kind accepts: 1900 to 2200. */
const FIRST = -25_567 * DAY
const LAST = 84_006 * DAY

function instantOf(sent: unknown): number | undefined {
  const at = numberOf(sent)
  return Number.isInteger(at) && at > FIRST && at < LAST ? at : undefined
}

function numberOf(sent: unknown): number {
  if (typeof sent === 'number') return sent
  if (sent instanceof Date) return sent.getTime()
  if (typeof sent !== 'string' || !TIME.test(sent)) return Number.NaN
  const iso = sent.replace(' ', 'T')
  return Date.parse(WITH_OFFSET.test(iso) ? iso : `${iso}+08:00`)
}
