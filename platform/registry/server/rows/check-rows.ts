import type { TObject } from 'typebox'
import { Compile } from 'typebox/compile'
import { InvalidInput, type Issue, words } from '#runtime'
import type { Slot } from '../cells/plan.ts'
import { cellReader } from '../cells/read-cell.ts'
import type { Storage } from '../storage.ts'

type Check = (rows: readonly Readonly<Record<string, unknown>>[]) => Issue[]
const checks = new WeakMap<Storage, Check>()

const IDENTIFIERS = new Set(['identity', 'uscc', 'code'])

/** Checks rows against schema, code lists and check digits. @throws InvalidInput naming each place (`/3/phone`) */
export function checkRows(
  storage: Storage,
  slots: readonly Slot[],
  rows: readonly Readonly<Record<string, unknown>>[],
): void {
  let check = checks.get(storage)
  if (!check) {
    check = makeCheck(storage, slots)
    checks.set(storage, check)
  }
  const issues = check(rows)
  if (issues.length > 0)
    throw new InvalidInput(
      'wrong-rows',
      words('有的内容不符合要求', 'Some values do not meet the requirements'),
      issues,
    )
}

function makeCheck({ dataset }: Storage, slots: readonly Slot[]): Check {
  const validator = Compile(dataset.schema as TObject)
  const readers = slots
    .filter(({ kind }) => IDENTIFIERS.has(kind))
    .map((slot) => [slot.field, cellReader(slot)] as const)
  return (rows) =>
    rows.flatMap((row, at) => [
      ...(validator.Check(row) ? [] : [...validator.Errors(row)].map((error) => issueOf(at, error))),
      ...readers.flatMap(([field, read]) => {
        const value = row[field]
        const wrong = typeof value === 'string' ? read(value) : null
        return wrong !== null && typeof wrong === 'object' ? [{ path: `/${at}/${field}`, message: wrong }] : []
      }),
    ])
}

interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly message: string
  readonly params: object
}

function issueOf(at: number, { keyword, instancePath, message, params }: SchemaError): Issue {
  if (keyword !== 'required') return { path: `/${at}${instancePath}`, message: words('内容不符合要求', message) }
  const [missing = ''] = (params as { requiredProperties?: string[] }).requiredProperties ?? []
  return { path: `/${at}${instancePath}/${missing}`, message: words('必填', 'Required') }
}
