import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import { dataDesk } from '#platform/registry'
import { boot, type Running, readConfig, startEmbedded, system } from '#runtime'
import { allModules } from '../apps/server/modules.ts'
import {
  residentCells,
  residentDefinition,
  residentHeader,
  spoil,
} from '../platform/registry/server/testing/resident.ts'

/**
 * A CSV of residents with 2 % dirt through the whole import (detection, normalising, check digits, code lists, sealing,
 * duplicates, history, lineage, corrections), against plain COPY of the same file into a table of texts with the same key.
 */
const ROWS = Number(process.env.ROWS ?? 1_000_000)
const folder = await mkdtemp(join(tmpdir(), 'daizong-bench-'))
const database = await startEmbedded(folder)
try {
  const csv = join(folder, 'residents.csv')
  await writeResidents(csv)
  const copySeconds = await plainCopy(csv)
  const seconds = await importFile(csv)
  const value = Math.round(ROWS / seconds)
  const ratio = Number((copySeconds / seconds).toFixed(3))
  const result = {
    bench: 'import',
    value,
    unit: 'rows/s',
    ratio,
    against: 'plain COPY of the same rows',
    seconds,
    rows: ROWS,
  }
  process.stdout.write(`${JSON.stringify(result)}\n`)
} finally {
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}

async function writeResidents(file: string): Promise<void> {
  const lines = function* () {
    yield `${residentHeader.join(',')}\n`
    let block = ''
    for (let n = 0; n < ROWS; n++) {
      const cells = residentCells(n)
      block += `${(n % 50 === 49 ? spoil(cells, Math.floor(n / 50)) : cells).join(',')}\n`
      if (n % 1000 === 999) {
        yield block
        block = ''
      }
    }
    yield block
  }
  await pipeline(Readable.from(lines()), createWriteStream(file))
}

async function plainCopy(file: string): Promise<number> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const columns = residentHeader.map((_, at) => `c${at} text`).join(', ')
  await client.query(`create table plain (${columns}, n bigint generated always as identity primary key)`)
  const names = residentHeader.map((_, at) => `c${at}`).join(', ')
  const started = performance.now()
  await pipeline(
    createReadStream(file),
    client.query(from(`copy plain (${names}) from stdin with (format csv, header)`)),
  )
  const seconds = (performance.now() - started) / 1000
  await client.query('drop table plain')
  await client.end()
  return seconds
}

async function importFile(file: string): Promise<number> {
  const config = readConfig({ PORT: '0', DATA_DIR: folder, DATABASE_URL: database.url, DAIZONG_LOG_LEVEL: 'error' })
  const running = await boot(config, allModules)
  try {
    return await importWith(running, file)
  } finally {
    await running.stop()
  }
}

async function importWith(running: Running, file: string): Promise<number> {
  const actor = system('bench')
  const desk = running.app.use(dataDesk)
  await running.app.work(actor, (work) => desk.define(work, residentDefinition))
  const started = performance.now()
  const id = await running.app.work(actor, (work) =>
    desk.load(work, { dataset: 'city.resident', name: 'residents.csv', content: createReadStream(file) }),
  )
  for (;;) {
    const load = await desk.progress(id)
    if (load.state !== 'loading') {
      process.stderr.write(`${JSON.stringify(load)}\n`)
      break
    }
    await sleep(100)
  }
  return Number(((performance.now() - started) / 1000).toFixed(2))
}
