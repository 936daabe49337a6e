import { InvalidInput, words } from '#runtime'

const FORBIDDEN = /;|--|\/\*|\b(select|from|with|union|into|copy|pragma|attach|install|load|set)\b/i

/**
 * Lets a condition through that speaks of the row alone: no other statement, no look into tables, brackets and quotes in
 * pairs, so that it cannot end the clause it stands in. Whether it can be computed is for a trial to find.
 * @throws InvalidInput
 */
export function checkCondition(sql: string): void {
  const bare = sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, ' ')
  if (/['"]/.test(bare)) throw wrong('引号不成对', 'A quotation mark has no partner')
  const found = FORBIDDEN.exec(bare)
  if (found)
    throw wrong(
      `条件只能使用本行的字段，不能含“${found[0]}”`,
      `A condition speaks of its row alone, without "${found[0]}"`,
    )
  let depth = 0
  for (const sign of bare) {
    if (sign === '(') depth++
    if (sign === ')') depth--
    if (depth < 0) break
  }
  if (depth !== 0) throw wrong('括号不成对', 'A bracket has no partner')
}

const wrong = (zh: string, en: string): InvalidInput =>
  new InvalidInput('wrong-condition', words(zh, en), [{ path: '/check/sql', message: words(zh, en) }])
