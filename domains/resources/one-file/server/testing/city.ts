import { type AnyDataset, citizenCheckDigit, registry } from '#platform/registry'
import type { Client, TestApp } from '#platform/testing'
import { system } from '#runtime'
import { baseTables } from '../../../base/tables.ts'

export const PASSWORD = 'Daizong-2026'

/** A valid citizen number. */
export function citizenNumber(birth: string, serial: string, place = '370902'): string {
  const body = `${place}${birth}${serial}`
  return body + citizenCheckDigit(body)
}

export function datasetOf(id: string): AnyDataset {
  const table = baseTables.find(({ dataset }) => dataset.id === id)
  if (!table) throw new RangeError(id)
  return table.dataset
}

/** Writes rows as their sources would. */
export const writeRows = ({ app }: TestApp, id: string, rows: readonly Record<string, unknown>[]) =>
  app.work(system('test'), (work) => app.use(registry).write(work, datasetOf(id), rows))

/** Calls as the portal does: with the purpose in the header. */
export async function call(
  { address }: TestApp,
  who: Client,
  method: string,
  path: string,
  { body, purpose }: { readonly body?: object; readonly purpose?: string } = {},
) {
  const answer = await fetch(address + path, {
    method,
    headers: {
      cookie: who.cookie,
      ...(purpose ? { 'x-purpose': encodeURIComponent(purpose) } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: answer.status, body: await answer.json() }
}
