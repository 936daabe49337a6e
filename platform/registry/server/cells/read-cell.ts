import type { Words } from '../../../runtime/words.ts'
import { checkCitizenNumber, upgradeCitizenNumber } from '../identifiers/citizen.ts'
import { checkCreditCode } from '../identifiers/credit-code.ts'
import { isBlank, isDigits, plain, unquoted } from './clean.ts'
import { dayOf, instantOf } from './dates.ts'
import { decimalOf, integerOf } from './numbers.ts'
import type { Slot } from './plan.ts'

/** Canonical text of a cell for its column, null if it is empty, or what is wrong with it. */
export type CellReader = (raw: string) => string | null | Words

const say = (zh: string, en: string): Words => ({ zh, en })
const REQUIRED = say('必填，但是空的', 'Required, but empty')
const LOST = say(
  '表格软件已丢失号码后几位，请改为文本格式后重新导出',
  'The spreadsheet has lost the last digits; format the column as text and export again',
)
/** What decoding leaves of bytes that do not belong to the file's encoding. */
const GARBLED = say(
  '含有无法识别的字符，与文件其余部分的编码不一致',
  'Holds signs that cannot be read; they are not in the encoding of the rest of the file',
)
const YES = new Set(['1', '是', '有', '真', '对', '√', '✓', 'Y', 'y', 'YES', 'Yes', 'yes', 'TRUE', 'True', 'true', 't'])
const NO = new Set(['0', '否', '无', '假', '错', '×', '✗', 'N', 'n', 'NO', 'No', 'no', 'FALSE', 'False', 'false', 'f'])
const EXPONENT = /^\d(?:\.\d+)?[eE]\+?\d+$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL text cannot hold NUL, and the others are never meant
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufeff]/g

/** The reader of one slot; made once, called for every row. */
export function cellReader(slot: Slot): CellReader {
  const read = readerOf(slot)
  const empty = slot.required ? REQUIRED : null
  if (slot.kind === 'text' || slot.kind === 'longText')
    return (raw) => {
      const text = raw.trim()
      return text === '' || text === 'NULL' || text === '#N/A' ? empty : read(text)
    }
  return (raw) => {
    const text = plain(raw)
    return isBlank(text) ? empty : read(text)
  }
}

function readerOf(slot: Slot): (text: string) => string | Words {
  switch (slot.kind) {
    case 'text':
    case 'longText':
    case 'organisation':
    case 'reference':
      return textReader(slot)
    case 'integer':
      return numberReader(slot, integerOf, say('应为整数', 'Must be a whole number'))
    case 'decimal':
      return numberReader(slot, decimalOf, say('应为数字', 'Must be a number'))
    case 'boolean':
      return (text) => (YES.has(text) ? 't' : NO.has(text) ? 'f' : say('应为“是”或“否”', 'Must be yes or no'))
    case 'date':
      return (text) => dayOf(text) ?? say('不是有效日期，例如 2026-03-01', 'Not a date, e.g. 2026-03-01')
    case 'instant':
      return (text) =>
        instantOf(text) ?? say('不是有效时间，例如 2026-03-01 08:30', 'Not a time, e.g. 2026-03-01 08:30')
    case 'code':
      return codeReader(slot)
    case 'identity':
      return identityReader
    case 'uscc':
      return (raw) => {
        const code = unquoted(raw).replaceAll(' ', '').toUpperCase()
        return EXPONENT.test(code) ? LOST : (checkCreditCode(code) ?? code)
      }
    case 'phone':
      return phoneReader
    case 'division':
      return divisionReader
    case 'json':
      return jsonReader
    default:
      return () => say('这一项不能从表格导入', 'This field cannot be imported from a table')
  }
}

function textReader({ min = 0, max = 200, pattern }: Slot) {
  const shape = pattern ? new RegExp(pattern, 'u') : undefined
  const long = say(`最多 ${max} 个字`, `At most ${max} characters`)
  const short = say(`至少 ${min} 个字`, `At least ${min} characters`)
  const wrong = say('格式不正确', 'The format is not right')
  return (raw: string) => {
    if (raw.includes('\ufffd')) return GARBLED
    const text = CONTROL.test(raw) ? raw.replace(CONTROL, '') : raw
    if (text.length > max && [...text].length > max) return long
    if (text.length < min) return short
    return shape && !shape.test(text) ? wrong : text
  }
}

function numberReader({ min, max }: Slot, parse: (text: string) => string | undefined, wrong: Words) {
  return (text: string) => {
    const number = parse(unquoted(text))
    if (number === undefined) return wrong
    if (min !== undefined && Number(number) < min) return say(`不能小于 ${min}`, `Not less than ${min}`)
    if (max !== undefined && Number(number) > max) return say(`不能大于 ${max}`, `Not more than ${max}`)
    return number
  }
}

function codeReader({ codes, title }: Slot) {
  const wrong = say(`不在“${title.zh}”的代码表内`, `Not in the code list of "${title.en}"`)
  const byText = codes ? new Map(Object.entries(codes)) : undefined
  return (raw: string) => {
    const text = unquoted(raw)
    if (!byText) return text
    return byText.get(text) ?? (/^\d$/.test(text) ? byText.get(`0${text}`) : undefined) ?? wrong
  }
}

function identityReader(raw: string): string | Words {
  if (checkCitizenNumber(raw) === undefined) return raw
  if (EXPONENT.test(raw)) return LOST
  const text = unquoted(raw).replaceAll(' ', '').toUpperCase()
  const number = /^\d{15}$/.test(text) ? upgradeCitizenNumber(text) : text
  return checkCitizenNumber(number) ?? number
}

const isMobile = (text: string): boolean =>
  text.length === 11 && text.charCodeAt(0) === 49 && text.charCodeAt(1) >= 51 && isDigits(text)

function phoneReader(raw: string): string | Words {
  if (isMobile(raw)) return raw
  if (EXPONENT.test(raw)) return LOST
  const text = unquoted(raw)
    .replace(/[ ()]/g, '')
    .replace(/^(?:\+|00)86-?(?=1\d{10}$)/, '')
    .replace(/\.0$/, '')
  if (!/^[+\d][\d-]{5,19}$/.test(text)) return say('电话号码格式不正确', 'Not a telephone number')
  return /^1\d{10}$/.test(text) && !isMobile(text)
    ? say('没有这样的手机号段', 'No mobile number begins like this')
    : text
}

/** Province, city, county, town, village [GB/T 2260, GB/T 10114]. */
const DIVISION_LENGTHS = new Set([2, 4, 6, 9, 12])

function divisionReader(raw: string): string | Words {
  const text = unquoted(raw).replace(/\.0$/, '')
  return DIVISION_LENGTHS.has(text.length) && isDigits(text)
    ? text
    : say('行政区划代码应为 2、4、6、9 或 12 位数字', 'A division code has 2, 4, 6, 9 or 12 digits')
}

function jsonReader(text: string): string | Words {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return say('不是有效的 JSON', 'Not valid JSON')
  }
}
