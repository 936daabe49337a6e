import { type Words, words } from './words.ts'

/**
 * Words for a violated keyword of JSON Schema, as Ajv and TypeBox report it: one mapping for calls, forms and imports,
 * on the server and in the browser.
 */
export function messageOf(keyword: string, params: Readonly<Record<string, unknown>>, fallback: string): Words {
  const limit = String(params.limit ?? '')
  switch (keyword) {
    case 'required':
      return words('必填', 'Required')
    case 'minLength':
      return limit === '1' ? words('必填', 'Required') : words(`至少 ${limit} 个字`, `At least ${limit} characters`)
    case 'maxLength':
      return words(`最多 ${limit} 个字`, `At most ${limit} characters`)
    case 'minimum':
      return words(`不能小于 ${limit}`, `Not less than ${limit}`)
    case 'maximum':
      return words(`不能大于 ${limit}`, `Not more than ${limit}`)
    case 'minItems':
      return words(`至少 ${limit} 项`, `At least ${limit} items`)
    case 'maxItems':
      return words(`最多 ${limit} 项`, `At most ${limit} items`)
    case 'enum':
    case 'const':
    case 'anyOf':
      return words('不在可选范围内', 'Not one of the choices')
    case 'type':
      return words(`类型应为 ${String(params.type)}`, `Must be of type ${String(params.type)}`)
    case 'format':
    case 'pattern':
      return words('格式不正确', 'The format is not right')
    case 'additionalProperties': {
      const name = [params.additionalProperties, params.additionalProperty].flat().find((n) => n !== undefined)
      return words(`不认识的字段“${String(name)}”`, `Unknown field "${String(name)}"`)
    }
    default:
      return words('内容有误', fallback)
  }
}
