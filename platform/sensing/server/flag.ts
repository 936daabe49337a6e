import { InvalidInput, type Work, words } from '#runtime'
import type { KnownKind } from './catalogue.ts'
import type { Months } from './months.ts'
import { addFlags } from './store-places.ts'
import { deviceNumbers } from './take.ts'

interface Named {
  readonly device: string
  readonly channel: string
  readonly at: Date
  readonly flag: string
}

/** Adds marks to values of a stage. @throws InvalidInput for an unknown device or channel */
export async function flagValues(
  work: Work,
  kind: KnownKind,
  months: Months,
  stage: number,
  marks: readonly Named[],
): Promise<void> {
  if (marks.length === 0) return
  const devices = await deviceNumbers(
    work,
    kind.devices,
    marks.map(({ device }) => device),
  )
  await months.make(
    work,
    marks.map(({ at }) => at.getTime()),
  )
  await addFlags(
    work,
    stage,
    marks.map(({ device, channel, at, flag }) => {
      const no = devices.get(device)
      const known = kind.byId.get(channel)
      if (no === undefined || !known)
        throw new InvalidInput(
          'unknown-place',
          words(`没有设备“${device}”或监测项“${channel}”`, `There is no device "${device}" or channel "${channel}"`),
        )
      return { device: no, channel: known.no, at: at.getTime(), flag }
    }),
  )
  work.audit({ event: 'sensing.values.flagged', details: { kind: kind.id, marks: marks.length } })
}
