import { InvalidInput, words } from '#runtime'
import type { Condition } from '../../contract.ts'

/**
 * Conditions of an address: `name~prefix~张`, `sex~in~1,2`, `bornOn~range~1990-01-01,1999-12-31` (either end may be
 * empty), `idNumber~is~3709…`, `phone~blank~true`.
 */
export function parseWhere(texts: readonly string[]): Record<string, Condition> {
  return Object.fromEntries(
    texts.map((text) => {
      const [field = '', operator = '', ...rest] = text.split('~')
      return [field, conditionOf(operator, rest.join('~'), text)]
    }),
  )
}

function conditionOf(operator: string, value: string, whole: string): Condition {
  switch (operator) {
    case 'is':
      return { is: value }
    case 'prefix':
      return { prefix: value }
    case 'in':
      return { in: value.split(',') }
    case 'blank':
      return { blank: value === 'true' }
    case 'range': {
      const [from = '', to = ''] = value.split(',')
      return { ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) }
    }
    default:
      throw new InvalidInput('wrong-condition', words(`看不懂筛选条件“${whole}”`, `Not a condition: "${whole}"`))
  }
}
