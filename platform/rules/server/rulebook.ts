import { isDeepStrictEqual } from 'node:util'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { InvalidInput, localDateAt, NotFound, words } from '#runtime'
import type { RuleResult, Rules, Under } from '../contract.ts'
import type { Rule, RulePack, RuleVector } from '../rule-pack.ts'

const ajv = new Ajv({ allErrors: true, strict: false })
addFormats(ajv)

/** The rules in memory: what modules declare and what administrators published. */
export class Rulebook implements Rules {
  readonly #rules: Map<string, Rule>

  constructor(declared: readonly Rule[]) {
    this.#rules = new Map(declared.map((rule) => [rule.id, rule]))
  }

  all(): readonly Rule[] {
    return [...this.#rules.values()]
  }

  /** @throws NotFound */
  get(id: string): Rule {
    const rule = this.#rules.get(id)
    if (!rule) throw new NotFound('no-rule', words(`没有规则“${id}”`, `There is no rule "${id}"`))
    return rule
  }

  /** Adds a published edition; the one before it ends the day before. */
  publish(id: string, pack: RulePack): void {
    const rule = this.get(id)
    if (rule.packs.some((known) => known.id === pack.id)) return
    const packs = [...rule.packs.map((known) => endBefore(known, pack)), pack]
    this.#rules.set(id, { ...rule, packs } as Rule)
  }

  edition(id: string, under: Under): RulePack {
    return findPack(this.get(id), under)
  }

  evaluate(id: string, facts: unknown, under: Under): RuleResult {
    const rule = this.get(id)
    const pack = findPack(rule, under)
    checkFacts(rule, facts)
    return { rule: id, pack: pack.id, ...rule.evaluate(pack.tables, facts as never) }
  }

  /** What comes of a vector, and whether it contains what the document says. */
  tryVector(rule: Rule, pack: RulePack, vector: RuleVector): { readonly passed: boolean; readonly result: unknown } {
    checkFacts(rule, vector.facts)
    const { result } = rule.evaluate(pack.tables, vector.facts as never)
    return { passed: contains(result, vector.expected), result }
  }
}

const endBefore = (known: RulePack, next: RulePack): RulePack =>
  known.locality === next.locality && known.validFrom < next.validFrom && (known.validTo ?? '9') >= next.validFrom
    ? { ...known, validTo: dayBefore(next.validFrom) }
    : known

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}

/** The most local pack in force, or the named one. @throws NotFound */
function findPack(rule: Rule, under: Under): RulePack {
  if ('pack' in under) {
    const named = rule.packs.find((pack) => pack.id === under.pack)
    if (named) return named
    throw new NotFound('no-rule-pack', words(`规则没有版本“${under.pack}”`, `The rule has no edition "${under.pack}"`))
  }
  const day = localDateAt(under.at)
  const place = under.locality ?? ''
  const [found] = rule.packs
    .filter((pack) => pack.validFrom <= day && day <= (pack.validTo ?? '9'))
    .filter((pack) => pack.locality === 'CN' || place.startsWith(pack.locality))
    .toSorted((a, b) => depth(b) - depth(a))
  if (found) return found
  throw new NotFound('no-rule-pack', words(`${day} 没有生效的版本`, `No edition is in force on ${day}`))
}

const depth = (pack: RulePack): number => (pack.locality === 'CN' ? 0 : pack.locality.length)

function checkFacts(rule: Rule, facts: unknown): void {
  if (ajv.validate(rule.facts, facts)) return
  const issues = (ajv.errors ?? []).map((error) => ({
    path: `/facts${error.instancePath}`,
    message: words('不符合规则要求的格式', error.message ?? 'does not fit'),
  }))
  throw new InvalidInput('facts', words('事实的填写有误', 'The facts do not fit the rule'), issues)
}

/** Objects are compared by the fields that `expected` names, everything else exactly. */
function contains(result: unknown, expected: unknown): boolean {
  if (isPlain(expected) && isPlain(result))
    return Object.entries(expected).every(([name, value]) => contains(result[name], value))
  return isDeepStrictEqual(result, expected)
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
