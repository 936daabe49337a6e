import { type Declared, StartError } from '#runtime'
import type { RulePack } from '../rule-pack.ts'

/** Two editions of one locality may not be in force on the same day. @throws StartError naming both */
export function checkRules(rules: readonly Declared<'rules'>[]): void {
  for (const { entry: rule } of rules) {
    const overlap = findOverlap(rule.packs)
    if (overlap) throw new StartError(`Rule "${rule.id}": ${overlap} are in force on the same day.`)
    if (new Set(rule.packs.map((pack) => pack.id)).size < rule.packs.length)
      throw new StartError(`Rule "${rule.id}" has two packs of one id.`)
  }
}

/** `"a" and "b"` for the first two packs of a locality whose days overlap. */
export function findOverlap(packs: readonly RulePack[]): string | undefined {
  for (const [index, a] of packs.entries())
    for (const b of packs.slice(index + 1))
      if (a.locality === b.locality && a.validFrom <= (b.validTo ?? '9') && b.validFrom <= (a.validTo ?? '9'))
        return `"${a.id}" and "${b.id}"`
  return undefined
}
