import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { match } from '../domains/resources/one-file/server/matching/match.ts'
import { PeopleIntake } from '../domains/resources/one-file/server/matching/people/intake.ts'
import { peopleKind, peopleTraining } from '../domains/resources/one-file/server/matching/people/kind.ts'
import { PeopleRecords } from '../domains/resources/one-file/server/matching/people/records.ts'
import { train } from '../domains/resources/one-file/server/matching/train.ts'
import { makeCity } from '../tools/city/make-city.ts'
import { rowsOf, SOURCES, truthOf } from './matching/city-rows.ts'
import { pairwise } from './matching/score.ts'
import { report } from './report.ts'

/** Rows of four sources put together to people, scored against the truth. `CITY` names a city made before. */
const RESIDENTS = Number(process.env.RESIDENTS ?? 5_400_000)
const THRESHOLDS = { match: 4, review: -2, margin: 3 }
const note = (text: string) => process.stdout.write(`${text}\n`)

async function measure(city: string): Promise<void> {
  const begun = performance.now()
  const seconds = () => ((performance.now() - begun) / 1000).toFixed(1)
  const intake = new PeopleIntake(Math.ceil(RESIDENTS * 3))
  for (const source of SOURCES) {
    for await (const rows of rowsOf(city, source)) for (const facts of rows) intake.add(facts)
    note(`${source.id}: ${intake.count} rows by ${seconds()} s`)
  }
  const people = new PeopleRecords(intake.data())
  const model = train(peopleTraining(people))
  note(`learned by ${seconds()} s, prior ${model.prior.toFixed(1)}`)
  for (const { id, m, u } of model.comparisons)
    note(`  ${id}: ${m.map((share, at) => Math.log2(share / (u[at] ?? 1)).toFixed(1)).join(' ')}`)
  const matched = match(people.count, peopleKind(people), model, THRESHOLDS)
  const took = (performance.now() - begun) / 1000
  const memory = process.resourceUsage().maxRSS / 2 ** 20
  note(`matched by ${took.toFixed(1)} s: ${JSON.stringify(matched.counts)}, ${matched.review.length} for review`)
  const truth = new Int32Array(people.count)
  let at = 0
  for (const source of SOURCES) {
    for await (const rows of truthOf(city, source)) for (const person of rows) truth[at++] = person
  }
  const { precision, recall, f1 } = pairwise(matched.entity, truth)
  note(`precision ${precision.toFixed(6)}, recall ${recall.toFixed(6)}, memory ${memory.toFixed(2)} GB`)
  const figure = { bench: 'match', rows: people.count, seconds: took }
  report({ ...figure, value: memory, unit: 'GB', against: '8 GB', ratio: memory / 8 })
  report({ ...figure, value: took, unit: 's', against: '600 s', ratio: took / 600 })
  report({ ...figure, value: f1, unit: 'pairwise F1', against: '0.99', ratio: f1 / 0.99 })
}

const folder = process.env.CITY ? undefined : await mkdtemp(join(tmpdir(), 'daizong-match-'))
try {
  const city = process.env.CITY ?? join(folder ?? '', 'city')
  if (folder) await makeCity({ residents: RESIDENTS, seed: 1, out: city, workers: Math.min(2, availableParallelism()) })
  await measure(city)
} finally {
  if (folder) await rm(folder, { recursive: true, force: true })
}
