import { type TSchema, Type } from 'typebox'
import { field } from '#platform/registry'
import { type Words, words } from '#runtime'

const given = (aliases: readonly string[]) => (aliases.length > 0 ? { aliases } : {})

/** Fields that many departments keep of a person or a firm, each under the names its files give it. */
export const of = {
  name: (...aliases: string[]) =>
    field.text(words('姓名', 'Name'), {
      personal: true,
      mask: 'name',
      max: 60,
      element: 'GB/T 19488.2-01001',
      aliases,
    }),
  otherName: (title: Words, ...aliases: string[]) =>
    field.text(title, { personal: true, mask: 'name', max: 60, ...given(aliases) }),
  number: (...aliases: string[]) => field.identity(words('公民身份号码', 'Citizen number'), { aliases }),
  otherNumber: (title: Words, ...aliases: string[]) => field.identity(title, given(aliases)),
  sex: (...aliases: string[]) =>
    field.codeOf(words('性别', 'Sex'), 'gbt2261.1', { personal: true, mask: 'all', ...given(aliases) }),
  bornOn: (...aliases: string[]) => personalDate(words('出生日期', 'Born on'), ...aliases),
  phone: (...aliases: string[]) => field.phone(words('联系电话', 'Telephone'), given(['电话', ...aliases])),
  address: (title: Words, ...aliases: string[]) =>
    field.text(title, { personal: true, mask: 'address', max: 200, ...given(aliases) }),
  firmName: (...aliases: string[]) =>
    field.text(words('企业名称', 'Name of the firm'), { max: 200, ...given(aliases) }),
  firmCode: (...aliases: string[]) =>
    field.uscc(words('统一社会信用代码', 'Unified social credit code'), given(aliases)),
  firmPhone: (...aliases: string[]) =>
    field.text(words('联系电话', 'Telephone'), { max: 40, ...given(['电话', ...aliases]) }),
  day: (title: Words, ...aliases: string[]) => field.date(title, given(aliases)),
}

export const personalDate = (title: Words, ...aliases: string[]) =>
  field.date(title, { personal: true, mask: 'all', ...given(aliases) })

/** A month as `202512`. */
export const month = (title: Words, ...aliases: string[]) =>
  field.text(title, { pattern: '^\\d{4}(0[1-9]|1[0-2])$', ...given(aliases) })

export const maybe = <S extends TSchema>(schema: S) => Type.Optional(schema)
