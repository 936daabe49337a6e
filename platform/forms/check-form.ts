import type { TSchema } from 'typebox'
import { InvalidInput, words } from '#runtime'
import { issuesIn } from './issues-in.ts'

/**
 * Checks a filled form against its schema, as the browser did before sending it.
 * @param base JSON pointer that goes before the paths of the issues, e.g. `/form`
 * @throws InvalidInput with one issue a field
 */
export function checkForm(schema: TSchema, value: unknown, base = ''): void {
  const issues = issuesIn(schema, value, base)
  if (issues.length > 0)
    throw new InvalidInput(
      'invalid-form',
      words('填写的内容有误，请更正后重试', 'Some of the input is wrong; correct it and try again'),
      issues,
    )
}
