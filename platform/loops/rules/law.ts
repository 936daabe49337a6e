import { Type } from 'typebox'
import { type Rule, type RuleNote, type RulePack, rule } from '#platform/rules'
import { dayAt, dueDate, formatDay, NotFound, parseDay, parseDuration, startOfDay, type Words, words } from '#runtime'
import { termRules } from '../term-rules.ts'

/** A term that a law sets. */
export interface StatutoryTerm {
  /** What has to be done within it, and from when it runs. */
  readonly title: Words
  /** As a clock writes it: `20wd`, `30d`, `2h`. */
  readonly limit: string
  /** `第四十二条第一款`, "art. 42 para. 1" */
  readonly clause: Words
  /** By how much it may be extended once. */
  readonly extension?: string
  /** The person is held: every day counts, and a day off at the end does not move it. */
  readonly custody?: true
  /** What follows when it passes in silence. */
  readonly silence?: Words
}

export type Terms = Readonly<Record<string, StatutoryTerm>>
export interface LawTables<T extends Terms = Terms> {
  readonly law: Words
  readonly terms: T
}

interface Facts {
  readonly term: string
  /** Day from which it runs, or instant of a term in hours. */
  readonly from?: string
}
export type LawPack<T extends Terms = Terms> = RulePack<LawTables<T>, Facts>

/** Of a law whose terms are known and the numbers of whose articles are not read yet. */
export const ARTICLE_UNCHECKED: RuleNote = {
  text: words('条款序号待与印本核对。', 'The numbers of the articles are to be checked with the printed text.'),
  clause: null,
  verified: false,
}

/** Types a pack, with its terms by name. */
export const lawPack = <T extends Terms>(pack: LawPack<T>): LawPack<T> => pack

/** Every law answers with this very schema: by it the editor knows them. */
const result = Type.Object({
  limit: Type.String(),
  basis: Type.String(),
  /** Last day, or instant of a term in hours; null where no beginning was given. */
  until: Type.Union([Type.String(), Type.Null()]),
})

/** The terms of a law as a rule pack: shown with their clauses, reckoned from a day, taken over by clocks. */
export const law = (id: string, title: Words, packs: readonly LawPack[]): Rule =>
  rule({
    id: `loops.law.${id}`,
    title,
    facts: Type.Object(
      {
        term: Type.String({ title: '期限', maxLength: 40 }),
        from: Type.Optional(
          Type.Union([Type.String({ format: 'date' }), Type.String({ format: 'date-time' })], {
            title: '起算日或时刻',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    result,
    packs,
    names: NAMES,
    evaluate: reckon,
  })

const NAMES = {
  law: words('法律', 'Law'),
  terms: words('期限', 'Terms'),
  title: words('事项和起算', 'What, and from when'),
  limit: words('期限', 'Term'),
  extension: words('可延长', 'May be extended by'),
  custody: words('在押期间逐日计算', 'Every day counts, held in custody'),
  silence: words('逾期的后果', 'What follows in silence'),
} satisfies Readonly<Record<keyof LawTables | keyof Omit<StatutoryTerm, 'clause'>, Words>>

/** The editions of those rules that are laws. */
export const lawPacks = (rules: readonly Rule[]): readonly LawPack[] =>
  rules.filter((rule) => rule.result === result).flatMap((rule) => rule.packs as unknown as readonly LawPack[])

function reckon({ law, terms }: LawTables, { term, from }: Facts) {
  const found = terms[term]
  if (!found) throw new NotFound('no-term', words(`没有期限“${term}”`, `There is no term "${term}"`))
  const { title, limit, silence } = found
  const basis = basisOf(law, found)
  return {
    result: { limit, basis: basis.zh, until: from === undefined ? null : endOf(found, from) },
    explanation: [words(`${title.zh}：${basis.zh}`, `${title.en}: ${basis.en}`), ...(silence ? [silence] : [])],
  }
}

function endOf({ limit, custody }: StatutoryTerm, from: string): string {
  const start = from.length > 10 ? new Date(from) : new Date(startOfDay(parseDay(from)))
  const due = dueDate(start, parseDuration(limit), termRules(!custody))
  return /(h|min)$/.test(limit) ? due.toISOString() : formatDay(dayAt(due.getTime() - 1))
}

const basisOf = (law: Words, { clause }: StatutoryTerm): Words =>
  words(`${law.zh}${clause.zh}`, `${law.en} ${clause.en}`)

/** The clock that a term of a law is; what happens at the limit is added by whoever uses it. */
export function clockOf<T extends Terms>(
  { tables: { law, terms } }: LawPack<T>,
  name: keyof T & string,
): { readonly limit: string; readonly basis: Words; readonly rollover?: false } {
  const term = terms[name] as StatutoryTerm
  return { limit: term.limit, basis: basisOf(law, term), ...(term.custody ? { rollover: false as const } : {}) }
}
