import type { TSchema } from 'typebox'
import { Errors } from 'typebox/schema'
import { Settings } from 'typebox/system'
import type { Issue } from '../runtime/errors.ts'
import { messageOf } from '../runtime/issue-words.ts'

// TypeBox stops at eight faults unless told; a form shows all of them.
Settings.Set({ maxErrors: 1_000 })

interface Violation {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message: string
}

/**
 * What is wrong with a value, the first fault of each place, as JSON pointers below `base`. Runs the same in the browser
 * and on the server, without making code of the schema, so it works under a content security policy.
 */
export function issuesIn(schema: TSchema, value: unknown, base = ''): readonly Issue[] {
  const [, violations] = Errors(schema, value)
  const issues = (violations as unknown as Violation[]).flatMap((violation) => issuesOf(violation, base))
  const first = new Map<string, Issue>()
  for (const issue of issues) if (!first.has(issue.path)) first.set(issue.path, issue)
  return [...first.values()]
}

function issuesOf({ keyword, schemaPath, instancePath, params, message }: Violation, base: string): Issue[] {
  // Each branch of a choice reports itself before the choice as a whole does.
  if (/\/anyOf\/\d/.test(schemaPath) || keyword === 'boolean') return []
  const at = (name: string) => ({
    path: `${base}${instancePath}/${name}`,
    message: messageOf(keyword, { ...params, additionalProperties: name }, message),
  })
  if (keyword === 'required') return (params.requiredProperties as string[]).map(at)
  if (keyword === 'additionalProperties') return (params.additionalProperties as string[]).map(at)
  return [{ path: `${base}${instancePath}`, message: messageOf(keyword, params, message) }]
}
