import { type Words, words } from '#runtime'

type Saying = readonly [pattern: RegExp, say: (...parts: string[]) => Words]

/** What the engine says most often, in both languages; the rest is passed on as it is. */
const SAYINGS: readonly Saying[] = [
  [
    /syntax error at or near "([^"]*)"/,
    (near) => words(`“${near}”附近语法有误`, `There is a syntax error near "${near}"`),
  ],
  [/syntax error at end of input/, () => words('语句没有写完', 'The statement is not complete')],
  [
    /Referenced column "([^"]*)" not found|column named "([^"]*)"/,
    (one, other) => words(`没有“${one || other}”这一列`, `There is no column "${one || other}"`),
  ],
  [
    /Referenced table "([^"]*)" not found|Table with name ([\w.]+) does not exist/,
    (one, other) => words(`没有“${one || other}”这张表`, `There is no table "${one || other}"`),
  ],
  [
    /Ambiguous reference to column name "([^"]*)"/,
    (name) => words(`“${name}”在几张表中都有，请注明表名`, `Several tables have "${name}"; name the table too`),
  ],
  [
    /column "([^"]*)" must appear in the GROUP BY clause/,
    (name) => words(`“${name}”要么分组，要么汇总`, `"${name}" must be grouped by or aggregated`),
  ],
  [
    /Scalar Function with name ([\w.]+) does not exist/,
    (name) => words(`没有函数 ${name}`, `There is no function ${name}`),
  ],
  [
    /Could not convert string '([^']*)' to (\w+)/,
    (value, type) => words(`“${value}”不能转换为 ${type}`, `"${value}" cannot be converted to ${type}`),
  ],
]

/** A message of the engine in the reader's language where it is known. */
export function saidAs(message: string): Words {
  for (const [pattern, say] of SAYINGS) {
    const match = pattern.exec(message)
    if (match) return say(...match.slice(1).map((part) => part ?? ''))
  }
  return words(message, message)
}
