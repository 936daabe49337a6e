import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { documents } from '#platform/documents'
import type { App, Work } from '#runtime'
import { instructionsFor } from './instruction-store.ts'

export const FileShape = Type.Object({ id: Type.String(), name: Type.String(), size: Type.Integer() })
const KIND = 'supervision.cloud.instruction'

/** Ties the caller's uploads to an instruction, or to one answer to it. @throws InvalidInput */
export async function keepFiles(
  app: App,
  work: Work,
  instruction: string,
  answer: number | null,
  files: readonly string[] = [],
): Promise<void> {
  await app.use(documents).attach(work, files, { kind: KIND, id: instruction })
  for (const file of new Set(files))
    await sql`insert into supervision_cloud.instruction_file (file, instruction, answer)
      values (${file}, ${instruction}, ${answer})`.execute(work.tx)
}

/** Files of an instruction, or of one answer. */
export async function filesOf(
  app: App,
  work: Work,
  instruction: string,
  answer: number | null,
): Promise<Static<typeof FileShape>[]> {
  const { rows } = await sql<{ file: string }>`select file from supervision_cloud.instruction_file
    where instruction = ${instruction} and answer is not distinct from ${answer} order by file`.execute(work.tx)
  const found = await Promise.all(rows.map(({ file }) => app.use(documents).find(file)))
  return found.flatMap((file) => (file ? [{ id: file.id, name: file.name, size: file.size }] : []))
}

/** Only those whom the instruction names read its files; no right opens them. */
export const guardFiles = (app: App): void =>
  app.use(documents).readers(KIND, async (work, id) => (await instructionsFor(work.tx, work.actor, id)).length > 0)
