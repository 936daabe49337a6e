/**
 * Puts boundaries of a GeoJSON file in force, e.g. officially reviewed ones:
 * `npm run map:boundaries -- <file.geojson> --source <text> [--review <审图号>] [--crs wgs84|cgcs2000|gcj02]`
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { FeatureCollection } from 'geojson'
import { boot, ProductError, readConfig, system } from '#runtime'
import { allModules } from '../../apps/server/modules.ts'
import { saveBoundaries } from '../../platform/map/server/save-boundaries.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { source: { type: 'string' }, review: { type: 'string' }, crs: { type: 'string', default: 'wgs84' } },
})
const [file] = positionals
const crs = (['wgs84', 'cgcs2000', 'gcj02'] as const).find((known) => known === values.crs)
if (!file || !values.source || !crs) {
  process.stderr.write(
    'npm run map:boundaries -- <file.geojson> --source <text> [--review <审图号>] [--crs wgs84|cgcs2000|gcj02]\n',
  )
  process.exit(1)
}
const { features } = JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection
const input = { features, source: values.source, review: values.review, crs }
const running = await boot(readConfig(process.env), allModules, { listen: false })
try {
  const codes = await running.app.work(system('map.boundaries'), (work) => saveBoundaries(work, input, ''))
  process.stdout.write(`${codes.length} boundaries are in force: ${codes.join(' ')}\n`)
} catch (error) {
  if (!(error instanceof ProductError)) throw error
  const issues = error.issues.map(({ path, message }) => `  ${path}: ${message.en}`)
  process.stderr.write(`${[error.words.en, ...issues].join('\n')}\n`)
  process.exitCode = 1
} finally {
  await running.stop()
}
