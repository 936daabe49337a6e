import type { DuckDBConnection } from '@duckdb/node-api'
import type { Value } from '../../contract.ts'
import { wordsIn } from '../../words-in.ts'

interface PlanNode {
  readonly extra_info?: Readonly<Record<string, string | readonly string[]>>
  readonly children?: readonly PlanNode[]
}

/**
 * Words of what a statement's plan reads, filters by and computes: each column that the answer can depend on is among
 * them, whatever it is called in the text. It is planned without statistics, which would answer `min` without reading.
 * @returns undefined when the engine tells no plan
 */
export async function planWords(
  connection: DuckDBConnection,
  sql: string,
  values: readonly Value[],
): Promise<readonly string[] | undefined> {
  await connection.run("set disabled_optimizers = 'statistics_propagation'")
  try {
    const reader = await connection.runAndReadAll(`explain (format json) ${sql}`, [...values])
    const text = reader.getRows().map((row) => String(row.at(-1)))
    return [...wordsIn(text.flatMap((each) => (JSON.parse(each) as PlanNode[]).flatMap(said)).join(' '))]
  } catch {
    return undefined
  } finally {
    await connection.run("set disabled_optimizers = ''")
  }
}

const said = ({ extra_info = {}, children = [] }: PlanNode): string[] => [
  ...Object.values(extra_info).flat(),
  ...children.flatMap(said),
]
