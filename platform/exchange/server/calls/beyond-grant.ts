import { type Issue, words } from '#runtime'
import type { KnownGrant } from '../grants/grant-store.ts'
import type { Asked } from './calls.ts'

/** What a call asks that the grant does not give: fields, or conditions that would tell of them. */
export function beyondGrant(grant: KnownGrant, { way, fields = [], where = {}, match = {} }: Asked): Issue[] {
  const issues: Issue[] = []
  for (const [at, name] of fields.entries())
    if (!grant.fields.includes(name)) issues.push(notGranted(`/fields/${at}`, name))
  for (const [part, conditions] of [['where', where] as const, ['match', match] as const])
    for (const [name, condition] of Object.entries(conditions)) {
      if (!grant.fields.includes(name)) issues.push(notGranted(`/${part}/${name}`, name))
      else if (way === 'compute' && grant.masked.has(name))
        issues.push({
          path: `/${part}/${name}`,
          message: words(
            `就地计算不能按脱敏字段“${name}”筛选`,
            `Totals take no condition on the masked field "${name}"`,
          ),
        })
      else if (!('is' in condition) && grant.masked.has(name))
        issues.push({
          path: `/${part}/${name}`,
          message: words(
            `脱敏字段“${name}”只能按完整内容查找`,
            `The masked field "${name}" can only be searched whole and exactly`,
          ),
        })
    }
  return issues
}

const notGranted = (path: string, name: string): Issue => ({
  path,
  message: words(`授权不含字段“${name}”`, `The grant has no field "${name}"`),
})
