import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { InvalidInput, type Issue, type Words, words } from '#runtime'

const compiled = new WeakMap<TSchema, Validator>()

/** @throws InvalidInput with an issue for each field that does not fit the schema, under `base` */
export function checkForm(schema: TSchema, value: unknown, base: string): void {
  const issues = issuesIn(schema, value, base)
  if (issues.length > 0)
    throw new InvalidInput(
      'invalid-form',
      words('填写的内容有误，请更正后重试', 'Some of the input is wrong; correct it and try again'),
      issues,
    )
}

/** What is wrong with a value, one issue a field. */
export function issuesIn(schema: TSchema, value: unknown, base: string): Issue[] {
  const validator = compiled.get(schema) ?? Compile(schema)
  compiled.set(schema, validator)
  if (validator.Check(value)) return []
  const issues = validator.Errors(value).flatMap((error) => issuesOf(error as Violation, base))
  return [...new Map(issues.map((issue) => [issue.path, issue])).values()]
}

interface Violation {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message: string
}

function issuesOf({ keyword, schemaPath, instancePath, params, message }: Violation, base: string): Issue[] {
  const at = (name?: unknown) => `${base}${instancePath}${name === undefined ? '' : `/${String(name)}`}`
  // Each branch of a choice reports itself before the choice as a whole does.
  if (/\/anyOf\/\d/.test(schemaPath) || keyword === 'boolean') return []
  if (keyword === 'required')
    return (params.requiredProperties as string[]).map((name) => ({
      path: at(name),
      message: words('必填', 'Required'),
    }))
  if (keyword === 'additionalProperties')
    return (params.additionalProperties as string[]).map((name) => ({
      path: at(name),
      message: words('不认识的字段', 'Unknown field'),
    }))
  return [{ path: at(), message: messageOf(keyword, params, message) }]
}

function messageOf(keyword: string, params: Readonly<Record<string, unknown>>, fallback: string): Words {
  const limit = String(params.limit ?? '')
  switch (keyword) {
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
      return words('类型不正确', `Must be of type ${String(params.type)}`)
    case 'format':
    case 'pattern':
      return words('格式不正确', 'The format is not right')
    default:
      return words('内容有误', fallback)
  }
}
