import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { type Checkpoint, checkpointJson } from './chain.ts'

const KEPT = Type.Object({ to_seq: Type.Integer(), signature: Type.String() })

/** What must still be found in the database: who cuts the end off there cannot cut it off here. */
export type KeptHead = Static<typeof KEPT>

/** The check point kept outside the database; undefined if there is none yet. @throws SyntaxError if it is damaged */
export function readKeptHead(file: string): KeptHead | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  const head: unknown = JSON.parse(text)
  if (!Value.Check(KEPT, head)) throw new SyntaxError(`${file} is not a check point`)
  return head
}

/** Keeps the newest check point, replaced as a whole. */
export function keepHead(file: string, checkpoint: Checkpoint): void {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(checkpointJson(checkpoint), null, 2)}\n`)
  renameSync(draft, file)
}
