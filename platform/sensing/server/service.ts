import type { App } from '#runtime'
import type { Sensing } from '../contract.ts'
import { type Catalogue, STAGES } from './catalogue.ts'
import { findDevices, registerDevices } from './devices.ts'
import { flagValues } from './flag.ts'
import type { Months } from './months.ts'
import { readRows } from './read-rows.ts'
import { readSeries } from './read-series.ts'
import { rollUpAll } from './roll-up.ts'
import { columnsOf, settleReadings } from './settle.ts'
import { takeReadings } from './take.ts'

/** Sensing as other modules use it. */
export const sensingService = (app: App, catalogue: Catalogue, months: Months): Sensing => ({
  register: async (work, devices) => {
    const changed = await registerDevices(work, devices)
    if (changed > 0) work.audit({ event: 'sensing.device.written', details: { devices: changed } })
  },
  devices: (query) => findDevices(app.db, query),
  take: (work, kind, readings) => takeReadings(work, columnsOf(readings), { kind: catalogue.get(kind), months }),
  settle: (work, kind, stage, readings) => settleReadings(work, catalogue.get(kind), months, stage, readings),
  flag: (work, kind, stage, marks) => flagValues(work, catalogue.get(kind), months, STAGES[stage], marks),
  read: (query) => readSeries(app.db, catalogue, query),
  rows: (kind, stage, db = app.db) => readRows(db, catalogue.get(kind), stage),
  rollUp: () => rollUpAll(app, catalogue),
})
