import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { type MakeOptions, makeCity, type Progress } from './make-city.ts'

const USAGE = 'npm run city -- --residents N [--seed S] [--out FOLDER] [--workers K]'

try {
  const began = Date.now()
  const manifest = await makeCity(options(), (now) => show(now, began))
  const rows = manifest.files.reduce((sum, one) => sum + one.rows, 0)
  const bytes = manifest.files.reduce((sum, one) => sum + one.bytes, 0)
  process.stdout.write(
    `\n${manifest.files.length} files, ${rows} rows, ${Math.round(bytes / 1e6)} MB in ${((Date.now() - began) / 1000).toFixed(1)} s; most memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`,
  )
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`)
  process.exitCode = 1
}

function options(): MakeOptions {
  const { values } = parseArgs({
    options: {
      residents: { type: 'string' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: 'city' },
      workers: { type: 'string', default: String(Math.min(8, availableParallelism())) },
    },
  })
  const whole = (name: 'residents' | 'seed' | 'workers') => {
    const text = values[name]
    if (text === undefined || !/^\d{1,10}$/.test(text)) throw new RangeError(`--${name} is a whole number`)
    return Number(text)
  }
  return { residents: whole('residents'), seed: whole('seed'), out: values.out, workers: whole('workers') }
}

function show({ residents, of, firms }: Progress, began: number): void {
  const seconds = (Date.now() - began) / 1000
  const left = Math.round((seconds / Math.max(1, residents)) * (of - residents))
  process.stdout.write(`\r${residents} of ${of} residents, ${firms} firms, about ${left} s left   `)
}
