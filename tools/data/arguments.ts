import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

export interface DataArguments {
  /** Path of a file in the source folder; stops the program when the file is absent. */
  source: (name: string) => string
  /** Path of a file in the output folder. */
  target: (name: string) => string
  /** Coordinate system of the source, where the tool converts coordinates. */
  crs: 'gcj02' | 'wgs84'
}

/** `node tools/data/<tool>.ts <source folder> [--out <folder>] [--crs gcj02|wgs84]`: the arguments of every data tool. */
export function dataArguments(folder: string): DataArguments {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string', default: join('data', folder) }, crs: { type: 'string', default: 'gcj02' } },
  })
  const from = positionals[0]
  if (from === undefined) return stop(`Name the source folder: node tools/data/${folder}.ts <folder> [--out <folder>]`)
  if (values.crs !== 'gcj02' && values.crs !== 'wgs84') return stop('--crs is gcj02 or wgs84')
  return {
    crs: values.crs,
    target: (name) => join(values.out, name),
    source: (name) => {
      const path = join(from, name)
      return existsSync(path)
        ? path
        : stop(`${name} is not in ${from}; data/${folder}/SOURCE.md says what must lie there`)
    },
  }
}

function stop(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
